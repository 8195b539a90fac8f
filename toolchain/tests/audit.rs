//! `verdict record`, `replay`, `trace`, `diff` and `explain`.

mod common;

use std::{fs, path::Path};

use crate::common::{examples, file, verdict};

/// Records an example and returns the path of the bundle, with how that ended.
fn record(test: &str, example: &str, args: &[&str]) -> (String, common::Ended) {
    let bundle = file(test, &example.replace('/', "-"), "of another run");
    let ended = verdict(&[&["record", example, "-o", &bundle], args].concat());
    (bundle, ended)
}

#[test]
fn a_run_is_recorded_and_replayed() {
    for (example, status) in [
        ("secp256k1/tx.json", 0),
        ("secp256k1/tx-bad-signature.json", 1),
        ("spawn/tx.json", 0),
        ("multi-group/tx-two-refuse.json", 1),
    ] {
        let (bundle, ended) = record("replay", example, &["--every", "200_000", "--json"]);
        assert_eq!(ended.status, status, "{ended}");
        let verified = verdict(&["verify", "--json", example]).json();
        let recorded = ended.json();
        assert_eq!(recorded["outcome"], verified["outcome"]);
        assert_eq!(recorded["cycles"], verified["cycles"]);
        for (ours, theirs) in recorded["groups"]
            .as_array()
            .unwrap()
            .iter()
            .zip(verified["groups"].as_array().unwrap())
        {
            for field in ["source", "outcome", "cycles", "exit_code", "error", "error_detail"] {
                assert_eq!(ours[field], theirs[field], "{field}");
            }
        }
        let replayed = verdict(&["replay", "--crosscheck", "--json", &bundle]);
        assert_eq!(replayed.status, 0, "{replayed}");
        let replayed = replayed.json();
        assert_eq!(replayed["outcome"], "same");
        assert!(replayed["stand_ins"].as_array().unwrap().is_empty());
        assert_eq!(replayed["digest"], recorded["bundle"]["digest"]);
        assert_eq!(replayed["groups"], recorded["groups"]);
        // The production machine takes part if it was built in.
        assert_eq!(replayed["reference"]["calls"].is_u64(), cfg!(feature = "reference"));
        let people = verdict(&["replay", "--crosscheck", &bundle]);
        let told = people.out.contains("build it with the feature `reference`");
        assert_eq!(told, !cfg!(feature = "reference"), "{people}");
    }
}

#[test]
fn people_read_what_was_recorded() {
    let (bundle, ended) = record("people", "secp256k1/tx.json", &[]);
    assert!(ended.out.starts_with("accepted  secp256k1/tx.json\n  Inputs[0].Lock  1 650 625"));
    let replayed = verdict(&["replay", &bundle]);
    assert!(replayed.out.starts_with("same  "), "{replayed}");
}

#[test]
fn what_cannot_be_used_leaves_no_file() {
    let missing = verdict(&["record", "no-such.json", "-o", "/no/such/folder/run.verdict"]);
    assert_eq!(missing.status, 2, "{missing}");
    let (bundle, ended) = record("no-file-left", "secp256k1/README.md", &[]);
    assert_eq!(ended.status, 2, "{ended}");
    assert_eq!(fs::read_to_string(&bundle).unwrap(), "of another run");
    let folder = Path::new(&bundle).parent().unwrap();
    assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
    let unwritable = verdict(&["record", "spawn/tx.json", "-o", "/no/such/folder/run.verdict"]);
    assert_eq!(unwritable.status, 2);
    assert!(unwritable.err.contains("cannot write /no/such/folder/run.verdict"), "{unwritable}");
}

#[test]
fn what_is_read_is_not_written_over() {
    let code = common::exit(0);
    let inputs = [(common::script(&code, "data2", "0x"), serde_json::Value::Null)];
    let json = common::transaction(&[&code], &inputs, &[]).to_string();
    let path = file("same-file", "tx.json", &json);
    for (args, option) in [
        (&["record", &path, "-o", &path][..], "--output: "),
        (&["bench", &path, "--collapsed", &path], "--collapsed: "),
    ] {
        let ended = verdict(args);
        assert_eq!(ended.status, 2, "{ended}");
        assert!(ended.err.contains(option) && ended.err.contains(&path), "{ended}");
        assert_eq!(fs::read_to_string(&path).unwrap(), json);
    }
}

