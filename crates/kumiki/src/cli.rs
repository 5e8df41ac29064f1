//! The commands.

use std::{error::Error, io::Write as _, path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand};

use crate::{
    admin::{self, Ask},
    assemble,
    config::{self, Config, Settings},
    top,
};

/// The cloud you own: AWS's APIs, served from one binary.
#[derive(Parser)]
#[command(name = "kumiki", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve every block on one port.
    Serve(Flags),
    /// Print the certificate of the generated authority, for clients that speak https.
    Ca(Flags),
    /// Show what a running server holds and does.
    Status(Flags),
    /// Show what queues and topics do: rates, the oldest message, what is in flight, dead letters.
    Top {
        /// Draw one picture, with counts since the start in place of rates, and end.
        #[arg(long)]
        once: bool,
        /// Seconds between two pictures.
        #[arg(long, default_value_t = 2.0)]
        every: f64,
        #[command(flatten)]
        flags: Flags,
    },
    /// Print the figures of queues and topics by name, in the text format of Prometheus.
    Metrics(Flags),
    /// Show the drives: their health, space and errors, and what is being rebuilt.
    Drives(Flags),
    /// Estimate how likely objects are to be lost in a year, with the present layout and drives.
    Durability {
        /// The share of drives that fail in a year, in percent.
        #[arg(long, default_value_t = 2.0)]
        failing_percent: f64,
        /// Hours until a failed drive is replaced and rebuilt.
        #[arg(long, default_value_t = 72.0)]
        repair_hours: f64,
        #[command(flatten)]
        flags: Flags,
    },
    /// Copy the data of a running server, live, into a directory that `serve --data` can open.
    Backup {
        /// Where the copy goes; it must not exist yet.
        to: PathBuf,
        /// Copy what is in the data directory only: what is on drives stays there
        #[arg(long)]
        without_drives: bool,
        #[command(flatten)]
        flags: Flags,
    },
    /// Turn a running server's service clock forward: delays, retention and visibility follow it.
    Clock {
        /// By how many seconds.
        #[arg(long)]
        forward: u64,
        #[command(flatten)]
        flags: Flags,
    },
    /// Identities.
    Iam {
        #[command(subcommand)]
        command: IamCommand,
    },
    /// Accounts.
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Keys of the roots of accounts.
    RootKey {
        #[command(subcommand)]
        command: RootKeyCommand,
    },
    /// The key that seals the data directory.
    MasterKey {
        #[command(subcommand)]
        command: MasterKeyCommand,
    },
    /// Settings.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Print a table of every operation that is served, and the others of the same APIs, as Markdown.
    Coverage,
}

#[derive(Subcommand)]
enum AccountCommand {
    /// Make an account and print the access key of its root, whose secret is shown this once.
    Create {
        /// What people call it.
        #[arg(long)]
        name: String,
        /// Its number of twelve digits; one at random unless given.
        #[arg(long)]
        id: Option<String>,
        #[command(flatten)]
        flags: Flags,
    },
    /// Print all accounts.
    List(Flags),
}

#[derive(Subcommand)]
enum IamCommand {
    /// Tell why a running server refused a request: the statements that decided.
    Why {
        /// The id that the answer named.
        request_id: String,
        #[command(flatten)]
        flags: Flags,
    },
}

#[derive(Subcommand)]
enum RootKeyCommand {
    /// Make a new access key for the root of an account and end those before it.
    Rotate {
        /// The account's number.
        #[arg(long, default_value = "000000000000")]
        account: String,
        #[command(flatten)]
        flags: Flags,
    },
}

#[derive(Subcommand)]
enum MasterKeyCommand {
    /// Seal the data directory with another master key, while no server runs: a new one in DATA/master.key, or the one
    /// in KUMIKI_NEW_MASTER_KEY, which is written nowhere.
    Rotate(Flags),
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Print the effective settings and where each came from.
    Show(Flags),
}

#[derive(Args, Default)]
struct Flags {
    /// A TOML file with settings [env: KUMIKI_CONFIG]
    #[arg(long)]
    config: Option<PathBuf>,
    /// Address and port [default: 127.0.0.1:4566]
    #[arg(long)]
    listen: Option<String>,
    /// The data directory [default: ./kumiki-data]
    #[arg(long)]
    data: Option<String>,
    /// Keep everything in memory and lose it at the end
    #[arg(long)]
    ephemeral: bool,
    /// Record stores per region [default: 1]
    #[arg(long)]
    cells: Option<String>,
    /// A directory for the bytes of objects, PATH or PATH@AZ; once for each [default: in the data directory]
    #[arg(long)]
    drive: Vec<String>,
    /// How many drives may be lost; with three AZs, besides one of them [default: by the number of drives]
    #[arg(long)]
    spare_drives: Option<String>,
    /// The host name that virtual hosts end with [default: localhost]
    #[arg(long)]
    host: Option<String>,
    /// More of its host names, between commas; pages of these may ask with test/test
    #[arg(long)]
    hosts: Option<String>,
    /// strict, or relaxed: any unknown key is root of the account that it names [default: strict]
    #[arg(long)]
    auth: Option<String>,
    /// New buckets as before April 2023: ACLs on, no public access block, SSE-C allowed
    #[arg(long)]
    s3_legacy_defaults: bool,
    /// S3 is seen late, as until 2020, and standard queues repeat, reorder and miss messages now and then: to learn what
    /// that is like; with a seed
    #[arg(long, num_args = 0..=1, default_missing_value = "2006", value_name = "SEED")]
    realistic_consistency: Option<String>,
    /// FIFO queues take no more requests a second than AWS's
    #[arg(long)]
    enforce_quotas: bool,
    /// Whether SNS delivers to private and loopback addresses: refuse, allow, or auto: with a server on loopback only [default: auto]
    #[arg(long)]
    sns_private_endpoints: Option<String>,
    /// The mail server of SNS, smtp://HOST:PORT; without one e-mail is kept to be read (KUMIKI_SMTP takes passwords)
    #[arg(long)]
    smtp: Option<String>,
    /// Who sends the e-mail of SNS [default: AWS Notifications <no-reply@localhost>]
    #[arg(long)]
    mail_from: Option<String>,
    /// Whether a record of every request is kept in DATA/access [default: true]
    #[arg(long)]
    access_log: Option<String>,
    /// error, warn, info, debug, or a filter [default: info]
    #[arg(long)]
    log: Option<String>,
    /// text or json [default: text]
    #[arg(long)]
    log_format: Option<String>,
}

