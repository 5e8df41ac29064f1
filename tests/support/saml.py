"""A SAML 2.0 provider: its metadata, and responses that OpenSSL signs. The XML is written in its canonical form."""

import base64
import datetime
import hashlib
import subprocess

from issuer import Key

DS = "http://www.w3.org/2000/09/xmldsig#"
EXC = "http://www.w3.org/2001/10/xml-exc-c14n#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
AWS = "https://aws.amazon.com/SAML/Attributes/"
SIGN_IN = "https://signin.aws.amazon.com/saml"


class Provider:
    """Signs assertions about `ann@example.com`."""

    entity = "https://idp.example.com/saml"

    def __init__(self, folder):
        self.key = Key(folder, "saml")
        made = subprocess.run(["openssl", "req", "-x509", "-new", "-key", str(self.key.file), "-subj", "/CN=idp",
                               "-days", "30", "-outform", "DER"], capture_output=True, check=True).stdout
        self.certificate = base64.b64encode(made).decode()

    def metadata(self):
        return (f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{self.entity}">'
                '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
                f'<KeyDescriptor use="signing"><KeyInfo xmlns="{DS}"><X509Data><X509Certificate>{self.certificate}'
                '</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService '
                'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/>'
                '</IDPSSODescriptor></EntityDescriptor>')

    def response(self, role, provider, session="ann", age=0, key=None, **attributes):
        """A response, in base64, which lets the subject assume `role`."""
        now = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=age)
        at, end = (t.strftime("%Y-%m-%dT%H:%M:%SZ") for t in (now, now + datetime.timedelta(seconds=300)))
        named = {"Role": f"{role},{provider}", "RoleSessionName": session, **attributes}
        stated = "".join(f'<Attribute Name="{AWS}{name}"><AttributeValue>{value}</AttributeValue></Attribute>'
                         for name, value in named.items())
        head = (f'<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" IssueInstant="{at}" Version="2.0">'
                f'<Issuer>{self.entity}</Issuer>')
        tail = ('<Subject><NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">ann@example.com</NameID>'
                '<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData '
                f'NotOnOrAfter="{end}" Recipient="{SIGN_IN}"></SubjectConfirmationData></SubjectConfirmation></Subject>'
                f'<Conditions NotBefore="{at}" NotOnOrAfter="{end}"><AudienceRestriction><Audience>urn:amazon:webservices'
                '</Audience></AudienceRestriction></Conditions><AuthnStatement '
                f'AuthnInstant="{at}"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password'
                f'</AuthnContextClassRef></AuthnContext></AuthnStatement><AttributeStatement>{stated}</AttributeStatement>'
                '</Assertion>')
        digest = base64.b64encode(hashlib.sha256((head + tail).encode()).digest()).decode()
        info = (f'<SignedInfo xmlns="{DS}"><CanonicalizationMethod Algorithm="{EXC}"></CanonicalizationMethod>'
                f'<SignatureMethod Algorithm="{RSA}"></SignatureMethod><Reference URI="#_a"><Transforms><Transform '
                f'Algorithm="{DS}enveloped-signature"></Transform><Transform Algorithm="{EXC}"></Transform></Transforms>'
                f'<DigestMethod Algorithm="{SHA256}"></DigestMethod><DigestValue>{digest}</DigestValue></Reference>'
                '</SignedInfo>')
        value = base64.b64encode((key or self.key).sign(info.encode())).decode()
        signature = f'<Signature xmlns="{DS}">{info}<SignatureValue>{value}</SignatureValue></Signature>'
        whole = (f'<Response xmlns="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r" IssueInstant="{at}" Version="2.0">'
                 '<Status><StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></StatusCode></Status>'
                 f'{head}{signature}{tail}</Response>')
        return base64.b64encode(whole.encode()).decode()