#[test]
fn damaged_bundles_are_refused_by_name() {
    let (bundle, _) = record("damaged", "spawn/tx.json", &["--every", "20_000"]);
    let bytes = fs::read(&bundle).unwrap();
    let mut flipped = bytes.clone();
    flipped[100] ^= 1;
    let mut newer = bytes.clone();
    newer[8] = 9;
    for (name, contents, text) in [
        ("flipped", &flipped[..], "chunk 0 (transaction) at byte 12 does not match its digest"),
        ("short", &bytes[..bytes.len() - 1], "bundle is cut off"),
        ("foreign", b"{}", "not a bundle"),
        ("newer", &newer, "bundle has format version 9; this program reads version 1"),
    ] {
        let path = file("damaged", name, contents);
        for command in ["replay", "trace"] {
            let ended = verdict(&[command, &path]);
            assert_eq!(ended.status, 2, "{ended}");
            assert!(ended.err.contains(text) && ended.err.contains(&path), "{ended}");
        }
    }
}

#[cfg(unix)]
#[test]
fn transactions_and_programs_come_through_pipes_too() {
    let code = common::exit(3);
    let inputs = [(common::script(&code, "data2", "0x"), serde_json::Value::Null)];
    let json = common::transaction(&[&code], &inputs, &[]).to_string();
    let bundle = file("pipes", "run.verdict", "");
    for args in [
        &["verify", "/dev/stdin"][..],
        &["record", "/dev/stdin", "-o", &bundle],
        &["explain", "/dev/stdin"],
        &["bench", "/dev/stdin"],
    ] {
        let ended = common::verdict_with_input(args, json.as_bytes());
        assert!(ended.status == 1 && ended.out.contains("rejected"), "{args:?}: {ended}");
    }
    let ended = common::verdict_with_input(&["bench", "/dev/stdin"], &code);
    assert!(ended.out.starts_with("exit 3  /dev/stdin"), "{ended}");
    let ended = common::verdict_with_input(&["replay", "/dev/stdin"], b"");
    assert!(ended.err.contains("a bundle has to be a file"), "{ended}");
}

#[test]
fn files_of_another_kind_are_told() {
    let (bundle, _) = record("other-kind", "spawn/tx.json", &[]);
    for (args, text) in [
        (&["verify", &bundle][..], "this is a bundle, which `verdict replay` takes"),
        (&["verify", "hello/hello"], "this is a program, which `verdict run`"),
        (&["explain", "hello/hello"], "this is a program, which `verdict run`"),
        (&["inspect", "spawn/tx.json"], "spawn/tx.json: not an ELF file that can be read"),
        (&["replay", "spawn"], "cannot read spawn: a bundle has to be a file"),
        (&["trace", &bundle, "--symbols", "spawn/tx.json"], "spawn/tx.json is not an ELF file"),
        (&["explain", &bundle, "--symbols", "spawn/tx.json"], "spawn/tx.json is not an ELF file"),
    ] {
        let ended = verdict(args);
        assert_eq!(ended.status, 2, "{ended}");
        assert!(ended.err.contains(text), "{ended}");
    }
}

#[test]
fn a_trace_goes_from_one_point_to_another() {
    let (bundle, _) = record("trace", "secp256k1/tx.json", &["--every", "200_000"]);
    let last = verdict(&["trace", "--last", "5", &bundle]);
    assert_eq!(last.out.lines().count(), 5, "{last}");
    assert!(
        last.out.lines().last().unwrap().ends_with("1650625  process 0: ends with exit code 0")
    );
    let none = verdict(&["trace", "--last", "0", &bundle]);
    assert_eq!((none.status, none.out.as_str()), (0, ""), "{none}");
    let points = ["--from", "1_000_000", "--to", "1_000_100"];
    let json = verdict(&[&["trace", "--format", "json", &bundle][..], &points].concat());
    let steps = json.lines();
    assert!(steps.len() > 20, "{json}");
    for step in steps {
        assert!((1_000_000..1_000_100).contains(&step["cycles"].as_u64().unwrap()));
    }
    let deployed = "secp256k1/secp256k1_blake160_sighash_all";
    let told = "no cell dep has the code of";
    for (symbols, is_told) in [(deployed, false), ("hello/hello", true)] {
        let ended = verdict(&["trace", "--last", "1", "--symbols", symbols, &bundle]);
        assert_eq!((ended.status, ended.err.contains(told)), (0, is_told), "{ended}");
    }
    let unknown = verdict(&["trace", "--from", "no_such_function", &bundle]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("no program of the run has a symbol"), "{unknown}");
    let group = verdict(&["trace", "--group", "7", &bundle]);
    assert!(group.err.contains(&format!("{bundle}: there is no group 7")), "{group}");
    let ended = "there is no such step in group 0, accepted after 1650625 cycles";
    for (points, text) in [
        (&["--from", "2_000_000"][..], ended),
        (&["--from", "0x3ffffe"], ended),
        (&["--from", "1000", "--to", "1000"], "--to: 1000 cycles are not behind 1000"),
    ] {
        let none = verdict(&[&["trace", &bundle], points].concat());
        assert_eq!((none.status, none.out.as_str()), (2, ""), "{none}");
        assert!(none.err.contains(text), "{none}");
    }
}

