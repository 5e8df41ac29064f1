"""Keys: made, described, listed, disabled, deleted."""

import datetime
import re
import uuid

import pytest
from answers import Any, Now, Text, agree, refused, same

ACCOUNT, REGION = "000000000000", "us-east-1"
ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/"
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def metadata(**more):
    members = {
        "AWSAccountId": ACCOUNT, "KeyId": Text(UUID), "Arn": Text(ARN + UUID), "CreationDate": Now(), "Enabled": True,
        "Description": "", "KeyUsage": "ENCRYPT_DECRYPT", "KeyState": "Enabled", "Origin": "AWS_KMS",
        "KeyManager": "CUSTOMER", "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT", "KeySpec": "SYMMETRIC_DEFAULT",
        "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"], "MultiRegion": False, "CurrentKeyMaterialId": Text("[0-9a-f]{64}"),
        **more,
    }
    return {name: value for name, value in members.items() if value is not None}


RSA_SIGNING = [f"RSASSA_{padding}_SHA_{bits}" for padding in ("PKCS1_V1_5", "PSS") for bits in (256, 384, 512)]
OAEP = ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"]
SPECS = [
    *((f"RSA_{bits}", "ENCRYPT_DECRYPT", {"EncryptionAlgorithms": OAEP}) for bits in (2048, 3072, 4096)),
    ("RSA_2048", "SIGN_VERIFY", {"SigningAlgorithms": RSA_SIGNING}),
    ("ECC_NIST_P256", "SIGN_VERIFY", {"SigningAlgorithms": ["ECDSA_SHA_256"]}),
    ("ECC_NIST_P384", "SIGN_VERIFY", {"SigningAlgorithms": ["ECDSA_SHA_384"]}),
    ("ECC_NIST_P521", "SIGN_VERIFY", {"SigningAlgorithms": ["ECDSA_SHA_512"]}),
    ("ECC_SECG_P256K1", "SIGN_VERIFY", {"SigningAlgorithms": ["ECDSA_SHA_256"]}),
    ("ECC_NIST_EDWARDS25519", "SIGN_VERIFY", {"SigningAlgorithms": ["ED25519_SHA_512", "ED25519_PH_SHA_512"]}),
    ("ECC_NIST_P256", "KEY_AGREEMENT", {"KeyAgreementAlgorithms": ["ECDH"]}),
    *((f"HMAC_{bits}", "GENERATE_VERIFY_MAC", {"MacAlgorithms": [f"HMAC_SHA_{bits}"]}) for bits in (224, 256, 384, 512)),
    *((f"ML_DSA_{level}", "SIGN_VERIFY", {"SigningAlgorithms": ["ML_DSA_SHAKE_256"]}) for level in (44, 65, 87)),
    *((f"ML_KEM_{level}", "ENCAPSULATE_DECAPSULATE", {"EncapsulationAlgorithms": ["ML_KEM"]})
      for level in (512, 768, 1024)),
]


def test_a_symmetric_key(kms):
    made = same(kms.create_key(Description="of mine"), 200, {"KeyMetadata": metadata(Description="of mine")})
    key = made["KeyMetadata"]
    for name in (key["KeyId"], key["Arn"]):
        same(kms.describe_key(KeyId=name), 200, {"KeyMetadata": key})


@pytest.mark.parametrize("spec, usage, algorithms", SPECS, ids=lambda v: v if isinstance(v, str) else "")
def test_every_kind_of_key(kms, spec, usage, algorithms):
    made = same(kms.create_key(KeySpec=spec, KeyUsage=usage), 200, {"KeyMetadata": metadata(
        KeySpec=spec, CustomerMasterKeySpec=spec, KeyUsage=usage, CurrentKeyMaterialId=None,
        EncryptionAlgorithms=None, **{} if "EncryptionAlgorithms" in algorithms else algorithms)
        | algorithms})
    same(kms.describe_key(KeyId=made["KeyMetadata"]["KeyId"]), 200, made)


