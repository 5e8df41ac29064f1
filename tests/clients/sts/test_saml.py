"""AssumeRoleWithSAML: roles for those whom a SAML provider vouches for."""

import base64
import hashlib

import pytest
from answers import refused, same
from aws import ACCOUNT
from identities import allow
from issuer import Key
from roles import Role, Session, credentials, sizes, trust
from saml import SIGN_IN, Provider

SAML = "sts:AssumeRoleWithSAML"


@pytest.fixture
def idp(tmp_path):
    return Provider(tmp_path)


@pytest.fixture
def provider(iam, idp, name):
    """Its ARN."""
    arn = iam.create_saml_provider(Name=name("idp"), SAMLMetadataDocument=idp.metadata())["SAMLProviderArn"]
    yield arn
    iam.delete_saml_provider(SAMLProviderArn=arn)


@pytest.fixture
def role(aws, iam, name, provider):
    def make(*actions, **condition):
        return Role(aws, iam, name("role"), trust({"Federated": provider}, *(actions or [SAML]), **condition))
    return make


@pytest.fixture
def sts(aws):
    return aws.client("sts", anonymous=True)


def assume(sts, role, provider, response, **given):
    return sts.assume_role_with_saml(RoleArn=role.arn, PrincipalArn=provider, SAMLAssertion=response, **given)


def test_the_whole_answer(aws, sts, role, idp, provider, queue):
    made = role(StringEquals={"saml:aud": SIGN_IN, "saml:sub": "ann@example.com"})
    made.may(allow("sqs:*", Condition={"StringEquals": {"saml:sub": "ann@example.com"}}))
    answer = assume(sts, made, provider, idp.response(made.arn, provider), DurationSeconds=900)
    arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/{made.name}/ann"
    qualifier = hashlib.sha1(f"{idp.entity}{ACCOUNT}/{provider.rpartition('/')[2]}".encode()).digest()
    same(answer, 200, {
        "Credentials": credentials(900), "AssumedRoleUser": {"AssumedRoleId": f"{made.id}:ann", "Arn": arn},
        "Subject": "ann@example.com", "SubjectType": "persistent", "Issuer": idp.entity, "Audience": SIGN_IN,
        "NameQualifier": base64.b64encode(qualifier).decode(), **sizes(answer)}, {"content-type": "text/xml"})
    session = Session(aws, answer["Credentials"])
    assert session.client("sts").get_caller_identity()["Arn"] == arn
    session.client("sqs").get_queue_attributes(QueueUrl=queue)


def test_the_assertion_shortens_the_session(sts, role, idp, provider):
    made = role()
    answer = assume(sts, made, provider, idp.response(made.arn, provider, SessionDuration="1800"))
    assert answer["Credentials"] == credentials(1800)


@pytest.mark.parametrize("attribute, action", [
    ("PrincipalTag:team", "sts:TagSession"), ("SourceIdentity", "sts:SetSourceIdentity")])
def test_tags_and_source_identity(sts, role, idp, provider, attribute, action):
    made = role()
    response = idp.response(made.arn, provider, **{attribute: "red"})
    with refused(403, "AccessDenied", f"Not authorized to perform {action}", Type="Sender"):
        assume(sts, made, provider, response)
    made = role(SAML, action)
    answer = assume(sts, made, provider, idp.response(made.arn, provider, **{attribute: "red"}))
    assert answer.get("SourceIdentity") == ("red" if attribute == "SourceIdentity" else None)


def test_a_role_that_does_not_trust_it(aws, iam, sts, name, role, idp, provider):
    for made in (role(StringEquals={"saml:sub": "bob"}), Role(aws, iam, name("role"), trust({"AWS": "*"}, SAML))):
        with refused(403, "AccessDenied", f"Not authorized to perform {SAML}", Type="Sender"):
            assume(sts, made, provider, idp.response(made.arn, provider))


def test_what_is_not_believed(sts, role, idp, provider, tmp_path):
    made, other = role(), role()
    (tmp_path / "other").mkdir()
    good = idp.response(made.arn, provider)
    for response in (
            idp.response(made.arn, provider, key=Key(tmp_path / "other", "k")),
            base64.b64encode(base64.b64decode(good).replace(b"ann@example", b"bob@example")).decode(),
            base64.b64encode(b"<Response/>").decode(), "no base64 at all", idp.response(other.arn, provider)):
        with pytest.raises(sts.exceptions.ClientError, match="InvalidIdentityToken|AccessDenied"):
            assume(sts, made, provider, response)
    with pytest.raises(sts.exceptions.ExpiredTokenException):
        assume(sts, made, provider, idp.response(made.arn, provider, age=3600))
    with refused(400, "InvalidIdentityToken", "Specified provider doesn't exist", Type="Sender"):
        assume(sts, made, provider + "x", good)
