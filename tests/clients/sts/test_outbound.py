"""GetWebIdentityToken: tokens that others verify with the keys that the account's issuer publishes."""

import contextlib
import json
import socket
import ssl
import urllib.error
import urllib.request

import jwt
import pytest
from answers import UUID, Any, Text, agree, refused, same
from aws import ACCOUNT, Aws
from identities import User, allow, deny
from roles import In, Role, trust
from server import Server

GET, TAG = "sts:GetWebIdentityToken", "sts:TagGetWebIdentityToken"
OWN = "https://sts.amazonaws.com/"
DAY = 86_400


@contextlib.contextmanager
def reached(server, host, monkeypatch):
    """The issuer's host is this server, as it is for those who give it that name."""
    real = socket.getaddrinfo
    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", lambda name, port, *args, **kwargs: real(
            *(("127.0.0.1", server.port) if name == host else (name, port)), *args, **kwargs))
        yield ssl.create_default_context(cafile=server.ca_file())


class World:
    """Somebody outside who trusts an issuer."""

    def __init__(self, server, issuer, monkeypatch):
        self.server, self.issuer, self.monkeypatch = server, issuer, monkeypatch
        self.host = issuer.removeprefix("https://")

    def fetch(self, url):
        with reached(self.server, self.host, self.monkeypatch) as trusting:
            with urllib.request.urlopen(url, context=trusting) as answer:
                assert answer.headers["content-type"] == "application/json"
                return json.loads(answer.read())

    def configuration(self):
        return self.fetch(f"{self.issuer}/.well-known/openid-configuration")

    def claims(self, token, audience):
        """What a token says, once its signature, issuer, audience and time are verified."""
        with reached(self.server, self.host, self.monkeypatch) as trusting:
            keys = jwt.PyJWKClient(self.configuration()["jwks_uri"], ssl_context=trusting)
            key = keys.get_signing_key_from_jwt(token)
        return jwt.decode(token, key, algorithms=["RS256", "ES384"], audience=audience, issuer=self.issuer,
                          options={"require": ["iss", "sub", "aud", "iat", "exp", "jti"]})


@pytest.fixture(scope="module")
def house():
    with Server() as server:
        yield Aws(server)


@pytest.fixture(scope="module")
def issuer(house):
    return house.client("iam").enable_outbound_web_identity_federation()["IssuerIdentifier"]


@pytest.fixture
def world(house, issuer, monkeypatch):
    return World(house.server, issuer, monkeypatch)


@pytest.fixture
def ann(house, name):
    made = User(house, house.client("iam"), name("ann"), Path="/team/")
    made.may(allow([GET, TAG]))
    return made


def ask(user, **given):
    sts = user.client("sts", parameter_validation=False)
    return sts.get_web_identity_token(**{"Audience": ["https://api.example.com"], "SigningAlgorithm": "ES384", **given})


