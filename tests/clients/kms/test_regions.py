"""Keys of several regions: the same key, in islands."""

import os

import pytest
from answers import Now, Text, refused, same
from wrapping import imported

HOME, AWAY = "us-east-1", "eu-west-1"


def arn(region, id):
    return f"arn:aws:kms:{region}:000000000000:key/{id}"


def member(region, id):
    return {"Arn": arn(region, id), "Region": region}


@pytest.fixture
def away(aws):
    return aws.client("kms", region=AWAY)


@pytest.fixture
def primary(kms):
    made = kms.create_key(MultiRegion=True)["KeyMetadata"]
    assert Text("mrk-[0-9a-f]{32}") == made["KeyId"] and made["MultiRegion"] is True
    assert made["MultiRegionConfiguration"] == {
        "MultiRegionKeyType": "PRIMARY", "PrimaryKey": member(HOME, made["KeyId"]), "ReplicaKeys": []}
    return made


def test_a_replica_reads_what_the_primary_wrote(kms, away, primary):
    id = primary["KeyId"]
    with refused(400, "NotFoundException", f"Key '{arn(AWAY, id)}' does not exist"):
        away.describe_key(KeyId=id)
    tags = [{"TagKey": "a", "TagValue": "b"}]
    answer = same(kms.replicate_key(KeyId=id, ReplicaRegion=AWAY, Description="there", Tags=tags), 200, {
        "ReplicaKeyMetadata": {
            **primary, "Arn": arn(AWAY, id), "Description": "there", "CreationDate": Now(),
            "MultiRegionConfiguration": {"MultiRegionKeyType": "REPLICA", "PrimaryKey": member(HOME, id),
                                         "ReplicaKeys": [member(AWAY, id)]}},
        "ReplicaPolicy": Text(".*Enable IAM User Permissions.*"), "ReplicaTags": tags})
    assert away.describe_key(KeyId=id)["KeyMetadata"] == answer["ReplicaKeyMetadata"]
    assert away.list_resource_tags(KeyId=id)["Tags"] == tags
    assert kms.describe_key(KeyId=id)["KeyMetadata"]["MultiRegionConfiguration"] == {
        "MultiRegionKeyType": "PRIMARY", "PrimaryKey": member(HOME, id), "ReplicaKeys": [member(AWAY, id)]}
    for one, other in ((kms, away), (away, kms)):
        blob = one.encrypt(KeyId=id, Plaintext=b"x")["CiphertextBlob"]
        assert other.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"
    with refused(400, "AlreadyExistsException", f"{arn(AWAY, id)} already exists."):
        kms.replicate_key(KeyId=id, ReplicaRegion=AWAY)
    with refused(400, "UnsupportedOperationException", f"{arn(AWAY, id)} is not a multi-Region primary key."):
        away.replicate_key(KeyId=id, ReplicaRegion="ap-southeast-1")


def test_keys_of_one_region_stay_there(kms, key):
    with refused(400, "UnsupportedOperationException", f"{key['Arn']} is not a multi-Region primary key."):
        kms.replicate_key(KeyId=key["KeyId"], ReplicaRegion=AWAY)
    with refused(400, "UnsupportedOperationException", f"{key['Arn']} is not a multi-Region primary key."):
        kms.update_primary_region(KeyId=key["KeyId"], PrimaryRegion=AWAY)


def test_rotation_goes_everywhere(kms, away, primary):
    id = primary["KeyId"]
    kms.replicate_key(KeyId=id, ReplicaRegion=AWAY)
    kms.enable_key_rotation(KeyId=id)
    assert away.get_key_rotation_status(KeyId=id)["KeyRotationEnabled"] is True
    old = away.encrypt(KeyId=id, Plaintext=b"old")["CiphertextBlob"]
    kms.rotate_key_on_demand(KeyId=id)
    current = {client.describe_key(KeyId=id)["KeyMetadata"]["CurrentKeyMaterialId"] for client in (kms, away)}
    assert len(current) == 1 and current != {primary["CurrentKeyMaterialId"]}
    for client in (kms, away):
        assert client.decrypt(CiphertextBlob=old)["Plaintext"] == b"old"
    for call in (away.rotate_key_on_demand, away.enable_key_rotation, away.disable_key_rotation):
        with refused(400, "UnsupportedOperationException", f"{arn(AWAY, id)} is a multi-Region replica key."):
            call(KeyId=id)


