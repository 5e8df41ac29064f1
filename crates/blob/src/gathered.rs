//! Reading a blob that lies over the drives: the chunks that are wanted of a stripe are read from their drives at once.
//! What is damaged, missing or slow is made up for with the other shards of the stripe, and noted to be rebuilt.

use std::{collections::VecDeque, ops::Range, sync::Arc};

use bytes::Bytes;
use env::{File, Point};
use futures_util::{FutureExt, future::BoxFuture};
use parking_lot::Mutex;

use crate::{
    BlobError, Handle, Inner,
    array::Array,
    cipher::Opening,
    drives::HEDGE,
    error::Place,
    format::{self, CHUNK_HEAD, HEAD, Wrong},
    shape::Shape,
    slot::Slot,
    together::{Event, Together},
};

pub(crate) struct Gathered {
    source: Arc<Source>,
    /// Stripes that are still to be read.
    stripes: Range<u64>,
    ready: VecDeque<Bytes>,
    ahead: Option<BoxFuture<'static, Result<VecDeque<Bytes>, BlobError>>>,
    left: u64,
}

/// A blob's shards, opened as they are needed.
pub(crate) struct Source {
    pub(crate) inner: Arc<Inner>,
    pub(crate) array: Arc<Array>,
    pub(crate) handle: Handle,
    opening: Opening,
    range: Range<u64>,
    files: Vec<Mutex<Option<Arc<dyn File>>>>,
}

impl Gathered {
    pub(crate) async fn open(
        inner: Arc<Inner>,
        array: Arc<Array>,
        handle: Handle,
        range: Range<u64>,
        opening: Opening,
    ) -> Result<Self, BlobError> {
        inner.fault(Point::BlobRead).await?;
        let shape = array.shape();
        let chunks = handle.chunks_of(&range);
        let data = shape.data as u64;
        let mut stripes = chunks.start / data..chunks.end.div_ceil(data);
        let source = Arc::new(Source::new(inner, array, handle, opening, range.clone()));
        // A blob that is dropped meanwhile is read to its end: what will be wanted is opened now.
        let also = chunks.end - chunks.start > 1 && stripes.end - stripes.start > 1;
        let also = if also { 0..shape.data } else { 0..0 };
        let ready = match stripes.next() {
            Some(first) => source.clone().stripe(first, also).await?,
            None => VecDeque::new(),
        };
        source.inner.figures.readers.add(1);
        Ok(Self { source, stripes, ready, ahead: None, left: range.end - range.start })
    }

    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, BlobError>> {
        if self.left == 0 {
            return None;
        }
        let next = self.advance().await;
        match &next {
            Ok(bytes) => {
                self.left = self.left.saturating_sub(bytes.len() as u64);
                self.source.inner.figures.read_bytes.add(bytes.len() as u64);
            }
            Err(_) => self.left = 0,
        }
        Some(next)
    }

    async fn advance(&mut self) -> Result<Bytes, BlobError> {
        if self.ready.is_empty() {
            self.read_ahead();
            let Some(ahead) = &mut self.ahead else { return Err(BlobError::Stopped) };
            self.source.inner.fault(Point::BlobRead).await?;
            let ready = ahead.await;
            self.ahead = None;
            self.ready = ready?;
        }
        self.read_ahead();
        self.ready.pop_front().ok_or(BlobError::Stopped)
    }

    /// Starts to read the next stripe, unless it is under way or there is none.
    fn read_ahead(&mut self) {
        if self.ahead.is_some() {
            return;
        }
        let Some(stripe) = self.stripes.next() else { return };
        let mut ahead = self.source.clone().stripe(stripe, 0..0).boxed();
        // Asked once, it starts its reads.
        self.ahead = match (&mut ahead).now_or_never() {
            Some(done) => Some(std::future::ready(done).boxed()),
            None => Some(ahead),
        };
    }
}

impl Drop for Gathered {
    fn drop(&mut self) {
        self.source.inner.figures.readers.add(-1);
    }
}

/// The chunks of a stripe as they are stored, by their shards, and what became of the others.
struct Stripe {
    stored: Vec<Option<Vec<u8>>>,
    asked: Vec<bool>,
    missing: usize,
    damage: Option<BlobError>,
    works: Together<Vec<u8>>,
}

impl Source {
    pub(crate) fn new(
        inner: Arc<Inner>,
        array: Arc<Array>,
        handle: Handle,
        opening: Opening,
        range: Range<u64>,
    ) -> Self {
        let files = (0..array.shape().shards()).map(|_| Mutex::default()).collect();
        Self { inner, array, handle, opening, range, files }
    }

