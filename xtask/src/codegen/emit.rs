//! Writes a lowered service as Rust.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;

use super::lower::{At, Limits, Member, Operation, Service, Structure, Type};
use super::names::{constant, field, type_name};
use super::routes::{Http, Segment};

const HEAD: &str = "// Written by `cargo xtask codegen` from models/: change those.\n";

/// The files of an api crate: name and text.
#[must_use]
pub fn files(service: &Service) -> Vec<(String, String)> {
    let mut table = Limiter::default();
    let types = types(service, &mut table);
    vec![
        ("lib.rs".into(), lib(service)),
        ("errors.rs".into(), errors(service)),
        ("limits.rs".into(), table.text()),
        ("meta.rs".into(), meta(service)),
        ("ops.rs".into(), ops(service)),
        ("types.rs".into(), types),
    ]
}

fn metadata<'s>(service: &'s Service, key: &str) -> &'s str {
    service.metadata[key].as_str().unwrap_or_default()
}

fn lib(service: &Service) -> String {
    let title = metadata(service, "serviceFullName");
    let listed = service.operations.iter().filter(|operation| operation.listed).count();
    let all = service.operations.len();
    format!(
        "//! {title}: {listed} of {all} operations are listed.\n\
         {HEAD}\n\
         #![allow(clippy::unreadable_literal, clippy::large_types_passed_by_value, reason = \"generated\")]\n\n\
         pub mod errors;\nmod limits;\nmod meta;\nmod ops;\nmod types;\n\n\
         pub use meta::SERVICE;\npub use ops::*;\npub use types::*;\n"
    )
}

fn errors(service: &Service) -> String {
    let mut text = format!("//! The errors of the model.\n{HEAD}\nuse wire::ErrorMeta;\n");
    for error in &service.errors {
        let _ = write!(
            text,
            "\n/// `{code}`, status {status}.\npub static {name}: ErrorMeta = ErrorMeta {{ shape: {shape:?}, code: {code:?}, status: {status}, sender: {sender} }};\n",
            code = error.code,
            status = error.status,
            name = constant(&error.shape),
            shape = error.shape,
            sender = error.sender,
        );
    }
    text
}

fn http(http: &Http) -> String {
    let segments = http.path.iter().map(|segment| match segment {
        Segment::Word(word) => format!("Word({word:?})"),
        Segment::Label(name) => format!("Label({name:?})"),
        Segment::Greedy(name) => format!("Greedy({name:?})"),
    });
    format!(
        "Http {{ method: {:?}, uri: {:?}, path: &[{}], literals: &{:?}, with_query: &{:?}, with_header: &{:?}, status: {} }}",
        http.method,
        http.uri,
        segments.collect::<Vec<_>>().join(", "),
        http.literals,
        http.with_query,
        http.with_header,
        http.status
    )
}

/// Places that several operations share are written once.
fn places(service: &Service) -> (BTreeMap<String, String>, String) {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut text = String::new();
    for operation in &service.operations {
        let root = operation.http.uri == "/" && operation.http.method == "POST";
        let name = if root { "AT_ROOT".into() } else { format!("AT_{}", constant(&operation.name)) };
        if let Entry::Vacant(place) = names.entry(http(&operation.http)) {
            let _ = write!(text, "\nstatic {name}: Http = {};\n", place.key());
            place.insert(name);
        }
    }
    (names, text)
}

