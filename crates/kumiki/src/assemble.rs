//! Puts the parts together. Only this crate knows all of them.

use std::{
    collections::BTreeMap,
    error::Error,
    fmt::Write as _,
    fs,
    io::{IsTerminal as _, Write as _},
    os::{fd::AsFd, unix::fs::OpenOptionsExt as _},
    path::Path,
    sync::Arc,
    time::Duration,
};

use auth::Verifier;
use floor::{Cells, Drives, Env, Floor, Master, Registry, caretaker::Caretakers, cells::Home};
use gateway::{Gateway, Reset, Tls};
use tokio::signal::unix::{SignalKind, signal};

use iam::{Admission, Directory};

use crate::{access_log::AccessLog, admin, config::Config, top::Messaging};

/// What settings say of how true to AWS the blocks are.
#[derive(Clone, Copy, Default)]
struct Manner {
    legacy_defaults: bool,
    lag: Option<u64>,
    quotas: bool,
}

impl Manner {
    fn of(config: &Config) -> Self {
        Self {
            legacy_defaults: config.s3_legacy_defaults,
            lag: config.realistic_consistency,
            quotas: config.enforce_quotas,
        }
    }
}

/// What settings say of SNS.
fn of_sns(config: &Config) -> sns::Settings {
    sns::Settings { hosts: config.hosts.clone(), reach: config.sns_reach, mail: config.mail.clone() }
}

/// Everything that is served.
fn registry(
    env: &Env,
    seal: &Master,
    directory: &Arc<Directory>,
    sns: &Arc<sns::Sns>,
    manner: Manner,
) -> (Registry, Arc<Messaging>) {
    let metrics = &env.metrics;
    let s3 = s3::S3::new(env, seal);
    let s3 = if manner.legacy_defaults { s3.with_legacy_defaults() } else { s3 };
    let sqs = sqs::Sqs::new(env, seal);
    let sqs = if manner.quotas { sqs.with_quotas() } else { sqs };
    let (s3, sqs) = match manner.lag {
        Some(seed) => (s3.with_realistic_consistency(seed), sqs.with_realistic_consistency(seed)),
        None => (s3, sqs),
    };
    let s3 = Arc::new(s3);
    let messaging = Messaging { sqs: Arc::new(sqs), sns: sns.clone() };
    let registry = Registry::default()
        .with(s3::service(s3.clone(), metrics))
        .with(s3::control::service(&s3, metrics))
        .with(sqs::service(messaging.sqs.clone(), metrics))
        .with(sns::service(messaging.sns.clone(), metrics))
        .with(kms::service(Arc::new(kms::Kms::default()), metrics))
        .with(iam::service(directory, metrics))
        .with(iam::sts::service(directory, metrics));
    (registry, Arc::new(messaging))
}

