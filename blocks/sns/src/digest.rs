//! How endpoints that ask for a name and a password get them: Basic and Digest, as AWS answers challenges. Before the
//! first challenge nothing is sent; a password that was never asked for stays here.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html>, RFC 7616, RFC 7617.

use base64::{Engine, prelude::BASE64_STANDARD};
use http::HeaderValue;
use md5::Md5;
use percent_encoding::percent_decode_str;
use sha2::{Digest as _, Sha256};

/// The name and the password of an address.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Login {
    user: Vec<u8>,
    password: Vec<u8>,
}

impl Login {
    /// Reads what stands before the `@`: `user:password`, or `user`.
    pub(crate) fn read(text: &str) -> Self {
        let (user, password) = text.split_once(':').unwrap_or((text, ""));
        let plain = |text: &str| percent_decode_str(text).collect();
        Self { user: plain(user), password: plain(password) }
    }
}

/// What is asked for, of what this server understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    Basic,
    Digest(Digest),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Digest {
    realm: String,
    nonce: String,
    opaque: Option<String>,
    /// As it was written; none means MD5.
    algorithm: Option<String>,
    quality: Quality,
    /// How many answers were given to this nonce.
    count: u32,
}

/// What an answer vouches for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quality {
    /// As before RFC 2617.
    Old,
    Auth,
    AuthInt,
}

/// What is sent, as far as answers depend on it.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a str,
    pub(crate) uri: &'a str,
    pub(crate) body: &'a [u8],
}

