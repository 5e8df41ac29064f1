//! The body of REST messages: one member that is the payload, or a document of those that stand nowhere else.

use super::{Rest, XML_PROLOGUE, has_body};
use crate::body::{Body, Request};
use crate::format::{Each, EachEntry, Reader, Writer};
use crate::json::{JsonReader, JsonWriter};
use crate::operation::Meta;
use crate::reject::Reject;
use crate::schema::{At, Member, ROOT};
use crate::shape::{Field, Shape, missing};
use crate::stream::Stream;
use crate::text::scalar::TextReader;
use crate::time::Time;
use crate::value::{Blob, Document};
use crate::xml::{XmlReader, XmlWriter};

/// Reads the body; gives one bit for each member seen.
pub(super) fn decode(rest: Rest, request: &mut Request, into: &mut dyn Shape) -> Result<u64, Reject> {
    let schema = into.schema();
    if let Some(i) = schema.members.iter().position(|member| member.at == At::Payload) {
        let body = std::mem::take(&mut request.body);
        if matches!(&body, Body::Full(bytes) if bytes.is_empty())
            && !matches!(schema.members[i].kind, crate::schema::Kind::Stream)
        {
            return Ok(0);
        }
        let member = &schema.members[i];
        into.field_mut(i).read(&mut PayloadReader { rest, body, member })?;
        return Ok(1 << i);
    }
    if !has_body(schema) || request.bytes().is_empty() {
        return Ok(0);
    }
    document(rest, request.bytes(), None, into)
}

/// Reads one document; gives one bit for each member seen.
fn document(
    rest: Rest,
    bytes: &[u8],
    member: Option<&'static Member>,
    into: &mut dyn Shape,
) -> Result<u64, Reject> {
    match rest {
        Rest::Xml => {
            let mut reader = XmlReader::new(bytes)?;
            if !reader.root()? {
                return Err(Reject::malformed("the document is empty"));
            }
            if let Some(member) = member {
                // The payload is named by its member, or else by its structure.
                let (found, schema) = (reader.name(), into.schema());
                if ![member.names.xml, schema.root.name, schema.name].contains(&found) {
                    return Err(Reject::malformed(format!("the root is {found}, not {}", member.names.xml)));
                }
                reader.at_member(member);
            }
            let seen = reader.members(into, member.is_some())?;
            reader.end()?;
            Ok(seen)
        }
        Rest::Json => {
            let mut reader = JsonReader::new(bytes)?;
            let seen = reader.members(into, member.is_some())?;
            reader.end()?;
            Ok(seen)
        }
    }
}

/// Reads the whole body as one member.
struct PayloadReader {
    rest: Rest,
    body: Body,
    member: &'static Member,
}

impl PayloadReader {
    fn bytes(&mut self) -> Blob {
        match std::mem::take(&mut self.body) {
            Body::Full(bytes) => bytes,
            Body::Stream(_) => Blob::new(),
        }
    }

    fn string(&mut self) -> Result<String, Reject> {
        String::from_utf8(self.bytes().into()).map_err(|_| Reject::malformed("the body is not UTF-8"))
    }

    fn scalar<T>(&mut self, read: impl FnOnce(&mut dyn Reader) -> Result<T, Reject>) -> Result<T, Reject> {
        let text = self.string()?;
        read(&mut TextReader::new(&text, self.member))
    }
}

impl Reader for PayloadReader {
    fn boolean(&mut self) -> Result<bool, Reject> {
        self.scalar(|reader| reader.boolean())
    }
    fn long(&mut self) -> Result<i64, Reject> {
        self.scalar(|reader| reader.long())
    }
    fn double(&mut self) -> Result<f64, Reject> {
        self.scalar(|reader| reader.double())
    }
    fn text(&mut self) -> Result<String, Reject> {
        self.string()
    }
    fn blob(&mut self) -> Result<Blob, Reject> {
        Ok(self.bytes())
    }
    fn time(&mut self) -> Result<Time, Reject> {
        self.scalar(|reader| reader.time())
    }
    fn document(&mut self) -> Result<Document, Reject> {
        Document::new(&self.string()?)
    }

    fn stream(&mut self) -> Result<Stream, Reject> {
        Ok(match std::mem::take(&mut self.body) {
            Body::Full(bytes) => Stream::from(bytes),
            Body::Stream(stream) => stream,
        })
    }

    fn list(&mut self, _each: Each<'_>) -> Result<(), Reject> {
        Err(Reject::malformed("a list cannot be the payload"))
    }
    fn map(&mut self, _each: EachEntry<'_>) -> Result<(), Reject> {
        Err(Reject::malformed("a map cannot be the payload"))
    }

