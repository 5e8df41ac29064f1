"""Codes of virtual MFA devices (RFC 6238)."""

import base64
import hashlib
import hmac
import time


def code(seed, steps=0, now=None):
    """The code of the step `steps` after the present one."""
    step = int((time.time() if now is None else now) // 30) + steps
    digest = hmac.new(base64.b32decode(seed), step.to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[19] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7fffffff) % 1_000_000:06}"
