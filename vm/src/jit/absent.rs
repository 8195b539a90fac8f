//! The JIT of hosts that have none: everything is interpreted.

use super::{JitStats, Tier};
use crate::{
    exit::Exit,
    interp::{Core, Interpreter},
    machine::Config,
};

/// Whether machines can run compiled code on this host.
pub(crate) const fn is_available() -> bool {
    false
}

/// Compiled code that machines share: none.
#[derive(Clone, Default)]
pub(crate) struct Shared;

#[cfg(feature = "std")]
impl Shared {
    pub(crate) const fn host_bytes(&self) -> usize {
        0
    }

    pub(crate) fn stats(&self) -> JitStats {
        JitStats::default()
    }
}

/// A machine's use of compiled code: none.
pub(crate) struct Jit;

impl Jit {
    pub(crate) const fn new(_: Tier, _: Config) -> Self {
        Self
    }

    pub(crate) const fn share(&mut self, _: &Shared, _: u64) {}

    pub(crate) const fn clear(&mut self) {}

    pub(crate) const fn retire(&mut self, _: &mut Interpreter) {}

    pub(crate) fn stats(&self) -> JitStats {
        JitStats::default()
    }

    pub(crate) fn run(
        &mut self,
        interpreter: &mut Interpreter,
        core: &mut Core,
        limit: u64,
        _: bool,
    ) -> Exit {
        interpreter.run(core, limit)
    }
}
