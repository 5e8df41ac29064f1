"""Forms of a page that upload a file, with a signed policy."""

import html
import json
import urllib.parse

import pytest

DATA = bytes(range(256)) * 5000 + b"\r\n--not the boundary--\r\n"


@pytest.fixture
def upload(signer, app, browser, server, bucket, tmp_path):
    """Signs a form, chooses a file in it, submits it, and answers the page with the document's status."""
    def upload(conditions=(), **fields):
        every = [{name: value} for name, value in fields.items()]
        signed = signer.generate_presigned_post(bucket, "in/${filename}", Fields=fields, Conditions=[*every, *conditions])
        inputs = "".join(f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
                         for name, value in signed["fields"].items())
        app.pages["/form"] = (
            f'<meta charset="utf-8"><form method="post" enctype="multipart/form-data" '
            f'action="http://localhost:{server.port}/{bucket}">{inputs}<input type="file" name="file">'
            '<button name="submit" value="yes">Upload</button></form>')
        app.pages["/done"] = "thank you"
        chosen = tmp_path / "a photo ü.jpg"
        chosen.write_bytes(DATA)
        page = browser.page("http://app.example/form")
        page.choose("input[type=file]", chosen)
        return page, page.click("button")

    return upload


def test_a_form_that_goes_on_to_a_page(s3, bucket, upload):
    page, status = upload(success_action_redirect="http://app.example/done?from=form", **{"x-amz-meta-who": "grüße"})
    assert (status, page.text) == (200, "thank you"), page.text
    stored = s3.get_object(Bucket=bucket, Key="in/a photo ü.jpg")
    assert stored["Body"].read() == DATA
    # The file's own type is not the object's: the form would have to name it.
    assert stored["ContentType"] == "binary/octet-stream"
    went = urllib.parse.urlsplit(page.url)
    assert (went.hostname, went.path) == ("app.example", "/done")
    assert urllib.parse.parse_qs(went.query) == {
        "from": ["form"], "bucket": [bucket], "key": ["in/a photo ü.jpg"], "etag": [stored["ETag"]]}


def test_a_form_that_shows_the_answer(s3, bucket, upload, server):
    page, status = upload(success_action_status="201")
    assert (status, page.url) == (201, f"http://localhost:{server.port}/{bucket}")
    members = ["Location", "Bucket", "Key", "ETag"]
    seen = page.run(f"{members}.map(name => document.querySelector(name).textContent)")
    stored = s3.head_object(Bucket=bucket, Key="in/a photo ü.jpg")
    assert seen == [f"http://localhost:{server.port}/{bucket}/in%2Fa%20photo%20%C3%BC.jpg", bucket, "in/a photo ü.jpg",
                    stored["ETag"]]


def test_a_form_of_a_script(s3, signer, bucket, page, server):
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [
        {"AllowedOrigins": ["http://app.example"], "AllowedMethods": ["POST"], "ExposeHeaders": ["ETag"]}]})
    signed = signer.generate_presigned_post(bucket, "by/script")
    status, etag = page.run(f"""(async () => {{
        const form = new FormData();
        for (const [name, value] of Object.entries({json.dumps(signed["fields"])})) form.append(name, value);
        form.append("file", new Blob(["of a script"]), "name");
        const answer = await fetch("http://localhost:{server.port}/{bucket}", {{method: "POST", body: form}});
        return [answer.status, answer.headers.get("etag")];
    }})()""")
    stored = s3.get_object(Bucket=bucket, Key="by/script")
    assert (status, etag, stored["Body"].read()) == (204, stored["ETag"], b"of a script")


def test_what_the_policy_refuses(s3, bucket, upload):
    page, status = upload(conditions=[["content-length-range", 1, 1000]], success_action_redirect="http://app.example/done")
    assert status == 400 and page.run("document.querySelector('Code').textContent") == "EntityTooLarge"
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)