#[test]
fn runs_are_compared() {
    let (good, _) = record("diff", "secp256k1/tx.json", &[]);
    let (bad, _) = record("diff", "secp256k1/tx-bad-signature.json", &[]);
    let same = verdict(&["diff", &good, &good]);
    assert_eq!((same.status, same.out.as_str()), (0, "the runs are the same\n"));
    let part = verdict(&["diff", "--json", &good, &bad]);
    assert_eq!(part.status, 1, "{part}");
    let sides = &part.json()["parting"]["sides"];
    for side in [0, 1] {
        assert!(sides[side]["event"].as_str().unwrap().starts_with("load_witness("), "{sides}");
    }
    assert_ne!(sides[0], sides[1]);
}

#[test]
fn engines_and_versions_of_a_script_are_compared() {
    let payment = "secp256k1/tx.json";
    let (bundle, _) = record("diff-engines", payment, &[]);
    for run in [payment, &bundle] {
        let same = verdict(&["diff", run, "--engines", "interpreter,auto"]);
        assert_eq!((same.status, same.out.as_str()), (0, "the runs are the same\n"));
    }
    let code = "0x9bd7e06f3ecf4be0f2fcd2188b23f1b9fcc88e5d4b65a8637b17723bbda3cce8";
    let deployed = "secp256k1/secp256k1_blake160_sighash_all";
    let replace = |path: &str| format!("{code}={path}");
    let same = verdict(&["diff", &bundle, "--replace", &replace(deployed)]);
    assert_eq!((same.status, same.out.as_str()), (0, "the runs are the same\n"), "{same}");
    // The code that exits with -31 exits with -32.
    let mut other = fs::read(examples().join(deployed)).unwrap();
    // `c.li a0, -31` and `c.li a0, -32`.
    let [from, to] = [0x5505_u16, 0x5501].map(u16::to_le_bytes);
    let places = (0..other.len() - 1).step_by(2).filter(|&at| other[at..at + 2] == from);
    let places: Vec<_> = places.collect();
    for at in &places {
        other[*at..at + 2].copy_from_slice(&to);
    }
    assert!(!places.is_empty());
    let other = file("diff-engines", "other", &other);
    let [first, second] = [replace(deployed), replace(&other)];
    let bad = "secp256k1/tx-bad-signature.json";
    let args = ["diff", "--json", bad, "--first", &first, "--replace", &second];
    let part = verdict(&args);
    assert_eq!(part.status, 1, "{part}");
    let parting = &part.json()["parting"];
    assert_eq!(parting["sides"][0]["registers"]["a0"], "0xffffffffffffffe1", "{part}");
    assert_eq!(parting["sides"][1]["registers"]["a0"], "0xffffffffffffffe0");
    assert!(parting["verdicts"][1].as_str().unwrap().contains("exited with -32"), "{part}");
    // People see both sides.
    let people = verdict(&args.iter().copied().filter(|arg| *arg != "--json").collect::<Vec<_>>());
    assert!(people.out.contains("a0=0xffffffffffffffe1") && people.out.contains(&other));
    // One of them alone is explained, and recorded, and what is recorded has it.
    let explained = verdict(&["explain", "--json", bad, "--replace", &second]);
    assert_eq!(explained.json()["groups"][0]["exit_code"], -32, "{explained}");
    let (bundle, recorded) = record("diff-builds", bad, &["--replace", &second]);
    assert!(recorded.out.contains("exited with -32"), "{recorded}");
    let replayed = verdict(&["replay", &bundle]);
    assert_eq!(replayed.status, 0);
    // Whoever replays it is told that it is not what is deployed.
    assert!(replayed.out.contains("  stand-in  CellDep["), "{replayed}");
    let bundled = verdict(&["explain", "--json", &bundle]);
    assert_eq!(bundled.json()["groups"], explained.json()["groups"]);
    let nobody = verdict(&["explain", bad, "--replace", &format!("0x{}={other}", "5".repeat(64))]);
    assert!(nobody.status == 2 && nobody.err.contains(bad), "{nobody}");
    let unknown = verdict(&["diff", &bundle, "--engines", "jit,fast"]);
    assert!(unknown.err.contains("use one of interpreter, jit, auto"), "{unknown}");
    let alone = verdict(&["diff", &bundle]);
    assert_eq!(alone.status, 2);
    assert!(alone.err.contains("nothing to compare with"), "{alone}");
}

