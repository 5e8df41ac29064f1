//! The protocol test vectors of botocore (Smithy's own, as data), both ways: a server reads what a client of the
//! vector sends, and writes what that client expects. The vectors are fetched, never committed:
//! `cargo xtask vectors` does, and prints the folder that `KUMIKI_PROTOCOL_VECTORS` may name.

#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};
use support::build::{Built, build};
use support::client;
use support::dynamic::Dynamic;
use support::tree::{self, Tree};
use wire::{Body, Fault, Meta, Protocol, ReplyContext, Request, Response, Shape};
use xtask::codegen::lower::lower;
use xtask::codegen::ops::Listing;

/// Why some vectors do not hold for us, and which. May only shrink.
const EXCEPTIONS: &[(&str, &[&str])] = &[
    (
        "the client's own filling of an idempotency token is not in the parameters",
        &[
            "input ec2 7:0 Ec2ProtocolIdempotencyTokenAutoFill",
            "input query 8:0 QueryProtocolIdempotencyTokenAutoFill",
            "input rest-json 38:0 RestJsonQueryIdempotencyTokenAutoFill",
            "input rest-xml 32:0 QueryIdempotencyTokenAutoFill",
        ],
    ),
    (
        "compressed, and the vector leaves out what was sent",
        &[
            "input ec2 6:0 SDKAppliedContentEncoding_ec2Query",
            "input ec2 6:1 SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query",
            "input json 11:0 SDKAppliedContentEncoding_awsJson1_1",
            "input json 11:1 SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1",
            "input json_1_0 7:0 SDKAppliedContentEncoding_awsJson1_0",
            "input json_1_0 7:1 SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0",
            "input query 7:0 SDKAppliedContentEncoding_awsQuery",
            "input query 7:1 SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery",
            "input rest-json 37:0 SDKAppliedContentEncoding_restJson1",
            "input rest-json 37:1 SDKAppendedGzipAfterProvidedEncoding_restJson1",
            "input rest-xml 31:0 SDKAppliedContentEncoding_restXml",
            "input rest-xml 31:1 SDKAppendedGzipAfterProvidedEncoding_restXml",
        ],
    ),
    (
        "the vector leaves out the target, or sends to a path below the service's",
        &[
            "input json_1_0 1:0 AwsJson10EndpointTrait",
            "input json_1_0 2:0 AwsJson10EndpointTraitWithHostLabel",
            "input json_1_0 3:0 AwsJson10HostWithPath",
            "input rest-json 9:0 RestJsonHostWithPath",
        ],
    ),
    (
        "what is empty leaves no trace in a form, a query string or headers",
        &[
            "output rest-xml 18:1 HttpPrefixHeadersAreNotPresent",
            "input ec2 8:1 Ec2EmptyQueryLists",
            "input query 10:3 QueryEmptyQueryMaps",
            "input rest-json 15:1 RestJsonHttpPrefixHeadersAreNotPresent",
            "input rest-json 35:0 RestJsonOmitsEmptyListQueryValues",
            "input rest-xml 18:1 HttpPrefixHeadersAreNotPresent",
        ],
    ),
    (
        "servers put every parameter into the map, which this vector states as its client holds it",
        &[
            "input rest-json 39:0 RestJsonQueryParamsStringListMap",
            "input rest-json 40:0 RestJsonQueryPrecedence",
            "input rest-xml 0:0 AllQueryStringTypes",
            "input rest-xml 0:2 RestXmlQueryStringEscaping",
            "input rest-xml 0:3 RestXmlSupportsNaNFloatQueryValues",
            "input rest-xml 0:4 RestXmlSupportsInfinityFloatQueryValues",
            "input rest-xml 0:5 RestXmlSupportsNegativeInfinityFloatQueryValues",
            "input rest-xml 0:6 RestXmlZeroAndFalseQueryValues",
            "input rest-xml 33:0 RestXmlQueryParamsStringListMap",
            "input rest-xml 34:0 RestXmlQueryPrecedence",
        ],
    ),
    (
        "the client sends an empty payload for none",
        &[
            "input rest-json 47:0 RestJsonHttpWithEmptyStructurePayload",
            "input rest-json 47:2 RestJsonHttpWithHeadersButNoPayload",
        ],
    ),
    (
        "no model has maps of maps with other names inside",
        &[
            "output rest-xml 24:0 NestedXmlMapWithXmlNameDeserializes",
            "input rest-xml 26:0 NestedXmlMapWithXmlNameSerializes",
        ],
    ),
    (
        "flattened lists of the form protocols are named by their items, as the older models have it",
        &["output ec2 15:0 Ec2XmlLists", "output query 21:0 QueryXmlLists"],
    ),
    (
        "maps are written sorted",
        &[
            "output query 2:0 QueryQueryFlattenedXmlMap",
            "output query 22:0 QueryXmlMaps",
            "output query 23:0 QueryQueryXmlMapsXmlName",
            "output rest-xml 3:0 FlattenedXmlMap",
            "output rest-xml 40:0 XmlMaps",
            "output rest-xml 41:0 XmlMapsXmlName",
        ],
    ),
    (
        "a spelling of the error's name that clients accept and AWS's older services use",
        &[
            "output json 5:0 AwsJson11FooErrorUsingXAmznErrorType",
            "output json 5:1 AwsJson11FooErrorUsingXAmznErrorTypeWithUri",
            "output json 5:2 AwsJson11FooErrorUsingXAmznErrorTypeWithUriAndNamespace",
            "output json 5:3 AwsJson11FooErrorUsingCode",
            "output json 5:4 AwsJson11FooErrorUsingCodeAndNamespace",
            "output json 5:5 AwsJson11FooErrorUsingCodeUriAndNamespace",
            "output json_1_0 2:0 AwsJson10FooErrorUsingXAmznErrorType",
            "output json_1_0 2:1 AwsJson10FooErrorUsingXAmznErrorTypeWithUri",
            "output json_1_0 2:2 AwsJson10FooErrorUsingXAmznErrorTypeWithUriAndNamespace",
            "output json_1_0 2:3 AwsJson10FooErrorUsingCode",
            "output json_1_0 2:4 AwsJson10FooErrorUsingCodeAndNamespace",
            "output json_1_0 2:5 AwsJson10FooErrorUsingCodeUriAndNamespace",
            "output rest-json 7:1 RestJsonFooErrorUsingXAmznErrorTypeWithUri",
            "output rest-json 7:2 RestJsonFooErrorUsingXAmznErrorTypeWithUriAndNamespace",
            "output rest-json 7:3 RestJsonFooErrorUsingCode",
            "output rest-json 7:4 RestJsonFooErrorUsingCodeAndNamespace",
            "output rest-json 7:5 RestJsonFooErrorUsingCodeUriAndNamespace",
            "output rest-json 7:6 RestJsonFooErrorWithDunderType",
            "output rest-json 7:7 RestJsonFooErrorWithDunderTypeAndNamespace",
            "output rest-json 7:8 RestJsonFooErrorWithDunderTypeUriAndNamespace",
        ],
    ),
    (
        "the vector's error says more than its parameters",
        &[
            "output ec2 5:0 Ec2ComplexError",
            "output rest-xml 8:0 InvalidGreetingError",
            "output rest-xml 9:0 ComplexError",
        ],
    ),
    (
        "more in the answer than in the output: clients are to skip it",
        &[
            "output json 1:1 handles_unexpected_json_output",
            "output json 8:9 AwsJson11DeserializeIgnoreType",
            "output json_1_0 4:10 AwsJson10DeserializeIgnoreType",
            "output json_1_0 5:1 AwsJson10HandlesUnexpectedJsonOutput",
            "output rest-json 26:9 RestJsonDeserializeIgnoreType",
            "output smithy-rpc-v2-cbor 10:7 RpcV2CborExtraFieldsInTheBodyShouldBeSkippedByClients",
        ],
    ),
    (
        "null among values: clients are to skip it, a server refuses it",
        &[
            "output rest-json 24:3 RestJsonDeserializesDenseSetMapAndSkipsNull",
            "output smithy-rpc-v2-cbor 8:3 RpcV2CborDeserializesDenseSetMapAndSkipsNull",
        ],
    ),
    (
        "for JSON and CBOR the model's status is the query protocol's; they are equal in the services we list",
        &[
            "output json_1_0-query-compatible 1:0 QueryCompatibleAwsJson10CustomCodeError",
            "output smithy-rpc-v2-cbor-query-compatible 1:0 QueryCompatibleRpcV2CborCustomCodeError",
        ],
    ),
    (
        "an empty result is written as an empty element or object",
        &[
            "output query 1:0 QueryEmptyInputAndEmptyOutput",
            "output query 12:0 QueryNoInputAndOutput",
            "output smithy-rpc-v2-cbor 0:1 empty_output_no_body",
        ],
    ),
    (
        "a body or content type where there is none",
        &[
            "output rest-xml 19:0 RestXmlHttpResponseCode",
            "output smithy-rpc-v2-cbor 5:1 NoOutputClientAllowsEmptyCbor",
            "output smithy-rpc-v2-cbor 5:2 NoOutputClientAllowsEmptyBody",
        ],
    ),
    ("text between elements is refused", &["output rest-xml 28:3 SimpleScalarPropertiesWithXMLPreamble"]),
    (
        "members for the query string do not stand in answers of any model",
        &["output rest-xml 21:0 IgnoreQueryParamsInResponse"],
    ),
    ("a header of requests in the answer", &["output json 7:0 AwsJson11IntEnums"]),
    (
        "the vector's result is not that of its answer",
        &["output smithy-rpc-v2-cbor 11:1 RpcV2CborPayloadWithUnsetUnion"],
    ),
];

