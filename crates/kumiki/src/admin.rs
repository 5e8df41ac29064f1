//! Administration: typed questions over a unix socket in the data directory, which only its owner may open.
//!
//! One connection carries one question and one answer, each a line of JSON.

use std::{
    error::Error,
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use floor::Floor;
use iam::Directory;
use seal::custody::SEAL;
use serde::{Deserialize, Serialize};

use crate::{
    assemble::{LAYOUT, keep_ahead},
    drives,
    top::Messaging,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt},
    net::UnixListener,
};

/// A question.
#[derive(Serialize, Deserialize, Clone)]
pub(crate) enum Ask {
    /// What is held and done.
    Status,
    /// The drives.
    Drives,
    /// What queues and topics do, as JSON.
    Figures,
    /// How likely objects are to be lost.
    Durability { failing_percent: f64, repair_hours: f64 },
    /// Copy everything into `to`.
    Backup { to: PathBuf, without_drives: bool },
    /// Turn the service clock forward.
    Forward { by: Duration },
    /// Make an account.
    CreateAccount { name: String, id: Option<String> },
    /// All accounts.
    Accounts,
    /// Why a request was refused.
    Why { request_id: String },
    /// Give the root of an account another key.
    RotateRootKey { account: String },
}

/// Its answer, in words for a person.
#[derive(Serialize, Deserialize)]
enum Answered {
    Done(String),
    Refused(String),
}

/// The clock cannot go back, and the dates in answers have four digits for the year.
const AHEAD_MAX: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// A question is a line of at most this many bytes.
const QUESTION_BYTES_MAX: u64 = 64 * 1024;

fn socket_of(data: &Path) -> PathBuf {
    data.join("admin.sock")
}

/// Whether a server runs on `data`.
pub(crate) fn is_served(data: &Path) -> bool {
    UnixStream::connect(socket_of(data)).is_ok()
}

/// Asks the server that runs on `data`.
pub(crate) fn ask(data: &Path, ask: &Ask) -> Result<String, Box<dyn Error>> {
    let path = socket_of(data);
    let mut stream = UnixStream::connect(&path).map_err(|e| {
        format!(
            "no server answers on {} ({e}); is it running, and is this its data directory (--data)?",
            path.display()
        )
    })?;
    writeln!(stream, "{}", serde_json::to_string(ask)?)?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    match serde_json::from_str(&line)? {
        Answered::Done(text) => Ok(text),
        Answered::Refused(why) => Err(why.into()),
    }
}

/// Listens for questions. A socket that a killed server left is replaced: the data directory's lock is ours.
pub(crate) fn listen(
    data: &Path,
    floor: Arc<Floor>,
    directory: Arc<Directory>,
    messaging: Arc<Messaging>,
) -> std::io::Result<()> {
    let path = socket_of(data);
    match fs::remove_file(&path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let listener = UnixListener::bind(&path)?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
    let data = data.to_owned();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (floor, directory, data) = (floor.clone(), directory.clone(), data.clone());
            let messaging = messaging.clone();
            tokio::spawn(async move {
                if let Err(error) = converse(stream, &data, &floor, &directory, &messaging).await {
                    tracing::debug!(%error, "an administration connection ended");
                }
            });
        }
    });
    Ok(())
}

async fn converse(
    stream: tokio::net::UnixStream,
    data: &Path,
    floor: &Arc<Floor>,
    directory: &Directory,
    messaging: &Messaging,
) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    tokio::io::BufReader::new(read.take(QUESTION_BYTES_MAX)).read_line(&mut line).await?;
    let answered = match serde_json::from_str(&line) {
        Ok(Ask::Figures) => messaging.picture(floor).await.map_or_else(Answered::Refused, Answered::Done),
        Ok(ask) => answer(ask, data, floor, directory).await.map_or_else(Answered::Refused, Answered::Done),
        Err(e) => Answered::Refused(format!("the question cannot be read: {e}")),
    };
    let mut text = serde_json::to_string(&answered).unwrap_or_default();
    text.push('\n');
    write.write_all(text.as_bytes()).await
}

