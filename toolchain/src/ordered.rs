//! Working on many things at once, with results in the order of the things.
//!
//! How many results wait for their turn is bounded, so one slow thing does not let the
//! results of all others pile up.

use std::{
    collections::VecDeque,
    num::NonZeroUsize,
    sync::{Arc, mpsc},
    thread,
};

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// How many things a thread may be ahead of the result that is taken next.
const AHEAD: usize = 16;
/// The stack that a thread gets, in bytes: what a main thread usually has.
const STACK: usize = 8 << 20;

/// Threads that work.
pub struct Workers {
    pool: ThreadPool,
}

impl Workers {
    /// Starts `jobs` threads, or one for each core, but no more than there are `things` to
    /// work on.
    ///
    /// # Errors
    ///
    /// Returns an error if the system has no threads to give.
    pub fn start(jobs: Option<NonZeroUsize>, things: usize) -> Result<Self, ThreadPoolBuildError> {
        let jobs = jobs.or_else(|| thread::available_parallelism().ok());
        let threads = jobs.map_or(1, NonZeroUsize::get).min(things).max(1);
        let pool = ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build()?;
        Ok(Self { pool })
    }

    /// Applies `work` to each of `things`, and `take` to each result, in their order and
    /// on this thread.
    ///
    /// # Errors
    ///
    /// Returns the first error of `take`. What is still being worked on then is left
    /// alone, nobody waits for it.
    pub fn in_order<T, R, E>(
        &self,
        things: impl IntoIterator<Item = T>,
        work: impl Fn(T) -> R + Send + Sync + 'static,
        mut take: impl FnMut(R) -> Result<(), E>,
    ) -> Result<(), E>
    where
        T: Send + 'static,
        R: Send + 'static,
    {
        let ahead = AHEAD * self.pool.current_num_threads();
        let work = Arc::new(work);
        let mut things = things.into_iter().fuse();
        let mut results = VecDeque::new();
        loop {
            while results.len() < ahead
                && let Some(thing) = things.next()
            {
                let work = Arc::clone(&work);
                let (send, receive) = mpsc::sync_channel(1);
                // A result that nobody waits for any more is of no use.
                self.pool.spawn(move || drop(send.send(work(thing))));
                results.push_back(receive);
            }
            let Some(receive) = results.pop_front() else {
                return Ok(());
            };
            take(receive.recv().expect("a panic at work ends the process"))?;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn workers(jobs: usize) -> Workers {
        Workers::start(NonZeroUsize::new(jobs), jobs).expect("there are threads")
    }

    #[test]
    fn results_come_in_order_whatever_takes_longest() {
        for jobs in [1, 2, 7] {
            let mut results = Vec::new();
            // The first things wait for those behind them.
            let slow_first = |thing: u64| {
                thread::sleep(std::time::Duration::from_micros(200_u64.saturating_sub(thing)));
                thing
            };
            let taken = workers(jobs).in_order(0..500, slow_first, |result| {
                results.push(result);
                Ok::<_, Infallible>(())
            });
            assert_eq!(taken, Ok(()));
            assert!(results.iter().copied().eq(0..500), "{jobs} jobs");
        }
    }

    #[test]
    fn nothing_is_worked_on_far_ahead_of_the_result_that_is_taken() {
        use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let work = |_| STARTED.fetch_add(1, SeqCst);
        let mut taken = 0;
        let end = workers(2).in_order(0..10_000, work, |_| {
            taken += 1;
            assert!(STARTED.load(SeqCst) <= taken + 2 * AHEAD);
            if taken == 1000 { Err("enough") } else { Ok(()) }
        });
        assert_eq!((end, taken), (Err("enough"), 1000));
    }
}
