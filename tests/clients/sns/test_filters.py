"""Filter policies: what passes, on attributes and on the body, and what is refused in which words.

The refusals are recorded answers of AWS, places in the text included.
"""

import json

import pytest
from answers import same
from policies import empty, let_sns_send, queue_arn, receive
from sns_answers import invalid


def at(policy, column):
    """How AWS names a place."""
    return f'\n at [Source: (String)"{policy}"; line: 1, column: {column}]'


@pytest.fixture
def filtered(sns, sqs, topic, queue, name):
    """Sends messages and answers which of them came through a filter."""
    def filtered(policy, scope, messages):
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=let_sns_send(sqs, queue, topic), Attributes={
            "RawMessageDelivery": "true", "FilterPolicy": json.dumps(policy), "FilterPolicyScope": scope})
        everything = sqs.create_queue(QueueName=name("all"))["QueueUrl"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=let_sns_send(sqs, everything, topic),
                      Attributes={"RawMessageDelivery": "true"})
        for message in messages:
            sns.publish(TopicArn=topic, **message)
        all_came = sorted(entry["Body"] for entry in receive(sqs, everything, len(messages)))
        assert all_came == sorted(message["Message"] for message in messages)
        came = [] if empty(sqs, queue) else receive(sqs, queue)
        while not empty(sqs, queue):
            came += receive(sqs, queue)
        return sorted(entry["Body"] for entry in came)
    return filtered


BODIES = [
    ({"a": {"b": ["x"]}}, {"a": {"b": "x"}}, {"b": "x"}),
    ({"object.nested.test": ["v"]}, {"object.nested": {"test": "v"}}, {"object": {"nested": {"test": "w"}}}),
    ({"headers": {"route-to": ["one"]}}, {"headers": {"route-to": ["one", "two"]}}, {"headers": {"route-to": ["three"]}}),
    ({"Records": {"s3": {"object": {"key": [{"prefix": "auto-"}]}}, "eventName": [{"prefix": "ObjectCreated:"}]}},
     {"Records": [{"eventName": "ObjectCreated:Put", "s3": {"object": [[{"key": "auto-1"}]]}},
                  {"eventName": "ObjectRemoved:Delete", "s3": {"object": {"key": "home-1"}}}]},
     {"Records": [{"eventName": "ObjectCreated:Put", "s3": {"object": {"key": "home-1"}}},
                  {"eventName": "ObjectRemoved:Delete", "s3": {"object": {"key": "auto-1"}}}]}),
    ({"detail": {"eventVersion": [""]}}, {"resources": [], "detail": {"eventVersion": "", "r": None}}, {"detail": {}}),
    ({"detail": {"$or": [{"v4": [{"cidr": "10.0.0.0/24"}]}, {"v6": [{"cidr": "2001:db8:1234:1a00::/64"}]}]}},
     {"detail": {"v6": "2001:0db8:1234:1a00:0000:0000:0000:0000"}}, {"detail": {"v4": "10.0.0.256"}}),
    ({"n": [{"numeric": [">", 0, "<=", 150]}], "b": [True], "z": [None]}, {"n": 150, "b": True, "z": None},
     {"n": 0, "b": True, "z": None}),
    ({"gone": [{"exists": False}]}, {"here": 1}, {"gone": None}),
]


@pytest.mark.parametrize("policy, let_in, kept_out", BODIES, ids=[json.dumps(entry[0]) for entry in BODIES])
def test_on_the_body(filtered, policy, let_in, kept_out):
    messages = [{"Message": json.dumps(body)} for body in (let_in, kept_out)] + [{"Message": "no JSON"}, {"Message": "[1]"}]
    assert filtered(policy, "MessageBody", messages) == [json.dumps(let_in)]


ANYTHING_BUT = [
    (["a", "b"], "c", "b"), ("a", "b", "a"), ({"prefix": "or"}, "x-or", "order"), ({"suffix": ["-x", "-y"]}, "x-z", "x-y"),
    ({"wildcard": "*d*"}, "or", "order"), ({"equals-ignore-case": ["ORDER", "b"]}, "orde", "Order"),
]


