//! Settings: flags, `KUMIKI_*` variables and one TOML file, in that order of precedence. Unknown keys are refused.

use std::{
    collections::BTreeMap,
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use floor::DriveSpec;

use seal::MasterKey;

/// One setting that exists.
struct Known {
    name: &'static str,
    default: &'static str,
    about: &'static str,
}

/// Every setting. A flag is `--name`, the variable is `KUMIKI_NAME`, the key in the file is `name`.
const KNOWN: &[Known] = &[
    Known {
        name: "listen",
        default: "127.0.0.1:4566",
        about: "address and port; test/test works on loopback only",
    },
    Known { name: "data", default: "./kumiki-data", about: "the data directory" },
    Known { name: "ephemeral", default: "false", about: "keep everything in memory and lose it at the end" },
    Known {
        name: "cells",
        default: "1",
        about: "record stores per region (1-256); fixed once data is written",
    },
    Known {
        name: "drive",
        default: "",
        about: "directories for the bytes of objects, PATH or PATH@AZ, with commas; none: in the data directory",
    },
    Known {
        name: "spare_drives",
        default: "",
        about: "how many drives may be lost (with three AZs: besides one of them); fixed when drives are first used",
    },
    Known { name: "host", default: "localhost", about: "the host name that virtual hosts end with" },
    Known {
        name: "hosts",
        default: "",
        about: "more of its host names, between commas; pages of these may ask with test/test",
    },
    Known {
        name: "auth",
        default: "strict",
        about: "strict, or relaxed: any unknown key is root of the account that it names",
    },
    Known {
        name: "s3_legacy_defaults",
        default: "false",
        about: "new buckets as before April 2023: ACLs on, no public access block, SSE-C allowed",
    },
    Known {
        name: "sns_private_endpoints",
        default: "auto",
        about: "whether SNS delivers to private addresses: refuse, allow, or auto, with a server on loopback only",
    },
    Known {
        name: "smtp",
        default: "",
        about: "the mail server of SNS, smtp://HOST:PORT or smtps://USER:PASSWORD@HOST; none: e-mail is kept to be read",
    },
    Known {
        name: "mail_from",
        default: "AWS Notifications <no-reply@localhost>",
        about: "who sends the e-mail of SNS",
    },
    Known {
        name: "realistic_consistency",
        default: "",
        about: "a number, the seed: S3 is seen late, as until 2020; standard queues repeat, reorder and miss messages",
    },
    Known {
        name: "enforce_quotas",
        default: "false",
        about: "FIFO queues take no more requests a second than AWS's",
    },
    Known { name: "access_log", default: "true", about: "keep a record of every request in DATA/access" },
    Known { name: "log", default: "info", about: "what is logged: error, warn, info, debug, or a filter" },
    Known { name: "log_format", default: "text", about: "text or json" },
    Known {
        name: MASTER_KEY,
        default: "",
        about: "32 bytes, base64 or hex; without it DATA/master.key is made",
    },
];

/// The one secret among the settings: only a variable says it (flags stand in lists of processes, and files are copied),
/// and nothing shows it.
const MASTER_KEY: &str = "master_key";

/// What follows `KUMIKI_` in variables that are no settings: the name of the configuration file, what `master-key rotate`
/// takes, and what the scripts and tests of this repository use. A server that they start inherits those.
const OF_THE_TOOLS: &[&str] = &[
    "CONFIG",
    "NEW_MASTER_KEY",
    "BIN",
    "CACHE",
    "PROTOCOL_VECTORS",
    "ROUNDS",
    "SEED",
    "FUZZ_SECONDS",
    "HTTPS",
    "CA",
];

fn is_of_the_tools(name: &str) -> bool {
    OF_THE_TOOLS.contains(&name) || name.starts_with("TEST_")
}

/// Where a value came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Source {
    /// Nothing else was said.
    Default,
    /// The configuration file.
    File,
    /// A `KUMIKI_*` variable.
    Variable,
    /// A flag.
    Flag,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Default => "default",
            Self::File => "file",
            Self::Variable => "environment",
            Self::Flag => "flag",
        })
    }
}

