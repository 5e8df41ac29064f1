"""Applications on phones, and the devices that have them: what they are sent can be read."""

import json
import re

import pytest
from answers import UUID, Text, agree, refused, same
from identities import allow
from policies import allow as let_service, let_sns_send, receive
from post_office import sent
from sns_answers import ISO, SENDER, invalid

KEYS = {"PlatformCredential": "secret", "PlatformPrincipal": "id"}


def missing(what):
    return refused(404, "NotFound", f"{what} does not exist", **SENDER)


@pytest.fixture
def make(sns, name):
    """Makes an application of a platform."""
    def made(platform, **more):
        attributes = {**KEYS, **more} if platform != "GCM" else {"PlatformCredential": "secret", **more}
        given = {"Name": name("app"), "Platform": platform, "Attributes": attributes}
        return sns.create_platform_application(**given)["PlatformApplicationArn"]
    return made


@pytest.fixture
def application(make):
    return make("ADM")


@pytest.fixture
def device(sns, application):
    return sns.create_platform_endpoint(PlatformApplicationArn=application, Token="token")["EndpointArn"]


def shown(arn, message, text, **more):
    """A notification as the errand shows it."""
    return {"Protocol": "application", "To": arn, "Region": "us-east-1", "TopicArn": None, "SubscriptionArn": None,
            "MessageId": message, "Subject": None, "Message": text, "MessageAttributes": {}, "Timestamp": ISO, **more}


def attributes_of(sns, arn):
    if ":app/" in arn:
        return sns.get_platform_application_attributes(PlatformApplicationArn=arn)["Attributes"]
    return sns.get_endpoint_attributes(EndpointArn=arn)["Attributes"]


def test_applications(own_aws):
    sns = own_aws.client("sns")
    same(sns.list_platform_applications(), 200, {"PlatformApplications": []})
    arn = "arn:aws:sns:us-east-1:000000000000:app/ADM/app.One-1_"
    given = {"Name": "app.One-1_", "Platform": "ADM", "Attributes": KEYS}
    for _ in range(2):
        same(sns.create_platform_application(**given), 200, {"PlatformApplicationArn": arn})
    same(sns.get_platform_application_attributes(PlatformApplicationArn=arn), 200, {"Attributes": {"Enabled": "true"}})
    set_ = {"SuccessFeedbackSampleRate": "50", "SuccessFeedbackRoleArn": "arn:aws:iam::000000000000:role/logs"}
    same(sns.set_platform_application_attributes(PlatformApplicationArn=arn, Attributes={**set_, **KEYS}), 200)
    same(sns.list_platform_applications(), 200, {
        "PlatformApplications": [{"PlatformApplicationArn": arn, "Attributes": {"Enabled": "true", **set_}}]})
    with invalid("Invalid parameter: Name Reason: An application with the same name but different properties already exists"):
        sns.create_platform_application(**{**given, "Attributes": {**KEYS, "SuccessFeedbackSampleRate": "1"}})
    # Of each region and each platform.
    same(own_aws.client("sns", region_name="eu-west-1").list_platform_applications(), 200, {"PlatformApplications": []})
    sns.create_platform_application(**{**given, "Platform": "BAIDU"})
    assert len(sns.list_platform_applications()["PlatformApplications"]) == 2
    for _ in range(2):
        same(sns.delete_platform_application(PlatformApplicationArn=arn), 200)
    with missing("PlatformApplication"):
        sns.get_platform_application_attributes(PlatformApplicationArn=arn)


def test_what_an_application_says_of_its_credentials(sns, make):
    for platform, more, expected in (
        ("APNS", {}, {"AuthenticationMethod": "certificate"}),
        ("APNS_SANDBOX", {"ApplePlatformTeamID": "TEAM123456", "ApplePlatformBundleID": "org.example.app"},
         {"AuthenticationMethod": "token", "ApplePlatformTeamID": "TEAM123456", "ApplePlatformBundleID": "org.example.app"}),
        ("GCM", {}, {"AuthenticationMethod": "key"}),
        ("GCM", {"PlatformCredential": '{"type": "service_account"}'}, {"AuthenticationMethod": "token"}),
        ("WNS", {}, {}),
    ):
        assert attributes_of(sns, make(platform, **more)) == {"Enabled": "true", **expected}


