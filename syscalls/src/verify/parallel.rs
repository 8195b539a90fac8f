//! Verifying many transactions at once.

use std::sync::Arc;

use ckb_types::core::cell::ResolvedTransaction;
use rayon::prelude::*;

use super::Verifier;
use crate::{Cycles, DataProvider, TransactionError};

/// Verifies transactions in parallel, each with the verifier that `verifier` makes for it,
/// and returns what [`Verifier::verify`] says of each, in their order.
///
/// They run on the current thread pool of `rayon`: inside of
/// [`ThreadPool::install`](rayon::ThreadPool::install) on that pool, on the global one
/// otherwise. How many threads it has does not show in the results. Each transaction may
/// use `max_cycles`, whatever the others use.
///
/// Give all verifiers the same [`Programs`](crate::Programs), and they read each program
/// once; give them the same [`Pause`](crate::Pause), and to
/// [cancel](crate::Pause::cancel) it stops all of them: those that run before any has
/// used [`PAUSE_INTERVAL`](verdict_vm::Machine::PAUSE_INTERVAL) more cycles, the others
/// before they start.
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
///
/// use ckb_types::core::cell::ResolvedTransaction;
/// use verdict_syscalls::{DataProvider, Pause, Programs, Rules, Verifier, limits, verify_all};
///
/// /// How many of the transactions of a block are sound.
/// fn sound(
///     transactions: &[Arc<ResolvedTransaction>],
///     store: &(impl DataProvider + Clone + Sync),
///     programs: &Arc<Programs>,
///     stop: &Pause,
/// ) -> usize {
///     let results = verify_all(transactions, limits::MAX_BLOCK_CYCLES, |transaction| {
///         let transaction = Arc::clone(transaction);
///         let mut verifier = Verifier::new(transaction, store.clone(), Rules::all_active());
///         verifier.set_programs(Arc::clone(programs));
///         verifier.set_pause(stop.clone());
///         verifier
///     });
///     results.iter().filter(|result| result.is_ok()).count()
/// }
/// ```
pub fn verify_all<P: DataProvider>(
    transactions: &[Arc<ResolvedTransaction>],
    max_cycles: Cycles,
    verifier: impl Fn(&Arc<ResolvedTransaction>) -> Verifier<P> + Sync,
) -> Vec<Result<Cycles, TransactionError>> {
    let verified = transactions.par_iter().map(|transaction| {
        let verifier = verifier(transaction);
        verifier.verify(max_cycles)
    });
    verified.collect()
}
