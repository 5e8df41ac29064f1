"""Text messages: what is sent can be read, phones that want none, the settings of an account, the sandbox."""

import itertools
import json
import re
import urllib.error

import pytest
from answers import UUID, Text, agree, refused, same
from identities import allow
from policies import let_sns_send, receive
from post_office import ask, opt_out, sent
from sns_answers import ISO, SENDER, invalid

NUMBERS = itertools.count(15550000000)


@pytest.fixture
def phone():
    return f"+{next(NUMBERS)}"


def told(phone, message, text, **more):
    """A text message as the errand shows it."""
    types = {"AWS.SNS.SMS.SMSType": {"Type": "String", "Value": "Promotional"}}
    return {"Protocol": "sms", "To": phone, "Region": "us-east-1", "TopicArn": None, "SubscriptionArn": None,
            "MessageId": message, "Subject": None, "Message": text, "MessageAttributes": types, "Timestamp": ISO, **more}


def test_to_a_phone(server, sns, phone):
    first = same(sns.publish(PhoneNumber=phone, Message="hello"), 200, {"MessageId": UUID})["MessageId"]
    given = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"},
             "AWS.SNS.SMS.MaxPrice": {"DataType": "Number", "StringValue": "0.5"}}
    texts = json.dumps({"default": "d", "sms": "short"})
    other = same(sns.publish(PhoneNumber=phone[1:], MessageStructure="json", Message=texts, MessageAttributes=given), 200,
                 {"MessageId": UUID})["MessageId"]
    shown = {"AWS.SNS.SMS.SMSType": {"Type": "String", "Value": "Transactional"},
             "AWS.SNS.SMS.MaxPrice": {"Type": "Number", "Value": "0.5"}}
    agree({one["MessageId"]: one for one in sent(server, phone)},
          {first: told(phone, first, "hello"), other: told(phone, other, "short", MessageAttributes=shown)})


def test_phones_that_are_none(sns, phone):
    for number in ("+1a234", "NAA+15551234567", "", "+", "+1234567890123456", "+1-555-123-4567"):
        with invalid(f"Invalid parameter: PhoneNumber Reason: {number} is not valid to publish to"):
            sns.publish(PhoneNumber=number, Message="m")
    with invalid("Invalid parameter: Empty message"):
        sns.publish(PhoneNumber=phone, Message="")
    with invalid("Invalid parameter: Message too long"):
        sns.publish(PhoneNumber=phone, Message="x" * 1601)
    with invalid("Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter "
                 "that is not valid for this topic type"):
        sns.publish(PhoneNumber=phone, Message="x", MessageDeduplicationId="d")
    same(sns.publish(PhoneNumber=phone, Message="x" * 1600), 200, {"MessageId": UUID})


def test_a_subscribed_phone(server, sns, topic, phone, eventually):
    arn = same(sns.subscribe(TopicArn=topic, Protocol="sms", Endpoint=phone), 200,
               {"SubscriptionArn": Text(f"{topic}:[0-9a-f-]{{36}}")})["SubscriptionArn"]
    same(sns.get_subscription_attributes(SubscriptionArn=arn), 200, {"Attributes": {
        "ConfirmationWasAuthenticated": "true", "Endpoint": phone, "Owner": "000000000000", "PendingConfirmation": "false",
        "Protocol": "sms", "RawMessageDelivery": "false", "SubscriptionArn": arn,
        "SubscriptionPrincipal": "arn:aws:iam::000000000000:root", "TopicArn": topic}})
    message = sns.publish(TopicArn=topic, MessageStructure="json", Subject="kept from phones",
                          Message=json.dumps({"default": "d", "sms": "short"}))["MessageId"]
    eventually(lambda: sent(server, phone))
    agree(sent(server, phone), [told(phone, message, "short", TopicArn=topic, SubscriptionArn=arn)])
    # It cannot be ended by a link, as its messages have none.
    same(sns.unsubscribe(SubscriptionArn=arn), 200)


