"""AssumeRoleWithWebIdentity: roles for those whom an OpenID Connect provider vouches for."""

import json
import time

import pytest
from answers import refused, same
from aws import ACCOUNT
from identities import allow, document
from issuer import Issuer, Key, b64
from roles import Role, Session, credentials, sizes, trust

WEB = "sts:AssumeRoleWithWebIdentity"
TAGS = "https://aws.amazon.com/tags"


@pytest.fixture
def issuer(tmp_path):
    made = Issuer(tmp_path)
    yield made
    made.close()


@pytest.fixture
def provider(iam, issuer):
    """Its ARN."""
    arn = iam.create_open_id_connect_provider(Url=issuer.url, ClientIDList=["client"], ThumbprintList=["a" * 40])
    yield arn["OpenIDConnectProviderArn"]
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn["OpenIDConnectProviderArn"])


@pytest.fixture
def role(aws, iam, name, provider):
    def make(*actions, **condition):
        return Role(aws, iam, name("role"), trust({"Federated": provider}, *(actions or [WEB]), **condition))
    return make


@pytest.fixture
def sts(aws):
    return aws.client("sts", anonymous=True, parameter_validation=False)


def assume(sts, role, token, **given):
    return sts.assume_role_with_web_identity(RoleArn=role.arn, RoleSessionName="app", WebIdentityToken=token, **given)


DENIED = (403, "AccessDenied", f"Not authorized to perform {WEB}")
NO_KEY = ("Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity "
          "documentation for requirements")


def test_the_whole_answer(aws, sts, role, issuer, provider):
    made = role(StringEquals={f"{issuer.host}:aud": "client", f"{issuer.host}:sub": "subject-7"})
    answer = assume(sts, made, issuer.token(), DurationSeconds=900, Policy=document(allow("s3:*")))
    percent = answer["PackedPolicySize"]
    arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/{made.name}/app"
    same(answer, 200, {
        "Credentials": credentials(900), "SubjectFromWebIdentityToken": "subject-7", "PackedPolicySize": percent,
        "AssumedRoleUser": {"AssumedRoleId": f"{made.id}:app", "Arn": arn},
        "Provider": provider, "Audience": "client", **sizes(answer)}, {"content-type": "text/xml"})
    same(Session(aws, answer["Credentials"]).client("sts").get_caller_identity(), 200,
         {"UserId": f"{made.id}:app", "Account": ACCOUNT, "Arn": arn})


@pytest.mark.parametrize("condition, claims", [
    ({"sub": "other"}, {}),
    ({"aud": "other"}, {}),
    ({"sub": "subject-7"}, {"sub": "subject-77"}),
    ({"amr": "mfa"}, {"amr": ["pwd"]}),
])
def test_conditions_of_the_trust_policy(sts, role, issuer, condition, claims):
    made = role(**{"ForAnyValue:StringEquals": {f"{issuer.host}:{key}": value for key, value in condition.items()}})
    with refused(*DENIED, Type="Sender"):
        assume(sts, made, issuer.token(**claims))


def test_a_role_that_does_not_trust_the_provider(aws, iam, sts, name, issuer, provider):
    for statement in (trust({"AWS": "*"}, WEB), trust({"AWS": ACCOUNT}, WEB),
                      trust({"Federated": provider + "/else"}, WEB), trust({"Federated": provider}, "sts:TagSession")):
        with refused(*DENIED, Type="Sender"):
            assume(sts, Role(aws, iam, name("role"), statement), issuer.token())


def test_a_role_that_is_not_there_even_for_the_root(aws, iam, sts, role, issuer):
    made = role()
    iam.delete_role(RoleName=made.name)
    for client in (sts, aws.client("sts")):
        with refused(*DENIED, Type="Sender"):
            assume(client, made, issuer.token())