fn meta(service: &Service) -> String {
    let (places, statics) = places(service);
    let segments: Vec<&str> = ["Greedy", "Label", "Word"]
        .into_iter()
        .filter(|kind| statics.contains(&format!("{kind}(")))
        .collect();
    let mut text = format!("//! Facts of the service and its operations.\n{HEAD}\n");
    if !segments.is_empty() {
        let _ = writeln!(text, "use wire::operation::Segment::{{{}}};", segments.join(", "));
    }
    if service.operations.iter().any(|operation| operation.listed) {
        text.push_str("use wire::operation::blank;\n");
    }
    let checksum =
        if service.operations.iter().any(|o| o.listed && o.checksum.is_some()) { "Checksum, " } else { "" };
    let named = service.operations.iter().any(|o| o.listed && !o.errors.is_empty());
    let own = if named { "{errors, types}" } else { "types" };
    let _ =
        writeln!(text, "use wire::{{{checksum}Http, Meta, OperationRow, ServiceMeta}};\n\nuse crate::{own};");
    let protocols: Vec<String> =
        service.protocols.iter().map(|name| format!("&wire::protocol::{name}")).collect();
    let signing = match metadata(service, "signingName") {
        "" => metadata(service, "endpointPrefix"),
        name => name,
    };
    let _ = write!(
        text,
        "\n/// Facts of the service.\npub static SERVICE: ServiceMeta = ServiceMeta {{\n\
         id: {:?}, title: {:?}, signing_name: {signing:?}, endpoint_prefix: {:?}, api_version: {:?},\n\
         target_prefix: {:?}, namespace: {:?}, xml_namespace: {:?}, query_compatible: {}, s3: {}, objects: {},\n\
         protocols: &[{}], operations: &OPERATIONS, literals: &{:?}, routes: &{:?} }};\n",
        service.id,
        metadata(service, "serviceFullName"),
        metadata(service, "endpointPrefix"),
        metadata(service, "apiVersion"),
        metadata(service, "targetPrefix"),
        metadata(service, "namespace"),
        metadata(service, "xmlNamespace"),
        service.metadata.get("awsQueryCompatible").is_some(),
        matches!(metadata(service, "serviceId"), "S3" | "S3 Control"),
        metadata(service, "serviceId") == "S3",
        protocols.join(", "),
        service.literals,
        service.routes,
    );
    let _ = write!(text, "\nstatic OPERATIONS: [OperationRow; {}] = [\n", service.operations.len());
    for operation in &service.operations {
        let meta =
            if operation.listed { format!("Some(&{})", constant(&operation.name)) } else { "None".into() };
        let place = &places[&http(&operation.http)];
        let _ =
            writeln!(text, "OperationRow {{ name: {:?}, http: &{place}, meta: {meta} }},", operation.name);
    }
    text.push_str("];\n");
    text.push_str(&statics);
    for operation in service.operations.iter().filter(|operation| operation.listed) {
        meta_of(operation, &places[&http(&operation.http)], &mut text);
    }
    text
}

fn meta_of(operation: &Operation, place: &str, text: &mut String) {
    let schema = |name: &Option<String>| match name {
        Some(name) => format!("types::{}::SCHEMA", type_name(name)),
        None => "wire::Empty::SCHEMA".into(),
    };
    let blank = |name: &Option<String>| match name {
        Some(name) => format!("blank::<types::{}>", type_name(name)),
        None => "blank::<wire::Empty>".into(),
    };
    let errors: Vec<String> = operation.errors.iter().map(|e| format!("&errors::{}", constant(e))).collect();
    let checksum = operation.checksum.as_ref().map_or("None".into(), |(required, algorithm, validation)| {
        format!("Some(Checksum {{ required: {required}, algorithm_member: {algorithm:?}, validation_member: {validation:?} }})")
    });
    let _ = write!(
        text,
        "\npub(crate) static {}: Meta = Meta {{ service: &SERVICE, name: {:?}, http: &{place}, input: {}, output: {}, errors: &[{}], \
         whole: {}, streaming_input: {}, streaming_output: {}, checksum: {checksum}, new_input: {}, new_output: {} }};\n",
        constant(&operation.name),
        operation.name,
        schema(&operation.input),
        schema(&operation.output),
        errors.join(", "),
        !operation.streaming_input && !operation.streaming_output,
        operation.streaming_input,
        operation.streaming_output,
        blank(&operation.input),
        blank(&operation.output),
    );
}

fn ops(service: &Service) -> String {
    let mut text = format!(
        "//! The listed operations.\n{HEAD}\nuse wire::{{Meta, Operation}};\n\nuse crate::{{meta, types}};\n"
    );
    let docs = metadata(service, "docs");
    let type_of = |name: &Option<String>| match name {
        Some(name) => format!("types::{}", type_name(name)),
        None => "wire::Empty".into(),
    };
    for operation in service.operations.iter().filter(|operation| operation.listed) {
        let name = &operation.name;
        let _ = write!(
            text,
            "\n/// <{docs}API_{name}.html>\n#[derive(Debug, Clone, Copy)]\npub struct {name};\n\n\
             impl Operation for {name} {{\nconst META: &'static Meta = &meta::{};\n\
             type Input = {};\ntype Output = {};\n}}\n",
            constant(name),
            type_of(&operation.input),
            type_of(&operation.output)
        );
    }
    text
}

