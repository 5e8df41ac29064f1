//! CreateBucket.

use api_s3::{CreateBucket, CreateBucketOutput, CreateBucketRequest};
use auth::Region;
use floor::{Admitted, Caller, Check, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3, access, account, acl,
    bucket::{arn, place, place_in},
    bucket_name::BucketName,
    claims::{self, Settled},
    fault, given_acl,
    limits::REGIONS,
    more::{Acl, Lock, Ownership},
    records::{self, Beginning, Claim},
    tags::{self, Tagged, Tags},
};

/// How often a creation waits for the deletion of a bucket of the same name to end.
const ATTEMPTS: usize = 3;

impl Handle<CreateBucket> for S3 {
    type Loaded = ();

    const ACTIONS: &'static [&'static str] = &[
        "s3:CreateBucket",
        "s3:TagResource",
        "s3:PutBucketAcl",
        "s3:PutBucketOwnershipControls",
        "s3:PutBucketObjectLockConfiguration",
        "s3:PutBucketVersioning",
    ];

    fn place(&self, caller: &Caller, input: &CreateBucketRequest) -> Answer<Placement> {
        let named = match input.bucket_namespace.as_deref() {
            Some("account-regional") => {
                let constraint =
                    input.create_bucket_configuration.as_ref().and_then(|c| c.location_constraint.as_deref());
                let region = location(&caller.region, constraint)?;
                BucketName::parse_regional(&input.bucket, caller.account(), &region)
            }
            _ => BucketName::parse(&input.bucket),
        };
        named.ok_or_else(|| fault::invalid_bucket_name(&input.bucket))?;
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        input: &CreateBucketRequest,
    ) -> Answer<Target<()>> {
        let check = |action| Check::new(action, arn(&input.bucket), caller.account());
        let tagged = input.create_bucket_configuration.as_ref().is_some_and(|c| c.tags.is_some());
        let ownership = input.object_ownership.as_deref();
        let given = given_acl!(input, input.grant_write.as_deref());
        let creates = access::of_list(check("s3:CreateBucket"), &given);
        let creates = access::of_namespace(creates, input.bucket_namespace.as_deref());
        let mut checks = vec![access::of_ownership(creates, ownership)];
        checks.extend((!given.is_empty()).then(|| access::of_list(check("s3:PutBucketAcl"), &given)));
        checks.extend(ownership.map(|_| check("s3:PutBucketOwnershipControls")));
        if input.object_lock_enabled_for_bucket == Some(true) {
            checks.extend([check("s3:PutBucketObjectLockConfiguration"), check("s3:PutBucketVersioning")]);
        }
        checks.extend(tagged.then(|| check("s3:TagResource")));
        Ok(Target { checks, loaded: () })
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        _: Admitted<CreateBucket, Self>,
        input: CreateBucketRequest,
    ) -> Answer<CreateBucketOutput> {
        let given = given_acl!(input, input.grant_write.as_deref());
        let mut beginning = self.beginning.clone();
        let ownership = input.object_ownership.as_deref().and_then(Ownership::parse);
        beginning.ownership = ownership.or(beginning.ownership);
        beginning.lock = input.object_lock_enabled_for_bucket.unwrap_or_default().then(Lock::default);
        let owner = cx.caller.account();
        let blocked = account::blocks(&cx.view(&Placement::global()).await?, owner).await?;
        beginning.acl = acl::of_new_bucket(owner, &given, &beginning, blocked)?;
        let asked = input.create_bucket_configuration.unwrap_or_default();
        let region = location(cx.region(), asked.location_constraint.as_deref())?;
        let tags = asked.tags.unwrap_or_default().into_iter().map(|t| (t.key, t.value));
        let tags = tags::checked(tags, Tagged::NewBucket)?;
        let name = input.bucket.as_str();
        let asked = Asked { region, tags, beginning };
        let region = &asked.region;
        for _ in 0..ATTEMPTS {
            match self.create(cx, name, &asked).await? {
                Settled::Made => return Ok(created(name, region)),
                Settled::There if *region == Region::default() && cx.region() == region => {
                    self.reset_list(cx, name, &asked).await?;
                    return Ok(created(name, region));
                }
                Settled::There => return Err(fault::bucket_already_owned(name)),
                Settled::Gone => {}
            }
        }
        Err(fault::operation_aborted())
    }
}

/// What a creation asks for.
struct Asked {
    region: Region,
    tags: Tags,
    beginning: Beginning,
}

