//! The message groups of a FIFO queue: each in order, one after another within, side by side without.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
};

use crate::stamp::Stamp;

/// What may be done with a message of a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// It may be received, when all before it are gone or received in the same breath.
    Ready,
    /// Somebody is about to receive it, or it is hidden: it and all behind it wait.
    Held,
}

/// The groups with all their known messages.
#[derive(Default)]
pub struct Groups {
    by_name: HashMap<Arc<str>, Group>,
    of: HashMap<Stamp, Arc<str>>,
    /// Groups whose first message is ready, the one that waits longest first. A name may be stale.
    turns: VecDeque<Arc<str>>,
}

#[derive(Default)]
struct Group {
    items: BTreeMap<Stamp, Item>,
    /// Whether the group stands in `turns`.
    queued: bool,
}

impl Group {
    fn is_ready(&self) -> bool {
        self.items.first_key_value().is_some_and(|(_, item)| *item == Item::Ready)
    }
}

impl Groups {
    /// The group of a message that is known.
    pub fn of(&self, stamp: Stamp) -> Option<Arc<str>> {
        self.of.get(&stamp).cloned()
    }

    /// How many messages are known.
    pub fn messages(&self) -> usize {
        self.of.len()
    }

    /// How many groups may be received from, at most.
    pub fn ready(&self) -> usize {
        self.turns.len()
    }

    /// A message of `group`.
    pub fn insert(&mut self, stamp: Stamp, group: &str, item: Item) {
        let name = match self.by_name.get_key_value(group) {
            Some((name, _)) => name.clone(),
            None => Arc::from(group),
        };
        self.by_name.entry(name.clone()).or_default().items.insert(stamp, item);
        self.of.insert(stamp, name.clone());
        self.turn(&name);
    }

    /// What may be done with a message has changed; a message that is not known is passed over.
    pub fn set(&mut self, stamp: Stamp, item: Item) {
        let Some(name) = self.of.get(&stamp).cloned() else { return };
        if let Some(group) = self.by_name.get_mut(&name) {
            group.items.insert(stamp, item);
        }
        self.turn(&name);
    }

    /// A message is gone.
    pub fn remove(&mut self, stamp: Stamp) {
        let Some(name) = self.of.remove(&stamp) else { return };
        let Some(group) = self.by_name.get_mut(&name) else { return };
        group.items.remove(&stamp);
        if group.items.is_empty() && !group.queued {
            self.by_name.remove(&name);
        } else {
            self.turn(&name);
        }
    }

    fn turn(&mut self, name: &Arc<str>) {
        let Some(group) = self.by_name.get_mut(name) else { return };
        if group.is_ready() && !group.queued {
            group.queued = true;
            self.turns.push_back(name.clone());
        }
    }

    /// Takes up to `max` messages, as many as possible of one group before the next, and holds them.
    pub fn claim(&mut self, max: usize, into: &mut Vec<Stamp>) {
        while into.len() < max {
            let Some(name) = self.turns.pop_front() else { return };
            let Some(group) = self.by_name.get_mut(&name) else { continue };
            group.queued = false;
            let ready = group.items.iter_mut().take_while(|(_, item)| **item == Item::Ready);
            for (stamp, item) in ready.take(max - into.len()) {
                *item = Item::Held;
                into.push(*stamp);
            }
            if group.items.is_empty() {
                self.by_name.remove(&name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(n: u64) -> Stamp {
        Stamp::new(n, 0, 0)
    }

    fn claim(groups: &mut Groups, max: usize) -> Vec<u64> {
        let mut into = Vec::new();
        groups.claim(max, &mut into);
        into.iter().map(|s| s.batch).collect()
    }

    #[test]
    fn a_group_waits_for_its_first_message() {
        let mut groups = Groups::default();
        for (n, group) in [(1, "a"), (2, "a"), (3, "b"), (4, "a")] {
            groups.insert(stamp(n), group, Item::Ready);
        }
        assert_eq!(claim(&mut groups, 2), [1, 2]);
        assert_eq!(claim(&mut groups, 10), [3]);
        groups.set(stamp(1), Item::Ready); // shown again, while 2 is still held
        assert_eq!(claim(&mut groups, 10), [1]);
        groups.remove(stamp(1));
        assert_eq!(claim(&mut groups, 10), [0; 0]);
        groups.remove(stamp(2));
        assert_eq!(claim(&mut groups, 10), [4]);
        groups.remove(stamp(4));
        groups.remove(stamp(3));
        assert_eq!((groups.messages(), groups.by_name.len(), groups.ready()), (0, 0, 0));
    }

    #[test]
    fn a_group_that_is_shown_again_goes_to_the_end() {
        let mut groups = Groups::default();
        for (n, group) in [(1, "a"), (2, "b")] {
            groups.insert(stamp(n), group, Item::Ready);
        }
        assert_eq!(claim(&mut groups, 1), [1]);
        groups.set(stamp(1), Item::Ready);
        assert_eq!(claim(&mut groups, 10), [2, 1]);
    }
}
