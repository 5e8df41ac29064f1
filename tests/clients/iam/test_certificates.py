"""Server certificates and signing certificates; `data/make.sh` made them."""

import datetime
import pathlib

import pytest
from answers import TIME, Now, Text, refused, same
from aws import ACCOUNT

NOT_PEM = (400, "MalformedCertificate", "Unable to parse certificate. Please ensure the certificate is in PEM format.")
NO_KEY = (400, "MalformedCertificate", "Unable to parse key; the private key could not be parsed. Please ensure the "
          "key is in PEM format.")
MISMATCH = (400, "KeyPairMismatch", "Private key does not match the public key in the certificate.")


def data(name):
    return (pathlib.Path(__file__).parent / "data" / name).read_text()


def metadata(name, path="/"):
    return {"Path": path, "ServerCertificateName": name, "ServerCertificateId": Text("ASCA[A-Z2-7]{17}"),
            "Arn": f"arn:aws:iam::{ACCOUNT}:server-certificate{path}{name}", "UploadDate": Now(), "Expiration": TIME}


@pytest.fixture
def upload(iam, name):
    """Uploads a certificate; answers its name. Takes all away at the end: an account may have twenty."""
    made = []

    def upload(certificate="server.pem", key="server.key", chain=None, called=None, **given):
        called = called or name("cert")
        if chain is not None:
            given["CertificateChain"] = chain
        iam.upload_server_certificate(ServerCertificateName=called, CertificateBody=data(certificate),
                                      PrivateKey=data(key), **given)
        made.append(called)
        return called
    yield upload
    for one in made:
        try:
            iam.delete_server_certificate(ServerCertificateName=one)
        except iam.exceptions.NoSuchEntityException:
            pass


def absent(name):
    return refused(404, "NoSuchEntity", f"The Server Certificate with name {name} cannot be found.", Type="Sender")


@pytest.mark.parametrize("certificate, key", [
    ("server.pem", "server.key"), ("server.pem", "server-pkcs1.key"), ("p256.pem", "p256.key"), ("p384.pem", "p384.key"),
])
def test_uploaded_and_shown(iam, name, certificate, key):
    made, tags = name("Cert"), [{"Key": "a", "Value": "b"}]
    answer = same(iam.upload_server_certificate(
        Path="/cloudfront/", ServerCertificateName=made, CertificateBody=data(certificate), PrivateKey=data(key),
        Tags=tags), 200, {"ServerCertificateMetadata": metadata(made, "/cloudfront/"), "Tags": tags})
    expires = answer["ServerCertificateMetadata"]["Expiration"]
    assert expires > datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=365)
    same(iam.get_server_certificate(ServerCertificateName=made.upper()), 200, {"ServerCertificate": {
        "ServerCertificateMetadata": metadata(made, "/cloudfront/"), "CertificateBody": data(certificate),
        "Tags": tags}})
    with refused(409, "EntityAlreadyExists", f"The Server Certificate with name {made} already exists.", Type="Sender"):
        iam.upload_server_certificate(ServerCertificateName=made, CertificateBody=data(certificate), PrivateKey=data(key))
    same(iam.delete_server_certificate(ServerCertificateName=made), 200)
    for call in (iam.get_server_certificate, iam.delete_server_certificate, iam.update_server_certificate,
                 iam.list_server_certificate_tags):
        with absent(made):
            call(ServerCertificateName=made)


def test_the_chain_is_verified(iam, upload):
    whole = data("middle.pem") + data("root.pem")
    made = upload(chain=whole)
    shown = iam.get_server_certificate(ServerCertificateName=made)["ServerCertificate"]
    assert shown["CertificateChain"].split() == whole.split() and "Tags" not in shown
    upload(chain=data("middle.pem"))
    wrong = ("Unable to validate certificate chain. The certificate chain must start with the immediate signing "
             "certificate, followed by any intermediaries in order. The index within the chain of the invalid "
             "certificate is: ")
    for chain, index in [(data("root.pem"), -1), (data("middle.pem") + data("p256.pem"), 0),
                         (data("root.pem") + data("middle.pem"), -1)]:
        with refused(400, "MalformedCertificate", wrong + str(index), Type="Sender"):
            upload(chain=chain)
    with refused(400, "MalformedCertificate", "Unable to parse certificate chain. Please ensure the certificate chain "
                 "is in PEM format.", Type="Sender"):
        upload(chain="text\n" + data("middle.pem"))


@pytest.mark.parametrize("body, key, error", [
    ("x", data("server.key"), NOT_PEM),
    (data("server.key"), data("server.key"), NOT_PEM),
    (data("server.pem") + data("middle.pem"), data("server.key"), NOT_PEM),
    ("subject=server\n" + data("server.pem"), data("server.key"), NOT_PEM),
    (data("server.pem").replace("MII", "MIJ", 1), data("server.key"), NOT_PEM),
    (data("server.pem"), "x", NO_KEY),
    (data("server.pem"), data("server.pem"), NO_KEY),
    (data("server.pem"), data("server-encrypted.key"), NO_KEY),
    (data("server.pem"), data("p256.key"), MISMATCH),
    (data("p256.pem"), data("p384.key"), MISMATCH),
    (data("middle.pem"), data("server.key"), MISMATCH),
])
def test_what_is_no_pair(iam, name, body, key, error):
    with refused(*error, Type="Sender"):
        iam.upload_server_certificate(ServerCertificateName=name("cert"), CertificateBody=body, PrivateKey=key)


