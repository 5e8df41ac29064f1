"""A bucket as a web site, as a browser shows it."""

import json
import zlib

import pytest
from browser import Thrown

SITE = "s3-website.localhost"


def picture():
    """A PNG of two by one."""
    def part(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = b"\0\0\0\2\0\0\0\1\x08\0\0\0\0"
    return (b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0\0\xff"))
            + part(b"IEND", b""))


HOME = """<!doctype html><title>home</title><link rel="stylesheet" href="look/style.css"><script src="/run.js"></script>
<img src="look/dot.png"><a id="docs" href="docs">docs</a><a id="old" href="old/page.html#part">old</a>"""
FILES = [("index.html", "text/html", HOME.encode()), ("docs/index.html", "text/html", b"<title>docs</title>"),
         ("look/style.css", "text/css", b"body { color: rgb(1, 2, 3) }"), ("look/dot.png", "image/png", picture()),
         ("run.js", "text/javascript", b"window.ran = 'yes'"), ("new/page.html", "text/html", b"<title>page</title>"),
         ("error.html", "text/html", b"<title>lost</title>")]


@pytest.fixture
def site(s3, server, bucket):
    """A site with an index, pages, an error page and rules; where it is."""
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:ListBucket"],
         "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]}]}))
    for key, kind, data in FILES:
        s3.put_object(Bucket=bucket, Key=key, Body=data, ContentType=kind)
    s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration={
        "IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"}, "RoutingRules": [
            {"Condition": {"KeyPrefixEquals": "old/"},
             "Redirect": {"ReplaceKeyPrefixWith": "new/", "HostName": f"{bucket}.{SITE}:{server.port}"}},
            {"Condition": {"KeyPrefixEquals": "away/", "HttpErrorCodeReturnedEquals": "404"},
             "Redirect": {"HostName": "other.example", "Protocol": "http", "ReplaceKeyPrefixWith": "", "HttpRedirectCode": "302"}},
        ]})
    return f"http://{bucket}.{SITE}:{server.port}"


def title(page):
    return page.run("document.title")


def test_pages_with_all_that_is_in_them(browser, site):
    page = browser.page()
    assert (page.go(site), title(page), page.url) == (200, "home", f"{site}/")
    seen = page.run("""({ran: window.ran, colour: getComputedStyle(document.body).color,
                         width: document.querySelector("img").naturalWidth})""")
    assert seen == {"ran": "yes", "colour": "rgb(1, 2, 3)", "width": 2}
    # A folder without its slash is found, and relative links in it are right.
    assert (page.click("#docs"), title(page), page.url) == (200, "docs", f"{site}/docs/")


def test_redirects(browser, site, app):
    page = browser.page(site)
    assert (page.click("#old"), title(page)) == (200, "page")
    assert page.url == f"{site}/new/page.html#part"
    app.pages["/there"] = "<title>there</title>"
    assert (page.go(f"{site}/away/there"), title(page), page.url) == (200, "there", "http://other.example/there")


def test_the_error_page(browser, site):
    page = browser.page()
    assert (page.go(f"{site}/none.html"), title(page), page.url) == (404, "lost", f"{site}/none.html")


def test_a_site_that_is_elsewhere(s3, browser, app, server, bucket):
    s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration={
        "RedirectAllRequestsTo": {"HostName": "other.example", "Protocol": "http"}})
    app.pages["/a/b.html"] = "<title>elsewhere</title>"
    page = browser.page()
    assert page.go(f"http://{bucket}.{SITE}:{server.port}/a/b.html?c=d") == 200
    assert (title(page), page.url) == ("elsewhere", "http://other.example/a/b.html?c=d")


def test_what_a_site_has_for_pages_of_other_origins(s3, browser, site, bucket):
    """The bucket's rules count at the website endpoint, too: for fonts, say."""
    page = browser.page("http://app.example/")
    fetch = f"fetch('{site}/run.js', {{cache: 'no-store'}}).then(answer => answer.text())"
    with pytest.raises(Thrown, match="Failed to fetch"):
        page.run(fetch)
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [
        {"AllowedOrigins": ["http://app.example"], "AllowedMethods": ["GET"]}]})
    assert page.run(fetch) == "window.ran = 'yes'"
    other = browser.page("http://other.example/")
    with pytest.raises(Thrown, match="Failed to fetch"):
        other.run(fetch)
