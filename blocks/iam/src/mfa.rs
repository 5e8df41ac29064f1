//! Virtual MFA devices: their seeds, who has them, and whether a code is right.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html>

use api_iam::{
    CreateVirtualMFADevice, CreateVirtualMFADeviceRequest, CreateVirtualMFADeviceResponse,
    DeactivateMFADevice, DeactivateMFADeviceRequest, DeleteVirtualMFADevice, DeleteVirtualMFADeviceRequest,
    EnableMFADevice, EnableMFADeviceRequest, GetMFADevice, GetMFADeviceRequest, GetMFADeviceResponse,
    ListMFADevices, ListMFADevicesRequest, ListMFADevicesResponse, ListVirtualMFADevices,
    ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse, MFADevice, ResyncMFADevice,
    ResyncMFADeviceRequest, VirtualMFADevice, errors,
};
use floor::{AccountId, Answer, Caller, Check, Fault, Get, Key, Timestamp, first_format};
use serde::{Deserialize, Serialize};
use wire::{Empty, Time};
use zeroize::Zeroizing;

use crate::{
    act::{Act, Ask, Books},
    fault,
    holdings::{Device, Keeper},
    limits,
    names::{check_name, path_or_root},
    paging, qr,
    records::{self, Tags},
    tags, totp, users,
};

const PURPOSE: &str = "iam mfa seed";

/// A virtual device.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(crate) struct Mfa {
    /// `/` and the name behind it, as in the serial number.
    path_and_name: String,
    /// Sealed with the serial number.
    seed: Vec<u8>,
    pub(crate) tags: Tags,
    /// Who has enabled it.
    owner: Option<Owner>,
}

/// Who has enabled a device.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Owner {
    /// In lower case; empty for the root.
    user: String,
    enabled_ms: u64,
    /// How many steps its clock is ahead of ours.
    off: i64,
    /// The step of the last code that was used for a change of the device itself.
    last: u64,
}

first_format!(Mfa);

impl Mfa {
    fn serial(&self, account: &AccountId) -> String {
        format!("arn:aws:iam::{account}:mfa{}", self.path_and_name)
    }
}

fn family(account: &AccountId) -> Key {
    Key::of("mfa").text(account.as_str())
}

/// The key of the device with this serial number; `None` for numbers that no virtual device of the account has.
fn key_of(account: &AccountId, serial: &str) -> Option<Key> {
    let rest = serial.strip_prefix("arn:aws:iam::")?.strip_prefix(account.as_str())?.strip_prefix(":mfa")?;
    Some(family(account).text(rest))
}

/// The device with this serial number.
pub(crate) async fn load<R: Get>(read: &R, account: &AccountId, serial: &str) -> Answer<Option<Mfa>> {
    match key_of(account, serial) {
        Some(key) => read.load(&key).await,
        None => Ok(None),
    }
}

/// How many virtual devices an account has, and how many of them are enabled.
pub(crate) async fn count<R: Get>(read: &R, account: &AccountId) -> Answer<(usize, usize)> {
    use floor::Record as _;
    let mut enabled = 0;
    let all = read.range(family(account).all(), limits::USERS_MAX).await?;
    for (_, value) in &all {
        enabled += usize::from(Mfa::decode(value)?.owner.is_some());
    }
    Ok((all.len(), enabled))
}

fn open_seed(seal: &seal::Master, serial: &str, mfa: &Mfa) -> Answer<Zeroizing<Vec<u8>>> {
    let opened = seal.open(PURPOSE, serial.as_bytes(), &mfa.seed);
    opened.map_err(|e| floor::fault::internal(format!("the seed of {serial} cannot be opened: {e}")))
}

/// Why a code is not taken, in the words of STS.
fn denied(why: &'static str) -> Fault {
    Fault::coded("AccessDenied", 403, why)
}

pub(crate) fn wrong_code() -> Fault {
    denied("MultiFactorAuthentication failed with invalid MFA one time pass code. ")
}

/// The step of `code` if it is one of the device `serial` of `user` (the root is none), now. It still is to be used up.
pub(crate) async fn check<R: Get>(
    read: &R,
    seal: &seal::Master,
    (account, user): (&AccountId, &str),
    (serial, code): (&str, &str),
    now: Timestamp,
) -> Answer<Option<u64>> {
    let found = load(read, account, serial).await?;
    let owned = found.as_ref().and_then(|mfa| Some((mfa, mfa.owner.as_ref()?)));
    let Some((mfa, owner)) = owned.filter(|(_, owner)| owner.user.eq_ignore_ascii_case(user)) else {
        return Err(unknown_device());
    };
    let seed = open_seed(seal, serial, mfa)?;
    Ok(totp::of_one(&seed, code, now.0, owner.off, owner.last))
}

