//! Turns a botocore model into what is written: structures, operations and errors, in plain terms.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::names;
use super::ops::Listing;
use super::routes::{self, Http};
use crate::models::Problem;

/// A service, ready to be written.
#[derive(Debug)]
pub struct Service {
    /// `s3`, `sqs`.
    pub id: String,
    /// `metadata` of the model, with overrides.
    pub metadata: Value,
    /// Names in `wire::protocol`.
    pub protocols: Vec<&'static str>,
    /// Every operation, by name.
    pub operations: Vec<Operation>,
    /// Positions in `operations`, most specific first; empty for services without paths.
    pub routes: Vec<usize>,
    /// Keys of query strings that name sub-resources, sorted.
    pub literals: Vec<String>,
    /// Every error, by name.
    pub errors: Vec<ErrorShape>,
    /// The structures that listed operations reach, by name.
    pub structures: Vec<Structure>,
}

/// An operation.
#[derive(Debug)]
pub struct Operation {
    /// The model's name.
    pub name: String,
    /// Whether we serve it.
    pub listed: bool,
    /// Its place in HTTP.
    pub http: Http,
    /// The input's structure.
    pub input: Option<String>,
    /// The output's structure.
    pub output: Option<String>,
    /// Names of its errors.
    pub errors: Vec<String>,
    /// The input's payload is a stream.
    pub streaming_input: bool,
    /// The output's payload is a stream.
    pub streaming_output: bool,
    /// `httpChecksum`: required, algorithm member, validation member.
    pub checksum: Option<(bool, String, String)>,
}

/// An error of the model.
#[derive(Debug)]
pub struct ErrorShape {
    /// The model's name.
    pub shape: String,
    /// The code of query and XML answers.
    pub code: String,
    /// The HTTP status.
    pub status: u64,
    /// The sender is to blame.
    pub sender: bool,
}

/// A structure.
#[derive(Debug)]
pub struct Structure {
    /// The model's name.
    pub name: String,
    /// Listed members.
    pub members: Vec<Member>,
    /// Members of the model that are not listed: name, name on the wire, place.
    pub unlisted: Vec<(String, String, At)>,
    /// Name of the root element.
    pub root: String,
    /// Exactly one member may be present.
    pub union: bool,
    /// The only member is itself the root element.
    pub unwrapped: bool,
    /// Prefix and address of its XML namespace.
    pub namespace: Option<(String, String)>,
    /// It holds a stream, itself.
    pub streams: bool,
}

/// A member.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a trait of the model")]
pub struct Member {
    /// The key in JSON.
    pub name: String,
    /// The model's name, which names the field.
    pub model: String,
    /// Its type.
    pub ty: Type,
    /// It lies on the way to itself: boxed.
    pub boxed: bool,
    /// Where it stands.
    pub at: At,
    /// Name in XML and `awsQuery`.
    pub xml: String,
    /// Name in `ec2Query`.
    pub ec2: String,
    /// Names of a list's items, a map's keys and values.
    pub item: String,
    /// Key of a map's entry.
    pub key: String,
    /// Value of a map's entry.
    pub value: String,
    /// The model requires it.
    pub required: bool,
    /// It is required in a structure that requests carry: a plain type.
    pub plain: bool,
    /// Its items stand side by side.
    pub flat: bool,
    /// Not for logs.
    pub sensitive: bool,
    /// An XML attribute.
    pub attribute: bool,
    /// In `awsQuery`, the request's own address when absent.
    pub from_url: bool,
    /// JSON in base64, in headers.
    pub media: bool,
    /// `iso8601`, `rfc822` or `unixTimestamp`.
    pub time: Option<String>,
    /// Prefix and address of its element's namespace.
    pub namespace: Option<(String, String)>,
    /// The shape whose limits hold, and those limits.
    pub limits: Option<Limits>,
}

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Type {
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    Text,
    Blob,
    Time,
    Document,
    Stream,
    List(Box<Type>),
    Map(Box<Type>),
    Shape(String),
}

