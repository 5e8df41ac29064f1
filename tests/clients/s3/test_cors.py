"""Cross-origin resource sharing: the rules of a bucket, questions ahead of requests, and what answers say."""

import pytest
from answers import refused, same
from raw import Signer, send

ABSENT = ("NoSuchCORSConfiguration", "The CORS configuration does not exist")
VARY = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"
NOT_ALLOWED = ("CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request "
               "method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the "
               "resource's CORS spec.")
RULES = [
    {"ID": "app", "AllowedOrigins": ["https://app.example", "https://*.app.example"], "AllowedMethods": ["GET", "PUT"],
     "AllowedHeaders": ["x-amz-*", "Content-Type"], "ExposeHeaders": ["ETag", "x-amz-version-id"], "MaxAgeSeconds": 600},
    {"AllowedOrigins": ["*"], "AllowedMethods": ["HEAD"]},
]


def cors(answer):
    return {name: value for name, value in answer.headers.items() if name.startswith("access-control") or name == "vary"}


def ask(server, target, origin, method=None, headers=None):
    given = {"Host": "localhost", "Origin": origin, "Access-Control-Request-Method": method,
             "Access-Control-Request-Headers": headers}
    return send(server, "OPTIONS", target, {name: value for name, value in given.items() if value})


def test_kept_and_given_back(s3, bucket):
    with refused(404, *ABSENT, BucketName=bucket):
        s3.get_bucket_cors(Bucket=bucket)
    same(s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": RULES}), 200)
    same(s3.get_bucket_cors(Bucket=bucket), 200, {"CORSRules": RULES})
    same(s3.delete_bucket_cors(Bucket=bucket), 204)
    same(s3.delete_bucket_cors(Bucket=bucket), 204)
    with refused(404, *ABSENT, BucketName=bucket):
        s3.get_bucket_cors(Bucket=bucket)


@pytest.mark.parametrize("rule, message", [
    ({"AllowedMethods": ["OPTIONS"]}, "Found unsupported HTTP method in CORS config. Unsupported method is OPTIONS"),
    ({"AllowedMethods": ["get"]}, "Found unsupported HTTP method in CORS config. Unsupported method is get"),
    ({"AllowedOrigins": ["http://*.*"]}, 'AllowedOrigin "http://*.*" can not have more than one wildcard.'),
    ({"AllowedHeaders": ["*-*"]}, 'AllowedHeader "*-*" can not have more than one wildcard.'),
    ({"ExposeHeaders": ["x-*"]},
     'ExposeHeader "x-*" contains wildcard. We currently do not support wildcard for ExposeHeader.'),
    ({"ID": "i" * 256}, "ID length should not exceed allowed limit of 255"),
])
def test_refused_rules(s3, bucket, rule, message):
    rules = [{"AllowedOrigins": ["*"], "AllowedMethods": ["GET"], **rule}]
    with refused(400, "InvalidRequest", message):
        s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": rules})


def test_refused_documents(s3, server, bucket):
    rule = {"AllowedOrigins": ["*"], "AllowedMethods": ["GET"]}
    with refused(400, "InvalidRequest", "The number of CORS rules should not exceed allowed limit of 100 rules."):
        s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule] * 101})
    for body in (b"<CORSConfiguration/>", b"<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule>"
                 b"</CORSConfiguration>", b"<CORSConfiguration><CORSRule>"):
        answer = Signer(server, "s3").request("PUT", f"/{bucket}?cors", body=body)
        assert (answer.status, answer.error()[0]) == (400, "MalformedXML"), body