def test_tags_and_source_identity_of_the_token(aws, sts, role, issuer, queue):
    claims = {TAGS: {"principal_tags": {"team": ["red"]}, "transitive_tag_keys": ["team"]},
              "https://aws.amazon.com/source_identity": "ann"}
    made = role(WEB, "sts:TagSession", "sts:SetSourceIdentity", StringEquals={"aws:RequestTag/team": "red"})
    made.may(allow("sqs:*", Condition={"StringEquals": {
        "aws:PrincipalTag/team": "red", "aws:SourceIdentity": "ann", f"{issuer.host}:sub": "subject-7"}}))
    answer = assume(sts, made, issuer.token(**claims))
    assert answer["SourceIdentity"] == "ann"
    Session(aws, answer["Credentials"]).client("sqs").get_queue_attributes(QueueUrl=queue)
    with refused(403, "AccessDenied", "Not authorized to perform sts:TagSession", Type="Sender"):
        assume(sts, role(), issuer.token(**claims))


def test_keys_are_fetched_once_and_again_for_a_new_one(sts, role, issuer):
    made = role()
    for _ in range(3):
        assume(sts, made, issuer.token())
    assert issuer.asked == ["/.well-known/openid-configuration", "/keys"]


class TestTokensThatAreNotBelieved:
    def test_another_key_of_the_same_name(self, sts, role, issuer, tmp_path):
        other = tmp_path / "other"
        other.mkdir()
        with pytest.raises(sts.exceptions.InvalidIdentityTokenException):
            assume(sts, role(), issuer.token(key=Key(other, "one")))

    def test_a_changed_claim(self, sts, role, issuer):
        head, _, signature = issuer.token().split(".")
        body = {"iss": issuer.url, "sub": "root", "aud": "client", "iat": int(time.time()), "exp": int(time.time()) + 600}
        with pytest.raises(sts.exceptions.InvalidIdentityTokenException):
            assume(sts, role(), f"{head}.{b64(json.dumps(body).encode())}.{signature}")

    def test_no_algorithm(self, sts, role, issuer):
        head, body, _ = issuer.token(header={"alg": "none"}).split(".")
        for signature in ("", "AAAA"):
            with pytest.raises(sts.exceptions.InvalidIdentityTokenException):
                assume(sts, role(), f"{head}.{body}.{signature}")

    def test_expired(self, sts, role, issuer):
        with pytest.raises(sts.exceptions.ExpiredTokenException):
            assume(sts, role(), issuer.token(exp=int(time.time()) - 10))

    def test_for_somebody_else(self, sts, role, issuer):
        with refused(400, "InvalidIdentityToken", "Incorrect token audience", Type="Sender"):
            assume(sts, role(), issuer.token(aud="other"))

    def test_of_an_issuer_that_nobody_knows(self, sts, role, issuer):
        with refused(400, "InvalidIdentityToken",
                     "No OpenIDConnect provider found in your account for https://else.example", Type="Sender"):
            assume(sts, role(), issuer.token(iss="https://else.example"))

    @pytest.mark.parametrize("path, answer", [
        ("/keys", (200, b"{}")), ("/keys", (500, b"")), ("/keys", (200, b"x" * 600_000)),
        ("/.well-known/openid-configuration", (200, b'{"issuer":"https://else","jwks_uri":"https://else/keys"}')),
        ("/.well-known/openid-configuration", (302, b"")),
    ])
    def test_of_an_issuer_that_answers_nonsense(self, sts, role, issuer, path, answer):
        issuer.instead[path] = answer
        with refused(400, "InvalidIdentityToken", NO_KEY, Type="Sender"):
            assume(sts, role(), issuer.token())

    def test_of_an_issuer_that_is_away(self, sts, role, issuer):
        token = issuer.token()
        issuer.close()
        with refused(400, "IDPCommunicationError", "Error communicating with the identity provider", Type="Sender"):
            assume(sts, role(), token)

    def test_for_oauth(self, sts, role, issuer):
        with pytest.raises(sts.exceptions.ClientError, match="ValidationError"):
            assume(sts, role(), issuer.token(), ProviderId="graph.facebook.com")
