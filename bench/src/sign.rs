//! Signature Version 4, the client's side: enough for the requests of the bench.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html>

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// Signs requests of one day, region and service.
#[derive(Clone)]
pub struct Signer {
    id: String,
    key: Vec<u8>,
    scope: String,
    amz_date: String,
    host: String,
}

fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

impl Signer {
    /// A signer for `test`/`test` in us-east-1. `now` is in seconds since the epoch.
    pub fn new(service: &str, host: &str, now: u64) -> Self {
        Self::with_key(service, host, now, ("test", "test"))
    }

    /// The same with another access key: its id and its secret.
    pub fn with_key(service: &str, host: &str, now: u64, (id, secret): (&str, &str)) -> Self {
        let amz_date = amz_date(now);
        let day = &amz_date[..8];
        let mut key = hmac(format!("AWS4{secret}").as_bytes(), day.as_bytes());
        for part in ["us-east-1", service, "aws4_request"] {
            key = hmac(&key, part.as_bytes());
        }
        let scope = format!("{day}/us-east-1/{service}/aws4_request");
        Self { id: id.to_owned(), key, scope, amz_date, host: host.to_owned() }
    }

    /// A whole HTTP/1.1 request. `headers` are lower-case and sorted, without host, date and content hash.
    pub fn request(
        &self,
        method: &str,
        path: &str,
        query: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Vec<u8> {
        let hash = hex::encode(Sha256::digest(body));
        let mut all: Vec<(&str, &str)> = headers.to_vec();
        all.extend([
            ("host", self.host.as_str()),
            ("x-amz-content-sha256", &hash),
            ("x-amz-date", &self.amz_date),
        ]);
        all.sort_unstable();
        let lines = all.iter().fold(String::new(), |mut lines, (name, value)| {
            lines.extend([name, ":", value, "\n"]);
            lines
        });
        let names: Vec<_> = all.iter().map(|(n, _)| *n).collect();
        let names = names.join(";");
        let canonical = format!("{method}\n{path}\n{query}\n{lines}\n{names}\n{hash}");
        let digest = hex::encode(Sha256::digest(canonical.as_bytes()));
        let to_sign = format!("AWS4-HMAC-SHA256\n{}\n{}\n{digest}", self.amz_date, self.scope);
        let signature = hex::encode(hmac(&self.key, to_sign.as_bytes()));
        let target = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
        let mut out = format!("{method} {target} HTTP/1.1\r\n").into_bytes();
        for (name, value) in &all {
            out.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        let credential = format!("{}/{}", self.id, self.scope);
        out.extend_from_slice(
            format!(
                "authorization: AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}\r\n\
                 content-length: {}\r\n\r\n",
                body.len()
            )
            .as_bytes(),
        );
        out.extend_from_slice(body);
        out
    }
}

/// `20261121T101500Z`.
fn amz_date(now: u64) -> String {
    let (days, second) = ((now / 86_400) as i64, now % 86_400);
    // Civil date from days, by Howard Hinnant's `civil_from_days`.
    let z = days + 719_468;
    let (era, of_era) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_are_written_as_aws_reads_them() {
        assert_eq!(super::amz_date(1_369_353_600), "20130524T000000Z");
        assert_eq!(super::amz_date(951_827_696), "20000229T123456Z");
    }
}
