//! Makes the tables of a model while the test runs, as codegen writes them ahead.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use wire::operation::{Segment, ServiceMeta};
use wire::schema::{Kind, Limits, Member, Root, TimeFormat, Unlisted, unlisted};
use wire::{Checksum, ErrorMeta, Http, Meta, OperationRow, Protocol, Schema};
use xtask::codegen::lower::{At, ErrorShape, Member as Lowered, Operation, Service, Structure, Type};
use xtask::codegen::{names, routes};

use super::dynamic::{Plan, Plans};

/// A model, ready to speak.
pub struct Built {
    pub service: &'static ServiceMeta,
    pub plans: Plans,
    pub errors: Vec<&'static ErrorMeta>,
    pub operations: Vec<Operation>,
}

fn text(text: &str) -> &'static str {
    String::from(text).leak()
}

fn slice<T>(items: impl IntoIterator<Item = T>) -> &'static [T] {
    items.into_iter().collect::<Vec<T>>().leak()
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

pub fn protocol(name: &str) -> &'static dyn Protocol {
    match name {
        "AWS_JSON_1_0" => &wire::protocol::AWS_JSON_1_0,
        "AWS_JSON_1_1" => &wire::protocol::AWS_JSON_1_1,
        "AWS_QUERY" => &wire::protocol::AWS_QUERY,
        "EC2_QUERY" => &wire::protocol::EC2_QUERY,
        "REST_XML" => &wire::protocol::REST_XML,
        "REST_JSON" => &wire::protocol::REST_JSON,
        "RPC_V2_CBOR" => &wire::protocol::RPC_V2_CBOR,
        other => panic!("no protocol {other}"),
    }
}

pub fn build(service: Service) -> Built {
    let plans: Plans = leak(OnceLock::new());
    let made: BTreeMap<String, Plan> = service.structures.iter().map(|s| (s.name.clone(), plan(s))).collect();
    assert!(plans.set(made).is_ok());
    let errors: Vec<&'static ErrorMeta> = service.errors.iter().map(|error| leak(error_of(error))).collect();
    let metadata = |key: &str| text(service.metadata[key].as_str().unwrap_or_default());
    let bare = |operations: &'static [OperationRow]| ServiceMeta {
        id: text(&service.id),
        title: metadata("serviceFullName"),
        signing_name: metadata("endpointPrefix"),
        endpoint_prefix: metadata("endpointPrefix"),
        api_version: metadata("apiVersion"),
        target_prefix: metadata("targetPrefix"),
        namespace: metadata("namespace"),
        xml_namespace: metadata("xmlNamespace"),
        query_compatible: service.metadata.get("awsQueryCompatible").is_some(),
        s3: matches!(service.metadata["serviceId"].as_str(), Some("S3" | "S3 Control")),
        objects: service.metadata["serviceId"] == "S3",
        protocols: slice(service.protocols.iter().map(|name| protocol(name))),
        operations,
        literals: slice(service.literals.iter().map(|key| text(key))),
        routes: slice(service.routes.iter().map(|at| *at as u16)),
    };
    // Operations name their service, which lists them: the service of a Meta lists none.
    let without: &'static ServiceMeta = leak(bare(&[]));
    let rows = service.operations.iter().map(|operation| row(operation, without, plans));
    Built { service: leak(bare(slice(rows))), plans, errors, operations: service.operations }
}

fn row(operation: &Operation, service: &'static ServiceMeta, plans: Plans) -> OperationRow {
    let http: &'static Http = leak(http(&operation.http));
    let schema = |name: &Option<String>| match name {
        Some(name) => plans.get().unwrap().get(name).map(|plan| plan.schema),
        None => Some(wire::Empty::SCHEMA),
    };
    let meta = (schema(&operation.input)).zip(schema(&operation.output)).map(|(input, output)| {
        leak(Meta {
            service,
            name: text(&operation.name),
            http,
            input,
            output,
            errors: &[],
            whole: !operation.streaming_input && !operation.streaming_output,
            streaming_input: operation.streaming_input,
            streaming_output: operation.streaming_output,
            checksum: operation.checksum.as_ref().map(|(required, algorithm, validation)| Checksum {
                required: *required,
                algorithm_member: text(algorithm),
                validation_member: text(validation),
            }),
            new_input: wire::operation::blank::<wire::Empty>,
            new_output: wire::operation::blank::<wire::Empty>,
        }) as &'static Meta
    });
    OperationRow { name: text(&operation.name), http, meta }
}

