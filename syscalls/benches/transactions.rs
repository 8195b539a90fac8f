//! How many transactions a second: the payment of `examples/secp256k1` here and on
//! `ckb-script` with its assembly machine, in one process and in turns.
//!
//! `cargo bench -p verdict-syscalls [-- [--rounds N]]`
//!
//! What counts is the ratio, of the medians of many short turns, since the speed of a
//! machine drifts. Each transaction is verified as a node does it: a verifier is made,
//! runs, and is dropped. The set-up of a group is what it takes to run the same lock on
//! arguments that it refuses at once.

use std::{
    collections::HashSet,
    hint::black_box,
    path::PathBuf,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use ckb_chain_spec::consensus::{Consensus, ConsensusBuilder};
use ckb_mock_tx_types::{MockTransaction, ReprMockTransaction, Resource};
use ckb_script::{ScriptGroupType, TransactionScriptsVerifier, TxVerifyEnv};
use ckb_types::{
    core::{
        HeaderView,
        cell::{ResolvedTransaction, resolve_transaction},
        hardfork::HardForks,
    },
    packed::Header,
    prelude::*,
};
use verdict_syscalls::{Engine, Programs, Rules, Verifier, limits::DEFAULT_POOL_CYCLES};

/// How long one side has its turn.
const TURN: Duration = Duration::from_millis(200);

/// A transaction and what both sides need beside it.
struct Subject {
    transaction: Arc<ResolvedTransaction>,
    resource: Resource,
    consensus: Arc<Consensus>,
    environment: Arc<TxVerifyEnv>,
    programs: Arc<Programs>,
}

impl Subject {
    /// The example, after `change` has had its JSON.
    fn new(change: impl Fn(String) -> String) -> Self {
        let folder: PathBuf =
            [env!("CARGO_MANIFEST_DIR"), "..", "examples", "secp256k1"].iter().collect();
        let read = |name| std::fs::read(folder.join(name)).expect("the example is there");
        let mut json = String::from_utf8(read("tx.json")).expect("it is text");
        for name in ["secp256k1_blake160_sighash_all", "secp256k1_data"] {
            let digits: String = read(name).iter().map(|byte| format!("{byte:02x}")).collect();
            json = json.replace(&format!("{{{{ data {name} }}}}"), &digits);
        }
        let mock: ReprMockTransaction =
            serde_json::from_str(&change(json)).expect("it is a transaction");
        let mock = MockTransaction::from(mock);
        let resource = Resource::from_mock_tx(&mock).expect("nothing is missing");
        let transaction = mock.core_transaction();
        let resolved = resolve_transaction(transaction, &mut HashSet::new(), &resource, &resource);
        let header: HeaderView = Header::default().into_view();
        Self {
            transaction: Arc::new(resolved.expect("nothing is missing")),
            resource,
            consensus: Arc::new(
                ConsensusBuilder::default().hardfork_switch(HardForks::new_dev()).build(),
            ),
            environment: Arc::new(TxVerifyEnv::new_commit(&header)),
            programs: Arc::default(),
        }
    }

    fn theirs(&self) -> TransactionScriptsVerifier<Resource> {
        TransactionScriptsVerifier::new(
            Arc::clone(&self.transaction),
            self.resource.clone(),
            Arc::clone(&self.consensus),
            Arc::clone(&self.environment),
        )
    }

    /// A verifier that shares its programs with no other.
    fn ours_alone(&self) -> Verifier<Resource> {
        Verifier::new(Arc::clone(&self.transaction), self.resource.clone(), Rules::all_active())
    }

    fn ours(&self) -> Verifier<Resource> {
        let mut verifier = self.ours_alone();
        verifier.set_programs(Arc::clone(&self.programs));
        verifier
    }
}

/// How often `act` can be done in a second by each of so many threads, all together.
fn rate(threads: usize, act: &(impl Fn() + Sync)) -> f64 {
    let one = || {
        let start = Instant::now();
        let mut count = 0;
        while start.elapsed() < TURN {
            act();
            count += 1;
        }
        f64::from(count) / start.elapsed().as_secs_f64()
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(one)).collect();
        one() + others.into_iter().map(|other| other.join().expect("no panic")).sum::<f64>()
    })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The rates of both in turns.