def test_another_primary(kms, away, primary):
    id = primary["KeyId"]
    with refused(400, "NotFoundException", f"Key '{arn(AWAY, id)}' does not exist"):
        kms.update_primary_region(KeyId=id, PrimaryRegion=AWAY)
    kms.replicate_key(KeyId=id, ReplicaRegion=AWAY)
    same(kms.update_primary_region(KeyId=id, PrimaryRegion=AWAY), 200)
    for client, kind in ((kms, "REPLICA"), (away, "PRIMARY")):
        assert client.describe_key(KeyId=id)["KeyMetadata"]["MultiRegionConfiguration"] == {
            "MultiRegionKeyType": kind, "PrimaryKey": member(AWAY, id), "ReplicaKeys": [member(HOME, id)]}
    away.rotate_key_on_demand(KeyId=id)
    blob = away.encrypt(KeyId=id, Plaintext=b"new")["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"new"


def test_imported_material_must_be_the_same_everywhere(kms, away, wrap):
    made = kms.create_key(MultiRegion=True, Origin="EXTERNAL")["KeyMetadata"]
    id, material = made["KeyId"], os.urandom(32)
    imported(kms, wrap, made, material)
    kms.replicate_key(KeyId=id, ReplicaRegion=AWAY)
    assert away.describe_key(KeyId=id)["KeyMetadata"]["KeyState"] == "PendingImport"
    with refused(400, "IncorrectKeyMaterialException",
                 "The key material in the request is not the key material that was imported before."):
        imported(away, wrap, made, os.urandom(32))
    imported(away, wrap, made, material)
    blob = kms.encrypt(KeyId=id, Plaintext=b"x")["CiphertextBlob"]
    assert away.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"
    kms.delete_imported_key_material(KeyId=id)
    assert away.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


def test_what_each_region_has_of_its_own(kms, away, primary):
    id = primary["KeyId"]
    kms.replicate_key(KeyId=id, ReplicaRegion=AWAY)
    away.disable_key(KeyId=id)
    away.create_alias(AliasName="alias/" + id, TargetKeyId=id)
    assert kms.describe_key(KeyId=id)["KeyMetadata"]["Enabled"] is True
    assert kms.list_aliases(KeyId=id)["Aliases"] == []
    kms.rotate_key_on_demand(KeyId=id)
    assert away.describe_key(KeyId=id)["KeyMetadata"]["KeyState"] == "Disabled"


def test_a_primary_is_deleted_after_its_replicas(own_server, own_aws, eventually):
    kms, away = own_aws.client("kms"), own_aws.client("kms", region=AWAY)
    id = kms.create_key(MultiRegion=True)["KeyMetadata"]["KeyId"]
    kms.replicate_key(KeyId=id, ReplicaRegion=AWAY)
    same(kms.schedule_key_deletion(KeyId=id, PendingWindowInDays=7), 200, {
        "KeyId": arn(HOME, id), "KeyState": "PendingReplicaDeletion", "PendingWindowInDays": 7})
    described = kms.describe_key(KeyId=id)["KeyMetadata"]
    assert (described["KeyState"], described["PendingDeletionWindowInDays"]) == ("PendingReplicaDeletion", 7)
    away.schedule_key_deletion(KeyId=id, PendingWindowInDays=7)
    own_server.forward(7 * 86400 + 120)
    eventually(lambda: away.list_keys()["Keys"] == [])
    eventually(lambda: kms.describe_key(KeyId=id)["KeyMetadata"]["KeyState"] == "PendingDeletion")
    assert kms.describe_key(KeyId=id)["KeyMetadata"]["MultiRegionConfiguration"]["ReplicaKeys"] == []
    own_server.forward(7 * 86400 + 120)
    eventually(lambda: kms.list_keys()["Keys"] == [])
