//! Members in the path, the query string and headers.

use std::borrow::Cow;

use http::HeaderValue;
use http::header::{HeaderMap, HeaderName};

use super::put;
use crate::body::{Request, Response};
use crate::format::{Each, EachEntry, Reader, Writer};
use crate::operation::Meta;
use crate::reject::{Reason, Reject};
use crate::route;
use crate::schema::{At, Member, TimeFormat, UNLISTED};
use crate::shape::{Field, Shape};
use crate::text::scalar::{TextReader, TextWriter};
use crate::text::{pairs, percent_decode};
use crate::time::Time;
use crate::value::{Blob, Document};

/// Reads the labels of the path.
pub(super) fn labels(meta: &Meta, request: &Request, into: &mut dyn Shape) -> Result<u64, Reject> {
    let schema = into.schema();
    let mut seen = 0;
    let mut problem = None;
    let bucket = request.bucket.as_deref();
    route::labels(meta.http, &request.head, bucket, &mut |name, raw| {
        let wanted = At::Label(name);
        let Some(i) = schema.members.iter().position(|member| member.at == wanted) else { return };
        match read_label(&schema.members[i], raw, into.field_mut(i)) {
            Ok(()) => seen |= 1 << i,
            Err(reject) => problem = Some(reject),
        }
    });
    problem.map_or(Ok(seen), Err)
}

fn read_label(member: &'static Member, raw: &str, field: &mut dyn Field) -> Result<(), Reject> {
    let text = percent_decode(raw, false).ok_or_else(|| Reject::new(Reason::BadPath))?;
    let mut reader = TextReader::new(&text, member);
    field.read(&mut reader).map_err(|_| bad_value(member.name, &text))
}

pub(super) fn bad_value(name: &str, value: &str) -> Reject {
    Reject::new(Reason::BadValue { name: name.to_owned(), value: value.to_owned() })
}

fn unlisted(name: &str, wire: &str) -> Reject {
    Reject::new(Reason::Unlisted { name: name.to_owned(), wire: wire.to_owned() })
}

/// A decoded pair of the query string.
type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

/// Reads the query string.
pub(super) fn query(request: &Request, into: &mut dyn Shape) -> Result<u64, Reject> {
    let Some(query) = request.head.uri.query().filter(|query| !query.is_empty()) else { return Ok(0) };
    let schema = into.schema();
    let mut all: Vec<Pair<'_>> = Vec::new();
    for (key, value) in pairs(query) {
        let bad = || Reject::new(Reason::BadPath);
        all.push((percent_decode(key, true).ok_or_else(bad)?, percent_decode(value, true).ok_or_else(bad)?));
    }
    let has = |key: &str| all.iter().any(|pair| pair.0 == key);
    for hidden in schema.unlisted {
        if let At::Query(key) = hidden.at
            && has(key)
        {
            return Err(unlisted(hidden.name, key));
        }
    }
    let mut seen = 0;
    for (i, member) in schema.members.iter().enumerate() {
        match member.at {
            At::Query(key) if has(key) => {
                let mut reader = QueryReader { all: &all, key, at: None, member, everything: false };
                let value = || all.iter().find(|pair| pair.0 == key).map_or("", |pair| &pair.1);
                into.field_mut(i).read(&mut reader).map_err(|_| bad_value(key, value()))?;
            }
            At::QueryMap if !all.is_empty() => {
                let mut reader = QueryReader { all: &all, key: "", at: None, member, everything: true };
                into.field_mut(i).read(&mut reader)?;
            }
            _ => continue,
        }
        seen |= 1 << i;
    }
    Ok(seen)
}

/// Reads the values of one key, or all of them.
struct QueryReader<'q, 'a> {
    all: &'q [Pair<'a>],
    key: &'q str,
    /// The pair to read next; the first of the key when absent.
    at: Option<usize>,
    member: &'static Member,
    everything: bool,
}