def test_the_documents(world, issuer):
    agree(world.configuration(), {
        "issuer": issuer, "jwks_uri": f"{issuer}/.well-known/jwks.json", "response_types_supported": ["id_token"],
        "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256", "ES384"],
        "claims_supported": ["aud", "exp", "iat", "iss", "jti", "sub"]})
    keys = world.fetch(f"{issuer}/.well-known/jwks.json")
    number = Text("[A-Za-z0-9_-]+")
    agree(keys, {"keys": [
        {"kty": "RSA", "kid": "RSA_1", "use": "sig", "alg": "RS256", "n": number, "e": "AQAB"},
        {"kty": "EC", "crv": "P-384", "kid": "EC384_1", "use": "sig", "alg": "ES384", "x": number, "y": number}]})
    by_path = f"{world.server.endpoint}/_kumiki/issuers/{world.host.split('.')[0]}/.well-known/jwks.json"
    assert world.fetch(by_path) == keys
    for wrong in (by_path.replace(world.host.split(".")[0], "nobody"), by_path + "x",
                  f"{issuer}/.well-known/other"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            world.fetch(wrong)


@pytest.mark.parametrize("algorithm, kid", [("RS256", "RSA_1"), ("ES384", "EC384_1")])
def test_the_whole_answer(world, issuer, ann, algorithm, kid):
    answer = ask(ann, SigningAlgorithm=algorithm)
    token = answer["WebIdentityToken"]
    same(answer, 200, {"WebIdentityToken": Text(r"[\w-]+\.[\w-]+\.[\w-]+"), "Expiration": In(300)},
         {"content-type": "text/xml"})
    assert jwt.get_unverified_header(token) == {"alg": algorithm, "kid": kid, "typ": "JWT"}
    claims = world.claims(token, "https://api.example.com")
    agree(claims, {
        "iss": issuer, "aud": "https://api.example.com", "sub": ann.arn, "iat": Any(int), "exp": claims["iat"] + 300,
        "jti": UUID, OWN: {"aws_account": ACCOUNT, "source_region": "us-east-1", "principal_id": ann.arn}})
    assert answer["Expiration"].timestamp() == claims["exp"]  # which is 300 seconds from now, see above
    assert world.claims(ask(ann)["WebIdentityToken"], "https://api.example.com")["jti"] != claims["jti"]


def test_what_is_not_to_be_believed(world, ann):
    token = ask(ann)["WebIdentityToken"]
    with pytest.raises(jwt.InvalidAudienceError):
        world.claims(token, "https://other.example.com")
    head, _, signature = token.split(".")
    _, other, _ = ask(ann, Audience=["https://other.example.com"])["WebIdentityToken"].split(".")
    with pytest.raises(jwt.InvalidSignatureError):
        world.claims(f"{head}.{other}.{signature}", "https://other.example.com")


def test_a_session_of_a_role(house, world, ann, name):
    """The subject is the role; tags are those of the session over those of the role."""
    iam = house.client("iam")
    role = Role(house, iam, name("role"), trust({"AWS": ACCOUNT}, "sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"),
                Path="/apps/", Tags=[{"Key": "team", "Value": "red"}, {"Key": "stage", "Value": "test"}])
    role.may(allow([GET, TAG]))
    ann.may(allow(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]), policy="roles")
    assumed = role.assume(ann.client("sts"), Tags=[{"Key": "Team", "Value": "blue"}], SourceIdentity="ann",
                          DurationSeconds=900)
    session = role.session(ann.client("sts"), Tags=[{"Key": "Team", "Value": "blue"}], SourceIdentity="ann",
                           DurationSeconds=900)
    ends = session.credentials["Expiration"]
    assert assumed["Credentials"]["Expiration"] <= ends
    answer = ask(session, Audience=["a", "b"], DurationSeconds=60, Tags=[{"Key": "job", "Value": "7"}])
    same(answer, 200, {"WebIdentityToken": Text(".+"), "Expiration": In(60)})
    claims = world.claims(answer["WebIdentityToken"], "b")
    assert (claims["sub"], claims["aud"], claims["exp"] - claims["iat"]) == (role.arn, ["a", "b"], 60)
    agree(claims[OWN], {
        "aws_account": ACCOUNT, "source_region": "us-east-1", "principal_id": role.arn, "source_identity": "ann",
        "original_session_exp": ends.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "principal_tags": {"Team": "blue", "stage": "test"}, "request_tags": {"job": "7"}})
    with refused(403, "SessionDurationEscalationException",
                 "The requested token duration would extend the session beyond its original expiration time.", Type="Sender"):
        ask(session, DurationSeconds=901)


def test_in_another_region(house, world, ann):
    token = ask(type("There", (), {"client": lambda _, service, **more: ann.client(service, region="eu-west-1", **more)})())
    assert world.claims(token["WebIdentityToken"], "https://api.example.com")[OWN]["source_region"] == "eu-west-1"


def test_what_policies_see(house, name, issuer):
    ben = User(house, house.client("iam"), name("ben"))
    own = f"arn:aws:sts::{ACCOUNT}:self"

    def denied(action, because="no identity-based policy allows"):
        return pytest.raises(ben.client("sts").exceptions.ClientError,
                             match=f"{ben.arn} is not authorized to perform: {action} on resource: {own}")
    with denied(GET):
        ask(ben)
    ben.may(allow(GET, own, Condition={
        "ForAllValues:StringEquals": {"sts:IdentityTokenAudience": ["https://api.example.com", "b"]},
        "StringEquals": {"sts:SigningAlgorithm": "ES384"}, "NumericLessThanEquals": {"sts:DurationSeconds": 300}}))
    ask(ben)
    ask(ben, Audience=["b", "https://api.example.com"], DurationSeconds=300)
    for given in ({"Audience": ["b", "c"]}, {"SigningAlgorithm": "RS256"}, {"DurationSeconds": 301}):
        with denied(GET):
            ask(ben, **given)
    with denied(TAG):
        ask(ben, Tags=[{"Key": "scope", "Value": "read"}])
    ben.may(allow(TAG, Condition={"StringEquals": {"aws:RequestTag/scope": "read"},
                                  "ForAllValues:StringEquals": {"aws:TagKeys": ["scope"]}}), policy="tags")
    ask(ben, Tags=[{"Key": "scope", "Value": "read"}])
    for tags in ([{"Key": "scope", "Value": "write"}],
                 [{"Key": "scope", "Value": "read"}, {"Key": "more", "Value": "read"}]):
        with denied(TAG):
            ask(ben, Tags=tags)
    ben.may(deny("sts:*"), policy="never")
    with denied(GET):
        ask(ben)


