//! Bundles are replayed as they were recorded, and refused if they are not whole.

mod common;

use std::{collections::BTreeSet, convert::Infallible, io::Cursor};

use ckb_types::{bytes::Bytes, core::ScriptHashType, packed::Script, prelude::*};
use verdict_audit::{
    Bundle, FormatError, ReplayError, Settings, Subject,
    checkpoint::GroupCommitment,
    format::{Kind, MAX_CHUNK, Writer},
    records::{
        CallResult, Checkpoint, Data, Event, Group, MAX_ITEMS, Page, PageBytes, Stored,
        Transaction, Verdict, What,
    },
};
use verdict_syscalls::{Engine, GroupState};

use crate::common::{
    CODE, addi, elf, example, examples, jal, locked_by, long, read, recorded, rewritten,
};

const ENGINES: [Engine; 3] = [Engine::Interpreter, Engine::Auto, Engine::Jit];

#[test]
fn every_example_is_recorded_and_replayed() {
    for (path, subject) in examples() {
        let path = path.display();
        let verifier = subject.verifier(Engine::Auto);
        let report = verifier.report(subject.max_cycles());
        for every in [Some(40_000), None] {
            let settings = Settings { every, ..Settings::default() };
            let (summary, bytes) = recorded(&subject, &settings);
            let run = read(&bytes).expect("it was just written");
            let verdicts: Vec<_> = run.verdicts().collect();
            assert_eq!(verdicts.len(), report.groups.len());
            for ((place, verdict), group) in verdicts.iter().zip(&report.groups) {
                assert_eq!(*place, group.group.origin().to_string());
                assert_eq!(verdict.cycles, group.cycles, "{path}");
                let error = group.result.as_ref().err();
                let detail = verdict.rejection.as_ref().map(|rejection| rejection.detail.clone());
                assert_eq!(detail, error.map(ToString::to_string), "{path}");
            }
            assert_eq!(run.checkpoints() as u64, summary.checkpoints);
            for engine in ENGINES {
                let replayed = run.replay(engine).unwrap_or_else(|error| panic!("{path}: {error}"));
                // A script that is not found does nothing.
                let ran = report.groups.iter().any(|group| group.cycles > 0);
                assert_eq!(replayed.events > 0, ran, "{path}");
            }
        }
    }
}

#[test]
fn engines_write_the_same_bundle() {
    let subject = example("spawn", "tx.json");
    let of = |engine| recorded(&subject, &Settings { every: Some(3000), engine, fault: None }).1;
    let first = of(Engine::Interpreter);
    assert!(of(Engine::Jit) == first && of(Engine::Auto) == first);
}

#[test]
fn long_runs_of_every_version_are_replayed_from_their_checkpoints() {
    for hash_type in [ScriptHashType::Data, ScriptHashType::Data1, ScriptHashType::Data2] {
        let subject = locked_by(&long(40), hash_type, 70_000_000);
        let settings = Settings { every: Some(100_000), ..Settings::default() };
        let (summary, bytes) = recorded(&subject, &settings);
        assert!(summary.is_accepted(), "{summary:?}");
        assert!(summary.checkpoints > 20, "{summary:?}");
        let replayed = read(&bytes).unwrap().replay(Engine::Auto).unwrap();
        assert_eq!(replayed.segments, summary.checkpoints + 1);
        // The program starts, makes a syscall every 4096 times, exits and ends.
        assert_eq!(replayed.events, 43);
    }
}

#[test]
fn runs_that_end_at_their_limit_are_recorded() {
    let subject = locked_by(&long(40), ScriptHashType::Data2, 1_234_567);
    let settings = Settings { every: Some(100_000), ..Settings::default() };
    let (summary, bytes) = recorded(&subject, &settings);
    let rejection = summary.groups[0].1.rejection.clone().unwrap();
    assert_eq!(rejection.kind, "ExceededMaximumCycles");
    read(&bytes).unwrap().replay(Engine::Auto).unwrap();
}