/// A setting that cannot be used, in words for the person who set it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadSetting(pub(crate) String);

impl fmt::Display for BadSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadSetting {}

/// The values in force, as texts with their sources.
pub(crate) struct Settings(BTreeMap<&'static str, (String, Source)>);

impl Settings {
    /// Lays flags over variables over the file over the defaults.
    pub(crate) fn layer(
        file: Option<&str>,
        variables: impl Iterator<Item = (String, String)>,
        flags: &[(&str, Option<String>)],
    ) -> Result<Self, BadSetting> {
        let mut values: BTreeMap<_, _> =
            KNOWN.iter().map(|k| (k.name, (k.default.to_owned(), Source::Default))).collect();
        if let Some(text) = file {
            let table: toml::Table =
                text.parse().map_err(|e| BadSetting(format!("configuration file: {e}")))?;
            for (key, value) in table {
                let text = match value {
                    toml::Value::String(text) => text,
                    toml::Value::Integer(_) | toml::Value::Boolean(_) => value.to_string(),
                    toml::Value::Array(tables) if key == "drive" => drive_tables(&tables)?,
                    _ => {
                        let kind = value.type_str();
                        return Err(BadSetting(format!(
                            "{key} (file) is a {kind}; settings are single values"
                        )));
                    }
                };
                set(&mut values, &key, text, Source::File)?;
            }
        }
        for (name, value) in variables {
            if let Some(key) = name.strip_prefix("KUMIKI_").filter(|k| !is_of_the_tools(k)) {
                set(&mut values, &key.to_ascii_lowercase(), value, Source::Variable)?;
            }
        }
        for (name, value) in flags {
            if let Some(value) = value {
                set(&mut values, name, value.clone(), Source::Flag)?;
            }
        }
        Ok(Self(values))
    }

    fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |(value, _)| value)
    }

    fn read<T: std::str::FromStr>(&self, name: &str, expected: &str) -> Result<T, BadSetting> {
        let text = self.text(name);
        text.parse().map_err(|_| BadSetting(format!("{name} = {text:?} is not {expected}")))
    }

    /// The setting `drive`.
    fn drives(&self) -> Result<Vec<DriveSpec>, BadSetting> {
        let mut drives: Vec<DriveSpec> = Vec::new();
        for text in self.text("drive").split(',').map(str::trim).filter(|text| !text.is_empty()) {
            let (path, az) = text.rsplit_once('@').unwrap_or((text, ""));
            if path.is_empty() || (az.is_empty() && text.ends_with('@')) || az.contains('/') {
                return Err(BadSetting(format!("drive = {text:?} is neither PATH nor PATH@AZ")));
            }
            if drives.iter().any(|drive| drive.path == Path::new(path)) {
                return Err(BadSetting(format!("drive = {text:?} is there twice")));
            }
            drives.push(DriveSpec { path: path.into(), az: az.to_owned() });
        }
        Ok(drives)
    }

    /// Reads the texts.
    pub(crate) fn effective(&self) -> Result<Config, BadSetting> {
        let listen: SocketAddr = self.read("listen", "an address and port such as 127.0.0.1:4566")?;
        let cells: u32 = self.read("cells", "a number from 1 to 256")?;
        if !(1..=256).contains(&cells) {
            return Err(BadSetting(format!("cells = {cells} is not a number from 1 to 256")));
        }
        let master_key = key_of(MASTER_KEY, self.text(MASTER_KEY))?;
        let is_relaxed = match self.text("auth") {
            "strict" => false,
            "relaxed" => true,
            other => return Err(BadSetting(format!("auth = {other:?} is neither strict nor relaxed"))),
        };
        if is_relaxed && !listen.ip().is_loopback() {
            return Err(BadSetting(format!(
                "listen = {listen}: with auth = relaxed anybody is root, and so it works on loopback only"
            )));
        }
        let log_format = self.text("log_format");
        if !matches!(log_format, "text" | "json") {
            return Err(BadSetting(format!("log_format = {log_format:?} is neither text nor json")));
        }
        let drives = self.drives()?;
        let ephemeral = self.read("ephemeral", "true or false")?;
        if ephemeral && !drives.is_empty() {
            return Err(BadSetting(
                "an ephemeral server keeps everything in memory and takes no drives".into(),
            ));
        }
        let spare_drives = match self.text("spare_drives") {
            "" => None,
            _ if drives.is_empty() => return Err(BadSetting("spare_drives without a drive".into())),
            _ => Some(self.read("spare_drives", "a number of drives")?),
        };
        let sns_reach = match self.text("sns_private_endpoints") {
            "auto" if listen.ip().is_loopback() => sns::Reach::Private,
            "auto" | "refuse" => sns::Reach::Public,
            "allow" => sns::Reach::Any,
            other => {
                let why = format!("sns_private_endpoints = {other:?} is neither auto nor refuse nor allow");
                return Err(BadSetting(why));
            }
        };
        Ok(Config {
            mail: self.mail()?,
            listen,
            sns_reach,
            drives,
            spare_drives,
            data: PathBuf::from(self.text("data")),
            ephemeral,
            cells,
            hosts: self.hosts(),
            log: self.text("log").to_owned(),
            log_json: log_format == "json",
            is_relaxed,
            s3_legacy_defaults: self.read("s3_legacy_defaults", "true or false")?,
            realistic_consistency: match self.text("realistic_consistency") {
                "" => None,
                _ => Some(self.read("realistic_consistency", "a number")?),
            },
            enforce_quotas: self.read("enforce_quotas", "true or false")?,
            access_log: self.read("access_log", "true or false")?,
            master_key,
        })
    }

    /// The settings `smtp` and `mail_from`.
    fn mail(&self) -> Result<Option<sns::Mail>, BadSetting> {
        let url = self.text("smtp");
        if url.is_empty() {
            return Ok(None);
        }
        let made = sns::Mail::new(url, self.text("mail_from"));
        made.map(Some).map_err(|why| BadSetting(format!("smtp, mail_from: {why}")))
    }

    /// The setting `host`, and those of `hosts`.
    fn hosts(&self) -> Vec<String> {
        let more = self.text("hosts").split(',').map(str::trim).filter(|name| !name.is_empty());
        std::iter::once(self.text("host")).chain(more).map(str::to_ascii_lowercase).collect()
    }
}