def test_phones_have_no_raw_messages(sns, topic, phone):
    words = "Delivery protocol [sms] does not support raw message delivery."
    with invalid(f"Invalid parameter: Attributes Reason: {words}"):
        sns.subscribe(TopicArn=topic, Protocol="sms", Endpoint=phone, Attributes={"RawMessageDelivery": "true"})
    arn = sns.subscribe(TopicArn=topic, Protocol="sms", Endpoint=phone, Attributes={"RawMessageDelivery": "false"})["SubscriptionArn"]
    with invalid(f"Invalid parameter: {words}"):
        sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="RawMessageDelivery", AttributeValue="true")
    with invalid("Invalid parameter: Attributes Reason: Delivery protocol [email] does not support raw message delivery."):
        sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="me@example.com", Attributes={"RawMessageDelivery": "true"})


@pytest.mark.parametrize("wrong", ["+15--551234567", "NAA+15551234567", "+15551234567.", "/+15551234567", "invalid-number"])
def test_phones_that_are_not_subscribed(sns, topic, wrong):
    with invalid(f"Invalid SMS endpoint: {wrong}"):
        sns.subscribe(TopicArn=topic, Protocol="sms", Endpoint=wrong)


def test_a_phone_that_answers_stop(server, sns, sqs, topic, queue, phone, eventually):
    dead = json.dumps({"deadLetterTargetArn": let_sns_send(sqs, queue, topic)})
    spaced = f"{phone[:2]}-{phone[2:5]}-{phone[5:]}"
    sns.subscribe(TopicArn=topic, Protocol="sms", Endpoint=spaced, Attributes={"RedrivePolicy": dead})
    sns.publish(TopicArn=topic, Message="first")
    eventually(lambda: [one["Message"] for one in sent(server, phone)] == ["first"])
    same(sns.check_if_phone_number_is_opted_out(phoneNumber=phone), 200, {"isOptedOut": False})
    opt_out(server, phone)
    for written in (phone, phone[1:]):
        same(sns.check_if_phone_number_is_opted_out(phoneNumber=written), 200, {"isOptedOut": True})
    assert phone in sns.list_phone_numbers_opted_out()["phoneNumbers"]
    # Straight to the phone it is accepted and does not come; from a topic it is a failure.
    same(sns.publish(PhoneNumber=phone, Message="nobody reads this"), 200, {"MessageId": UUID})
    sns.publish(TopicArn=topic, Message="second")
    assert json.loads(receive(sqs, queue)[0]["Body"])["Message"] == "second"
    assert len(sent(server, phone)) == 1
    same(sns.opt_in_phone_number(phoneNumber=phone), 200, {})
    same(sns.opt_in_phone_number(phoneNumber=phone), 200, {})
    same(sns.check_if_phone_number_is_opted_out(phoneNumber=phone), 200, {"isOptedOut": False})
    sns.publish(PhoneNumber=phone, Message="third")
    assert [one["Message"] for one in sent(server, phone)] == ["third", "first"]


def test_numbers_that_are_none(sns):
    for call in (sns.check_if_phone_number_is_opted_out, sns.opt_in_phone_number):
        for wrong in ("none", "", "+1 555"):
            with invalid("Invalid parameter: PhoneNumber Reason: input incorrectly formatted"):
                call(phoneNumber=wrong)


def test_a_long_list_of_phones(own_server, own_aws):
    sns = own_aws.client("sns")
    same(sns.list_phone_numbers_opted_out(), 200, {"phoneNumbers": []})
    phones = [f"+1555{number:07}" for number in range(103)]
    for phone in phones:
        opt_out(own_server, phone)
    page = sns.list_phone_numbers_opted_out()
    assert (page["phoneNumbers"], set(page)) == (phones[:100], {"phoneNumbers", "nextToken", "ResponseMetadata"})
    same(sns.list_phone_numbers_opted_out(nextToken=page["nextToken"]), 200, {"phoneNumbers": phones[100:]})
    with invalid("Invalid parameter: NextToken"):
        sns.list_phone_numbers_opted_out(nextToken="none")
    # Each region and each account for itself.
    same(own_aws.client("sns", region_name="eu-west-1").list_phone_numbers_opted_out(), 200, {"phoneNumbers": []})
    opt_out(own_server, "+15559999999", region="eu-west-1", account="111122223333")
    same(sns.check_if_phone_number_is_opted_out(phoneNumber="+15559999999"), 200, {"isOptedOut": False})
    for wrong in ({"phone": "x"}, {"phone": phones[0], "region": "no where"}, {"phone": phones[0], "account": "1"}):
        with pytest.raises(urllib.error.HTTPError) as caught:
            ask(own_server, "opt-out", data=b"", **wrong)
        assert caught.value.code == 400