    fn shape(&self) -> Shape {
        self.array.shape()
    }

    /// The wanted parts of a stripe's chunks. The shards `also` are opened, too.
    async fn stripe(self: Arc<Self>, stripe: u64, also: Range<usize>) -> Result<VecDeque<Bytes>, BlobError> {
        let data = self.shape().data as u64;
        let chunks = self.handle.chunks_of(&self.range);
        let within = |chunk: u64| chunk.saturating_sub(stripe * data).min(data) as usize;
        let wanted = within(chunks.start)..within(chunks.end);
        let mut stored = self.gather(stripe, wanted.clone(), also).await?;
        let (source, work) = (self.clone(), self.inner.work);
        let open = work.start(move || {
            source.array.drives.code.restore_wanted(&source.handle, stripe, &mut stored, &wanted).map_err(
                |wrong| {
                    source.inner.wrong_in(source.handle.id, &source.array.path(source.handle.id, 0), wrong)
                },
            )?;
            source.opened(stripe, wanted, stored)
        });
        open.await
    }

    /// Decrypts chunks and cuts what is wanted out of them.
    fn opened(
        &self,
        stripe: u64,
        wanted: Range<usize>,
        mut stored: Vec<Option<Vec<u8>>>,
    ) -> Result<VecDeque<Bytes>, BlobError> {
        let (handle, id) = (&self.handle, self.handle.id);
        let mut out = VecDeque::with_capacity(wanted.len());
        for shard in wanted {
            let number = stripe * self.shape().data as u64 + shard as u64;
            let path = || self.array.path(id, shard);
            let wrong = |wrong| self.inner.wrong_in(id, &path(), wrong);
            let mut chunk = stored[shard].take().ok_or(BlobError::Stopped)?;
            let seal = format::seal_of(&chunk);
            let len = chunk.len() - CHUNK_HEAD;
            chunk.resize(chunk.len() + seal::TAG_BYTES, 0);
            let is_last = number + 1 == handle.chunks();
            self.opening.open(&mut chunk[CHUNK_HEAD..], seal, id, number, is_last).map_err(wrong)?;
            let part = crate::reader::wanted(handle, number, &self.range);
            chunk.truncate(CHUNK_HEAD + len);
            out.push_back(Bytes::from(chunk).slice(CHUNK_HEAD + part.start..CHUNK_HEAD + part.end));
        }
        Ok(out)
    }

    /// Reads the chunks `wanted` of a stripe, or where that fails or takes too long, any that bring them back.
    async fn gather(
        self: &Arc<Self>,
        stripe: u64,
        wanted: Range<usize>,
        also: Range<usize>,
    ) -> Result<Vec<Option<Vec<u8>>>, BlobError> {
        let shape = self.shape();
        let mut at = Stripe {
            stored: vec![None; shape.shards()],
            asked: vec![false; shape.shards()],
            missing: 0,
            damage: None,
            works: Together::default(),
        };
        // Chunks past the end are zeros, and known.
        let known = (0..shape.data).filter(|shard| shape.place(&self.handle, stripe, *shard).len == 0);
        known.for_each(|shard| {
            at.asked[shard] = true;
            at.stored[shard] = Some(Vec::new());
        });
        for shard in wanted.clone() {
            self.ask(&mut at, stripe, shard);
        }
        let mut openings = Together::default();
        for shard in also.filter(|shard| !wanted.contains(shard) && self.slot_is_up(*shard)) {
            let source = self.clone();
            openings
                .add(shard, self.slot(shard).start(self.inner.work, move || source.file(shard).map(|_| ())));
        }
        let mut late = self.array.drives.late(HEDGE);
        let (mut is_degraded, mut overdue) = (false, Vec::new());
        loop {
            let have = at.stored.iter().flatten().count();
            if at.stored[wanted.clone()].iter().all(Option::is_some) || have >= shape.data {
                break;
            }
            is_degraded |= wanted.clone().any(|shard| at.stored[shard].is_none() && !at.works.has(shard));
            if is_degraded {
                // As many more as are needed if all that are under way, and not overdue, arrive.
                let hopeless = overdue.iter().filter(|shard| at.works.has(**shard)).count();
                let mut open = (0..shape.shards()).filter(|shard| !at.asked[*shard]).collect::<VecDeque<_>>();
                while have + at.works.count() - hopeless < shape.data {
                    let Some(shard) = open.pop_front() else { break };
                    self.ask(&mut at, stripe, shard);
                }
            }
            match at.works.next(&mut late).await {
                Event::Ended(shard, Ok(chunk)) => at.stored[shard] = Some(chunk),
                Event::Ended(_, Err(e)) => self.failed(&mut at, e),
                Event::Late => {
                    // Those that are asked in place of the late may be late as well.
                    late = self.array.drives.late(HEDGE);
                    is_degraded = true;
                    for shard in at.works.numbers() {
                        if self.slot(shard).is_silent() {
                            at.works.forget(shard);
                        } else if !overdue.contains(&shard) {
                            self.slot(shard).was_overtaken();
                        }
                    }
                    overdue = at.works.numbers();
                }
                Event::Over => return Err(self.lost(&at)),
            }
        }
        self.settle_openings(openings).await;
        Ok(at.stored)
    }

