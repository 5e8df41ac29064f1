"""Key material from outside, wrapped by OpenSSL as AWS's guide says."""

import datetime
import os

import pytest
from answers import Any, Now, Text, refused, same
from wrapping import STAYS, imported

EXPIRES = "KEY_MATERIAL_EXPIRES"


def external(kms, **more):
    return kms.create_key(Origin="EXTERNAL", **more)["KeyMetadata"]


@pytest.mark.parametrize("algorithm, spec", [
    ("RSAES_OAEP_SHA_1", "RSA_2048"), ("RSAES_OAEP_SHA_256", "RSA_3072"), ("RSAES_OAEP_SHA_256", "RSA_4096"),
    ("RSA_AES_KEY_WRAP_SHA_1", "RSA_2048"), ("RSA_AES_KEY_WRAP_SHA_256", "RSA_4096")])
def test_a_symmetric_key(kms, wrap, algorithm, spec):
    made = external(kms)
    assert (made["KeyState"], made["Enabled"], made["Origin"]) == ("PendingImport", False, "EXTERNAL")
    assert "CurrentKeyMaterialId" not in made and "ExpirationModel" not in made
    with refused(400, "KMSInvalidStateException", f"{made['Arn']} is pending import."):
        kms.encrypt(KeyId=made["KeyId"], Plaintext=b"x")
    parameters = same(kms.get_parameters_for_import(
        KeyId=made["KeyId"], WrappingAlgorithm=algorithm, WrappingKeySpec=spec), 200, {
        "KeyId": made["Arn"], "ImportToken": Any(bytes), "PublicKey": Any(bytes), "ParametersValidTo": Any(datetime.datetime)})
    assert parameters["ParametersValidTo"] - datetime.timedelta(days=1) == Now()
    material = os.urandom(32)
    answer = same(kms.import_key_material(
        KeyId=made["KeyId"], ImportToken=parameters["ImportToken"], ExpirationModel=STAYS,
        EncryptedKeyMaterial=wrap(parameters, algorithm, material)), 200,
        {"KeyId": made["Arn"], "KeyMaterialId": Text("[0-9a-f]{64}")})
    described = kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]
    assert (described["KeyState"], described["ExpirationModel"]) == ("Enabled", STAYS)
    assert described["CurrentKeyMaterialId"] == answer["KeyMaterialId"]
    blob = kms.encrypt(KeyId=made["KeyId"], Plaintext=b"x")["CiphertextBlob"]

    same(kms.delete_imported_key_material(KeyId=made["KeyId"]), 200,
         {"KeyId": made["Arn"], "KeyMaterialId": answer["KeyMaterialId"]})
    for call in (lambda: kms.encrypt(KeyId=made["KeyId"], Plaintext=b"x"), lambda: kms.decrypt(CiphertextBlob=blob)):
        with refused(400, "KMSInvalidStateException", f"{made['Arn']} is pending import."):
            call()
    with refused(400, "IncorrectKeyMaterialException",
                 "The key material in the request is not the key material that was imported before."):
        imported(kms, wrap, made, os.urandom(32))
    assert imported(kms, wrap, made, material)["KeyMaterialId"] == answer["KeyMaterialId"]
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