/// Where a member stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "as in wire::schema::At")]
pub enum At {
    Body,
    Label(String),
    Query(String),
    QueryMap,
    Header(String),
    Prefix(String),
    Payload,
    Status,
}

/// Limits, as in `wire::schema::Limits`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The shape they come from.
    pub shape: String,
    /// Smallest.
    pub min: Option<i64>,
    /// Largest.
    pub max: Option<i64>,
    /// Allowed words.
    pub words: Vec<String>,
    /// Regular expression.
    pub pattern: String,
    /// Of items or values.
    pub item: Option<Box<Limits>>,
    /// Of keys.
    pub key: Option<Box<Limits>>,
}

/// Lowers a model.
pub fn lower(id: &str, model: &Value, listing: &Listing) -> Result<Service, Problem> {
    let metadata = model["metadata"].clone();
    let protocols = protocols(&metadata)?;
    let mut operations = Vec::new();
    for (name, operation) in object(&model["operations"]) {
        operations.push(lower_operation(model, name, operation, listing.has(name))?);
    }
    if let Some(name) =
        listing.operations.iter().find(|name| model["operations"].get(name.as_str()).is_none())
    {
        return Err(format!("{id}: no operation {name} in the model"));
    }
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    let rest = protocols.iter().any(|name| name.starts_with("REST"));
    if rest {
        routes::tell_apart(&mut operations);
    }
    let (routes, literals) = if rest { routes::order(&operations) } else { Default::default() };
    let reach = Reach::of(model, &operations, listing);
    let mut structures = Vec::new();
    for name in &reach.all {
        structures.push(lower_structure(model, name, &reach, listing, &protocols)?);
    }
    let errors = errors(model);
    Ok(Service { id: id.into(), metadata, protocols, operations, routes, literals, errors, structures })
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// The shape a reference leads to.
fn target<'m>(model: &'m Value, reference: &Value) -> (String, &'m Value) {
    let name = text(reference, "shape");
    let shape = &model["shapes"][&name];
    (name, shape)
}

/// `wire::protocol`'s names of what the model's `protocols` names.
fn protocols(metadata: &Value) -> Result<Vec<&'static str>, Problem> {
    let own = [metadata["protocol"].clone()];
    let named = metadata["protocols"].as_array().map_or(&own[..], Vec::as_slice);
    let json = if metadata["jsonVersion"].as_str() == Some("1.0") { "AWS_JSON_1_0" } else { "AWS_JSON_1_1" };
    let one = |name: &Value| match name.as_str().unwrap_or_default() {
        "json" => Ok(json),
        "query" => Ok("AWS_QUERY"),
        "ec2" => Ok("EC2_QUERY"),
        "rest-xml" => Ok("REST_XML"),
        "rest-json" => Ok("REST_JSON"),
        "smithy-rpc-v2-cbor" => Ok("RPC_V2_CBOR"),
        other => Err(format!("the protocol {other:?} is not known")),
    };
    named.iter().map(one).collect()
}

fn lower_operation(model: &Value, name: &str, operation: &Value, listed: bool) -> Result<Operation, Problem> {
    let reference = |key: &str| operation.get(key).map(|reference| text(reference, "shape"));
    let (input, output) = (reference("input"), reference("output"));
    let streams = |structure: &Option<String>| {
        let shape = structure.as_ref().map(|name| &model["shapes"][name]);
        shape.is_some_and(|shape| streaming_payload(model, shape).is_some())
    };
    let checksum = operation.get("httpChecksum").map(|rule| {
        let required = rule["requestChecksumRequired"].as_bool().unwrap_or(false);
        (required, text(rule, "requestAlgorithmMember"), text(rule, "requestValidationModeMember"))
    });
    Ok(Operation {
        name: name.into(),
        listed,
        http: routes::lower(model, operation)?,
        errors: operation["errors"].as_array().into_iter().flatten().map(|e| text(e, "shape")).collect(),
        streaming_input: streams(&input),
        streaming_output: streams(&output),
        checksum,
        input,
        output,
    })
}

