"""The checksums of S3 written out plainly, to compare the server with something that shares no code with it."""

import base64
import hashlib
import zlib

import xxhash


def _table(polynomial, bits):
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = (value >> 1) ^ (polynomial if value & 1 else 0)
        table.append(value)
    return table, (1 << bits) - 1


_CRC32C = _table(0x82F63B78, 32)
_CRC64NVME = _table(0x9A6C9329AC4BC9B5, 64)


def _crc(data, table_and_mask):
    table, mask = table_and_mask
    value = mask
    for byte in data:
        value = (value >> 8) ^ table[(value ^ byte) & 0xFF]
    return value ^ mask


DIGESTS = {
    "CRC32": lambda data: zlib.crc32(data).to_bytes(4, "big"),
    "CRC32C": lambda data: _crc(data, _CRC32C).to_bytes(4, "big"),
    "CRC64NVME": lambda data: _crc(data, _CRC64NVME).to_bytes(8, "big"),
    "SHA1": lambda data: hashlib.sha1(data).digest(),
    "SHA256": lambda data: hashlib.sha256(data).digest(),
    "SHA512": lambda data: hashlib.sha512(data).digest(),
    "MD5": lambda data: hashlib.md5(data).digest(),
    "XXHASH64": lambda data: xxhash.xxh64_digest(data),
    "XXHASH3": lambda data: xxhash.xxh3_64_digest(data),
    "XXHASH128": lambda data: xxhash.xxh3_128_digest(data),
}
FULL_OBJECT = ("CRC32", "CRC32C", "CRC64NVME")
COMPOSITE = ("CRC32", "CRC32C", "SHA1", "SHA256", "SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128")


def checksum(algorithm, data):
    """The checksum as S3 writes it: base64."""
    return base64.b64encode(DIGESTS[algorithm](data)).decode()


def composite(algorithm, parts):
    """The checksum of the parts' checksums, with their number."""
    inner = b"".join(DIGESTS[algorithm](part) for part in parts)
    return f"{checksum(algorithm, inner)}-{len(parts)}"


def etag(data):
    return f'"{hashlib.md5(data).hexdigest()}"'


def multipart_etag(parts):
    inner = b"".join(hashlib.md5(part).digest() for part in parts)
    return f'"{hashlib.md5(inner).hexdigest()}-{len(parts)}"'


def md5_base64(data):
    return base64.b64encode(hashlib.md5(data).digest()).decode()