def test_attributes_of_text_messages(own_server, own_aws):
    sns = own_aws.client("sns")
    same(sns.get_sms_attributes(), 200, {"attributes": {"MonthlySpendLimit": "1"}})
    given = {"DefaultSMSType": "Transactional", "DefaultSenderID": "Kumiki", "DeliveryStatusSuccessSamplingRate": "100",
             "DeliveryStatusIAMRole": "arn:aws:iam::000000000000:role/logs"}
    same(sns.set_sms_attributes(attributes=given), 200, {})
    same(sns.get_sms_attributes(), 200, {"attributes": {**given, "MonthlySpendLimit": "1"}})
    same(sns.get_sms_attributes(attributes=["DefaultSenderID", "Other"]), 200, {"attributes": {"DefaultSenderID": "Kumiki"}})
    same(sns.set_sms_attributes(attributes={"MonthlySpendLimit": "3"}), 200, {})
    same(sns.get_sms_attributes(attributes=["MonthlySpendLimit"]), 200, {"attributes": {"MonthlySpendLimit": "3"}})
    message = sns.publish(PhoneNumber="+15551234567", Message="m")["MessageId"]
    agree(sent(own_server), [told("+15551234567", message, "m", MessageAttributes={
        "AWS.SNS.SMS.SenderID": {"Type": "String", "Value": "Kumiki"},
        "AWS.SNS.SMS.SMSType": {"Type": "String", "Value": "Transactional"}})])
    same(own_aws.client("sns", region_name="eu-west-1").get_sms_attributes(), 200, {"attributes": {"MonthlySpendLimit": "1"}})


@pytest.mark.parametrize("name, value, words", [
    ("InvalidAttribute", "x", "InvalidAttribute is not a valid attribute"),
    ("DefaultSenderID", "1234", "DefaultSendID is not a valid attribute"),
    ("DefaultSenderID", "abcdefghijkl", "DefaultSendID is not a valid attribute"),
    ("DefaultSMSType", "x", "DefaultSMSType is invalid"),
    ("MonthlySpendLimit", "much", "MonthlySpendLimit is invalid"),
    ("DeliveryStatusSuccessSamplingRate", "101", "DeliveryStatusSuccessSamplingRate is not an integer between 0-100"),
    ("DeliveryStatusIAMRole", "me", "DeliveryStatusIAMRole is invalid"),
])
def test_attributes_that_are_refused(sns, name, value, words):
    before = sns.get_sms_attributes()["attributes"]
    with invalid(words):
        sns.set_sms_attributes(attributes={"DefaultSMSType": "Promotional", name: value})
    assert sns.get_sms_attributes()["attributes"] == before


def test_the_sandbox(server, sns, phone):
    same(sns.get_sms_sandbox_account_status(), 200, {"IsInSandbox": False})
    same(sns.create_sms_sandbox_phone_number(PhoneNumber=phone, LanguageCode="de-DE"), 200, {})
    mine = lambda: [one for one in sns.list_sms_sandbox_phone_numbers()["PhoneNumbers"] if one["PhoneNumber"] == phone]
    assert mine() == [{"PhoneNumber": phone, "Status": "Pending"}]
    code = re.search("[0-9]{6}", sent(server, phone)[0]["Message"])[0]
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    with refused(400, "VerificationException", "One-time password is invalid", **SENDER, Status="Pending"):
        sns.verify_sms_sandbox_phone_number(PhoneNumber=phone, OneTimePassword=wrong)
    # Asked again, the old code is worth nothing any more.
    sns.create_sms_sandbox_phone_number(PhoneNumber=phone)
    code = re.search("[0-9]{6}", sent(server, phone)[0]["Message"])[0]
    for _ in range(2):
        same(sns.verify_sms_sandbox_phone_number(PhoneNumber=phone, OneTimePassword=code), 200, {})
        assert mine() == [{"PhoneNumber": phone, "Status": "Verified"}]
    sns.create_sms_sandbox_phone_number(PhoneNumber=phone)
    assert mine() == [{"PhoneNumber": phone, "Status": "Verified"}] and len(sent(server, phone)) == 2
    same(sns.delete_sms_sandbox_phone_number(PhoneNumber=phone), 200, {})
    assert mine() == []
    missing = refused(404, "ResourceNotFound", "Phone number does not exist", **SENDER)
    with missing:
        sns.delete_sms_sandbox_phone_number(PhoneNumber=phone)
    with refused(404, "ResourceNotFound", "Phone number does not exist", **SENDER):
        sns.verify_sms_sandbox_phone_number(PhoneNumber=phone, OneTimePassword=code)
    opt_out(server, phone)
    with refused(400, "OptedOut", f"Phone number {phone} is opted out", **SENDER):
        sns.create_sms_sandbox_phone_number(PhoneNumber=phone)


