//! The other side of the protocols: writes requests and reads answers, with the same readers and writers.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use wire::cbor::{CborReader, CborWriter};
use wire::format::{Each, EachEntry, Reader, Writer};
use wire::json::{JsonReader, JsonWriter};
use wire::operation::Segment;
use wire::schema::{At, Kind, Member, ROOT, TimeFormat};
use wire::text::scalar::{TextReader, TextWriter};
use wire::xml::{XmlReader, XmlWriter};
use wire::{Blob, Body, Document, Field, Meta, Reject, Request, Response, Schema, Shape, Stream, Time};

/// A request as a client of this protocol sends it.
pub fn write(protocol: &str, meta: &Meta, input: &dyn Shape) -> Request {
    let post = |path: &str, headers: &[(&str, &str)], body: Vec<u8>| request("POST", path, headers, body);
    match protocol {
        "awsJson1_0" | "awsJson1_1" => {
            let mut json = JsonWriter::new();
            json.shape(input);
            let kind =
                format!("application/x-amz-json-{}", if protocol == "awsJson1_0" { "1.0" } else { "1.1" });
            let target = format!("{}.{}", meta.service.target_prefix, meta.name);
            post("/", &[("content-type", &kind), ("x-amz-target", &target)], json.finish())
        }
        "rpcv2Cbor" => {
            let mut cbor = CborWriter::new();
            cbor.shape(input);
            let path = format!("/service/{}/operation/{}", meta.service.target_prefix, meta.name);
            let headers = [("smithy-protocol", "rpc-v2-cbor"), ("content-type", "application/cbor")];
            post(&path, &headers, cbor.finish())
        }
        "awsQuery" | "ec2Query" => {
            let mut form = FormWriter {
                out: format!("Action={}&Version={}", meta.name, meta.service.api_version),
                prefix: String::new(),
                member: &ROOT,
                nest: 0,
                ec2: protocol == "ec2Query",
            };
            form.shape(input);
            post("/", &[("content-type", "application/x-www-form-urlencoded")], form.out.into_bytes())
        }
        "restXml" | "restJson1" => rest(protocol, meta, input),
        other => panic!("no client for {other}"),
    }
}

pub fn request(method: &str, uri: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Request {
    let mut builder = http::Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        builder = builder.header(*name, value.as_bytes());
    }
    let (head, ()) = builder.body(()).unwrap_or_else(|e| panic!("{method} {uri}: {e}")).into_parts();
    Request::new(head, Body::from(body))
}

fn encode(text: &str, keep: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) || keep.as_bytes().contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").unwrap();
        }
    }
    encoded
}

/// The texts of a field: one, or one for each item of a list, or pairs for a map.
struct Texts {
    member: &'static Member,
    place: TimeFormat,
    keys: Vec<String>,
    values: Vec<String>,
}

impl Texts {
    fn of(member: &'static Member, place: TimeFormat, field: &dyn Field) -> Texts {
        let mut texts = Texts { member, place, keys: Vec::new(), values: Vec::new() };
        field.write(&mut texts);
        texts
    }

    fn scalar(&mut self, write: impl FnOnce(&mut TextWriter)) {
        let mut text = TextWriter::new(self.member, self.place);
        write(&mut text);
        self.values.push(text.as_str().to_owned());
    }
}

impl Writer for Texts {
    fn boolean(&mut self, value: bool) {
        self.scalar(|text| text.boolean(value));
    }
    fn long(&mut self, value: i64) {
        self.scalar(|text| text.long(value));
    }
    fn float(&mut self, value: f32) {
        self.scalar(|text| text.float(value));
    }
    fn double(&mut self, value: f64) {
        self.scalar(|text| text.double(value));
    }
    fn text(&mut self, value: &str) {
        self.scalar(|text| text.text(value));
    }
    fn blob(&mut self, value: &[u8]) {
        self.scalar(|text| text.blob(value));
    }
    fn time(&mut self, value: Time) {
        self.scalar(|text| text.time(value));
    }
    fn document(&mut self, value: &Document) {
        self.scalar(|text| text.document(value));
    }
    fn list(&mut self, items: &mut dyn ExactSizeIterator<Item = &dyn Field>) {
        items.for_each(|item| item.write(self));
    }
    fn map(&mut self, entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Field)>) {
        for (key, value) in entries {
            let before = self.values.len();
            value.write(self);
            self.keys.resize(before, String::new());
            self.keys.resize(self.values.len(), key.to_owned());
        }
    }
    fn shape(&mut self, _value: &dyn Shape) {
        panic!("a structure cannot stand in a header or parameter");
    }
}

