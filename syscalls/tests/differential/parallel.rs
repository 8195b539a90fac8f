//! Many transactions at once, and stopping them.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use ckb_types::core::cell::ResolvedTransaction;
use rayon::ThreadPoolBuilder;
use verdict_syscalls::{
    Pause, Programs, Progress, Rules, ScriptError, TransactionError, Verifier, Version, verify_all,
};
use verdict_vm::Machine;

use crate::{
    chain::{Chain, Data, Scene, data_hash, output, script},
    compare::{Both, our_error},
    guest::{Guest, process},
};

const MAX_CYCLES: u64 = 1_000_000;

/// A transaction with a lock group of `program` for each of `args`, which are cell deps,
/// as is the other program.
fn scene(program: &[u8], args: &[&[u8]], other: Vec<u8>) -> (Arc<ResolvedTransaction>, Chain) {
    let mut scene = Scene::new();
    for args in args {
        let lock = script(&data_hash(program), 4, args);
        scene.input(0, output(0, &lock, None), Data::Memory(Vec::new()), None);
    }
    scene.program(program.to_vec());
    scene.program(other);
    scene.build()
}

/// Transactions that end in many ways, some with programs that others have, too.
fn scenes() -> Vec<(Arc<ResolvedTransaction>, Chain)> {
    let spinning = |times: u64, code: u64| {
        let mut guest = Guest::new();
        guest.store_u64(0x3f_0000, times);
        guest.spin(times);
        guest.exit(code);
        guest.elf()
    };
    let mut scenes = Vec::new();
    for n in 0..12 {
        let mut parent = Guest::new();
        parent.spawn(1, &[], 0);
        parent.spawn(1, &[], 1);
        parent.wait(process(0));
        parent.wait(process(1));
        parent.exit(n % 2);
        scenes.push(scene(&parent.elf(), &[b"a"], spinning(50 * n, 3)));
        scenes.push(scene(&spinning(1 + 40_000 * (n % 4), n % 3), &[b"a", b"b", b"c"], vec![]));
        let mut cut = spinning(7, 0);
        cut.truncate(cut.len() - 3 * usize::try_from(n).expect("a small number"));
        scenes.push(scene(&cut, &[b""], vec![]));
    }
    scenes
}

#[test]
fn the_number_of_threads_does_not_show() {
    let scenes = scenes();
    let (transactions, chains): (Vec<_>, Vec<_>) = scenes.iter().cloned().unzip();
    let expected: Vec<_> = scenes
        .iter()
        .map(|scene| Both::new(scene, Version::V2).verify(MAX_CYCLES, "alone").result)
        .collect();
    assert!(expected.iter().any(Result::is_ok) && expected.iter().any(Result::is_err));
    let programs = Arc::new(Programs::default());
    for threads in [1, 2, 7] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let got = pool.install(|| {
            verify_all(&transactions, MAX_CYCLES, |transaction| {
                let mine = |other: &Arc<_>| Arc::ptr_eq(other, transaction);
                let chain = chains[transactions.iter().position(mine).unwrap()].clone();
                let rules = Rules::all_active();
                let mut verifier = Verifier::new(Arc::clone(transaction), chain, rules);
                verifier.set_programs(Arc::clone(&programs));
                verifier
            })
        });
        let got = got.into_iter().map(|result| {
            result.map_err(|TransactionError { origin, cause }| {
                (origin.to_string(), our_error(&cause))
            })
        });
        assert_eq!(got.collect::<Vec<_>>(), expected, "{threads} threads");
    }
}

/// A transaction with two groups that print and then run as long as they may.
fn endless() -> (Arc<ResolvedTransaction>, Chain) {
    let mut guest = Guest::new();
    guest.print();
    guest.spin(1 << 40);
    guest.exit(0);
    scene(&guest.elf(), &[b"a", b"b"], vec![])
}

#[test]
fn one_handle_stops_all() {
    let (transaction, chain) = endless();
    let transactions = vec![transaction; 6];
    let stop = Pause::default();
    let prints = Arc::new(AtomicUsize::new(0));
    let pool = ThreadPoolBuilder::new().num_threads(3).build().unwrap();
    let results = pool.install(|| {
        verify_all(&transactions, u64::MAX, |transaction| {
            let mut verifier =
                Verifier::new(Arc::clone(transaction), chain.clone(), Rules::all_active());
            verifier.set_pause(stop.clone());
            let (stop, prints) = (stop.clone(), Arc::clone(&prints));
            verifier.set_debug(Box::new(move |_, _| {
                // While all three threads run a script.
                if prints.fetch_add(1, Ordering::Relaxed) == 2 {
                    stop.cancel();
                }
            }));
            verifier
        })
    });
    assert_eq!(results.len(), 6);
    for result in results {
        assert_eq!(result.map_err(|error| error.cause), Err(ScriptError::Interrupted));
    }
    // Nothing began after that.
    assert_eq!(prints.load(Ordering::Relaxed), 3);
}

#[test]
fn another_thread_can_stop_a_script() {
    let (transaction, chain) = endless();
    let mut verifier = Verifier::new(transaction, chain, Rules::all_active());
    let stop = verifier.pause();
    let stopping = Mutex::new(None);
    verifier.set_debug(Box::new(move |_, _| {
        let stop = stop.clone();
        *stopping.lock().unwrap() = Some(std::thread::spawn(move || stop.cancel()));
    }));
    let error = verifier.verify(u64::MAX).expect_err("it does not end by itself");
    assert_eq!(error.cause, ScriptError::Interrupted);
    assert_eq!(verifier.verify(u64::MAX), Err(error));
}

#[test]
fn a_request_stops_within_the_interval() {
    let (transaction, chain) = endless();
    let mut verifier = Verifier::new(transaction, chain, Rules::all_active());
    let stop = verifier.pause();
    verifier.set_debug(Box::new(move |_, _| stop.request()));
    let mut state = None;
    for _ in 0..3 {
        match verifier.verify_until(u64::MAX, u64::MAX, state.as_ref()) {
            Ok(Progress::Suspended(next)) => state = Some(*next),
            other => panic!("it is to pause: {other:?}"),
        }
        // The script asks for it once: from then on, someone else does.
        assert!(state.as_ref().unwrap().cycles() < 2000 + Machine::PAUSE_INTERVAL);
        verifier.pause().request();
    }
}
