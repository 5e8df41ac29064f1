"""Text messages and devices with the AWS CLI (v1): what it prints, as a whole."""

import re

import pytest
from answers import UUID, Text
from awscli_runs import comparing, refusing
from aws import ACCOUNT
from post_office import opt_out, sent


@pytest.fixture
def sns(cli):
    return comparing(cli, "sns")


@pytest.fixture
def refused(cli):
    return refusing(cli, "sns")


def test_phones(server, sns, refused):
    phone = "+15557770001"
    message = sns({"MessageId": UUID}, "publish", "--phone-number", phone, "--message", "hello")["MessageId"]
    assert [(one["MessageId"], one["Message"]) for one in sent(server, phone)] == [(message, "hello")]
    refused("InvalidParameter", "Publish", "Invalid parameter: PhoneNumber Reason: +1a is not valid to publish to",
            "publish", "--phone-number", "+1a", "--message", "m")
    opt_out(server, phone)
    sns({"isOptedOut": True}, "check-if-phone-number-is-opted-out", "--phone-number", phone)
    sns(None, "opt-in-phone-number", "--phone-number", phone)
    sns({"isOptedOut": False}, "check-if-phone-number-is-opted-out", "--phone-number", phone)
    sns({"IsInSandbox": False}, "get-sms-sandbox-account-status")
    sns({"PhoneNumbers": []}, "list-origination-numbers")
    sns(None, "create-sms-sandbox-phone-number", "--phone-number", phone)
    code = re.search("[0-9]{6}", sent(server, phone)[0]["Message"])[0]
    sns(None, "verify-sms-sandbox-phone-number", "--phone-number", phone, "--one-time-password", code)
    sns(None, "delete-sms-sandbox-phone-number", "--phone-number", phone)
    refused("ResourceNotFound", "DeleteSMSSandboxPhoneNumber", "Phone number does not exist",
            "delete-sms-sandbox-phone-number", "--phone-number", phone)


def test_devices(server, sns, refused, name):
    called = name("cli")
    application = f"arn:aws:sns:us-east-1:{ACCOUNT}:app/ADM/{called}"
    sns({"PlatformApplicationArn": application}, "create-platform-application", "--name", called, "--platform", "ADM",
        "--attributes", "PlatformCredential=secret,PlatformPrincipal=id")
    of = ("--platform-application-arn", application)
    sns({"Attributes": {"Enabled": "true"}}, "get-platform-application-attributes", *of)
    sns(None, "set-platform-application-attributes", *of, "--attributes", "SuccessFeedbackSampleRate=9")
    device = sns({"EndpointArn": Text(re.escape(application.replace(":app/", ":endpoint/")) + "/[0-9a-f-]{36}")},
                 "create-platform-endpoint", *of, "--token", "t", "--custom-user-data", "mine")["EndpointArn"]
    attributes = {"Enabled": "true", "Token": "t", "CustomUserData": "mine"}
    sns({"Endpoints": [{"EndpointArn": device, "Attributes": attributes}]}, "list-endpoints-by-platform-application", *of)
    message = sns({"MessageId": UUID}, "publish", "--target-arn", device, "--message", "m")["MessageId"]
    assert [one["MessageId"] for one in sent(server, device)] == [message]
    sns(None, "set-endpoint-attributes", "--endpoint-arn", device, "--attributes", "Enabled=false")
    sns({"Attributes": {**attributes, "Enabled": "false"}}, "get-endpoint-attributes", "--endpoint-arn", device)
    refused("EndpointDisabled", "Publish", "Endpoint is disabled", "publish", "--target-arn", device, "--message", "m")
    sns(None, "delete-endpoint", "--endpoint-arn", device)
    sns(None, "delete-platform-application", *of)
    refused("NotFound", "GetPlatformApplicationAttributes", "PlatformApplication does not exist",
            "get-platform-application-attributes", *of)
