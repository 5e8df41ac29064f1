//! The places of operations in HTTP, and the order in which requests are compared with them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde_json::Value;

use super::lower::Operation;
use crate::models::Problem;

/// As `wire::operation::Http`.
#[derive(Debug, Clone, Default)]
pub struct Http {
    /// The method.
    pub method: String,
    /// The model's pattern.
    pub uri: String,
    /// Pieces of the path.
    pub path: Vec<Segment>,
    /// Literals of the query string.
    pub literals: Vec<(String, String)>,
    /// Required keys of the query string.
    pub with_query: Vec<String>,
    /// Required headers.
    pub with_header: Vec<String>,
    /// Status of a success.
    pub status: u64,
}

/// As `wire::operation::Segment`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "as in wire")]
pub enum Segment {
    Word(String),
    Label(String),
    Greedy(String),
}

/// Reads `http` of an operation. Every required header and key counts at first; see [`tell_apart`].
pub fn lower(model: &Value, operation: &Value) -> Result<Http, Problem> {
    let http = &operation["http"];
    let uri = http["requestUri"].as_str().unwrap_or("/");
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let literals = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut place = Http {
        method: http["method"].as_str().unwrap_or("POST").into(),
        uri: uri.into(),
        path: path.split('/').filter(|piece| !piece.is_empty()).map(segment).collect(),
        literals: literals.map(|(key, value)| (key.into(), value.into())).collect(),
        status: http["responseCode"].as_u64().unwrap_or(200),
        ..Http::default()
    };
    let input = &model["shapes"][operation["input"]["shape"].as_str().unwrap_or_default()];
    for member in input["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let reference = &input["members"][member];
        let name = reference["locationName"].as_str().unwrap_or_default().to_owned();
        match reference["location"].as_str() {
            Some("querystring") => place.with_query.push(name),
            Some("header") => place.with_header.push(name.to_ascii_lowercase()),
            _ => {}
        }
    }
    Ok(place)
}

fn segment(piece: &str) -> Segment {
    match piece.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some(label) => match label.strip_suffix('+') {
            Some(greedy) => Segment::Greedy(greedy.into()),
            None => Segment::Label(label.into()),
        },
        None => Segment::Word(piece.into()),
    }
}

/// Drops the required headers and keys of operations that are alone on their pattern: a request without them
/// must still reach the operation, which says what is missing.
///
/// Keys of patterns that take a key of their own (S3's `POST /{Bucket}/{Key+}` with `uploadId`) stay where another
/// method of the same path has an operation without any.
pub fn tell_apart(operations: &mut [Operation]) {
    let shape = |http: &Http| {
        let path = http.path.iter().map(|segment| match segment {
            Segment::Word(word) => word.clone(),
            Segment::Label(_) => "{}".into(),
            Segment::Greedy(_) => "{+}".into(),
        });
        (path.collect::<Vec<String>>(), http.literals.clone())
    };
    let places: Vec<_> = operations.iter().map(|o| (o.http.method.clone(), shape(&o.http))).collect();
    let plain: Vec<bool> = operations.iter().map(|o| o.http.with_query.is_empty()).collect();
    for i in 0..operations.len() {
        let shared = places.iter().enumerate().any(|(j, place)| j != i && *place == places[i]);
        let plain_elsewhere = (0..places.len()).any(|j| plain[j] && places[j].1 == places[i].1);
        let http = &mut operations[i].http;
        if !shared {
            http.with_header.clear();
            if !plain_elsewhere || !http.literals.is_empty() {
                http.with_query.clear();
            }
        }
    }
}

/// The order of comparison, most specific first, and the keys that name sub-resources.
#[must_use]
pub fn order(operations: &[Operation]) -> (Vec<usize>, Vec<String>) {
    let mut order: Vec<usize> = (0..operations.len()).collect();
    order.sort_by_key(|i| {
        let operation = &operations[*i];
        let http = &operation.http;
        let words = http.path.iter().filter(|segment| matches!(segment, Segment::Word(_))).count();
        let greedy = http.path.iter().filter(|segment| matches!(segment, Segment::Greedy(_))).count();
        let specific = (http.literals.len(), http.with_query.len() + http.with_header.len());
        (Reverse(words), greedy, Reverse(specific), !operation.listed, *i)
    });
    let literals = operations.iter().flat_map(|operation| &operation.http.literals);
    let keys: BTreeSet<String> =
        literals.filter(|(_, value)| value.is_empty()).map(|(key, _)| key.clone()).collect();
    (order, keys.into_iter().collect())
}
