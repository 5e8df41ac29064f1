//! AWS's own examples: "Signature Calculations for the Authorization Header" and its neighbours in the S3 API
//! reference, and the published Signature Version 4 test suite (service `service`, one level of path encoding).
use crate::common::{KEY, head, verifier, verifier_of, verify};
use auth::{Form, Payload, Scheme};
use env::Timestamp;

/// 2013-05-24T00:00:00Z.
const NOW: Timestamp = Timestamp(1_369_353_600_000);
/// Method, target, headers beside host and date, body, signature.
type Row<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str, &'a str);
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

#[test]
fn the_examples_of_the_s3_reference() {
    let host = ("host", "examplebucket.s3.amazonaws.com");
    let date = ("x-amz-date", "20130524T000000Z");
    let empty = ("x-amz-content-sha256", EMPTY);
    let body = ("x-amz-content-sha256", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072");
    let table = [
        (
            "GET",
            "/test.txt",
            vec![host, ("range", "bytes=0-9"), empty, date],
            "host;range;x-amz-content-sha256;x-amz-date",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            "PUT",
            "/test$file.text",
            vec![
                host,
                ("date", "Fri, 24 May 2013 00:00:00 GMT"),
                date,
                ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
                body,
            ],
            "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        (
            "GET",
            "/?lifecycle",
            vec![host, date, empty],
            "host;x-amz-content-sha256;x-amz-date",
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
        (
            "GET",
            "/?max-keys=2&prefix=J",
            vec![host, date, empty],
            "host;x-amz-content-sha256;x-amz-date",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ];
    let verifier = verifier();
    for (method, target, mut headers, signed, signature) in table {
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={KEY}/20130524/us-east-1/s3/aws4_request,SignedHeaders={signed},\
             Signature={signature}"
        );
        headers.push(("authorization", &authorization));
        let verified = verify(&verifier, &head(method, target, &headers), NOW, Scheme::s3()).unwrap();
        assert_eq!(verified.form, Form::Header);
        assert_eq!(verified.region.unwrap().as_str(), "us-east-1");
        assert!(matches!(verified.payload, Payload::Hash(_)));
    }
}

#[test]
fn the_presigned_example_of_the_s3_reference() {
    let target = "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2F\
        us-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&\
        X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    let request = head("GET", target, &[("host", "examplebucket.s3.amazonaws.com")]);
    let day_s = 86_400_000;
    for (now, good) in [(NOW.0, true), (NOW.0 + day_s, true), (NOW.0 + day_s + 1, false)] {
        let answer = verify(&verifier(), &request, Timestamp(now), Scheme::s3());
        assert_eq!(answer.is_ok(), good, "{answer:?}");
    }
    let verified = verify(&verifier(), &request, NOW, Scheme::s3()).unwrap();
    assert!(matches!((verified.form, verified.payload), (Form::Query, Payload::Unsigned)));
}

#[test]
fn the_published_test_suite() {
    /// 2015-08-30T12:36:00Z.
    const AT: Timestamp = Timestamp(1_440_938_160_000);
    let table: &[Row<'_>] = &[
        ("GET", "/", &[], "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("GET", "/./", &[], "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("GET", "//", &[], "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("GET", "/example/..", &[], "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        (
            "GET",
            "/?Param2=value2&Param1=value1",
            &[],
            "",
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        ),
        (
            "GET",
            "/?%E1%88%B4=bar",
            &[],
            "",
            "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
        ),
        ("GET", "/%E1%88%B4", &[], "", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
        (
            "GET",
            "/example%20space/",
            &[],
            "",
            "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
        ),
        ("POST", "/", &[], "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        (
            "GET",
            "/",
            &[("my-header1", " value1"), ("my-header2", " \"a   b   c\"")],
            "",
            "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
        ),
        (
            "GET",
            "/",
            &[("my-header1", "value2"), ("my-header1", "value2"), ("my-header1", "value1")],
            "",
            "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
        ),
        (
            "POST",
            "/",
            &[("content-type", "application/x-www-form-urlencoded")],
            "Param1=value1",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
        ),
    ];
    let verifier = verifier_of("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None);
    for (method, target, more, body, signature) in table {
        let mut headers = vec![("host", "example.amazonaws.com"), ("x-amz-date", "20150830T123600Z")];
        headers.extend_from_slice(more);
        let mut names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={}, \
             Signature={signature}",
            names.join(";")
        );
        headers.push(("authorization", &authorization));
        let request = head(method, target, &headers);
        let answer = verify(&verifier, &request, AT, Scheme::service("service", body.as_bytes()));
        assert!(answer.is_ok(), "{method} {target} {more:?}: {answer:?}");
    }
}
