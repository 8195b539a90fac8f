#![no_std]
#![no_main]

use core::sync::atomic::{AtomicUsize, Ordering};

use alloc::{sync::Arc, vec::Vec};
use ckb_std::{ckb_constants::Source, debug, default_alloc, error::SysError, high_level};

ckb_std::entry!(program_entry);
default_alloc!();

static CALLS: AtomicUsize = AtomicUsize::new(0);

fn program_entry() -> i8 {
    match run() {
        Ok(true) => 0,
        Ok(false) => 1,
        Err(error) => {
            debug!("failed: {:?}", error);
            2
        }
    }
}

fn run() -> Result<bool, SysError> {
    // What libraries do with atomics, the machine does without.
    CALLS.fetch_add(1, Ordering::SeqCst);
    let word: Arc<Vec<u8>> = Arc::new(high_level::load_script()?.args().raw_data().to_vec());
    let same = Arc::clone(&word);
    let witness = high_level::load_witness(0, Source::GroupInput)?;
    Ok(witness == *same && CALLS.load(Ordering::SeqCst) == 1)
}
