//! Giving an object other tags.

use floor::{Admitted, Cx, Handle};
use wire::{Answer, Operation};

use crate::{
    S3,
    bucket::Here,
    event::{EventName, Subject},
    reading::InObject,
    tags::Tags,
    telling::Teller,
    versions,
};

/// Which version gets which tags.
#[derive(Debug)]
pub struct Retag<'a> {
    /// The bucket's name.
    pub bucket: &'a str,
    /// The object's key.
    pub key: &'a str,
    /// The version, as it was named.
    pub version_id: Option<&'a str>,
    /// The tags, in place of all that it had.
    pub tags: &'a Tags,
    /// What is told of it.
    pub event: EventName,
    /// The request's method, for errors.
    pub method: &'static str,
}

impl S3 {
    /// Does it. Answers the version's id, where the bucket has versions.
    pub async fn retag<O>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        retag: &Retag<'_>,
    ) -> Answer<Option<String>>
    where
        O: Operation,
        Self: Handle<O, Loaded = Here<InObject>>,
    {
        let here = at.loaded.or_elsewhere(cx, retag.bucket).await?;
        let teller = &Teller::new(self, cx, &here.bucket, cx.now().0);
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let here = here.inside(retag.bucket)?;
            let (stored, _) = here.object(retag.key, retag.version_id, retag.method)?;
            let version_id = stored.version.id_in(&here.bucket, retag.key);
            let mut changed = stored.clone();
            if let Some(object) = &mut changed.version.object {
                object.about.tags.clone_from(retag.tags);
            }
            versions::rewrite(&tx, &here.bucket, retag.key, &changed).await?;
            let told = version_id.clone().filter(|_| !stored.version.null);
            let subject = Subject::of(retag.event, retag.key, &stored.version, &here.bucket);
            let subject = Subject { size: None, version_id: told, order: None, ..subject };
            teller.tell(&tx, &here.bucket, &subject);
            Ok(version_id)
        });
        done.await
    }
}