fn folder() -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = std::env::var_os("KUMIKI_PROTOCOL_VECTORS")
        .map_or_else(|| xtask::models::vectors_at(&root), PathBuf::from);
    let there = folder.join("input").is_dir() && folder.join("output").is_dir();
    assert!(there, "no protocol vectors in {}: `cargo xtask vectors` fetches them", folder.display());
    folder
}

struct Vector {
    id: String,
    case: Json,
    built: Built,
}

/// All vectors of one direction, each with the model it stands in.
fn vectors(direction: &str) -> Vec<Vector> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder().join(direction)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut vectors = Vec::new();
    for file in files {
        let suites: Json = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        for (s, suite) in suites.as_array().unwrap().iter().enumerate() {
            for (c, case) in suite["cases"].as_array().unwrap().iter().enumerate() {
                let name = case["given"]["name"].as_str().unwrap_or("OperationName");
                let mut given = case["given"].clone();
                given["name"] = name.into();
                let mut operations = json!({});
                operations[name] = given;
                let model = json!({ "metadata": suite["metadata"], "operations": operations, "shapes": suite["shapes"] });
                let stem = file.file_stem().unwrap().to_string_lossy();
                let id = format!("{direction} {stem} {s}:{c} {}", case["id"].as_str().unwrap_or("-"));
                let service =
                    lower(&stem, &model, &Listing::everything()).unwrap_or_else(|e| panic!("{id}: {e}"));
                vectors.push(Vector { id, case: case.clone(), built: build(service) });
            }
        }
    }
    assert!(vectors.len() > 300, "only {} vectors", vectors.len());
    vectors
}