pub(crate) async fn answer(
    ask: Ask,
    data: &Path,
    floor: &Arc<Floor>,
    directory: &Directory,
) -> Result<String, String> {
    match ask {
        Ask::Status => Ok(format!("{}\n{}", status(floor).trim_end(), copies(floor, directory).await)),
        Ask::Drives => Ok(drives::shown(floor).await),
        Ask::Figures => Err("only a running server has figures".to_owned()),
        Ask::Durability { failing_percent, repair_hours } => {
            drives::durability(floor, failing_percent, repair_hours).await
        }
        Ask::Forward { by } => {
            let ahead = floor.env.clocks.service.ahead().saturating_add(by);
            if ahead > AHEAD_MAX {
                let at_most = AHEAD_MAX.as_secs();
                return Err(format!("the service clock can be ahead by {at_most} s (100 years) at most"));
            }
            keep_ahead(data, ahead).map_err(|e| format!("the clock's place cannot be kept: {e}"))?;
            floor.env.clocks.service.turn(by);
            Ok(format!("the service clock is {} s ahead", floor.env.clocks.service.ahead().as_secs()))
        }
        Ask::CreateAccount { name, id } => {
            let id = id.map(|id| account_of(&id)).transpose()?;
            directory.create_account(floor, &name, id).await.map(|key| shown(&key)).map_err(|f| words(&f))
        }
        Ask::RotateRootKey { account } => {
            let account = account_of(&account)?;
            directory.rotate_root_key(floor, account).await.map(|key| shown(&key)).map_err(|f| words(&f))
        }
        Ask::Why { request_id } => {
            let none =
                || format!("nothing is known of a refusal of {request_id}; the last few thousand are kept");
            floor.journal.why(&request_id).map(|why| why.trim_end().to_owned()).ok_or_else(none)
        }
        Ask::Accounts => {
            let all = directory.accounts(floor).await.map_err(|f| words(&f))?;
            let lines = all.iter().map(|(id, name)| format!("{id} {name}"));
            Ok(lines.collect::<Vec<_>>().join("\n"))
        }
        Ask::Backup { to, without_drives } => {
            if to.exists() {
                return Err(format!("{} exists already", to.display()));
            }
            let copied = floor.cells.backup(&to, without_drives).await;
            let cells = copied.map_err(|f| f.cause().unwrap_or(f.message()).to_owned())?;
            let drives = floor.cells.drives().map(|_| floor::DRIVES_FILE);
            for name in [LAYOUT, SEAL].into_iter().chain(drives) {
                std::fs::copy(data.join(name), to.join(name)).map_err(|e| format!("{name}: {e}"))?;
            }
            Ok(format!(
                "copied {cells} cells to {}, without the master key ({}), which the copy needs to be served: keep it \
                 apart",
                to.display(),
                seal::sealed_with(&to).map_err(|e| e.to_string())?
            ))
        }
    }
}

fn account_of(text: &str) -> Result<floor::AccountId, String> {
    text.parse().map_err(|_| format!("{text:?} is not an account's number of twelve digits"))
}

fn words(fault: &floor::Fault) -> String {
    fault.cause().unwrap_or(fault.message()).to_owned()
}

/// A root's new key, as a shell takes it.
fn shown(key: &iam::accounts::RootKey) -> String {
    format!(
        "# the root of account {}; the secret is not shown again\nexport AWS_ACCESS_KEY_ID={} AWS_SECRET_ACCESS_KEY={}",
        key.account, key.id, key.secret
    )
}

/// How far the regions' copies of what is global lag behind.
async fn copies(floor: &Floor, directory: &Directory) -> String {
    let mut out = String::new();
    if directory.is_relaxed() {
        out.push_str("\nauth is relaxed: any unknown access key is root of the account that it names\n");
    }
    for (region, lag) in directory.lags(floor).await {
        let lag = lag.map_or("cannot be told".to_owned(), |changes| format!("lags {changes} changes behind"));
        let _ = writeln!(out, "identities in {:<20} {lag}", region.as_str());
    }
    out
}

fn status(floor: &Floor) -> String {
    let mut out = String::new();
    let up = floor.env.clocks.steady.now().as_secs();
    let _ = writeln!(out, "kumiki {}, up {up} s", env!("CARGO_PKG_VERSION"));
    let _ = writeln!(
        out,
        "\n{:<20} {:>13} {:>9} {:>9} {:>7} {:>11} {:>10} {:>5}",
        "cell", "durable batch", "commits", "conflicts", "waiting", "memory KiB", "stored KiB", "lanes"
    );
    let mut cells = floor.cells.opened();
    cells.sort_by_key(|c| c.id().to_string());
    for cell in cells {
        let at = cell.records().status();
        let _ = writeln!(
            out,
            "{:<20} {:>13} {:>9} {:>9} {:>7} {:>11} {:>10} {:>5}{}",
            cell.id().to_string(),
            at.durable,
            at.commits,
            at.conflicts,
            at.waiting,
            at.overlay_bytes >> 10,
            at.stored_bytes >> 10,
            cell.lanes_busy(),
            at.trouble.map(|t| format!("  takes no writes: {t}")).unwrap_or_default()
        );
    }
    for (id, why) in floor.cells.shut() {
        let _ = writeln!(out, "{id:<20} cannot be opened: {why}");
    }
    let _ = writeln!(out, "\ncaretaker            runs      done  failures");
    for c in floor.caretakers.progress() {
        let _ = write!(out, "{:<20} {:>4} {:>9} {:>9}", c.name, c.runs, c.done, c.failures);
        let _ = writeln!(out, "{}", c.last_error.map(|e| format!("  last: {e}")).unwrap_or_default());
    }
    let replications = |status| {
        floor.env.metrics.counter("kumiki_s3_replications_total", &format!("status=\"{status}\"")).get()
    };
    let (completed, failed) = (replications("COMPLETED"), replications("FAILED"));
    let _ = writeln!(out, "\nreplications since the start: {completed} completed, {failed} failed");
    let _ = writeln!(out, "{}", drives::scrubbed(floor));
    for cell in floor.cells.opened() {
        for stalled in cell.stalled() {
            let floor::Stalled { destination, failures, why } = stalled;
            let _ = writeln!(
                out,
                "{} waits for {destination}: {failures} attempts failed, last: {why}",
                cell.id()
            );
        }
    }
    out.truncate(out.trim_end().len());
    out
}
