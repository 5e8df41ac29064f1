//! One request and one answer of SQS in both of its protocols.

#![allow(clippy::unwrap_used, reason = "tests")]

use api_sqs::{
    CreateQueue, CreateQueueRequest, DeleteMessage, ListQueues, ListQueuesResult, Message,
    MessageAttributeValue, ReceiveMessage, ReceiveMessageResult, SERVICE, SendMessage, SendMessageBatch,
    SendMessageBatchRequest, SendMessageRequest, SendMessageResult, errors,
};
use wire::route::Lost;
use wire::{Body, Fault, Map, Operation, Protocol, Reason, Reject, ReplyContext, Request, Response, Shape};

fn request(headers: &[(&str, &str)], path: &str, body: &str) -> Request {
    let mut builder = http::Request::builder().method("POST").uri(path).header("host", "localhost:4566");
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    let (head, ()) = builder.body(()).unwrap().into_parts();
    Request::new(head, Body::Full(bytes::Bytes::copy_from_slice(body.as_bytes())))
}

fn json(target: &str, body: &str) -> Request {
    let target = format!("AmazonSQS.{target}");
    request(&[("content-type", "application/x-amz-json-1.0"), ("x-amz-target", &target)], "/", body)
}

fn form(path: &str, body: &str) -> Request {
    request(&[("content-type", "application/x-www-form-urlencoded; charset=utf-8")], path, body)
}

fn decode<O: Operation>(mut request: Request) -> Result<O::Input, Reject> {
    let protocol = SERVICE.protocol(&request.head).expect("a protocol");
    let row = protocol.find(&SERVICE, &request).expect("an operation");
    assert_eq!(row.name, O::META.name);
    let mut input = O::Input::default();
    protocol.decode(O::META, &mut request, &mut input).map(|()| input)
}

fn body(response: &Response) -> &str {
    match response.body() {
        Body::Full(bytes) => std::str::from_utf8(bytes).unwrap(),
        Body::Stream(_) => panic!("no stream expected"),
    }
}

fn reply() -> ReplyContext<'static> {
    ReplyContext { request_id: "id-1", service: Some(&SERVICE), ..ReplyContext::default() }
}

#[test]
fn send_message_is_the_same_in_both() {
    let first = decode::<SendMessage>(json(
        "SendMessage",
        r#"{"QueueUrl":"http://q/1","MessageBody":"a \"b\" é","DelaySeconds":3,"Unknown":[{"a":1}],
           "MessageAttributes":{"k":{"DataType":"Binary","BinaryValue":"AAEC"},"n":{"DataType":"Number","StringValue":"5"}},
           "MessageGroupId":null}"#,
    ));
    let second = decode::<SendMessage>(form(
        "/",
        "Action=SendMessage&Version=2012-11-05&QueueUrl=http%3A%2F%2Fq%2F1&MessageBody=a+%22b%22+%C3%A9&DelaySeconds=3\
         &MessageAttribute.2.Name=k&MessageAttribute.2.Value.DataType=Binary&MessageAttribute.2.Value.BinaryValue=AAEC\
         &MessageAttribute.10.Name=n&MessageAttribute.10.Value.DataType=Number&MessageAttribute.10.Value.StringValue=5",
    ));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
    assert_eq!(first.message_body, "a \"b\" é");
    assert_eq!(first.delay_seconds, Some(3));
    let attributes: Map<MessageAttributeValue> = first.message_attributes.unwrap();
    assert_eq!(attributes["k"].binary_value.as_deref(), Some(&[0, 1, 2][..]));
    assert!(first.message_group_id.is_none());
}

#[test]
fn lists_are_ordered_by_number() {
    let entry = |i| {
        format!("SendMessageBatchRequestEntry.{i}.Id=i{i}&SendMessageBatchRequestEntry.{i}.MessageBody=b")
    };
    let entries: Vec<String> = (1..=11).rev().map(entry).collect();
    let entries = entries.join("&");
    let input: SendMessageBatchRequest =
        decode::<SendMessageBatch>(form("/", &format!("Action=SendMessageBatch&QueueUrl=q&{entries}")))
            .unwrap();
    let ids: Vec<&str> = input.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8", "i9", "i10", "i11"]);
}

#[test]
fn flattened_maps_of_the_old_model_are_read() {
    let input: CreateQueueRequest = decode::<CreateQueue>(form(
        "/",
        "Action=CreateQueue&QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=5&Tag.1.Key=a&Tag.1.Value=b",
    ))
    .unwrap();
    assert_eq!(input.attributes.unwrap()["DelaySeconds"], "5");
    assert_eq!(input.tags.unwrap()["a"], "b");
}

