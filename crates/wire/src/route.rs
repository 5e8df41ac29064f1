//! Which operation a request asks for.

use std::borrow::Cow;

use http::HeaderName;
use http::request::Parts;

use crate::form::Form;
use crate::operation::{Http, OperationRow, Segment, ServiceMeta};
use crate::text::{pairs, percent_decode};

/// Names the operation of an `awsJson` request.
pub const X_AMZ_TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// Why no operation was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// The request names none.
    NoAction,
    /// The model has no operation of this name.
    Unknown(String),
    /// No operation has this method, path and query.
    NoRoute,
}

/// The operation, as far as the head names it: by target, by path, or by `Action` in the query string.
/// `bucket` is the bucket that the host names; the path is then the key.
pub fn find(
    service: &'static ServiceMeta,
    head: &Parts,
    bucket: Option<&str>,
) -> Result<&'static OperationRow, Lost> {
    if !service.routes.is_empty() {
        return by_path(service, head, bucket);
    }
    if head.headers.contains_key(X_AMZ_TARGET) {
        return by_target(service, head);
    }
    by_action(service, head, &[])
}

/// By `X-Amz-Target: Prefix.Operation`.
pub fn by_target(service: &'static ServiceMeta, head: &Parts) -> Result<&'static OperationRow, Lost> {
    let target = head.headers.get(X_AMZ_TARGET).ok_or(Lost::NoAction)?;
    let target = target.to_str().unwrap_or("");
    let name = target.strip_prefix(service.target_prefix).and_then(|rest| rest.strip_prefix('.'));
    name.and_then(|name| service.operation(name)).ok_or_else(|| Lost::Unknown(target.to_owned()))
}

/// By `/service/<service>/operation/<operation>`, at the end of the path.
pub fn by_rpc_path(service: &'static ServiceMeta, head: &Parts) -> Result<&'static OperationRow, Lost> {
    let mut pieces = head.uri.path().rsplit('/');
    let (name, operation, wanted, word) = (pieces.next(), pieces.next(), pieces.next(), pieces.next());
    let (Some(name), Some("operation"), Some(wanted), Some("service")) = (name, operation, wanted, word)
    else {
        return Err(Lost::NoRoute);
    };
    let row = service.operation(name).filter(|_| wanted == service.target_prefix);
    row.ok_or_else(|| Lost::Unknown(format!("{wanted}.{name}")))
}

/// By the parameter `Action`, of the query string or of a form.
pub fn by_action(
    service: &'static ServiceMeta,
    head: &Parts,
    body: &[u8],
) -> Result<&'static OperationRow, Lost> {
    let action = match action_in_query(head) {
        Some(action) => Some(action),
        None => std::str::from_utf8(body).ok().and_then(action),
    };
    let action = action.ok_or(Lost::NoAction)?;
    service.operation(&action).ok_or_else(|| Lost::Unknown(action.into_owned()))
}

/// The parameter `Action` of the query string.
#[must_use]
pub fn action_in_query(head: &Parts) -> Option<Cow<'_, str>> {
    action(head.uri.query()?)
}

fn action(form: &str) -> Option<Cow<'_, str>> {
    let (_, value) = pairs(form).find(|(key, _)| *key == "Action")?;
    percent_decode(value, true)
}

/// By method, path, query and headers: the first row that fits, the most specific ones being first.
pub fn by_path(
    service: &'static ServiceMeta,
    head: &Parts,
    bucket: Option<&str>,
) -> Result<&'static OperationRow, Lost> {
    let query = head.uri.query().unwrap_or("");
    // A key that names a sub-resource keeps the request away from the plain operation: `DELETE /bucket?cors`
    // must never delete the bucket.
    let named = !query.is_empty() && pairs(query).any(|(key, _)| is_literal(service, key));
    let rows = service.routes.iter().map(|at| &service.operations[usize::from(*at)]);
    rows.into_iter()
        .find(|row| {
            let http = row.http;
            let wants_name = http.literals.first().is_some_and(|(_, value)| value.is_empty());
            (wants_name || !named || !http.literals.is_empty())
                && (named || !wants_name)
                && fits(http, head, query)
                && labels(http, head, bucket, &mut |_, _| {})
        })
        .ok_or(Lost::NoRoute)
}

