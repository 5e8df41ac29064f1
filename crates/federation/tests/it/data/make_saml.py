"""Writes canonical.tsv and saml.tsv: XML that libxml2 canonicalized, and responses whose signatures it and OpenSSL made.

Usage: python make_saml.py (needs lxml and cryptography). The keys are new each time; so are the files.
"""

import base64
import datetime
import hashlib
import pathlib
import random

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from lxml import etree

HERE = pathlib.Path(__file__).parent
DS = "http://www.w3.org/2000/09/xmldsig#"
EXC = "http://www.w3.org/2001/10/xml-exc-c14n#"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
ENC = "http://www.w3.org/2001/04/xmlenc#"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
DIGESTS = {ENC + "sha256": hashlib.sha256, MORE + "sha384": hashlib.sha384, ENC + "sha512": hashlib.sha512}
HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}


def b64(data):
    return base64.b64encode(data).decode()


def canonical(element, prefixes=()):
    # lxml drops "#default" silently; that has a test by hand.
    assert "" not in prefixes
    return etree.tostring(
        element, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=list(prefixes) or None
    )


PREFIXES = ["", "a", "b", "xs"]
# None needs escaping: libxml2 forgets to escape the names of namespaces.
SPACES = ["urn:one", "urn:two", "urn:three"]
TEXTS = ["x", " ", "\n  ", "&amp;", "&lt;", "&#13;", "&#x9;", "\t", ">", "\u00e9\u4e2d\U0001f600", "<![CDATA[<&]]>", "<!-- c -->", "'\"", "\r\n", "\r"]
VALUES = ["", "v", " v  w ", "&quot;", "&#10;", "&#13;", "\t", "\n", "&lt;&amp;>", "\u00e9", "'", "&#x20;", "\r\n"]


def random_element(rng, depth, scope):
    scope = dict(scope)
    declared = {}
    for prefix in PREFIXES:
        if rng.random() < 0.3:
            declared[prefix] = rng.choice(SPACES + ([""] if prefix == "" else []))
    scope.update(declared)
    usable = [prefix for prefix in PREFIXES if prefix == "" or prefix in scope]
    prefix = rng.choice(usable)
    name = (prefix + ":" if prefix else "") + rng.choice("efgh")
    parts = [
        'xmlns%s="%s"' % (":" + p if p else "", uri) for p, uri in declared.items()
    ]
    seen = set()
    for _ in range(rng.randrange(4)):
        prefix = rng.choice(usable + ["xml"])
        local = rng.choice(["lang", "k", "l", "m", "space"]) if prefix != "xml" else "lang"
        key = (scope.get(prefix, "") if prefix else "", local)
        if prefix == "xml":
            key = ("xml", local)
        if key in seen:
            continue
        seen.add(key)
        parts.append('%s="%s"' % ((prefix + ":" if prefix else "") + local, rng.choice(VALUES)))
    rng.shuffle(parts)
    content = ""
    if depth < 4:
        for _ in range(rng.randrange(4)):
            content += rng.choice(TEXTS) if rng.random() < 0.5 else random_element(rng, depth + 1, scope)
    space = rng.choice([" ", "\n ", "  "])
    head = space.join([name] + parts)
    return f"<{head}/>" if not content and rng.random() < 0.5 else f"<{head}>{content}</{name}>"


def make_canonical():
    rng = random.Random(4)
    lines = []
    while len(lines) < 120:
        xml = random_element(rng, 0, {})
        prefixes = rng.choice([(), (), ("a",), ("b",), ("xs", "a", "zz")])
        root = etree.fromstring(xml.encode())
        if len(root) and len(xml) < 600:
            lines.append("\t".join([b64(xml.encode()), " ".join(prefixes), b64(canonical(root, prefixes))]))
    (HERE / "canonical.tsv").write_text("\n".join(lines) + "\n")