pub(crate) fn unknown_device() -> Fault {
    denied(
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is \
         valid and associated with this user.",
    )
}

/// What the root calls itself where a name must be given.
const ROOT: &str = "root";

impl<R: Get> Ask<'_, R> {
    /// A check on the device `serial`, with its tags.
    pub(crate) async fn on_mfa(&self, action: &'static str, serial: &str) -> Answer<Check> {
        let found = load(self.read, &self.account(), serial).await?;
        let check = self.check(action, serial);
        Ok(found.map_or(check.clone(), |mfa| tags::of_resource(check, &mfa.tags)))
    }

    /// A check on the user whose device it is, or on the root that names itself.
    async fn on_mfa_user(&self, action: &'static str, name: Option<&String>) -> Answer<Check> {
        if is_root_itself(self.read, self.caller, name).await? {
            return Ok(self.check(action, format!("arn:aws:iam::{}:root", self.account())));
        }
        self.on_user_or_self(action, name).await
    }
}

/// Whether the root asks for itself. AWS's root enables its device in the console; here it names itself `root`, which is
/// the user of that name where there is one.
async fn is_root_itself<R: Get>(read: &R, caller: &Caller, name: Option<&String>) -> Answer<bool> {
    if !matches!(caller.who.kind, auth::Kind::Root) {
        return Ok(false);
    }
    match name {
        None => Ok(true),
        Some(name) => Ok(name == ROOT && records::user(read, &caller.account(), name).await?.is_none()),
    }
}

impl Books {
    /// Whose devices are meant.
    async fn mfa_keeper(&self, name: Option<&String>) -> Answer<Keeper> {
        let is_root = is_root_itself(self, &self.caller, name).await?;
        self.keeper(name.filter(|_| !is_root)).await
    }

    /// The device, or NoSuchEntity.
    pub(crate) async fn mfa(&self, serial: &str) -> Answer<Mfa> {
        let found = load(self, &self.account(), serial).await?;
        found.ok_or_else(|| {
            fault::no_such_entity(format!("VirtualMFADevice with serial number {serial} doesn't exist."))
        })
    }

    pub(crate) fn save_mfa(&self, mfa: &Mfa) {
        self.save(&family(&self.account()).text(&mfa.path_and_name), mfa);
    }

    /// The user who has enabled the device has another name now.
    pub(crate) async fn mfa_user_renamed(&self, serial: &str, name: &str) -> Answer<()> {
        let Some(mut mfa) = load(self, &self.account(), serial).await? else { return Ok(()) };
        if let Some(owner) = &mut mfa.owner {
            owner.user = name.to_ascii_lowercase();
            self.save_mfa(&mfa);
        }
        Ok(())
    }

    /// What two codes in a row say of the device's clock; they must be later than those used before.
    fn agree(&self, mfa: &Mfa, serial: &str, codes: [&str; 2], last: u64) -> Answer<(u64, i64)> {
        for (code, member) in codes.iter().zip(["authenticationCode1", "authenticationCode2"]) {
            if !code.bytes().all(|b| b.is_ascii_digit()) {
                return Err(fault::validation_text(&format!(
                    "1 validation error detected: Value '{code}' at '{member}' failed to satisfy constraint: Member \
                     must satisfy regular expression pattern: [\\d]+"
                )));
            }
        }
        let seed = open_seed(&self.seal, serial, mfa)?;
        let step = totp::of_two(&seed, codes[0], codes[1], self.now.0).filter(|step| *step > last);
        let step = step.ok_or_else(|| {
            let why = "Authentication code for device is not valid.";
            Fault::new(&errors::INVALID_AUTHENTICATION_CODE_EXCEPTION, why)
        })?;
        Ok((step, step as i64 - totp::step(self.now.0) as i64))
    }
}

/// The device is not this user's.
fn not_the_users() -> Fault {
    fault::no_such_entity("MFA Device invalid for user.".to_owned())
}