def test_the_older_name_of_the_spec(kms):
    made = kms.create_key(CustomerMasterKeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]
    assert made["KeySpec"] == "HMAC_256"
    with refused(400, "ValidationException", "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. "
                 "CustomerMasterKeySpec is deprecated."):
        kms.create_key(CustomerMasterKeySpec="HMAC_256", KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")


@pytest.mark.parametrize("asked, code, message", [
    ({"KeySpec": "HMAC_256"}, "ValidationException",
     "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys."),
    ({"KeySpec": "ECC_NIST_P256", "KeyUsage": "ENCRYPT_DECRYPT"}, "ValidationException",
     "KeyUsage ENCRYPT_DECRYPT is not compatible with KeySpec ECC_NIST_P256"),
    ({"KeyUsage": "SIGN_VERIFY"}, "ValidationException",
     "KeyUsage SIGN_VERIFY is not compatible with KeySpec SYMMETRIC_DEFAULT"),
    ({"KeySpec": "SM2", "KeyUsage": "SIGN_VERIFY"}, "UnsupportedOperationException",
     "KeySpec SM2 is not supported in this region."),
    ({"CustomKeyStoreId": "cks-1234567890abcdef0", "Origin": "AWS_CLOUDHSM"}, "CustomKeyStoreNotFoundException",
     "There are no custom key stores here: keys are kept in the data directory."),
    ({"Tags": [{"TagKey": "aws:x", "TagValue": "1"}]}, "TagException",
     "aws: prefixed tag key name is not allowed for use"),
    ({"Tags": [{"TagKey": "x", "TagValue": "1"}] * 2}, "TagException", "Duplicate tag keys"),
    ({"Policy": "{}"}, "MalformedPolicyDocumentException", Any(str)),
    ({"KeySpec": "RANDOM"}, "ValidationException", Text("1 validation error detected: Value 'RANDOM' at 'keySpec' .*")),
])
def test_what_is_no_key(kms, asked, code, message):
    with refused(400, code, message):
        kms.create_key(**asked)


def test_keys_that_are_not_there(kms):
    id = str(uuid.uuid4())
    for name in (id, ARN + id):
        with refused(400, "NotFoundException", f"Key '{ARN}{id}' does not exist"):
            kms.describe_key(KeyId=name)
    mrk = "mrk-d3b95762d3b95762d3b95762d3b95762"
    with refused(400, "NotFoundException", f"Key '{ARN}{mrk}' does not exist"):
        kms.describe_key(KeyId=mrk)
    for name in ("fake-key-id", "134f2428cec14b25a1ae9048164dba47", "mrk-fake-key-id"):
        with refused(400, "NotFoundException", f"Invalid keyId '{name}'"):
            kms.describe_key(KeyId=name)
    with refused(400, "NotFoundException", "Invalid arn eu-west-1"):
        kms.describe_key(KeyId=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/{id}")
    with refused(400, "InvalidArnException", "Invalid arn arn:aws:s3:::bucket"):
        kms.describe_key(KeyId="arn:aws:s3:::bucket")
    with refused(400, "NotFoundException", f"Alias arn:aws:kms:{REGION}:{ACCOUNT}:alias/nobody is not found."):
        kms.describe_key(KeyId="alias/nobody")


def test_keys_are_listed_in_pages(own_aws):
    kms = own_aws.client("kms")
    same(kms.list_keys(), 200, {"Keys": [], "Truncated": False})
    made = sorted(kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(5))
    first = same(kms.list_keys(Limit=3), 200, {
        "Keys": [{"KeyId": id, "KeyArn": ARN + id} for id in made[:3]], "Truncated": True, "NextMarker": Any(str)})
    same(kms.list_keys(Limit=3, Marker=first["NextMarker"]), 200, {
        "Keys": [{"KeyId": id, "KeyArn": ARN + id} for id in made[3:]], "Truncated": False})
    pages = kms.get_paginator("list_keys").paginate(PaginationConfig={"PageSize": 2})
    assert [key["KeyId"] for page in pages for key in page["Keys"]] == made
    with refused(400, "InvalidMarkerException", "The marker is not valid."):
        kms.list_keys(Marker="nonsense")


def test_disabled_keys_are_not_used(kms, key):
    same(kms.disable_key(KeyId=key["Arn"]), 200)
    described = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
    assert (described["KeyState"], described["Enabled"]) == ("Disabled", False)
    with refused(400, "DisabledException", f"{key['Arn']} is disabled."):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    same(kms.enable_key(KeyId=key["KeyId"]), 200)
    kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")


def test_other_words_for_a_key(kms, key):
    same(kms.update_key_description(KeyId=key["KeyId"], Description="other"), 200)
    assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["Description"] == "other"


def test_deletion_is_scheduled_and_cancelled(kms, key):
    arn, day = key["Arn"], datetime.timedelta(days=1)
    with refused(400, "KMSInvalidStateException", f"{arn} is not pending deletion."):
        kms.cancel_key_deletion(KeyId=arn)
    for days in (6, 31):
        with refused(400, "ValidationException", "PendingWindowInDays must be between 7 and 30 days"):
            kms.schedule_key_deletion(KeyId=arn, PendingWindowInDays=days)
    answer = same(kms.schedule_key_deletion(KeyId=arn, PendingWindowInDays=7), 200, {
        "KeyId": arn, "DeletionDate": Any(datetime.datetime), "KeyState": "PendingDeletion", "PendingWindowInDays": 7})
    assert answer["DeletionDate"] - 7 * day == Now()
    described = kms.describe_key(KeyId=arn)["KeyMetadata"]
    assert (described["KeyState"], described["Enabled"]) == ("PendingDeletion", False)
    assert described["DeletionDate"] == answer["DeletionDate"]
    for again in (lambda: kms.schedule_key_deletion(KeyId=arn), lambda: kms.encrypt(KeyId=arn, Plaintext=b"x"),
                  lambda: kms.enable_key(KeyId=arn), lambda: kms.tag_resource(KeyId=arn, Tags=[])):
        with refused(400, "KMSInvalidStateException", f"{arn} is pending deletion."):
            again()
    same(kms.cancel_key_deletion(KeyId=arn), 200, {"KeyId": arn})
    assert kms.describe_key(KeyId=arn)["KeyMetadata"]["KeyState"] == "Disabled"


def test_a_key_is_really_deleted(own_server, own_aws, eventually):
    kms = own_aws.client("kms")
    id = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/doomed", TargetKeyId=id)
    blob = kms.encrypt(KeyId=id, Plaintext=b"x")["CiphertextBlob"]
    kms.schedule_key_deletion(KeyId=id, PendingWindowInDays=7)
    own_server.forward(7 * 86400 + 120)
    eventually(lambda: kms.list_keys()["Keys"] == [])
    assert kms.list_aliases()["Aliases"] == []
    with refused(400, "NotFoundException", f"Key '{ARN}{id}' does not exist"):
        kms.describe_key(KeyId=id)
    with refused(400, "AccessDeniedException", "The ciphertext refers to a customer master key that does not exist, does "
                 "not exist in this region, or you are not allowed to access."):
        kms.decrypt(CiphertextBlob=blob)


def test_the_last_use_of_a_key(kms, key):
    members = {"KeyId": key["Arn"], "TrackingStartDate": Now(), "KeyCreationDate": Now()}
    same(kms.get_key_last_usage(KeyId=key["KeyId"]), 200, members)
    used = kms.generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256")
    same(kms.get_key_last_usage(KeyId=key["KeyId"]), 200, members | {"KeyLastUsage": {
        "Operation": "GenerateDataKey", "Timestamp": Now(), "KmsRequestId": used["ResponseMetadata"]["RequestId"]}})


def test_the_last_use_stays(own_server, own_aws, eventually):
    kms = own_aws.client("kms")
    id = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.encrypt(KeyId=id, Plaintext=b"x")
    own_server.forward(61)
    eventually(lambda: re.search(r"kms-tend +[1-9]", own_server.admin("status")))
    seen = kms.get_key_last_usage(KeyId=id)["KeyLastUsage"]
    own_server.restart()
    eventually(lambda: kms.get_key_last_usage(KeyId=id).get("KeyLastUsage") == seen)


def test_tags(kms):
    made = kms.create_key(Tags=[{"TagKey": "team", "TagValue": "a"}])["KeyMetadata"]["KeyId"]
    same(kms.tag_resource(KeyId=made, Tags=[{"TagKey": "team", "TagValue": "b"}, {"TagKey": "cost", "TagValue": ""}]), 200)
    same(kms.list_resource_tags(KeyId=made), 200, {
        "Tags": [{"TagKey": "cost", "TagValue": ""}, {"TagKey": "team", "TagValue": "b"}], "Truncated": False})
    first = same(kms.list_resource_tags(KeyId=made, Limit=1), 200, {
        "Tags": [{"TagKey": "cost", "TagValue": ""}], "Truncated": True, "NextMarker": Any(str)})
    same(kms.list_resource_tags(KeyId=made, Marker=first["NextMarker"]), 200, {
        "Tags": [{"TagKey": "team", "TagValue": "b"}], "Truncated": False})
    same(kms.untag_resource(KeyId=made, TagKeys=["team", "none"]), 200)
    same(kms.list_resource_tags(KeyId=made), 200, {"Tags": [{"TagKey": "cost", "TagValue": ""}], "Truncated": False})
    with refused(400, "TagException", "Too many tags"):
        kms.tag_resource(KeyId=made, Tags=[{"TagKey": f"k{n}", "TagValue": ""} for n in range(50)])
    with refused(400, "TagException", "aws: prefixed tag key name is not allowed for use"):
        kms.untag_resource(KeyId=made, TagKeys=["aws:x"])


def test_there_are_no_custom_key_stores(kms):
    same(kms.describe_custom_key_stores(), 200, {"CustomKeyStores": [], "Truncated": False})
    with refused(400, "UnsupportedOperationException", Text("Custom key stores are not supported.*")):
        kms.create_custom_key_store(CustomKeyStoreName="hsm")
    for call in (kms.connect_custom_key_store, kms.disconnect_custom_key_store, kms.delete_custom_key_store,
                 kms.update_custom_key_store, kms.describe_custom_key_stores):
        with refused(400, "CustomKeyStoreNotFoundException", Text("Custom key store cks-1 is not found.*")):
            call(CustomKeyStoreId="cks-1")


def test_keys_stay_over_restarts_and_are_sealed(own_server, own_aws):
    kms = own_aws.client("kms")
    id = kms.create_key()["KeyMetadata"]["KeyId"]
    blob = kms.encrypt(KeyId=id, Plaintext=b"secret")["CiphertextBlob"]
    described = kms.describe_key(KeyId=id)["KeyMetadata"]
    own_server.restart()
    agree(kms.describe_key(KeyId=id)["KeyMetadata"], described)
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"secret"