@pytest.mark.parametrize("operand, let_in, kept_out", ANYTHING_BUT, ids=[json.dumps(entry[0]) for entry in ANYTHING_BUT])
def test_anything_but(filtered, operand, let_in, kept_out):
    messages = [{"Message": word, "MessageAttributes": {"k": {"DataType": "String", "StringValue": word}}}
                for word in (let_in, kept_out)]
    messages += [{"Message": "none"}]
    assert filtered({"k": [{"anything-but": operand}]}, "MessageAttributes", messages) == [let_in]


def test_anything_but_numbers(filtered):
    messages = [{"Message": word, "MessageAttributes": {"k": {"DataType": "Number", "StringValue": word}}}
                for word in ("1.0", "3", "2e0")]
    assert filtered({"k": [{"anything-but": [1, 2]}]}, "MessageAttributes", messages) == ["3"]


def test_arrays_of_attributes(filtered):
    messages = [{"Message": words, "MessageAttributes": {"k": {"DataType": "String.Array", "StringValue": words}}}
                for words in ('["x", 5, true, null]', '["y", 6]', '[]', '["x"]', "no JSON")]
    assert filtered({"k": [5, {"prefix": "q"}, None]}, "MessageAttributes", messages) == ['["x", 5, true, null]']


REFUSED = [
    ({"key": [["value"]]}, "Match value must be String, number, true, false, or null", 10),
    ({"key": [{"wrong-operator": True}]}, "Unrecognized match type wrong-operator", 31),
    ({"key": [{"suffix": "value", "prefix": "value2"}]}, "Only one key allowed in match expression", 37),
    ({"key": []}, "Empty arrays are not allowed", 10),
    ({"key": [{"suffix": 100}]}, "suffix match pattern must be a string", 22),
    ({"key": [{"suffix": None}]}, "suffix match pattern must be a string", 23),
    ({"key": {"suffix": "value"}}, '"suffix" must be an object or an array', 19),
    ({"key": [{"suffix": []}]}, "suffix match pattern must be a string", 20),
    ({"key": {"not-an-operator": "value"}}, '"not-an-operator" must be an object or an array', 28),
    ({"key": [{"cidr": ["bad-filter"]}]}, "prefix match pattern must be a string", 18),
    ({"key": [{"cidr": "bad-filter"}]}, "Malformed CIDR, one '/' required", None),
    ({"key": [{"cidr": "bad-filter/64"}]}, "Nonstandard IP address: bad-filter", None),
    ({"key": [{"cidr": "bad-filter/bad"}]}, "Malformed CIDR, mask bits must be an integer", None),
    ({"key": [{"numeric": []}]}, "Invalid member in numeric match: ]", 22),
    ({"key": [{"numeric": ["operator"]}]}, "Unrecognized numeric range operator: operator", 32),
    ({"key": [{"numeric": [1, "<="]}]}, "Invalid member in numeric match: 1", 22),
    ({"key": [{"numeric": ["=", "000"]}]}, "Value of equals must be numeric", 26),
    ({"key": [{"numeric": [">="]}]}, "Value of >= must be numeric", 26),
    ({"key": [{"numeric": ["<", 100, ">", 10]}]}, "Too many elements in numeric expression", 30),
    ({"key": [{"numeric": [">=", 1, ">", 2]}]}, "Bad numeric range operator: >", 31),
    ({"key": [{"numeric": [">", 3, "<", 1]}]}, "Bottom must be less than top", 33),
    ({"key": [{"numeric": [">", 20, "<="]}]}, "Value of <= must be numeric", 33),
    ({"key": [{"numeric": [">", 20, 30]}]}, "Bad value in numeric range: 30", 30),
    ({"key": [{"numeric": [">", 20, "test"]}]}, "Bad numeric range operator: test", 34),
    ({"key": [{"numeric": [">", "20", "<", "30"]}]}, "Value of > must be numeric", 26),
    ({"key": [{"numeric": [">", 20, "<", "30"]}]}, "Value of < must be numeric", 33),
    ({"key": [{"numeric": [">", 20, "<", 30, "<", 50]}]}, "Too many terms in numeric range expression", 36),
    ({"key": [{"exists": None}]}, "exists match pattern must be either true or false.", 23),
    ({"key": [{"exists": "no"}]}, "exists match pattern must be either true or false.", 20),
    ({"key": [{"anything-but": {"wrong-operator": None}}]}, "Unsupported anything-but pattern: wrong-operator", 47),
    ({"key": [{"anything-but": {"exists": False}}]}, "Unsupported anything-but pattern: exists", 40),
    ({"key": [{"anything-but": {"prefix": False}}]}, "prefix match pattern must be a string", 40),
    ({"key": [f"value{n}" for n in range(151)]}, "Filter policy is too complex", None),
    ({"key1": [f"{n}" for n in range(100)], "key2": [f"{n}" for n in range(51)]}, "Filter policy is too complex", None),
    ({f"key{n}": ["v"] for n in range(6)}, "Filter policy can not have more than 5 keys", None),
]


