//! GetObjectAcl.

use api_s3::{GetObjectAcl, GetObjectAclOutput, GetObjectAclRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, reading::in_object};

impl Handle<GetObjectAcl> for S3 {
    in_object!(paid GetObjectAclRequest, "s3:GetObjectAcl", "s3:GetObjectVersionAcl");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetObjectAcl, Self>,
        input: GetObjectAclRequest,
    ) -> Answer<GetObjectAclOutput> {
        let here = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let (_, object) = here.object(&input.key, input.version_id.as_deref(), "GET")?;
        let list = here.bucket.list_of_object(object);
        let request_charged = here.bucket.charged(&cx.caller.who);
        let names = here.bucket.names;
        let (owner, grants) = (Some(names.owner(list.owner)), Some(list.shown(names)));
        Ok(GetObjectAclOutput { owner, grants, request_charged })
    }
}
