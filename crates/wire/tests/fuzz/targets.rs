//! The targets, one per reader.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use wire::cbor::{CborReader, CborWriter};
use wire::form::{Form, FormReader};
use wire::format::{ELEMENTS_MAX, Reader as _, Writer as _};
use wire::json::{JsonReader, JsonWriter};
use wire::multipart::{Event, FormParts};
use wire::operation::{Http as Place, Segment, blank};
use wire::xml::{XmlReader, XmlWriter};
use wire::{Body, Meta, OperationRow, Protocol as _, Request, ServiceMeta, Shape};

use crate::shapes::{Http, Inner, Root};

pub(crate) const JSON: &[&[u8]] = &[
    br#"{"Text":"a\u00e9\n","Flag":true,"Small":-5,"Large":9,"Double":1.5e3,"Blob":"AAEC","Time":"2009-10-12T17:50:30.5Z"}"#,
    br#"{"List":["a","b"],"Flat":[{"Key":"k","Value":null}],"Map":{"a":1,"b":2},"Unknown":[{"x":[1,{}]}]}"#,
    br#"{"Entries":{"e":{"Key":"k"}},"Again":{"Again":{"Text":"x"}},"Nested":[[1,2],[3]],"Float":"NaN"}"#,
];

pub(crate) const XML: &[&[u8]] = &[
    b"<?xml version=\"1.0\"?><Root xmlns=\"u\"><Text>a&amp;&#233;<![CDATA[<b>]]></Text><Flag>true</Flag><Small>5</Small></Root>",
    b"<Root><List><member>a</member><member/></List><Item><Key>k</Key></Item><Item Mark=\"&lt;\"><Key>l</Key></Item></Root>",
    b"<Root><Map><entry><key>a</key><value>1</value></entry></Map><Entry><Name>n</Name><Value><Key>k</Key></Value></Entry></Root>",
    b"<Root><Again><Again><Time>2009-10-12T17:50:30Z</Time></Again></Again><Blob>AAEC</Blob><Double>-1.5</Double><!-- c --></Root>",
];

pub(crate) const FORM: &[&[u8]] = &[
    b"Action=A&Text=a+b%20%C3%A9&Flag=true&Small=5&Large=-9&Double=1.5&Blob=AAEC&Time=2009-10-12T17%3A50%3A30Z",
    b"List.member.1=a&List.member.10=b&List.member.2=c&Item.1.Key=k&Item.1.Value=v&Item.2.Key=l",
    b"Map.entry.1.key=a&Map.entry.1.value=1&Entry.1.Name=n&Entry.1.Value.Key=k&Again.Again.Text=x&Inner.Key=i",
];

pub(crate) const HTTP: &[&[u8]] = &[
    b"GET\n/b/k%20/l//m?text=a+b&n=1&n=2&x-id=G\nx-words: a, \"b,\\\"c\", d\nx-meta-one: 1\nx-size: 12",
    b"PUT\n/b/\xc3\xa9?text=%ff\nx-times: Mon, 12 Oct 2009 17:50:30 GMT, Tue, 13 Oct 2009 17:50:30 GMT\nif-modified-since: 12",
    b"GET\n//?&&=&n\nx-acl: y\nx-meta-: z",
];

pub(crate) const FORM_PARTS: &[&[u8]] = &[
    b"\x05--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n--b\r\ncontent-disposition: form-data; name=file; filename=\"a\\\"b\"\r\n\r\ndata\r\n--b--\r\n",
    b"\x01before\r\n--b \t\r\nContent-Disposition: form-data; name=x\r\nContent-Type: text/plain\r\n\r\n\r\n--b--behind",
];

/// The first byte says in what pieces the rest comes. However it comes, it is the same form.
pub(crate) fn fuzz_form_parts(input: &[u8]) -> u64 {
    let Some((size, form)) = input.split_first() else { return 0 };
    let read = form_parts(form, usize::from(*size).max(1));
    assert_eq!(read, form_parts(form, form.len().max(1)));
    let mut hasher = DefaultHasher::new();
    let outline = |parts: Vec<(String, Vec<u8>)>| {
        parts.into_iter().map(|(name, value)| (name, value.len().min(16))).collect::<Vec<_>>()
    };
    read.map(outline).hash(&mut hasher);
    hasher.finish()
}

fn form_parts(form: &[u8], size: usize) -> Option<Vec<(String, Vec<u8>)>> {
    let mut reader = FormParts::new("multipart/form-data; boundary=b").unwrap();
    let mut pieces = form.chunks(size);
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    loop {
        match reader.step().ok()? {
            Event::More => match pieces.next() {
                Some(piece) => reader.feed(piece),
                None => return reader.end().ok().map(|()| parts),
            },
            Event::Part(head) => parts.push((head.name, Vec::new())),
            Event::Data(bytes) => parts.last_mut().unwrap().1.extend_from_slice(&bytes),
            Event::End => {}
            Event::Done => return Some(parts),
        }
    }
}