impl<'q> QueryReader<'q, '_> {
    fn scalar(&self) -> TextReader<'q> {
        let at = self.at.or_else(|| self.all.iter().position(|pair| pair.0 == self.key));
        TextReader::new(at.map_or("", |at| &self.all[at].1), self.member)
    }
}

impl Reader for QueryReader<'_, '_> {
    fn boolean(&mut self) -> Result<bool, Reject> {
        self.scalar().boolean()
    }
    fn long(&mut self) -> Result<i64, Reject> {
        self.scalar().long()
    }
    fn double(&mut self) -> Result<f64, Reject> {
        self.scalar().double()
    }
    fn text(&mut self) -> Result<String, Reject> {
        self.scalar().text()
    }
    fn blob(&mut self) -> Result<Blob, Reject> {
        self.scalar().blob()
    }
    fn time(&mut self) -> Result<Time, Reject> {
        self.scalar().time()
    }
    fn document(&mut self) -> Result<Document, Reject> {
        self.scalar().document()
    }

    fn list(&mut self, each: Each<'_>) -> Result<(), Reject> {
        for (at, pair) in self.all.iter().enumerate() {
            if pair.0 == self.key {
                self.at = Some(at);
                each(self)?;
            }
        }
        Ok(())
    }

    fn map(&mut self, each: EachEntry<'_>) -> Result<(), Reject> {
        if !self.everything {
            return Err(Reject::malformed("a map cannot stand in one parameter"));
        }
        let all = self.all;
        for (at, pair) in all.iter().enumerate() {
            if all[..at].iter().any(|earlier| earlier.0 == pair.0) {
                continue;
            }
            let mut entry =
                QueryReader { all, key: &pair.0, at: None, member: self.member, everything: false };
            each(pair.0.to_string(), &mut entry)?;
        }
        Ok(())
    }

    fn shape(&mut self, into: &mut dyn Shape) -> Result<(), Reject> {
        self.scalar().shape(into)
    }
}

/// Reads the headers: each of the request is looked up, for a request has fewer of them than a structure.
pub(super) fn headers(request: &Request, into: &mut dyn Shape) -> Result<u64, Reject> {
    let schema = into.schema();
    let headers = &request.head.headers;
    let mut seen = 0;
    for name in headers.keys() {
        let Ok(row) = schema.headers.binary_search_by(|(other, _)| (*other).cmp(name.as_str())) else {
            continue;
        };
        let place = usize::from(schema.headers[row].1 % UNLISTED);
        if schema.headers[row].1 >= UNLISTED {
            return Err(unlisted(schema.unlisted[place].name, name.as_str()));
        }
        let Some(value) = header(headers, name.as_str()) else { continue };
        let mut reader = TextReader::new(&value, &schema.members[place]);
        into.field_mut(place).read(&mut reader).map_err(|_| bad_value(name.as_str(), &value))?;
        seen |= 1 << place;
    }
    let has = |prefix: &str| headers.keys().any(|name| name.as_str().starts_with(prefix));
    for hidden in schema.unlisted {
        if let At::Prefix(prefix) = hidden.at
            && has(prefix)
        {
            return Err(unlisted(hidden.name, prefix));
        }
    }
    for (i, member) in schema.members.iter().enumerate() {
        if let At::Prefix(prefix) = member.at
            && has(prefix)
        {
            into.field_mut(i).read(&mut PrefixReader { headers, prefix, member })?;
            seen |= 1 << i;
        }
    }
    Ok(seen)
}

/// The text of a header; several of one name are joined, bytes beyond ASCII are UTF-8 or else Latin-1.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<Cow<'h, str>> {
    let mut values = headers.get_all(name).iter();
    let mut text = header_text(values.next()?);
    for value in values {
        let joined = text.to_mut();
        joined.push_str(", ");
        joined.push_str(&header_text(value));
    }
    Some(text)
}

