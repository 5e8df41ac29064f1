//! The policy of an access point.

use api_s3control::{
    DeleteAccessPointPolicy, DeleteAccessPointPolicyRequest, GetAccessPointPolicy,
    GetAccessPointPolicyRequest, GetAccessPointPolicyResult, GetAccessPointPolicyStatus,
    GetAccessPointPolicyStatusRequest, GetAccessPointPolicyStatusResult, PolicyStatus, PutAccessPointPolicy,
    PutAccessPointPolicyRequest,
};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty, Operation};

use super::{
    Control,
    access_points::{Named, of_an_access_point},
};
use crate::{
    access_point::{self, AccessPoint},
    account, fault,
    ops::put_bucket_policy,
};

impl Handle<PutAccessPointPolicy> for Control {
    of_an_access_point!(PutAccessPointPolicyRequest, "s3:PutAccessPointPolicy");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutAccessPointPolicy, Self>,
        input: PutAccessPointPolicyRequest,
    ) -> Answer<Empty> {
        let (named, found) = (&at.loaded, at.loaded.here(&input.name)?);
        let objects = format!("{}/object/", named.arn);
        let parsed = put_bucket_policy::check(&input.policy, &named.arn, &objects)?;
        let blocks = account::blocks(&cx.view(&at.place).await?, named.account).await?.and(found.block);
        if blocks.block_policy && found.is_public(&parsed) {
            let (who, action) = (&cx.caller.who, "s3:PutAccessPointPolicy");
            return Err(fault::public_blocked(who, action, &named.arn, "policies", "BlockPublicPolicy"));
        }
        self.change_policy(cx, &at, &input, &input.name, Some(&input.policy)).await
    }
}

impl Handle<DeleteAccessPointPolicy> for Control {
    of_an_access_point!(DeleteAccessPointPolicyRequest, "s3:DeleteAccessPointPolicy");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteAccessPointPolicy, Self>,
        input: DeleteAccessPointPolicyRequest,
    ) -> Answer<Empty> {
        self.change_policy(cx, &at, &input, &input.name, None).await
    }
}

impl Handle<GetAccessPointPolicy> for Control {
    of_an_access_point!(GetAccessPointPolicyRequest, "s3:GetAccessPointPolicy");

    async fn handle(
        &self,
        _: &mut Cx,
        at: Admitted<GetAccessPointPolicy, Self>,
        input: GetAccessPointPolicyRequest,
    ) -> Answer<GetAccessPointPolicyResult> {
        let policy = at.loaded.here(&input.name)?.policy.clone();
        let policy = policy.ok_or_else(|| super::fault::no_such_access_point_policy(&input.name))?;
        Ok(GetAccessPointPolicyResult { policy: Some(policy) })
    }
}

impl Handle<GetAccessPointPolicyStatus> for Control {
    of_an_access_point!(GetAccessPointPolicyStatusRequest, "s3:GetAccessPointPolicyStatus");

    async fn handle(
        &self,
        _: &mut Cx,
        at: Admitted<GetAccessPointPolicyStatus, Self>,
        input: GetAccessPointPolicyStatusRequest,
    ) -> Answer<GetAccessPointPolicyStatusResult> {
        let found = at.loaded.here(&input.name)?;
        let policy = found.policy.as_deref();
        let policy = policy.ok_or_else(|| super::fault::no_such_access_point_policy(&input.name))?;
        let is_public = Some(found.is_public(&*floor::authorise::compiled(policy)?));
        Ok(GetAccessPointPolicyStatusResult { policy_status: Some(PolicyStatus { is_public }) })
    }
}

impl Control {
    async fn change_policy<O>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        name: &str,
        policy: Option<&String>,
    ) -> Answer<Empty>
    where
        O: Operation,
        Self: Handle<O, Loaded = Named>,
    {
        let changed = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let found = here.here(name)?;
            let changed = AccessPoint { policy: policy.cloned(), ..found.clone() };
            tx.save(&access_point::point(found.account, &found.name), &changed);
            Ok(Empty)
        });
        changed.await
    }
}
