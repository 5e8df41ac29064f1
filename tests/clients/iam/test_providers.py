"""Identity providers: OpenID Connect and SAML."""

import datetime

import pytest
from answers import Now, Text, refused, same

ACCOUNT = "000000000000"


@pytest.fixture(scope="module")
def iam(aws):
    # The server's own answer to what boto3 would not send.
    return aws.client("iam", parameter_validation=False)


def oidc_arn(host):
    return f"arn:aws:iam::{ACCOUNT}:oidc-provider/{host}"


def no_oidc(arn):
    return refused(404, "NoSuchEntity", f"OpenIDConnect Provider not found for arn {arn}", Type="Sender")


def test_an_oidc_provider_from_begin_to_end(iam, name):
    host, print_a, print_b = f"{name('id')}.example.com/path", "a" * 40, "b" * 40
    arn = oidc_arn(host)
    same(iam.create_open_id_connect_provider(Url="https://" + host, ClientIDList=["one"], ThumbprintList=[print_a]),
         200, {"OpenIDConnectProviderArn": arn})
    whole = {"Url": host, "ClientIDList": ["one"], "ThumbprintList": [print_a], "CreateDate": Now(), "Tags": []}
    same(iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn), 200, whole)
    assert {"Arn": arn} in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]
    with refused(409, "EntityAlreadyExists", f"Provider with url https://{host} already exists.", Type="Sender"):
        iam.create_open_id_connect_provider(Url="https://" + host)
    for _ in range(2):
        same(iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="two"), 200)
    same(iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=arn, ThumbprintList=[print_b]), 200)
    for _ in range(2):
        same(iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="one"), 200)
    same(iam.tag_open_id_connect_provider(OpenIDConnectProviderArn=arn, Tags=[{"Key": "k", "Value": "v"}]), 200)
    tags = [{"Key": "k", "Value": "v"}]
    same(iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn), 200,
         {**whole, "ClientIDList": ["two"], "ThumbprintList": [print_b], "Tags": tags})
    same(iam.list_open_id_connect_provider_tags(OpenIDConnectProviderArn=arn), 200,
         {"Tags": tags, "IsTruncated": False})
    same(iam.untag_open_id_connect_provider(OpenIDConnectProviderArn=arn, TagKeys=["k"]), 200)
    same(iam.list_open_id_connect_provider_tags(OpenIDConnectProviderArn=arn), 200,
         {"Tags": [], "IsTruncated": False})
    same(iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn), 200)
    with no_oidc(arn):
        iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    with refused(404, "NoSuchEntity", f"OpenId connect Provider {arn} cannot be found.", Type="Sender"):
        iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)


def test_what_an_oidc_provider_may_not_be(iam, name):
    for url in ("http://example.com", "example.com", "https://", "https://a.example.com?x=1", "https://a b"):
        with refused(400, "ValidationError", "Invalid Open ID Connect Provider URL", Type="Sender"):
            iam.create_open_id_connect_provider(Url=url)
    url = f"https://{name('id')}.example.com"
    with refused(400, "InvalidInput", "Thumbprint list must contain fewer than 5 entries.", Type="Sender"):
        iam.create_open_id_connect_provider(Url=url, ThumbprintList=["a" * 40] * 6)
    with refused(409, "LimitExceeded", "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100",
                 Type="Sender"):
        iam.create_open_id_connect_provider(Url=url, ClientIDList=[f"c{n}" for n in range(101)])


# A certificate made for these tests; its key is gone.
CERTIFICATE = (
    "MIIC/zCCAeegAwIBAgIUeAnv7NB6HycSPTX8Bszi2zoiCU4wDQYJKoZIhvcNAQELBQAwDjEMMAoGA1UEAwwDaWRwMCAXDTI2MTEy"
    "MTE4MjkxMloYDzIxMjYxMDI4MTgyOTEyWjAOMQwwCgYDVQQDDANpZHAwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDc"
    "MdnjNNSk5gM3Fpc6wvQkZmIYPGrBDM7Y5fBgx/a5CTm/oIAzwv2itYxGWksTI3SVlDwHbQz1Mtb15svs20LVXFH6IuiTgQBtLAyD"
    "7eQXO02qRoAteVyk7Hd/n1STQvjrnIHsPk5UFV91mup7YElFAjBeT8v6BB7ppRDCT1cbq2CPmFpAWx+xHf73O4HSX3I1LhdKZcKb"
    "yXFvoflF7DAOWXwSIyl8IU2DOE2vJv9FYwugzVc3BOoTL8InVQR02aSUs42MsYlNHIK9sXFf91EZ5hUWXSzOqJMopJdxDq7zqG49"
    "BSPpzb5gUdZbZsBSxaHM2086ZleS54SUa+dkLaGZAgMBAAGjUzBRMB0GA1UdDgQWBBSpfo4uVsc1RSqrSIEgKutB8IrK/jAfBgNV"
    "HSMEGDAWgBSpfo4uVsc1RSqrSIEgKutB8IrK/jAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQA7x6byFhas77d9"
    "l96+VWinlyXX6W/5AU25CNLWiAJoGiUUW6H390tgWk1zfgyl5FBOPZwSJNXQ9eggbxigA36KyCNxge5xLRzkJ1b9gMjRAwsE0xo6"
    "V+B71VVI8y7vklh2HRMcYHoQgKz+2JwZc25lDHmuwEI+rKUNAd5csxRhkuNab8ZT5sIPv54pWxPx2kZ3GduqKKdbv7RbWhMlxkwZ"
    "w7MDuuMxbgXCqfK602/lk4ydE4PlNpMNIQ5OUD0bJZx5a+yt9b7QexF21E96d4s624f4pEZxsdms3E8X3C0VjdeDM57aE4W5RHAU"
    "JoViztV6I7bo2bHTcUzOOz1sBuGU"
)


