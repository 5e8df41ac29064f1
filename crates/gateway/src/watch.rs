//! The watch over all connections: one tick a second instead of timers per request.
//!
//! Each connection notes in its [`Pulse`] what it waits for and since when; the time is the watch's own tick, so that
//! a note costs one store and no look at a clock. The watch compares once a second, and wakes a connection only to
//! tell it to end.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use env::{Counter, Env, Gauge};
use floor::Gone;
use futures_util::task::AtomicWaker;
use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::Limits;

/// How often the watch looks.
const TICK: Duration = Duration::from_secs(1);

/// What all connections and requests of a gateway are counted in.
pub(crate) struct Watch {
    pub(crate) env: Env,
    pub(crate) limits: Limits,
    /// Seconds on the steady clock, plus one: 0 means "not".
    now: AtomicU32,
    connections: Mutex<HashMap<u64, Arc<Pulse>>>,
    next_id: AtomicU64,
    /// Requests that no HTTP/1 connection stands for: those of HTTP/2, and those whose client has gone.
    requests: AtomicUsize,
    /// Bytes of bodies being collected, beyond what each may hold freely.
    pub(crate) collected: AtomicU64,
    draining: AtomicBool,
    /// The first connection has come.
    busy: Notify,
    /// The last connection or request has ended.
    empty: Notify,
    open: Gauge,
    accepted: Counter,
    shed: Counter,
    cut: Counter,
}

impl Watch {
    pub(crate) fn new(env: &Env, limits: Limits) -> Arc<Self> {
        let metrics = &env.metrics;
        Arc::new(Self {
            env: env.clone(),
            limits,
            now: AtomicU32::new(1),
            connections: Mutex::default(),
            next_id: AtomicU64::new(0),
            requests: AtomicUsize::new(0),
            collected: AtomicU64::new(0),
            draining: AtomicBool::new(false),
            busy: Notify::new(),
            empty: Notify::new(),
            open: metrics.gauge("kumiki_connections_open", ""),
            accepted: metrics.counter("kumiki_connections_total", ""),
            shed: metrics.counter("kumiki_connections_shed_total", ""),
            cut: metrics.counter("kumiki_connections_cut_total", ""),
        })
    }

    /// Takes a connection in; `None` where there are as many as may be, or too many have left their requests behind.
    pub(crate) fn admit(self: &Arc<Self>) -> Option<Watched> {
        let mut connections = self.connections.lock();
        let requests = self.requests.load(Ordering::Relaxed);
        if connections.len() >= self.limits.connections_max || requests >= self.limits.requests_max {
            self.shed.add(1);
            return None;
        }
        if connections.is_empty() {
            self.tick();
            self.busy.notify_one();
        }
        let pulse = Arc::new(Pulse::new(self.clone()));
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        connections.insert(id, pulse.clone());
        self.accepted.add(1);
        self.open.add(1);
        Some(Watched { id, pulse })
    }

    /// Counts a request of HTTP/2; `None` where there are as many as may be.
    pub(crate) fn request(self: &Arc<Self>) -> Option<InProgress> {
        if self.requests.fetch_add(1, Ordering::AcqRel) >= self.limits.requests_max {
            self.request_ended();
            return None;
        }
        Some(InProgress(self.clone()))
    }

    fn left_behind(self: &Arc<Self>) -> InProgress {
        self.requests.fetch_add(1, Ordering::AcqRel);
        InProgress(self.clone())
    }

    fn request_ended(&self) {
        if self.requests.fetch_sub(1, Ordering::AcqRel) == 1 && self.draining.load(Ordering::Acquire) {
            self.empty.notify_one();
        }
    }

    /// Connections, and requests beyond those of HTTP/1 connections, that have not ended.
    pub(crate) fn left(&self) -> (usize, usize) {
        (self.connections.lock().len(), self.requests.load(Ordering::Acquire))
    }

    fn tick(&self) {
        let seconds = self.env.clocks.steady.now().as_secs() as u32;
        self.now.store(seconds.saturating_add(1), Ordering::Relaxed);
    }

    /// Watches, for ever. A server without connections does not tick.
    pub(crate) async fn run(&self) {
        loop {
            if self.connections.lock().is_empty() {
                self.busy.notified().await;
                continue;
            }
            self.env.clocks.steady.wait(TICK).await;
            self.tick();
            let now = self.now.load(Ordering::Relaxed);
            for pulse in self.connections.lock().values() {
                match pulse.due(now, &self.limits) {
                    Order::Run => {}
                    Order::Finish => pulse.tell(Order::Finish),
                    Order::Cut => {
                        self.cut.add(1);
                        pulse.tell(Order::Cut);
                    }
                }
            }
        }
    }

    /// Tells every connection to end once its requests are answered, and those that wait for something to happen to
    /// stop waiting; returns when all have ended, or after the time that is given for it.
    pub(crate) async fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
        self.tell_all(Order::Finish);
        let until = self.env.clocks.steady.now() + self.limits.drain_time_max;
        tokio::select! {
            () = self.emptied() => {}
            () = self.env.clocks.steady.until(until) => self.tell_all(Order::Cut),
        }
    }

    fn tell_all(&self, order: Order) {
        for pulse in self.connections.lock().values() {
            pulse.gone.tell();
            pulse.tell(order);
        }
    }

    async fn emptied(&self) {
        while self.left() != (0, 0) {
            self.empty.notified().await;
        }
    }
}

/// A request of HTTP/2, or one whose client has gone, that has not ended.
pub(crate) struct InProgress(Arc<Watch>);