@pytest.mark.parametrize("policy, words, column", REFUSED, ids=[json.dumps(entry[0])[:60] for entry in REFUSED])
def test_policies_that_are_refused(sns, sqs, topic, queue, policy, words, column):
    text = json.dumps(policy, separators=(",", ":"))
    whole = f"FilterPolicy: {words}" + (at(text, column) if column else "")
    with invalid(f"Invalid parameter: Attributes Reason: {whole}"):
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue), Attributes={"FilterPolicy": text})
    arn = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue))["SubscriptionArn"]
    with invalid(f"Invalid parameter: {whole}"):
        sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="FilterPolicy", AttributeValue=text)


@pytest.mark.parametrize("text, words", [
    ("{invalid}", "Unexpected character ('i' (code 105)): was expecting double-quote to start field name\n at [Source: "
                  "REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]"),
    ("invalid", "Unrecognized token 'invalid': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or "
                "'false')\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, "
                "column: 8]"),
])
def test_text_that_is_no_json(sns, sqs, topic, queue, text, words):
    arn = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue))["SubscriptionArn"]
    for attribute in ("FilterPolicy", "RedrivePolicy"):
        with invalid(f"Invalid parameter: {attribute}: failed to parse JSON. {words}"):
            sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName=attribute, AttributeValue=text)


def test_scope_and_complexity(sns, sqs, topic, queue):
    arn = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue))["SubscriptionArn"]

    def put(name, value):
        return sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName=name, AttributeValue=value)

    nested = {"key_a": {"key_b": {"key_c": list("1234")}}, "key_d": {"key_e": list("123")}}
    with invalid("Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy"):
        put("FilterPolicy", json.dumps(nested))
    same(put("FilterPolicyScope", "MessageBody"), 200)
    same(put("FilterPolicy", json.dumps(nested)), 200)  # 3 x 4 x 2 x 3 = 72
    with invalid("Invalid parameter: FilterPolicy: Filter policy is too complex"):
        put("FilterPolicy", json.dumps({**nested, "key_f": list("123")}))  # 216
    with invalid("Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy"):
        put("FilterPolicyScope", "MessageAttributes")
    either = {"source": list("123"), "$or": [{"metricName": list("123456")}, {
        "metricType": list("1234"), "$or": [{"metricId": [1, 2, 3, 4]}, {"spaceId": [1, 2, 3, 4, 5, 6, 7]}]}]}
    same(put("FilterPolicy", json.dumps(either)), 200)  # 18 + 48 + 84 = 150
    either["source"].append("4")
    with invalid("Invalid parameter: FilterPolicy: Filter policy is too complex"):
        put("FilterPolicy", json.dumps(either))
    seen = sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    assert seen["FilterPolicyScope"] == "MessageBody" and json.loads(seen["FilterPolicy"])["source"] == list("123")
    same(put("FilterPolicy", "{}"), 200)
    assert "FilterPolicy" not in sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]


@pytest.mark.parametrize("text, words", [
    (json.dumps({"key": ["x" * 300 * 1024]}), "FilterPolicy: Filter policy is too large"),
    ('{"a":' * 60_000, "FilterPolicy: Filter policy is too large"),
    (json.dumps({f"k{n}": [1] for n in range(16_000)}), "FilterPolicy: Filter policy can not have more than 5 keys"),
    (json.dumps({"k": [str(n) for n in range(20_000)]}), "FilterPolicy: Filter policy is too complex"),
], ids=["text", "depth", "keys", "values"])
def test_a_policy_of_300_kilobytes(sns, sqs, topic, queue, text, words):
    with invalid(f"Invalid parameter: Attributes Reason: {words}"):
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue), Attributes={"FilterPolicy": text})
    same(sns.list_subscriptions_by_topic(TopicArn=topic), 200, {"Subscriptions": []})
