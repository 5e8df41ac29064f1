//! The block alone, on clocks that only the test turns.

use std::sync::Arc;

use floor::{
    AccountId, Answer, Caller, Cells, Cx, Env, Floor, Gone, Identity, Master, Region, Registry, cells::Home,
    cx::Origin,
};
use wire::Operation;

use crate::{Settings, Sns};

pub(crate) struct World(pub(crate) Arc<Floor>);

impl World {
    pub(crate) fn new() -> Self {
        let env = Env::simulated(1);
        let sns = Arc::new(Sns::new(Settings::default()));
        let registry = Registry::default().with(crate::service(sns, &env.metrics));
        let (seal, cells) = (Master::ephemeral(&env.random), Cells::new(env.clone(), Home::Memory, 2));
        Self(Floor::lay(env, seal, cells, registry))
    }

    pub(crate) fn region() -> Region {
        "eu-west-1".parse().unwrap()
    }

    /// A request of the first account's root.
    pub(crate) fn cx(&self) -> Cx {
        let caller = Caller {
            who: Arc::new(Identity::root(AccountId::DEFAULT)),
            region: Self::region(),
            via: Arc::new([]),
            origin: Arc::new(Origin::default()),
            signed: floor::cx::Signed::default(),
            through: None,
        };
        Cx::new(&self.0, caller, "request".into(), Gone::default())
    }

    pub(crate) async fn call<O: Operation>(&self, input: O::Input) -> Answer<O::Output> {
        self.cx().call::<O>(floor::As::Caller, &Self::region(), input).await
    }
}
