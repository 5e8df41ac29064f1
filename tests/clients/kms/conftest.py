"""Fixtures of KMS."""

import os
import subprocess

import pytest


@pytest.fixture(scope="session")
def kms(aws):
    return aws.client("kms")


@pytest.fixture
def key(kms):
    """The metadata of a fresh symmetric key."""
    return kms.create_key()["KeyMetadata"]


@pytest.fixture
def wrap(tmp_path):
    """Wraps material with the public key of GetParametersForImport."""
    def run(*words, given=b""):
        return subprocess.run(["openssl", *words], input=given, capture_output=True, check=True, cwd=tmp_path).stdout

    def oaep(public, digest, plain):
        (tmp_path / "public").write_bytes(public)
        return run("pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", "public", "-pkeyopt", "rsa_padding_mode:oaep",
                   "-pkeyopt", f"rsa_oaep_md:{digest}", "-pkeyopt", f"rsa_mgf1_md:{digest}", given=plain)

    def wrap(parameters, algorithm, material):
        digest = "sha1" if algorithm.endswith("SHA_1") else "sha256"
        if algorithm.startswith("RSAES"):
            return oaep(parameters["PublicKey"], digest, material)
        key = os.urandom(32)
        wrapped = run("enc", "-id-aes256-wrap-pad", "-iv", "A65959A6", "-K", key.hex(), "-in", "/dev/stdin", given=material)
        return oaep(parameters["PublicKey"], digest, key) + wrapped

    wrap.run = run
    return wrap