fn rest(protocol: &str, meta: &Meta, input: &dyn Shape) -> Request {
    let members = input.schema().members;
    let present = || members.iter().enumerate().filter(|(i, _)| !input.field(*i).is_absent());
    let mut path = String::new();
    for segment in meta.http.path {
        path.push('/');
        match segment {
            Segment::Word(word) => path.push_str(word),
            Segment::Label(name) | Segment::Greedy(name) => {
                let i = members.iter().position(|member| member.at == At::Label(name)).unwrap();
                let texts = Texts::of(&members[i], TimeFormat::Iso, input.field(i));
                let keep = if matches!(segment, Segment::Greedy(_)) { "/" } else { "" };
                path.push_str(&encode(&texts.values[0], keep));
            }
        }
    }
    if path.is_empty() {
        path.push('/');
    }
    let mut query: Vec<String> = Vec::new();
    for (key, value) in meta.http.literals {
        query.push(if value.is_empty() { (*key).to_owned() } else { format!("{key}={value}") });
    }
    let mut headers: Vec<(String, String)> = Vec::new();
    for (i, member) in present() {
        match member.at {
            At::Query(key) => {
                let texts = Texts::of(member, TimeFormat::Iso, input.field(i));
                query.extend(texts.values.iter().map(|value| format!("{key}={}", encode(value, ""))));
            }
            At::QueryMap => {
                let texts = Texts::of(member, TimeFormat::Iso, input.field(i));
                let pairs = texts.keys.iter().zip(&texts.values);
                query.extend(pairs.map(|(key, value)| format!("{}={}", encode(key, ""), encode(value, ""))));
            }
            At::Header(name) => {
                let mut text = TextWriter::new(member, TimeFormat::Http);
                input.field(i).write(&mut text);
                headers.push((name.to_owned(), text.as_str().to_owned()));
            }
            At::Prefix(prefix) => {
                let texts = Texts::of(member, TimeFormat::Http, input.field(i));
                let pairs = texts.keys.iter().zip(&texts.values);
                headers.extend(pairs.map(|(key, value)| (format!("{prefix}{key}"), value.clone())));
            }
            _ => {}
        }
    }
    if !query.is_empty() {
        path = format!("{path}?{}", query.join("&"));
    }
    let body = rest_body(protocol, input);
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    request(meta.http.method, &path, &headers, body)
}

fn rest_body(protocol: &str, input: &dyn Shape) -> Vec<u8> {
    let members = input.schema().members;
    if let Some((i, member)) = members.iter().enumerate().find(|(_, member)| member.at == At::Payload) {
        let field = input.field(i);
        if field.is_absent() {
            return Vec::new();
        }
        return match member.kind {
            Kind::Shape if protocol == "restJson1" => {
                let mut json = JsonWriter::new();
                field.write(&mut json);
                json.finish()
            }
            Kind::Shape => {
                let mut xml = XmlWriter::new(false);
                xml.at(member.names.xml, member, member.namespace);
                field.write(&mut xml);
                xml.finish().into_bytes()
            }
            Kind::Stream => Vec::new(),
            Kind::Blob => {
                let texts = Texts::of(member, TimeFormat::Iso, field);
                STANDARD.decode(&texts.values[0]).unwrap()
            }
            _ => Texts::of(member, TimeFormat::Iso, field).values[0].clone().into_bytes(),
        };
    }
    if !members.iter().any(|member| member.at == At::Body) {
        return Vec::new();
    }
    if protocol == "restJson1" {
        let mut json = JsonWriter::new();
        json.members(input, false);
        return json.finish();
    }
    let mut xml = XmlWriter::new(false);
    xml.open(input.schema().root.name, "");
    xml.members(input, false);
    xml.close(input.schema().root.name);
    xml.finish().into_bytes()
}

/// Writes a form.
struct FormWriter {
    out: String,
    prefix: String,
    member: &'static Member,
    nest: u8,
    ec2: bool,
}

impl FormWriter {
    fn scalar(&mut self, write: impl FnOnce(&mut TextWriter)) {
        let mut text = TextWriter::new(self.member, TimeFormat::Iso);
        write(&mut text);
        write!(self.out, "&{}={}", encode(&self.prefix, ""), encode(text.as_str(), "")).unwrap();
    }