fn http(http: &routes::Http) -> Http {
    Http {
        method: text(&http.method),
        uri: text(&http.uri),
        path: slice(http.path.iter().map(|segment| match segment {
            routes::Segment::Word(word) => Segment::Word(text(word)),
            routes::Segment::Label(name) => Segment::Label(text(name)),
            routes::Segment::Greedy(name) => Segment::Greedy(text(name)),
        })),
        literals: slice(http.literals.iter().map(|(key, value)| (text(key), text(value)))),
        with_query: slice(http.with_query.iter().map(|key| text(key))),
        with_header: slice(http.with_header.iter().map(|name| text(name))),
        status: http.status as u16,
    }
}

fn error_of(error: &ErrorShape) -> ErrorMeta {
    ErrorMeta {
        shape: text(&error.shape),
        code: text(&error.code),
        status: error.status as u16,
        sender: error.sender,
    }
}

fn plan(structure: &Structure) -> Plan {
    let mut root = Root::named(text(&structure.root));
    if structure.union {
        root = root.union();
    }
    if structure.unwrapped {
        root = root.unwrapped();
    }
    if let Some((prefix, address)) = &structure.namespace {
        root = root.namespace(text(prefix), text(address));
    }
    let hidden = structure
        .unlisted
        .iter()
        .map(|(name, wire, _): &(String, String, At)| -> Unlisted { unlisted(text(name)).wire(text(wire)) });
    let members = slice(structure.members.iter().map(member));
    let mut headers: Vec<(&'static str, u16)> = Vec::new();
    for (i, member) in members.iter().enumerate() {
        if let wire::schema::At::Header(name) = member.at {
            headers.push((name, i as u16));
        }
    }
    headers.sort_unstable();
    let name = text(&names::type_name(&structure.name));
    let schema = leak(Schema { name, members, unlisted: slice(hidden), headers: headers.leak(), root });
    Plan {
        schema,
        types: structure.members.iter().map(|member| member.ty.clone()).collect(),
        names: structure.members.iter().map(|member| member.model.clone()).collect(),
    }
}

fn kind(ty: &Type) -> Kind {
    match ty {
        Type::Boolean => Kind::Boolean,
        Type::Integer => Kind::Integer,
        Type::Long => Kind::Long,
        Type::Float => Kind::Float,
        Type::Double => Kind::Double,
        Type::Text => Kind::Text,
        Type::Blob => Kind::Blob,
        Type::Time => Kind::Time,
        Type::Document => Kind::Document,
        Type::Stream => Kind::Stream,
        Type::List(_) => Kind::List,
        Type::Map(_) => Kind::Map,
        Type::Shape(_) => Kind::Shape,
    }
}

fn member(lowered: &Lowered) -> Member {
    let mut member = Member::new(text(&lowered.name), kind(&lowered.ty));
    member.at = match &lowered.at {
        At::Body => wire::schema::At::Body,
        At::Label(name) => wire::schema::At::Label(text(name)),
        At::Query(name) => wire::schema::At::Query(text(name)),
        At::QueryMap => wire::schema::At::QueryMap,
        At::Header(name) => wire::schema::At::Header(text(name)),
        At::Prefix(name) => wire::schema::At::Prefix(text(name)),
        At::Payload => wire::schema::At::Payload,
        At::Status => wire::schema::At::Status,
    };
    member.names.xml = text(&lowered.xml);
    member.names.ec2 = text(&lowered.ec2);
    member.names.item = text(&lowered.item);
    member.names.key = text(&lowered.key);
    member.names.value = text(&lowered.value);
    member.required = lowered.required;
    member.flat = lowered.flat;
    member.sensitive = lowered.sensitive;
    member.attribute = lowered.attribute;
    member.from_url = lowered.from_url;
    member.media = lowered.media;
    member.time = match lowered.time.as_deref() {
        Some("iso8601") => TimeFormat::Iso,
        Some("rfc822") => TimeFormat::Http,
        Some("unixTimestamp") => TimeFormat::Epoch,
        _ => TimeFormat::ByPlace,
    };
    if let Some((prefix, address)) = &lowered.namespace {
        member.namespace = (text(prefix), text(address));
    }
    if let Some(limits) = &lowered.limits {
        member.limits = leak(Limits { min: limits.min, max: limits.max, ..Limits::NONE });
    }
    member
}
