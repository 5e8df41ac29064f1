"""STREAMING-AWS4-HMAC-SHA256-PAYLOAD by hand: botocore does not send it, older SDKs do."""

import hashlib
import hmac

from raw import Signer

EMPTY = hashlib.sha256(b"").hexdigest()


def signed_chunks(server, target, chunks, tamper):
    """(headers, body) of an upload in signed chunks. `tamper` names what is wrong with it."""
    chunks = [*chunks, b""]
    overhead = sum(len(f"{len(chunk):x}") + len(";chunk-signature=") + 64 + 4 for chunk in chunks)
    length = sum(map(len, chunks))
    signer = Signer(server, "s3")
    signer.auth.payload = lambda request: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
    headers = signer.headers("PUT", target, {
        "X-Amz-Content-SHA256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "Content-Encoding": "aws-chunked",
        "X-Amz-Decoded-Content-Length": str(length), "Content-Length": str(length + overhead)})
    named = {name.lower(): value for name, value in headers.items()}
    stamp, previous = named["x-amz-date"], named["authorization"].rsplit("Signature=", 1)[1]
    scope = f"{stamp[:8]}/us-east-1/s3/aws4_request"
    key = b"AWS4test"
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    frames = []
    for chunk in chunks:
        text = "\n".join(["AWS4-HMAC-SHA256-PAYLOAD", stamp, scope, previous, EMPTY, hashlib.sha256(chunk).hexdigest()])
        previous = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        frames.append((chunk, previous))
    return headers, _body(frames, tamper)


def _body(frames, tamper):
    if tamper == "data":
        frames[1] = (b"x" + frames[1][0][1:], frames[1][1])
    if tamper == "signature":
        frames[1] = (frames[1][0], frames[1][1][::-1])
    if tamper == "order":
        frames[0], frames[1] = frames[1], frames[0]
    body = b"".join(f"{len(chunk):x};chunk-signature={signature}\r\n".encode() + chunk + b"\r\n"
                    for chunk, signature in frames)
    if tamper == "cut":  # the closing chunk is replaced by filler of the same length
        tail = len(f"0;chunk-signature={'0' * 64}\r\n\r\n")
        body = body[:-tail] + b"\r\n" * (tail // 2) + b"\n" * (tail % 2)
    return body