impl Act for CreateVirtualMFADevice {
    const ACTION: &'static str = "iam:CreateVirtualMFADevice";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &CreateVirtualMFADeviceRequest) -> Answer<Check> {
        let (path, name) = (input.path.as_deref().unwrap_or("/"), &input.virtual_mfa_device_name);
        let check = ask.check(Self::ACTION, format!("arn:aws:iam::{}:mfa{path}{name}", ask.account()));
        Ok(tags::in_request(check, input.tags.as_ref()))
    }

    /// What the device is to show is answered here only.
    async fn act(
        books: &Books,
        input: &CreateVirtualMFADeviceRequest,
    ) -> Answer<CreateVirtualMFADeviceResponse> {
        let (account, name) = (books.account(), &input.virtual_mfa_device_name);
        let path = path_or_root(input.path.as_ref())?;
        check_name("virtualMFADeviceName", name)?;
        let path_and_name = format!("{path}{name}");
        let serial = format!("arn:aws:iam::{account}:mfa{path_and_name}");
        if load(books, &account, &serial).await?.is_some() {
            let why = "MFADevice entity at the same path and name already exists.";
            return Err(Fault::new(&errors::ENTITY_ALREADY_EXISTS_EXCEPTION, why));
        }
        books.expect_room(&family(&account), "MFADevicesPerAccount", limits::USERS_MAX).await?;
        let mut seed = Zeroizing::new([0; totp::SEED_BYTES]);
        let random = Zeroizing::new([books.random(), books.random(), books.random()].concat());
        seed.copy_from_slice(&random[..totp::SEED_BYTES]);
        let mfa = Mfa {
            path_and_name,
            seed: books.seal.seal(PURPOSE, serial.as_bytes(), &*seed),
            tags: tags::of_new(input.tags.as_ref())?,
            owner: None,
        };
        books.save_mfa(&mfa);
        let base_32 = totp::base_32(&seed);
        let holder = books.settings().await?.alias.unwrap_or_else(|| account.to_string());
        let picture = qr::png(&format!("otpauth://totp/{name}@{holder}?secret={base_32}"));
        let shown = VirtualMFADevice {
            serial_number: Some(serial),
            base32_string_seed: Some(base_32.into_bytes().into()),
            qr_code_png: picture.map(Into::into),
            tags: (!mfa.tags.is_empty()).then(|| tags::shown(&mfa.tags)),
            ..VirtualMFADevice::default()
        };
        Ok(CreateVirtualMFADeviceResponse { virtual_mfa_device: Some(shown) })
    }
}

impl Act for EnableMFADevice {
    const ACTION: &'static str = "iam:EnableMFADevice";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &EnableMFADeviceRequest) -> Answer<Check> {
        ask.on_mfa_user(Self::ACTION, Some(&input.user_name)).await
    }

    async fn act(books: &Books, input: &EnableMFADeviceRequest) -> Answer<Empty> {
        let mut keeper = books.mfa_keeper(Some(&input.user_name)).await?;
        let mut mfa = books.mfa(&input.serial_number).await?;
        if mfa.owner.is_some() {
            let why = "MFA Device already in use.";
            return Err(Fault::new(&errors::ENTITY_ALREADY_EXISTS_EXCEPTION, why));
        }
        if keeper.holdings.mfa.len() >= limits::MFA_PER_USER_MAX {
            return Err(fault::quota("MFADevicesPerUser", limits::MFA_PER_USER_MAX));
        }
        let codes = [input.authentication_code1.as_str(), input.authentication_code2.as_str()];
        let (last, off) = books.agree(&mfa, &input.serial_number, codes, 0)?;
        let enabled_ms = books.now.0 / 1000 * 1000;
        mfa.owner = Some(Owner { user: keeper.key(), enabled_ms, off, last });
        books.save_mfa(&mfa);
        keeper.holdings.mfa.push(Device { serial: input.serial_number.clone(), enabled_ms });
        books.save_keeper(&keeper);
        Ok(Empty)
    }
}

impl Act for ResyncMFADevice {
    const ACTION: &'static str = "iam:ResyncMFADevice";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ResyncMFADeviceRequest) -> Answer<Check> {
        ask.on_mfa_user(Self::ACTION, Some(&input.user_name)).await
    }

    async fn act(books: &Books, input: &ResyncMFADeviceRequest) -> Answer<Empty> {
        let keeper = books.mfa_keeper(Some(&input.user_name)).await?;
        let mut mfa = books.mfa(&input.serial_number).await?;
        let owner = mfa.owner.clone().filter(|owner| owner.user == keeper.key());
        let mut owner = owner.ok_or_else(not_the_users)?;
        let codes = [input.authentication_code1.as_str(), input.authentication_code2.as_str()];
        (owner.last, owner.off) = books.agree(&mfa, &input.serial_number, codes, owner.last)?;
        mfa.owner = Some(owner);
        books.save_mfa(&mfa);
        Ok(Empty)
    }
}

