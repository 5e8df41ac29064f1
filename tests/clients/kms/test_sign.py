"""Sign, Verify, message authentication codes, agreement, encapsulation. OpenSSL checks what it can."""

import hashlib
import subprocess

import pytest
from answers import Any, Text, refused, same

MESSAGE = b"a message of mine"
RSA = [("RSA_2048", f"RSASSA_{p}_SHA_{b}") for p in ("PKCS1_V1_5", "PSS") for b in (256, 384, 512)]
ECDSA = [("ECC_NIST_P256", "ECDSA_SHA_256"), ("ECC_SECG_P256K1", "ECDSA_SHA_256"), ("ECC_NIST_P384", "ECDSA_SHA_384"),
         ("ECC_NIST_P521", "ECDSA_SHA_512")]


def make(kms, spec, usage="SIGN_VERIFY"):
    return kms.create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]


def checked(kms, made, algorithm, message, signature, **more):
    same(kms.verify(KeyId=made["KeyId"], Message=message, Signature=signature, SigningAlgorithm=algorithm, **more), 200,
         {"KeyId": made["Arn"], "SignatureValid": True, "SigningAlgorithm": algorithm})


@pytest.mark.parametrize("spec, algorithm", RSA + ECDSA)
def test_signatures(kms, tmp_path, spec, algorithm):
    made, sha = make(kms, spec), "sha" + algorithm[-3:]
    asked = {"KeyId": made["KeyId"], "SigningAlgorithm": algorithm}
    answer = {"KeyId": made["Arn"], "Signature": Any(bytes), "SigningAlgorithm": algorithm}
    signature = same(kms.sign(Message=MESSAGE, **asked), 200, answer)["Signature"]
    digest = hashlib.new(sha, MESSAGE).digest()
    of_digest = same(kms.sign(Message=digest, MessageType="DIGEST", **asked), 200, answer)["Signature"]
    checked(kms, made, algorithm, MESSAGE, of_digest)
    checked(kms, made, algorithm, digest, signature, MessageType="DIGEST")
    public = same(kms.get_public_key(KeyId=made["KeyId"]), 200, {
        "KeyId": made["Arn"], "PublicKey": Any(bytes), "CustomerMasterKeySpec": spec, "KeySpec": spec,
        "KeyUsage": "SIGN_VERIFY", "SigningAlgorithms": made["SigningAlgorithms"]})["PublicKey"]
    (tmp_path / "key").write_bytes(public)
    (tmp_path / "signature").write_bytes(signature)
    options = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"] if "PSS" in algorithm else []
    verified = subprocess.run(["openssl", "dgst", f"-{sha}", "-keyform", "DER", "-verify", str(tmp_path / "key"), "-signature",
                               str(tmp_path / "signature"), *options], input=MESSAGE, capture_output=True)
    assert b"Verified OK" in verified.stdout, verified
    with refused(400, "ValidationException", f"Digest is invalid length for algorithm {algorithm}."):
        kms.sign(Message=MESSAGE, MessageType="DIGEST", **asked)
    for bad in (signature[:-1] + bytes([signature[-1] ^ 1]), b"x"):
        with refused(400, "KMSInvalidSignatureException", ""):
            kms.verify(Message=MESSAGE, Signature=bad, **asked)
    with refused(400, "KMSInvalidSignatureException", ""):
        kms.verify(Message=b"another", Signature=signature, **asked)


def test_ed25519(kms, tmp_path):
    made = make(kms, "ECC_NIST_EDWARDS25519")
    asked = {"KeyId": made["KeyId"], "SigningAlgorithm": "ED25519_SHA_512"}
    signature = kms.sign(Message=MESSAGE, **asked)["Signature"]
    checked(kms, made, "ED25519_SHA_512", MESSAGE, signature)
    for name, content in (("key", kms.get_public_key(KeyId=made["KeyId"])["PublicKey"]), ("s", signature), ("m", MESSAGE)):
        (tmp_path / name).write_bytes(content)
    verified = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin",
                               "-in", "m", "-sigfile", "s"], capture_output=True, cwd=tmp_path)
    assert verified.returncode == 0, verified
    digest = hashlib.sha512(MESSAGE).digest()
    ph = {"KeyId": made["KeyId"], "SigningAlgorithm": "ED25519_PH_SHA_512"}
    of_digest = kms.sign(Message=digest, MessageType="DIGEST", **ph)["Signature"]
    checked(kms, made, "ED25519_PH_SHA_512", digest, of_digest, MessageType="DIGEST")
    with refused(400, "KMSInvalidSignatureException", ""):
        kms.verify(Message=digest, MessageType="DIGEST", Signature=signature, **ph)
    with refused(400, "ValidationException", "Signing algorithm ED25519_SHA_512 requires MessageType RAW."):
        kms.sign(Message=digest, MessageType="DIGEST", **asked)
    with refused(400, "ValidationException", "Signing algorithm ED25519_PH_SHA_512 requires MessageType DIGEST."):
        kms.sign(Message=MESSAGE, **ph)


@pytest.mark.parametrize("spec, length", [("ML_DSA_44", 2420), ("ML_DSA_65", 3309), ("ML_DSA_87", 4627)])
def test_ml_dsa(kms, spec, length):
    made = make(kms, spec)
    asked = {"KeyId": made["KeyId"], "SigningAlgorithm": "ML_DSA_SHAKE_256"}
    signature = kms.sign(Message=MESSAGE, **asked)["Signature"]
    assert len(signature) == length
    checked(kms, made, "ML_DSA_SHAKE_256", MESSAGE, signature)
    with refused(400, "KMSInvalidSignatureException", ""):
        kms.verify(Message=b"another", Signature=signature, **asked)
    with refused(400, "UnsupportedOperationException",
                 "MessageType EXTERNAL_MU is not implemented: give the message itself (RAW)."):
        kms.sign(Message=bytes(64), MessageType="EXTERNAL_MU", **asked)


