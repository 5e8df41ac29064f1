//! Access control lists: as requests give them, as answers show them, and where they are refused.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html>

use api_s3::AccessControlPolicy;
use auth::{AccountId, Identity, Kind};
use floor::Caller;
use wire::{Answer, Fault};

use crate::{
    access_point,
    bucket::Bucket,
    fault,
    limits::GRANTS_MAX,
    more::{Acl, Grant, Grantee, More, Ownership, Permission, PublicAccess},
    records::{Beginning, BucketRecord, Object},
};

/// The canonical id of those who write without a signature.
const ANONYMOUS: &str = "65a011a29cdf8ec533ec3d1ccaae921c";

/// Amazon EC2, which reads images (`aws-exec-read`).
const EC2: &str = "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c";

/// What a request says of a list in its headers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Given<'a> {
    /// `x-amz-acl`.
    pub canned: Option<&'a str>,
    /// `x-amz-grant-*`, in the order of [`HEADERS`].
    pub grants: [Option<&'a str>; 5],
}

/// The headers that grant something.
pub const HEADERS: [(&str, Permission); 5] = [
    ("x-amz-grant-read", Permission::Read),
    ("x-amz-grant-write", Permission::Write),
    ("x-amz-grant-read-acp", Permission::ReadAcp),
    ("x-amz-grant-write-acp", Permission::WriteAcp),
    ("x-amz-grant-full-control", Permission::FullControl),
];

/// The members of an input that are about a list. Writes of objects grant no right to write.
#[macro_export]
macro_rules! given_acl {
    ($input:expr) => {
        $crate::given_acl!($input, None)
    };
    ($input:expr, $write:expr) => {
        $crate::acl::Given {
            canned: $input.acl.as_deref(),
            grants: [
                $input.grant_read.as_deref(),
                $write,
                $input.grant_read_acp.as_deref(),
                $input.grant_write_acp.as_deref(),
                $input.grant_full_control.as_deref(),
            ],
        }
    };
}

/// What a list is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    /// A bucket.
    Bucket,
    /// An object in a bucket of this account.
    Object(AccountId),
}

impl Given<'_> {
    /// Whether the request says nothing of a list.
    pub fn is_empty(&self) -> bool {
        self.canned.is_none() && self.grants.iter().all(Option::is_none)
    }

    /// The list that is asked for, for what belongs to `owner`; none where nothing is asked for.
    pub fn list(&self, of: Of, owner: Option<AccountId>) -> Answer<Option<Acl>> {
        if self.canned.is_some() && self.grants.iter().any(Option::is_some) {
            return Err(fault::invalid_request(
                "Specifying both Canned ACLs and Header Grants is not allowed",
            ));
        }
        if let Some(name) = self.canned {
            return canned(name, of, owner).map(Some);
        }
        let mut grants = Vec::new();
        for ((header, permission), value) in HEADERS.iter().zip(self.grants) {
            for grantee in value.map(|v| grantees(header, v)).transpose()?.unwrap_or_default() {
                grants.push(Grant { grantee, permission: *permission });
            }
        }
        check_count(&grants)?;
        let is_given = self.grants.iter().any(Option::is_some);
        Ok(is_given.then_some(Acl { owner, grants }))
    }

    /// Whether it says no more than that the bucket's owner may do everything.
    fn is_bucket_owners(&self, owner: AccountId) -> Answer<bool> {
        if self.canned == Some(BUCKET_OWNER_FULL_CONTROL) || self.is_empty() {
            return Ok(true);
        }
        let list = self.list(Of::Object(owner), Some(owner))?;
        Ok(self.canned.is_none() && list == Some(Acl::private(Some(owner))))
    }
}