/// Holds the data directory against a second process for as long as it lives.
struct Locked(#[expect(dead_code, reason = "the lock lives as long as the file is open")] fs::File);

/// What the data directory was laid out with; cells decide where a resource lives, so their number is fixed.
pub(crate) const LAYOUT: &str = "LAYOUT";

/// Locks the data directory and opens it with its master key. Where the key or the number of cells is wrong, nothing in
/// it has been changed.
fn take(config: &Config, env: &Env) -> Result<(Locked, Master), Box<dyn Error>> {
    let (data, cells) = (&config.data, config.cells);
    let at = |e: std::io::Error| format!("{}: {e}", data.display());
    Env::host().disk.create_dir_all(data).map_err(at)?;
    let lock = lock(data)?;
    let (path, expected) = (data.join(LAYOUT), format!("kumiki data 1\ncells {cells}\n"));
    let known = match fs::read_to_string(&path) {
        Ok(found) if found == expected => true,
        Ok(found) => {
            let found = found.replace('\n', " ");
            return Err(format!(
                "{} was laid out as \"{}\"; --cells must match",
                data.display(),
                found.trim()
            )
            .into());
        }
        Err(_) => false,
    };
    let seal = seal::open_directory(data, config.master_key.as_ref(), known, &env.random)?;
    if !known {
        write_durably(data, &path, &expected).map_err(at)?;
    }
    Ok((lock, seal))
}

fn lock(data: &Path) -> Result<Locked, Box<dyn Error>> {
    let mut options = fs::OpenOptions::new();
    let lock = options.create(true).truncate(false).write(true).mode(0o600).open(data.join("LOCK"));
    let lock = lock.map_err(|e| format!("{}: {e}", data.display()))?;
    rustix::fs::flock(lock.as_fd(), rustix::fs::FlockOperation::NonBlockingLockExclusive)
        .map_err(|_| format!("{} is in use by another kumiki", data.display()))?;
    Ok(Locked(lock))
}

/// The drives of the data directory, which is ours by now.
fn drives(config: &Config, env: &Env) -> Result<Option<Arc<Drives>>, Box<dyn Error>> {
    if config.ephemeral {
        return Ok(None);
    }
    if config.drives.is_empty() {
        if Drives::are_laid_out(env, &config.data) {
            let data = config.data.display();
            return Err(format!("{data} has objects on drives: name all of them with --drive").into());
        }
        return Ok(None);
    }
    Ok(Some(Drives::open(env, &config.data, &config.drives, config.spare_drives)?))
}

/// Seals the data directory with another master key, `next` or a new one, while nobody serves it.
pub(crate) fn rotate_master_key(
    config: &Config,
    next: Option<&seal::MasterKey>,
) -> Result<String, Box<dyn Error>> {
    let data = &config.data;
    if !data.join(LAYOUT).exists() {
        return Err(format!("{} is no data directory", data.display()).into());
    }
    let _lock = lock(data)?;
    let (old, new) = seal::rotate(data, config.master_key.as_ref(), next, &Env::host().random)?;
    let kept = match next {
        Some(_) => "start with it in KUMIKI_MASTER_KEY from now on".to_owned(),
        None => format!("it is in {}", data.join(seal::custody::KEY_FILE).display()),
    };
    Ok(format!(
        "{} is sealed with master key {new}: {kept}. Key {old} opens copies that were made before, and nothing else.\n",
        data.display()
    ))
}

/// How far the service clock has been turned ahead: it never goes back, also over a restart.
const CLOCK: &str = "CLOCK";

/// Keeps how far the service clock is ahead, in milliseconds.
pub(crate) fn keep_ahead(data: &Path, ahead: Duration) -> std::io::Result<()> {
    write_durably(data, &data.join(CLOCK), &format!("{}\n", ahead.as_millis()))
}

fn kept_ahead(data: &Path) -> Result<Duration, Box<dyn Error>> {
    match fs::read_to_string(data.join(CLOCK)) {
        Ok(text) => {
            Ok(Duration::from_millis(text.trim().parse().map_err(|_| format!("{CLOCK} cannot be read"))?))
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Duration::ZERO),
        Err(e) => Err(e.into()),
    }
}

fn write_durably(data: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    let new = path.with_extension("new");
    let mut file = fs::OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    fs::File::open(data)?.sync_all()
}

/// Serves until told to stop.
pub(crate) fn serve(config: &Config) -> Result<(), Box<dyn Error>> {
    log_as(config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve_until_stopped(config))?;
    // Blocking work that is still under way (a sync, say) is waited for, within reason.
    runtime.shutdown_timeout(Duration::from_secs(10));
    Ok(())
}

fn log_as(config: &Config) -> Result<(), Box<dyn Error>> {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log)
        .map_err(|e| format!("log = {:?}: {e}", config.log))?;
    let to = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    if config.log_json {
        to.json().init();
    } else {
        to.init();
    }
    Ok(())
}