impl Vector {
    fn protocol(&self) -> &'static dyn Protocol {
        self.built.service.protocols[0]
    }

    fn meta(&self) -> &'static Meta {
        self.built.service.operations[0].meta.unwrap()
    }

    fn blank(&self, name: Option<&String>) -> Box<dyn Shape> {
        match name {
            Some(name) => Box::new(Dynamic::new(self.built.plans, name)),
            None => Box::new(wire::Empty),
        }
    }

    fn filled(&self, name: Option<&String>, values: &Json) -> Box<dyn Shape> {
        let Some(name) = name else { return Box::new(wire::Empty) };
        let mut shape = Dynamic::new(self.built.plans, name);
        shape.fill(values);
        Box::new(shape)
    }

    /// A body of the vector: CBOR is given in base64.
    fn body(&self, part: &Json) -> Vec<u8> {
        let text = part["body"].as_str().unwrap_or_default();
        if self.protocol().name() == "rpcv2Cbor" { STANDARD.decode(text).unwrap() } else { text.into() }
    }
}

/// Runs every vector and compares what failed with the exceptions, in both directions.
fn judge(direction: &str, mut run: impl FnMut(&Vector) -> Result<(), String>) {
    let ids = EXCEPTIONS.iter().flat_map(|(_, ids)| ids.iter().copied());
    let mut expected: BTreeSet<&str> = ids.filter(|id| id.starts_with(direction)).collect();
    let mut report = String::new();
    for vector in vectors(direction) {
        match (run(&vector), expected.remove(vector.id.as_str())) {
            (Ok(()), false) | (Err(_), true) => {}
            (Ok(()), true) => {
                writeln!(report, "{}: holds now, take it off the exceptions", vector.id).unwrap();
            }
            (Err(why), false) => writeln!(report, "{}: {why}", vector.id).unwrap(),
        }
    }
    for id in expected {
        writeln!(report, "{id}: an exception without a vector").unwrap();
    }
    assert!(report.is_empty(), "{report}");
}

/// The same JSON, whatever white space documents without a schema hold.
fn same(a: &str, b: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<Json>(text).unwrap();
    read(a) == read(b)
}