    fn below(&mut self, name: &str, inside: impl FnOnce(&mut FormWriter)) {
        let length = self.prefix.len();
        if length > 0 {
            self.prefix.push('.');
        }
        self.prefix.push_str(name);
        inside(self);
        self.prefix.truncate(length);
    }

    fn numbered(&mut self, wrapper: &str, inside: impl FnOnce(&mut FormWriter)) {
        let flat = self.ec2 || (self.member.flat && self.nest == 0);
        self.nest += 1;
        if flat {
            inside(self);
        } else {
            self.below(wrapper, inside);
        }
        self.nest -= 1;
    }
}

impl Writer for FormWriter {
    fn boolean(&mut self, value: bool) {
        self.scalar(|text| text.boolean(value));
    }
    fn long(&mut self, value: i64) {
        self.scalar(|text| text.long(value));
    }
    fn float(&mut self, value: f32) {
        self.scalar(|text| text.float(value));
    }
    fn double(&mut self, value: f64) {
        self.scalar(|text| text.double(value));
    }
    fn text(&mut self, value: &str) {
        write!(self.out, "&{}={}", encode(&self.prefix, ""), encode(value, "")).unwrap();
    }
    fn blob(&mut self, value: &[u8]) {
        self.scalar(|text| text.blob(value));
    }
    fn time(&mut self, value: Time) {
        self.scalar(|text| text.time(value));
    }
    fn document(&mut self, value: &Document) {
        self.scalar(|text| text.document(value));
    }
    fn list(&mut self, items: &mut dyn ExactSizeIterator<Item = &dyn Field>) {
        if items.len() == 0 {
            return self.text("");
        }
        self.numbered(self.member.names.item, |form| {
            for (i, item) in items.enumerate() {
                form.below(&(i + 1).to_string(), |form| item.write(form));
            }
        });
    }
    fn map(&mut self, entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Field)>) {
        let names = self.member.names;
        self.numbered("entry", |form| {
            for (i, (key, value)) in entries.enumerate() {
                form.below(&(i + 1).to_string(), |form| {
                    form.below(names.key, |form| form.text(key));
                    form.below(names.value, |form| value.write(form));
                });
            }
        });
    }
    fn shape(&mut self, value: &dyn Shape) {
        let outer = (self.member, self.nest);
        let members = value.schema().members;
        if !self.prefix.is_empty() && (0..members.len()).all(|i| value.field(i).is_absent()) {
            return self.text("");
        }
        for (i, member) in members.iter().enumerate() {
            if !value.field(i).is_absent() {
                self.member = member;
                self.nest = 0;
                let name = if self.ec2 { member.names.ec2 } else { member.names.xml };
                self.below(name, |form| value.field(i).write(form));
            }
        }
        (self.member, self.nest) = outer;
    }
}

/// Reads an answer as a client of this protocol does.
pub fn read(protocol: &str, meta: &Meta, response: &Response, into: &mut dyn Shape) -> Result<(), Reject> {
    let Body::Full(body) = response.body() else { return read_headers(response, into) };
    match protocol {
        "awsJson1_0" | "awsJson1_1" | "rpcv2Cbor" if body.is_empty() => Ok(()),
        "awsJson1_0" | "awsJson1_1" => JsonReader::new(body)?.members(into, true).map(drop),
        "rpcv2Cbor" => CborReader::new(body).members(into).map(drop),
        "awsQuery" => {
            let text = std::str::from_utf8(body).unwrap();
            let (open, close) = (format!("<{}Result", meta.name), format!("</{}Result>", meta.name));
            let (Some(start), Some(end)) = (text.find(&open), text.rfind(&close)) else { return Ok(()) };
            xml(&text.as_bytes()[start..end + close.len()], into, true)
        }
        "ec2Query" => {
            let mut text = std::str::from_utf8(body).unwrap().to_owned();
            // The frame's (`id` in our answers, `requestid` in the vectors), and no member of that name.
            let frames = [
                "<requestId>id</requestId>",
                "<RequestId>id</RequestId>",
                "<requestId>requestid</requestId>",
            ];
            for id in frames {
                text = text.replacen(id, "", 1);
            }
            xml(text.as_bytes(), into, true)
        }
        "restXml" | "restJson1" => {
            read_headers(response, into)?;
            read_rest_body(protocol, body, into)
        }
        other => panic!("no client for {other}"),
    }
}