def test_a_key_pair_and_a_code(kms, wrap):
    made = external(kms, KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    wrap.run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "mine")
    imported(kms, wrap, made, wrap.run("pkcs8", "-topk8", "-nocrypt", "-in", "mine", "-outform", "DER"))
    public = kms.get_public_key(KeyId=made["KeyId"])["PublicKey"]
    assert public == wrap.run("pkey", "-in", "mine", "-pubout", "-outform", "DER")
    assert kms.sign(KeyId=made["KeyId"], Message=b"x", SigningAlgorithm="ECDSA_SHA_256")["Signature"]

    made = external(kms, KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")
    wrap.run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "mine")
    imported(kms, wrap, made, wrap.run("pkcs8", "-topk8", "-nocrypt", "-in", "mine", "-outform", "DER"),
             algorithm="RSA_AES_KEY_WRAP_SHA_256", spec="RSA_4096")
    assert kms.sign(KeyId=made["KeyId"], Message=b"x", SigningAlgorithm="RSASSA_PSS_SHA_256")["Signature"]
    with refused(400, "UnsupportedOperationException", Text("Wrapping algorithm RSAES_OAEP_SHA_256 .* is not supported .*")):
        kms.get_parameters_for_import(KeyId=made["KeyId"], WrappingAlgorithm="RSAES_OAEP_SHA_256", WrappingKeySpec="RSA_2048")

    made = external(kms, KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")
    imported(kms, wrap, made, bytes(32))
    code = kms.generate_mac(KeyId=made["KeyId"], Message=b"what do ya want for nothing?", MacAlgorithm="HMAC_SHA_256")["Mac"]
    expected = wrap.run("dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:" + "00" * 32, "-binary",
                        given=b"what do ya want for nothing?")
    assert code == expected


def test_what_cannot_be_imported(kms, wrap, key):
    wrong = f"{key['Arn']} origin is AWS_KMS which is not valid for this operation."
    with refused(400, "UnsupportedOperationException", wrong):
        kms.get_parameters_for_import(KeyId=key["KeyId"], WrappingAlgorithm="RSAES_OAEP_SHA_256", WrappingKeySpec="RSA_2048")
    with refused(400, "UnsupportedOperationException", wrong):
        kms.delete_imported_key_material(KeyId=key["KeyId"])
    made, other = external(kms), external(kms)
    parameters = kms.get_parameters_for_import(
        KeyId=made["KeyId"], WrappingAlgorithm="RSAES_OAEP_SHA_256", WrappingKeySpec="RSA_2048")
    wrapped = wrap(parameters, "RSAES_OAEP_SHA_256", bytes(32))
    asked = {"KeyId": made["KeyId"], "ImportToken": parameters["ImportToken"], "EncryptedKeyMaterial": wrapped,
             "ExpirationModel": STAYS}
    with refused(400, "ValidationException", "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES"):
        kms.import_key_material(**{**asked, "ExpirationModel": EXPIRES})
    with refused(400, "InvalidImportTokenException", "The import token is not valid for this KMS key."):
        kms.import_key_material(**{**asked, "KeyId": other["KeyId"]})
    with refused(400, "InvalidImportTokenException", "The import token is not valid for this KMS key."):
        kms.import_key_material(**{**asked, "ImportToken": parameters["ImportToken"][:-1] + b"x"})
    with refused(400, "InvalidCiphertextException", ""):
        kms.import_key_material(**{**asked, "EncryptedKeyMaterial": b"x" * 256})
    short = wrap(parameters, "RSAES_OAEP_SHA_256", bytes(31))
    with refused(400, "IncorrectKeyMaterialException", "The imported key material is not valid for key spec SYMMETRIC_DEFAULT."):
        kms.import_key_material(**{**asked, "EncryptedKeyMaterial": short})
    assert kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]["KeyState"] == "PendingImport"


def test_material_ends(own_server, own_aws, wrap, eventually):
    kms = own_aws.client("kms")
    made, material = external(kms), os.urandom(32)
    end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=30)
    parameters = kms.get_parameters_for_import(
        KeyId=made["KeyId"], WrappingAlgorithm="RSAES_OAEP_SHA_256", WrappingKeySpec="RSA_2048")
    imported(kms, wrap, made, material, ExpirationModel=EXPIRES, ValidTo=end)
    described = kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]
    assert described["ExpirationModel"] == EXPIRES and abs(described["ValidTo"] - end).total_seconds() < 1
    blob = kms.encrypt(KeyId=made["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    own_server.forward(31 * 86400)
    with refused(400, "KMSInvalidStateException", f"{made['Arn']} is pending import."):
        kms.decrypt(CiphertextBlob=blob)
    eventually(lambda: "ValidTo" not in kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"])
    with refused(400, "ExpiredImportTokenException", "The import token has expired."):
        kms.import_key_material(KeyId=made["KeyId"], ImportToken=parameters["ImportToken"], ExpirationModel=STAYS,
                                EncryptedKeyMaterial=wrap(parameters, "RSAES_OAEP_SHA_256", material))
    imported(kms, wrap, made, material)
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


def test_imported_material_is_rotated_on_demand(kms, wrap):
    made, first, second = external(kms), os.urandom(32), os.urandom(32)
    one = imported(kms, wrap, made, first)["KeyMaterialId"]
    old = kms.encrypt(KeyId=made["KeyId"], Plaintext=b"old")["CiphertextBlob"]
    with refused(400, "KMSInvalidStateException", f"{made['Arn']} has no key material that is pending rotation."):
        kms.rotate_key_on_demand(KeyId=made["KeyId"])
    two = imported(kms, wrap, made, second, ImportType="NEW_KEY_MATERIAL", KeyMaterialDescription="the second")["KeyMaterialId"]
    assert kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]["CurrentKeyMaterialId"] == one
    common = {"KeyId": made["Arn"], "ImportState": "IMPORTED", "ExpirationModel": STAYS}
    same(kms.list_key_rotations(KeyId=made["KeyId"], IncludeKeyMaterial="ALL_KEY_MATERIAL"), 200, {"Rotations": [
        common | {"KeyMaterialId": one, "KeyMaterialState": "CURRENT"},
        common | {"KeyMaterialId": two, "KeyMaterialState": "PENDING_ROTATION", "KeyMaterialDescription": "the second"}],
        "Truncated": False})
    kms.rotate_key_on_demand(KeyId=made["KeyId"])
    assert kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]["CurrentKeyMaterialId"] == two
    assert kms.decrypt(CiphertextBlob=old)["KeyMaterialId"] == one
    # Without one of the two the key is good for nothing: it could not read what it encrypted.
    kms.delete_imported_key_material(KeyId=made["KeyId"], KeyMaterialId=one)
    assert kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]["KeyState"] == "PendingImport"
    imported(kms, wrap, made, first)
    assert kms.decrypt(CiphertextBlob=old)["Plaintext"] == b"old"
