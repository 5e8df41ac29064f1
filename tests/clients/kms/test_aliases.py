"""Aliases, those of customers and those of AWS."""

import pytest
from answers import Any, Now, Text, refused, same

ARN = "arn:aws:kms:us-east-1:000000000000:"


def entry(alias, target, **more):
    return {"AliasName": alias, "AliasArn": ARN + alias, "TargetKeyId": target, "CreationDate": Now(),
            "LastUpdatedDate": Now(), **more}


def test_an_alias_leads_to_its_key(kms, key, name):
    alias = f"alias/{name('a')}"
    same(kms.create_alias(AliasName=alias, TargetKeyId=key["Arn"]), 200)
    same(kms.list_aliases(KeyId=key["KeyId"]), 200, {"Aliases": [entry(alias, key["KeyId"])], "Truncated": False})
    for named in (alias, ARN + alias):
        assert kms.describe_key(KeyId=named)["KeyMetadata"]["Arn"] == key["Arn"]
        assert kms.encrypt(KeyId=named, Plaintext=b"x")["KeyId"] == key["Arn"]
    with refused(400, "AlreadyExistsException", f"An alias with the name {ARN}{alias} already exists"):
        kms.create_alias(AliasName=alias, TargetKeyId=key["KeyId"])
    other = kms.create_key()["KeyMetadata"]
    same(kms.update_alias(AliasName=alias, TargetKeyId=other["KeyId"]), 200)
    assert kms.describe_key(KeyId=alias)["KeyMetadata"]["Arn"] == other["Arn"]
    assert kms.list_aliases(KeyId=key["KeyId"])["Aliases"] == []
    same(kms.delete_alias(AliasName=alias), 200)
    for gone in (lambda: kms.describe_key(KeyId=alias), lambda: kms.delete_alias(AliasName=alias),
                 lambda: kms.update_alias(AliasName=alias, TargetKeyId=key["KeyId"])):
        with refused(400, "NotFoundException", f"Alias {ARN}{alias} is not found."):
            gone()


@pytest.mark.parametrize("alias, code, message", [
    ("nobody", "ValidationException", "Invalid identifier"),
    ("alias/", "ValidationException", "Invalid identifier"),
    ("alias/aws/mine", "NotAuthorizedException", ""),
    ("alias/a:b", "InvalidAliasNameException", "alias/a:b contains invalid characters for an alias"),
])
def test_names_that_are_none(kms, key, alias, code, message):
    with refused(400, code, message):
        kms.create_alias(AliasName=alias, TargetKeyId=key["KeyId"])


def test_operations_without_aliases(kms, key, name):
    alias = f"alias/{name('a')}"
    kms.create_alias(AliasName=alias, TargetKeyId=key["KeyId"])
    with refused(400, "NotFoundException", f"Invalid keyId '{alias}'"):
        kms.disable_key(KeyId=alias)
    with refused(400, "NotFoundException", f"Invalid keyId '{alias}'"):
        kms.create_alias(AliasName=alias + "2", TargetKeyId=alias)


def test_an_alias_keeps_its_kind_of_key(kms, key, name):
    alias = f"alias/{name('a')}"
    kms.create_alias(AliasName=alias, TargetKeyId=key["KeyId"])
    rsa = kms.create_key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]["KeyId"]
    with refused(400, "ValidationException", Text("The current and the new KMS key of an alias must be of the same type .*")):
        kms.update_alias(AliasName=alias, TargetKeyId=rsa)


def test_a_key_has_so_many_aliases(kms, key, name):
    base = name("many")
    for number in range(50):
        kms.create_alias(AliasName=f"alias/{base}/{number}", TargetKeyId=key["KeyId"])
    with refused(400, "LimitExceededException", "The KMS key has 50 aliases already."):
        kms.create_alias(AliasName=f"alias/{base}/50", TargetKeyId=key["KeyId"])
    pages = kms.get_paginator("list_aliases").paginate(KeyId=key["KeyId"], PaginationConfig={"PageSize": 20})
    seen = [[alias["AliasName"] for alias in page["Aliases"]] for page in pages]
    assert [len(page) for page in seen] == [20, 20, 10] and len(set(sum(seen, []))) == 50


def test_the_keys_of_aws_are_made_when_they_are_asked_for(own_aws):
    kms = own_aws.client("kms")
    assert kms.list_keys()["Keys"] == []
    described = same(kms.describe_key(KeyId="alias/aws/s3"), 200, {"KeyMetadata": {
        "AWSAccountId": "000000000000", "KeyId": Any(str), "Arn": Text(ARN + "key/.*"), "CreationDate": Now(), "Enabled": True,
        "Description": "Default key that protects my S3 objects when no other key is defined", "KeyUsage": "ENCRYPT_DECRYPT",
        "KeyState": "Enabled", "Origin": "AWS_KMS", "KeyManager": "AWS", "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
        "KeySpec": "SYMMETRIC_DEFAULT", "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"], "MultiRegion": False,
        "CurrentKeyMaterialId": Text("[0-9a-f]{64}")}})["KeyMetadata"]
    assert kms.describe_key(KeyId="alias/aws/s3")["KeyMetadata"] == described
    assert [alias["AliasName"] for alias in kms.list_aliases()["Aliases"]] == ["alias/aws/s3"]
    assert kms.get_key_rotation_status(KeyId=described["KeyId"])["KeyRotationEnabled"] is True
    # Its policy lets in who comes through the service, and nobody else.
    denied = Text(r"User: arn:aws:iam::000000000000:root is not authorized to perform: kms:Encrypt on resource: .* because "
                  "no resource-based policy allows the kms:Encrypt action")
    with refused(400, "AccessDeniedException", denied):
        kms.encrypt(KeyId="alias/aws/s3", Plaintext=b"x")
    with refused(400, "AccessDeniedException", Any(str)):
        kms.schedule_key_deletion(KeyId=described["KeyId"])
    with refused(400, "NotFoundException", f"Alias {ARN}alias/aws/nothing is not found."):
        kms.describe_key(KeyId="alias/aws/nothing")