/// `[[drive]]` tables of the file, as a flag would say them.
fn drive_tables(tables: &[toml::Value]) -> Result<String, BadSetting> {
    let wrong =
        || BadSetting("drive (file): each [[drive]] has a path and may have an az, both texts".into());
    let mut drives = Vec::new();
    for table in tables {
        let table = table.as_table().ok_or_else(wrong)?;
        if table.iter().any(|(key, value)| !matches!(key.as_str(), "path" | "az") || !value.is_str()) {
            return Err(wrong());
        }
        let text = |key: &str| table.get(key).and_then(toml::Value::as_str);
        let path = text("path").ok_or_else(wrong)?;
        if path.contains(',') {
            return Err(BadSetting(format!("drive (file): a comma in {path:?}")));
        }
        drives.push(text("az").map_or_else(|| path.to_owned(), |az| format!("{path}@{az}")));
    }
    Ok(drives.join(","))
}

fn key_of(name: &str, text: &str) -> Result<Option<MasterKey>, BadSetting> {
    if text.is_empty() {
        return Ok(None);
    }
    let why = || BadSetting(format!("{name} is not 32 bytes in base64 or hex (`openssl rand -base64 32`)"));
    MasterKey::parse(text).map(Some).ok_or_else(why)
}

/// The next master key, where its owner keeps it.
pub(crate) fn new_master_key() -> Result<Option<MasterKey>, BadSetting> {
    const NAME: &str = "KUMIKI_NEW_MASTER_KEY";
    let text = std::env::var_os(NAME).unwrap_or_default();
    key_of(NAME, &text.to_string_lossy())
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Settings {
    /// As `kumiki config show` prints them: a configuration file with the sources as comments.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for known in KNOWN {
            let (value, source) = &self.0[known.name];
            let is_secret = known.name == MASTER_KEY || (known.name == "smtp" && value.contains('@'));
            let value = if is_secret && !value.is_empty() { "(not shown)" } else { value };
            writeln!(f, "{} = {value:?}  # {source}; {}", known.name, known.about)?;
        }
        Ok(())
    }
}

