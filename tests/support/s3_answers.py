"""What S3's answers carry by default, so that tests name only what is special."""

from answers import TIME
from checksums import checksum, etag

PRECONDITION = "At least one of the pre-conditions you specified did not hold"
NO_SUCH_BUCKET = "The specified bucket does not exist"
NO_SUCH_KEY = "The specified key does not exist."
NO_SUCH_UPLOAD = ("The specified upload does not exist. The upload ID may be invalid, or the upload may have been "
                  "aborted or completed.")
INVALID_PART = ("One or more of the specified parts could not be found.  The part may not have been uploaded, or the "
                "specified entity tag may not match the part's entity tag.")
MALFORMED_XML = "The XML you provided was not well-formed or did not validate against our published schema"


def stored(data, algorithm="CRC32", **more):
    """The answer to PutObject."""
    return {"ETag": etag(data), f"Checksum{algorithm}": checksum(algorithm, data), "ChecksumType": "FULL_OBJECT",
            "ServerSideEncryption": "AES256", **more}


def head(data, **more):
    """The answer to HeadObject."""
    return {"AcceptRanges": "bytes", "LastModified": TIME, "ContentLength": len(data), "ETag": etag(data),
            "ContentType": "binary/octet-stream", "ServerSideEncryption": "AES256", "Metadata": {}, **more}


def got(data, algorithm="CRC32", **more):
    """The answer to GetObject, body read; `algorithm=None` where no checksum comes back, as with ranges."""
    sums = {f"Checksum{algorithm}": checksum(algorithm, data), "ChecksumType": "FULL_OBJECT"} if algorithm else {}
    return {**head(data), "Body": data, **sums, **more}


def listed(key, data, algorithm="CRC32", **more):
    """One entry of a listing."""
    return {"Key": key, "LastModified": TIME, "ETag": etag(data), "ChecksumAlgorithm": [algorithm],
            "ChecksumType": "FULL_OBJECT", "Size": len(data), "StorageClass": "STANDARD", **more}
