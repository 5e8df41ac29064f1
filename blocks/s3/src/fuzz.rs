//! Fuzz targets for what only this crate can read, driven by the mutator of `crates/wire` for a bounded time: configurations
//! as XML, headers (ranges, conditions, access control lists, customers' keys, copy sources, tags, encoded words), tokens and
//! ids that clients hand back, policies of forms. What is taken is given back as it was understood, and understood again.

#[path = "../../../crates/wire/tests/fuzz/hunt.rs"]
mod hunt;

use api_s3::{
    AccessControlPolicy, BucketLifecycleConfiguration, CORSConfiguration, ReplicationConfiguration,
    WebsiteConfiguration,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use floor::AccountId;
use hunt::{must_find, number, run};
use wire::xml::XmlReader;

use crate::{
    acl::{self, Names, Of},
    conditions, copying,
    cors::{self, Cors},
    customer, encoded_words,
    etag::ETag,
    lifecycle,
    more::Acl,
    ops::{list_buckets, list_objects_v2, put_bucket_replication},
    post::{Fields, policy::Document},
    range::{self, Asked},
    records::UploadId,
    tags,
    version_id::{Meaning, Order},
    website::Website,
};

fn seeds(all: &[&str]) -> Vec<Vec<u8>> {
    all.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// A document, as the server reads it.
fn document<T: Default + wire::Shape>(input: &[u8]) -> Option<T> {
    let mut shape = T::default();
    let mut reader = XmlReader::new(input).ok()?;
    reader.root().ok()?.then_some(())?;
    reader.members(&mut shape, true).ok()?;
    reader.end().ok()?;
    Some(shape)
}

const CORS: [&str; 2] = [
    "<CORSConfiguration><CORSRule><AllowedOrigin>http://*.a</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedHeader>x-*\
     </AllowedHeader><MaxAgeSeconds>5</MaxAgeSeconds><ExposeHeader>etag</ExposeHeader></CORSRule></CORSConfiguration>",
    "<CORSConfiguration><CORSRule><ID>i</ID><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod></CORSRule>\
     </CORSConfiguration>",
];

fn cors(input: &[u8]) -> u64 {
    let Some(given) = document::<CORSConfiguration>(input) else { return 0 };
    let read = match Cors::read(given.cors_rules) {
        Ok(read) => read,
        Err(fault) => return number(fault.code()),
    };
    let shown = read.rules.iter().map(Into::into).collect();
    assert_eq!(Cors::read(shown).ok().as_ref(), Some(&read));
    let rule = &read.rules[0];
    let says = (rule.takes("x-amz-acl, etag"), cors::fits(&rule.origins[0], "http://b.a"));
    number((says, read.rules.len().min(3), rule.max_age_s.is_some())) ^ 1
}

const WEBSITES: [&str; 2] = [
    "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument><ErrorDocument><Key>e</Key></ErrorDocument>\
     <RoutingRules><RoutingRule><Condition><KeyPrefixEquals>a/</KeyPrefixEquals><HttpErrorCodeReturnedEquals>404\
     </HttpErrorCodeReturnedEquals></Condition><Redirect><HostName>h</HostName><Protocol>https</Protocol><HttpRedirectCode>302\
     </HttpRedirectCode><ReplaceKeyPrefixWith>b/</ReplaceKeyPrefixWith></Redirect></RoutingRule></RoutingRules>\
     </WebsiteConfiguration>",
    "<WebsiteConfiguration><RedirectAllRequestsTo><HostName>h</HostName><Protocol>http</Protocol></RedirectAllRequestsTo>\
     </WebsiteConfiguration>",
];

fn website(input: &[u8]) -> u64 {
    let Some(given) = document::<WebsiteConfiguration>(input) else { return 0 };
    let read = match Website::read(given) {
        Ok(read) => read,
        Err(fault) => return number(fault.code()),
    };
    let shown = api_s3::GetBucketWebsiteOutput::from(&read);
    let again = WebsiteConfiguration {
        error_document: shown.error_document,
        index_document: shown.index_document,
        redirect_all_requests_to: shown.redirect_all_requests_to,
        routing_rules: shown.routing_rules,
    };
    assert_eq!(Website::read(again).ok().as_ref(), Some(&read));
    let mut codes = Vec::new();
    for (key, error) in [("a/b", None), ("a/b", Some(404)), ("", Some(403))] {
        if let Some(rule) = read.rule(&read.key_of(key), error) {
            let (code, to) = rule.target(key, "http", "host");
            assert!((301..400).contains(&code), "{code}");
            assert!(to.starts_with("http://") || to.starts_with("https://"), "{to}");
            codes.push(code);
        }
    }
    number((codes, read.all_to.is_some(), read.rules.map(|rules| rules.len().min(3)))) ^ 1
}

const LIFECYCLES: [&str; 2] = [
    "<LifecycleConfiguration><Rule><ID>i</ID><Filter><And><Prefix>p</Prefix><Tag><Key>k</Key><Value>v</Value></Tag>\
     <ObjectSizeGreaterThan>5</ObjectSizeGreaterThan></And></Filter><Status>Enabled</Status><Expiration><Days>3</Days>\
     </Expiration><Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition></Rule></LifecycleConfiguration>",
    "<LifecycleConfiguration><Rule><Prefix>p</Prefix><Status>Disabled</Status><NoncurrentVersionExpiration><NoncurrentDays>2\
     </NoncurrentDays><NewerNoncurrentVersions>4</NewerNoncurrentVersions></NoncurrentVersionExpiration>\
     <AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>\
     <Rule><Filter/><Status>Enabled</Status><Expiration><Date>2030-01-01T00:00:00Z</Date></Expiration></Rule>\
     </LifecycleConfiguration>",
];

fn lifecycles(input: &[u8]) -> u64 {
    let Some(given) = document::<BucketLifecycleConfiguration>(input) else { return 0 };
    let mut names = 0;
    let mut name = || {
        names += 1;
        [names; 16]
    };
    let read = match lifecycle::read(Some(&given), None, &mut name) {
        Ok(read) => read,
        Err(fault) => return number(fault.code()),
    };
    let shown = BucketLifecycleConfiguration { rules: read.described() };
    assert_eq!(lifecycle::read(Some(&shown), None, &mut name).ok().as_ref(), Some(&read));
    let held: Vec<bool> = read.rules.iter().map(|rule| rule.scope.holds("p/k", 9, &Vec::new())).collect();
    number((held, read.rules.len().min(3))) ^ 1
}

const REPLICATIONS: [&str; 1] = [
    "<ReplicationConfiguration><Role>arn:aws:iam::000000000000:role/r</Role><Rule><ID>i</ID><Priority>1</Priority><Filter><And>\
     <Prefix>p</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></And></Filter><Status>Enabled</Status><DeleteMarkerReplication>\
     <Status>Disabled</Status></DeleteMarkerReplication><Destination><Bucket>arn:aws:s3:::b</Bucket><StorageClass>STANDARD\
     </StorageClass></Destination></Rule></ReplicationConfiguration>",
];

fn replication(input: &[u8]) -> u64 {
    let Some(given) = document::<ReplicationConfiguration>(input) else { return 0 };
    let names = (0..given.rules.len()).map(|n| n.to_string()).collect();
    match put_bucket_replication::read(&given, names) {
        Err(fault) => number(fault.code()),
        Ok(read) => {
            let takes: Vec<bool> =
                read.rules.iter().map(|rule| rule.filter.takes("p/k", &Vec::new())).collect();
            number((takes, read.rules_of_marker("p/k").len())) ^ 1
        }
    }
}

const LISTS: [&str; 2] = [
    "<AccessControlPolicy xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><Owner><ID>OWNER</ID></Owner><AccessControlList>\
     <Grant><Grantee xsi:type=\"Group\"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ\
     </Permission></Grant></AccessControlList></AccessControlPolicy>",
    "<AccessControlPolicy><Owner><ID>OWNER</ID></Owner><AccessControlList><Grant><Grantee \
     xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\"><ID>OWNER</ID></Grantee><Permission>\
     FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>",
];

const OWNER: Option<AccountId> = Some(AccountId::DEFAULT);

fn list(input: &[u8]) -> u64 {
    let Some(given) = document::<AccessControlPolicy>(input) else { return 0 };
    let read = match Acl::read(&given, OWNER) {
        Ok(read) => read,
        Err(fault) => return number(fault.code()),
    };
    let again = AccessControlPolicy { owner: given.owner, grants: Some(read.shown(Names::None)) };
    assert_eq!(Acl::read(&again, OWNER).ok().as_ref(), Some(&read));
    number((read.grants.len().min(4), read.is_public(), read.is_shared())) ^ 1
}

/// Who is granted what by headers: one line for each of them, the first names a canned list.
fn list_of_headers(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    let mut lines = text.split('\n').map(|line| (!line.is_empty()).then_some(line));
    let canned = lines.next().flatten();
    let given = acl::Given { canned, grants: std::array::from_fn(|_| lines.next().flatten()) };
    match given.list(Of::Object(AccountId::DEFAULT), OWNER) {
        Err(fault) => number(fault.code()),
        Ok(None) => {
            assert!(given.is_empty());
            1
        }
        Ok(Some(list)) => number((list.grants.len().min(4), list.is_public())) ^ 1,
    }
}

fn ranges(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    let mut did = 0_u64;
    for size in [0, 1, 10, u64::MAX] {
        let asked = range::asked(text, size);
        if let Asked::Some(range) = &asked {
            assert!(range.start < range.end && range.end <= size, "{range:?} of {size}");
            assert!(range::content_range(range, size).ends_with(&format!("/{size}")));
        }
        let copied = range::copied(text, size);
        if let Ok(range) = &copied {
            assert!(range.start < range.end && range.end <= size, "{range:?} of {size}");
            assert_eq!(asked, Asked::Some(range.clone()), "both mean the same");
        }
        did = did.wrapping_mul(31) ^ number((std::mem::discriminant(&asked), copied.is_ok()));
    }
    did
}

/// Lists of tags in conditions, and tags that we gave.
fn etags(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    let ours = ETag { md5: [0xAB; 16], parts: 3 };
    let named = conditions::names(text, ours);
    assert!(!named || text.contains('*') || text.contains(&ours.to_string()));
    let read = ETag::parse(text);
    if let Some(read) = read {
        assert_eq!(ETag::parse(&read.to_string()), Some(read));
    }
    u64::from(named) + 2 * u64::from(read.is_some())
}

const KEY: &str = "AES256\nMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=\nzZ5FnqcIqUjVwvWmyog4zw==";

/// The three headers of a customer's key.
fn customers(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    let mut lines = text.split('\n').map(|line| (!line.is_empty()).then_some(line));
    let mut next = || lines.next().flatten();
    let given = customer::Given { algorithm: next(), key: next(), md5: next() };
    match given.read() {
        Err(fault) => number((fault.code(), fault.message().len())),
        Ok(None) => 1,
        Ok(Some(key)) => {
            assert_eq!(STANDARD.decode(key.header()).unwrap().len(), 32);
            assert_eq!(given.key.map(str::trim), Some(key.header().as_str()));
            2
        }
    }
}

/// Where a copy comes from, tags in a header, and encoded words: all are text, and text comes out.
fn texts(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    let source = copying::Named::parse(text);
    if let Ok(named) = &source {
        assert!(!named.key.is_empty() && !named.bucket.contains('/'));
    }
    let tags = tags::of_header(text);
    if let Ok(tags) = &tags {
        assert!(tags.windows(2).all(|two| two[0].0 < two[1].0), "in order, each once");
        assert!(tags.len() <= 10);
    }
    let word = encoded_words::decoded(text);
    let header = encoded_words::encoded(text);
    assert!(header.is_ascii());
    if !text.is_ascii() {
        assert_eq!(encoded_words::decoded(&header), text);
    }
    number((source.is_ok(), tags.map(|tags| tags.len()).map_err(|f| f.code().to_owned()), word == text))
}

/// Tokens of listings and ids, which clients hand back.
fn tokens(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    let next = list_objects_v2::read_token(text);
    if let Ok(next) = &next {
        assert_eq!(list_objects_v2::read_token(&list_objects_v2::token(next)).ok().as_ref(), Some(next));
    }
    let bucket = list_buckets::read_token(text);
    let upload = UploadId::parse(text);
    if let Ok(id) = upload {
        assert_eq!(id.text(), text);
    }
    let version = Order::of_version_id(text, 1, "k");
    let ours = Order(77).version_id(1, "k");
    assert_eq!(matches!(version, Meaning::Version(_)), text == ours, "nobody else makes ids");
    let kinds = [next.is_ok(), bucket.is_ok(), upload.is_ok(), matches!(version, Meaning::Version(_))];
    number(kinds).wrapping_add(text.len() as u64 % 8)
}

/// Policies of forms: the JSON itself, which the mutator does not reach through base64.
fn policies(input: &[u8]) -> u64 {
    let _ = str::from_utf8(input).map(Document::read);
    match Document::read(&STANDARD.encode(input)) {
        Err(fault) => number((fault.code(), fault.message())),
        Ok(document) => {
            let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            let fields = Fields::of(vec![field("key", "in/k"), field("Content-Type", "image/png")]);
            match document.check(&fields, "b", 1_000) {
                Err(fault) => number((fault.code(), fault.message())) ^ 1,
                Ok(lengths) => number((lengths.min == 0, lengths.max == u64::MAX)) ^ 2,
            }
        }
    }
}

#[test]
fn cross_origin() {
    run(cors, &seeds(&CORS));
}

#[test]
fn websites() {
    run(website, &seeds(&WEBSITES));
}

#[test]
fn lifecycle_configurations() {
    run(lifecycles, &seeds(&LIFECYCLES));
}

#[test]
fn replication_configurations() {
    run(replication, &seeds(&REPLICATIONS));
}

#[test]
fn access_control_lists() {
    let id = acl::canonical(OWNER);
    let lists: Vec<_> = LISTS.iter().map(|text| text.replace("OWNER", &id).into_bytes()).collect();
    assert!(lists.iter().all(|list| {
        document::<AccessControlPolicy>(list).is_some_and(|given| Acl::read(&given, OWNER).is_ok())
    }));
    run(list, &lists);
    let headers = format!(
        "public-read\n\n\n\n\n\x00\nid=\"{id}\", uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"\n\n\n\n"
    );
    run(list_of_headers, &seeds(&[&headers, &format!("\nid={id}\n\n\nemailAddress=\"a@b\""), "private"]));
}

#[test]
fn ranges_and_conditions() {
    run(ranges, &seeds(&["bytes=0-4", "bytes=-5", "bytes=3-", "bytes=1-2,4-5", "bytes=5-4"]));
    let tag = ETag { md5: [0xAB; 16], parts: 3 }.to_string();
    run(etags, &seeds(&[&format!("\"{tag}\", W/\"x\""), "*", &tag]));
}

#[test]
fn customers_keys() {
    assert_eq!(customers(KEY.as_bytes()), 2);
    run(customers, &seeds(&[KEY, "AES256\n\n", "aws:kms\na\nb"]));
}

#[test]
fn sources_tags_and_words() {
    run(
        texts,
        &seeds(&[
            "/b/k%20%C3%A9?versionId=v",
            "a=b&c=d%20e",
            "=?UTF-8?Q?a_=C3=A9?=",
            "=?utf-8?B?w6k=?=",
            "é",
        ]),
    );
}

#[test]
fn tokens_and_ids() {
    let token = list_objects_v2::token(b"a/b\0");
    let (upload, version) = (UploadId { order: 5, secret: 6 }.text(), Order(77).version_id(1, "k"));
    run(tokens, &seeds(&[&token, &upload, &version, "YWJj"]));
}

#[test]
fn policies_of_forms() {
    run(
        policies,
        &seeds(&[
            r#"{"expiration":"2099-01-01T00:00:00.000Z","conditions":[{"bucket":"b"},["starts-with","$key","in/"],["eq","$Content-Type","image/png"],["content-length-range",1,10]]}"#,
            "{'expiration': '2099-01-01T00:00:00Z', 'conditions': []}",
        ]),
    );
}

/// A reader with a planted error, which the mutator must find.
#[test]
fn the_canary_is_found() {
    fn canary(input: &[u8]) -> u64 {
        let Some(given) = document::<CORSConfiguration>(input) else { return 0 };
        let ages = given.cors_rules.iter().filter_map(|rule| rule.max_age_seconds);
        ages.fold(1, |did, age| {
            assert!(age == 5, "planted");
            did + 1
        })
    }
    let said =
        "<AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod><MaxAgeSeconds>5</MaxAgeSeconds>";
    let seed = format!("<CORSConfiguration><CORSRule>{said}</CORSRule></CORSConfiguration>");
    assert_eq!(canary(seed.as_bytes()), 2, "it is read");
    must_find(canary, &seeds(&[&seed]));
}
