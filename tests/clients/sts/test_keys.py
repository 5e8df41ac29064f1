"""GetAccessKeyInfo: the account that stands in an access key id."""

import pytest
from answers import refused, same


@pytest.fixture(scope="module")
def sts(aws):
    # The server's own answer to what boto3 would not send.
    return aws.client("sts", parameter_validation=False)


@pytest.mark.parametrize("key, account", [
    ("ASIAY34FZKBOKMUTVV7A", "609629065308"),
    ("AKIAQI52OJVCPZXFYAOI", "019181489476"),
    ("AKIAQI52OJVCAAAAAAAA", "019181489476"),
])
def test_the_account_of_a_key(sts, key, account):
    same(sts.get_access_key_info(AccessKeyId=key), 200, {"Account": account}, {"content-type": "text/xml"})


@pytest.mark.parametrize("key", ["AKIAIOSFODNN7EXAMPLE", "AKIA7777777777777777", "AROAQI52OJVCPZXFYAOI", "x" * 128])
def test_a_key_without_an_account(sts, key):
    with refused(403, "InvalidClientTokenId",
                 "The X.509 certificate or AWS access key ID provided does not exist in our records.", Type="Sender"):
        sts.get_access_key_info(AccessKeyId=key)


@pytest.mark.parametrize("key, rule", [
    ("test", "have length greater than or equal to 16"),
    ("A" * 129, "have length less than or equal to 128"),
    ("AKIA-OSFODNN7EXAMPLE", r"satisfy regular expression pattern: [\w]*"),
])
def test_what_is_no_key(sts, key, rule):
    with refused(400, "ValidationError", f"1 validation error detected: Value '{key}' at 'accessKeyId' failed to "
                 f"satisfy constraint: Member must {rule}", Type="Sender"):
        sts.get_access_key_info(AccessKeyId=key)
    with refused(400, "MissingParameter", "The request must contain the parameter AccessKeyId.", Type="Sender"):
        sts.get_access_key_info()


def test_asked_by_nobody(aws):
    with refused(403, "MissingAuthenticationToken", "Request is missing Authentication Token", Type="Sender"):
        aws.client("sts", anonymous=True).get_access_key_info(AccessKeyId="AKIAQI52OJVCPZXFYAOI")
