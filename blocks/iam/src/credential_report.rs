//! The credential report: a table of all users and their credentials, as it was when it was asked for.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html>

use api_iam::{
    GenerateCredentialReport, GenerateCredentialReportResponse, GetCredentialReport,
    GetCredentialReportResponse, errors,
};
use floor::{Answer, Check, Fault, Get, Key, Record as _, Timestamp, first_format};
use serde::{Deserialize, Serialize};
use wire::{Empty, Time, schema::TimeFormat};

use crate::{
    act::{Act, Ask, Books},
    copies,
    holdings::Holdings,
    limits,
    records::{self, AccessKey, Account, Kind, User},
};

/// A report is good for four hours; the next one is made when it is asked for afterwards.
const GOOD_MS: u64 = 4 * 3_600_000;
/// Bytes of a stored part, below what one value may have.
const PART_BYTES: usize = 1 << 20;
const DAY_MS: u64 = 86_400_000;

const COLUMNS: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,\
                       password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,\
                       access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,\
                       access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,\
                       access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,\
                       cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

/// A report; its text is in parts beside it.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Report {
    made_ms: u64,
    parts: u32,
}

first_format!(Report);

fn report_key(books: &Books) -> Key {
    copies::own("report").text(books.account().as_str())
}

fn part_key(books: &Books, number: u32) -> Key {
    copies::own("report-part").text(books.account().as_str()).number(u64::from(number))
}

/// `2026-11-21T17:40:00+00:00`.
fn date(ms: u64) -> String {
    let mut text = String::with_capacity(25);
    Time::from_millis((ms / 1000 * 1000) as i64).write(TimeFormat::Iso, false, &mut text);
    text.truncate(19);
    text + "+00:00"
}

const NONE: &str = "N/A";

fn yes(is: bool) -> String {
    is.to_string()
}

/// Who a line is about, besides the credentials.
struct Line<'a> {
    name: &'a str,
    arn: String,
    created_ms: u64,
    /// `password_enabled` and the three columns behind it.
    password: [String; 4],
    keys: &'a [String],
    holdings: &'a Holdings,
}

impl Books {
    /// The five columns of an access key, or those of none.
    async fn key_columns(&self, id: Option<&String>) -> Answer<[String; 5]> {
        let found: Option<AccessKey> = match id {
            Some(id) => self.load(&records::access_key_key(id)).await?,
            None => None,
        };
        let none = || NONE.to_owned();
        let (Some(id), Some(key)) = (id, found) else {
            return Ok([yes(false), none(), none(), none(), none()]);
        };
        let rotated = date(key.created_ms);
        Ok(match self.last_use(id).await? {
            None => [yes(key.is_active), rotated, none(), none(), none()],
            Some(last) => {
                let region = last.region.map_or_else(none, |region| region.as_str().to_owned());
                [yes(key.is_active), rotated, date(last.at_ms), region, last.service]
            }
        })
    }

    async fn line(&self, line: Line<'_>) -> Answer<String> {
        let mut columns = vec![line.name.to_owned(), line.arn, date(line.created_ms)];
        columns.extend(line.password);
        columns.push(yes(!line.holdings.mfa.is_empty()));
        for at in 0..2 {
            columns.extend(self.key_columns(line.keys.get(at)).await?);
        }
        for at in 0..2 {
            match line.holdings.certificates.get(at) {
                Some(one) => columns.extend([yes(one.is_active), date(one.uploaded_ms)]),
                None => columns.extend([yes(false), NONE.to_owned()]),
            }
        }
        Ok(columns.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(","))
    }

    async fn root_line(&self) -> Answer<String> {
        let account = self.account();
        let record: Account = self.load(&records::account_key(&account)).await?.unwrap_or_default();
        let not_supported = || "not_supported".to_owned();
        self.line(Line {
            name: "<root_account>",
            arn: format!("arn:aws:iam::{account}:root"),
            created_ms: record.created_ms,
            password: [not_supported(), "no_information".to_owned(), not_supported(), not_supported()],
            keys: &record.root_keys,
            holdings: &self.holdings("").await?,
        })
        .await
    }

