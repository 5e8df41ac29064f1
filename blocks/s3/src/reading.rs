//! What GetObject, HeadObject and their relatives have in common: which version, which bytes of it, under which
//! conditions.

use std::{ops::Range, sync::Arc};

use floor::{Check, Get, Target};
use seal::MessageKey;
use wire::{Answer, Fault};

use crate::{
    S3, about, access,
    bucket::{Bucket, Here},
    conditions::Conditions,
    customer::{self, Given, Use},
    data, fault,
    lag::Copy,
    payer::Terms,
    range::{self, Asked},
    records::{Data, Object, Sealing},
    restoring,
    versions::{self, Stored, Which},
};

/// A version that a request names, in its bucket.
#[derive(Debug)]
pub struct InObject {
    /// The bucket.
    pub bucket: Arc<Bucket>,
    /// What stands there: an object, a delete marker or nothing.
    pub found: Option<Stored>,
    /// Which version was named.
    pub which: Which,
}

/// The actions of an operation, without and with a version named.
#[derive(Clone, Copy, Debug)]
pub struct Actions(pub &'static str, pub &'static str);

/// The right to read an object: what it lets read is what is seen late where answers lag.
const READ: &str = "s3:GetObject";

/// What a copy that lags has at a key.
fn late(copy: Copy<'_>, bucket: u64, key: &str, found: Option<Stored>) -> Answer<Option<Stored>> {
    let found = match copy.read(bucket, key) {
        Some(state) => state.map(Stored::of).transpose()?,
        None => found,
    };
    if found.as_ref().and_then(Stored::object).is_none() {
        copy.read_in_vain(bucket, key);
    }
    Ok(found)
}

impl S3 {
    /// The target of an operation on one version of an object.
    pub async fn in_object<R: Get>(
        &self,
        read: &R,
        (name, key): (&str, &str),
        version_id: Option<&str>,
        terms: impl Into<Terms<'_>> + Send,
        actions: Actions,
    ) -> Answer<Target<Here<InObject>>> {
        let terms = terms.into();
        let Some(bucket) = self.bucket(read, name).await? else { return Ok(Target::anyone(Here::Absent)) };
        terms.check(&bucket)?;
        about::check_key(key)?;
        let which = Which::parse(version_id, &bucket, key)?;
        let action = if which == Which::Latest { actions.0 } else { actions.1 };
        let mut found = versions::find(read, &bucket, key, which).await?;
        if actions.0 == READ
            && which == Which::Latest
            && let Some(copy) = self.copy()
        {
            found = late(copy, bucket.record.id, key, found)?;
        }
        let object = found.as_ref().and_then(Stored::object);
        let check = match object {
            Some(object) => {
                access::of_existing(bucket.existing_check(action, key, object), &object.about.tags)
            }
            None => bucket.object_check(action, key),
        };
        let check = access::of_version(check, version_id);
        let mut checks = vec![check];
        if object.is_none() {
            checks.push(listing_check(&bucket, which, key));
        }
        Ok(Target { checks, loaded: Here::Here(InObject { bucket, found, which }) })
    }
}

/// That there is no object is told only to those who may list what there is; a listing of its key alone, for policies
/// that ask for the prefix.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>
fn listing_check(bucket: &Bucket, which: Which, key: &str) -> Check {
    let action = if which == Which::Latest { "s3:ListBucket" } else { "s3:ListBucketVersions" };
    access::of_listing(bucket.check(action), Some(key), None, None)
}

impl InObject {
    /// The object, or the answer to a request for what is not one.
    pub fn object(
        &self,
        key: &str,
        version_id: Option<&str>,
        method: &'static str,
    ) -> Answer<(&Stored, &Object)> {
        if let Some(stored) = &self.found
            && let Some(object) = stored.object()
        {
            return Ok((stored, object));
        }
        Err(self.missing(key, version_id, method))
    }

    fn missing(&self, key: &str, version_id: Option<&str>, method: &'static str) -> Fault {
        match (&self.found, self.which) {
            (Some(marker), Which::Latest) => {
                let fault = fault::no_such_key(key).header(fault::X_AMZ_DELETE_MARKER, "true");
                fault.header(fault::X_AMZ_VERSION_ID, &marker.version.id(&self.bucket, key))
            }
            (Some(marker), _) => fault::is_delete_marker(method)
                .header(fault::X_AMZ_VERSION_ID, &marker.version.id(&self.bucket, key))
                .header(http::header::LAST_MODIFIED, &crate::answer::http_date(marker.version.modified_ms)),
            (None, Which::Latest) => fault::no_such_key(key),
            (None, _) => fault::no_such_version(key, version_id.unwrap_or_default()),
        }
    }
}

