//! CreateAccessPoint.

use api_s3control::{CreateAccessPoint, CreateAccessPointRequest, CreateAccessPointResult};
use auth::AccountId;
use floor::{Admitted, Caller, Check, Cx, Get, Handle, Placement, Target, tx::counter};
use wire::Answer;

use super::{Control, account, blocked};
use crate::{
    access_point::{self, AccessPoint, alias_of, arn},
    bucket::place,
    fault,
    limits::ACCESS_POINTS_MAX,
    more::PublicAccess,
};

impl Handle<CreateAccessPoint> for Control {
    type Loaded = AccountId;

    const ACTIONS: &'static [&'static str] = &["s3:CreateAccessPoint", "s3:PutAccessPointPublicAccessBlock"];

    fn place(&self, caller: &Caller, _: &CreateAccessPointRequest) -> Answer<Placement> {
        Ok(Placement::directory(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        input: &CreateAccessPointRequest,
    ) -> Answer<Target<AccountId>> {
        let owner = account(&input.account_id)?;
        let arn = arn(&caller.region, owner, &input.name);
        let origin = if input.vpc_configuration.is_some() { "VPC" } else { "Internet" };
        let check = |action| access_point::keys(Check::new(action, arn.as_str(), owner), &arn, owner, origin);
        let mut checks = vec![check("s3:CreateAccessPoint")];
        let blocks = input.public_access_block_configuration.is_some();
        checks.extend(blocks.then(|| check("s3:PutAccessPointPublicAccessBlock")));
        Ok(Target { checks, loaded: owner })
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<CreateAccessPoint, Self>,
        input: CreateAccessPointRequest,
    ) -> Answer<CreateAccessPointResult> {
        let owner = *at.loaded;
        if !access_point::is_name(&input.name) {
            return Err(super::fault::invalid_access_point());
        }
        let bucket_account = input.bucket_account_id.as_deref().map_or(Ok(owner), account)?;
        let view = cx.view(&place(&cx.caller, &input.bucket)?).await?;
        let bucket = self.s3.bucket(&view, &input.bucket).await?;
        let bucket = bucket.ok_or_else(|| {
            fault::invalid_request("Amazon S3 AccessPoint can only be created for existing bucket")
        })?;
        if bucket.record.owner != bucket_account {
            return Err(fault::access_denied("Access Denied"));
        }
        let mut random = [0; 34];
        cx.env().random.fill(&mut random);
        let made = &AccessPoint {
            account: owner,
            alias: alias_of(&input.name, &random),
            name: input.name,
            bucket: input.bucket,
            bucket_account,
            vpc: input.vpc_configuration.map(|vpc| vpc.vpc_id),
            block: input
                .public_access_block_configuration
                .map_or(PublicAccess::BLOCKED, |asked| blocked(&asked)),
            created_ms: cx.now().0,
            policy: None,
        };
        let created = cx.cell(&at.place).await?.transact(|tx| async move {
            let key = access_point::point(owner, &made.name);
            if tx.get(&key).await?.is_some() {
                return Err(super::fault::access_point_already_owned(&made.name));
            }
            let count = access_point::count(owner);
            if counter(tx.get(&count).await?.as_ref())? >= ACCESS_POINTS_MAX {
                return Err(super::fault::too_many_access_points());
            }
            tx.add(&count, 1);
            tx.save(&key, made);
            tx.save(&access_point::alias(&made.alias), &made.aliased());
            tx.put(&access_point::attached(made), "");
            Ok(())
        });
        created.await?;
        Ok(CreateAccessPointResult {
            access_point_arn: Some(arn(cx.region(), owner, &made.name)),
            alias: Some(made.alias.clone()),
        })
    }
}