fn rates(
    rounds: usize,
    threads: usize,
    theirs: impl Fn() + Sync,
    ours: impl Fn() + Sync,
) -> (f64, f64) {
    let pairs = (0..rounds).map(|_| (rate(threads, &theirs), rate(threads, &ours)));
    let (theirs, ours) = pairs.unzip();
    (median(theirs), median(ours))
}

fn print(what: &str, theirs: f64, ours: f64, digits: usize) {
    println!("{what:<44}{theirs:>12.digits$}{ours:>12.digits$}{:>9.3}", ours / theirs);
}

fn main() {
    let mut rounds = 15;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        if arg == "--rounds" {
            rounds = args.next().and_then(|n| n.parse().ok()).expect("--rounds takes a number");
        }
    }
    let payment = Subject::new(|json| json);
    let cycles = payment.theirs().verify(DEFAULT_POOL_CYCLES).expect("it is sound");
    assert_eq!(payment.ours().verify(DEFAULT_POOL_CYCLES), Ok(cycles));
    let theirs = || drop(black_box(payment.theirs().verify(DEFAULT_POOL_CYCLES)));
    let ours = || drop(black_box(payment.ours().verify(DEFAULT_POOL_CYCLES)));
    let interpreted = || {
        let mut verifier = payment.ours();
        verifier.set_engine(Engine::Interpreter);
        drop(black_box(verifier.verify(DEFAULT_POOL_CYCLES)));
    };
    let alone = || drop(black_box(payment.ours_alone().verify(DEFAULT_POOL_CYCLES)));

    println!("{:<44}{:>12}{:>12}{:>9}", "a payment", "ckb-script", "verdict", "ratio");
    let one = rates(rounds, 1, theirs, ours);
    print("transactions/s, one thread", one.0, one.1, 0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let all = rates(rounds, threads, theirs, ours);
    print(&format!("transactions/s, {threads} threads"), all.0, all.1, 0);
    let apart = rates(rounds, 1, theirs, alone);
    print("transactions/s, one thread, nothing shared", apart.0, apart.1, 0);
    let slow = rates(rounds, 1, theirs, interpreted);
    print("transactions/s, one thread, interpreter", slow.0, slow.1, 0);

    let make =
        rates(rounds, 1, || drop(black_box(payment.theirs())), || drop(black_box(payment.ours())));
    print("making a verifier, µs", 1e6 / make.0, 1e6 / make.1, 1);

    // The lock exits if its arguments are no hash.
    let refused =
        Subject::new(|json| json.replace("0x894cce87e05ca3423701f9320682900fb27a5cd2", "0x"));
    let (their_verifier, our_verifier) = (refused.theirs(), refused.ours());
    let group = &our_verifier.groups()[0];
    let their_group =
        || their_verifier.verify_single(ScriptGroupType::Lock, group.hash(), DEFAULT_POOL_CYCLES);
    let our_group = || our_verifier.run(group, DEFAULT_POOL_CYCLES);
    their_group().expect_err("it is refused");
    let cycles = our_group().cycles;
    let set_up =
        rates(rounds, 1, || drop(black_box(their_group())), || drop(black_box(our_group())));
    print(
        &format!("a group that ends after {cycles} cycles, µs"),
        1e6 / set_up.0,
        1e6 / set_up.1,
        1,
    );
    let outside = |whole: f64, make: f64, set_up: f64| 100.0 * (1.0 / make + 1.0 / set_up) * whole;
    print(
        "both, as percentage of a payment",
        outside(one.0, make.0, set_up.0),
        outside(one.1, make.1, set_up.1),
        2,
    );
}