const BUCKET_OWNER_FULL_CONTROL: &str = "bucket-owner-full-control";

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl>
fn canned(name: &str, of: Of, owner: Option<AccountId>) -> Answer<Acl> {
    use Permission::{FullControl, Read, ReadAcp, Write};
    let more = match (name, of) {
        ("private", _) => vec![],
        ("public-read", _) => vec![(Grantee::Everybody, Read)],
        ("public-read-write", _) => vec![(Grantee::Everybody, Read), (Grantee::Everybody, Write)],
        ("authenticated-read", _) => vec![(Grantee::Authenticated, Read)],
        ("aws-exec-read", _) => vec![(Grantee::Account(EC2.to_owned()), Read)],
        ("log-delivery-write", Of::Bucket) => {
            vec![(Grantee::LogDelivery, Write), (Grantee::LogDelivery, ReadAcp)]
        }
        ("bucket-owner-read", Of::Object(bucket)) => vec![(Grantee::of(Some(bucket)), Read)],
        (BUCKET_OWNER_FULL_CONTROL, Of::Object(bucket)) => vec![(Grantee::of(Some(bucket)), FullControl)],
        _ => return Err(fault::invalid_argument("", "x-amz-acl", name)),
    };
    let mut list = Acl::private(owner);
    // What the owner has as owner of the bucket, it has as owner of the object.
    let more = more.into_iter().filter(|(grantee, _)| *grantee != Grantee::of(owner));
    list.grants.extend(more.map(|(grantee, permission)| Grant { grantee, permission }));
    Ok(list)
}

/// `id="...", uri="..."`.
fn grantees(header: &'static str, value: &str) -> Answer<Vec<Grantee>> {
    let unreadable = || fault::invalid_argument("Argument format not recognized", header, value);
    let mut all = Vec::new();
    for one in value.split(',') {
        let (kind, who) = one.trim().split_once('=').ok_or_else(unreadable)?;
        let who = who.trim();
        let who = who.strip_prefix('"').and_then(|w| w.strip_suffix('"')).unwrap_or(who);
        all.push(match kind.trim().to_ascii_lowercase().as_str() {
            "id" => account(who).ok_or_else(|| fault::invalid_argument("Invalid id", header, who))?,
            "uri" => group(who).ok_or_else(|| fault::invalid_argument("Invalid group uri", header, who))?,
            "emailaddress" => return Err(fault::email_grantee()),
            _ => return Err(unreadable()),
        });
    }
    Ok(all)
}

/// A canonical id has 64 hexadecimal digits, but for that of anonymous callers.
fn account(id: &str) -> Option<Grantee> {
    let is_one = id == ANONYMOUS || (id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    is_one.then(|| Grantee::Account(id.to_owned()))
}

const GROUPS: [(Grantee, &str); 3] = [
    (Grantee::Everybody, "http://acs.amazonaws.com/groups/global/AllUsers"),
    (Grantee::Authenticated, "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"),
    (Grantee::LogDelivery, "http://acs.amazonaws.com/groups/s3/LogDelivery"),
];

fn group(uri: &str) -> Option<Grantee> {
    GROUPS.iter().find(|(_, known)| *known == uri).map(|(grantee, _)| grantee.clone())
}

impl Grantee {
    /// Whether anybody can belong to it.
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Everybody | Self::Authenticated)
    }

    /// An account; none for those who sign nothing.
    pub fn of(account: Option<AccountId>) -> Self {
        Self::Account(canonical(account))
    }
}

/// The canonical id of an account, or of those who sign nothing.
pub fn canonical(account: Option<AccountId>) -> String {
    account.map_or_else(|| ANONYMOUS.to_owned(), |account| account.canonical_id())
}

const PERMISSIONS: [(Permission, &str); 5] = [
    (Permission::FullControl, "FULL_CONTROL"),
    (Permission::Read, "READ"),
    (Permission::Write, "WRITE"),
    (Permission::ReadAcp, "READ_ACP"),
    (Permission::WriteAcp, "WRITE_ACP"),
];

/// What headers say of a list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Headers {
    /// `x-amz-grant-read`.
    pub read: Option<String>,
    /// `x-amz-grant-read-acp`.
    pub read_acp: Option<String>,
    /// `x-amz-grant-full-control`.
    pub full_control: Option<String>,
}

/// The headers with which an object is written whose list has these lines, and one that permits everything to `owner`;
/// nothing where there are no lines. No line permits an object to be written.
pub fn headers_of(grants: &[Grant], owner: AccountId) -> Headers {
    let mut headers = Headers::default();
    let mut add = |permission, grantee: &Grantee| {
        let place = match permission {
            Permission::FullControl => &mut headers.full_control,
            Permission::Read => &mut headers.read,
            Permission::ReadAcp => &mut headers.read_acp,
            Permission::Write | Permission::WriteAcp => return,
        };
        let one = match grantee {
            Grantee::Account(id) => format!("id=\"{id}\""),
            group => {
                format!("uri=\"{}\"", uri_of(group))
            }
        };
        let all = place.get_or_insert_default();
        if !all.is_empty() {
            all.push_str(", ");
        }
        all.push_str(&one);
    };
    if !grants.is_empty() {
        add(Permission::FullControl, &Grantee::of(Some(owner)));
    }
    for grant in grants {
        add(grant.permission, &grant.grantee);
    }
    headers
}