def metadata(valid_until=None):
    """A provider's metadata."""
    until = f' validUntil="{valid_until}"' if valid_until else ""
    return (f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com"{until}>'
            '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
            '<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>'
            f'<X509Certificate>{CERTIFICATE}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>'
            '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" '
            'Location="https://idp.example.com/sso"/></IDPSSODescriptor></EntityDescriptor>')


class InAHundredYears:
    def __eq__(self, other):
        return 99 <= other.year - datetime.datetime.now().year <= 100


def test_a_saml_provider_from_begin_to_end(iam, name):
    provider, first, second = name("saml"), metadata(), metadata("2040-01-02T03:04:05Z")
    arn = f"arn:aws:iam::{ACCOUNT}:saml-provider/{provider}"
    same(iam.create_saml_provider(Name=provider, SAMLMetadataDocument=first), 200, {"SAMLProviderArn": arn})
    whole = {"SAMLProviderUUID": Text("[A-Z0-9]{22,64}"), "SAMLMetadataDocument": first, "CreateDate": Now(),
             "ValidUntil": InAHundredYears(), "Tags": [], "AssertionEncryptionMode": "Allowed", "PrivateKeyList": []}
    same(iam.get_saml_provider(SAMLProviderArn=arn), 200, whole)
    same(iam.update_saml_provider(SAMLProviderArn=arn, SAMLMetadataDocument=second), 200, {"SAMLProviderArn": arn})
    until = datetime.datetime(2040, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    same(iam.get_saml_provider(SAMLProviderArn=arn), 200,
         {**whole, "SAMLMetadataDocument": second, "ValidUntil": until})
    assert arn in [one["Arn"] for one in iam.list_saml_providers()["SAMLProviderList"]]
    same(iam.tag_saml_provider(SAMLProviderArn=arn, Tags=[{"Key": "k", "Value": "v"}]), 200)
    same(iam.list_saml_provider_tags(SAMLProviderArn=arn), 200,
         {"Tags": [{"Key": "k", "Value": "v"}], "IsTruncated": False})
    same(iam.untag_saml_provider(SAMLProviderArn=arn, TagKeys=["k"]), 200)
    with refused(400, "InvalidInput", "Could not parse metadata", Type="Sender"):
        iam.update_saml_provider(SAMLProviderArn=arn, SAMLMetadataDocument="x" * 1000)
    same(iam.delete_saml_provider(SAMLProviderArn=arn), 200)
    for call in (iam.get_saml_provider, iam.delete_saml_provider, iam.list_saml_provider_tags):
        with refused(404, "NoSuchEntity", f"Manifest not found for arn {arn}", Type="Sender"):
            call(SAMLProviderArn=arn)


def test_tokens_for_the_world_outside(iam):
    off = "Outbound identity federation is not enabled for your AWS account."
    for call in (iam.get_outbound_web_identity_federation_info, iam.disable_outbound_web_identity_federation):
        with refused(404, "FeatureDisabled", off, Type="Sender"):
            call()
    made = iam.enable_outbound_web_identity_federation()
    issuer = made["IssuerIdentifier"]
    same(made, 200, {"IssuerIdentifier": Text(r"https://[0-9a-f-]{36}\.tokens\.sts\.global\.api\.aws")})
    same(iam.get_outbound_web_identity_federation_info(), 200, {"IssuerIdentifier": issuer, "JwtVendingEnabled": True})
    with refused(409, "FeatureEnabled", "Outbound identity federation is already enabled for your AWS account.",
                 Type="Sender"):
        iam.enable_outbound_web_identity_federation()
    same(iam.disable_outbound_web_identity_federation(), 200)
    assert iam.enable_outbound_web_identity_federation()["IssuerIdentifier"] == issuer
    iam.disable_outbound_web_identity_federation()