def test_keys_that_do_not_sign(kms, key):
    hashed = make(kms, "HMAC_256", "GENERATE_VERIFY_MAC")
    for made, call, operation in ((key, kms.sign, "Sign"), (hashed, kms.sign, "Sign"), (key, kms.verify, "Verify")):
        more = {"Signature": b"x"} if operation == "Verify" else {}
        with refused(400, "InvalidKeyUsageException",
                     f"{made['Arn']} key usage is {made['KeyUsage']} which is not valid for {operation}."):
            call(KeyId=made["KeyId"], Message=b"x", SigningAlgorithm="ECDSA_SHA_256", **more)
    curve = make(kms, "ECC_NIST_P256")
    with refused(400, "InvalidKeyUsageException", "Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256."):
        kms.sign(KeyId=curve["KeyId"], Message=b"x", SigningAlgorithm="ECDSA_SHA_384")
    with refused(400, "DryRunOperationException", "The request would have succeeded, but the DryRun option is set."):
        kms.sign(KeyId=curve["KeyId"], Message=b"x", SigningAlgorithm="ECDSA_SHA_256", DryRun=True)
    with refused(400, "UnsupportedOperationException", Text(".* is not valid for GetPublicKey.")):
        kms.get_public_key(KeyId=key["KeyId"])


@pytest.mark.parametrize("bits", [224, 256, 384, 512])
def test_codes(kms, bits):
    made, algorithm = make(kms, f"HMAC_{bits}", "GENERATE_VERIFY_MAC"), f"HMAC_SHA_{bits}"
    asked = {"KeyId": made["KeyId"], "MacAlgorithm": algorithm, "Message": MESSAGE}
    code = same(kms.generate_mac(**asked), 200, {"KeyId": made["Arn"], "MacAlgorithm": algorithm, "Mac": Any(bytes)})["Mac"]
    assert len(code) == bits // 8
    same(kms.verify_mac(Mac=code, **asked), 200, {"KeyId": made["Arn"], "MacAlgorithm": algorithm, "MacValid": True})
    with refused(400, "KMSInvalidMacException", ""):
        kms.verify_mac(Mac=code, **{**asked, "Message": b"another"})
    other = "HMAC_SHA_512" if bits != 512 else "HMAC_SHA_256"
    with refused(400, "InvalidKeyUsageException", f"Algorithm {other} is incompatible with key spec HMAC_{bits}."):
        kms.generate_mac(**{**asked, "MacAlgorithm": other})


def test_codes_of_other_keys(kms, key):
    with refused(400, "InvalidKeyUsageException",
                 f"{key['Arn']} key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac."):
        kms.generate_mac(KeyId=key["KeyId"], Message=b"x", MacAlgorithm="HMAC_SHA_256")
    with refused(400, "NotFoundException", "Invalid keyId 'key_id'"):
        kms.verify_mac(KeyId="key_id", Message=b"x", Mac=b"x", MacAlgorithm="HMAC_SHA_256")


@pytest.mark.parametrize("spec, curve", [("ECC_NIST_P256", "P-256"), ("ECC_NIST_P384", "P-384"), ("ECC_NIST_P521", "P-521")])
def test_shared_secrets(kms, tmp_path, spec, curve):
    made = make(kms, spec, "KEY_AGREEMENT")
    run = lambda *words: subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=tmp_path).stdout  # noqa: E731
    run("genpkey", "-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{curve}", "-out", "mine")
    public = run("pkey", "-in", "mine", "-pubout", "-outform", "DER")
    (tmp_path / "theirs").write_bytes(kms.get_public_key(KeyId=made["KeyId"])["PublicKey"])
    secret = same(kms.derive_shared_secret(KeyId=made["KeyId"], KeyAgreementAlgorithm="ECDH", PublicKey=public), 200, {
        "KeyId": made["Arn"], "SharedSecret": Any(bytes), "KeyAgreementAlgorithm": "ECDH", "KeyOrigin": "AWS_KMS"})
    assert run("pkeyutl", "-derive", "-inkey", "mine", "-peerkey", "theirs", "-peerform", "DER") == secret["SharedSecret"]
    with refused(400, "ValidationException", Text("The public key is not .*")):
        kms.derive_shared_secret(KeyId=made["KeyId"], KeyAgreementAlgorithm="ECDH", PublicKey=b"x")


@pytest.mark.parametrize("spec", ["ML_KEM_512", "ML_KEM_768", "ML_KEM_1024"])
def test_encapsulated_secrets(kms, spec):
    made = make(kms, spec, "ENCAPSULATE_DECAPSULATE")
    asked = {"KeyId": made["KeyId"], "EncapsulationAlgorithm": "ML_KEM"}
    common = {"KeyId": made["Arn"], "SharedSecret": Any(bytes), "EncapsulationAlgorithm": "ML_KEM"}
    answer = same(kms.encapsulate(**asked), 200, common | {"SharedSecretCiphertextBlob": Any(bytes)})
    opened = same(kms.decapsulate(SharedSecretCiphertextBlob=answer["SharedSecretCiphertextBlob"], **asked), 200, common)
    assert opened["SharedSecret"] == answer["SharedSecret"] and len(opened["SharedSecret"]) == 32
    with refused(400, "InvalidCiphertextException", ""):
        kms.decapsulate(SharedSecretCiphertextBlob=b"x", **asked)
    assert len(kms.get_public_key(KeyId=made["KeyId"])["PublicKey"]) > 800