#[test]
fn requests() {
    judge("input", |vector| {
        let sent = &vector.case["serialized"];
        let headers: Vec<(String, String)> = sent["headers"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect();
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let method = sent["method"].as_str().unwrap_or("POST");
        let mut request: Request =
            client::request(method, sent["uri"].as_str().unwrap_or("/"), &headers, vector.body(sent));
        let protocol = vector.protocol();
        let row = protocol.find(vector.built.service, &request).map_err(|lost| format!("{lost:?}"))?;
        assert_eq!(row.name, vector.meta().name);
        let name = vector.built.operations[0].input.as_ref();
        let mut input = vector.blank(name);
        protocol.decode(vector.meta(), &mut request, &mut *input).map_err(|reject| reject.to_string())?;
        let (found, wanted) =
            (client::show(&*input), client::show(&*vector.filled(name, &vector.case["params"])));
        if same(&found, &wanted) { Ok(()) } else { Err(format!("\n   read {found}\n   sent {wanted}")) }
    });
}

#[test]
fn answers() {
    judge("output", |vector| {
        let expected = &vector.case["response"];
        let reply = ReplyContext {
            request_id: request_id(expected),
            service: Some(vector.built.service),
            ..ReplyContext::default()
        };
        let response = if let Some(code) = vector.case["errorCode"].as_str() {
            let fault = fault(vector, code);
            vector.protocol().refuse(Some(vector.meta()), &fault, &reply)
        } else {
            let name = vector.built.operations[0].output.as_ref();
            let output = vector.filled(name, &vector.case["result"]);
            let mut read = vector.blank(name);
            client::read(vector.protocol().name(), vector.meta(), &sent(vector, expected), &mut *read)
                .map_err(|e| e.to_string())?;
            if !same(&client::show(&*read), &client::show(&*output)) {
                return Err(format!(
                    "\n   read {}\n   sent {}",
                    client::show(&*read),
                    client::show(&*output)
                ));
            }
            vector.protocol().encode(vector.meta(), &*output, &reply)
        };
        compare(vector, expected, &response)
    });
}

fn request_id(expected: &Json) -> &str {
    let mut headers = expected["headers"].as_object().into_iter().flatten();
    let found = headers.find(|(name, _)| name.eq_ignore_ascii_case("x-amzn-requestid"));
    found.and_then(|(_, id)| id.as_str()).unwrap_or("foo-id")
}

fn fault(vector: &Vector, code: &str) -> Fault {
    let meta = vector.built.errors.iter().find(|error| error.code == code || error.shape == code);
    let message = vector.case["errorMessage"].as_str().unwrap_or_default().to_owned();
    let Some(meta) = meta else { return Fault::coded(code.to_owned(), 400, message) };
    let fault = Fault::new(meta, message);
    if vector.built.plans.get().unwrap().contains_key(meta.shape) {
        fault.carrying(vector.filled(Some(&meta.shape.to_owned()), &vector.case["error"]))
    } else {
        fault
    }
}

/// The answer of the vector.
fn sent(vector: &Vector, expected: &Json) -> Response {
    let mut response = http::Response::builder().status(expected["status_code"].as_u64().unwrap() as u16);
    for (name, value) in expected["headers"].as_object().into_iter().flatten() {
        response = response.header(name, value.as_str().unwrap());
    }
    response.body(Body::from(vector.body(expected))).unwrap()
}

fn compare(vector: &Vector, expected: &Json, response: &Response) -> Result<(), String> {
    let status = expected["status_code"].as_u64().unwrap();
    if u64::from(response.status().as_u16()) != status {
        return Err(format!("status {} instead of {status}", response.status()));
    }
    for (name, wanted) in expected["headers"].as_object().into_iter().flatten() {
        let wanted = wanted.as_str().unwrap();
        let found = response.headers().get(name).map(|value| value.to_str().unwrap());
        let same = found.is_some_and(|found| {
            found.split(';').next() == wanted.split(';').next() || tree::same_text(found, wanted)
        });
        if !same && !name.eq_ignore_ascii_case("content-length") {
            return Err(format!("header {name}: {found:?} instead of {wanted:?}"));
        }
    }
    let Body::Full(body) = response.body() else { return Ok(()) };
    let read = |body: &[u8]| {
        let tree = document(vector, body);
        if vector.case["errorCode"].is_null() { tree } else { tree.map(Tree::fault) }
    };
    let (found, wanted) = (read(body), read(&vector.body(expected)));
    if found == wanted { Ok(()) } else { Err(format!("\n   wrote {found:?}\n  wanted {wanted:?}")) }
}

fn document(vector: &Vector, body: &[u8]) -> Option<Tree> {
    let text = String::from_utf8_lossy(body);
    let ids = ["RequestId", "requestId", "RequestID", "ResponseMetadata"];
    match vector.protocol().name() {
        "rpcv2Cbor" => tree::cbor(body),
        "restXml" | "awsQuery" | "ec2Query" => match tree::xml(text.trim()) {
            Some(tree) => Some(tree.without(&ids)),
            None => Some(Tree::Leaf(text.into_owned())),
        },
        _ => match serde_json::from_str(&text) {
            Ok(value) => tree::json(&value),
            Err(_) => Some(Tree::Leaf(text.into_owned())),
        },
    }
}