fn header_text(value: &HeaderValue) -> Cow<'_, str> {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => Cow::Borrowed(text.trim_ascii()),
        Err(_) => Cow::Owned(value.as_bytes().iter().map(|byte| char::from(*byte)).collect()),
    }
}

/// Reads all headers with a prefix as a map.
struct PrefixReader<'h> {
    headers: &'h HeaderMap,
    prefix: &'static str,
    member: &'static Member,
}

fn only_maps() -> Reject {
    Reject::malformed("only a map can stand behind a prefix")
}

impl Reader for PrefixReader<'_> {
    fn boolean(&mut self) -> Result<bool, Reject> {
        Err(only_maps())
    }
    fn long(&mut self) -> Result<i64, Reject> {
        Err(only_maps())
    }
    fn double(&mut self) -> Result<f64, Reject> {
        Err(only_maps())
    }
    fn text(&mut self) -> Result<String, Reject> {
        Err(only_maps())
    }
    fn blob(&mut self) -> Result<Blob, Reject> {
        Err(only_maps())
    }
    fn time(&mut self) -> Result<Time, Reject> {
        Err(only_maps())
    }
    fn document(&mut self) -> Result<Document, Reject> {
        Err(only_maps())
    }
    fn list(&mut self, _each: Each<'_>) -> Result<(), Reject> {
        Err(only_maps())
    }

    fn map(&mut self, each: EachEntry<'_>) -> Result<(), Reject> {
        for name in self.headers.keys() {
            if let Some(key) = name.as_str().strip_prefix(self.prefix) {
                let value = header(self.headers, name.as_str()).unwrap_or_default();
                each(key.to_owned(), &mut TextReader::new(&value, self.member))?;
            }
        }
        Ok(())
    }

    fn shape(&mut self, _into: &mut dyn Shape) -> Result<(), Reject> {
        Err(only_maps())
    }
}

/// Writes the headers and the status of an output.
pub(super) fn write_headers(output: &dyn Shape, response: &mut Response) {
    for (i, member) in output.schema().members.iter().enumerate() {
        let field = output.field(i);
        if field.is_absent() {
            continue;
        }
        match member.at {
            At::Header(name) => {
                let mut text = TextWriter::new(member, TimeFormat::Http);
                field.write(&mut text);
                put(response.headers_mut(), HeaderName::from_static(name), text.as_str());
            }
            At::Prefix(prefix) => {
                field.write(&mut PrefixWriter { headers: response.headers_mut(), prefix, member });
            }
            At::Status => {
                let mut text = TextWriter::new(member, TimeFormat::Http);
                field.write(&mut text);
                if let Ok(status) = text.as_str().parse() {
                    *response.status_mut() = status;
                }
            }
            _ => {}
        }
    }
}

/// Writes a map as headers with a prefix.
struct PrefixWriter<'h> {
    headers: &'h mut HeaderMap,
    prefix: &'static str,
    member: &'static Member,
}

impl Writer for PrefixWriter<'_> {
    fn boolean(&mut self, _value: bool) {}
    fn long(&mut self, _value: i64) {}
    fn double(&mut self, _value: f64) {}
    fn text(&mut self, _value: &str) {}
    fn blob(&mut self, _value: &[u8]) {}
    fn time(&mut self, _value: Time) {}
    fn document(&mut self, _value: &Document) {}
    fn list(&mut self, _items: &mut dyn ExactSizeIterator<Item = &dyn Field>) {}

    fn map(&mut self, entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Field)>) {
        for (key, value) in entries {
            let mut text = TextWriter::new(self.member, TimeFormat::Http);
            value.write(&mut text);
            let name = HeaderName::try_from(format!("{}{key}", self.prefix));
            // An empty value is a value here.
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(text.as_str().as_bytes())) {
                self.headers.insert(name, value);
            }
        }
    }

    fn shape(&mut self, _value: &dyn Shape) {}
}