    async fn settle_openings(&self, mut openings: Together<()>) {
        let mut late = self.array.drives.late(HEDGE);
        while let Event::Ended(..) = openings.next(&mut late).await {}
    }

    fn slot(&self, shard: usize) -> &Arc<Slot> {
        self.array.slot(self.handle.id, shard)
    }

    fn slot_is_up(&self, shard: usize) -> bool {
        self.slot(shard).is_up()
    }

    /// Starts to read a shard's chunk, if its drive is there.
    fn ask(self: &Arc<Self>, at: &mut Stripe, stripe: u64, shard: usize) {
        if std::mem::replace(&mut at.asked[shard], true) || !self.slot_is_up(shard) {
            return;
        }
        let source = self.clone();
        let read = move || source.chunk(stripe, shard).inspect_err(|error| source.slot(shard).failed(error));
        at.works.add(shard, self.slot(shard).start(self.inner.work, read));
    }

    fn failed(&self, at: &mut Stripe, error: BlobError) {
        self.array.wound(self.handle.id);
        match error {
            BlobError::Missing(_) => at.missing += 1,
            BlobError::Damaged { .. } | BlobError::Unknown { .. } => at.damage = Some(error),
            _ => {}
        }
    }

    /// Why a stripe cannot be brought back.
    fn lost(&self, at: &Stripe) -> BlobError {
        let (id, need) = (self.handle.id, self.shape().data);
        let have = at.stored.iter().flatten().count();
        match at.damage {
            // Where its names are going or gone, it was dropped.
            None if at.missing > 0 && have + at.missing >= need => BlobError::Missing(id),
            _ => BlobError::TooFew { id, have, need },
        }
    }

    /// The file of a shard, its head checked.
    fn file(&self, shard: usize) -> Result<Arc<dyn File>, BlobError> {
        if let Some(file) = &*self.files[shard].lock() {
            return Ok(file.clone());
        }
        let id = self.handle.id;
        let file: Arc<dyn File> = Arc::from(self.array.open(id, shard)?);
        let mut head = [0; HEAD];
        self.inner.read_in(&*file, &self.array.path(id, shard), &mut head, 0, id, Place::Head)?;
        let shape = self.shape();
        let expected = (self.handle.chunk_len, [shard as u8, shape.data as u8, shape.parity as u8]);
        let found = format::take_shard_head(&head, id);
        let wrong = |wrong| self.inner.wrong_in(id, &self.array.path(id, shard), wrong);
        if found.map_err(wrong)? != expected {
            return Err(wrong(Wrong::Damaged(Place::Head, "another shard's")));
        }
        *self.files[shard].lock() = Some(file.clone());
        Ok(file)
    }

    /// Reads and checks the chunk of a stripe in a shard, as it is stored.
    pub(crate) fn chunk(&self, stripe: u64, shard: usize) -> Result<Vec<u8>, BlobError> {
        let place = self.shape().place(&self.handle, stripe, shard);
        if place.len == 0 {
            return Ok(Vec::new());
        }
        let (file, id) = (self.file(shard)?, self.handle.id);
        // With room for the tag, which is wanted behind it to decrypt it.
        let mut chunk = Vec::with_capacity(place.len + seal::TAG_BYTES);
        chunk.resize(place.len, 0);
        let path = self.array.path(id, shard);
        self.inner.read_in(&*file, &path, &mut chunk, place.at, id, Place::Chunk(place.number))?;
        format::check_chunk(&chunk, id, place.number)
            .map_err(|wrong| self.inner.wrong_in(id, &path, wrong))?;
        Ok(chunk)
    }
}
