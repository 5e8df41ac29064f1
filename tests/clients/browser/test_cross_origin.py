"""What scripts of another origin may do with a bucket, as the browser enforces it."""

import json

import pytest
from browser import Thrown

RULE = {"AllowedOrigins": ["http://app.example"], "AllowedMethods": ["GET", "PUT"], "AllowedHeaders": ["x-amz-meta-*"],
        "ExposeHeaders": ["ETag", "x-amz-meta-who"]}


def fetch(page, url, **options):
    """(status, some headers that the script may see, text) of a fetch."""
    return page.run(f"""(async () => {{
        const answer = await fetch({json.dumps(url)}, {json.dumps({"cache": "no-store", **options})});
        const seen = ["etag", "x-amz-meta-who", "x-amz-request-id", "content-type"];
        return [answer.status, Object.fromEntries(seen.map(name => [name, answer.headers.get(name)])),
                await answer.text()];
    }})()""")


def blocked(page, url, **options):
    with pytest.raises(Thrown, match="Failed to fetch"):
        fetch(page, url, **options)


@pytest.fixture
def signed(signer, bucket):
    """An address of an object, signed."""
    return lambda operation, key="k", **given: signer.generate_presigned_url(
        operation, Params={"Bucket": bucket, "Key": key, **given})


def stored(s3, bucket, key="k"):
    return s3.get_object(Bucket=bucket, Key=key)["Body"].read()


def test_without_rules_nothing_is_shown(s3, bucket, page, signed):
    s3.put_object(Bucket=bucket, Key="k", Body=b"secret")
    blocked(page, signed("get_object"))
    # What is asked ahead is not even sent.
    blocked(page, signed("put_object"), method="PUT", body="changed")
    assert stored(s3, bucket) == b"secret"


def test_reading(s3, bucket, browser, page, signed):
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [RULE]})
    etag = s3.put_object(Bucket=bucket, Key="k", Body=b"text", ContentType="text/plain", Metadata={"who": "me"})["ETag"]
    assert fetch(page, signed("get_object")) == [
        200, {"etag": etag, "x-amz-meta-who": "me", "x-amz-request-id": None, "content-type": "text/plain"}, "text"]
    status, _, text = fetch(page, signed("get_object", "none"))  # errors are shown, too
    assert status == 404 and "<Code>NoSuchKey</Code>" in text
    blocked(browser.page("http://other.example/"), signed("get_object"))
    s3.delete_bucket_cors(Bucket=bucket)
    blocked(page, signed("get_object"))


def test_writing_with_a_question_ahead(s3, bucket, browser, page, signed):
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [RULE]})
    url = signed("put_object", Metadata={"who": "me"})
    status, seen, _ = fetch(page, url, method="PUT", body="a" * 3_000_000, headers={"x-amz-meta-who": "me"})
    assert (status, seen["etag"]) == (200, s3.head_object(Bucket=bucket, Key="k")["ETag"])
    assert stored(s3, bucket) == b"a" * 3_000_000
    # Another origin, another method, a header that no rule names.
    blocked(browser.page("http://other.example/"), url, method="PUT", body="b", headers={"x-amz-meta-who": "me"})
    blocked(page, signed("delete_object"), method="DELETE")
    blocked(page, signed("put_object"), method="PUT", body="b", headers={"x-amz-acl": "private"})
    assert stored(s3, bucket) == b"a" * 3_000_000


def test_a_picture_drawn_by_another_origin(s3, bucket, page, signed):
    """A canvas may be read only where the picture came with permission."""
    s3.put_object(Bucket=bucket, Key="k", ContentType="image/svg+xml",
                  Body=b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>')
    draw = """(async () => {
        const picture = new Image();
        picture.crossOrigin = "anonymous";
        picture.src = URL;
        await picture.decode();
        const canvas = document.createElement("canvas");
        canvas.getContext("2d").drawImage(picture, 0, 0);
        return [...canvas.getContext("2d").getImageData(1, 1, 1, 1).data];
    })()""".replace("URL", json.dumps(signed("get_object")))
    with pytest.raises(Thrown):
        page.run(draw)
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [{**RULE, "AllowedOrigins": ["*"]}]})
    assert page.run(draw) == [0, 0, 0, 255]


def test_the_default_credential_is_not_for_pages_of_others(s3, aws, bucket, page):
    """What everybody can sign is refused where a page of another site asks, whatever the bucket's rules allow."""
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [RULE]})
    everybody = aws.client("s3", signature_version="s3v4")
    url = everybody.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "k"})
    status, _, text = fetch(page, url, method="PUT", body="a stranger's")
    assert status == 403 and "a page of another site asks with the default credential" in text
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)