    async fn user_line(&self, user: &User, age_days_max: Option<u32>) -> Answer<String> {
        let holdings = self.holdings(&user.name).await?;
        let password = match &holdings.login {
            None => [yes(false), NONE.to_owned(), NONE.to_owned(), NONE.to_owned()],
            Some(login) => {
                let next = age_days_max.map(|days| date(login.changed_ms + u64::from(days) * DAY_MS));
                let next = next.unwrap_or_else(|| NONE.to_owned());
                [yes(true), "no_information".to_owned(), date(login.changed_ms), next]
            }
        };
        self.line(Line {
            name: &user.name,
            arn: Kind::User.arn(&self.account(), &user.path, &user.name),
            created_ms: user.created_ms,
            password,
            keys: &user.keys,
            holdings: &holdings,
        })
        .await
    }

    async fn report(&self) -> Answer<String> {
        let age_days_max = self.settings().await?.passwords.and_then(|rules| rules.age_days_max);
        let mut lines = vec![COLUMNS.to_owned(), self.root_line().await?];
        for (_, value) in self.range(Kind::User.family(&self.account()).all(), limits::USERS_MAX).await? {
            lines.push(self.user_line(&User::decode(&value)?, age_days_max).await?);
        }
        Ok(lines.join("\n"))
    }
}

/// Names and paths may have commas.
fn quoted(column: &str) -> String {
    if column.contains([',', '"']) {
        format!("\"{}\"", column.replace('"', "\"\""))
    } else {
        column.to_owned()
    }
}

fn is_good(report: &Report, now: Timestamp) -> bool {
    now.0 < report.made_ms + GOOD_MS
}

impl Act for GenerateCredentialReport {
    const ACTION: &'static str = "iam:GenerateCredentialReport";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &Empty) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    /// The report is there when this is answered, and the next call says so.
    async fn act(books: &Books, _: &Empty) -> Answer<GenerateCredentialReportResponse> {
        let key = report_key(books);
        let former: Option<Report> = books.load(&key).await?;
        if former.as_ref().is_some_and(|report| is_good(report, books.now)) {
            let state = Some("COMPLETE".to_owned());
            return Ok(GenerateCredentialReportResponse { state, description: None });
        }
        let text = books.report().await?;
        let mut parts = 0;
        for part in text.as_bytes().chunks(PART_BYTES) {
            books.put_own(&part_key(books, parts), part.to_vec());
            parts += 1;
        }
        for number in parts..former.as_ref().map_or(0, |former| former.parts) {
            books.drop_own(&part_key(books, number));
        }
        books.put_own(&key, Report { made_ms: books.now.0 / 1000 * 1000, parts }.encode());
        let description = match former {
            None => "No report exists. Starting a new report generation task",
            Some(_) => "The report has expired. Starting a new report generation task",
        };
        Ok(GenerateCredentialReportResponse {
            state: Some("STARTED".to_owned()),
            description: Some(description.to_owned()),
        })
    }
}

impl Act for GetCredentialReport {
    const ACTION: &'static str = "iam:GetCredentialReport";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &Empty) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    async fn act(books: &Books, _: &Empty) -> Answer<GetCredentialReportResponse> {
        let report: Option<Report> = books.load(&report_key(books)).await?;
        let report = report.ok_or_else(|| {
            let why = "No report exists. Please generate a credential report first.";
            Fault::new(&errors::CREDENTIAL_REPORT_NOT_PRESENT_EXCEPTION, why)
        })?;
        if !is_good(&report, books.now) {
            let why =
                "The most recent credential report has expired. Please generate a new credential report.";
            return Err(Fault::new(&errors::CREDENTIAL_REPORT_EXPIRED_EXCEPTION, why));
        }
        let mut content = Vec::new();
        for number in 0..report.parts {
            let part = books.get(&part_key(books, number)).await?;
            content.extend_from_slice(
                &part.ok_or_else(|| floor::fault::internal("a part of a report is missing"))?,
            );
        }
        Ok(GetCredentialReportResponse {
            content: Some(content.into()),
            report_format: Some("text/csv".to_owned()),
            generated_time: Some(Time::from_millis(report.made_ms as i64)),
        })
    }
}