fn set(
    values: &mut BTreeMap<&'static str, (String, Source)>,
    key: &str,
    value: String,
    source: Source,
) -> Result<(), BadSetting> {
    let Some(known) = KNOWN.iter().find(|k| k.name == key) else {
        let all: Vec<_> = KNOWN.iter().map(|k| k.name).collect();
        return Err(BadSetting(format!("unknown setting {key:?} ({source}); there are: {}", all.join(", "))));
    };
    if known.name == MASTER_KEY && source != Source::Variable {
        let why = "it is a secret, and taken from the variable KUMIKI_MASTER_KEY only";
        return Err(BadSetting(format!("{MASTER_KEY} ({source}): {why}")));
    }
    values.insert(known.name, (value, source));
    Ok(())
}

/// The settings, read.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub(crate) struct Config {
    /// Where to listen.
    pub(crate) listen: SocketAddr,
    /// The data directory.
    pub(crate) data: PathBuf,
    /// Where the bytes of objects are; none: in the data directory.
    pub(crate) drives: Vec<DriveSpec>,
    /// How many of the drives may be lost, where that was said.
    pub(crate) spare_drives: Option<usize>,
    /// Whether everything is kept in memory.
    pub(crate) ephemeral: bool,
    /// Record stores per region.
    pub(crate) cells: u32,
    /// The host names that virtual hosts end with, and whose pages are trusted.
    pub(crate) hosts: Vec<String>,
    /// The log filter.
    pub(crate) log: String,
    /// Whether logs are JSON.
    pub(crate) log_json: bool,
    /// Whether any key is taken at its word.
    pub(crate) is_relaxed: bool,
    /// Whether new buckets are as before April 2023.
    pub(crate) s3_legacy_defaults: bool,
    /// The seed of what requests see late, twice or not at all; none: they see everything, once and at once.
    pub(crate) realistic_consistency: Option<u64>,
    /// Whether queues are held to AWS's quotas of requests a second.
    pub(crate) enforce_quotas: bool,
    /// Where the endpoints may be that SNS delivers to.
    pub(crate) sns_reach: sns::Reach,
    /// The mail server of SNS.
    pub(crate) mail: Option<sns::Mail>,
    /// Whether a record of every request is kept.
    pub(crate) access_log: bool,
    /// The master key, where the environment has it.
    pub(crate) master_key: Option<MasterKey>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_variables() -> impl Iterator<Item = (String, String)> {
        std::iter::empty()
    }

    #[test]
    fn flags_beat_variables_beat_the_file_beats_defaults() {
        let variables = [("KUMIKI_CELLS", "3"), ("KUMIKI_HOST", "a.example"), ("HOME", "/")];
        let variables = variables.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned()));
        let flags = [
            ("host", Some("b.example".to_owned())),
            ("hosts", Some(" C.example,,d".to_owned())),
            ("data", None),
        ];
        let settings = Settings::layer(Some("cells = 2\nlog = \"debug\""), variables, &flags).unwrap();
        let config = settings.effective().unwrap();
        assert_eq!((config.cells, config.log.as_str()), (3, "debug"));
        assert_eq!(config.hosts, ["b.example", "c.example", "d"]);
        let shown = settings.to_string();
        assert!(shown.contains("cells = \"3\"  # environment"), "{shown}");
        assert!(shown.contains("host = \"b.example\"  # flag"), "{shown}");
    }

    #[test]
    fn variables_of_the_scripts_are_no_settings() {
        let variables =
            ["CONFIG", "CACHE", "BIN", "TEST_CELLS"].map(|n| (format!("KUMIKI_{n}"), "x".to_owned()));
        let settings = Settings::layer(None, variables.into_iter(), &[]).unwrap();
        assert!(!settings.to_string().contains("environment"));
    }

    #[test]
    fn the_master_key_is_a_variable_and_not_shown() {
        let hex = "0123456789abcdef".repeat(4);
        let variable = |text: &str| std::iter::once(("KUMIKI_MASTER_KEY".to_owned(), text.to_owned()));
        let settings = Settings::layer(None, variable(&hex), &[]).unwrap();
        let config = settings.effective().unwrap();
        assert!(config.master_key.is_some());
        for shown in [settings.to_string(), format!("{settings:?}"), format!("{config:?}")] {
            assert!(!shown.contains(&hex), "{shown}");
        }
        let wrong = Settings::layer(None, variable(&hex[1..]), &[]).unwrap().effective().unwrap_err();
        assert!(!wrong.to_string().contains(&hex[1..]), "{wrong}");
        assert!(Settings::layer(Some(&format!("master_key = \"{hex}\"")), no_variables(), &[]).is_err());
    }

    #[test]
    fn the_password_of_a_mail_server_is_not_shown() {
        let variable = |url: &str| std::iter::once(("KUMIKI_SMTP".to_owned(), url.to_owned()));
        let settings = Settings::layer(None, variable("smtps://me:secret@example.com"), &[]).unwrap();
        let config = settings.effective().unwrap();
        assert!(config.mail.is_some());
        for shown in [settings.to_string(), format!("{settings:?}"), format!("{config:?}")] {
            assert!(!shown.contains("secret"), "{shown}");
        }
        let wrong = Settings::layer(None, variable("mail://me:secret@example.com"), &[]).unwrap();
        let wrong = wrong.effective().unwrap_err().to_string();
        assert!(wrong.contains("smtp") && !wrong.contains("secret"), "{wrong}");
        let plain = Settings::layer(None, variable("smtp://localhost:1025"), &[]).unwrap();
        assert!(plain.to_string().contains("smtp = \"smtp://localhost:1025\""), "{plain}");
    }

    #[test]
    fn drives_are_tables_of_the_file_or_a_list() {
        let file = "[[drive]]\npath = \"/a\"\naz = \"x\"\n[[drive]]\npath = \"/b@c\"\naz = \"y\"";
        let settings = Settings::layer(Some(file), no_variables(), &[]).unwrap();
        let shown = |settings: &Settings| {
            let drives = settings.effective().unwrap().drives;
            drives.iter().map(|d| format!("{} in {}", d.path.display(), d.az)).collect::<Vec<_>>()
        };
        assert_eq!(shown(&settings), ["/a in x", "/b@c in y"]);
        let flags = [("drive", Some("/d, /e@z".to_owned())), ("spare_drives", Some("1".to_owned()))];
        let settings = Settings::layer(Some(file), no_variables(), &flags).unwrap();
        assert_eq!(shown(&settings), ["/d in ", "/e in z"]);
        assert_eq!(settings.effective().unwrap().spare_drives, Some(1));
        for wrong in
            ["drive = \"/a,/a\"", "drive = \"@x\"", "spare_drives = 1", "drive = \"/a\"\nephemeral = true"]
        {
            assert!(
                Settings::layer(Some(wrong), no_variables(), &[]).unwrap().effective().is_err(),
                "{wrong}"
            );
        }
        for wrong in ["[[drive]]\naz = \"x\"", "[[drive]]\npath = \"/a\"\nsize = 3", "drive = [1]"] {
            assert!(Settings::layer(Some(wrong), no_variables(), &[]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert!(Settings::layer(Some("cels = 2"), no_variables(), &[]).is_err());
        let variable = std::iter::once(("KUMIKI_CELS".to_owned(), "1".to_owned()));
        assert!(Settings::layer(None, variable, &[]).is_err());
        assert!(Settings::layer(Some("[log]\nlevel = \"debug\""), no_variables(), &[]).is_err());
        for wrong in [
            "cells = 0",
            "auth = \"none\"",
            "ephemeral = \"maybe\"",
            "log_format = \"x\"",
            "sns_private_endpoints = \"true\"",
            "smtp = \"smtp://localhost:1025\"\nmail_from = \"nobody\"",
        ] {
            assert!(
                Settings::layer(Some(wrong), no_variables(), &[]).unwrap().effective().is_err(),
                "{wrong}"
            );
        }
    }
}