impl Challenge {
    /// The challenge to answer, of those in the `WWW-Authenticate` headers: the first Digest, else Basic.
    pub(crate) fn choose<'a>(headers: impl Iterator<Item = &'a str>) -> Option<Self> {
        let all: Vec<_> = headers.flat_map(challenges).collect();
        let digest = all.iter().find_map(|(scheme, given)| {
            scheme.eq_ignore_ascii_case("digest").then(|| Digest::of(given)).flatten()
        });
        let is_basic = || all.iter().any(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"));
        digest.map(Self::Digest).or_else(|| is_basic().then_some(Self::Basic))
    }

    /// The value of `Authorization`. `random` is not used twice.
    pub(crate) fn answer(&mut self, login: &Login, asked: Asked<'_>, random: &str) -> Option<HeaderValue> {
        let text = match self {
            Self::Basic => {
                let plain = [&login.user, &b":"[..], &login.password].concat();
                format!("Basic {}", BASE64_STANDARD.encode(plain)).into_bytes()
            }
            Self::Digest(digest) => digest.answer(login, asked, random),
        };
        let mut value = HeaderValue::from_bytes(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl Digest {
    /// `None` where it asks for what this server does not know.
    fn of(given: &[(String, String)]) -> Option<Self> {
        let get = |name: &str| {
            given.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
        };
        let quality = match get("qop") {
            None => Quality::Old,
            Some(list) => {
                let has = |name: &str| list.split(',').any(|one| one.trim().eq_ignore_ascii_case(name));
                match (has("auth"), has("auth-int")) {
                    (true, _) => Quality::Auth,
                    (false, true) => Quality::AuthInt,
                    (false, false) => return None,
                }
            }
        };
        let digest = Self {
            realm: get("realm").unwrap_or_default(),
            nonce: get("nonce")?,
            opaque: get("opaque"),
            algorithm: get("algorithm"),
            quality,
            count: 0,
        };
        digest.hash().is_some().then_some(digest)
    }

    fn hash(&self) -> Option<fn(&[u8]) -> String> {
        fn md5(bytes: &[u8]) -> String {
            hex::encode(Md5::digest(bytes))
        }
        fn sha256(bytes: &[u8]) -> String {
            hex::encode(Sha256::digest(bytes))
        }
        let name = self.algorithm.as_deref().unwrap_or("MD5").to_ascii_lowercase();
        match name.strip_suffix("-sess").unwrap_or(&name) {
            "md5" => Some(md5),
            "sha-256" => Some(sha256),
            _ => None,
        }
    }

    fn is_for_a_session(&self) -> bool {
        self.algorithm.as_ref().is_some_and(|name| name.to_ascii_lowercase().ends_with("-sess"))
    }

    fn answer(&mut self, login: &Login, asked: Asked<'_>, random: &str) -> Vec<u8> {
        let Some(hash) = self.hash() else { return Vec::new() };
        self.count += 1;
        let count = format!("{:08x}", self.count);
        let mut secret = hash(&[&login.user, self.realm.as_bytes(), &login.password].join(&b':'));
        if self.is_for_a_session() {
            secret = hash(format!("{secret}:{}:{random}", self.nonce).as_bytes());
        }
        let mut what = format!("{}:{}", asked.method, asked.uri);
        if self.quality == Quality::AuthInt {
            what = format!("{what}:{}", hash(asked.body));
        }
        let what = hash(what.as_bytes());
        let quality = match self.quality {
            Quality::Old => None,
            Quality::Auth => Some("auth"),
            Quality::AuthInt => Some("auth-int"),
        };
        let proof = match quality {
            None => hash(format!("{secret}:{}:{what}", self.nonce).as_bytes()),
            Some(quality) => {
                hash(format!("{secret}:{}:{count}:{random}:{quality}:{what}", self.nonce).as_bytes())
            }
        };
        let mut all = [b"Digest username=".as_slice(), &quoted(&login.user)].concat();
        let mut put = |text: &str| all.extend_from_slice(text.as_bytes());
        for (name, value) in [("realm", &self.realm), ("nonce", &self.nonce)] {
            put(&format!(", {name}={}", String::from_utf8_lossy(&quoted(value.as_bytes()))));
        }
        put(&format!(", uri=\"{}\", response=\"{proof}\"", asked.uri));
        if let Some(algorithm) = &self.algorithm {
            put(&format!(", algorithm={algorithm}"));
        }
        if let Some(opaque) = &self.opaque {
            put(&format!(", opaque={}", String::from_utf8_lossy(&quoted(opaque.as_bytes()))));
        }
        if let Some(quality) = quality {
            put(&format!(", qop={quality}, nc={count}"));
        }
        if quality.is_some() || self.is_for_a_session() {
            put(&format!(", cnonce=\"{random}\""));
        }
        all
    }
}

fn quoted(bytes: &[u8]) -> Vec<u8> {
    let escaped = bytes.iter().flat_map(|b| {
        let escape = matches!(b, b'"' | b'\\').then_some(b'\\');
        escape.into_iter().chain([*b])
    });
    [b'"'].into_iter().chain(escaped).chain([b'"']).collect()
}

/// The challenges of one header: schemes, with the parameters that follow each.
fn challenges(header: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut all: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for item in items(header) {
        let (name, value) = item.split_once('=').unwrap_or((item, ""));
        let (name, has_value) = (name.trim(), item.contains('='));
        let name = match name.split_once(char::is_whitespace) {
            Some((scheme, name)) => {
                all.push((scheme.to_owned(), Vec::new()));
                name.trim()
            }
            None if !has_value => {
                all.push((name.to_owned(), Vec::new()));
                continue;
            }
            None => name,
        };
        if let Some((_, given)) = all.last_mut() {
            given.push((name.to_owned(), unquoted(value.trim())));
        }
    }
    all
}

/// What stands between commas that are not inside quotes.
fn items(header: &str) -> Vec<&str> {
    let (mut all, mut begin, mut is_quoted, mut is_escaped) = (Vec::new(), 0, false, false);
    for (at, letter) in header.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                all.push(header[begin..at].trim());
                begin = at + 1;
            }
            _ => {}
        }
    }
    all.push(header[begin..].trim());
    all.retain(|item| !item.is_empty());
    all
}

fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return value.to_owned();
    };
    let (mut plain, mut letters) = (String::new(), inner.chars());
    while let Some(letter) = letters.next() {
        plain.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GET: Asked<'_> = Asked { method: "GET", uri: "/dir/index.html", body: b"" };

    fn answered(header: &str, login: &str, asked: Asked<'_>, random: &str) -> String {
        let mut challenge = Challenge::choose(std::iter::once(header)).unwrap();
        challenge.answer(&Login::read(login), asked, random).unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn the_example_of_rfc_2617() {
        let header = r#"Digest realm="testrealm@host.com", qop="auth,auth-int",
            nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41""#;
        assert_eq!(
            answered(header, "Mufasa:Circle%20Of%20Life", GET, "0a4f113b"),
            "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", \
             uri=\"/dir/index.html\", response=\"6629fae49393a05397450978507c4ef1\", \
             opaque=\"5ccc069c403ebaf9f0171e9517f40e41\", qop=auth, nc=00000001, cnonce=\"0a4f113b\""
        );
    }

    #[test]
    fn the_examples_of_rfc_7616() {
        for (algorithm, proof) in [
            ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
            ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ] {
            let header = format!(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, \
                 nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
                 opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
            );
            let random = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
            let seen = answered(&header, "Mufasa:Circle%20of%20Life", GET, random);
            assert!(seen.contains(&format!("response=\"{proof}\", algorithm={algorithm}, ")), "{seen}");
        }
    }

    #[test]
    fn the_older_form_and_that_of_sessions() {
        // RFC 2069 as its errata have it.
        let header = r#"Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093""#;
        let seen = answered(header, "Mufasa:CircleOfLife", GET, "x");
        assert!(seen.ends_with("response=\"1949323746fe6a43ef61f9606e7febea\""), "{seen}");
        let header = r#"Digest realm="r", nonce="n", algorithm=MD5-sess, qop="auth-int""#;
        let post = Asked { method: "POST", uri: "/in?a=b", body: b"text" };
        let seen = answered(header, "u:p", post, "c");
        let hash = |text: String| hex::encode(Md5::digest(text));
        let secret = hash(format!("{}:n:c", hash("u:r:p".into())));
        let what = hash(format!("POST:/in?a=b:{}", hash("text".into())));
        let proof = hash(format!("{secret}:n:00000001:c:auth-int:{what}"));
        assert!(seen.contains(&format!("response=\"{proof}\", algorithm=MD5-sess, qop=auth-int")), "{seen}");
    }

    #[test]
    fn the_count_rises_with_each_answer() {
        let mut challenge = Challenge::choose(["Digest realm=r, nonce=n, qop=auth"].into_iter()).unwrap();
        for count in ["00000001", "00000002", "00000003"] {
            let seen = challenge.answer(&Login::read("u:p"), GET, "c").unwrap();
            assert!(seen.to_str().unwrap().contains(&format!("nc={count}, ")));
        }
    }

    #[test]
    fn what_is_chosen() {
        let choose = |headers: &[&'static str]| Challenge::choose(headers.iter().copied());
        let name = |headers: &[&'static str]| match choose(headers) {
            None => "none".to_owned(),
            Some(Challenge::Basic) => "basic".to_owned(),
            Some(Challenge::Digest(digest)) => format!("{} {}", digest.realm, digest.nonce),
        };
        for (headers, chosen) in [
            (&["Basic realm=\"x\""][..], "basic"),
            (&["basic"], "basic"),
            (&["Negotiate", "Basic realm=\"x, Digest\", charset=\"UTF-8\""], "basic"),
            (&["Basic realm=\"b\", Digest realm=\"a, \\\"b\\\"\", nonce=\"=1,2=\""], "a, \"b\" =1,2="),
            (&["Digest realm=a, nonce=1, algorithm=SHA-512-256", "DIGEST Realm=b , NONCE = 2"], "b 2"),
            (&["Digest realm=a, nonce=1, qop=\"other\""], "none"),
            (&["Digest realm=a"], "none"),
            (&["Bearer abc=="], "none"),
            (&[], "none"),
            (&["", ",,", "=", "\"", "Digest \\"], "none"),
        ] {
            assert_eq!(name(headers), chosen, "{headers:?}");
        }
    }

    #[test]
    fn names_and_passwords() {
        let of = |text: &str| answered("Basic", text, GET, "");
        assert_eq!(of("me:p%40ss"), format!("Basic {}", BASE64_STANDARD.encode("me:p@ss")));
        assert_eq!(of("me"), format!("Basic {}", BASE64_STANDARD.encode("me:")));
        assert_eq!(of("me:a:b"), format!("Basic {}", BASE64_STANDARD.encode("me:a:b")));
        let seen = answered("Digest nonce=n", "a%22b:p", GET, "");
        assert!(seen.starts_with(r#"Digest username="a\"b", realm="""#), "{seen}");
    }

    proptest! {
        #[test]
        fn any_header_is_survived(headers in prop::collection::vec("[ -~äDigest=\"\\\\,]{0,60}", 0..4), login in "\\PC{0,12}") {
            let chosen = Challenge::choose(headers.iter().map(String::as_str));
            if let Some(mut chosen) = chosen {
                let _ = chosen.answer(&Login::read(&login), GET, "c");
            }
        }

        #[test]
        fn what_is_quoted_is_read_back(text in "\\PC{0,20}") {
            let quoted = String::from_utf8(quoted(text.as_bytes())).unwrap();
            prop_assert_eq!(unquoted(&quoted), text);
            prop_assert_eq!(items(&quoted).len(), 1);
        }
    }
}
