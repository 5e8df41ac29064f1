"""Uploads from browsers' forms: what their policies allow, what browsers are answered."""

import base64
import datetime
import hashlib
import hmac
import json

import pytest
from raw import send

DATA = b"the bytes of a file\r\n--not-the-boundary"
ETAG = '"' + hashlib.md5(DATA).hexdigest() + '"'
BOUNDARY = "----form-of-a-browser"
SUBMIT = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="submit"\r\n\r\nignored\r\n'.encode()


def form(fields, file=DATA, name="a photo.jpg", behind=b""):
    """A form as browsers write it; the file last."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
             for field, value in fields.items()]
    if file is not None:
        parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                     f'Content-Type: image/jpeg\r\n\r\n'.encode() + file + b"\r\n")
    return b"".join(parts) + behind + f"--{BOUNDARY}--\r\n".encode()


def post(server, bucket, fields, file=DATA, headers=(), **more):
    body = form(fields, file, **more)
    head = {"Host": f"localhost:{server.port}", "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(len(body)), **dict(headers)}
    return send(server, "POST", f"/{bucket}", head, body)


def presigned(s3, bucket, key="in/${filename}", conditions=(), **fields):
    """Fields signed with Version 4, for each of which the policy has a condition."""
    every = [{name: value} for name, value in fields.items()]
    return s3.generate_presigned_post(bucket, key, Fields=fields, Conditions=[*every, *conditions])["fields"]


@pytest.fixture
def v4(aws):
    return aws.client("s3", signature_version="s3v4")


def test_an_upload(s3, v4, server, bucket):
    fields = presigned(v4, bucket, **{"Content-Type": "image/jpeg", "x-amz-meta-who": "me", "Cache-Control": "no-store",
                                      "x-amz-website-redirect-location": "/done",
                                      "tagging": "<Tagging><TagSet><Tag><Key>a</Key><Value>b c</Value></Tag></TagSet>"
                                                 "</Tagging>"})
    answer = post(server, bucket, fields)
    assert (answer.status, answer.body) == (204, b""), answer.body
    assert answer.headers["etag"] == ETAG and answer.headers["x-amz-server-side-encryption"] == "AES256"
    assert answer.headers["location"] == f"http://localhost:{server.port}/{bucket}/in%2Fa%20photo.jpg"
    assert answer.headers["server"] == "AmazonS3" and answer.headers["x-amz-request-id"]
    stored = s3.get_object(Bucket=bucket, Key="in/a photo.jpg")
    assert stored["Body"].read() == DATA and stored["WebsiteRedirectLocation"] == "/done"
    assert (stored["ContentType"], stored["Metadata"], stored["CacheControl"]) == (
        "image/jpeg", {"who": "me"}, "no-store")
    tags = s3.get_object_tagging(Bucket=bucket, Key="in/a photo.jpg")["TagSet"]
    assert tags == [{"Key": "a", "Value": "b c"}]


@pytest.mark.parametrize("status, seen", [("200", 200), ("201", 201), ("204", 204), ("404", 204)])
def test_what_is_answered(v4, server, bucket, status, seen):
    answer = post(server, bucket, presigned(v4, bucket, success_action_status=status))
    assert (answer.status, answer.headers["etag"]) == (seen, ETAG)
    if seen == 201:
        assert answer.xml() == {"Location": answer.headers["location"], "Bucket": bucket, "Key": "in/a photo.jpg",
                                "ETag": ETAG}
        assert answer.headers["content-type"] == "application/xml"
    else:
        assert answer.body == b""


@pytest.mark.parametrize("field", ["success_action_redirect", "redirect"])
def test_where_a_browser_is_sent(v4, server, bucket, field):
    answer = post(server, bucket, presigned(v4, bucket, key="k", **{field: "http://app.example/done?a=1"}))
    assert answer.status == 303
    etag = ETAG.replace('"', "%22")
    assert answer.headers["location"] == f"http://app.example/done?a=1&bucket={bucket}&key=k&etag={etag}"
    answer = post(server, bucket, presigned(v4, bucket, key="k", **{field: "nowhere"}))
    assert answer.status == 204


def version2(bucket, conditions, secret="test"):
    document = {"expiration": "2099-01-01T00:00:00Z", "conditions": [{"bucket": bucket}, *conditions]}
    policy = base64.b64encode(json.dumps(document).encode())
    signature = base64.b64encode(hmac.new(secret.encode(), policy, hashlib.sha1).digest())
    return {"AWSAccessKeyId": "test", "policy": policy.decode(), "signature": signature.decode()}


def test_forms_of_version_2(s3, server, bucket):
    # A field that is not there is empty, which begins with nothing.
    fields = {"kEy": "k", **version2(bucket, [["StArTs-WiTh", "$KEY", ""], ["starts-with", "$Content-Type", ""]])}
    assert post(server, bucket, fields).status == 204
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == DATA
    answer = post(server, bucket, {"key": "k", **version2(bucket, [{"key": "k"}], secret="wrong")})
    assert (answer.status, answer.error()[0]) == (403, "SignatureDoesNotMatch")
    del fields["signature"]
    answer = post(server, bucket, fields)
    assert (answer.status, answer.xml()["ArgumentName"]) == (400, "signature")


@pytest.mark.parametrize("conditions, fields, words", [
    ([{"key": "other"}], {}, 'Policy Condition failed: ["eq", "$key", "other"]'),
    ([["starts-with", "$key", "x/"]], {}, 'Policy Condition failed: ["starts-with", "$key", "x/"]'),
    ([{"key": "k"}], {"x-amz-meta-who": "me"}, "Extra input fields: x-amz-meta-who"),
    ([{"key": "k"}, ["starts-with", "$x-amz-meta-who", "m"]], {},
     'Policy Condition failed: ["starts-with", "$x-amz-meta-who", "m"]'),
])
def test_against_the_policy(s3, server, bucket, conditions, fields, words):
    answer = post(server, bucket, {"key": "k", **fields, **version2(bucket, conditions)})
    assert (answer.status, answer.error()) == (403, ("AccessDenied", f"Invalid according to Policy: {words}"))
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


@pytest.mark.parametrize("size, code, words, members", [
    (6, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size",
     {"ProposedSize": "6", "MaxSizeAllowed": "5"}),
    (1, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size",
     {"ProposedSize": "1", "MinSizeAllowed": "2"}),
])
def test_lengths(s3, server, bucket, size, code, words, members):
    fields = {"key": "k", **version2(bucket, [{"key": "k"}, ["content-length-range", 2, 5]])}
    answer = post(server, bucket, fields, b"x" * size)
    seen = answer.xml()
    assert seen.pop("RequestId") and seen.pop("HostId")
    assert (answer.status, seen) == (400, {"Code": code, "Message": words, **members})
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)
    for size in (2, 5):
        assert post(server, bucket, fields, b"x" * size).status == 204


def test_a_policy_ends(own_server, own_aws, name):
    s3, made = own_aws.client("s3"), name("bucket")
    s3.create_bucket(Bucket=made)
    past = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    policy = base64.b64encode(json.dumps({"expiration": past, "conditions": []}).encode())
    signature = base64.b64encode(hmac.new(b"test", policy, hashlib.sha1).digest()).decode()
    answer = post(own_server, made, {"key": "k", "AWSAccessKeyId": "test", "policy": policy.decode(),
                                     "signature": signature})
    assert (answer.status, answer.error()) == (403, ("AccessDenied", "Invalid according to Policy: Policy expired."))


@pytest.mark.parametrize("fields, file, code, words", [
    ({}, DATA, "InvalidArgument",
     "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields."),
    ({"key": ""}, DATA, "InvalidArgument", "User key must have a length greater than 0."),
    ({"key": "k"}, None, "InvalidArgument", "POST requires exactly one file upload per request."),
    ({"key": "k", "x-ignore-me": "x" * 20_480}, DATA, "MaxPostPreDataLengthExceeded",
     "Your POST request fields preceding the upload file were too large."),
    ({"key": "k", "policy": "e30="}, DATA, "InvalidArgument",
     "Bucket POST must contain a field named 'x-amz-algorithm'.  If it is specified, please check the order of the "
     "fields."),
])
def test_bad_forms(server, bucket, fields, file, code, words):
    answer = post(server, bucket, fields, file)
    assert (answer.status, answer.error()) == (400, (code, words))


def test_what_is_no_form(server, bucket):
    malformed = (400, ("MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data."))
    for kind, body in [("multipart/form-data", b""), (f"multipart/form-data; boundary={BOUNDARY}", b"--"),
                       (f"multipart/form-data; boundary={BOUNDARY}", form({"key": "k"})[:-60])]:
        head = {"Host": "localhost", "Content-Type": kind, "Content-Length": str(len(body))}
        answer = send(server, "POST", f"/{bucket}", head, body)
        assert (answer.status, answer.error()) in (malformed, (403, ("AccessDenied", "Access Denied"))), kind


def test_a_torn_upload_leaves_nothing(s3, server, bucket):
    fields = {"key": "k", **version2(bucket, [{"key": "k"}])}
    whole = form(fields, b"x" * 100_000)
    for cut in (len(whole) - 70_000, len(whole) - 40):
        head = {"Host": "localhost", "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
                "Content-Length": str(cut)}
        answer = send(server, "POST", f"/{bucket}", head, whole[:cut])
        assert (answer.status, answer.error()[0]) == (400, "MalformedPOSTRequest"), cut
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)
    head["Content-Length"] = str(len(whole))
    assert send(server, "POST", f"/{bucket}", head, whole).status == 204
    assert s3.head_object(Bucket=bucket, Key="k")["ContentLength"] == 100_000


def test_unsigned_forms_need_a_policy_of_the_bucket(s3, server, bucket):
    answer = post(server, bucket, {"key": "open/k"})
    assert (answer.status, answer.error()) == (403, ("AccessDenied", "Access Denied"))
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{bucket}/open/*"}]}))
    assert post(server, bucket, {"key": "open/k"}, behind=SUBMIT).status == 204
    assert post(server, bucket, {"key": "closed/k"}).status == 403
    assert s3.get_object(Bucket=bucket, Key="open/k")["Body"].read() == DATA
    virtual = send(server, "POST", "/", {"Host": f"{bucket}.s3.localhost", "Content-Type":
                                        f"multipart/form-data; boundary={BOUNDARY}",
                                        "Content-Length": str(len(form({"key": "open/v"})))}, form({"key": "open/v"}))
    assert virtual.status == 204
    assert s3.head_object(Bucket=bucket, Key="open/v")["ContentLength"] == len(DATA)


def test_checksums(s3, server, bucket):
    good = base64.b64encode(hashlib.sha256(DATA).digest()).decode()
    bad = base64.b64encode(hashlib.sha256(b"").digest()).decode()
    for value, status in [(bad, 400), ("sailorjerry", 400), (good, 204)]:
        fields = {"key": "k", "x-amz-checksum-sha256": value,
                  **version2(bucket, [{"key": "k"}, ["starts-with", "$x-amz-checksum-sha256", ""]])}
        assert post(server, bucket, fields).status == status, value
    assert s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")["ChecksumSHA256"] == good


def test_the_event_says_post(s3, sqs, server, bucket, queue):
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sqs:SendMessage",
         "Resource": arn}]})})
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={"QueueConfigurations": [
        {"QueueArn": arn, "Events": ["s3:ObjectCreated:Post"]}]}, SkipDestinationValidation=True)
    assert post(server, bucket, {"key": "k", **version2(bucket, [{"key": "k"}])}).status == 204
    s3.put_object(Bucket=bucket, Key="other", Body=b"")
    seen = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20, MaxNumberOfMessages=10)["Messages"]
    records = [record for message in seen for record in json.loads(message["Body"]).get("Records", [])]
    assert [(record["eventName"], record["s3"]["object"]["key"]) for record in records] == [("ObjectCreated:Post", "k")]
