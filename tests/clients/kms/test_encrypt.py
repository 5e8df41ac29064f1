"""Encrypt, Decrypt, ReEncrypt and data keys."""

import subprocess

import pytest
from answers import Any, Text, refused, same

ARN = "arn:aws:kms:us-east-1:000000000000:key/"
MATERIAL = Text("[0-9a-f]{64}")
INCORRECT = "The key ID in the request does not identify a CMK that can perform this operation."


def test_what_is_encrypted_is_decrypted(kms, key):
    current = key["CurrentKeyMaterialId"]
    sealed = same(kms.encrypt(KeyId=key["KeyId"], Plaintext=b"secret"), 200, {
        "CiphertextBlob": Any(bytes), "KeyId": key["Arn"], "EncryptionAlgorithm": "SYMMETRIC_DEFAULT"})
    assert b"secret" not in sealed["CiphertextBlob"]
    answer = {"KeyId": key["Arn"], "Plaintext": b"secret", "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
              "KeyMaterialId": current}
    same(kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"]), 200, answer)
    same(kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"], KeyId=key["Arn"]), 200, answer)
    again = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"secret")["CiphertextBlob"]
    assert again != sealed["CiphertextBlob"]


def test_the_context_is_part_of_it(kms, key):
    context = {"bucket": "photos", "ключ": ""}
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext=context)["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=blob, EncryptionContext=context)["Plaintext"] == b"x"
    for other in ({}, {"bucket": "photos"}, {**context, "more": "1"}, {"bucket": "photo", "sключ": ""}):
        with refused(400, "InvalidCiphertextException", ""):
            kms.decrypt(CiphertextBlob=blob, EncryptionContext=other)


def test_ciphertexts_that_are_none(kms, key):
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    for bad in (b"x", b"\0" * 300, blob[:-1], blob[:-1] + bytes([blob[-1] ^ 1]), blob + b"x"):
        with refused(400, "InvalidCiphertextException", ""):
            kms.decrypt(CiphertextBlob=bad, KeyId=key["KeyId"])
        with pytest.raises(kms.exceptions.ClientError):
            kms.decrypt(CiphertextBlob=bad)
    other = kms.create_key()["KeyMetadata"]["KeyId"]
    with refused(400, "IncorrectKeyException", INCORRECT):
        kms.decrypt(CiphertextBlob=blob, KeyId=other)
    signing = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    with refused(400, "IncorrectKeyException", INCORRECT):
        kms.decrypt(CiphertextBlob=blob, KeyId=signing)


def test_limits(kms, key):
    assert kms.decrypt(CiphertextBlob=kms.encrypt(KeyId=key["KeyId"], Plaintext=bytes(4096))["CiphertextBlob"])
    with refused(400, "ValidationException", "1 validation error detected: Value at 'plaintext' failed to satisfy "
                 "constraint: Member must have length less than or equal to 4096"):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=bytes(4097))
    with refused(400, "InvalidKeyUsageException", "Algorithm RSAES_OAEP_SHA_1 is incompatible with key spec SYMMETRIC_DEFAULT."):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionAlgorithm="RSAES_OAEP_SHA_1")


def test_a_context_has_an_end(kms, key):
    most = {"a": "x" * 4095, "b": "é" * 2047 + "x"}
    assert sum(len(name.encode()) + len(value.encode()) for name, value in most.items()) == 8192
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext=most)["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=blob, EncryptionContext=most)["Plaintext"] == b"x"
    message = "EncryptionContext is longer than 8192 bytes."
    for longer in ({**most, "c": ""}, {str(n): "" for n in range(3000)}):
        for call, asked in ((kms.encrypt, {"KeyId": key["KeyId"], "Plaintext": b"x"}),
                            (kms.decrypt, {"CiphertextBlob": blob}),
                            (kms.generate_data_key, {"KeyId": key["KeyId"], "KeySpec": "AES_256"})):
            with refused(400, "ValidationException", message):
                call(EncryptionContext=longer, **asked)
        for which in ("SourceEncryptionContext", "DestinationEncryptionContext"):
            with refused(400, "ValidationException", message):
                kms.re_encrypt(CiphertextBlob=blob, DestinationKeyId=key["KeyId"], **{which: longer})


def test_enclaves_are_refused(kms, key):
    """What an enclave's key would be given to is not told to anybody else."""
    curve = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="KEY_AGREEMENT")["KeyMetadata"]["KeyId"]
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    recipient = {"KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256", "AttestationDocument": b"x"}
    for call, asked in ((kms.decrypt, {"CiphertextBlob": blob}),
                        (kms.generate_data_key, {"KeyId": key["KeyId"], "KeySpec": "AES_256"}),
                        (kms.generate_data_key_pair, {"KeyId": key["KeyId"], "KeyPairSpec": "RSA_2048"}),
                        (kms.generate_random, {"NumberOfBytes": 8}),
                        (kms.derive_shared_secret, {"KeyId": curve, "KeyAgreementAlgorithm": "ECDH",
                                                    "PublicKey": kms.get_public_key(KeyId=curve)["PublicKey"]})):
        with refused(400, "ValidationException",
                     "Recipient is not supported: attestation documents of enclaves cannot be verified here."):
            call(Recipient=recipient, **asked)


