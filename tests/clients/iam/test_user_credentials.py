"""SSH public keys and credentials for one service each."""

import base64
import datetime
import pathlib

import pytest
from answers import TIME, Now, Text, refused, same
from aws import ACCOUNT

CODECOMMIT, CASSANDRA = "codecommit.amazonaws.com", "cassandra.amazonaws.com"
INVALID = (400, "InvalidPublicKey", "The public key is malformed or otherwise invalid.")


def data(name):
    return (pathlib.Path(__file__).parent / "data" / name).read_text().strip()


def ssh_key(user, body, status="Active"):
    return {"UserName": user, "SSHPublicKeyId": Text("APKA[A-Z2-7]{17}"), "Fingerprint": data("ssh.md5"),
            "SSHPublicKeyBody": body, "Status": status, "UploadDate": Now()}


def test_ssh_keys(iam, user, name):
    someone = user()
    made = same(iam.upload_ssh_public_key(UserName=someone.name, SSHPublicKeyBody=data("ssh.pub")), 200,
                {"SSHPublicKey": ssh_key(someone.name, data("ssh.pub"))})["SSHPublicKey"]
    one = {"UserName": someone.name, "SSHPublicKeyId": made["SSHPublicKeyId"]}
    same(iam.get_ssh_public_key(**one, Encoding="SSH"), 200, {"SSHPublicKey": ssh_key(someone.name, data("ssh.pub"))})
    same(iam.get_ssh_public_key(**one, Encoding="PEM"), 200, {"SSHPublicKey": ssh_key(someone.name, data("ssh.pem"))})
    for body in (data("ssh.pub"), data("ssh.pem")):
        with refused(400, "DuplicateSSHPublicKey", "The SSH public key is already associated with the specified IAM "
                     "user.", Type="Sender"):
            iam.upload_ssh_public_key(UserName=someone.name, SSHPublicKeyBody=body)
    same(iam.update_ssh_public_key(**one, Status="Inactive"), 200)
    same(iam.list_ssh_public_keys(UserName=someone.name), 200, {"SSHPublicKeys": [
        {**one, "Status": "Inactive", "UploadDate": Now()}], "IsTruncated": False})
    iam.delete_access_key(UserName=someone.name, AccessKeyId=someone.key)
    with refused(409, "DeleteConflict", "Cannot delete entity, must remove referenced objects first.", Type="Sender"):
        iam.delete_user(UserName=someone.name)
    other = name("renamed")
    iam.update_user(UserName=someone.name, NewUserName=other)
    one["UserName"] = other
    same(iam.get_ssh_public_key(**one, Encoding="SSH"), 200,
         {"SSHPublicKey": ssh_key(other, data("ssh.pub"), "Inactive")})
    same(iam.delete_ssh_public_key(**one), 200)
    for call, more in [(iam.get_ssh_public_key, {"Encoding": "SSH"}), (iam.delete_ssh_public_key, {}),
                       (iam.update_ssh_public_key, {"Status": "Active"})]:
        with refused(404, "NoSuchEntity", f"The Public Key with id {one['SSHPublicKeyId']} cannot be found.",
                     Type="Sender"):
            call(**one, **more)
    same(iam.delete_user(UserName=other), 200)


def test_an_ssh_key_as_pem(iam, user):
    someone = user().name
    made = iam.upload_ssh_public_key(UserName=someone, SSHPublicKeyBody=data("ssh.pem"))["SSHPublicKey"]
    assert made["Fingerprint"] == data("ssh.md5")
    shown = iam.get_ssh_public_key(UserName=someone, SSHPublicKeyId=made["SSHPublicKeyId"], Encoding="SSH")
    assert shown["SSHPublicKey"]["SSHPublicKeyBody"].split() == data("ssh.pub").split()[:2]


@pytest.mark.parametrize("body", [
    "x", "ssh-rsa", "ssh-rsa AAAA", data("ed25519.pub"), data("server.pem"), data("p256.key"),
    data("ssh.pub").replace("ssh-rsa", "ssh-dss"), data("ssh.pub").replace("AAAAB3", "AAAAB4"),
])
def test_what_is_no_ssh_key(iam, user, body):
    with refused(*INVALID, Type="Sender"):
        iam.upload_ssh_public_key(UserName=user().name, SSHPublicKeyBody=body)


def credential(user, number="", status="Active", service=CODECOMMIT):
    return {"CreateDate": Now(), "ServiceName": service, "ServiceUserName": f"{user}{number}-at-{ACCOUNT}",
            "ServiceSpecificCredentialId": Text("ACCA[A-Z2-7]{17}"), "UserName": user, "Status": status}