#[test]
fn checkpoints_are_dense_at_first_and_never_far_apart() {
    let cycles = |subject: &Subject, settings: &Settings| {
        let (summary, bytes) = recorded(subject, settings);
        assert!(summary.is_accepted());
        read(&bytes).unwrap().replay(Engine::Auto).unwrap();
        checkpoints(&bytes).iter().map(|checkpoint| checkpoint.cycles).collect::<Vec<_>>()
    };
    // A payment has one. Where they are, no block ends by chance.
    let payment = cycles(&example("secp256k1", "tx.json"), &Settings::default());
    assert!(matches!(payment[..], [1_048_000..=1_048_576]), "{payment:?}");
    let long = locked_by(&long(5000), ScriptHashType::Data2, u64::MAX >> 1);
    let stops = cycles(&long, &Settings::default());
    let mib = stops.iter().map(|stop| (stop + (1 << 19)) >> 20).collect::<Vec<_>>();
    assert_eq!(mib, [1, 2, 4, 8, 16, 32, 64, 128, 256]);
    // A distance that was asked for is kept.
    let every = Settings { every: Some(500_000), ..Settings::default() };
    let payment = cycles(&example("secp256k1", "tx.json"), &every);
    assert!(
        matches!(payment[..], [499_000..=500_000, 998_000..=1_000_000, 1_497_000..=1_500_000]),
        "{payment:?}"
    );
}

/// The checkpoints of a bundle.
fn checkpoints(bytes: &[u8]) -> Vec<Checkpoint> {
    let bundle = Bundle::open(Cursor::new(bytes.to_vec())).unwrap();
    let numbered = bundle.kinds().enumerate();
    let numbers = numbered.filter(|(_, kind)| *kind == Kind::Checkpoint).map(|(number, _)| number);
    numbers.map(|number| bundle.record(number, Kind::Checkpoint).unwrap()).collect()
}

#[test]
fn checkpoints_hold_no_page_twice_and_none_that_is_in_the_transaction() {
    let subject = example("secp256k1", "tx.json");
    let (_, bytes) = recorded(&subject, &Settings { every: Some(400_000), ..Settings::default() });
    let [first, .., last] = &checkpoints(&bytes)[..] else { panic!("there are four") };
    let count = |checkpoint: &Checkpoint, kind: fn(&PageBytes) -> bool| {
        checkpoint.pages.iter().filter(|page| kind(&page.bytes)).count()
    };
    let in_transaction = |bytes: &PageBytes| matches!(bytes, PageBytes::Transaction(_));
    let stored = |bytes: &PageBytes| matches!(bytes, PageBytes::Stored(_));
    // 1 MiB of tables, and the code: what is left are data, stack, and ends of segments.
    assert!(count(last, in_transaction) >= 256 + 8, "{last:?}");
    assert!((1..24).contains(&count(last, stored)), "{last:?}");
    // The last names places of the first.
    let places = |checkpoint: &Checkpoint| -> BTreeSet<Stored> {
        let stored = |page: &Page| match page.bytes {
            PageBytes::Stored(stored) => Some(stored),
            PageBytes::Zeros | PageBytes::Transaction(_) => None,
        };
        checkpoint.pages.iter().filter_map(stored).collect()
    };
    assert!(!places(first).is_disjoint(&places(last)));
    let kinds = Bundle::open(Cursor::new(bytes.clone())).unwrap();
    let all: usize = (0..kinds.kinds().len())
        .filter_map(|number| kinds.chunk(number, Kind::Pages).ok())
        .map(|pages| pages.len() / 4096)
        .sum();
    assert!(all < 60, "{all}");
}

/// A bundle with something of everything.
fn bundle() -> Vec<u8> {
    recorded(&example("spawn", "tx.json"), &Settings { every: Some(50_000), ..Settings::default() })
        .1
}

