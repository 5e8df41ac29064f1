"""Virtual MFA devices, with codes that are really checked."""

import csv
import datetime
import io
import re
import struct
import time
import zlib

import pytest
from answers import Any, Now, Text, refused, same
from aws import ACCOUNT
from identities import User
from roles import Role, Session, trust
from totp import code

INVALID = (403, "InvalidAuthenticationCode", "Authentication code for device is not valid.")


def png_size(png):
    """The size of a PNG whose every checksum holds and whose pixels are all there."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, parts = 8, {}
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        body = png[at + 8:at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", png[at + 8 + length:at + 12 + length])[0]
        parts[kind], at = body, at + 12 + length
    width, height, depth, colour = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    assert (depth, colour) == (1, 0) and list(parts)[-1] == b"IEND"
    rows = zlib.decompress(parts[b"IDAT"])
    assert len(rows) == height * (1 + (width + 7) // 8)
    assert len(set(rows)) > 2, "all of one colour"
    return width, height


class Device:
    def __init__(self, iam, name, **given):
        made = same(iam.create_virtual_mfa_device(VirtualMFADeviceName=name, **given), 200, {"VirtualMFADevice": {
            "SerialNumber": f"arn:aws:iam::{ACCOUNT}:mfa{given.get('Path', '/')}{name}",
            "Base32StringSeed": Any(bytes), "QRCodePNG": Any(bytes), **({"Tags": given["Tags"]} if "Tags" in given else {})}})
        self.serial = made["VirtualMFADevice"]["SerialNumber"]
        self.seed = made["VirtualMFADevice"]["Base32StringSeed"]
        self.png = made["VirtualMFADevice"]["QRCodePNG"]

    def codes(self, steps=0):
        """Two in a row, the second `steps` from now."""
        return {"AuthenticationCode1": code(self.seed, steps - 1), "AuthenticationCode2": code(self.seed, steps)}


@pytest.fixture
def device(iam, name):
    return lambda **given: Device(iam, name("mfa"), **given)


def absent(serial):
    return refused(404, "NoSuchEntity", f"VirtualMFADevice with serial number {serial} doesn't exist.", Type="Sender")


def test_made_and_deleted(iam, device):
    made = device(Path="/team/", Tags=[{"Key": "a", "Value": "b"}])
    assert re.fullmatch(rb"[A-Z2-7]{64}", made.seed)
    width, height = png_size(made.png)
    assert width == height > 100
    with refused(409, "EntityAlreadyExists", "MFADevice entity at the same path and name already exists.",
                 Type="Sender"):
        iam.create_virtual_mfa_device(Path="/team/", VirtualMFADeviceName=made.serial.rsplit("/", 1)[1])
    assert device().seed != made.seed
    same(iam.delete_virtual_mfa_device(SerialNumber=made.serial), 200)
    with absent(made.serial):
        iam.delete_virtual_mfa_device(SerialNumber=made.serial)
    with refused(400, "ValidationError", "The specified value for path is invalid. It must begin and end with / and "
                 "contain only alphanumeric characters and/or / characters.", Type="Sender"):
        iam.create_virtual_mfa_device(Path="/team", VirtualMFADeviceName="x")
    with refused(400, "ValidationError", "The specified value for virtualMFADeviceName is invalid. It must contain "
                 "only alphanumeric characters and/or the following: +=,.@_-", Type="Sender"):
        iam.create_virtual_mfa_device(VirtualMFADeviceName="a b")


def test_enabled_by_two_codes_in_a_row(iam, device, user):
    made, someone = device(), user()
    good = made.codes()
    for codes in (
        {"AuthenticationCode1": good["AuthenticationCode2"], "AuthenticationCode2": good["AuthenticationCode1"]},
        {"AuthenticationCode1": good["AuthenticationCode2"], "AuthenticationCode2": good["AuthenticationCode2"]},
        {"AuthenticationCode1": code(made.seed, -2), "AuthenticationCode2": code(made.seed)},
        made.codes(-100), made.codes(100), device().codes(),
    ):
        with refused(*INVALID, Type="Sender"):
            iam.enable_mfa_device(UserName=someone.name, SerialNumber=made.serial, **codes)
    with refused(400, "ValidationError", "1 validation error detected: Value '12345x' at 'authenticationCode2' failed "
                 r"to satisfy constraint: Member must satisfy regular expression pattern: [\d]+", Type="Sender"):
        iam.enable_mfa_device(UserName=someone.name, SerialNumber=made.serial, AuthenticationCode1="123456",
                              AuthenticationCode2="12345x")
    same(iam.list_mfa_devices(UserName=someone.name), 200, {"MFADevices": [], "IsTruncated": False})
    same(iam.enable_mfa_device(UserName=someone.name, SerialNumber=made.serial, **good), 200)
    mine = {"UserName": someone.name, "SerialNumber": made.serial, "EnableDate": Now()}
    same(iam.list_mfa_devices(UserName=someone.name), 200, {"MFADevices": [mine], "IsTruncated": False})
    someone.may({"Effect": "Allow", "Action": ["iam:ListMFADevices", "iam:GetMFADevice"],
                 "Resource": f"arn:aws:iam::{ACCOUNT}:user/${{aws:username}}"})
    same(someone.client("iam").list_mfa_devices(), 200, {"MFADevices": [mine], "IsTruncated": False})
    same(iam.get_mfa_device(UserName=someone.name, SerialNumber=made.serial), 200, mine)
    same(someone.client("iam").get_mfa_device(SerialNumber=made.serial), 200, mine)
    with refused(409, "EntityAlreadyExists", "MFA Device already in use.", Type="Sender"):
        iam.enable_mfa_device(UserName=someone.name, SerialNumber=made.serial, **made.codes(1))
    with refused(409, "DeleteConflict", "MFA VirtualDevice in use. Must deactivate first.", Type="Sender"):
        iam.delete_virtual_mfa_device(SerialNumber=made.serial)
    same(iam.deactivate_mfa_device(UserName=someone.name, SerialNumber=made.serial), 200)
    same(iam.delete_virtual_mfa_device(SerialNumber=made.serial), 200)


def test_synchronised_again(iam, device, user):
    made, someone = device(), user().name
    with refused(404, "NoSuchEntity", "MFA Device invalid for user.", Type="Sender"):
        iam.resync_mfa_device(UserName=someone, SerialNumber=made.serial, **made.codes())
    iam.enable_mfa_device(UserName=someone, SerialNumber=made.serial, **made.codes())
    # Codes that were used are used up.
    with refused(*INVALID, Type="Sender"):
        iam.resync_mfa_device(UserName=someone, SerialNumber=made.serial, **made.codes())
    same(iam.resync_mfa_device(UserName=someone, SerialNumber=made.serial, **made.codes(6)), 200)
    with refused(404, "NoSuchEntity", "MFA Device invalid for user.", Type="Sender"):
        iam.resync_mfa_device(UserName=user().name, SerialNumber=made.serial, **made.codes(8))


def test_lists_by_assignment(own_aws):
    iam = own_aws.client("iam")
    iam.create_user(UserName="ann")
    free, used = Device(iam, "free"), Device(iam, "used")
    iam.enable_mfa_device(UserName="ann", SerialNumber=used.serial, **used.codes())
    ann = {"Path": "/", "UserName": "ann", "UserId": Text("AIDA[A-Z2-7]{17}"),
           "Arn": f"arn:aws:iam::{ACCOUNT}:user/ann", "CreateDate": Now()}
    unassigned = {"SerialNumber": free.serial}
    assigned = {"SerialNumber": used.serial, "User": ann, "EnableDate": Now()}
    for status, expected in [("Any", [unassigned, assigned]), ("Assigned", [assigned]), ("Unassigned", [unassigned])]:
        same(iam.list_virtual_mfa_devices(AssignmentStatus=status), 200,
             {"VirtualMFADevices": expected, "IsTruncated": False})
    first = same(iam.list_virtual_mfa_devices(MaxItems=1), 200,
                 {"VirtualMFADevices": [unassigned], "IsTruncated": True, "Marker": Text(".+")})
    same(iam.list_virtual_mfa_devices(MaxItems=1, Marker=first["Marker"]), 200,
         {"VirtualMFADevices": [assigned], "IsTruncated": False})
    with refused(400, "ValidationError", "Invalid Marker.", Type="Sender"):
        iam.list_virtual_mfa_devices(Marker="x y")


def test_users_with_a_device(iam, device, user, name):
    someone, other, made = user(), name("renamed"), device()
    iam.delete_access_key(UserName=someone.name, AccessKeyId=someone.key)
    iam.enable_mfa_device(UserName=someone.name, SerialNumber=made.serial, **made.codes())
    with refused(409, "DeleteConflict", "Cannot delete entity, must delete MFA device first.", Type="Sender"):
        iam.delete_user(UserName=someone.name)
    iam.update_user(UserName=someone.name, NewUserName=other)
    assert iam.list_mfa_devices(UserName=other)["MFADevices"][0]["UserName"] == other
    same(iam.resync_mfa_device(UserName=other, SerialNumber=made.serial, **made.codes(3)), 200)
    same(iam.deactivate_mfa_device(UserName=other, SerialNumber=made.serial), 200)
    with refused(404, "NoSuchEntity", "MFA Device invalid for user.", Type="Sender"):
        iam.deactivate_mfa_device(UserName=other, SerialNumber=made.serial)
    same(iam.delete_user(UserName=other), 200)


def test_eight_devices_for_one_user(iam, device, user):
    someone = user().name
    for _ in range(8):
        made = device()
        iam.enable_mfa_device(UserName=someone, SerialNumber=made.serial, **made.codes())
    made = device()
    with refused(409, "LimitExceeded", "Cannot exceed quota for MFADevicesPerUser: 8", Type="Sender"):
        iam.enable_mfa_device(UserName=someone, SerialNumber=made.serial, **made.codes())


def test_tags(iam, device, user):
    made = device(Tags=[{"Key": "a", "Value": "1"}])
    same(iam.tag_mfa_device(SerialNumber=made.serial, Tags=[{"Key": "A", "Value": "2"}, {"Key": "b", "Value": ""}]), 200)
    first = same(iam.list_mfa_device_tags(SerialNumber=made.serial, MaxItems=1), 200,
                 {"Tags": [{"Key": "A", "Value": "2"}], "IsTruncated": True, "Marker": Text(".+")})
    same(iam.list_mfa_device_tags(SerialNumber=made.serial, Marker=first["Marker"]), 200,
         {"Tags": [{"Key": "b", "Value": ""}], "IsTruncated": False})
    # The device's tags are condition keys.
    someone = user()
    someone.may({"Effect": "Allow", "Action": "iam:*", "Resource": "*",
                 "Condition": {"StringEquals": {"aws:ResourceTag/b": "yes"}}})
    with pytest.raises(Exception, match=f"iam:ListMFADeviceTags on resource: {made.serial} because"):
        someone.client("iam").list_mfa_device_tags(SerialNumber=made.serial)
    iam.tag_mfa_device(SerialNumber=made.serial, Tags=[{"Key": "b", "Value": "yes"}])
    someone.client("iam").list_mfa_device_tags(SerialNumber=made.serial)
    same(iam.untag_mfa_device(SerialNumber=made.serial, TagKeys=["a", "b"]), 200)
    same(iam.list_mfa_device_tags(SerialNumber=made.serial), 200, {"Tags": [], "IsTruncated": False})
    gone = made.serial + "x"
    for call, more in [(iam.tag_mfa_device, {"Tags": []}), (iam.untag_mfa_device, {"TagKeys": []}),
                       (iam.list_mfa_device_tags, {})]:
        with absent(gone):
            call(SerialNumber=gone, **more)


def test_the_service_clock_counts(own_server, own_aws):
    iam = own_aws.client("iam")
    iam.create_user(UserName="ann")
    made = Device(iam, "phone")
    own_server.forward(86_400)
    with refused(*INVALID, Type="Sender"):
        iam.enable_mfa_device(UserName="ann", SerialNumber=made.serial, **made.codes())
    later = time.time() + 86_400
    same(iam.enable_mfa_device(UserName="ann", SerialNumber=made.serial,
                               AuthenticationCode1=code(made.seed, -1, later),
                               AuthenticationCode2=code(made.seed, 0, later)), 200)


def test_a_session_with_mfa(aws, iam, device, user):
    someone, made = user(), device()
    iam.enable_mfa_device(UserName=someone.name, SerialNumber=made.serial, **made.codes(-1))
    someone.may({"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*",
                 "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}})
    sts, invalid = someone.client("sts"), "MultiFactorAuthentication failed with invalid MFA one time pass code. "
    shown = code(made.seed)
    for wrong in ("000000" if shown != "000000" else "000001", code(made.seed, -2), code(made.seed, 20)):
        with refused(403, "AccessDenied", invalid, Type="Sender"):
            sts.get_session_token(SerialNumber=made.serial, TokenCode=wrong)
    with refused(403, "AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify "
                 "your MFA serial number is valid and associated with this user.", Type="Sender"):
        user().client("sts").get_session_token(SerialNumber=made.serial, TokenCode=shown)
    got = sts.get_session_token(SerialNumber=made.serial, TokenCode=shown)["Credentials"]
    # A code works once.
    with refused(403, "AccessDenied", invalid, Type="Sender"):
        sts.get_session_token(SerialNumber=made.serial, TokenCode=shown)
    with pytest.raises(Exception, match="not authorized to perform: iam:ListUsers"):
        someone.client("iam").list_users()
    aws.client("iam", key=got["AccessKeyId"], secret=got["SecretAccessKey"], token=got["SessionToken"]).list_users()


def test_of_the_root(own_aws):
    """AWS's root enables its device in the console; here it names itself, as long as no user has that name."""
    iam, sts = own_aws.client("iam"), own_aws.client("sts")
    made = Device(iam, "root-account-mfa-device")
    assert iam.get_account_summary()["SummaryMap"]["AccountMFAEnabled"] == 0
    same(iam.enable_mfa_device(UserName="root", SerialNumber=made.serial, **made.codes(-1)), 200)
    mine = {"SerialNumber": made.serial, "EnableDate": Now()}
    same(iam.list_mfa_devices(), 200, {"MFADevices": [mine], "IsTruncated": False})
    same(iam.list_mfa_devices(UserName="root"), 200, {"MFADevices": [mine], "IsTruncated": False})
    same(iam.get_mfa_device(SerialNumber=made.serial), 200, mine)
    root = {"UserId": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:root", "CreateDate": Any(datetime.datetime)}
    same(iam.list_virtual_mfa_devices(), 200, {"IsTruncated": False, "VirtualMFADevices": [
        {"SerialNumber": made.serial, "User": root, "EnableDate": Now()}]})
    summary = iam.get_account_summary()["SummaryMap"]
    assert (summary["AccountMFAEnabled"], summary["MFADevices"], summary["MFADevicesInUse"]) == (1, 1, 1)
    iam.generate_credential_report()
    table = list(csv.DictReader(io.StringIO(iam.get_credential_report()["Content"].decode())))
    assert [(row["user"], row["mfa_active"]) for row in table] == [("<root_account>", "true")]

    # Its codes are good for sessions of the root, once, and for nobody else.
    shown = {"SerialNumber": made.serial, "TokenCode": code(made.seed)}
    ann = User(own_aws, iam, "ann")
    ann.may({"Effect": "Allow", "Action": "*", "Resource": "*"})
    role = Role(own_aws, iam, "role", trust({"AWS": ACCOUNT}))
    role.may({"Effect": "Allow", "Action": "*", "Resource": "*"})
    session = role.session(ann.client("sts")).client("sts")
    for client in (ann.client("sts"), session):
        with refused(403, "AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify "
                     "your MFA serial number is valid and associated with this user.", Type="Sender"):
            client.assume_role(RoleArn=role.arn, RoleSessionName="session", **shown)
    own = Session(own_aws, sts.get_session_token(**shown)["Credentials"])
    same(own.client("iam").get_user(), 200, {"User": root})
    with refused(403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", Type="Sender"):
        sts.get_session_token(**shown)

    # Users do not mean the root by that name, and a user of that name is meant first.
    with refused(404, "NoSuchEntity", "The user with name root cannot be found.", Type="Sender"):
        ann.client("iam").list_mfa_devices(UserName="root")
    same(iam.resync_mfa_device(UserName="root", SerialNumber=made.serial, **made.codes(4)), 200)
    iam.create_user(UserName="root")
    same(iam.list_mfa_devices(UserName="root"), 200, {"MFADevices": [], "IsTruncated": False})
    with refused(404, "NoSuchEntity", "MFA Device invalid for user.", Type="Sender"):
        iam.deactivate_mfa_device(UserName="root", SerialNumber=made.serial)
    same(iam.deactivate_mfa_device(SerialNumber=made.serial), 200)
    same(iam.list_mfa_devices(), 200, {"MFADevices": [], "IsTruncated": False})
    assert iam.get_account_summary()["SummaryMap"]["AccountMFAEnabled"] == 0


@pytest.mark.parametrize("cells", [True, False], ids=["regions with data", "no region"])
def test_a_code_works_once_over_a_restart_and_everywhere(own_server, own_aws, cells):
    iam = own_aws.client("iam")
    if cells:
        for region in ("us-east-1", "eu-west-1"):
            own_aws.client("sqs", region=region).create_queue(QueueName="q")
    ann = User(own_aws, iam, "ann")
    made = Device(iam, "phone")
    iam.enable_mfa_device(UserName="ann", SerialNumber=made.serial, **made.codes())
    shown = {"SerialNumber": made.serial, "TokenCode": code(made.seed, 1)}
    later = {"SerialNumber": made.serial, "TokenCode": code(made.seed, 2)}
    ann.client("sts", region="eu-west-1").get_session_token(**shown)
    own_server.kill()
    own_server.start()
    for region in ("us-east-1", "eu-west-1"):
        with refused(403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
                     Type="Sender"):
            ann.client("sts", region=region).get_session_token(**shown)
    own_server.forward(30)
    ann.client("sts", region="us-east-1").get_session_token(**later)