/// The name of the payload member, when it is a stream.
fn streaming_payload<'m>(model: &'m Value, shape: &'m Value) -> Option<&'m str> {
    let payload = shape["payload"].as_str()?;
    let member = &shape["members"][payload];
    let (_, inner) = target(model, member);
    let streams = member["streaming"] == true || inner["streaming"] == true;
    (streams && inner["type"] == "blob").then_some(payload)
}

fn errors(model: &Value) -> Vec<ErrorShape> {
    let faults = object(&model["shapes"]).filter(|(_, shape)| shape["exception"] == true);
    let mut errors: Vec<ErrorShape> = faults
        .map(|(name, shape)| {
            let error = &shape["error"];
            let fault = shape["fault"] == true || error["fault"] == true;
            let status = error["httpStatusCode"].as_u64().unwrap_or(if fault { 500 } else { 400 });
            ErrorShape {
                shape: name.clone(),
                code: error["code"].as_str().unwrap_or(name).to_owned(),
                status,
                sender: error["senderFault"].as_bool().unwrap_or(!fault && status < 500),
            }
        })
        .collect();
    errors.sort_by(|a, b| a.shape.cmp(&b.shape));
    errors
}

/// What listed operations reach.
struct Reach {
    all: BTreeSet<String>,
    /// Reached from an input: required members have plain types.
    from_input: BTreeSet<String>,
    /// The operation whose input or output a structure is.
    operation_of: BTreeMap<String, String>,
}

impl Reach {
    fn of(model: &Value, operations: &[Operation], listing: &Listing) -> Reach {
        let mut reach =
            Reach { all: BTreeSet::new(), from_input: BTreeSet::new(), operation_of: BTreeMap::new() };
        let listed = || operations.iter().filter(|operation| operation.listed);
        for operation in listed() {
            for name in [&operation.input, &operation.output].into_iter().flatten() {
                reach.operation_of.entry(name.clone()).or_insert_with(|| operation.name.clone());
            }
        }
        for name in listed().filter_map(|operation| operation.input.clone()) {
            reach.visit(model, &name, listing, true);
        }
        for name in listed().filter_map(|operation| operation.output.clone()) {
            reach.visit(model, &name, listing, false);
        }
        for name in listed().flat_map(|operation| &operation.errors) {
            let says_more = |(member, _): (&String, &Value)| !member.eq_ignore_ascii_case("message");
            if object(&model["shapes"][name]["members"]).any(says_more) {
                reach.visit(model, name, listing, false);
            }
        }
        reach
    }

    fn operation(&self, structure: &str) -> Option<&str> {
        self.operation_of.get(structure).map(String::as_str)
    }

    fn visit(&mut self, model: &Value, name: &str, listing: &Listing, input: bool) {
        let shape = &model["shapes"][name];
        match shape["type"].as_str() {
            Some("structure") => {
                let new = self.all.insert(name.to_owned());
                let new = if input { self.from_input.insert(name.to_owned()) } else { new };
                if !new {
                    return;
                }
                for (member, reference) in object(&shape["members"]) {
                    if !listing.leaves_out(name, self.operation(name), member) {
                        self.visit(model, &text(reference, "shape"), listing, input);
                    }
                }
            }
            Some("list") => self.visit(model, &text(&shape["member"], "shape"), listing, input),
            Some("map") => self.visit(model, &text(&shape["value"], "shape"), listing, input),
            _ => {}
        }
    }
}

