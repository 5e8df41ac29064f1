//! PutObjectAcl.

use api_s3::{PutObjectAcl, PutObjectAclOutput, PutObjectAclRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3, access,
    acl::Of,
    bucket::{Here, place},
    event::{EventName, Subject},
    given_acl,
    more::{Acl, More},
    payer::terms,
    reading::{Actions, InObject},
    records::Object,
    telling::Teller,
    versions::{self, Stored},
};

impl Handle<PutObjectAcl> for S3 {
    type Loaded = Here<InObject>;

    const ACTIONS: &'static [&'static str] =
        &["s3:PutObjectAcl", "s3:PutObjectVersionAcl", "s3:ListBucket", "s3:ListBucketVersions"];

    fn place(&self, caller: &Caller, input: &PutObjectAclRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &PutObjectAclRequest,
    ) -> Answer<Target<Self::Loaded>> {
        let (version, terms) = (input.version_id.as_deref(), terms!(caller, input));
        let actions = Actions("s3:PutObjectAcl", "s3:PutObjectVersionAcl");
        let mut target = self.in_object(read, (&input.bucket, &input.key), version, terms, actions).await?;
        if let Some(check) = target.checks.first_mut() {
            let given = given_acl!(input, input.grant_write.as_deref());
            *check = access::of_list(check.clone(), &given);
        }
        Ok(target)
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutObjectAcl, Self>,
        input: PutObjectAclRequest,
    ) -> Answer<PutObjectAclOutput> {
        let here = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let teller = &Teller::new(self, cx, &here.bucket, cx.now().0);
        let request_charged = here.bucket.charged(&cx.caller.who);
        let (at, input) = (&at, &input);
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let here = here.inside(&input.bucket)?;
            let (stored, object) = here.object(&input.key, input.version_id.as_deref(), "PUT")?;
            let Some(list) = asked(at.caller(), here, object, input)? else { return Ok(()) };
            let changed = with_list(stored, here.bucket.kept(list));
            versions::rewrite(&tx, &here.bucket, &input.key, &changed).await?;
            let subject = Subject::of(EventName::AclPut, &input.key, &stored.version, &here.bucket);
            let subject = Subject { size: None, order: None, ..subject };
            teller.tell(&tx, &here.bucket, &subject);
            Ok(())
        });
        done.await?;
        Ok(PutObjectAclOutput { request_charged })
    }
}

/// The list that is asked for; none: no change.
fn asked(
    caller: &Caller,
    here: &InObject,
    object: &Object,
    input: &PutObjectAclRequest,
) -> Answer<Option<Acl>> {
    let bucket = &here.bucket;
    let given = given_acl!(input, input.grant_write.as_deref());
    let owner = bucket.list_of_object(object).owner;
    let body = input.access_control_policy.as_ref();
    let list = bucket.list_asked(Of::Object(bucket.record.owner), owner, &given, body)?;
    if let Some(list) = &list {
        let resource = format!("{}/{}", bucket.arn, input.key);
        bucket.check_public(caller, list, "s3:PutObjectAcl", Some(&resource))?;
    }
    Ok(list)
}

/// The version with another list.
fn with_list(stored: &Stored, list: Option<Acl>) -> Stored {
    let mut changed = stored.clone();
    if let Some(object) = &mut changed.version.object {
        let more = object.more.take().map_or_else(More::default, |more| *more);
        object.more = More { acl: list, ..more }.boxed();
    }
    changed
}
