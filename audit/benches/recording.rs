//! What recording costs, and what it gives: overhead, bytes, seeking, replay.
//!
//! `cargo bench -p verdict-audit` prints one line a program: the time of a plain run, that
//! of a recorded one at the default distance of checkpoints and their ratio, bytes of the
//! bundle per million cycles, the time of the last thousand steps, and how much faster two
//! threads replay than one.

#[path = "../tests/common/mod.rs"]
mod common;

use std::{
    hint::black_box,
    io::{self, Cursor},
    time::{Duration, Instant},
};

use ckb_types::core::ScriptHashType;
use verdict_audit::{Bundle, Run, Settings, Subject, record, trace};
use verdict_syscalls::Engine;

/// The shortest of five.
fn time(mut work: impl FnMut()) -> Duration {
    let once = |()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    [(); 5].map(once).into_iter().min().expect("there are five")
}

fn measure(name: &str, subject: &Subject, settings: &Settings) {
    let limit = subject.max_cycles();
    let plain = time(|| {
        black_box(subject.verifier(settings.engine).report(limit));
    });
    let recording = time(|| {
        black_box(record(subject, settings, io::sink()).expect("a sink takes everything"));
    });
    let mut bytes = Vec::new();
    let recorded = record(subject, settings, &mut bytes).expect("a vector takes everything");
    let bundle = Bundle::open(Cursor::new(bytes)).expect("it was just written");
    let run = Run::read(bundle).expect("it was just written");
    let seek = time(|| {
        black_box(trace::last(&run, 0, 1000).expect("it was just written"));
    });
    let replay = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("threads can be started");
        time(|| {
            pool.install(|| run.replay(settings.engine)).expect("it is what happens");
        })
    };
    let (one, two) = (replay(1), replay(2));
    let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
    let cycles = recorded.cycles();
    println!(
        "{name:<14} {cycles:>11} cycles {:>4} checkpoints   plain {plain:>10.2?}   \
         recorded {recording:>10.2?} ({:.2}x)   {:>8} bytes a million cycles   \
         last 1000 steps {seek:>9.2?}   replay {one:>9.2?}, two threads {:.2}x faster",
        recorded.checkpoints,
        ratio(recording, plain),
        recorded.file_len * 1_000_000 / cycles.max(1),
        ratio(one, two),
    );
}

fn main() {
    let long = common::locked_by(&common::long(8000), ScriptHashType::Data2, u64::MAX >> 1);
    let secp256k1 = common::example("secp256k1", "tx.json");
    for engine in [Engine::Interpreter, Engine::Auto] {
        println!("{engine:?}");
        let settings = Settings { engine, ..Settings::default() };
        measure("long", &long, &settings);
        measure("secp256k1", &secp256k1, &settings);
    }
}