async fn serve_until_stopped(config: &Config) -> Result<(), Box<dyn Error>> {
    let mut env = Env::host();
    let memory = config.ephemeral.then(env::SimDisk::volatile);
    let (home, seal, _lock) = if let Some(disk) = &memory {
        env.disk = Arc::new(disk.clone());
        (Home::Memory, Master::ephemeral(&env.random), None)
    } else {
        let (lock, seal) = take(config, &env)?;
        (Home::Directory(config.data.clone()), seal, Some(lock))
    };
    if !config.ephemeral {
        env.clocks.service.turn(kept_ahead(&config.data)?);
    }
    let cells = Cells::new(env.clone(), home, config.cells).on_drives(drives(config, &env)?);
    let is_loopback = config.listen.ip().is_loopback();
    let directory = Directory::new(Admission { default_credential: is_loopback, relaxed: config.is_relaxed });
    let sns = Arc::new(sns::Sns::new(of_sns(config)));
    let (registry, messaging) = registry(&env, &seal, &directory, &sns, Manner::of(config));
    let floor = Floor::lay(env.clone(), seal, cells, registry);
    directory.belong_to(&floor);
    if !is_loopback && !directory.has_root_keys(&floor).await.map_err(|fault| fault.to_string())? {
        return Err(no_credentials(config).into());
    }
    let verifier = Verifier::new(directory.clone());
    let reset = memory.map(|disk| reset(&floor, &directory, disk));
    let gateway = Gateway::new(
        floor.clone(),
        verifier,
        gateway_config(
            config,
            reset,
            &directory,
            (certificates(&floor, &sns), errands(config, &floor, &sns)),
        ),
    );
    let listener =
        gateway::bind(config.listen).map_err(|e| format!("cannot listen on {e}; --listen takes another"))?;
    let address = listener.local_addr()?;
    sns.listens_on(address.port());
    if !config.ephemeral {
        admin::listen(&config.data, floor.clone(), directory.clone(), messaging)?;
    }
    Caretakers::start(&floor);
    let has_access_log = !config.ephemeral && config.access_log;
    let access_log = has_access_log.then(|| AccessLog::open(&config.data)).transpose();
    let access_log = access_log.map_err(|e| format!("the access log: {e}"))?.map(|log| log.start(&floor));
    open_in_background(&floor);
    println!("kumiki: listening on http://{address}");
    if config.is_relaxed {
        println!("kumiki: auth is relaxed: any unknown access key is root of the account that it names");
    }
    std::io::stdout().flush()?;
    let left = gateway.serve(vec![listener], stopped()).await?;
    if left.requests > 0 {
        tracing::warn!(left.requests, "requests were still in progress when the time to end was up");
    }
    floor.caretakers.stop();
    floor.cells.close().await;
    if let Some(log) = access_log {
        log.end().await;
    }
    Ok(())
}

/// The default credential is known to everybody, and so nobody could come in from elsewhere.
fn no_credentials(config: &Config) -> String {
    let (listen, data) = (config.listen, config.data.display());
    format!(
        "listen = {listen}: the default credential test/test works on loopback only, and no account has a key of its \
         own yet. Make one with `kumiki root-key rotate --data {data}` (account 000000000000) or `kumiki account create \
         --name NAME --data {data}`"
    )
}

/// Answers one question of administration on a data directory that no server runs on.
pub(crate) fn without_server(config: &Config, ask: &admin::Ask) -> Result<String, Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let answer = runtime.block_on(async {
        let env = Env::host();
        let (_lock, seal) = take(config, &env)?;
        env.clocks.service.turn(kept_ahead(&config.data)?);
        let cells = Cells::new(env.clone(), Home::Directory(config.data.clone()), config.cells)
            .on_drives(drives(config, &env)?);
        let directory = Directory::new(Admission { default_credential: false, relaxed: false });
        let sns = Arc::new(sns::Sns::new(of_sns(config)));
        let (registry, _) = registry(&env, &seal, &directory, &sns, Manner::of(config));
        let floor = Floor::lay(env.clone(), seal, cells, registry);
        directory.belong_to(&floor);
        let answer = admin::answer(ask.clone(), &config.data, &floor, &directory).await;
        floor.cells.close().await;
        answer.map_err(Box::<dyn Error>::from)
    });
    runtime.shutdown_timeout(Duration::from_secs(10));
    answer
}

/// On the host's disk also where data is kept in memory: clients trust an authority once, and `kumiki ca` reads it there.
fn tls(config: &Config) -> Tls {
    Tls::new(&Env::host(), config.data.join("tls"), config.hosts.clone())
}

/// What messages of SNS are verified with.
fn certificates(floor: &Arc<Floor>, sns: &Arc<sns::Sns>) -> gateway::Certificates {
    let (floor, sns) = (floor.clone(), sns.clone());
    Arc::new(move |name| {
        let (floor, sns) = (floor.clone(), sns.clone());
        Box::pin(async move {
            let found = sns.certificate(&floor, &name).await;
            found.map_err(|fault| fault.cause().unwrap_or(fault.message()).to_owned())
        })
    })
}