pub(crate) fn cbor_seeds() -> Vec<Vec<u8>> {
    JSON.iter().map(|json| to_cbor(&from_json(json).unwrap())).collect()
}

fn from_json(input: &[u8]) -> Result<Root, wire::Reject> {
    let mut root = Root::default();
    let mut reader = JsonReader::new(input)?;
    reader.shape(&mut root)?;
    reader.end()?;
    Ok(root)
}

fn to_json(root: &Root) -> Vec<u8> {
    let mut writer = JsonWriter::new();
    writer.shape(root);
    writer.finish()
}

fn to_cbor(root: &Root) -> Vec<u8> {
    let mut writer = CborWriter::new();
    writer.shape(root);
    writer.finish()
}

/// A number for what became of an input: where and how it was refused, or the outline of what was read.
fn outline(result: &Result<Root, wire::Reject>) -> u64 {
    let mut hasher = DefaultHasher::new();
    match result {
        Err(reject) => {
            // Only what kind: whatever says more would keep every broken input.
            std::mem::discriminant(reject.reason()).hash(&mut hasher);
        }
        Ok(root) => {
            let count = |length: Option<usize>| length.map_or(0, |length| length.min(4) + 1);
            let again =
                |root: &Root| count(root.again.as_ref().map(|inner| usize::from(inner.again.is_some())));
            count(root.list.as_ref().map(Vec::len)).hash(&mut hasher);
            count(root.flat.as_ref().map(Vec::len)).hash(&mut hasher);
            count(root.map.as_ref().map(BTreeMap::len)).hash(&mut hasher);
            again(root).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// What a reader hands out is bounded by what it takes, and can be written and read again.
fn bounded(root: &Root) {
    let items = [
        root.list.as_ref().map(Vec::len),
        root.flat.as_ref().map(Vec::len),
        root.map.as_ref().map(BTreeMap::len),
    ];
    assert!(items.into_iter().flatten().all(|count| count <= ELEMENTS_MAX as usize));
    let mut depth = 0;
    let mut at = root;
    while let Some(inner) = &at.again {
        at = inner;
        depth += 1;
    }
    assert!(depth <= wire::format::DEPTH_MAX);
    let json = to_json(root);
    assert!(serde_json::from_slice::<serde_json::Value>(&json).is_ok(), "wrote what is not JSON");
    let again = from_json(&json).expect("reads what it wrote");
    assert_eq!(to_json(&again), json);
    let _ = format!("{root:?}");
    let _ = wire::check(root);
}

/// The reader of JSON, compared with serde_json on what is well-formed.
pub(crate) fn fuzz_json(input: &[u8]) -> u64 {
    let read = from_json(input);
    if let Ok(root) = &read {
        let text = std::str::from_utf8(input).expect("only UTF-8 is read");
        assert!(wire::json::well_formed(text).is_ok(), "reads what is not well-formed");
        bounded(root);
    }
    if let Ok(text) = std::str::from_utf8(input) {
        let ours = wire::json::well_formed(text).is_ok();
        let theirs = serde_json::from_str::<serde_json::Value>(text);
        match theirs {
            Ok(_) => assert!(ours, "refuses what serde_json takes"),
            // Numbers beyond the range of f64 and nesting beyond its limit are well-formed all the same.
            Err(error) if ours => {
                let what = error.to_string();
                assert!(
                    what.contains("out of range") || what.contains("recursion"),
                    "takes what serde_json refuses: {what}"
                );
            }
            Err(_) => {}
        }
    }
    outline(&read)
}

/// The reader of XML.
pub(crate) fn fuzz_xml(input: &[u8]) -> u64 {
    let read = || -> Result<Root, wire::Reject> {
        let mut root = Root::default();
        let mut reader = XmlReader::new(input)?;
        if reader.root()? {
            reader.members(&mut root, true)?;
        }
        reader.end()?;
        Ok(root)
    };
    let read = read();
    if let Ok(root) = &read {
        bounded(root);
        let mut writer = XmlWriter::new(false);
        writer.at("Root", &wire::schema::ROOT, ("", ""));
        writer.shape(root);
        let xml = writer.finish();
        let mut again = Root::default();
        let mut reader = XmlReader::new(xml.as_bytes()).unwrap();
        assert!(reader.root().unwrap());
        reader.members(&mut again, true).unwrap_or_else(|e| panic!("{e} in {xml}"));
        let (first, second) = (without_empties(root.clone()), without_empties(again));
        assert_eq!(to_json(&first), to_json(&second), "{xml}");
    }
    outline(&read)
}

/// A flattened list or map that is empty leaves no trace in XML.
fn without_empties(mut root: Root) -> Root {
    root.flat = root.flat.filter(|list| !list.is_empty());
    root.entries = root.entries.filter(|map| !map.is_empty());
    root.again = root.again.map(|again| Box::new(without_empties(*again)));
    root
}

/// The reader of forms.
pub(crate) fn fuzz_form(input: &[u8]) -> u64 {
    let mut did = 0;
    for ec2 in [false, true] {
        let read = Form::new(input, "").and_then(|form| {
            let mut root = Root::default();
            FormReader::new(&form, ec2).members(&mut root)?;
            Ok(root)
        });
        if let Ok(root) = &read {
            bounded(root);
        }
        did ^= outline(&read).rotate_left(u32::from(ec2));
    }
    did
}

/// The reader of CBOR.
pub(crate) fn fuzz_cbor(input: &[u8]) -> u64 {
    let _ = wire::cbor::well_formed(input);
    let read = || -> Result<Root, wire::Reject> {
        let mut root = Root::default();
        let mut reader = CborReader::new(input);
        reader.shape(&mut root)?;
        reader.end()?;
        Ok(root)
    };
    let read = read();
    if let Ok(root) = &read {
        assert!(wire::cbor::well_formed(input).is_ok(), "reads what is not well-formed");
        bounded(root);
        let mut again = Root::default();
        CborReader::new(&to_cbor(root)).shape(&mut again).expect("reads what it wrote");
        assert_eq!(to_cbor(&again), to_cbor(root));
    }
    outline(&read)
}

static PLACE: Place = Place {
    method: "GET",
    uri: "/{Bucket}/{Key+}",
    path: &[Segment::Label("Bucket"), Segment::Greedy("Key")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static META: Meta = Meta {
    service: &SERVICE,
    name: "Get",
    http: &PLACE,
    input: Http::SCHEMA,
    output: Inner::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<Http>,
    new_output: blank::<Inner>,
};

static SERVICE: ServiceMeta = ServiceMeta {
    id: "fuzz",
    title: "",
    signing_name: "",
    endpoint_prefix: "",
    api_version: "",
    target_prefix: "",
    namespace: "",
    xml_namespace: "",
    query_compatible: false,
    s3: true,
    objects: true,
    protocols: &[&wire::protocol::REST_XML],
    operations: &[OperationRow { name: "Get", http: &PLACE, meta: Some(&META) }],
    literals: &["acl"],
    routes: &[0],
};

/// Paths, query strings and headers: a line with the method, one with the address, then headers.
pub(crate) fn fuzz_http(input: &[u8]) -> u64 {
    let mut lines = input.split(|byte| *byte == b'\n');
    let (Some(method), Some(uri)) = (lines.next(), lines.next()) else { return 0 };
    let mut builder = http::Request::builder().method(method).uri(uri);
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
        let (name, value) = line.split_at(colon);
        builder = builder.header(name, value.get(2..).unwrap_or(b""));
    }
    let Ok(request) = builder.body(()) else { return 1 };
    let (head, ()) = request.into_parts();
    let mut did = 2;
    for bucket in [None, Some("b")] {
        let mut request =
            Request { head: head.clone(), body: Body::default(), bucket: bucket.map(Into::into) };
        let found = wire::protocol::REST_XML.find(&SERVICE, &request).is_ok();
        let mut read = Http::default();
        let decoded = wire::protocol::REST_XML.decode(&META, &mut request, &mut read);
        if found && decoded.is_ok() {
            assert!(!read.bucket.is_empty() && !read.key.is_empty(), "a label without text");
            assert!(!request.head.headers.contains_key("x-acl"), "an unlisted header passed");
        }
        let present = (0..read.schema().members.len()).filter(|i| !read.field(*i).is_absent());
        did = present
            .fold(did * 4 + u64::from(found) * 2 + u64::from(decoded.is_ok()), |did, i| did | 1 << (i + 8));
    }
    did
}

/// The planted error: three items in one list and two in another.
pub(crate) fn canary(input: &[u8]) -> u64 {
    let read = from_json(input);
    if let Ok(root) = &read {
        let count = |length: Option<usize>| length.unwrap_or(0);
        let (list, flat) = (count(root.list.as_ref().map(Vec::len)), count(root.flat.as_ref().map(Vec::len)));
        assert!(list < 3 || flat < 2, "the planted error");
    }
    outline(&read)
}
