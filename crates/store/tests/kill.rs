//! `kill -9` of a process that writes: what it acknowledged is there.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use env::{Env, Random};
use store::{Cell, KeyRange, Options, Storage, StoreError, Tx};

const CHILD: &str = "KUMIKI_STORE_TEST_CHILD";

fn open(dir: &Path) -> Cell {
    let env = Env::host();
    let options = Options { overlay_bytes: 256 << 10, slice_records: 50, ..Options::default() };
    Cell::open(store::log_and_lmdb(&env, dir, Storage::default()), &env, options).unwrap()
}

fn value(id: u64) -> Vec<u8> {
    let mut value = vec![id as u8; 50 + (id * 37 % 2000) as usize];
    value[..8].copy_from_slice(&id.to_be_bytes());
    value
}

/// The process that is killed: writes and says what was acknowledged. As a test of its own it does nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_child() {
    let Some(dir) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    let cell = open(&dir);
    let first = cell.view().range(KeyRange::all().reversed(), 1).await.unwrap();
    let first = first.first().map_or(0, |(k, _)| u64::from_be_bytes(k[..8].try_into().unwrap()) + 1);
    let tasks: Vec<_> = (0..32u64)
        .map(|task| {
            let cell = cell.clone();
            tokio::spawn(async move {
                for id in (first + task..).step_by(32) {
                    let put = |tx: Tx| async move {
                        tx.put(id.to_be_bytes().to_vec(), value(id));
                        Ok::<_, StoreError>(())
                    };
                    cell.transact(put).await.unwrap();
                    // One write, so that no line is torn by another.
                    std::io::stdout().write_all(format!("acknowledged {id}\n").as_bytes()).unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

#[test]
fn what_was_acknowledged_survives_kill_9() {
    let dir = tempfile::tempdir().unwrap();
    let random = Random::seeded(11);
    let mut acknowledged = BTreeSet::new();
    for round in 0..5 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "the_child", "--nocapture"])
            .env(CHILD, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut wanted = 200 + random.below(1500);
        let mut note = |line: String| {
            if let Some(id) = line.split_once("acknowledged ").and_then(|(_, id)| id.parse::<u64>().ok()) {
                acknowledged.insert(id);
                wanted = wanted.saturating_sub(1);
            }
            wanted
        };
        while note(lines.next().unwrap().unwrap()) > 0 {}
        child.kill().unwrap();
        child.wait().unwrap();
        // What it said before it died counts too; a last line that is cut short does not.
        for line in lines.map_while(Result::ok) {
            note(line);
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let cell = open(dir.path());
            let view = cell.view();
            for id in &acknowledged {
                let found = view.get(&id.to_be_bytes()).await.unwrap();
                assert_eq!(found.as_deref(), Some(&value(*id)[..]), "round {round}: {id} was acknowledged");
            }
            cell.abandon().await.unwrap();
        });
    }
    assert!(acknowledged.len() > 1000);
}