@pytest.mark.parametrize("name_, platform, given, words", [
    ("a", "AAA", KEYS, "Platform Reason: AAA is not supported"),
    ("@name", "ADM", KEYS, "@name Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'"),
    ("", "ADM", KEYS, "Reason: cannot be empty"),
    ("a" * 257, "ADM", KEYS, "a" * 257 + " Reason: must be at most 256 characters long"),
    ("a", "ADM", {"PlatformPrincipal": "id"}, "Attributes Reason: PlatformPrincipal attribute provided without PlatformCredential"),
    ("a", "ADM", {"PlatformCredential": "x"}, "Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal"),
    ("a", "ADM", {"Enabled": "true"}, "Attributes Reason: Platform credentials are invalid"),
    ("a", "ADM", {**KEYS, "Nonsense": "x"}, "Attributes Reason: Invalid attribute name: Nonsense"),
    ("a", "ADM", {**KEYS, "Enabled": "x"}, "Attributes Reason: Invalid value for attribute: Enabled: must be true or false"),
    ("a", "ADM", {**KEYS, "SuccessFeedbackSampleRate": "101"},
     "Attributes Reason: Invalid value for attribute: SuccessFeedbackSampleRate: 101 value provided is not an integer between 0-100"),
])
def test_applications_that_are_refused(sns, name_, platform, given, words):
    with invalid(f"Invalid parameter: {words}"):
        sns.create_platform_application(Name=name_, Platform=platform, Attributes=given)


def test_events_of_an_application(sns, sqs, name, topic, queue, application):
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=let_sns_send(sqs, queue, topic), Attributes={"RawMessageDelivery": "true"})
    policy = let_service("sns.amazonaws.com", "sns:Publish", topic, application)
    sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)
    names = ["EndpointCreated", "EndpointDeleted", "EndpointUpdated", "DeliveryFailure"]
    given = {f"Event{name}": topic for name in names}
    sns.set_platform_application_attributes(PlatformApplicationArn=application, Attributes=given)
    assert attributes_of(sns, application) == {"Enabled": "true", **given}
    device = sns.create_platform_endpoint(PlatformApplicationArn=application, Token="token")["EndpointArn"]

    def told(kind, **more):
        agree(json.loads(receive(sqs, queue)[0]["Body"]), {
            "EndpointArn": device, "EventType": kind, "Resource": application, "Service": "SNS", "Time": ISO, **more})

    told("EndpointCreated")
    sns.create_platform_endpoint(PlatformApplicationArn=application, Token="token")  # it is there already
    sns.set_endpoint_attributes(EndpointArn=device, Attributes={"Enabled": "true"})  # nothing new
    sns.set_endpoint_attributes(EndpointArn=device, Attributes={"Enabled": "false"})
    told("EndpointUpdated")
    news = sns.create_topic(Name=name("news"))["TopicArn"]
    sns.subscribe(TopicArn=news, Protocol="application", Endpoint=device)
    message = sns.publish(TopicArn=news, Message="m")["MessageId"]
    told("DeliveryFailure", DeliveryAttempts=1, FailureType="EndpointDisabled", FailureMessage="Endpoint is disabled", MessageId=message)
    for _ in range(2):
        sns.delete_endpoint(EndpointArn=device)
    told("EndpointDeleted")
    # A topic that is taken away is told nothing any more.
    sns.set_platform_application_attributes(PlatformApplicationArn=application, Attributes={"EventEndpointCreated": ""})
    assert attributes_of(sns, application) == {"Enabled": "true", **{f"Event{name}": topic for name in names[1:]}}
    device = sns.create_platform_endpoint(PlatformApplicationArn=application, Token="other")["EndpointArn"]
    sns.delete_endpoint(EndpointArn=device)
    told("EndpointDeleted")
    for wrong in ("nothing", application):
        with invalid("Invalid parameter: Attributes Reason: Invalid value for attribute: EventEndpointCreated: must be the ARN of a topic"):
            sns.set_platform_application_attributes(PlatformApplicationArn=application, Attributes={"EventEndpointCreated": wrong})


