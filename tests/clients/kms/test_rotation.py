"""Rotation, by the clock and on demand: what was encrypted before stays readable."""

import datetime

import pytest
from answers import Any, Now, Text, refused, same


def days(number):
    return datetime.timedelta(days=number)


def test_rotation_is_switched(aws, kms, key):
    off = {"KeyRotationEnabled": False, "KeyId": key["Arn"]}
    same(kms.get_key_rotation_status(KeyId=key["KeyId"]), 200, off)
    same(kms.enable_key_rotation(KeyId=key["KeyId"]), 200)
    on = {"KeyRotationEnabled": True, "KeyId": key["Arn"], "RotationPeriodInDays": 365,
          "NextRotationDate": Any(datetime.datetime)}
    answer = same(kms.get_key_rotation_status(KeyId=key["KeyId"]), 200, on)
    assert answer["NextRotationDate"] - days(365) == Now()
    same(kms.enable_key_rotation(KeyId=key["KeyId"], RotationPeriodInDays=90), 200)
    answer = same(kms.get_key_rotation_status(KeyId=key["KeyId"]), 200, on | {"RotationPeriodInDays": 90})
    assert answer["NextRotationDate"] - days(90) == Now()
    same(kms.disable_key_rotation(KeyId=key["KeyId"]), 200)
    same(kms.get_key_rotation_status(KeyId=key["KeyId"]), 200, off)
    with refused(400, "ValidationException", "1 validation error detected: Value '89' at 'rotationPeriodInDays' failed to "
                 "satisfy constraint: Member must have value greater than or equal to 90"):
        aws.client("kms", parameter_validation=False).enable_key_rotation(KeyId=key["KeyId"], RotationPeriodInDays=89)


def test_keys_that_do_not_rotate(kms, key):
    curve = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]
    wrong = f"{curve['Arn']} key spec is ECC_NIST_P256 which is not valid for this operation."
    for call in (kms.enable_key_rotation, kms.disable_key_rotation, kms.get_key_rotation_status, kms.rotate_key_on_demand,
                 kms.list_key_rotations):
        with refused(400, "UnsupportedOperationException", wrong):
            call(KeyId=curve["KeyId"])
    kms.disable_key(KeyId=key["KeyId"])
    for call in (kms.enable_key_rotation, kms.disable_key_rotation, kms.rotate_key_on_demand):
        with refused(400, "DisabledException", f"{key['Arn']} is disabled."):
            call(KeyId=key["KeyId"])


def test_new_material_on_demand(kms, key):
    first = key["CurrentKeyMaterialId"]
    old = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"old")["CiphertextBlob"]
    same(kms.list_key_rotations(KeyId=key["KeyId"]), 200, {"Rotations": [], "Truncated": False})
    same(kms.rotate_key_on_demand(KeyId=key["KeyId"]), 200, {"KeyId": key["Arn"]})
    second = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["CurrentKeyMaterialId"]
    assert second != first
    new = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"new")["CiphertextBlob"]
    for blob, plain, material in ((old, b"old", first), (new, b"new", second)):
        answer = kms.decrypt(CiphertextBlob=blob)
        assert (answer["Plaintext"], answer["KeyMaterialId"]) == (plain, material)
    entry = {"KeyId": key["Arn"], "KeyMaterialId": second, "KeyMaterialState": "CURRENT", "RotationDate": Now(),
             "RotationType": "ON_DEMAND"}
    same(kms.list_key_rotations(KeyId=key["KeyId"]), 200, {"Rotations": [entry], "Truncated": False})
    before = {"KeyId": key["Arn"], "KeyMaterialId": first, "KeyMaterialState": "NON_CURRENT"}
    same(kms.list_key_rotations(KeyId=key["KeyId"], IncludeKeyMaterial="ALL_KEY_MATERIAL"), 200,
         {"Rotations": [before, entry], "Truncated": False})
    page = kms.list_key_rotations(KeyId=key["KeyId"], IncludeKeyMaterial="ALL_KEY_MATERIAL", Limit=1)
    assert page["Truncated"] and page["Rotations"] == [before]
    page = kms.list_key_rotations(KeyId=key["KeyId"], IncludeKeyMaterial="ALL_KEY_MATERIAL", Marker=page["NextMarker"])
    assert [one["KeyMaterialId"] for one in page["Rotations"]] == [second]


def test_there_is_an_end_to_rotations_on_demand(kms, key):
    for _ in range(25):
        kms.rotate_key_on_demand(KeyId=key["KeyId"])
    with refused(400, "LimitExceededException", "The on-demand rotation limit of this KMS key has been reached."):
        kms.rotate_key_on_demand(KeyId=key["KeyId"])


@pytest.mark.parametrize("period", [90, 365])
def test_new_material_by_the_clock(own_server, own_aws, eventually, period):
    kms = own_aws.client("kms")
    id = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.enable_key_rotation(KeyId=id, RotationPeriodInDays=period)
    old = kms.encrypt(KeyId=id, Plaintext=b"old")["CiphertextBlob"]
    own_server.forward(period * 86400 + 120)
    eventually(lambda: len(kms.list_key_rotations(KeyId=id)["Rotations"]) == 1)
    [rotation] = kms.list_key_rotations(KeyId=id)["Rotations"]
    assert (rotation["RotationType"], rotation["KeyMaterialState"]) == ("AUTOMATIC", "CURRENT")
    own_server.restart()
    assert kms.decrypt(CiphertextBlob=old)["Plaintext"] == b"old"
    assert kms.describe_key(KeyId=id)["KeyMetadata"]["CurrentKeyMaterialId"] == rotation["KeyMaterialId"]
    assert kms.get_key_rotation_status(KeyId=id)["KeyRotationEnabled"] is True
    assert Text("[0-9a-f]{64}") == rotation["KeyMaterialId"]