fn lower_structure(
    model: &Value,
    name: &str,
    reach: &Reach,
    listing: &Listing,
    protocols: &[&str],
) -> Result<Structure, Problem> {
    let shape = &model["shapes"][name];
    let mut structure = Structure {
        name: name.into(),
        members: Vec::new(),
        unlisted: Vec::new(),
        root: shape["locationName"].as_str().unwrap_or(name).to_owned(),
        union: shape["union"] == true,
        unwrapped: shape["unwrapped"] == true,
        namespace: namespace(shape),
        streams: streaming_payload(model, shape).is_some(),
    };
    let required: Vec<&str> =
        shape["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let top = reach.operation_of.contains_key(name);
    for (member, reference) in object(&shape["members"]) {
        let at = place(model, shape, member, reference, top);
        let names = Names::of(model, member, reference, &at, protocols);
        if listing.leaves_out(name, reach.operation(name), member) {
            let wire = if protocols.contains(&"EC2_QUERY") { names.ec2 } else { names.xml };
            structure.unlisted.push((member.clone(), wire, at));
            continue;
        }
        let ty = type_of(model, reference, streaming_payload(model, shape) == Some(member))
            .map_err(|e| format!("{name}.{member}: {e}"))?;
        let (_, inner) = target(model, reference);
        let is_required = required.contains(&member.as_str());
        let flat = (reference["flattened"] == true || inner["flattened"] == true)
            && matches!(ty, Type::List(_) | Type::Map(_));
        structure.members.push(Member {
            boxed: matches!(&ty, Type::Shape(inner) if holds(model, inner, name)),
            required: is_required,
            plain: ty == Type::Stream || (is_required && reach.from_input.contains(name)),
            flat,
            sensitive: reference["sensitive"] == true || inner["sensitive"] == true,
            attribute: reference["xmlAttribute"] == true,
            from_url: reference["fromUrl"] == true,
            media: reference["jsonvalue"] == true,
            time: time_format(model, reference),
            namespace: namespace(reference),
            limits: limits(model, &text(reference, "shape"), 0),
            model: member.clone(),
            name: names.json,
            xml: names.xml,
            ec2: names.ec2,
            item: names.item,
            key: names.key,
            value: names.value,
            at,
            ty,
        });
    }
    if structure.members.len() > 64 {
        return Err(format!("{name} has more than 64 members"));
    }
    Ok(structure)
}

fn namespace(value: &Value) -> Option<(String, String)> {
    let namespace = value.get("xmlNamespace")?;
    match namespace.as_str() {
        Some(address) => Some((String::new(), address.to_owned())),
        None => Some((text(namespace, "prefix"), text(namespace, "uri"))),
    }
}

/// Whether a structure holds another one (or itself) without a list or map between.
fn holds(model: &Value, outer: &str, wanted: &str) -> bool {
    fn search(model: &Value, name: &str, wanted: &str, visited: &mut BTreeSet<String>) -> bool {
        name == wanted
            || (visited.insert(name.to_owned())
                && object(&model["shapes"][name]["members"]).any(|(_, reference)| {
                    let (inner, shape) = target(model, reference);
                    shape["type"] == "structure" && search(model, &inner, wanted, visited)
                }))
    }
    search(model, outer, wanted, &mut BTreeSet::new())
}

/// Only the input or output of an operation (`top`) has members outside the body.
fn place(model: &Value, shape: &Value, member: &str, reference: &Value, top: bool) -> At {
    if !top && shape["exception"] != true {
        return At::Body;
    }
    let name = text(reference, "locationName");
    match reference["location"].as_str() {
        Some("uri") => At::Label(name),
        Some("querystring") if target(model, reference).1["type"] == "map" => At::QueryMap,
        Some("querystring") => At::Query(name),
        Some("header") => At::Header(name.to_ascii_lowercase()),
        Some("headers") => At::Prefix(name.to_ascii_lowercase()),
        Some("statusCode") => At::Status,
        _ if shape["payload"].as_str() == Some(member) => At::Payload,
        _ => At::Body,
    }
}

struct Names {
    json: String,
    xml: String,
    ec2: String,
    item: String,
    key: String,
    value: String,
}

impl Names {
    fn of(model: &Value, member: &str, reference: &Value, at: &At, protocols: &[&str]) -> Names {
        let (inner_name, inner) = target(model, reference);
        let own = reference["locationName"].as_str();
        let in_body = matches!(at, At::Body | At::Payload);
        // XML and form models name elements only: there the key of JSON (and of paths) is the model's own name.
        let keyed = protocols.iter().any(|name| name.contains("JSON") || name.contains("CBOR"));
        let json = if in_body && keyed { own.unwrap_or(member) } else { member };
        let flat = reference["flattened"] == true || inner["flattened"] == true;
        let item_name = xml_name(&inner["member"]);
        // In forms, a flattened list is named by its items where they have a name; elsewhere by the member.
        let forms = protocols.iter().any(|name| name.ends_with("QUERY"));
        let flat_item = if flat && forms && inner["type"] == "list" { item_name } else { None };
        let own_xml = reference["xmlName"].as_str().or(if in_body { own } else { None });
        let xml = match (own_xml, flat_item, at) {
            (Some(own), ..) => own,
            (None, Some(item), _) => item,
            (None, None, At::Payload) if inner["type"] == "structure" => {
                inner["locationName"].as_str().unwrap_or(&inner_name)
            }
            _ => member,
        };
        let ec2 = reference["queryName"]
            .as_str()
            .map_or_else(|| names::type_name(own.unwrap_or(member)), str::to_owned);
        Names {
            json: json.to_owned(),
            xml: xml.to_owned(),
            ec2,
            item: item_name.unwrap_or("member").to_owned(),
            key: xml_name(&inner["key"]).unwrap_or("key").to_owned(),
            value: xml_name(&inner["value"]).unwrap_or("value").to_owned(),
        }
    }
}

fn xml_name(reference: &Value) -> Option<&str> {
    reference["xmlName"].as_str().or(reference["locationName"].as_str())
}

fn type_of(model: &Value, reference: &Value, stream: bool) -> Result<Type, Problem> {
    let (name, shape) = target(model, reference);
    let inside = |key: &str| type_of(model, &shape[key], false).map(Box::new);
    Ok(match shape["type"].as_str().unwrap_or_default() {
        "blob" if stream => Type::Stream,
        "boolean" => Type::Boolean,
        "integer" => Type::Integer,
        "long" => Type::Long,
        "float" => Type::Float,
        "double" => Type::Double,
        "string" | "character" => Type::Text,
        "blob" => Type::Blob,
        "timestamp" => Type::Time,
        "list" => Type::List(inside("member")?),
        "map" => Type::Map(inside("value")?),
        "structure" if shape["document"] == true => Type::Document,
        "structure" if shape["eventstream"] == true => return Err("event streams are not read yet".into()),
        "structure" => Type::Shape(name),
        other => return Err(format!("the type {other:?} of {name} is not known")),
    })
}

fn time_format(model: &Value, reference: &Value) -> Option<String> {
    let (_, shape) = target(model, reference);
    match shape["type"].as_str() {
        Some("timestamp") => {
            let own = reference["timestampFormat"].as_str().or(shape["timestampFormat"].as_str());
            own.map(str::to_owned)
        }
        Some("list") => time_format(model, &shape["member"]),
        Some("map") => time_format(model, &shape["value"]),
        _ => None,
    }
}

fn limits(model: &Value, name: &str, depth: usize) -> Option<Limits> {
    let shape = &model["shapes"][name];
    if shape["type"] == "structure" || depth > 4 {
        return None;
    }
    let inside = |key: &str| limits(model, &text(&shape[key], "shape"), depth + 1).map(Box::new);
    let number = |key: &str| shape[key].as_i64().or_else(|| shape[key].as_f64().map(|number| number as i64));
    let limits = Limits {
        shape: name.to_owned(),
        min: number("min"),
        max: number("max"),
        words: shape["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        pattern: text(shape, "pattern"),
        item: if shape["type"] == "map" { inside("value") } else { inside("member") },
        key: inside("key"),
    };
    let empty = limits.min.is_none()
        && limits.max.is_none()
        && limits.words.is_empty()
        && limits.pattern.is_empty()
        && limits.item.is_none()
        && limits.key.is_none();
    (!empty).then_some(limits)
}