fn is_literal(service: &ServiceMeta, key: &str) -> bool {
    service.literals.binary_search(&key).is_ok()
}

fn fits(http: &Http, head: &Parts, query: &str) -> bool {
    head.method.as_str() == http.method
        && http
            .literals
            .iter()
            .all(|(key, value)| pairs(query).any(|(k, v)| k == *key && (value.is_empty() || v == *value)))
        && http.with_query.iter().all(|key| pairs(query).any(|(k, _)| k == *key))
        && http.with_header.iter().all(|name| head.headers.contains_key(*name))
}

/// Compares a path with a pattern and hands out its labels, still encoded. A bucket named by the host stands for
/// the first label.
pub fn labels(
    http: &Http,
    head: &Parts,
    bucket: Option<&str>,
    each: &mut dyn FnMut(&'static str, &str),
) -> bool {
    let mut pattern = http.path;
    let path = head.uri.path();
    let mut rest = Some(path.strip_prefix('/').unwrap_or(path));
    if let Some(bucket) = bucket {
        let Some((Segment::Label(name), others)) = pattern.split_first() else { return false };
        each(name, bucket);
        pattern = others;
    }
    while let Some((segment, others)) = pattern.split_first() {
        let Some(text) = rest else { return false };
        let greedy = matches!(segment, Segment::Greedy(_));
        let end = if greedy { greedy_end(text, others.len()) } else { text.find('/').or(Some(text.len())) };
        let Some(end) = end.filter(|end| *end > 0) else { return false };
        match segment {
            Segment::Word(word) if *word == &text[..end] => {}
            Segment::Word(_) => return false,
            Segment::Label(name) | Segment::Greedy(name) => each(name, &text[..end]),
        }
        rest = text[end..].strip_prefix('/');
        pattern = others;
    }
    rest.is_none_or(str::is_empty)
}

/// Where a greedy label ends when `behind` segments follow it.
fn greedy_end(text: &str, behind: usize) -> Option<usize> {
    if behind == 0 {
        return Some(text.len());
    }
    text.rmatch_indices('/').nth(behind - 1).map(|(at, _)| at)
}

/// The parameters of a form, for callers that need more than the action.
pub fn form<'a>(head: &'a Parts, body: &'a [u8]) -> Result<Form<'a>, crate::Reject> {
    Form::new(body, head.uri.query().unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &'static [Segment], uri: &str, bucket: Option<&str>) -> Option<Vec<String>> {
        let http = Http {
            method: "GET",
            uri: "",
            path,
            literals: &[],
            with_query: &[],
            with_header: &[],
            status: 200,
        };
        let (head, ()) = http::Request::builder().uri(uri).body(()).unwrap().into_parts();
        let mut found = Vec::new();
        labels(&http, &head, bucket, &mut |name, value| found.push(format!("{name}={value}")))
            .then_some(found)
    }

    #[test]
    fn labels_take_their_segments() {
        use Segment::{Greedy, Label, Word};
        let function: &[Segment] = &[Word("f"), Label("Name"), Word("calls")];
        let middle: &[Segment] = &[Word("a"), Greedy("Arn"), Word("b"), Label("Last")];
        let object: &[Segment] = &[Label("Bucket"), Greedy("Key")];
        for (path, uri, bucket, expected) in [
            (function, "/f/x%20y/calls", None, Some("Name=x%20y")),
            (function, "/f/x/calls/", None, Some("Name=x")),
            (function, "/f/x/y/calls", None, None),
            (function, "/f//calls", None, None),
            (middle, "/a/x/y/z/b/c", None, Some("Arn=x/y/z Last=c")),
            (middle, "/a/b/c", None, None),
            (object, "/b/k/l", None, Some("Bucket=b Key=k/l")),
            (object, "/b//", None, Some("Bucket=b Key=/")),
            (object, "/b/", None, None),
            (object, "//k", Some("b"), Some("Bucket=b Key=/k")),
            (object, "/", Some("b"), None),
            (&[], "/", None, Some("")),
            (&[], "/x", None, None),
            (&[], "/", Some("b"), None),
        ] {
            let found = read(path, uri, bucket).map(|labels| labels.join(" "));
            assert_eq!(found.as_deref(), expected, "{path:?} {uri}");
        }
    }
}