/// Whether the bytes of an object may be read: an archived one must be restored first.
pub fn check_archived(object: &Object, now_ms: u64) -> Answer<()> {
    if restoring::of(object).is_some_and(|restored| restored.is_readable(now_ms)) {
        return Ok(());
    }
    match object.about.storage_class.as_deref() {
        class if !about::is_archived(class) => Ok(()),
        class => Err(Fault::coded(
            "InvalidObjectState",
            403,
            "The operation is not valid for the object's storage class",
        )
        .with("StorageClass", class.unwrap_or_default())),
    }
}

/// What opens an object that a customer has the key of, where the request gives it.
pub fn opened(object: &Object, given: &Given<'_>) -> Answer<Option<MessageKey>> {
    let is_customers = matches!(object.sealing, Sealing::Customer(_));
    match given.read() {
        Ok(key) => customer::opened(&object.sealing, key.as_ref(), Use::Read),
        // A key that cannot be one is another than the object's.
        Err(fault) if is_customers && fault.message().starts_with("The secret key was invalid") => {
            Err(customer::wrong_key())
        }
        Err(fault) => Err(fault),
    }
}

/// Checks the conditions of a read.
pub fn check_conditions(
    conditions: &Conditions<'_>,
    stored: &Stored,
    object: &Object,
    now_ms: u64,
) -> Answer<()> {
    let (modified, now) = (stored.version.modified_ms / 1000, now_ms / 1000);
    match conditions.failed(object.etag, modified as i64, now as i64) {
        None => Ok(()),
        Some(failed) => {
            let fault = fault::condition(failed);
            Err(if failed.is_not_modified() {
                fault.header(http::header::ETAG, &object.etag.quoted()).header(
                    http::header::LAST_MODIFIED,
                    &crate::answer::http_date(stored.version.modified_ms),
                )
            } else {
                fault
            })
        }
    }
}

/// Which bytes are asked for.
#[derive(Clone, Debug)]
pub struct Selected {
    /// The bytes.
    pub range: Range<u64>,
    /// Whether these were asked for by range or part.
    pub partial: bool,
    /// How many parts the object has, where a part was asked for.
    pub parts: Option<u16>,
    /// The checksum of the part that was asked for.
    pub part_checksum: Option<crate::checksum::Value>,
}

impl Selected {
    /// All bytes of an object.
    pub fn all(object: &Object) -> Self {
        Self { range: 0..object.size, partial: false, parts: None, part_checksum: None }
    }
}

/// Reads `Range` and `partNumber`.
pub async fn select<R: Get>(
    read: &R,
    bucket: &Bucket,
    object: &Object,
    header: Option<&str>,
    part: Option<i32>,
) -> Answer<Opened<Selected>> {
    let all = Selected::all(object);
    match (header, part) {
        (Some(_), Some(_)) => {
            Err(fault::invalid_request("Cannot specify both Range header and partNumber query parameter"))
        }
        (None, None) => Ok(Some(all)),
        (Some(header), None) => match range::asked(header, object.size) {
            Asked::All => Ok(Some(all)),
            Asked::Some(range) => Ok(Some(Selected { range, partial: true, ..all })),
            Asked::Unsatisfiable => Err(fault::invalid_range(header, object.size)),
        },
        (None, Some(number)) => part_of(read, bucket, object, number, all).await,
    }
}

/// None: the object was replaced meanwhile.
pub type Opened<T> = Option<T>;

async fn part_of<R: Get>(
    read: &R,
    bucket: &Bucket,
    object: &Object,
    number: i32,
    all: Selected,
) -> Answer<Opened<Selected>> {
    if !crate::limits::PART_NUMBERS.contains(&number) {
        return Err(fault::invalid_part_number_argument(number));
    }
    let Data::Parts(parts) = &object.data else {
        // An object that was uploaded in one piece is its own first part.
        return if number == 1 {
            Ok(Some(Selected { partial: object.size > 0, ..all }))
        } else {
            Err(fault::invalid_part_number(number, 1))
        };
    };
    let Some(manifest) = data::manifest(read, bucket.record.id, parts.manifest).await? else {
        return Ok(None);
    };
    let mut start = 0;
    // Parts count from 1 in the order of the object, whatever numbers they were uploaded with.
    for (i, piece) in manifest.parts.iter().enumerate() {
        if i as i32 + 1 == number {
            return Ok(Some(Selected {
                range: start..start + piece.size,
                partial: true,
                parts: Some(parts.count),
                part_checksum: piece.checksum.clone(),
            }));
        }
        start += piece.size;
    }
    Err(fault::invalid_part_number(number, parts.count))
}