def openssl(*words, given=b""):
    return subprocess.run(["openssl", *words], input=given, capture_output=True, check=True).stdout


@pytest.mark.parametrize("algorithm, digest, most", [("RSAES_OAEP_SHA_1", "sha1", 214), ("RSAES_OAEP_SHA_256", "sha256", 190)])
def test_rsa(kms, tmp_path, algorithm, digest, most):
    made = kms.create_key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]
    id, arn = made["KeyId"], made["Arn"]
    sealed = same(kms.encrypt(KeyId=id, Plaintext=bytes(most), EncryptionAlgorithm=algorithm), 200, {
        "CiphertextBlob": Any(bytes), "KeyId": arn, "EncryptionAlgorithm": algorithm})
    same(kms.decrypt(KeyId=id, CiphertextBlob=sealed["CiphertextBlob"], EncryptionAlgorithm=algorithm), 200, {
        "KeyId": arn, "Plaintext": bytes(most), "EncryptionAlgorithm": algorithm})
    with refused(400, "ValidationException",
                 f"Algorithm {algorithm} and key spec RSA_2048 cannot encrypt data larger than {most} bytes."):
        kms.encrypt(KeyId=id, Plaintext=bytes(most + 1), EncryptionAlgorithm=algorithm)
    # Encrypted by someone else, with the public key.
    (tmp_path / "key").write_bytes(kms.get_public_key(KeyId=id)["PublicKey"])
    blob = openssl("pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", str(tmp_path / "key"), "-pkeyopt",
                   "rsa_padding_mode:oaep", "-pkeyopt", f"rsa_oaep_md:{digest}", given=b"outside")
    assert kms.decrypt(KeyId=id, CiphertextBlob=blob, EncryptionAlgorithm=algorithm)["Plaintext"] == b"outside"
    with refused(400, "InvalidCiphertextException", ""):
        kms.decrypt(KeyId=id, CiphertextBlob=blob[1:], EncryptionAlgorithm=algorithm)
    with refused(400, "ValidationException",
                 "The KeyId parameter is required when the ciphertext was encrypted under an asymmetric KMS key."):
        kms.decrypt(CiphertextBlob=blob, EncryptionAlgorithm=algorithm)
    with refused(400, "InvalidKeyUsageException", "Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048."):
        kms.encrypt(KeyId=id, Plaintext=b"x")
    with refused(400, "ValidationException", "EncryptionContext is not supported with asymmetric KMS keys."):
        kms.encrypt(KeyId=id, Plaintext=b"x", EncryptionAlgorithm=algorithm, EncryptionContext={"a": "b"})


def test_a_key_for_something_else(kms):
    for spec, usage in (("HMAC_256", "GENERATE_VERIFY_MAC"), ("RSA_2048", "SIGN_VERIFY")):
        made = kms.create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]
        with refused(400, "InvalidKeyUsageException", f"{made['Arn']} key usage is {usage} which is not valid for Encrypt."):
            kms.encrypt(KeyId=made["KeyId"], Plaintext=b"x")


