//! The access log of record: every call with its principal, action, resource, decision, error and latency, as one line
//! of JSON; and, for a while, why calls were refused.
//!
//! Lines gather in memory and are fetched by whoever writes them down. Nothing secret is in them: an access key id names
//! its owner, and neither signatures nor tokens nor inputs are noted.

use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
    fmt::Write as _,
    io::Write as _,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use auth::Kind;
use env::Timestamp;
use parking_lot::Mutex;
use tokio::sync::Notify;
use wire::{Fault, Time, schema::TimeFormat};

use crate::{Caller, Check, cx::Origin};

/// Lines that wait to be written are this many bytes at most; then the newest are lost, and counted.
const WAITING_BYTES_MAX: usize = 8 << 20;
/// Whoever writes is woken when this many bytes wait.
const WAITING_BYTES_WAKE: usize = 64 << 10;
/// Refusals that are explained at most.
const REFUSALS_MAX: usize = 4096;
/// The text of one explanation.
const REFUSAL_BYTES_MAX: usize = 16 << 10;

thread_local! {
    /// A line under construction: made before anybody else has to wait.
    static LINE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What is kept of calls until it is written down.
#[derive(Default)]
pub struct Journal {
    is_on: AtomicBool,
    waiting: Mutex<Waiting>,
    enough: Notify,
    refusals: Mutex<Refusals>,
    watch: OnceLock<Arc<dyn Watch>>,
}

/// Somebody who sees every call when it has ended.
pub trait Watch: Send + Sync {
    /// A call has ended. Whoever called waits for this.
    fn seen(&self, event: &Event<'_>);
}

#[derive(Default)]
struct Waiting {
    lines: Vec<u8>,
    lost: u64,
}

#[derive(Default)]
struct Refusals {
    by_id: HashMap<Arc<str>, String>,
    order: VecDeque<Arc<str>>,
}

/// One call, as far as it is known.
pub struct Event<'a> {
    /// When it ended, by the clock that nobody turns.
    pub at: Timestamp,
    /// The id that the answer names.
    pub request_id: &'a str,
    /// The service and the operation, where they were found.
    pub operation: (Option<&'static str>, Option<&'static str>),
    /// Who called; `None` where that was not found out.
    pub caller: Option<&'a Caller>,
    /// Where the request came from.
    pub origin: &'a Origin,
    /// What was asked of the policies.
    pub checks: &'a [Check],
    /// How it ended, if not well.
    pub fault: Option<&'a Fault>,
    /// How long it took, in microseconds.
    pub took_us: u64,
}

impl Journal {
    /// From now on lines are kept.
    pub fn turn_on(&self) {
        self.is_on.store(true, Ordering::Relaxed);
    }

    /// From now on `watch` sees every call; the first one who asks for it stays.
    pub fn watch(&self, watch: Arc<dyn Watch>) {
        let _ = self.watch.set(watch);
    }

    /// Notes a call.
    pub fn note(&self, event: &Event<'_>) {
        if let Some(watch) = self.watch.get() {
            watch.seen(event);
        }
        if let Some(why) = event.fault.and_then(Fault::cause) {
            self.keep(event, why);
        }
        if !self.is_on.load(Ordering::Relaxed) {
            return;
        }
        let is_enough = LINE.with_borrow_mut(|line| {
            line.clear();
            event.write(line);
            let mut waiting = self.waiting.lock();
            if waiting.lines.len() + line.len() > WAITING_BYTES_MAX {
                waiting.lost += 1;
                return false;
            }
            let before = waiting.lines.len();
            waiting.lines.extend_from_slice(line);
            before < WAITING_BYTES_WAKE && waiting.lines.len() >= WAITING_BYTES_WAKE
        });
        if is_enough {
            self.enough.notify_one();
        }
    }

    fn keep(&self, event: &Event<'_>, why: &str) {
        let Some(fault) = event.fault else { return };
        let mut text = String::new();
        let (service, operation) = event.operation;
        let _ = writeln!(text, "{} {}", service.unwrap_or("-"), operation.unwrap_or("-"));
        if let Some(caller) = event.caller {
            let _ = writeln!(text, "as {} in {}", caller.who.arn(), caller.region.as_str());
        }
        let _ = writeln!(text, "{} ({}): {}", fault.code(), fault.status(), fault.message());
        text.push_str(why);
        let end = (0..=REFUSAL_BYTES_MAX.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        text.truncate(end.unwrap_or(0));
        let id: Arc<str> = event.request_id.into();
        let mut refusals = self.refusals.lock();
        if refusals.by_id.insert(id.clone(), text).is_none() {
            refusals.order.push_back(id);
        }
        while refusals.order.len() > REFUSALS_MAX {
            if let Some(oldest) = refusals.order.pop_front() {
                refusals.by_id.remove(&oldest);
            }
        }
    }

    /// Why the request with this id was refused, as long as that is kept.
    pub fn why(&self, request_id: &str) -> Option<String> {
        self.refusals.lock().by_id.get(request_id).cloned()
    }

    /// Returns when there is much to write.
    pub async fn enough(&self) {
        self.enough.notified().await;
    }

    /// The lines that wait, and how many were lost since the last time.
    pub fn take(&self) -> (Vec<u8>, u64) {
        let mut waiting = self.waiting.lock();
        let lines = std::mem::take(&mut waiting.lines);
        (lines, std::mem::take(&mut waiting.lost))
    }
}

impl Event<'_> {
    /// One line.
    fn write(&self, out: &mut Vec<u8>) {
        let mut line = Line(out);
        line.0.extend_from_slice(b"{\"time\":\"");
        let mut time = String::with_capacity(24);
        Time::from_millis(self.at.0 as i64).write(TimeFormat::Iso, true, &mut time);
        line.0.extend_from_slice(time.as_bytes());
        line.0.push(b'"');
        line.text("request_id", Some(self.request_id));
        line.text("service", self.operation.0);
        line.text("operation", self.operation.1);
        self.write_caller(&mut line);
        line.text("source_ip", Some(&self.origin.source_ip));
        line.text("user_agent", Some(&self.origin.user_agent));
        line.name("secure");
        line.0.extend_from_slice(if self.origin.secure { b"true" } else { b"false" });
        line.name("checks");
        line.0.push(b'[');
        for (at, check) in self.checks.iter().enumerate() {
            line.0.extend_from_slice(if at == 0 { b"{\"action\":" } else { b",{\"action\":" });
            line.quoted(check.action);
            line.text("resource", Some(&check.resource));
            line.0.push(b'}');
        }
        line.0.push(b']');
        line.text("decision", self.decision());
        line.text("error", self.fault.map(Fault::code));
        line.number("status", self.fault.map(|fault| u64::from(fault.status())));
        line.number("took_us", Some(self.took_us));
        line.0.extend_from_slice(b"}\n");
    }

    fn write_caller(&self, line: &mut Line<'_>) {
        let Some(caller) = self.caller else { return line.text("principal", None) };
        let who = &caller.who;
        line.text("principal", Some(who.arn()));
        line.text("account", (!who.is_anonymous()).then_some(who.account.as_str()));
        line.text("access_key", who.access_key.as_deref());
        if let Kind::Service { source_arn, .. } = &who.kind {
            line.text("source_arn", source_arn.as_deref());
        }
        if let Some(session) = who.session.as_deref() {
            line.text("source_identity", session.source_identity.as_deref());
        }
        line.text("region", Some(caller.region.as_str()));
        if !caller.via.is_empty() {
            line.text("via", Some(&caller.via.join(" ")));
        }
    }

    /// `deny` where policies refused, `allow` where they did not, nothing where they were not asked.
    fn decision(&self) -> Option<&'static str> {
        match (self.fault.is_some_and(Fault::is_by_policy), self.checks.is_empty()) {
            (true, _) => Some("deny"),
            (false, false) => Some("allow"),
            (false, true) => None,
        }
    }
}