fn xml(body: &[u8], into: &mut dyn Shape, all: bool) -> Result<(), Reject> {
    let mut reader = XmlReader::new(body)?;
    if !reader.root()? {
        return Ok(());
    }
    let schema: &'static Schema = into.schema();
    if schema.root.unwrapped && !all {
        return into.field_mut(0).read(&mut reader);
    }
    reader.members(into, all)?;
    reader.end()
}

fn read_rest_body(protocol: &str, body: &Blob, into: &mut dyn Shape) -> Result<(), Reject> {
    let members = into.schema().members;
    if let Some((i, member)) = members.iter().enumerate().find(|(_, member)| member.at == At::Payload) {
        if body.is_empty() {
            return Ok(());
        }
        let field = into.field_mut(i);
        return match (member.kind, protocol) {
            (Kind::Shape | Kind::Document, "restJson1") => field.read(&mut JsonReader::new(body)?),
            (Kind::Shape, _) => {
                let mut reader = XmlReader::new(body)?;
                reader.root()?;
                reader.at_member(member);
                field.read(&mut reader)
            }
            (Kind::Blob | Kind::Stream, _) => field.read(&mut RawReader(body.clone())),
            _ => field.read(&mut TextReader::new(std::str::from_utf8(body).unwrap(), member)),
        };
    }
    if body.is_empty() || !members.iter().any(|member| member.at == At::Body) {
        return Ok(());
    }
    match protocol {
        "restJson1" => JsonReader::new(body)?.members(into, false).map(drop),
        _ => xml(body, into, false),
    }
}

fn read_headers(response: &Response, into: &mut dyn Shape) -> Result<(), Reject> {
    for (i, member) in into.schema().members.iter().enumerate() {
        match member.at {
            At::Header(name) => {
                let values: Vec<&str> = response
                    .headers()
                    .get_all(name)
                    .iter()
                    .map(|v| std::str::from_utf8(v.as_bytes()).unwrap())
                    .collect();
                if !values.is_empty() {
                    let joined = values.join(", ");
                    into.field_mut(i).read(&mut TextReader::new(&joined, member))?;
                }
            }
            At::Prefix(prefix) => {
                let pairs: Vec<(String, String)> = (response.headers().iter())
                    .filter_map(|(name, value)| {
                        let key = name.as_str().strip_prefix(prefix)?;
                        Some((key.to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
                    })
                    .collect();
                if !pairs.is_empty() {
                    into.field_mut(i).read(&mut PairsReader(pairs, member))?;
                }
            }
            At::Status => {
                let status = response.status().as_u16().to_string();
                into.field_mut(i).read(&mut TextReader::new(&status, member))?;
            }
            _ => {}
        }
    }
    Ok(())
}

struct RawReader(Blob);

struct PairsReader(Vec<(String, String)>, &'static Member);

macro_rules! no_scalars {
    ($($name:ident $type:ty),*) => { $(
        fn $name(&mut self) -> Result<$type, Reject> {
            Err(Reject::malformed("not here"))
        }
    )* };
}

impl Reader for RawReader {
    no_scalars! { boolean bool, long i64, double f64, text String, time Time, document Document }
    fn blob(&mut self) -> Result<Blob, Reject> {
        Ok(self.0.clone())
    }
    fn stream(&mut self) -> Result<Stream, Reject> {
        Ok(Stream::from(self.0.clone()))
    }
    fn list(&mut self, _each: Each<'_>) -> Result<(), Reject> {
        Err(Reject::malformed("not here"))
    }
    fn map(&mut self, _each: EachEntry<'_>) -> Result<(), Reject> {
        Err(Reject::malformed("not here"))
    }
    fn shape(&mut self, _into: &mut dyn Shape) -> Result<(), Reject> {
        Err(Reject::malformed("not here"))
    }
}

impl Reader for PairsReader {
    no_scalars! { boolean bool, long i64, double f64, text String, time Time, document Document, blob Blob }
    fn list(&mut self, _each: Each<'_>) -> Result<(), Reject> {
        Err(Reject::malformed("not here"))
    }
    fn map(&mut self, each: EachEntry<'_>) -> Result<(), Reject> {
        for (key, value) in &self.0 {
            each(key.clone(), &mut TextReader::new(value, self.1))?;
        }
        Ok(())
    }
    fn shape(&mut self, _into: &mut dyn Shape) -> Result<(), Reject> {
        Err(Reject::malformed("not here"))
    }
}

/// A structure as one text, streams included, to compare with another.
pub fn show(value: &dyn Shape) -> String {
    let mut json = JsonWriter::new();
    json.members(value, true);
    String::from_utf8(json.finish()).unwrap()
}