def test_arns_that_are_none(sns, application):
    slashes = "Wrong number of slashes in relative portion of the ARN."
    elements = "An ARN must have at least 6 elements, not 1"
    elsewhere = application.replace("us-east-1", "eu-west-1")
    short = application.replace(":app/", ":endpoint/") + "/1"
    no_id = "ARN specifies an invalid endpointId: UUID must be encoded in exactly 36 characters."
    for call, name, wrong in (
        (sns.get_platform_application_attributes, "PlatformApplicationArn", {"x": elements, application + "/1": slashes, elsewhere: None}),
        (sns.list_endpoints_by_platform_application, "PlatformApplicationArn", {"x": elements}),
        (sns.delete_platform_application, "PlatformApplicationArn", {"x": elements}),
        (sns.get_endpoint_attributes, "EndpointArn", {"x": elements, application: slashes, short: no_id}),
        (sns.delete_endpoint, "EndpointArn", {"x": elements, application: slashes, short: no_id}),
    ):
        for arn, why in wrong.items():
            with invalid(f"Invalid parameter: {name}" + (f" Reason: {why}" if why else "")):
                call(**{name: arn})
    gone = application + "x"
    for call in (lambda: sns.get_platform_application_attributes(PlatformApplicationArn=gone),
                 lambda: sns.set_platform_application_attributes(PlatformApplicationArn=gone, Attributes=KEYS),
                 lambda: sns.list_endpoints_by_platform_application(PlatformApplicationArn=gone),
                 lambda: sns.create_platform_endpoint(PlatformApplicationArn=gone, Token="t")):
        with missing("PlatformApplication"):
            call()


def test_devices(sns, application):
    arn = same(sns.create_platform_endpoint(PlatformApplicationArn=application, Token="token"), 200, {
        "EndpointArn": Text(re.escape(application.replace(":app/", ":endpoint/")) + "/[0-9a-f-]{36}")})["EndpointArn"]
    # The same token with the same attributes is the same device.
    for same_again in ({}, {"Attributes": {"Enabled": "True"}}):
        same(sns.create_platform_endpoint(PlatformApplicationArn=application, Token="token", **same_again), 200, {"EndpointArn": arn})
    for differs in ({"CustomUserData": "x"}, {"Attributes": {"Enabled": "false"}}):
        with invalid(f"Invalid parameter: Token Reason: Endpoint {arn} already exists with the same Token, but different attributes."):
            sns.create_platform_endpoint(PlatformApplicationArn=application, Token="token", **differs)
    same(sns.list_endpoints_by_platform_application(PlatformApplicationArn=application), 200, {
        "Endpoints": [{"EndpointArn": arn, "Attributes": {"Enabled": "true", "Token": "token"}}]})
    same(sns.set_endpoint_attributes(EndpointArn=arn, Attributes={"CustomUserData": "mine", "Enabled": "FALSE"}), 200)
    same(sns.get_endpoint_attributes(EndpointArn=arn), 200,
         {"Attributes": {"Enabled": "false", "Token": "token", "CustomUserData": "mine"}})
    for _ in range(2):
        same(sns.delete_endpoint(EndpointArn=arn), 200)
    for call in (lambda: sns.get_endpoint_attributes(EndpointArn=arn),
                 lambda: sns.set_endpoint_attributes(EndpointArn=arn, Attributes={"Enabled": "true"})):
        with missing("Endpoint"):
            call()
    other = sns.create_platform_endpoint(PlatformApplicationArn=application, Token="token", CustomUserData="bar",
                                         Attributes={"CustomUserData": "foo"})["EndpointArn"]
    assert other != arn and attributes_of(sns, other) == {"Enabled": "true", "Token": "token", "CustomUserData": "foo"}
    same(sns.delete_platform_application(PlatformApplicationArn=application), 200)
    with missing("Endpoint"):
        sns.get_endpoint_attributes(EndpointArn=other)


def test_tokens_that_change(sns, application, device):
    sns.set_endpoint_attributes(EndpointArn=device, Attributes={"Token": "later"})
    again = lambda token: sns.create_platform_endpoint(PlatformApplicationArn=application, Token=token)["EndpointArn"]
    assert again("later") == device
    second = again("token")
    assert second != device
    # A token that wanders finds who has it, whoever goes.
    sns.set_endpoint_attributes(EndpointArn=second, Attributes={"Token": "later"})
    sns.delete_endpoint(EndpointArn=device)
    assert again("later") == second