/// A permission as answers name it.
pub fn name_of(permission: Permission) -> &'static str {
    PERMISSIONS.iter().find(|(one, _)| *one == permission).map_or("", |(_, name)| name)
}

/// The address that stands for a group.
pub fn uri_of(group: &Grantee) -> &'static str {
    GROUPS.iter().find(|(known, _)| known == group).map_or("", |(_, uri)| uri)
}

impl Acl {
    /// Everything to the owner, and nothing to anybody else.
    pub fn private(owner: Option<AccountId>) -> Self {
        let all = Grant { grantee: Grantee::of(owner), permission: Permission::FullControl };
        Self { owner, grants: vec![all] }
    }

    /// Whether it lets in the public: groups that anybody can belong to.
    pub fn is_public(&self) -> bool {
        self.grants.iter().any(|g| g.grantee.is_public())
    }

    /// Whether it lets in anybody but the owner.
    pub fn is_shared(&self) -> bool {
        self.grants.iter().any(|g| g.grantee != Grantee::of(self.owner))
    }

    /// From the body of a request that is about what belongs to `owner`.
    pub fn read(policy: &AccessControlPolicy, owner: Option<AccountId>) -> Answer<Self> {
        let named = policy.owner.as_ref().and_then(|o| o.id.as_deref());
        match named {
            None => return Err(fault::malformed_acl()),
            Some(id) if id != canonical(owner) => return Err(fault::access_denied("Access Denied")),
            Some(_) => {}
        }
        let grants = policy.grants.as_deref().unwrap_or_default().iter().map(read_grant);
        let grants: Vec<_> = grants.collect::<Answer<_>>()?;
        check_count(&grants)?;
        Ok(Self { owner, grants })
    }

    /// The grants, as answers show them.
    pub fn shown(&self, names: Names) -> Vec<api_s3::Grant> {
        let permission =
            |p| PERMISSIONS.iter().find(|(one, _)| *one == p).map(|(_, name)| (*name).to_owned());
        let grants = self.grants.iter().map(|grant| api_s3::Grant {
            grantee: Some(shown(&grant.grantee, names)),
            permission: permission(grant.permission),
        });
        grants.collect()
    }
}

/// One line of a list, as it is given.
pub fn read_grant(grant: &api_s3::Grant) -> Answer<Grant> {
    let given = grant.grantee.as_ref().ok_or_else(fault::malformed_acl)?;
    let grantee = match given.r#type.as_str() {
        "CanonicalUser" => {
            let id = given.id.as_deref().ok_or_else(fault::malformed_acl)?;
            account(id).ok_or_else(|| fault::invalid_argument("Invalid id", "CanonicalUser/ID", id))?
        }
        "Group" => {
            let uri = given.uri.as_deref().ok_or_else(fault::malformed_acl)?;
            group(uri).ok_or_else(|| fault::invalid_argument("Invalid group uri", "Group/URI", uri))?
        }
        "AmazonCustomerByEmail" => return Err(fault::email_grantee()),
        _ => return Err(fault::malformed_acl()),
    };
    let name = grant.permission.as_deref().unwrap_or_default();
    let permission = PERMISSIONS.iter().find(|(_, known)| *known == name).map(|(one, _)| *one);
    Ok(Grant { grantee, permission: permission.ok_or_else(fault::malformed_acl)? })
}