def secret(made):
    return {**made, "ServicePassword": Text("[A-Za-z0-9+/]{40}=")}


def test_service_credentials(iam, user, name):
    someone = user()
    make = lambda service=CODECOMMIT: iam.create_service_specific_credential(UserName=someone.name, ServiceName=service)  # noqa: E731
    first = same(make(), 200, {"ServiceSpecificCredential": secret(credential(someone.name))})["ServiceSpecificCredential"]
    second = same(make(), 200, {"ServiceSpecificCredential": secret(credential(someone.name, "+1"))})["ServiceSpecificCredential"]
    with refused(409, "LimitExceeded", "Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2", Type="Sender"):
        make()
    same(make(CASSANDRA), 200, {"ServiceSpecificCredential": secret(credential(someone.name, service=CASSANDRA))})
    with refused(404, "NoSuchEntity", "No such service nope.amazonaws.com is supported for Service Specific "
                 "Credentials", Type="Sender"):
        make("nope.amazonaws.com")
    one = {"UserName": someone.name, "ServiceSpecificCredentialId": first["ServiceSpecificCredentialId"]}
    again = same(iam.reset_service_specific_credential(**one), 200,
                 {"ServiceSpecificCredential": secret(credential(someone.name))})["ServiceSpecificCredential"]
    assert len({first["ServicePassword"], second["ServicePassword"], again["ServicePassword"]}) == 3
    same(iam.update_service_specific_credential(**one, Status="Inactive"), 200)
    same(iam.list_service_specific_credentials(UserName=someone.name, ServiceName=CODECOMMIT), 200, {
        "ServiceSpecificCredentials": [credential(someone.name, status="Inactive"), credential(someone.name, "+1")]})
    assert len(iam.list_service_specific_credentials(UserName=someone.name)["ServiceSpecificCredentials"]) == 3
    same(iam.delete_service_specific_credential(**one), 200)
    for call, more in [(iam.delete_service_specific_credential, {}), (iam.reset_service_specific_credential, {}),
                       (iam.update_service_specific_credential, {"Status": "Active"})]:
        with refused(404, "NoSuchEntity", f"No such credential {one['ServiceSpecificCredentialId']} exists",
                     Type="Sender"):
            call(**one, **more)
    # The name that is free again is given again.
    same(make(), 200, {"ServiceSpecificCredential": secret(credential(someone.name))})
    iam.delete_access_key(UserName=someone.name, AccessKeyId=someone.key)
    with refused(409, "DeleteConflict", "Cannot delete entity, must remove referenced objects first.", Type="Sender"):
        iam.delete_user(UserName=someone.name)


def test_api_keys_expire(iam, user):
    someone = user().name
    made = same(iam.create_service_specific_credential(UserName=someone, ServiceName="bedrock.amazonaws.com",
                                                       CredentialAgeDays=30), 200, {"ServiceSpecificCredential": {
        "CreateDate": Now(), "ExpirationDate": TIME, "ServiceName": "bedrock.amazonaws.com",
        "ServiceCredentialAlias": f"{someone}-at-{ACCOUNT}", "ServiceCredentialSecret": Text("ABSK.+"),
        "ServiceSpecificCredentialId": Text("ACCA[A-Z2-7]{17}"), "UserName": someone,
        "Status": "Active"}})["ServiceSpecificCredential"]
    assert made["ExpirationDate"] - made["CreateDate"] == datetime.timedelta(days=30)
    assert base64.b64decode(made["ServiceCredentialSecret"][4:]).startswith(f"{someone}-at-{ACCOUNT}:".encode())
    with refused(400, "ValidationError", f"Credentials of {CODECOMMIT} do not expire.", Type="Sender"):
        iam.create_service_specific_credential(UserName=someone, ServiceName=CODECOMMIT, CredentialAgeDays=30)


def test_credentials_of_all_users_in_pages(own_aws):
    iam = own_aws.client("iam")
    for someone in ("ann", "bob", "cid"):
        iam.create_user(UserName=someone)
        iam.create_service_specific_credential(UserName=someone, ServiceName=CODECOMMIT)
    first = same(iam.list_service_specific_credentials(AllUsers=True, MaxItems=2), 200, {
        "ServiceSpecificCredentials": [credential("ann"), credential("bob")], "IsTruncated": True,
        "Marker": Text(".+")})
    same(iam.list_service_specific_credentials(AllUsers=True, Marker=first["Marker"], MaxItems=2), 200, {
        "ServiceSpecificCredentials": [credential("cid")], "IsTruncated": False})