impl Drop for InProgress {
    fn drop(&mut self) {
        self.0.request_ended();
    }
}

/// A connection under watch; it leaves when this is dropped.
pub(crate) struct Watched {
    id: u64,
    pub(crate) pulse: Arc<Pulse>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        let watch = &self.pulse.watch;
        watch.open.add(-1);
        let mut connections = watch.connections.lock();
        connections.remove(&self.id);
        if connections.is_empty() && watch.draining.load(Ordering::Acquire) {
            watch.empty.notify_one();
        }
    }
}

/// What the watch tells a connection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub(crate) enum Order {
    /// Nothing.
    Run,
    /// End when the requests in progress are answered.
    Finish,
    /// End now.
    Cut,
}

/// What a connection waits for, and since when.
pub(crate) struct Pulse {
    pub(crate) watch: Arc<Watch>,
    /// Told when the client has hung up, or need not be waited for any more.
    pub(crate) gone: Gone,
    order: AtomicU8,
    waker: AtomicWaker,
    /// Requests that are not answered to their last byte.
    open: AtomicU32,
    idle_since: AtomicU32,
    head_since: AtomicU32,
    blocked_since: AtomicU32,
    /// HTTP/2, or a TLS handshake: bytes may come that belong to no request.
    chatty: AtomicBool,
    /// A request was answered without its body having been read.
    unread: AtomicBool,
}

impl Pulse {
    fn new(watch: Arc<Watch>) -> Self {
        let now = watch.now.load(Ordering::Relaxed);
        Self {
            watch,
            gone: Gone::default(),
            order: AtomicU8::new(Order::Run as u8),
            waker: AtomicWaker::new(),
            open: AtomicU32::new(0),
            idle_since: AtomicU32::new(now),
            head_since: AtomicU32::new(0),
            blocked_since: AtomicU32::new(0),
            chatty: AtomicBool::new(true),
            unread: AtomicBool::new(false),
        }
    }

    fn now(&self) -> u32 {
        self.watch.now.load(Ordering::Relaxed)
    }

    /// From here on every byte outside a request begins one: HTTP/1.
    pub(crate) fn speaks_http1(&self) {
        self.chatty.store(false, Ordering::Relaxed);
    }

    /// Bytes came from the client.
    pub(crate) fn heard(&self) {
        if self.open.load(Ordering::Relaxed) == 0
            && self.head_since.load(Ordering::Relaxed) == 0
            && !self.chatty.load(Ordering::Relaxed)
        {
            self.head_since.store(self.now(), Ordering::Relaxed);
        }
    }

    /// The client takes no more bytes for now.
    pub(crate) fn blocked(&self) {
        if self.blocked_since.load(Ordering::Relaxed) == 0 {
            self.blocked_since.store(self.now(), Ordering::Relaxed);
        }
    }

    /// The client took bytes.
    pub(crate) fn flowed(&self) {
        if self.blocked_since.load(Ordering::Relaxed) != 0 {
            self.blocked_since.store(0, Ordering::Relaxed);
        }
    }

    /// A request has come; it is over when the answer's guard is dropped.
    pub(crate) fn asked(self: &Arc<Self>) -> Asked {
        self.open.fetch_add(1, Ordering::Relaxed);
        self.head_since.store(0, Ordering::Relaxed);
        Asked(self.clone())
    }

    /// A request's body was left unread.
    pub(crate) fn left_unread(&self) {
        self.unread.store(true, Ordering::Relaxed);
    }

    pub(crate) fn has_unread(&self) -> bool {
        self.unread.load(Ordering::Relaxed)
    }

    /// Who is to be woken when there is an order.
    pub(crate) fn listen(&self, waker: &std::task::Waker) {
        self.waker.register(waker);
    }

    pub(crate) fn order(&self) -> Order {
        match self.order.load(Ordering::Acquire) {
            0 => Order::Run,
            1 => Order::Finish,
            _ => Order::Cut,
        }
    }

    fn tell(&self, order: Order) {
        if self.order.fetch_max(order as u8, Ordering::AcqRel) < order as u8 {
            self.waker.wake();
        }
    }

    fn due(&self, now: u32, limits: &Limits) -> Order {
        let longer = |since: &AtomicU32, than: Duration| {
            let since = since.load(Ordering::Relaxed);
            // The tick may stand up to a second behind when a note is made: one more, so that none is cut early.
            since != 0 && u64::from(now.saturating_sub(since)) > than.as_secs()
        };
        if longer(&self.blocked_since, limits.answer_stall_max)
            || longer(&self.head_since, limits.head_time_max)
        {
            return Order::Cut;
        }
        let idle = self.open.load(Ordering::Relaxed) == 0 && self.head_since.load(Ordering::Relaxed) == 0;
        if idle && longer(&self.idle_since, limits.idle_time_max) { Order::Finish } else { Order::Run }
    }
}

/// A request that is not answered to its last byte.
pub(crate) struct Asked(Arc<Pulse>);

impl Asked {
    /// Whether the connection ends with the answer, because what follows on it is a body that nobody reads. The answer
    /// says so: a client would send its next request into a closed connection.
    pub(crate) fn must_close(&self) -> bool {
        self.0.has_unread() && !self.0.chatty.load(Ordering::Relaxed)
    }

    /// Counts the request beyond its connection.
    pub(crate) fn left_behind(&self) -> InProgress {
        self.0.watch.left_behind()
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.0.idle_since.store(self.0.now(), Ordering::Relaxed);
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}