    fn shape(&mut self, into: &mut dyn Shape) -> Result<(), Reject> {
        let schema = into.schema();
        let bytes = self.bytes();
        let seen = document(self.rest, &bytes, Some(self.member), into)?;
        missing(schema, seen)
    }
}

/// Writes the body, and names its type; empty when the output names it or there is no body.
pub(super) fn encode(rest: Rest, meta: &Meta, output: &dyn Shape) -> (Body, &'static str) {
    let schema = output.schema();
    if let Some(i) = schema.members.iter().position(|member| member.at == At::Payload) {
        let field = output.field(i);
        let mut writer =
            PayloadWriter { rest, meta, member: &schema.members[i], body: Body::default(), kind: "" };
        if !field.is_absent() {
            field.write(&mut writer);
        }
        return (writer.body, writer.kind);
    }
    // An output without members for the body is an empty object in JSON and nothing in XML.
    // An output that names its own content type (S3's HEAD) describes a body that is not here.
    let typed = schema.members.iter().any(|member| member.at == At::Header("content-type"));
    let empty = rest == Rest::Xml || schema.name.is_empty() || meta.http.status == 204 || typed;
    if empty && !has_body(schema) {
        return (Body::default(), "");
    }
    match rest {
        Rest::Xml => (xml_document(meta, output).into(), rest.content_type()),
        Rest::Json => {
            let mut json = JsonWriter::new();
            json.members(output, false);
            (json.finish().into(), rest.content_type())
        }
    }
}

fn xml_document(meta: &Meta, output: &dyn Shape) -> String {
    let schema = output.schema();
    let mut xml = XmlWriter::new(meta.service.s3);
    xml.raw(XML_PROLOGUE);
    let namespace = meta.service.xml_namespace;
    if schema.root.unwrapped {
        if output.field(0).is_absent() {
            xml.open(schema.root.name, namespace);
            xml.close(schema.root.name);
        } else {
            xml.at(schema.root.name, &schema.members[0], ("", namespace));
            output.field(0).write(&mut xml);
        }
    } else {
        xml.at(schema.root.name, &ROOT, ("", namespace));
        xml.element_of(output, false);
    }
    xml.finish()
}

/// Writes one member as the whole body.
struct PayloadWriter<'a> {
    rest: Rest,
    meta: &'a Meta,
    member: &'static Member,
    body: Body,
    kind: &'static str,
}

impl PayloadWriter<'_> {
    fn plain(&mut self, text: String) {
        self.body = text.into();
        self.kind = "text/plain";
    }
}

impl Writer for PayloadWriter<'_> {
    fn boolean(&mut self, value: bool) {
        self.plain(value.to_string());
    }
    fn long(&mut self, value: i64) {
        self.plain(value.to_string());
    }
    fn double(&mut self, value: f64) {
        self.plain(value.to_string());
    }
    fn text(&mut self, value: &str) {
        self.plain(value.to_owned());
        if self.member.media {
            self.kind = "application/json";
        }
    }
    fn blob(&mut self, value: &[u8]) {
        self.body = value.to_vec().into();
        self.kind = "application/octet-stream";
    }
    fn time(&mut self, value: Time) {
        let mut text = String::new();
        value.write(self.member.time, false, &mut text);
        self.plain(text);
    }
    fn document(&mut self, value: &Document) {
        self.body = value.as_str().to_owned().into();
        self.kind = "application/json";
    }

    fn stream(&mut self, value: &Stream) {
        if let Some(stream) = value.hand_over() {
            self.body = Body::Stream(stream);
        }
    }

    fn list(&mut self, _items: &mut dyn ExactSizeIterator<Item = &dyn Field>) {}
    fn map(&mut self, _entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Field)>) {}

    fn shape(&mut self, value: &dyn Shape) {
        match self.rest {
            Rest::Xml => {
                let mut xml = XmlWriter::new(self.meta.service.s3);
                xml.raw(XML_PROLOGUE);
                let own = self.member.namespace;
                let namespace = if own.1.is_empty() { ("", self.meta.service.xml_namespace) } else { own };
                xml.at(self.member.names.xml, self.member, namespace);
                xml.shape(value);
                self.body = xml.finish().into();
            }
            Rest::Json => {
                let mut json = JsonWriter::new();
                json.shape(value);
                self.body = json.finish().into();
            }
        }
        self.kind = self.rest.content_type();
    }
}