def test_a_full_sandbox(own_aws):
    sns = own_aws.client("sns")
    phones = [f"+1555000000{digit}" for digit in range(10)]
    for phone in phones:
        sns.create_sms_sandbox_phone_number(PhoneNumber=phone)
    with refused(400, "UserError", "The maximum number of destination phone numbers is 10", **SENDER):
        sns.create_sms_sandbox_phone_number(PhoneNumber="+15550000010")
    listed = [{"PhoneNumber": phone, "Status": "Pending"} for phone in phones]
    same(sns.list_sms_sandbox_phone_numbers(), 200, {"PhoneNumbers": listed})
    page = sns.list_sms_sandbox_phone_numbers(MaxResults=7)
    assert page["PhoneNumbers"] == listed[:7]
    same(sns.list_sms_sandbox_phone_numbers(NextToken=page["NextToken"]), 200, {"PhoneNumbers": listed[7:]})


def test_the_sandbox_refuses(sns):
    for number in ("+1234567", "1234567890", "+1 5551234567"):
        words = ("1 validation error detected: Value at 'phoneNumber' failed to satisfy constraint: Member must satisfy regular "
                 r"expression pattern: ^(\+[0-9]{8,}|[0-9]{0,9})$")
        with refused(400, "ValidationError", words, **SENDER):
            sns.create_sms_sandbox_phone_number(PhoneNumber=number)
    words = ("1 validation error detected: Value at 'phoneNumber' failed to satisfy constraint: Member must have length less than "
             "or equal to 20")
    with refused(400, "ValidationError", words, **SENDER):
        sns.create_sms_sandbox_phone_number(PhoneNumber="+" + "9" * 40)
    with invalid("Invalid parameter: PhoneNumber Reason: input incorrectly formatted"):
        sns.create_sms_sandbox_phone_number(PhoneNumber="123")
    words = ("1 validation error detected: Value at 'oneTimePassword' failed to satisfy constraint: Member must satisfy regular "
             "expression pattern: ^[0-9]+$")
    with refused(400, "ValidationError", words, **SENDER):
        sns.verify_sms_sandbox_phone_number(PhoneNumber="+15551234567", OneTimePassword="abcdef")


def test_numbers_of_ones_own(sns):
    same(sns.list_origination_numbers(), 200, {"PhoneNumbers": []})
    same(sns.list_origination_numbers(MaxResults=30), 200, {"PhoneNumbers": []})


def test_users_need_the_right(aws, user, phone):
    one = user()
    with refused(403, "AuthorizationError", f"User: {one.arn} is not authorized to perform: SNS:Publish on resource: * because no "
                 "identity-based policy allows the sns:Publish action", **SENDER):
        one.client("sns").publish(PhoneNumber=phone, Message="m")
    one.may(allow("sns:Publish", "*"))
    one.client("sns").publish(PhoneNumber=phone, Message="m")


def test_what_was_sent_is_not_for_other_sites(server):
    import urllib.request
    for path, data in (("sent", None), ("opt-out?phone=%2B15551234567", b"")):
        for heads in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            request = urllib.request.Request(f"{server.endpoint}/_kumiki/sns/{path}", headers=heads, data=data)
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(request)
            assert caught.value.code == 403, heads
    with pytest.raises(urllib.error.HTTPError) as caught:
        ask(server, "opt-out", phone="+15551234567")  # a GET changes nothing
    assert caught.value.code == 405


def test_what_was_sent_is_kept_for_two_weeks(own_server, own_aws, eventually):
    sns = own_aws.client("sns")
    sns.publish(PhoneNumber="+15551234567", Message="m")
    own_server.restart()
    assert [one["Message"] for one in sent(own_server)] == ["m"]
    own_server.forward(14 * 24 * 3600 - 60)
    assert len(sent(own_server)) == 1
    own_server.forward(121)
    eventually(lambda: sent(own_server) == [])