/// Numbers from 0 to `below`, different ones each time.
fn numbers(seed: u64, below: usize) -> impl Iterator<Item = usize> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        usize::try_from(state >> 33).expect("31 bits") % below
    })
}

#[test]
fn a_flipped_bit_is_found_and_its_place_is_named() {
    let bytes = bundle();
    let whole = read(&bytes).unwrap();
    let kinds: Vec<_> = whole.bundle().kinds().collect();
    assert!(kinds.contains(&Kind::Checkpoint) && kinds.contains(&Kind::Pages));
    let random = numbers(1, 8 * bytes.len()).take(3000);
    let ends = (0..12 * 8).chain(8 * (bytes.len() - 60)..8 * bytes.len());
    for bit in random.chain(ends) {
        let mut damaged = bytes.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        let checked = Bundle::open(Cursor::new(damaged)).and_then(|bundle| bundle.check());
        let error = checked.expect_err("a bit is flipped").to_string();
        let named = ["chunk", "index", "trailer", "version", "start"];
        assert!(named.iter().any(|name| error.contains(name)), "bit {bit}: {error}");
    }
}

#[test]
fn files_that_are_cut_off_foreign_or_of_another_version_are_refused() {
    let bytes = bundle();
    for len in (0..60).chain(numbers(2, bytes.len()).take(200)) {
        let error = read(&bytes[..len]).err().expect("it is cut off");
        let expected = match len {
            0 => matches!(error, FormatError::Foreign),
            _ => matches!(error, FormatError::Truncated),
        };
        assert!(expected, "{len}: {error}");
    }
    let foreign = read(b"{ \"mock_info\": {} }").err().unwrap();
    assert!(matches!(foreign, FormatError::Foreign));
    let mut newer = bytes.clone();
    newer[8] = 2;
    let error = read(&newer).err().unwrap().to_string();
    assert_eq!(error, "bundle has format version 2; this program reads version 1");
    let longer = [&bytes[..], b"more"].concat();
    assert!(matches!(read(&longer).err().unwrap(), FormatError::Truncated));
}

#[test]
fn claims_that_are_too_large_are_refused() {
    let mut writer = Writer::new(Vec::new()).unwrap();
    writer.chunk(Kind::Transaction, &[0; 100]).unwrap();
    assert!(writer.chunk(Kind::Transaction, &vec![0; MAX_CHUNK + 1]).is_err());
    // A transaction that says that it has a long name.
    let mut writer = Writer::new(Vec::new()).unwrap();
    writer.chunk(Kind::Transaction, &[0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]).unwrap();
    let (.., bytes) = writer.finish().unwrap();
    let error = read(&bytes).err().unwrap().to_string();
    assert_eq!(error, "bundle is malformed: chunk 0 (transaction) at byte 12: no transaction");
    // Zeros without end.
    let mut writer = Writer::new(Vec::new()).unwrap();
    for _ in 0..17 {
        writer.chunk(Kind::Transaction, &vec![0; MAX_CHUNK]).unwrap();
    }
    let (.., bytes) = writer.finish().unwrap();
    assert!(read(&bytes).err().unwrap().to_string().contains("the transaction is too large"));
}

#[test]
fn lists_that_are_too_long_are_refused() {
    let bytes = bundle();
    let with_data = |count: usize| {
        rewritten(&bytes, |kind, chunk| {
            if kind == Kind::Transaction {
                let mut transaction: Transaction = postcard::from_bytes(chunk).unwrap();
                transaction.data.resize(count, Data::default());
                *chunk = postcard::to_stdvec(&transaction).unwrap();
            }
        })
    };
    // Each takes a byte, and most of them not even that in the file.
    let most = with_data(MAX_ITEMS);
    assert!(most.len() < bytes.len() + 1000 && read(&most).is_ok());
    let error = read(&with_data(MAX_ITEMS + 1)).err().unwrap().to_string();
    assert!(error.ends_with(": no transaction"), "{error}");
}