#[test]
fn a_rejection_is_explained_with_what_its_code_means() {
    let bad = "secp256k1/tx-bad-signature.json";
    let explained = verdict(&["explain", "--json", bad]);
    assert_eq!(explained.status, 1, "{explained}");
    let group = &explained.json()["groups"][0];
    assert_eq!(group["exit_code"], -31);
    let meaning = group["meaning"].as_str().unwrap();
    assert!(meaning.starts_with("the signature is of another key"), "{meaning}");
    assert_eq!(group["step"], "ecall");
    let people = verdict(&["explain", bad]);
    assert!(people.out.contains(meaning), "{people}");
    // A bundle is explained like its transaction; the codes stand beside it.
    let (bundle, _) = record("explain", bad, &[]);
    fs::copy(
        examples().join("secp256k1/exit-codes.txt"),
        Path::new(&bundle).with_file_name("exit-codes.txt"),
    )
    .unwrap();
    let bundled = verdict(&["explain", "--json", &bundle]).json();
    assert_eq!(&bundled["groups"][0], group);
    // Whoever writes a hash in capital letters means the same, and what is no hash is told.
    let codes = Path::new(&bundle).with_file_name("exit-codes.txt");
    let text = fs::read_to_string(&codes).unwrap();
    let capitals = text.to_uppercase().replace("0X", "0x");
    fs::write(&codes, capitals).unwrap();
    let capitals = verdict(&["explain", "--json", &bundle]).json();
    assert_eq!(capitals["groups"][0]["meaning"], meaning.to_uppercase());
    for (text, told) in [
        ("0x12\n-31 a meaning", "line 1: 0x12 is no code hash"),
        ("# codes\n-31 a meaning", "line 2: there is no code hash above"),
        ("225 a meaning", "line 1: no code hash, and no exit code, -128 to 127"),
    ] {
        fs::write(&codes, text).unwrap();
        let ended = verdict(&["explain", &bundle]);
        assert_eq!(ended.status, 2, "{ended}");
        assert!(ended.err.contains(told) && ended.err.contains("exit-codes.txt: "), "{ended}");
    }
    fs::remove_file(&codes).unwrap();
    // It is explained under the limit and the rules that are asked for.
    let limited = verdict(&["explain", "--json", "--max-cycles", "1_000_000", "secp256k1/tx.json"]);
    assert_eq!(limited.json()["groups"][0]["error"], "ExceededMaximumCycles", "{limited}");
    let old = ["explain", "--network", "mainnet", "--epoch", "0", "spawn/tx.json"];
    assert_eq!(verdict(&old).status, 1);
    // A bundle has them with it.
    for args in [
        &["explain", "--max-cycles", "1", &bundle][..],
        &["explain", "--network", "mainnet", &bundle],
        &["diff", "--network", "mainnet", "--epoch", "0", &bundle, &bundle],
    ] {
        let refused = verdict(args);
        assert_eq!((refused.status, refused.out.as_str()), (2, ""), "{refused}");
        assert!(refused.err.contains("are for transactions"), "{refused}");
    }
    let mixed = verdict(&["diff", "--max-cycles", "1_000_000", &bundle, bad]);
    assert_eq!(mixed.status, 1, "{mixed}");
    let accepted = verdict(&["explain", "secp256k1/tx.json"]);
    assert_eq!((accepted.status, accepted.out.as_str()), (0, "accepted  secp256k1/tx.json\n"));
}