def test_tokens_and_data_that_are_refused(sns, make, application, device):
    ios = make("APNS")
    given = "Attributes Reason: Invalid value for attribute: "
    create = lambda app, token, **more: lambda: sns.create_platform_endpoint(PlatformApplicationArn=app, Token=token, **more)
    change = lambda **attributes: lambda: sns.set_endpoint_attributes(EndpointArn=device, Attributes=attributes)
    for call, words in (
        (create(ios, "nothing hexadecimal"), "Token Reason: iOS device tokens must be no more than 400 hexadecimal characters"),
        (create(ios, "a" * 401), "Token Reason: iOS device tokens must be no more than 400 hexadecimal characters"),
        (create(application, "a" * 8193), "Token Reason: must be at most 8192 bytes long in UTF-8 encoding"),
        (create(application, ""), "Token Reason: cannot be empty"),
        (create(application, "x", CustomUserData="é" * 1025), "CustomUserData Reason: must be at most 2048 bytes long in UTF-8 encoding"),
        (create(application, "x", Attributes={"CustomUserData": "x" * 2049}),
         given + "CustomUserData: must be at most 2048 bytes long in UTF-8 encoding"),
        (change(CustomUserData="x" * 2049), given + "CustomUserData: must be at most 2048 bytes long in UTF-8 encoding"),
        (change(Enabled="maybe"), given + "Enabled: must be true or false"),
        (change(Token=""), given + "Token: cannot be empty"),
        *((change(**{name: "x"}), f"Attributes Reason: Invalid attribute name: {name}")
          for name in ("PlatformPrincipal", "PlatformCredential", "InvalidKey")),
    ):
        with invalid(f"Invalid parameter: {words}"):
            call()
    assert attributes_of(sns, device) == {"Enabled": "true", "Token": "token"}
    arn = create(ios, "ABCDEF09")()["EndpointArn"]
    assert attributes_of(sns, arn)["Token"] == "abcdef09" and create(ios, "abcdef09")()["EndpointArn"] == arn


def test_many_devices(sns, application):
    arns = {sns.create_platform_endpoint(PlatformApplicationArn=application, Token=f"t{number}")["EndpointArn"] for number in range(103)}
    page = sns.list_endpoints_by_platform_application(PlatformApplicationArn=application)
    assert len(page["Endpoints"]) == 100
    rest = sns.list_endpoints_by_platform_application(PlatformApplicationArn=application, NextToken=page["NextToken"])
    assert {one["EndpointArn"] for one in page["Endpoints"] + rest["Endpoints"]} == arns and "NextToken" not in rest
    with invalid("Invalid parameter: NextToken"):
        sns.list_endpoints_by_platform_application(PlatformApplicationArn=application, NextToken="none")


def test_a_notification(server, sns, make):
    application = make("GCM")
    arn = sns.create_platform_endpoint(PlatformApplicationArn=application, Token="token")["EndpointArn"]
    texts = {"default": "d", "GCM": json.dumps({"data": {"message": "to the device"}}), "APNS": "not this"}
    message = same(sns.publish(TargetArn=arn, MessageStructure="json", Message=json.dumps(texts), Subject="About",
                               MessageAttributes={"AWS.SNS.MOBILE.GCM.TTL": {"DataType": "String", "StringValue": "60"}}),
                   200, {"MessageId": UUID})["MessageId"]
    agree(sent(server, arn), [shown(arn, message, texts["GCM"], Subject="About", MessageAttributes={
        "AWS.SNS.MOBILE.GCM.TTL": {"Type": "String", "Value": "60"}})])
    sns.publish(TargetArn=arn, MessageStructure="json", Message='{"default": "for all", "APNS": "x"}')
    assert sent(server, arn)[0]["Message"] == "for all"
    for wrong, words in (("text", "JSON message body failed to parse"), ('{"GCM": "x"}', "No default entry in JSON message body")):
        with invalid(f"Invalid parameter: Message Structure - {words}"):
            sns.publish(TargetArn=arn, MessageStructure="json", Message=wrong)