impl Act for DeactivateMFADevice {
    const ACTION: &'static str = "iam:DeactivateMFADevice";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeactivateMFADeviceRequest) -> Answer<Check> {
        ask.on_mfa_user(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &DeactivateMFADeviceRequest) -> Answer<Empty> {
        let mut keeper = books.mfa_keeper(input.user_name.as_ref()).await?;
        let held = keeper.holdings.mfa.iter().position(|device| device.serial == input.serial_number);
        keeper.holdings.mfa.remove(held.ok_or_else(not_the_users)?);
        books.save_keeper(&keeper);
        let mut mfa = books.mfa(&input.serial_number).await?;
        mfa.owner = None;
        books.save_mfa(&mfa);
        Ok(Empty)
    }
}

impl Act for DeleteVirtualMFADevice {
    const ACTION: &'static str = "iam:DeleteVirtualMFADevice";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteVirtualMFADeviceRequest) -> Answer<Check> {
        ask.on_mfa(Self::ACTION, &input.serial_number).await
    }

    async fn act(books: &Books, input: &DeleteVirtualMFADeviceRequest) -> Answer<Empty> {
        let mfa = books.mfa(&input.serial_number).await?;
        if mfa.owner.is_some() {
            return Err(fault::conflict("MFA VirtualDevice in use. Must deactivate first."));
        }
        books.delete(&family(&books.account()).text(&mfa.path_and_name));
        Ok(Empty)
    }
}

impl Act for ListVirtualMFADevices {
    const ACTION: &'static str = "iam:ListVirtualMFADevices";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &ListVirtualMFADevicesRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, format!("arn:aws:iam::{}:mfa/", ask.account())))
    }

    /// "The default is Any"; neither seeds nor tags are shown.
    async fn act(
        books: &Books,
        input: &ListVirtualMFADevicesRequest,
    ) -> Answer<ListVirtualMFADevicesResponse> {
        let account = books.account();
        let wanted = match input.assignment_status.as_deref() {
            Some("Assigned") => Some(true),
            Some("Unassigned") => Some(false),
            _ => None,
        };
        let keep = |mfa: Mfa| wanted.is_none_or(|wanted| wanted == mfa.owner.is_some()).then_some(mfa);
        let at = (input.marker.as_ref(), input.max_items);
        let page = paging::of_records(books, &family(&account), at, keep).await?;
        let is_truncated = Some(page.is_truncated());
        let mut all = Vec::with_capacity(page.items.len());
        for mfa in page.items {
            let mut shown =
                VirtualMFADevice { serial_number: Some(mfa.serial(&account)), ..VirtualMFADevice::default() };
            if let Some(owner) = &mfa.owner {
                shown.user = if owner.user.is_empty() {
                    Some(books.root_shown().await?)
                } else {
                    let user = records::user(books, &account, &owner.user).await?;
                    user.map(|user| users::shown(&account, &user, true))
                };
                shown.enable_date = Some(Time::from_millis(owner.enabled_ms as i64));
            }
            all.push(shown);
        }
        Ok(ListVirtualMFADevicesResponse {
            virtual_mfa_devices: Some(all),
            is_truncated,
            marker: page.marker,
        })
    }
}

impl Act for ListMFADevices {
    const ACTION: &'static str = "iam:ListMFADevices";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListMFADevicesRequest) -> Answer<Check> {
        ask.on_mfa_user(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &ListMFADevicesRequest) -> Answer<ListMFADevicesResponse> {
        let keeper = books.mfa_keeper(input.user_name.as_ref()).await?;
        let shown = |device: Device| MFADevice {
            user_name: keeper.name.clone(),
            serial_number: Some(device.serial),
            enable_date: Some(Time::from_millis(device.enabled_ms as i64)),
        };
        let all = keeper.holdings.mfa.into_iter().map(shown).collect();
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListMFADevicesResponse {
            is_truncated: Some(page.is_truncated()),
            mfa_devices: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for GetMFADevice {
    const ACTION: &'static str = "iam:GetMFADevice";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetMFADeviceRequest) -> Answer<Check> {
        ask.on_mfa_user(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &GetMFADeviceRequest) -> Answer<GetMFADeviceResponse> {
        let keeper = books.mfa_keeper(input.user_name.as_ref()).await?;
        let device = keeper.holdings.mfa.into_iter().find(|device| device.serial == input.serial_number);
        let device = device.ok_or_else(not_the_users)?;
        Ok(GetMFADeviceResponse {
            user_name: keeper.name,
            serial_number: Some(device.serial),
            enable_date: Some(Time::from_millis(device.enabled_ms as i64)),
            certifications: None,
        })
    }
}
