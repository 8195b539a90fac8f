//! Stopping a machine from another thread.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Asks a running machine to stop. Clones ask the same machine.
///
/// The machine looks every [`Machine::PAUSE_INTERVAL`](crate::Machine::PAUSE_INTERVAL)
/// cycles and stops with [`Exit::Paused`](crate::Exit::Paused); the request is used
/// up then, and the machine can run on.
#[derive(Clone, Debug, Default)]
pub struct Pause(Arc<AtomicBool>);

impl Pause {
    /// Asks the machine to stop.
    pub fn request(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Takes a request back, or uses it up; returns whether there was one.
    pub fn take(&self) -> bool {
        self.0.load(Ordering::Relaxed) && self.0.swap(false, Ordering::Acquire)
    }
}