/// What people ask about messages of SNS. Whoever reaches a server on loopback may.
fn errands(config: &Config, floor: &Arc<Floor>, sns: &Arc<sns::Sns>) -> Option<gateway::Errands> {
    let (floor, sns) = (floor.clone(), sns.clone());
    let errands: gateway::Errands = Arc::new(move |errand| {
        let (floor, sns) = (floor.clone(), sns.clone());
        Box::pin(async move {
            let read = |account: String| account.parse().map_err(|_| "account: it has twelve digits");
            let done = match errand {
                gateway::Errand::Sent(account) => sns.sent(&floor, read(account)?).await,
                gateway::Errand::OptOut { account, phone, region } => {
                    let region = region.parse().map_err(|_| "region: there is no such region")?;
                    let done = sns.opt_out(&floor, read(account)?, &region, &phone).await;
                    done.map(|()| "{}".to_owned())
                }
            };
            done.map_err(|fault| fault.message().to_owned())
        })
    });
    config.listen.ip().is_loopback().then_some(errands)
}

fn gateway_config(
    config: &Config,
    reset: Option<Reset>,
    directory: &Arc<Directory>,
    (certificates, errands): (gateway::Certificates, Option<gateway::Errands>),
) -> gateway::Config {
    let directory = directory.clone();
    let issuers: gateway::Issuers = Arc::new(move |id, paper| {
        let directory = directory.clone();
        Box::pin(async move {
            let found = directory.published(&id, paper == gateway::Paper::Keys).await;
            found.map_err(|fault| fault.cause().unwrap_or(fault.message()).to_owned())
        })
    });
    gateway::Config {
        issuers: Some(issuers),
        certificates: Some(certificates),
        errands,
        tls: Some(tls(config)),
        hosts: config.hosts.clone(),
        version: env!("CARGO_PKG_VERSION"),
        reset,
        ..gateway::Config::default()
    }
}

/// Empties an ephemeral server.
fn reset(floor: &Arc<Floor>, directory: &Arc<Directory>, disk: env::SimDisk) -> Reset {
    let (floor, directory) = (floor.clone(), directory.clone());
    Arc::new(move || {
        let (floor, directory, disk) = (floor.clone(), directory.clone(), disk.clone());
        Box::pin(async move {
            let emptied = floor.cells.forget().await.map_err(|fault| fault.to_string());
            directory.forget();
            disk.clear();
            emptied
        })
    })
}

/// Regions with data open while the first requests are already served: their outboxes go on.
fn open_in_background(floor: &Arc<Floor>) {
    let floor = floor.clone();
    tokio::spawn(async move {
        for region in floor.cells.regions() {
            if let Err(fault) = floor.cells.open_region(&region).await {
                let why = fault.cause().unwrap_or(fault.message());
                tracing::error!(
                    region = region.as_str(),
                    why,
                    "a region cannot be opened; the others are served"
                );
            }
        }
    });
}

async fn stopped() {
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

/// The certificate of the generated authority.
pub(crate) fn ca(config: &Config) -> Result<String, Box<dyn Error>> {
    if !config.data.join("tls/ca.pem").exists() {
        // Right before the first start, and a surprise where the server's data is elsewhere.
        eprintln!("kumiki: a new authority, in {}", config.data.join("tls").display());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(tls(config).ca_pem())?)
}

/// Every operation of the served APIs, in a table.
pub(crate) fn coverage() -> String {
    let env = Env::host();
    let directory = Directory::new(Admission { default_credential: true, relaxed: false });
    let sns = Arc::new(sns::Sns::new(sns::Settings::default()));
    let (registry, _) = registry(&env, &Master::ephemeral(&env.random), &directory, &sns, Manner::default());
    let mut out = String::from(
        "# Coverage\n\nWritten by `kumiki coverage` from what is registered. An operation that is not served is \
         refused by name, and so is a parameter that `models/*.ops` leaves out.\n",
    );
    for service in registry.services() {
        let served: BTreeMap<_, _> = registry
            .registrations()
            .iter()
            .filter(|r| r.meta.service.id == service.id)
            .map(|r| (r.meta.name, r.actions.join(", ")))
            .collect();
        let all = service.operations.len();
        let _ = write!(
            out,
            "\n## {} ({} of {all} operations)\n\n| operation | served | actions |\n|---|---|---|\n",
            service.id,
            served.len()
        );
        for row in service.operations {
            let actions = served.get(row.name);
            let mark = if actions.is_some() { "yes" } else { "no" };
            let _ = writeln!(out, "| {} | {mark} | {} |", row.name, actions.map_or("", String::as_str));
        }
    }
    out
}