#[test]
fn the_queue_url_of_a_form_is_the_address() {
    let input = decode::<SendMessage>(form("/000000000000/q", "Action=SendMessage&MessageBody=x")).unwrap();
    assert_eq!(input.queue_url, "http://localhost:4566/000000000000/q");
}

#[test]
fn what_is_missing_or_malformed_is_said() {
    let reject = decode::<SendMessage>(json("SendMessage", r#"{"DelaySeconds":1}"#)).unwrap_err();
    assert_eq!(reject.reason(), &Reason::Missing(vec!["QueueUrl".into(), "MessageBody".into()]));
    let reject = decode::<SendMessage>(json("SendMessage", r#"{"DelaySeconds":"1"}"#)).unwrap_err();
    assert_eq!(reject.to_string(), "DelaySeconds: STRING_VALUE can not be converted to Integer");
    let fault = wire::protocol::AWS_JSON_1_0.fault(&reject);
    assert_eq!((fault.code(), fault.status()), ("SerializationException", 400));
    let protocol = &wire::protocol::AWS_QUERY;
    assert_eq!(protocol.find(&SERVICE, &form("/", "Action=Nope")).unwrap_err(), Lost::Unknown("Nope".into()));
    assert_eq!(protocol.find(&SERVICE, &form("/", "")).unwrap_err(), Lost::NoAction);
}

#[test]
fn answers_in_json() {
    let protocol = &wire::protocol::AWS_JSON_1_0;
    let output = SendMessageResult { message_id: Some("m".into()), ..SendMessageResult::default() };
    let response = protocol.encode(SendMessage::META, &output, &reply());
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/x-amz-json-1.0");
    assert_eq!(response.headers()["x-amzn-requestid"], "id-1");
    assert_eq!(body(&response), r#"{"MessageId":"m"}"#);
    assert_eq!(body(&protocol.encode(DeleteMessage::META, &wire::Empty, &reply())), "");
}

#[test]
fn answers_in_xml() {
    let protocol = &wire::protocol::AWS_QUERY;
    let output = ListQueuesResult { queue_urls: Some(vec!["u1".into(), "u&2".into()]), next_token: None };
    let response = protocol.encode(ListQueues::META, &output, &reply());
    assert_eq!(
        body(&response),
        "<ListQueuesResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><ListQueuesResult>\
         <QueueUrl>u1</QueueUrl><QueueUrl>u&amp;2</QueueUrl></ListQueuesResult>\
         <ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></ListQueuesResponse>"
    );
    let attributes = Map::from([("SenderId".to_owned(), "A".to_owned())]);
    let value = MessageAttributeValue {
        data_type: "String".into(),
        string_value: Some("v".into()),
        ..Default::default()
    };
    let message = Message {
        body: Some("hi".into()),
        attributes: Some(attributes),
        message_attributes: Some(Map::from([("k".to_owned(), value)])),
        ..Message::default()
    };
    let output = ReceiveMessageResult { messages: Some(vec![message]) };
    let response = protocol.encode(ReceiveMessage::META, &output, &reply());
    let inside = "<Message><Body>hi</Body><Attribute><Name>SenderId</Name><Value>A</Value></Attribute><MessageAttribute>\
                  <Name>k</Name><Value><StringValue>v</StringValue><DataType>String</DataType></Value></MessageAttribute></Message>";
    assert!(body(&response).contains(inside), "{}", body(&response));
}

#[test]
fn refuses_with_the_codes_of_each() {
    let fault =
        Fault::new(&errors::QUEUE_DOES_NOT_EXIST, "The specified queue does not exist.").because("private");
    let response = wire::protocol::AWS_JSON_1_0.refuse(Some(SendMessage::META), &fault, &reply());
    assert_eq!(response.status(), 400);
    assert_eq!(response.headers()["x-amzn-query-error"], "AWS.SimpleQueueService.NonExistentQueue;Sender");
    assert_eq!(
        body(&response),
        r#"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}"#
    );
    let response = wire::protocol::AWS_QUERY.refuse(None, &fault, &reply());
    assert_eq!(
        body(&response),
        "<ErrorResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><Error><Type>Sender</Type>\
         <Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>The specified queue does not exist.</Message>\
         <Detail></Detail></Error><RequestId>id-1</RequestId></ErrorResponse>"
    );
}

#[test]
fn packs_and_unpacks() {
    let input = SendMessageRequest { queue_url: "q".into(), message_body: "b".into(), ..Default::default() };
    let mut again = SendMessageRequest::default();
    wire::pack::unpack(&wire::pack::pack(&input), &mut again).unwrap();
    assert_eq!(format!("{input:?}"), format!("{again:?}"));
    assert_eq!(again.schema().name, "SendMessageRequest");
}