fn types(service: &Service, table: &mut Limiter) -> String {
    let mut body = String::new();
    for structure in &service.structures {
        write_structure(structure, table, &mut body);
    }
    let mut text = format!("//! The structures that listed operations carry.\n{HEAD}\n");
    let mut used = Vec::new();
    for (name, found) in [
        ("Blob", body.contains("Blob>") || body.contains(": Blob ")),
        ("Document", body.contains("<Document>") || body.contains(": Document ")),
        ("Map", body.contains("Map<")),
        ("Stream", body.contains(": Stream ")),
        ("Time", body.contains("Time>") || body.contains(": Time ")),
        ("shape", true),
    ] {
        if found {
            used.push(name);
        }
    }
    if body.contains("TimeFormat::") {
        text.push_str("use wire::schema::TimeFormat;\n");
    }
    let _ = writeln!(text, "use wire::{{{}}};\n", used.join(", "));
    if !table.rows.is_empty() {
        text.push_str("use crate::limits;\n");
    }
    text + &body
}

fn write_structure(structure: &Structure, table: &mut Limiter, text: &mut String) {
    let name = type_name(&structure.name);
    let clone = if structure.streams { "" } else { "#[derive(Clone)]\n    " };
    let _ = write!(text, "\nshape! {{\n    /// `{}`.\n    {clone}{name} {{\n", structure.name);
    for (i, member) in structure.members.iter().enumerate() {
        let _ = writeln!(
            text,
            "        {i} {}: {} = {};",
            field(&member.model),
            rust_type(member),
            builder(member, table)
        );
    }
    for (name, wire, at) in &structure.unlisted {
        let _ = write!(text, "        unlisted {name:?}");
        match at {
            At::Header(header) => {
                let _ = write!(text, ".wire({header:?}).header({header:?})");
            }
            At::Prefix(prefix) => {
                let _ = write!(text, ".wire({prefix:?}).prefix({prefix:?})");
            }
            At::Query(key) => {
                let _ = write!(text, ".wire({key:?}).query({key:?})");
            }
            _ if wire != name => {
                let _ = write!(text, ".wire({wire:?})");
            }
            _ => {}
        }
        text.push_str(";\n");
    }
    if structure.root != name || structure.union || structure.unwrapped || structure.namespace.is_some() {
        let _ = write!(text, "        root {:?}", structure.root);
        if structure.union {
            text.push_str(".union()");
        }
        if structure.unwrapped {
            text.push_str(".unwrapped()");
        }
        if let Some((prefix, address)) = &structure.namespace {
            let _ = write!(text, ".namespace({prefix:?}, {address:?})");
        }
        text.push_str(";\n");
    }
    text.push_str("    }\n}\n");
}

fn rust_type(member: &Member) -> String {
    let ty = plain_type(&member.ty);
    let ty = if member.boxed { format!("Box<{ty}>") } else { ty };
    if member.plain { ty } else { format!("Option<{ty}>") }
}

fn plain_type(ty: &Type) -> String {
    match ty {
        Type::Boolean => "bool".into(),
        Type::Integer => "i32".into(),
        Type::Long => "i64".into(),
        Type::Float => "f32".into(),
        Type::Double => "f64".into(),
        Type::Text => "String".into(),
        Type::Blob => "Blob".into(),
        Type::Time => "Time".into(),
        Type::Document => "Document".into(),
        Type::Stream => "Stream".into(),
        Type::List(item) => format!("Vec<{}>", plain_type(item)),
        Type::Map(value) => format!("Map<{}>", plain_type(value)),
        Type::Shape(name) => type_name(name),
    }
}

fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::Long => "long",
        Type::Float => "float",
        Type::Double => "double",
        Type::Text => "text",
        Type::Blob => "blob",
        Type::Time => "time",
        Type::Document => "document",
        Type::Stream => "stream",
        Type::List(_) => "list",
        Type::Map(_) => "map",
        Type::Shape(_) => "shape",
    }
}

