//! What is blocked of public access to all buckets of an account.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>

use api_s3control::{
    DeletePublicAccessBlock, DeletePublicAccessBlockRequest, GetPublicAccessBlock,
    GetPublicAccessBlockOutput, GetPublicAccessBlockRequest, PutPublicAccessBlock,
    PutPublicAccessBlockRequest,
};
use auth::AccountId;
use floor::{Admitted, Caller, Check, Cx, Get, Handle, Placement, Target};
use wire::{Answer, Empty};

use super::{Control, account, blocked, shown};
use crate::account as of_account;

/// What each of them loads and asks: the account is all that they are about.
macro_rules! of_the_account {
    ($input:ty, $action:literal) => {
        type Loaded = AccountId;

        const ACTIONS: &'static [&'static str] = &[$action];

        fn place(&self, _: &Caller, _: &$input) -> Answer<Placement> {
            Ok(Placement::global())
        }

        async fn resource<R: Get>(&self, _: &Caller, _: &R, input: &$input) -> Answer<Target<AccountId>> {
            let owner = account(&input.account_id)?;
            Ok(Target::one(Check::new($action, "*", owner), owner))
        }
    };
}

impl Handle<GetPublicAccessBlock> for Control {
    of_the_account!(GetPublicAccessBlockRequest, "s3:GetAccountPublicAccessBlock");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetPublicAccessBlock, Self>,
        _: GetPublicAccessBlockRequest,
    ) -> Answer<GetPublicAccessBlockOutput> {
        let block = of_account::load(&cx.view(&at.place).await?, *at.loaded).await?;
        let block = block.ok_or_else(|| super::fault::no_account_public_access_block(*at.loaded))?;
        Ok(GetPublicAccessBlockOutput { public_access_block_configuration: Some(shown(block)) })
    }
}

impl Handle<PutPublicAccessBlock> for Control {
    of_the_account!(PutPublicAccessBlockRequest, "s3:PutAccountPublicAccessBlock");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutPublicAccessBlock, Self>,
        input: PutPublicAccessBlockRequest,
    ) -> Answer<Empty> {
        let block = blocked(&input.public_access_block_configuration);
        of_account::change(cx, *at.loaded, Some(block)).await?;
        Ok(Empty)
    }
}

impl Handle<DeletePublicAccessBlock> for Control {
    of_the_account!(DeletePublicAccessBlockRequest, "s3:PutAccountPublicAccessBlock");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeletePublicAccessBlock, Self>,
        _: DeletePublicAccessBlockRequest,
    ) -> Answer<Empty> {
        if of_account::load(&cx.view(&at.place).await?, *at.loaded).await?.is_some() {
            of_account::change(cx, *at.loaded, None).await?;
        }
        Ok(Empty)
    }
}