/// A line of JSON under construction.
struct Line<'a>(&'a mut Vec<u8>);

impl Line<'_> {
    fn name(&mut self, name: &str) {
        self.0.extend_from_slice(b",\"");
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(b"\":");
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        self.name(name);
        match value {
            Some(value) => self.quoted(value),
            None => self.0.extend_from_slice(b"null"),
        }
    }

    fn number(&mut self, name: &str, value: Option<u64>) {
        self.name(name);
        match value {
            Some(value) => {
                let _ = write!(self.0, "{value}"); // memory takes everything
            }
            None => self.0.extend_from_slice(b"null"),
        }
    }

    /// A string of JSON (RFC 8259, section 7).
    fn quoted(&mut self, text: &str) {
        self.0.push(b'"');
        let mut plain = 0;
        for (at, byte) in text.bytes().enumerate() {
            if !matches!(byte, b'"' | b'\\' | 0..0x20 | 0x7f) {
                continue;
            }
            self.0.extend_from_slice(&text.as_bytes()[plain..at]);
            plain = at + 1;
            self.escaped(byte);
        }
        self.0.extend_from_slice(&text.as_bytes()[plain..]);
        self.0.push(b'"');
    }

    fn escaped(&mut self, byte: u8) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        if matches!(byte, b'"' | b'\\') {
            return self.0.extend_from_slice(&[b'\\', byte]);
        }
        let (high, low) = (DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]);
        self.0.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event<'a>(id: &'a str, origin: &'a Origin, fault: Option<&'a Fault>) -> Event<'a> {
        Event {
            at: Timestamp(1_700_000_000_123),
            request_id: id,
            operation: (Some("s3"), Some("GetObject")),
            caller: None,
            origin,
            checks: &[],
            fault,
            took_us: 7,
        }
    }

    #[test]
    fn a_line_is_json_whatever_is_in_it() {
        let journal = Journal::default();
        let origin = Origin { user_agent: "a\"b\\c\n\u{1}\u{7f}é".to_owned(), ..Origin::default() };
        journal.note(&event("none is kept yet", &origin, None));
        journal.turn_on();
        journal.note(&event("1", &origin, None));
        let (lines, lost) = journal.take();
        let line: serde_json::Value = serde_json::from_slice(&lines).unwrap();
        assert_eq!((line["user_agent"].as_str(), lost), (Some(origin.user_agent.as_str()), 0));
        assert_eq!(line["time"], "2023-11-14T22:13:20.123Z");
        assert_eq!((line["took_us"].as_u64(), line["error"].is_null()), (Some(7), true));
        assert!(journal.take().0.is_empty());
    }

    #[test]
    fn what_waits_is_bounded_and_what_is_lost_counted() {
        let journal = Journal::default();
        journal.turn_on();
        let origin = Origin { user_agent: "x".repeat(1 << 20), ..Origin::default() };
        for _ in 0..20 {
            journal.note(&event("1", &origin, None));
        }
        let (lines, lost) = journal.take();
        assert!(lines.len() <= WAITING_BYTES_MAX && lost > 0);
        assert_eq!(lost + lines.split(|b| *b == b'\n').count() as u64 - 1, 20);
    }

    #[test]
    fn the_last_refusals_are_explained() {
        let journal = Journal::default();
        let fault = Fault::coded("AccessDenied", 403, "no").because("the reason");
        for at in 0..=REFUSALS_MAX {
            journal.note(&event(&at.to_string(), &Origin::default(), Some(&fault)));
        }
        assert_eq!(journal.why("0"), None);
        let why = journal.why("1").unwrap();
        assert!(why.contains("s3 GetObject") && why.contains("the reason"), "{why}");
    }
}