def test_devices_that_take_nothing(server, sns, application, device):
    sns.set_endpoint_attributes(EndpointArn=device, Attributes={"Enabled": "false"})
    with refused(400, "EndpointDisabled", "Endpoint is disabled", **SENDER):
        sns.publish(TargetArn=device, Message="m")
    sns.set_endpoint_attributes(EndpointArn=device, Attributes={"Enabled": "true", "Token": "new"})
    sns.set_platform_application_attributes(PlatformApplicationArn=application, Attributes={"Enabled": "false"})
    with refused(400, "PlatformApplicationDisabled", "Platform application is disabled", **SENDER):
        sns.publish(TargetArn=device, Message="m")
    sns.set_platform_application_attributes(PlatformApplicationArn=application, Attributes={"Enabled": "true"})
    sns.publish(TargetArn=device, Message="m")
    assert [one["Message"] for one in sent(server, device)] == ["m"]
    sns.delete_endpoint(EndpointArn=device)
    with invalid("Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified"):
        sns.publish(TargetArn=device, Message="m")
    with invalid("Invalid parameter: TargetArn Reason: Wrong number of slashes in relative portion of the ARN."):
        sns.publish(TargetArn=device + "/x", Message="m")


def test_a_subscribed_device(server, sns, sqs, topic, queue, application, device, eventually):
    dead = {"RedrivePolicy": json.dumps({"deadLetterTargetArn": let_sns_send(sqs, queue, topic)})}
    arn = same(sns.subscribe(TopicArn=topic, Protocol="application", Endpoint=device, Attributes=dead), 200,
               {"SubscriptionArn": Text(f"{topic}:[0-9a-f-]{{36}}")})["SubscriptionArn"]
    message = sns.publish(TopicArn=topic, MessageStructure="json", Message='{"default": "d", "ADM": "a", "application": "x"}')["MessageId"]
    eventually(lambda: sent(server, device))
    agree(sent(server, device), [shown(device, message, "a", TopicArn=topic, SubscriptionArn=arn)])
    # What a device does not take goes to the dead-letter queue at once.
    changes = (lambda: sns.set_platform_application_attributes(PlatformApplicationArn=application, Attributes={"Enabled": "false"}),
               lambda: sns.set_endpoint_attributes(EndpointArn=device, Attributes={"Enabled": "false"}),
               lambda: sns.delete_endpoint(EndpointArn=device))
    for number, change in enumerate(changes):
        change()
        sns.publish(TopicArn=topic, Message=f"m{number}")
        got = receive(sqs, queue)
        assert [json.loads(one["Body"])["Message"] for one in got] == [f"m{number}"]
        for one in got:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=one["ReceiptHandle"])
    assert len(sent(server, device)) == 1
    # The subscription outlives its device; it cannot be made anew.
    assert sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"][0]["SubscriptionArn"] == arn
    sns.unsubscribe(SubscriptionArn=arn)
    with invalid(f"Invalid parameter: Endpoint Reason: Endpoint does not exist for endpoint arn{device}"):
        sns.subscribe(TopicArn=topic, Protocol="application", Endpoint=device)
    for wrong in ("x", application, topic):
        with invalid(f"Invalid parameter: Application endpoint arn invalid:{wrong}"):
            sns.subscribe(TopicArn=topic, Protocol="application", Endpoint=wrong)


def test_who_may(sns, user, other, application, device):
    one = user()
    with refused(403, "AuthorizationError", f"User: {one.arn} is not authorized to perform: SNS:Publish on resource: {device} "
                 "because no identity-based policy allows the sns:Publish action", **SENDER):
        one.client("sns").publish(TargetArn=device, Message="m")
    one.may(allow(["sns:Publish", "sns:GetEndpointAttributes"], device), allow("sns:ListEndpointsByPlatformApplication", application))
    one.client("sns").publish(TargetArn=device, Message="m")
    one.client("sns").get_endpoint_attributes(EndpointArn=device)
    one.client("sns").list_endpoints_by_platform_application(PlatformApplicationArn=application)
    theirs = other.client("sns")
    for call in (lambda: theirs.publish(TargetArn=device, Message="m"),
                 lambda: theirs.get_endpoint_attributes(EndpointArn=device),
                 lambda: theirs.delete_endpoint(EndpointArn=device),
                 lambda: theirs.create_platform_endpoint(PlatformApplicationArn=application, Token="t"),
                 lambda: theirs.delete_platform_application(PlatformApplicationArn=application)):
        with pytest.raises(theirs.exceptions.AuthorizationErrorException):
            call()
    assert attributes_of(sns, device)["Enabled"] == "true"
