//! GetAccessPoint, DeleteAccessPoint and ListAccessPoints.

use api_s3control::{
    DeleteAccessPoint, DeleteAccessPointRequest, GetAccessPoint, GetAccessPointRequest, GetAccessPointResult,
    ListAccessPoints, ListAccessPointsRequest, ListAccessPointsResult, VpcConfiguration,
};
use auth::{AccountId, Region};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use floor::{Admitted, Caller, Check, Cx, Get, Handle, Placement, Record as _, Target};
use wire::{Answer, Empty};

use super::{Control, account, shown};
use crate::{
    access_point::{self, AccessPoint, arn},
    answer, fault,
};

/// An access point that a request names, where there is one.
#[derive(Debug)]
pub struct Named {
    pub(super) account: AccountId,
    pub(super) arn: String,
    found: Option<AccessPoint>,
}

impl Named {
    /// It, or the answer where there is none.
    pub(super) fn here(&self, name: &str) -> Answer<&AccessPoint> {
        self.found.as_ref().ok_or_else(|| super::fault::no_such_access_point(name))
    }
}

/// What an operation about an access point loads and asks.
pub(super) async fn named<R: Get>(
    caller: &Caller,
    read: &R,
    (owner, name): (&str, &str),
    action: &'static str,
) -> Answer<Target<Named>> {
    let account = account(owner)?;
    let found = read.load::<AccessPoint>(&access_point::point(account, name)).await?;
    let arn = arn(&caller.region, account, name);
    let check = Check::new(action, arn.as_str(), account);
    let check = match &found {
        Some(found) => access_point::keys(check, &arn, account, found.network_origin()),
        None => check,
    };
    Ok(Target::one(check, Named { account, arn, found }))
}

/// The first half of an operation about one access point.
macro_rules! of_an_access_point {
    ($input:ty, $action:literal) => {
        type Loaded = $crate::control::access_points::Named;

        const ACTIONS: &'static [&'static str] = &[$action];

        fn place(&self, caller: &floor::Caller, _: &$input) -> wire::Answer<floor::Placement> {
            Ok(floor::Placement::directory(&caller.region))
        }

        async fn resource<R: floor::Get>(
            &self,
            caller: &floor::Caller,
            read: &R,
            input: &$input,
        ) -> wire::Answer<floor::Target<Self::Loaded>> {
            let named = (input.account_id.as_str(), input.name.as_str());
            $crate::control::access_points::named(caller, read, named, $action).await
        }
    };
}
pub(super) use of_an_access_point;

impl Handle<GetAccessPoint> for Control {
    of_an_access_point!(GetAccessPointRequest, "s3:GetAccessPoint");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetAccessPoint, Self>,
        input: GetAccessPointRequest,
    ) -> Answer<GetAccessPointResult> {
        let found = at.loaded.here(&input.name)?;
        Ok(GetAccessPointResult {
            name: Some(found.name.clone()),
            bucket: Some(found.bucket.clone()),
            network_origin: Some(found.network_origin().to_owned()),
            vpc_configuration: vpc(found),
            public_access_block_configuration: Some(shown(found.block)),
            creation_date: Some(answer::time(found.created_ms)),
            alias: Some(found.alias.clone()),
            access_point_arn: Some(at.loaded.arn.clone()),
            endpoints: Some(endpoints(cx.region())),
            bucket_account_id: Some(found.bucket_account.as_str().to_owned()),
        })
    }
}

fn vpc(of: &AccessPoint) -> Option<VpcConfiguration> {
    of.vpc.clone().map(|vpc_id| VpcConfiguration { vpc_id })
}

/// The hosts of access points by AWS's names, as AWS answers.
fn endpoints(region: &Region) -> wire::Map<String> {
    let host = |kind: &str| format!("s3-accesspoint{kind}.{region}.amazonaws.com");
    let all =
        [("ipv4", ""), ("dualstack", ".dualstack"), ("fips", "-fips"), ("fips_dualstack", "-fips.dualstack")];
    all.into_iter().map(|(name, kind)| (name.to_owned(), host(kind))).collect()
}