class Signer:
    def __init__(self, key):
        self.key = key
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp.example.com")])
        start = datetime.datetime(2020, 1, 1)
        # Expired long ago: SAML does not ask.
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(start)
            .not_valid_after(start + datetime.timedelta(days=1))
            .sign(key, hashes.SHA256())
        )
        self.certificate = b64(certificate.public_bytes(serialization.Encoding.DER))

    def sign(self, method, message):
        digest = HASHES[method.rpartition("-")[2]]
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(message, padding.PKCS1v15(), digest)
        r, s = utils.decode_dss_signature(self.key.sign(message, ec.ECDSA(digest)))
        size = (self.key.key_size + 7) // 8
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def sign(root, path, signer, method, digest, prefixes, signature_prefix, info_prefixes=()):
    """Puts a signature after the issuer of the element at `path`."""
    target = root if path == "." else root.find(path)
    form = canonical(target, prefixes)
    p = signature_prefix + ":" if signature_prefix else ""
    x = "xmlns" + (":" + signature_prefix if signature_prefix else "")

    def inclusive(names):
        return f'<ec:InclusiveNamespaces xmlns:ec="{EXC}" PrefixList="{" ".join(names)}"/>' if names else ""

    text = f'''<{p}Signature {x}="{DS}">
  <{p}SignedInfo>
    <{p}CanonicalizationMethod Algorithm="{EXC}">{inclusive(info_prefixes)}</{p}CanonicalizationMethod>
    <{p}SignatureMethod Algorithm="{method}"/>
    <{p}Reference URI="#{target.get("ID")}">
      <{p}Transforms><{p}Transform Algorithm="{DS}enveloped-signature"/><{p}Transform Algorithm="{EXC}">{inclusive(prefixes)}</{p}Transform></{p}Transforms>
      <{p}DigestMethod Algorithm="{digest}"/>
      <{p}DigestValue>{b64(DIGESTS[digest](form).digest())}</{p}DigestValue>
    </{p}Reference>
  </{p}SignedInfo>
  <{p}SignatureValue/>
  <{p}KeyInfo><{p}X509Data><{p}X509Certificate>{signer.certificate}</{p}X509Certificate></{p}X509Data></{p}KeyInfo>
</{p}Signature>'''
    signature = etree.fromstring(text)
    target.insert(1, signature)
    info = signature.find(f"{{{DS}}}SignedInfo")
    value = b64(signer.sign(method, canonical(info, info_prefixes)))
    signature.find(f"{{{DS}}}SignatureValue").text = "\n".join(value[i : i + 64] for i in range(0, len(value), 64))


def response(assertion_prefix, protocol_prefix, extra=""):
    a = assertion_prefix + ":" if assertion_prefix else ""
    p = protocol_prefix + ":" if protocol_prefix else ""
    ax = "xmlns" + (":" + assertion_prefix if assertion_prefix else "")
    px = "xmlns" + (":" + protocol_prefix if protocol_prefix else "")
    base = "https://aws.amazon.com/SAML/Attributes/"
    return f'''<{p}Response {px}="{SAMLP}" xmlns:xs="http://www.w3.org/2001/XMLSchema" {extra}
   ID="_r" Version="2.0" IssueInstant="2026-01-02T03:04:00.123Z" Destination="https://signin.aws.amazon.com/saml">
  <{a}Issuer {ax}="{SAML}">https://idp.example.com/saml</{a}Issuer>
  <{p}Status><{p}StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></{p}Status>
  <{a}Assertion {ax}="{SAML}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
     Version="2.0" IssueInstant="2026-01-02T03:04:00.123Z" ID="_a">
    <{a}Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">https://idp.example.com/saml</{a}Issuer>
    <{a}Subject>
      <{a}NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">jane &amp; <!-- c -->j\u00f6hn</{a}NameID>
      <{a}SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <{a}SubjectConfirmationData Recipient="https://signin.aws.amazon.com/saml" NotOnOrAfter="2026-01-02T03:09:00.123Z"/>
      </{a}SubjectConfirmation>
    </{a}Subject>
    <{a}Conditions NotBefore="2026-01-02T03:03:00.123Z" NotOnOrAfter="2026-01-02T03:09:00.123Z">
      <{a}AudienceRestriction><{a}Audience>urn:amazon:webservices</{a}Audience></{a}AudienceRestriction>
    </{a}Conditions>
    <{a}AttributeStatement>
      <{a}Attribute Name="{base}Role"><{a}AttributeValue xsi:type="xs:string">arn:aws:iam::123456789012:role/reader,arn:aws:iam::123456789012:saml-provider/Example</{a}AttributeValue></{a}Attribute>
      <{a}Attribute Name="{base}RoleSessionName"><{a}AttributeValue xsi:type="xs:string">jane@example.com</{a}AttributeValue></{a}Attribute>
      <{a}Attribute Name="odd"><{a}AttributeValue xml:lang="en">&#13;\u00e9 "quoted" 'text' &gt; &#x9;</{a}AttributeValue></{a}Attribute>
    </{a}AttributeStatement>
  </{a}Assertion>
</{p}Response>'''