fn builder(member: &Member, table: &mut Limiter) -> String {
    let mut text = format!("{}({:?})", kind(&member.ty), member.name);
    let mut add = |call: String| {
        text.push('.');
        text.push_str(&call);
    };
    if member.required {
        add("required()".into());
    }
    match &member.at {
        At::Body => {}
        At::Label(name) => add(format!("label({name:?})")),
        At::Query(name) => add(format!("query({name:?})")),
        At::QueryMap => add("query_map()".into()),
        At::Header(name) => add(format!("header({name:?})")),
        At::Prefix(name) => add(format!("prefix({name:?})")),
        At::Payload => add("payload()".into()),
        At::Status => add("status()".into()),
    }
    if matches!(member.at, At::Body | At::Payload) {
        if member.xml != member.name {
            add(format!("xml({:?})", member.xml));
        }
        if member.ec2 != type_name(&member.name) {
            add(format!("ec2({:?})", member.ec2));
        }
    }
    let (list, map) = holds(&member.ty);
    if list && member.item != "member" && !(member.flat && member.item == member.xml) {
        add(format!("item({:?})", member.item));
    }
    if map && (member.key != "key" || member.value != "value") {
        add(format!("entry({:?}, {:?})", member.key, member.value));
    }
    for (set, call) in [
        (member.flat, "flat()"),
        (member.sensitive, "sensitive()"),
        (member.attribute, "attribute()"),
        (member.from_url, "from_url()"),
        (member.media, "media()"),
    ] {
        if set {
            add(call.into());
        }
    }
    match member.time.as_deref() {
        Some("iso8601") => add("time(TimeFormat::Iso)".into()),
        Some("rfc822") => add("time(TimeFormat::Http)".into()),
        Some("unixTimestamp") => add("time(TimeFormat::Epoch)".into()),
        _ => {}
    }
    // The service's own namespace is declared at the root anyway.
    if let Some((prefix, address)) = member.namespace.as_ref().filter(|_| member.at != At::Payload) {
        add(format!("namespace({prefix:?}, {address:?})"));
    }
    if let Some(limits) = &member.limits {
        let name = table.name(limits);
        add(format!("limits(&limits::{name})"));
    }
    text
}

fn holds(ty: &Type) -> (bool, bool) {
    match ty {
        Type::List(item) => (true, holds(item).1),
        Type::Map(value) => (holds(value).0, true),
        _ => (false, false),
    }
}

/// The limits that members name, each written once.
#[derive(Default)]
struct Limiter {
    rows: BTreeMap<String, String>,
}

impl Limiter {
    fn name(&mut self, limits: &Limits) -> String {
        let name = constant(&limits.shape);
        if !self.rows.contains_key(&name) {
            let row = self.row(limits);
            self.rows.insert(name.clone(), row);
        }
        name
    }

    fn row(&mut self, limits: &Limits) -> String {
        let mut parts = Vec::new();
        if let Some(min) = limits.min {
            parts.push(format!("min: Some({min})"));
        }
        if let Some(max) = limits.max {
            parts.push(format!("max: Some({max})"));
        }
        if !limits.words.is_empty() {
            parts.push(format!("words: &{:?}", limits.words));
        }
        if !limits.pattern.is_empty() {
            parts.push(format!("pattern: {:?}", limits.pattern));
        }
        if let Some(item) = &limits.item {
            parts.push(format!("item: Some(&{})", self.name(item)));
        }
        if let Some(key) = &limits.key {
            parts.push(format!("key: Some(&{})", self.name(key)));
        }
        if parts.len() < 6 {
            parts.push("..Limits::NONE".into());
        }
        format!("Limits {{ {} }}", parts.join(", "))
    }

    fn text(&self) -> String {
        let mut text = format!("//! What the model allows values to be.\n{HEAD}\n");
        if !self.rows.is_empty() {
            text.push_str("use wire::Limits;\n");
        }
        for (name, row) in &self.rows {
            let _ = write!(text, "\npub(crate) static {name}: Limits = {row};\n");
        }
        text
    }
}