/// How the replay of a bundle fails.
fn difference(bytes: &[u8]) -> (usize, u64, String) {
    match read(bytes).unwrap().replay(Engine::Auto) {
        Err(ReplayError::Difference(difference)) => {
            (difference.segment, difference.event, difference.to_string())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_wrong_event_is_named() {
    let subject = locked_by(&long(40), ScriptHashType::Data2, 70_000_000);
    let (_, bytes) = recorded(&subject, &Settings { every: Some(500_000), ..Settings::default() });
    // The second chunk of events: a syscall returns something else.
    let mut chunks = 0;
    let wrong = rewritten(&bytes, |kind, chunk| {
        chunks += u32::from(kind == Kind::Events);
        if kind == Kind::Events && chunks == 2 {
            let (mut event, rest) = postcard::take_from_bytes::<Event>(chunk).unwrap();
            let (mut next, rest) = postcard::take_from_bytes::<Event>(rest).unwrap();
            let What::Call(call) = &mut next.kind else { panic!("{next}") };
            call.result = CallResult::Returned(1);
            event.process = 0;
            let changed = [event, next].map(|event| postcard::to_stdvec(&event).unwrap()).concat();
            *chunk = [&changed[..], rest].concat();
        }
    });
    let (segment, event, text) = difference(&wrong);
    assert_eq!((segment, event), (1, 1), "{text}");
    assert!(text.contains("recorded: process 0: load_tx_hash("), "{text}");
    // An event less in the same chunk.
    let mut chunks = 0;
    let missing = rewritten(&bytes, |kind, chunk| {
        chunks += u32::from(kind == Kind::Events);
        if kind == Kind::Events && chunks == 2 {
            let (_, rest) = postcard::take_from_bytes::<Event>(chunk).unwrap();
            *chunk = rest.to_vec();
        }
    });
    assert_eq!(difference(&missing).0, 1);
}

#[test]
fn what_a_script_without_a_machine_cannot_do_is_found() {
    let subject = locked_by(&long(40), ScriptHashType::Data2, 70_000_000);
    let mut code_hash = [0; 32];
    code_hash[25..].copy_from_slice(b"TYPE_ID");
    let type_id = Script::new_builder().code_hash(code_hash.pack()).hash_type(ScriptHashType::Type);
    let args = Bytes::from(vec![7; 32]);
    let type_id = type_id.args(args.pack()).build();
    let changed = subject.changed(|resolved| {
        let cell = &mut resolved.resolved_inputs[0];
        let output = cell.cell_output.clone().as_builder();
        cell.cell_output = output.type_(Some(type_id).pack()).build();
        Ok::<_, Infallible>(())
    });
    let Ok(subject) = changed;
    let settings = Settings { every: Some(1_000_000), ..Settings::default() };
    let (recorded, bytes) = recorded(&subject, &settings);
    assert!(recorded.is_accepted() && recorded.groups.len() == 2, "{recorded:?}");
    // What the lock has done is said of the type as well.
    for moved in [Kind::Events, Kind::Checkpoint] {
        let bundle = Bundle::open(Cursor::new(bytes.clone())).unwrap();
        let kinds: Vec<_> = bundle.kinds().collect();
        let mut writer = Writer::new(Vec::new()).unwrap();
        for (number, &kind) in kinds.iter().enumerate() {
            if number + 1 == kinds.len() {
                let other = kinds.iter().position(|&kind| kind == moved).unwrap();
                writer.chunk(moved, &bundle.chunk(other, moved).unwrap()).unwrap();
            }
            writer.chunk(kind, &bundle.chunk(number, kind).unwrap()).unwrap();
        }
        let (.., wrong) = writer.finish().unwrap();
        let error = read(&wrong).unwrap().replay(Engine::Auto).unwrap_err().to_string();
        let expected = if moved == Kind::Checkpoint {
            ": the script runs on no machine"
        } else {
            "; happens: nothing more"
        };
        assert!(error.ends_with(expected), "{error}");
    }
}

#[test]
fn a_replay_ends_whatever_a_checkpoint_says() {
    // A loop without end, which was recorded under a limit that is not there any more.
    let endless = elf(&[addi(5, 5, 1), jal(0, -4)]);
    let subject = locked_by(&endless, ScriptHashType::Data1, 100_000);
    let (_, bytes) = recorded(&subject, &Settings { every: Some(40_000), ..Settings::default() });
    let subject = locked_by(&endless, ScriptHashType::Data1, u64::MAX);
    let verifier = subject.verifier(Engine::Interpreter);
    let mut execution = verifier.start(&verifier.groups()[0], u64::MAX, None).unwrap();
    execution.run_until(40_000);
    let mut state = execution.state().unwrap();
    let pc = postcard::to_stdvec(&state.processes().next().unwrap().pc).unwrap();
    let pages = state.take_pages();
    // It goes on where version 1 may have been before, so that a replay looks at all of it.
    let beyond = postcard::to_stdvec(&(1_u64 << 33 | CODE)).unwrap();
    let encoded = postcard::to_stdvec(&state).unwrap();
    let at = encoded.windows(pc.len()).rposition(|bytes| bytes == pc).unwrap();
    let encoded = [&encoded[..at], &beyond, &encoded[at + pc.len()..]].concat();
    let mut state: GroupState = postcard::from_bytes(&encoded).unwrap();
    assert_eq!(state.processes().next().unwrap().pc, 1 << 33 | CODE);
    state.put_pages(pages).unwrap();
    let root = GroupCommitment::of(state);
    let mut seen = 0;
    let wrong = rewritten(&bytes, |kind, chunk| match kind {
        Kind::Transaction => {
            let mut transaction: Transaction = postcard::from_bytes(chunk).unwrap();
            transaction.max_cycles = u64::MAX;
            *chunk = postcard::to_stdvec(&transaction).unwrap();
        }
        Kind::Group => {
            let mut group: Group = postcard::from_bytes(chunk).unwrap();
            group.max_cycles = u64::MAX;
            *chunk = postcard::to_stdvec(&group).unwrap();
        }
        Kind::Checkpoint => {
            seen += 1;
            if seen == 1 {
                let mut checkpoint: Checkpoint = postcard::from_bytes(chunk).unwrap();
                checkpoint.until = u64::MAX;
                checkpoint.root = root;
                *checkpoint.state = encoded.clone();
                *chunk = postcard::to_stdvec(&checkpoint).unwrap();
            }
        }
        Kind::Events | Kind::Pages | Kind::Verdict => {}
    });
    let error = read(&wrong).unwrap().replay(Engine::Auto).unwrap_err();
    assert!(matches!(error, ReplayError::Difference(_)), "{error}");
}

#[test]
fn wrong_checkpoints_pages_and_verdicts_are_found() {
    let subject = locked_by(&long(40), ScriptHashType::Data2, 70_000_000);
    let (_, bytes) = recorded(&subject, &Settings { every: Some(500_000), ..Settings::default() });
    let change_checkpoint = |change: fn(&mut Checkpoint)| {
        let mut seen = 0;
        rewritten(&bytes, |kind, chunk| {
            seen += u32::from(kind == Kind::Checkpoint);
            if kind == Kind::Checkpoint && seen == 3 {
                let mut checkpoint: Checkpoint = postcard::from_bytes(chunk).unwrap();
                change(&mut checkpoint);
                *chunk = postcard::to_stdvec(&checkpoint).unwrap();
            }
        })
    };
    // The third checkpoint is the end of the segment with number 2.
    let root = change_checkpoint(|checkpoint| checkpoint.root[0] ^= 1);
    assert_eq!(difference(&root).0, 2);
    let cycles = change_checkpoint(|checkpoint| checkpoint.cycles += 1);
    assert_eq!(difference(&cycles).0, 2);
    // Its state is found out where it is started from.
    let flags = change_checkpoint(|checkpoint| checkpoint.pages[5].flags ^= 4);
    assert_eq!(difference(&flags).0, 3);
    let page = change_checkpoint(|checkpoint| checkpoint.pages[5].bytes = PageBytes::Zeros);
    assert_eq!(difference(&page).0, 3);
    let verdict = rewritten(&bytes, |kind, chunk| {
        if kind == Kind::Verdict {
            let mut verdict: Verdict = postcard::from_bytes(chunk).unwrap();
            verdict.cycles -= 1;
            *chunk = postcard::to_stdvec(&verdict).unwrap();
        }
    });
    let (segment, _, text) = difference(&verdict);
    assert_eq!(segment, read(&bytes).unwrap().checkpoints(), "{text}");
}

#[test]
fn pages_that_a_root_does_not_cover_are_refused() {
    let subject = locked_by(&long(40), ScriptHashType::Data2, 70_000_000);
    let (_, bytes) = recorded(&subject, &Settings { every: Some(500_000), ..Settings::default() });
    let refusal = |change: &dyn Fn(&mut Checkpoint)| {
        let mut seen = 0;
        let changed = rewritten(&bytes, |kind, chunk| {
            seen += u32::from(kind == Kind::Checkpoint);
            if kind == Kind::Checkpoint && seen == 1 {
                let mut checkpoint: Checkpoint = postcard::from_bytes(chunk).unwrap();
                change(&mut checkpoint);
                *chunk = postcard::to_stdvec(&checkpoint).unwrap();
            }
        });
        match read(&changed).unwrap().replay(Engine::Auto) {
            Err(ReplayError::Format(FormatError::Malformed(_, what))) => what,
            other => panic!("{other:?}"),
        }
    };
    let expected = "its pages are not those of its state";

    // Pages in the state itself, where a root would miss what comes behind the last.
    let verifier = subject.verifier(Engine::Interpreter);
    let mut execution = verifier.start(&verifier.groups()[0], 70_000_000, None).unwrap();
    execution.run_until(500_000);
    let state = execution.state().unwrap();
    let with_pages = |checkpoint: &mut Checkpoint| {
        *checkpoint.state = postcard::to_stdvec(&state).unwrap();
        checkpoint.pages.clear();
    };
    assert_eq!(refusal(&with_pages), expected);

    // A blank page, which has the root of none.
    let with_blank = |checkpoint: &mut Checkpoint| {
        let blank = Page { process: 0, number: 1, flags: 0, bytes: PageBytes::Zeros };
        assert!(checkpoint.pages[0].number > 1);
        checkpoint.pages.insert(0, blank);
    };
    assert_eq!(refusal(&with_blank), expected);
}

#[test]
fn damaged_records_in_whole_bundles_are_refused_or_differ() {
    let bytes = bundle();
    let kinds: Vec<_> = Bundle::open(Cursor::new(bytes.clone())).unwrap().kinds().collect();
    let mut random = numbers(3, 1 << 30);
    let mut next = || random.next().expect("there is always one more");
    let mut found = 0;
    for _ in 0..150 {
        let (target, at, bit) = (next() % kinds.len(), next(), next() % 8);
        let mut number = 0;
        let wrong = rewritten(&bytes, |_, chunk| {
            if number == target && !chunk.is_empty() {
                let at = at % chunk.len();
                chunk[at] ^= 1 << bit;
            }
            number += 1;
        });
        let replayed = read(&wrong).map_err(ReplayError::from);
        let replayed = replayed.and_then(|run| run.replay(Engine::Interpreter));
        // Elsewhere there are words for people and addresses of cells, which nothing depends on.
        if matches!(kinds[target], Kind::Events | Kind::Pages) {
            assert!(replayed.is_err(), "chunk {target}, byte {at}, bit {bit}");
            found += 1;
        }
    }
    assert!(found > 20, "{found}");
}