def invalid(what):
    return refused(400, "ValidationError", f"1 validation error detected: {what}", Type="Sender")


def test_what_is_refused(ann, house, issuer):
    for given, what in [
        ({"Audience": []}, "Value '' at 'audience' failed to satisfy constraint: Member must have length greater than "
                           "or equal to 1"),
        ({"Audience": ["a"] * 11}, "Value '' at 'audience' failed to satisfy constraint: Member "
                                   "must have length less than or equal to 10"),
        ({"DurationSeconds": 59}, "Value '59' at 'durationSeconds' failed to satisfy constraint: Member must have value "
                                  "greater than or equal to 60"),
        ({"DurationSeconds": 3601}, "Value '3601' at 'durationSeconds' failed to satisfy constraint: Member must have "
                                    "value less than or equal to 3600"),
        ({"SigningAlgorithm": "HS256"}, "Value 'HS256' at 'signingAlgorithm' failed to satisfy constraint: Member must "
                                        "satisfy enum value set: [ES384, RS256]"),
    ]:
        with invalid(what):
            ask(ann, **given)
    with refused(400, "InvalidParameterValue",
                 "Duplicate tag keys found. Please note that Tag keys are case insensitive.", Type="Sender"):
        ask(ann, Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}])
    with refused(400, "JWTPayloadSizeExceededException",
                 "The requested token payload size exceeds the maximum allowed size.", Type="Sender"):
        ask(ann, Tags=[{"Key": f"{number}{'k' * 100}", "Value": "v" * 256} for number in range(50)])
    session = house.client("sts", key=ann.key, secret=ann.secret).get_session_token()["Credentials"]
    sts = house.client("sts", key=session["AccessKeyId"], secret=session["SecretAccessKey"], token=session["SessionToken"])
    with refused(403, "AccessDenied", "Cannot call GetWebIdentityToken with session credentials", Type="Sender"):
        sts.get_web_identity_token(Audience=["a"], SigningAlgorithm="RS256")


def test_aws_does_not_take_them_back(house, world, issuer, ann, name):
    """"The JSON Web Tokens (JWTs) generated by the GetWebIdentityToken API cannot be used for OpenID Connect (OIDC)
    federation into AWS"."""
    iam = house.client("iam")
    made = iam.create_open_id_connect_provider(Url=issuer, ClientIDList=["a"], ThumbprintList=["a" * 40])
    provider = made["OpenIDConnectProviderArn"]
    role = Role(house, iam, name("role"), trust({"Federated": provider}, "sts:AssumeRoleWithWebIdentity"))
    token = ask(ann, Audience=["a"])["WebIdentityToken"]
    with refused(400, "InvalidIdentityToken",
                 "Tokens of GetWebIdentityToken cannot be used for AssumeRoleWithWebIdentity", Type="Sender"):
        house.client("sts", anonymous=True).assume_role_with_web_identity(
            RoleArn=role.arn, RoleSessionName="app", WebIdentityToken=token)


def test_keys_change_and_what_they_signed_stays_good(own_server, own_aws, monkeypatch, eventually):
    """A successor is published before it signs, and the former key after it has signed last; restarts change nothing."""
    root = type("Root", (), {"client": staticmethod(own_aws.client)})
    iam = own_aws.client("iam")

    def disabled():
        return refused(403, "OutboundWebIdentityFederationDisabledException",
                       "The outbound web identity federation feature is not enabled for this account.", Type="Sender")
    with disabled():
        ask(root)
    issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    world = World(own_server, issuer, monkeypatch)

    def published():
        return [key["kid"] for key in world.fetch(f"{issuer}/.well-known/jwks.json")["keys"]]

    def signed():
        token = ask(root)["WebIdentityToken"]
        assert world.claims(token, "https://api.example.com")["sub"] == f"arn:aws:iam::{ACCOUNT}:root"
        return token, jwt.get_unverified_header(token)["kid"]

    first, by = signed()
    assert (by, published()) == ("EC384_1", ["RSA_1", "EC384_1"])
    own_server.forward(91 * DAY)
    eventually(lambda: published() == ["RSA_1", "EC384_1", "RSA_2", "EC384_2"])
    assert signed()[1] == "EC384_1"
    own_server.forward(DAY + 60)
    assert signed()[1] == "EC384_2"
    world.claims(first, "https://api.example.com")
    own_server.restart()
    assert signed()[1] == "EC384_2"
    own_server.forward(2 * DAY)
    eventually(lambda: published() == ["RSA_2", "EC384_2"])
    last, _ = signed()
    iam.disable_outbound_web_identity_federation()
    with disabled():
        ask(root)
    world.claims(last, "https://api.example.com")
    assert iam.enable_outbound_web_identity_federation()["IssuerIdentifier"] == issuer
    assert signed()[1] == "EC384_2"