impl S3 {
    async fn create(&self, cx: &mut Cx, name: &str, asked: &Asked) -> Answer<Settled> {
        let now_ms = cx.now().0;
        let account = cx.caller.account();
        let wanted = Claim {
            id: self.ticks.next(now_ms),
            account,
            region: asked.region.clone(),
            created_ms: now_ms,
            tags: asked.tags.clone(),
            beginning: asked.beginning.clone(),
        };
        let claimed = claims::claim(cx, name, &wanted).await?;
        if claimed.account != account {
            return Err(fault::bucket_already_exists(name));
        }
        if claimed.region != wanted.region {
            return Err(fault::bucket_already_owned(name));
        }
        let mut settled = claims::settle(self, cx, name, &claimed).await?;
        if settled == Settled::There && claimed.id == wanted.id {
            settled = Settled::Made; // the follow-up of our own claim was quicker
        }
        if settled == Settled::Gone {
            let which =
                claims::Which { name: name.to_owned(), id: claimed.id, account, region: claimed.region };
            claims::release(cx, &which).await?;
        }
        Ok(settled)
    }
}

impl S3 {
    /// "For legacy compatibility, if you re-create an existing bucket that you already own in us-east-1, Amazon S3 returns
    /// 200 OK and resets the bucket access control lists (ACLs)."
    async fn reset_list(&self, cx: &mut Cx, name: &str, asked: &Asked) -> Answer<()> {
        let list = asked.beginning.acl.as_ref();
        let done = cx.cell(&place_in(&asked.region, name)).await?.transact(|tx| async move {
            let Some(bucket) = self.bucket(&tx, name).await? else { return Ok(()) };
            if !bucket.has_lists() || bucket.record.acl.as_ref() == list {
                return Ok(());
            }
            if list.is_some_and(Acl::is_public) && bucket.blocks.block_acls {
                return Err(acl::public_list_blocked());
            }
            let mut record = bucket.record.clone();
            record.acl = list.cloned();
            tx.save(&records::bucket(name), &record);
            Ok(())
        });
        done.await
    }
}

fn created(name: &str, region: &Region) -> CreateBucketOutput {
    let location = if *region == Region::default() {
        format!("/{name}")
    } else {
        format!("http://{name}.s3.amazonaws.com/")
    };
    CreateBucketOutput { location: Some(location), bucket_arn: Some(arn(name)) }
}

/// The region that a bucket goes to. The endpoint of us-east-1 takes every region, all others only their own.
fn location(asked: &Region, constraint: Option<&str>) -> Answer<Region> {
    let is_first = *asked == Region::default();
    let constraint = constraint.filter(|c| !c.is_empty());
    match constraint {
        None if is_first => Ok(asked.clone()),
        None => Err(fault::illegal_location("unspecified")),
        Some("EU") if is_first || asked.as_str() == "eu-west-1" => {
            "eu-west-1".parse().map_err(|_| fault::invalid_location("EU"))
        }
        Some("us-east-1") if is_first => Err(fault::invalid_location("us-east-1")),
        Some(text) if is_first && REGIONS.contains(&text) => {
            text.parse().map_err(|_| fault::invalid_location(text))
        }
        Some(text) if is_first => Err(fault::invalid_location(text)),
        Some(text) if text == asked.as_str() => Ok(asked.clone()),
        Some(text) => Err(fault::illegal_location(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_those_of_aws() {
        let of = |asked: &str, constraint| {
            let place = location(&asked.parse().unwrap(), constraint);
            place.map(|r| r.to_string()).map_err(|f| format!("{}: {}", f.code(), f.message()))
        };
        assert_eq!(of("us-east-1", None), Ok("us-east-1".into()));
        assert_eq!(of("us-east-1", Some("eu-west-2")), Ok("eu-west-2".into()));
        assert_eq!(of("us-east-1", Some("EU")), Ok("eu-west-1".into()));
        assert_eq!(of("eu-west-1", Some("EU")), Ok("eu-west-1".into()));
        assert_eq!(of("eu-west-1", Some("eu-west-1")), Ok("eu-west-1".into()));
        assert!(of("us-east-1", Some("us-east-1")).unwrap_err().starts_with("InvalidLocationConstraint"));
        let other = of("us-east-2", Some("us-west-1")).unwrap_err();
        assert_eq!(
            other,
            "IllegalLocationConstraintException: The us-west-1 location constraint is incompatible for the region \
             specific endpoint this request was sent to."
        );
        assert!(of("us-east-1", Some("bar")).unwrap_err().starts_with("InvalidLocationConstraint"));
        assert!(of("eu-west-1", Some("bar")).unwrap_err().starts_with("IllegalLocationConstraintException"));
        assert!(of("us-east-2", None).unwrap_err().contains("The unspecified location constraint"));
        assert!(of("eu-central-1", Some("EU")).unwrap_err().contains("The EU location constraint"));
    }
}