def metadata(signers):
    keys = "".join(
        f'<KeyDescriptor use="signing"><KeyInfo xmlns="{DS}"><X509Data><X509Certificate>{s.certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>'
        for s in signers
    )
    return f'''<?xml version="1.0"?><EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com/saml"><IDPSSODescriptor protocolSupportEnumeration="{SAMLP}">{keys}</IDPSSODescriptor></EntityDescriptor>'''


def make_responses():
    rsa2048 = Signer(rsa.generate_private_key(65537, 2048))
    rsa1024 = Signer(rsa.generate_private_key(65537, 1024))
    p256, p384, p521 = (Signer(ec.generate_private_key(c)) for c in (ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()))
    assertion = f"{{{SAML}}}Assertion"
    cases = []

    def case(name, signer, steps, texts=("saml2", "saml2p")):
        root = etree.fromstring(response(*texts).encode())
        for step in steps:
            sign(root, step[0], signer, *step[1:])
        cases.append("\t".join([name, b64(metadata([signer]).encode()), b64(etree.tostring(root, encoding="utf-8"))]))

    case("assertion, rsa-sha256", rsa2048, [(assertion, MORE + "rsa-sha256", ENC + "sha256", (), "ds")])
    case("response, rsa-sha384", rsa2048, [(".", MORE + "rsa-sha384", MORE + "sha384", (), "ds")])
    case("both, rsa-sha512", rsa2048, [(assertion, MORE + "rsa-sha512", ENC + "sha512", (), "ds"), (".", MORE + "rsa-sha512", ENC + "sha512", (), "ds")])
    case("inclusive prefixes", rsa2048, [(assertion, MORE + "rsa-sha256", ENC + "sha256", ("xs", "xsi"), "ds", ("xs",))])
    case("default namespaces", rsa2048, [(assertion, MORE + "rsa-sha256", ENC + "sha256", ("xs",), "")], ("", ""))
    case("unknown prefixes inclusive", rsa2048, [(".", MORE + "rsa-sha256", ENC + "sha256", ("xs", "unknown"), "", ("xs",))], ("", "p"))
    case("unused namespaces around", rsa2048, [(assertion, MORE + "rsa-sha256", ENC + "sha256", (), "dsig")], ("a", "b", 'xmlns:un="urn:un" xmlns="urn:default"'))
    case("rsa of 1024 bits", rsa1024, [(assertion, MORE + "rsa-sha256", ENC + "sha256", (), "ds")])
    case("p-256", p256, [(assertion, MORE + "ecdsa-sha256", ENC + "sha256", (), "ds")])
    case("p-384", p384, [(assertion, MORE + "ecdsa-sha384", MORE + "sha384", (), "ds")])
    case("p-521", p521, [(assertion, MORE + "ecdsa-sha512", ENC + "sha512", (), "ds")])
    (HERE / "saml.tsv").write_text("\n".join(cases) + "\n")


make_canonical()
make_responses()