fn shown(grantee: &Grantee, names: Names) -> api_s3::Grantee {
    let (kind, id, uri) = match grantee {
        Grantee::Account(id) => ("CanonicalUser", Some(id.clone()), None),
        group => {
            let uri = GROUPS.iter().find(|(one, _)| one == group).map(|(_, uri)| (*uri).to_owned());
            ("Group", None, uri)
        }
    };
    let display_name = id.as_deref().and_then(|id| names.of(id));
    api_s3::Grantee { r#type: kind.to_owned(), id, display_name, uri, ..api_s3::Grantee::default() }
}

fn check_count(grants: &[Grant]) -> Answer<()> {
    if grants.len() <= GRANTS_MAX { Ok(()) } else { Err(fault::malformed_acl()) }
}

/// Whom an object of this caller would belong to, did the bucket not say otherwise.
fn writer(bucket: &Bucket, who: &Identity) -> Option<AccountId> {
    match who.kind {
        Kind::Anonymous => None,
        Kind::Service { .. } => Some(bucket.record.owner),
        _ => Some(who.account),
    }
}

impl BucketRecord {
    /// Whether lists count in this bucket.
    pub fn has_lists(&self) -> bool {
        self.ownership != Some(Ownership::Enforced)
    }
}

impl Bucket {
    /// Whether lists count in this bucket.
    pub fn has_lists(&self) -> bool {
        self.record.has_lists()
    }

    /// The list of a new object, with its owner; none where it belongs to the bucket's owner and is private.
    pub fn list_for_write(&self, caller: &Caller, given: &Given<'_>) -> Answer<Option<Acl>> {
        let bucket_owner = self.record.owner;
        if !self.has_lists() {
            let is_allowed = given.is_bucket_owners(bucket_owner)?;
            return if is_allowed { Ok(None) } else { Err(fault::lists_not_supported()) };
        }
        let is_given_away = self.record.ownership == Some(Ownership::Preferred)
            && given.canned == Some(BUCKET_OWNER_FULL_CONTROL);
        let owner = if is_given_away { Some(bucket_owner) } else { writer(self, &caller.who) };
        let list = given.list(Of::Object(bucket_owner), owner)?.unwrap_or_else(|| Acl::private(owner));
        self.check_public(caller, &list, "s3:PutObject", None)?;
        Ok(self.kept(list))
    }

    /// A list of one of its objects as it is stored: none where it says what goes without saying.
    pub fn kept(&self, list: Acl) -> Option<Acl> {
        (list != Acl::private(Some(self.record.owner))).then_some(list)
    }

    /// Refuses a list that lets in the public where that is blocked.
    pub fn check_public(
        &self,
        caller: &Caller,
        list: &Acl,
        action: &str,
        resource: Option<&str>,
    ) -> Answer<()> {
        let is_blocked = self.blocks.block_acls || access_point::blocks(caller).block_acls;
        if !list.is_public() || !is_blocked {
            return Ok(());
        }
        let resource = resource.unwrap_or(&self.arn);
        let what = "access control lists (ACLs)";
        Err(fault::public_blocked(&caller.who, action, resource, what, "BlockPublicAcls"))
    }

    /// The list of an object, with its owner.
    pub fn list_of(&self, stored: Option<&Acl>) -> Acl {
        let stored = stored.filter(|_| self.has_lists());
        stored.cloned().unwrap_or_else(|| Acl::private(Some(self.record.owner)))
    }

    /// The list of one of its objects, with its owner.
    pub fn list_of_object(&self, object: &Object) -> Acl {
        self.list_of(object.more.as_deref().and_then(|more| more.acl.as_ref()))
    }

    /// The owner of one of its objects, as answers show it.
    pub fn owner_of(&self, more: Option<&More>) -> Option<api_s3::Owner> {
        let list = more.and_then(|more| more.acl.as_ref()).filter(|_| self.has_lists());
        Some(self.names.owner(list.map_or(Some(self.record.owner), |list| list.owner)))
    }

    /// Its own list.
    pub fn list(&self) -> Acl {
        self.list_of(self.record.acl.as_ref())
    }

    /// The list that a request to change one asks for: in its headers or in its body. None: it asks for no change, which
    /// is all that may be asked for where lists do not count.
    pub fn list_asked(
        &self,
        of: Of,
        owner: Option<AccountId>,
        given: &Given<'_>,
        body: Option<&AccessControlPolicy>,
    ) -> Answer<Option<Acl>> {
        let body = body.filter(|b| b.owner.is_some() || b.grants.is_some());
        let list = match (body, given.is_empty()) {
            (Some(_), false) => return Err(fault::unexpected_content()),
            (None, true) => return Err(fault::missing_security_header("x-amz-acl")),
            (Some(body), true) => Some(Acl::read(body, owner)?),
            (None, false) => given.list(of, owner)?,
        };
        if self.has_lists() {
            return Ok(list);
        }
        let is_kept = match of {
            Of::Bucket => given.is_empty() && list == Some(Acl::private(owner)),
            Of::Object(_) if given.is_empty() => list == Some(Acl::private(owner)),
            Of::Object(_) => given.is_bucket_owners(self.record.owner)?,
        };
        if is_kept { Ok(None) } else { Err(fault::lists_not_supported()) }
    }
}

/// Whether answers name owners and grantees beside their canonical ids (`DisplayName`). AWS does not since November 2025;
/// what expects a name is given the id again.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Owner.html>
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Names {
    /// As AWS today.
    #[default]
    None,
    /// As AWS formerly.
    Legacy,
}

impl Names {
    fn of(self, id: &str) -> Option<String> {
        (self == Self::Legacy).then(|| id.to_owned())
    }

    /// An owner, as answers show it.
    pub fn owner(self, owner: Option<AccountId>) -> api_s3::Owner {
        let id = canonical(owner);
        api_s3::Owner { display_name: self.of(&id), id: Some(id) }
    }
}

/// A public list for a bucket that blocks such.
pub fn public_list_blocked() -> Fault {
    Fault::coded(
        "InvalidBucketAclWithBlockPublicAccessError",
        400,
        "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
    )
}

/// The list of a new bucket; none where it is private. `account` is what is blocked of public access to all buckets of its
/// owner's.
pub fn of_new_bucket(
    owner: AccountId,
    given: &Given<'_>,
    beginning: &Beginning,
    account: PublicAccess,
) -> Answer<Option<Acl>> {
    let Some(list) = given.list(Of::Bucket, Some(owner))? else { return Ok(None) };
    if beginning.ownership == Some(Ownership::Enforced) && list.is_shared() {
        return Err(fault::list_of_enforced());
    }
    if list.is_public() && beginning.public_access.unwrap_or_default().and(account).block_acls {
        return Err(public_list_blocked());
    }
    Ok((list != Acl::private(Some(owner))).then_some(list))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OWNER: AccountId = AccountId::DEFAULT;

    #[test]
    fn headers_name_grantees() {
        let id = OWNER.canonical_id();
        let all = GROUPS[0].1;
        for text in [format!("id={id},uri={all}"), format!(" ID = \"{id}\" , uri=\"{all}\"")] {
            let expected = [Grantee::of(Some(OWNER)), Grantee::Everybody];
            assert_eq!(grantees("x-amz-grant-read", &text).unwrap(), expected, "{text}");
        }
        for (text, code) in [
            ("", "InvalidArgument"),
            ("id=", "InvalidArgument"),
            ("id=\"", "InvalidArgument"),
            ("emailAddress=a@b", "MethodNotAllowed"),
        ] {
            assert_eq!(grantees("x-amz-grant-read", text).unwrap_err().code(), code, "{text}");
        }
    }

    #[test]
    fn a_bucket_owner_has_its_own_grants_once() {
        let given = Given { canned: Some(BUCKET_OWNER_FULL_CONTROL), ..Given::default() };
        let list = given.list(Of::Object(OWNER), Some(OWNER)).unwrap();
        assert_eq!(list, Some(Acl::private(Some(OWNER))));
        assert!(given.is_bucket_owners(OWNER).unwrap());
        let other = Given { canned: Some("private"), ..given };
        assert!(!other.is_bucket_owners(OWNER).unwrap());
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(chosen in prop::collection::vec((0..4usize, 0..5usize), 0..20)) {
            let grantees = [
                Grantee::of(Some(OWNER)),
                Grantee::Everybody,
                Grantee::Authenticated,
                Grantee::LogDelivery,
            ];
            let grants = chosen.iter().map(|(who, what)| Grant {
                grantee: grantees[*who].clone(),
                permission: PERMISSIONS[*what].0,
            });
            let list = Acl { owner: Some(OWNER), grants: grants.collect() };
            let policy = AccessControlPolicy {
                owner: Some(Names::None.owner(list.owner)),
                grants: Some(list.shown(Names::Legacy)),
            };
            prop_assert_eq!(Acl::read(&policy, Some(OWNER)).unwrap(), list);
        }

        #[test]
        fn any_header_is_read_or_refused(text in "[idur=\\\", a-f0-9]{0,80}") {
            if let Err(fault) = grantees("x-amz-grant-read", &text) {
                prop_assert!(fault.status() < 500);
            }
        }
    }
}