def test_questions_ahead(s3, server, bucket):
    key = f"/{bucket}/some/key"
    answer = ask(server, key, "https://app.example", "PUT")
    assert answer.status == 403
    seen = answer.xml()
    assert seen.pop("RequestId") and seen.pop("HostId")
    assert seen == {"Code": "AccessForbidden", "Message": "CORSResponse: CORS is not enabled for this bucket.",
                    "Method": "PUT", "ResourceType": "OBJECT"}
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": RULES})

    answer = ask(server, key, "https://app.example", "PUT", "X-Amz-Date, content-type")
    assert (answer.status, answer.body) == (200, b"")
    assert cors(answer) == {
        "access-control-allow-origin": "https://app.example", "access-control-allow-methods": "GET, PUT",
        "access-control-allow-headers": "x-amz-date, content-type",
        "access-control-expose-headers": "ETag, x-amz-version-id", "access-control-max-age": "600",
        "access-control-allow-credentials": "true", "vary": VARY}
    assert answer.headers["x-amz-request-id"] and answer.headers["x-amz-id-2"] and answer.headers["server"] == "AmazonS3"
    answer = ask(server, key, "https://anything.example", "HEAD")
    assert cors(answer) == {"access-control-allow-origin": "*", "access-control-allow-methods": "HEAD", "vary": VARY}
    virtual = send(server, "OPTIONS", "/some/key", {
        "Host": f"{bucket}.s3.localhost", "Origin": "https://a.app.example", "Access-Control-Request-Method": "GET"})
    assert (virtual.status, virtual.headers["access-control-allow-origin"]) == (200, "https://a.app.example")

    for target, origin, method, headers, resource in [
            (key, "https://other.example", "PUT", None, "OBJECT"), (key, "https://app.example", "DELETE", None, "OBJECT"),
            (f"/{bucket}", "https://app.example", "PUT", "authorization", "BUCKET")]:
        answer = ask(server, target, origin, method, headers)
        assert (answer.status, cors(answer), answer.error()) == (403, {}, ("AccessForbidden", NOT_ALLOWED))
        assert (answer.xml()["Method"], answer.xml()["ResourceType"]) == (method, resource)
    for origin, method, message in [
            (None, "PUT", "Insufficient information. Origin request header needed."),
            ("https://app.example", None, "Invalid Access-Control-Request-Method: null"),
            ("https://app.example", "PATCH", "Invalid Access-Control-Request-Method: PATCH")]:
        answer = ask(server, key, origin, method)
        assert (answer.status, answer.error()) == (400, ("BadRequest", message))
    answer = ask(server, "/nobody-has-this-bucket/k", "https://app.example", "PUT")
    assert (answer.status, answer.error()) == (403, ("AccessForbidden", "CORSResponse: Bucket not found"))


def test_what_answers_say(s3, server, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"data")
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": RULES})
    signer = Signer(server, "s3")
    own = {"Origin": "https://app.example"}
    said = {"access-control-allow-origin": "https://app.example", "access-control-allow-methods": "GET, PUT",
            "access-control-expose-headers": "ETag, x-amz-version-id", "access-control-max-age": "600",
            "access-control-allow-credentials": "true", "vary": VARY}
    found = signer.request("GET", f"/{bucket}/k", own)
    assert (found.status, found.body, cors(found)) == (200, b"data", said)
    missing = signer.request("GET", f"/{bucket}/none", own)
    assert (missing.status, cors(missing)) == (404, said)
    denied = send(server, "GET", f"/{bucket}/k", {"Host": "localhost", **own})
    assert (denied.status, cors(denied)) == (403, said)
    assert cors(signer.request("GET", f"/{bucket}/k")) == {}
    assert cors(signer.request("GET", f"/{bucket}/k", {"Origin": "https://other.example"})) == {}
    named = signer.request("GET", f"/{bucket}/k", {**own, "Access-Control-Request-Method": "DELETE"})
    assert (named.status, cors(named)) == (200, {})
    s3.delete_bucket_cors(Bucket=bucket)
    assert cors(signer.request("GET", f"/{bucket}/k", own)) == {}


def test_rules_outlive_a_crash(own_server, own_aws, name):
    s3, made = own_aws.client("s3"), name("bucket")
    s3.create_bucket(Bucket=made)
    s3.put_bucket_cors(Bucket=made, CORSConfiguration={"CORSRules": RULES})
    own_server.kill()
    own_server.start()
    same(s3.get_bucket_cors(Bucket=made), 200, {"CORSRules": RULES})
    assert ask(own_server, f"/{made}/k", "https://app.example", "GET").status == 200