def test_another_key_encrypts_it_anew(kms, key):
    other = kms.create_key()["KeyMetadata"]
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext={"a": "1"})["CiphertextBlob"]
    moved = same(kms.re_encrypt(CiphertextBlob=blob, SourceEncryptionContext={"a": "1"}, DestinationKeyId=other["Arn"],
                                DestinationEncryptionContext={"b": "2"}), 200, {
        "CiphertextBlob": Any(bytes), "SourceKeyId": key["Arn"], "KeyId": other["Arn"],
        "SourceEncryptionAlgorithm": "SYMMETRIC_DEFAULT", "DestinationEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        "SourceKeyMaterialId": key["CurrentKeyMaterialId"], "DestinationKeyMaterialId": other["CurrentKeyMaterialId"]})
    answer = kms.decrypt(CiphertextBlob=moved["CiphertextBlob"], EncryptionContext={"b": "2"})
    assert (answer["Plaintext"], answer["KeyId"]) == (b"x", other["Arn"])
    with refused(400, "InvalidCiphertextException", ""):
        kms.re_encrypt(CiphertextBlob=blob, DestinationKeyId=other["Arn"])
    with refused(400, "IncorrectKeyException", INCORRECT):
        kms.re_encrypt(CiphertextBlob=blob, SourceKeyId=other["Arn"], DestinationKeyId=other["Arn"])


@pytest.mark.parametrize("asked, length", [({"KeySpec": "AES_256"}, 32), ({"KeySpec": "AES_128"}, 16), ({"NumberOfBytes": 1024}, 1024)])
def test_data_keys(kms, key, asked, length):
    common = {"CiphertextBlob": Any(bytes), "KeyId": key["Arn"], "KeyMaterialId": key["CurrentKeyMaterialId"]}
    answer = same(kms.generate_data_key(KeyId=key["KeyId"], EncryptionContext={"a": "b"}, **asked), 200,
                  common | {"Plaintext": Any(bytes)})
    assert len(answer["Plaintext"]) == length
    opened = kms.decrypt(CiphertextBlob=answer["CiphertextBlob"], EncryptionContext={"a": "b"})
    assert opened["Plaintext"] == answer["Plaintext"]
    answer = same(kms.generate_data_key_without_plaintext(KeyId=key["KeyId"], **asked), 200, common)
    assert len(kms.decrypt(CiphertextBlob=answer["CiphertextBlob"])["Plaintext"]) == length


def test_data_keys_of_no_length(kms, key):
    for asked in ({}, {"KeySpec": "AES_256", "NumberOfBytes": 32}):
        with refused(400, "ValidationException", "Please specify either number of bytes or key spec."):
            kms.generate_data_key(KeyId=key["KeyId"], **asked)
    rsa = kms.create_key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]["KeyId"]
    with refused(400, "InvalidKeyUsageException", "Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048."):
        kms.generate_data_key(KeyId=rsa, KeySpec="AES_256")


@pytest.mark.parametrize("spec", ["RSA_2048", "ECC_NIST_P256", "ECC_NIST_P521", "ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519"])
def test_data_key_pairs(kms, key, tmp_path, spec):
    common = {"PrivateKeyCiphertextBlob": Any(bytes), "PublicKey": Any(bytes), "KeyId": key["Arn"], "KeyPairSpec": spec,
              "KeyMaterialId": key["CurrentKeyMaterialId"]}
    pair = same(kms.generate_data_key_pair(KeyId=key["KeyId"], KeyPairSpec=spec, EncryptionContext={"a": "b"}), 200,
                common | {"PrivateKeyPlaintext": Any(bytes)})
    opened = kms.decrypt(CiphertextBlob=pair["PrivateKeyCiphertextBlob"], EncryptionContext={"a": "b"})
    assert opened["Plaintext"] == pair["PrivateKeyPlaintext"]
    (tmp_path / "key").write_bytes(pair["PrivateKeyPlaintext"])
    public = openssl("pkey", "-inform", "DER", "-in", str(tmp_path / "key"), "-pubout", "-outform", "DER")
    assert public == pair["PublicKey"]
    same(kms.generate_data_key_pair_without_plaintext(KeyId=key["KeyId"], KeyPairSpec=spec), 200, common)


@pytest.mark.parametrize("length", [1, 44, 1024])
def test_random_bytes(kms, length):
    answer = same(kms.generate_random(NumberOfBytes=length), 200, {"Plaintext": Any(bytes)})
    assert len(answer["Plaintext"]) == length


def test_random_bytes_that_are_none(kms):
    with refused(400, "ValidationException", "NumberOfBytes is required."):
        kms.generate_random()
    with refused(400, "ValidationException", "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy "
                 "constraint: Member must have value less than or equal to 1024"):
        kms.generate_random(NumberOfBytes=1025)


def test_dry_runs_do_nothing(kms, key):
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    would = "The request would have succeeded, but the DryRun option is set."
    for call in (
        lambda: kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", DryRun=True),
        lambda: kms.decrypt(CiphertextBlob=blob, DryRun=True),
        lambda: kms.decrypt(KeyId=key["KeyId"], DryRun=True, DryRunModifiers=["IGNORE_CIPHERTEXT"]),
        lambda: kms.re_encrypt(CiphertextBlob=blob, DestinationKeyId=key["KeyId"], DryRun=True),
        lambda: kms.generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256", DryRun=True),
        lambda: kms.generate_data_key_pair(KeyId=key["KeyId"], KeyPairSpec="RSA_2048", DryRun=True),
    ):
        with refused(400, "DryRunOperationException", would):
            call()
    with refused(400, "InvalidCiphertextException", ""):
        kms.decrypt(CiphertextBlob=blob, EncryptionContext={"a": "b"}, DryRun=True)
    with refused(400, "ValidationException", "DryRunModifiers can be specified only when DryRun is true."):
        kms.decrypt(KeyId=key["KeyId"], CiphertextBlob=blob, DryRunModifiers=["IGNORE_CIPHERTEXT"])
    kms.disable_key(KeyId=key["KeyId"])
    with refused(400, "DisabledException", f"{key['Arn']} is disabled."):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", DryRun=True)