impl Flags {
    fn settings(self) -> Result<Settings, Box<dyn Error>> {
        let file = self.config.or_else(|| std::env::var_os("KUMIKI_CONFIG").map(PathBuf::from));
        let text = file
            .map(|f| std::fs::read_to_string(&f).map_err(|e| format!("{}: {e}", f.display())))
            .transpose()?;
        let flags = [
            ("listen", self.listen),
            ("data", self.data),
            ("ephemeral", self.ephemeral.then(|| "true".to_owned())),
            ("cells", self.cells),
            ("drive", (!self.drive.is_empty()).then(|| self.drive.join(","))),
            ("spare_drives", self.spare_drives),
            ("host", self.host),
            ("hosts", self.hosts),
            ("auth", self.auth),
            ("s3_legacy_defaults", self.s3_legacy_defaults.then(|| "true".to_owned())),
            ("sns_private_endpoints", self.sns_private_endpoints),
            ("smtp", self.smtp),
            ("mail_from", self.mail_from),
            ("realistic_consistency", self.realistic_consistency),
            ("enforce_quotas", self.enforce_quotas.then(|| "true".to_owned())),
            ("access_log", self.access_log),
            ("log", self.log),
            ("log_format", self.log_format),
        ];
        // A variable of somebody else's that is not Unicode is no reason to end.
        let variables = std::env::vars_os()
            .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()));
        Ok(Settings::layer(text.as_deref(), variables, &flags)?)
    }

    fn effective(self) -> Result<Config, Box<dyn Error>> {
        Ok(self.settings()?.effective()?)
    }
}

/// Does what the command line says.
pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    match Cli::parse().command {
        Command::Serve(flags) => assemble::serve(&flags.effective()?),
        Command::Ca(flags) => say(&assemble::ca(&flags.effective()?)?),
        Command::Status(flags) => ask(flags, &Ask::Status),
        Command::Drives(flags) => ask(flags, &Ask::Drives),
        Command::Top { once, every, flags } => {
            let every = Duration::try_from_secs_f64(every)?.max(Duration::from_millis(100));
            top::top(&flags.effective()?.data, once, every, say)
        }
        Command::Metrics(flags) => say(&top::metrics(&flags.effective()?.data)?),
        Command::Durability { failing_percent, repair_hours, flags } => {
            ask(flags, &Ask::Durability { failing_percent, repair_hours })
        }
        Command::Backup { to, without_drives, flags } => {
            ask(flags, &Ask::Backup { to: std::path::absolute(to)?, without_drives })
        }
        Command::Clock { forward, flags } => ask(flags, &Ask::Forward { by: Duration::from_secs(forward) }),
        Command::Account { command: AccountCommand::Create { name, id, flags } } => {
            administer(flags, &Ask::CreateAccount { name, id })
        }
        Command::Iam { command: IamCommand::Why { request_id, flags } } => {
            ask(flags, &Ask::Why { request_id })
        }
        Command::Account { command: AccountCommand::List(flags) } => administer(flags, &Ask::Accounts),
        Command::RootKey { command: RootKeyCommand::Rotate { account, flags } } => {
            administer(flags, &Ask::RotateRootKey { account })
        }
        Command::MasterKey { command: MasterKeyCommand::Rotate(flags) } => {
            say(&assemble::rotate_master_key(&flags.effective()?, config::new_master_key()?.as_ref())?)
        }
        Command::Config { command: ConfigCommand::Show(flags) } => {
            let settings = flags.settings()?;
            say(&settings.to_string())?;
            settings.effective()?; // what is shown could also be served with
            Ok(())
        }
        Command::Coverage => say(&assemble::coverage()),
    }
}

fn ask(flags: Flags, ask: &Ask) -> Result<(), Box<dyn Error>> {
    say(&format!("{}\n", admin::ask(&flags.effective()?.data, ask)?))
}

/// Asks the server that runs on the data directory; where none does, the directory is opened for as long as it takes.
fn administer(flags: Flags, ask: &Ask) -> Result<(), Box<dyn Error>> {
    let config = flags.effective()?;
    let answer = if admin::is_served(&config.data) {
        admin::ask(&config.data, ask)?
    } else {
        assemble::without_server(&config, ask)?
    };
    say(&format!("{answer}\n"))
}

/// Writes to the standard output. A reader who has seen enough (`| head`) is no error.
fn say(text: &str) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(e.into()),
        _ => Ok(()),
    }
}