def test_another_name_and_path(iam, upload, name):
    made, other, taken = upload(), name("Other"), upload()
    with refused(409, "EntityAlreadyExists", f"The Server Certificate with name {taken} already exists.", Type="Sender"):
        iam.update_server_certificate(ServerCertificateName=made, NewServerCertificateName=taken)
    same(iam.update_server_certificate(ServerCertificateName=made, NewServerCertificateName=other, NewPath="/moved/"), 200)
    with absent(made):
        iam.get_server_certificate(ServerCertificateName=made)
    same(iam.list_server_certificates(PathPrefix="/moved/"), 200,
         {"ServerCertificateMetadataList": [metadata(other, "/moved/")], "IsTruncated": False})
    iam.delete_server_certificate(ServerCertificateName=other)


def test_tags(iam, upload):
    made = upload(Tags=[{"Key": "a", "Value": "1"}])
    same(iam.tag_server_certificate(ServerCertificateName=made, Tags=[{"Key": "b", "Value": "2"}]), 200)
    first = same(iam.list_server_certificate_tags(ServerCertificateName=made, MaxItems=1), 200, {
        "Tags": [{"Key": "a", "Value": "1"}], "IsTruncated": True, "Marker": Text(".+")})
    same(iam.list_server_certificate_tags(ServerCertificateName=made, Marker=first["Marker"]), 200,
         {"Tags": [{"Key": "b", "Value": "2"}], "IsTruncated": False})
    same(iam.untag_server_certificate(ServerCertificateName=made, TagKeys=["a", "b"]), 200)
    same(iam.list_server_certificate_tags(ServerCertificateName=made), 200, {"Tags": [], "IsTruncated": False})


def test_twenty_in_pages(own_server, own_aws):
    iam = own_aws.client("iam")
    for number in range(20):
        iam.upload_server_certificate(ServerCertificateName=f"c{number:02}", CertificateBody=data("server.pem"),
                                      PrivateKey=data("server.key"))
    with refused(409, "LimitExceeded", "Cannot exceed quota for ServerCertificatesPerAccount: 20", Type="Sender"):
        iam.upload_server_certificate(ServerCertificateName="one-more", CertificateBody=data("server.pem"),
                                      PrivateKey=data("server.key"))
    first = same(iam.list_server_certificates(MaxItems=15), 200, {
        "ServerCertificateMetadataList": [metadata(f"c{number:02}") for number in range(15)], "IsTruncated": True,
        "Marker": Text(".+")})
    same(iam.list_server_certificates(Marker=first["Marker"]), 200, {
        "ServerCertificateMetadataList": [metadata(f"c{number:02}") for number in range(15, 20)], "IsTruncated": False})
    # The key is never on the disk as it was given.
    own_server.stop()
    inside = data("server.key").splitlines()[3].encode()
    for file in own_server.data.rglob("*"):
        assert not file.is_file() or inside not in file.read_bytes(), file


def test_signing_certificates(iam, user, name):
    someone = user()
    uploaded = same(iam.upload_signing_certificate(UserName=someone.name, CertificateBody=data("server.pem")), 200, {
        "Certificate": {"UserName": someone.name, "CertificateId": Text("[A-Z2-7]{32}"), "Status": "Active",
                        "CertificateBody": Text(".*END CERTIFICATE.*"), "UploadDate": Now()}})["Certificate"]
    with refused(*NOT_PEM, Type="Sender"):
        iam.upload_signing_certificate(UserName=someone.name, CertificateBody="x")
    with refused(409, "DuplicateCertificate", "The same certificate is associated with an IAM user in the account.",
                 Type="Sender"):
        iam.upload_signing_certificate(UserName=user().name, CertificateBody=data("server.pem"))
    second = iam.upload_signing_certificate(UserName=someone.name, CertificateBody=data("p256.pem"))["Certificate"]
    with refused(409, "LimitExceeded", "Cannot exceed quota for CertificatesPerUser: 2", Type="Sender"):
        iam.upload_signing_certificate(UserName=someone.name, CertificateBody=data("p384.pem"))
    same(iam.update_signing_certificate(UserName=someone.name, CertificateId=second["CertificateId"],
                                        Status="Inactive"), 200)
    same(iam.list_signing_certificates(UserName=someone.name), 200, {
        "Certificates": [uploaded, {**second, "Status": "Inactive"}], "IsTruncated": False})
    iam.delete_access_key(UserName=someone.name, AccessKeyId=someone.key)
    with refused(409, "DeleteConflict", "Cannot delete entity, must delete certificates first.", Type="Sender"):
        iam.delete_user(UserName=someone.name)
    other = name("renamed")
    iam.update_user(UserName=someone.name, NewUserName=other)
    for one in (uploaded, second):
        same(iam.delete_signing_certificate(UserName=other, CertificateId=one["CertificateId"]), 200)
    with refused(404, "NoSuchEntity", f"The Certificate with id {'A' * 24} cannot be found.", Type="Sender"):
        iam.update_signing_certificate(UserName=other, CertificateId="A" * 24, Status="Active")
    with refused(404, "NoSuchEntity", f"The Certificate with id {second['CertificateId']} cannot be found.",
                 Type="Sender"):
        iam.delete_signing_certificate(UserName=other, CertificateId=second["CertificateId"])
    same(iam.delete_user(UserName=other), 200)


def test_signing_certificates_of_the_root(own_aws):
    iam = own_aws.client("iam")
    made = iam.upload_signing_certificate(CertificateBody=data("server.pem"))["Certificate"]
    assert "UserName" not in made
    same(iam.list_signing_certificates(), 200, {"Certificates": [made], "IsTruncated": False})
    assert iam.get_account_summary()["SummaryMap"]["AccountSigningCertificatesPresent"] == 1
    same(iam.delete_signing_certificate(CertificateId=made["CertificateId"]), 200)
