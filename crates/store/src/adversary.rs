//! A cell that behaves as badly as the contract allows, for the tests of everything above.

use env::Random;

/// What an adversarial cell does to its transactions; chances are in a thousand.
///
/// Every closure runs twice, the first time for nothing: what it did outside of the transaction was done twice.
#[derive(Clone)]
pub struct Adversary {
    /// What decides.
    pub random: Random,
    /// How often a transaction that could commit is told that it lost.
    pub conflict: u32,
    /// How often a transaction waits before a step while others run.
    pub delay: u32,
    /// How often the answer is lost: half of these were committed, half were not, and all answer `Unknown`.
    pub lose: u32,
}

impl Adversary {
    /// One that injects conflicts and delays, and loses no answers.
    pub fn seeded(seed: u64) -> Self {
        Self { random: Random::seeded(seed), conflict: 250, delay: 250, lose: 0 }
    }

    pub(crate) fn strikes(&self, chance: u32) -> bool {
        chance > 0 && self.random.below(1000) < u64::from(chance)
    }

    /// Lets others run, now and then.
    pub(crate) async fn dally(&self) {
        if self.strikes(self.delay) {
            for _ in 0..=self.random.below(5) {
                tokio::task::yield_now().await;
            }
        }
    }
}