/// Fills what GetObject and HeadObject answer alike.
#[macro_export]
macro_rules! describe_object {
    ($output:expr, $bucket:expr, $stored:expr, $object:expr, $selected:expr, $input:expr) => {{
        use $crate::records::Header;
        let header = |h: Header| $object.about.headers.get(&h).cloned();
        let size = $selected.range.end - $selected.range.start;
        $output.accept_ranges = Some("bytes".to_owned());
        $output.last_modified = Some($crate::answer::time($stored.version.modified_ms));
        $output.content_length = Some(size as i64);
        $output.etag = Some($object.etag.quoted());
        $output.version_id = $stored.version.id_in($bucket, &$input.key);
        $output.cache_control = $input.response_cache_control.take().or_else(|| header(Header::CacheControl));
        $output.content_disposition =
            $input.response_content_disposition.take().or_else(|| header(Header::ContentDisposition));
        $output.content_encoding =
            $input.response_content_encoding.take().or_else(|| header(Header::ContentEncoding));
        $output.content_language =
            $input.response_content_language.take().or_else(|| header(Header::ContentLanguage));
        $output.content_type = $input
            .response_content_type
            .take()
            .or_else(|| header(Header::ContentType))
            .or_else(|| Some("binary/octet-stream".to_owned()));
        $output.expires =
            $input.response_expires.map($crate::answer::http_date_of).or_else(|| header(Header::Expires));
        $crate::set_encryption!($output, $object.sealing);
        $crate::set_customer_key!($output, &$crate::customer_key!($input).read()?);
        $output.metadata = Some($crate::answer::metadata(&$object.about.metadata));
        $output.storage_class = $object.about.storage_class.clone();
        $output.website_redirect_location = $object.more.as_ref().and_then(|m| m.redirect.clone());
        $output.replication_status =
            $object.more.as_ref().and_then(|m| m.replication).map(|r| r.name().to_owned());
        $output.parts_count = $selected.parts.map(i32::from);
        if $selected.partial {
            $output.status_code = Some(206);
            $output.content_range = Some($crate::range::content_range(&$selected.range, $object.size));
        }
        let tags = $object.about.tags.len();
        $output.tag_count = (tags > 0).then_some(tags as i32);
        let asked = $input.checksum_mode.as_deref().is_some_and(|m| m.eq_ignore_ascii_case("ENABLED"));
        if let Some(checksum) = $object.checksum.as_ref().filter(|_| asked) {
            let text = match &$selected.part_checksum {
                Some(part) => Some(part.text()),
                None if size == $object.size => Some(checksum.text()),
                // The checksum of the whole says nothing about a part of it.
                None => None,
            };
            if let Some(text) = text {
                $crate::set_checksum!($output, checksum.value.algorithm, text);
                $output.checksum_type = Some(checksum.kind.name().to_owned());
            }
        }
    }};
}

/// What an operation on a version of an object loads and asks: one action for the latest version, and one for a
/// version that is named.
macro_rules! in_object {
    // Somebody else than the owner may pay for it.
    (paid $input:ty, $($actions:literal),+) => {
        $crate::reading::in_object!(paid; $input, $($actions),+);
    };
    ($input:ty, $($actions:literal),+) => {
        $crate::reading::in_object!(free; $input, $($actions),+);
    };
    ($price:ident; $input:ty, $latest:literal, $version:literal $(, $further:literal)*) => {
        type Loaded = $crate::bucket::Here<$crate::reading::InObject>;

        const ACTIONS: &'static [&'static str] =
            &[$latest, $version, "s3:ListBucket", "s3:ListBucketVersions" $(, $further)*];

        fn place(&self, caller: &floor::Caller, input: &$input) -> wire::Answer<floor::Placement> {
            $crate::bucket::place(caller, &input.bucket)
        }

        async fn resource<R: floor::Get>(
            &self,
            caller: &floor::Caller,
            read: &R,
            input: &$input,
        ) -> wire::Answer<floor::Target<Self::Loaded>> {
            let version = input.version_id.as_deref();
            let terms = $crate::payer::terms!($price, caller, input);
            let actions = $crate::reading::Actions($latest, $version);
            self.in_object(read, (&input.bucket, &input.key), version, terms, actions).await
        }
    };
}
pub(crate) use in_object;
