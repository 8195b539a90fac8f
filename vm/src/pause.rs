//! Stopping machines from another thread.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

/// Asks machines to stop. Clones ask the same machines: all that have been
/// [given](crate::Machine::set_pause) one of them.
///
/// A machine looks when it starts to run and every
/// [`Machine::PAUSE_INTERVAL`](crate::Machine::PAUSE_INTERVAL) cycles, and stops with
/// [`Exit::Paused`](crate::Exit::Paused).
#[derive(Clone, Debug, Default)]
pub struct Pause(Arc<AtomicU8>);

const RUN: u8 = 0;
const PAUSE: u8 = 1;
const CANCEL: u8 = 2;

impl Pause {
    /// Asks for one stop: the machine that sees this first uses the request up, and can
    /// run on.
    pub fn request(&self) {
        self.0.fetch_max(PAUSE, Ordering::Release);
    }

    /// Asks all machines to stop, for good: they do not run on.
    pub fn cancel(&self) {
        self.0.store(CANCEL, Ordering::Release);
    }

    /// Whether machines were asked to stop for good.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Acquire) == CANCEL
    }

    /// Takes a [request](Self::request) back, or uses it up; returns whether there was
    /// one, or machines are to stop for good.
    pub fn take(&self) -> bool {
        match self.0.load(Ordering::Relaxed) {
            RUN => false,
            _ => {
                let taken =
                    self.0.compare_exchange(PAUSE, RUN, Ordering::AcqRel, Ordering::Acquire);
                taken.is_ok() || taken == Err(CANCEL)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_used_up_and_a_cancellation_is_not() {
        let pause = Pause::default();
        let other = pause.clone();
        assert!(!pause.take());
        other.request();
        assert!(!pause.is_cancelled());
        assert!(pause.take());
        assert!(!other.take());
        other.cancel();
        other.request();
        assert!(pause.take() && other.take() && pause.is_cancelled());
    }
}