impl Handle<DeleteAccessPoint> for Control {
    of_an_access_point!(DeleteAccessPointRequest, "s3:DeleteAccessPoint");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteAccessPoint, Self>,
        input: DeleteAccessPointRequest,
    ) -> Answer<Empty> {
        let (at, input) = (&at, &input);
        let deleted = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let found = here.here(&input.name)?;
            tx.add(&access_point::count(found.account), -1);
            tx.delete(&access_point::point(found.account, &found.name));
            tx.delete(&access_point::alias(&found.alias));
            tx.delete(&access_point::attached(found));
            Ok(Empty)
        });
        deleted.await
    }
}

/// The most that a page holds.
const PAGE_MAX: usize = 1000;

impl Handle<ListAccessPoints> for Control {
    type Loaded = AccountId;

    const ACTIONS: &'static [&'static str] = &["s3:ListAccessPoints"];

    fn place(&self, caller: &Caller, _: &ListAccessPointsRequest) -> Answer<Placement> {
        Ok(Placement::directory(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        _: &Caller,
        _: &R,
        input: &ListAccessPointsRequest,
    ) -> Answer<Target<AccountId>> {
        let owner = account(&input.account_id)?;
        Ok(Target::one(Check::new("s3:ListAccessPoints", "*", owner), owner))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListAccessPoints, Self>,
        input: ListAccessPointsRequest,
    ) -> Answer<ListAccessPointsResult> {
        let owner = *at.loaded;
        let max = input.max_results.map_or(PAGE_MAX, |max| max as usize).min(PAGE_MAX);
        let after = input.next_token.as_deref().map(read_token).transpose()?;
        let view = cx.view(&at.place).await?;
        let base = match &input.bucket {
            Some(bucket) => access_point::attached_of(bucket, owner),
            None => access_point::points_of(owner),
        };
        let mut range = base.all();
        if let Some(after) = after {
            range.start = base.clone().raw(format!("{after}\0").as_bytes()).as_slice().to_vec().into();
        }
        if max == 0 {
            return Ok(ListAccessPointsResult { access_point_list: Some(Vec::new()), next_token: None });
        }
        let mut found = view.range(range, max + 1).await?;
        let more = found.len() > max;
        found.truncate(max);
        let mut listed = Vec::with_capacity(found.len());
        for (key, value) in found {
            let one = if input.bucket.is_some() {
                let name = String::from_utf8_lossy(&key[base.len()..]).into_owned();
                view.load(&access_point::point(owner, &name)).await?
            } else {
                Some(AccessPoint::decode(&value)?)
            };
            listed.extend(one.map(|one: AccessPoint| entry(cx.region(), one)));
        }
        let last = listed.last().and_then(|one| one.name.as_deref()).filter(|_| more);
        let next_token = last.map(|name| URL_SAFE_NO_PAD.encode(name));
        Ok(ListAccessPointsResult { access_point_list: Some(listed), next_token })
    }
}

fn entry(region: &Region, one: AccessPoint) -> api_s3control::AccessPoint {
    api_s3control::AccessPoint {
        network_origin: Some(one.network_origin().to_owned()),
        vpc_configuration: vpc(&one),
        access_point_arn: Some(arn(region, one.account, &one.name)),
        name: Some(one.name),
        bucket: Some(one.bucket),
        alias: Some(one.alias),
        bucket_account_id: Some(one.bucket_account.as_str().to_owned()),
    }
}

fn read_token(token: &str) -> Answer<String> {
    let name = URL_SAFE_NO_PAD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    name.filter(|name| access_point::is_name(name)).ok_or_else(|| {
        fault::invalid_argument("The continuation token provided is incorrect", "nextToken", token)
    })
}
