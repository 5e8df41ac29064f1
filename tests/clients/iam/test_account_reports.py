"""The account's summary and its credential report."""

import csv
import io
import pathlib
import re

from answers import Any, Now, refused, same
from aws import ACCOUNT
from identities import User
from totp import code

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
EMPTY = {
    "AccessKeysPerUserQuota": 2, "AccountAccessKeysPresent": 0, "AccountMFAEnabled": 0, "AccountPasswordPresent": 0,
    "AccountSigningCertificatesPresent": 0, "AssumeRolePolicySizeQuota": 2048, "AttachedPoliciesPerGroupQuota": 10,
    "AttachedPoliciesPerRoleQuota": 10, "AttachedPoliciesPerUserQuota": 10, "GlobalEndpointTokenVersion": 1,
    "GroupPolicySizeQuota": 5120, "Groups": 0, "GroupsPerUserQuota": 10, "GroupsQuota": 300, "InstanceProfiles": 0,
    "InstanceProfilesQuota": 1000, "MFADevices": 0, "MFADevicesInUse": 0, "Policies": 0, "PoliciesQuota": 1500,
    "PolicySizeQuota": 6144, "PolicyVersionsInUse": 0, "PolicyVersionsInUseQuota": 10000, "Providers": 0,
    "RolePolicySizeQuota": 10240, "Roles": 0, "RolesQuota": 1000, "ServerCertificates": 0,
    "ServerCertificatesQuota": 20, "SigningCertificatesPerUserQuota": 2, "UserPolicySizeQuota": 2048, "Users": 0,
    "UsersQuota": 5000, "VersionsPerPolicyQuota": 5,
}
COLUMNS = (
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,"
    "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,"
    "access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,"
    "access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,"
    "cert_1_last_rotated,cert_2_active,cert_2_last_rotated")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")


def data(name):
    return (pathlib.Path(__file__).parent / "data" / name).read_text()


def enable_mfa(iam, user):
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=user)["VirtualMFADevice"]
    seed = made["Base32StringSeed"]
    iam.enable_mfa_device(UserName=user, SerialNumber=made["SerialNumber"], AuthenticationCode1=code(seed, -1),
                          AuthenticationCode2=code(seed))


def test_everything_is_counted(own_aws):
    iam = own_aws.client("iam")
    same(iam.get_account_summary(), 200, {"SummaryMap": EMPTY}, {"content-type": "text/xml"})
    for name in ("ann", "bob"):
        iam.create_user(UserName=name)
        iam.attach_user_policy(UserName=name, PolicyArn=ADMIN)
    iam.create_group(GroupName="g")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument="""{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""")
    iam.create_virtual_mfa_device(VirtualMFADeviceName="free")
    enable_mfa(iam, "ann")
    iam.upload_server_certificate(ServerCertificateName="c", CertificateBody=data("server.pem"),
                                  PrivateKey=data("server.key"))
    iam.set_security_token_service_preferences(GlobalEndpointTokenVersion="v2Token")
    same(iam.get_account_summary(), 200, {"SummaryMap": {
        **EMPTY, "Users": 2, "Groups": 1, "Roles": 1, "MFADevices": 2, "MFADevicesInUse": 1, "ServerCertificates": 1,
        "PolicyVersionsInUse": 1, "GlobalEndpointTokenVersion": 2}})


def report(iam):
    answer = same(iam.get_credential_report(), 200, {
        "Content": Any(bytes), "ReportFormat": "text/csv", "GeneratedTime": Now()})
    text = answer["Content"].decode()
    assert text.splitlines()[0] == COLUMNS and not text.endswith("\n")
    return {line["user"]: line for line in csv.DictReader(io.StringIO(text))}


def test_the_credential_report(own_server, own_aws):
    iam = own_aws.client("iam")
    with refused(410, "ReportNotPresent", "No report exists. Please generate a credential report first.",
                 Type="Sender"):
        iam.get_credential_report()
    ann = User(own_aws, iam, "ann", Path="/team/")
    iam.create_user(UserName="b,ob")
    iam.update_account_password_policy(MaxPasswordAge=90)
    iam.create_login_profile(UserName="ann", Password="Correct-horse-1")
    enable_mfa(iam, "ann")
    iam.upload_signing_certificate(UserName="ann", CertificateBody=data("server.pem"))
    second = iam.create_access_key(UserName="ann")["AccessKey"]
    iam.update_access_key(UserName="ann", AccessKeyId=second["AccessKeyId"], Status="Inactive")
    ann.client("sts", region="eu-west-1").get_caller_identity()
    same(iam.generate_credential_report(), 200, {
        "State": "STARTED", "Description": "No report exists. Starting a new report generation task"})
    same(iam.generate_credential_report(), 200, {"State": "COMPLETE"})
    lines = report(iam)
    assert list(lines) == ["<root_account>", "ann", "b,ob"]
    none = {f"access_key_{n}_{what}": "N/A" for n in (1, 2)
            for what in ("last_rotated", "last_used_date", "last_used_region", "last_used_service")}
    nobody = {"mfa_active": "false", "access_key_1_active": "false", "access_key_2_active": "false", **none,
              "cert_1_active": "false", "cert_1_last_rotated": "N/A", "cert_2_active": "false",
              "cert_2_last_rotated": "N/A"}
    assert lines["<root_account>"] == {
        "user": "<root_account>", "arn": f"arn:aws:iam::{ACCOUNT}:root",
        "user_creation_time": "1970-01-01T00:00:00+00:00", "password_enabled": "not_supported",
        "password_last_used": "no_information", "password_last_changed": "not_supported",
        "password_next_rotation": "not_supported", **nobody}
    bob = lines["b,ob"]
    assert DATE.fullmatch(bob["user_creation_time"])
    assert bob == {
        "user": "b,ob", "arn": f"arn:aws:iam::{ACCOUNT}:user/b,ob", "user_creation_time": bob["user_creation_time"],
        "password_enabled": "false", "password_last_used": "N/A", "password_last_changed": "N/A",
        "password_next_rotation": "N/A", **nobody}
    ann = lines["ann"]
    dates = {name: ann[name] for name in (
        "user_creation_time", "password_last_changed", "password_next_rotation", "access_key_1_last_rotated",
        "access_key_1_last_used_date", "access_key_2_last_rotated", "cert_1_last_rotated")}
    assert all(DATE.fullmatch(date) for date in dates.values()), dates
    assert dates["password_next_rotation"] > dates["password_last_changed"]
    assert ann == {
        **nobody, "user": "ann", "arn": f"arn:aws:iam::{ACCOUNT}:user/team/ann", "password_enabled": "true",
        "password_last_used": "no_information", "mfa_active": "true", "access_key_1_active": "true",
        "access_key_1_last_used_region": "eu-west-1", "access_key_1_last_used_service": "sts", "cert_1_active": "true",
        **dates}
    # It is what it was for four hours; then another one is to be made.
    iam.create_user(UserName="cid")
    own_server.forward(4 * 3600 - 60)
    same(iam.generate_credential_report(), 200, {"State": "COMPLETE"})
    assert "cid" not in iam.get_credential_report()["Content"].decode()
    own_server.forward(60)
    with refused(410, "ReportExpired", "The most recent credential report has expired. Please generate a new "
                 "credential report.", Type="Sender"):
        iam.get_credential_report()
    same(iam.generate_credential_report(), 200, {
        "State": "STARTED", "Description": "The report has expired. Starting a new report generation task"})
    assert "cid" in iam.get_credential_report()["Content"].decode()
