//! Fills structures with random values, as a reader that makes up what it reads.

use wire::format::{Each, EachEntry, Reader};
use wire::schema::{At, Kind, Member, ROOT, TimeFormat};
use wire::{Blob, Document, Reject, Shape, Stream, Time};

/// A stream of values that depends on nothing but its seed.
pub struct Random {
    state: u64,
    member: &'static Member,
    depth: u32,
    /// Lists, maps and structures may be empty: not every protocol can say so.
    empties: bool,
}

impl Random {
    pub fn new(seed: u64, empties: bool) -> Random {
        Random { state: (seed + 1).wrapping_mul(0xD134_2543_DE82_EF95), member: &ROOT, depth: 0, empties }
    }

    /// The next number (splitmix64).
    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn outside_body(&self) -> bool {
        self.member.at != At::Body
    }

    /// Characters that every place can carry, or, in the body, those that are hard to.
    fn word(&mut self, min: u64) -> String {
        const PLAIN: &[&str] =
            &["a", "b", "Z", "9", "-", "_", ".", "/", "=", "%", "é", "😀", "+", "&", ",", "x y"];
        const HARD: &[&str] = &[
            " ", "\n", "\t", "\r", "\"", "\\", "<", ">", "&", "'", "]]>", "\u{1}", "\u{7f}", "\u{2028}", "{",
            "}", "\u{1f}", "&amp;", "%41", "",
        ];
        let parts = min + self.below(6);
        let mut text = String::new();
        for _ in 0..parts {
            let hard = !self.outside_body() && self.below(3) == 0;
            let from = if hard { HARD } else { PLAIN };
            text.push_str(from[self.below(from.len() as u64) as usize]);
        }
        text
    }

    fn count(&mut self) -> u64 {
        let least = u64::from(!self.empties || self.member.flat || self.outside_body());
        if self.depth > 4 { least } else { least + self.below(3) }
    }
}

impl Reader for Random {
    fn boolean(&mut self) -> Result<bool, Reject> {
        Ok(self.below(2) == 1)
    }

    fn long(&mut self) -> Result<i64, Reject> {
        if self.member.at == At::Status {
            return Ok(200 + self.below(400) as i64);
        }
        let small = self.below(3) == 0;
        Ok(match self.member.kind {
            _ if small => self.below(300) as i64 - 150,
            Kind::Long => self.next() as i64,
            _ => i64::from(self.next() as i32),
        })
    }

    fn double(&mut self) -> Result<f64, Reject> {
        Ok(match self.below(8) {
            0 => f64::NAN,
            1 => f64::INFINITY,
            2 => f64::NEG_INFINITY,
            3 => self.below(1000) as f64,
            _ => f64::from((self.next() as i32) as f32 / 1000.0),
        })
    }

    fn text(&mut self) -> Result<String, Reject> {
        let least = u64::from(self.outside_body());
        Ok(self.word(least))
    }

    fn blob(&mut self) -> Result<Blob, Reject> {
        let length = u64::from(self.outside_body()) + self.below(20);
        Ok((0..length).map(|_| self.next() as u8).collect())
    }

    fn time(&mut self) -> Result<Time, Reject> {
        let seconds = self.below(4_000_000_000) as i64 - 1_000_000_000;
        let whole = matches!(self.member.at, At::Header(_)) || self.member.time == TimeFormat::Http;
        let millis = if whole { 0 } else { self.below(1000) as i64 };
        Ok(Time::from_millis(seconds * 1000 + millis))
    }

    fn document(&mut self) -> Result<Document, Reject> {
        Document::new("{\"a\":[1,\"x\",null,{\"b\":true}]}")
    }

    fn stream(&mut self) -> Result<Stream, Reject> {
        Ok(Stream::default())
    }

    fn list(&mut self, each: Each<'_>) -> Result<(), Reject> {
        self.depth += 1;
        for _ in 0..self.count() {
            each(self)?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn map(&mut self, each: EachEntry<'_>) -> Result<(), Reject> {
        self.depth += 1;
        for i in 0..self.count() {
            let key = match self.member.at {
                At::Prefix(_) => format!("key-{i}"),
                _ => self.word(1),
            };
            each(key, self)?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn shape(&mut self, into: &mut dyn Shape) -> Result<(), Reject> {
        let schema = into.schema();
        let outer = self.member;
        self.depth += 1;
        let count = schema.members.len();
        let only = (schema.root.union && count > 0).then(|| self.below(count as u64) as usize);
        let chosen: Vec<bool> = schema
            .members
            .iter()
            .enumerate()
            .map(|(i, member)| match only {
                Some(only) => i == only,
                // An answer always has a status: a member that holds it is never absent on the other side.
                None if member.at == At::Status => true,
                None => member.required || schema.root.unwrapped || (self.depth < 6 && self.below(3) > 0),
            })
            .collect();
        let nothing = !chosen.contains(&true);
        for (i, member) in schema.members.iter().enumerate() {
            // Where a structure must hold something, a plain member does, or else the first.
            let scalar =
                schema.members.iter().position(|m| !matches!(m.kind, Kind::List | Kind::Map | Kind::Shape));
            let filler = nothing && !self.empties && i == scalar.unwrap_or(0);
            if chosen[i] || filler {
                self.member = member;
                into.field_mut(i).read(self)?;
            }
        }
        self.depth -= 1;
        self.member = outer;
        Ok(())
    }
}
