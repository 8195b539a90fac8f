//! What READMEs show is what comes out.

mod common;

use std::fs;

use self::common::examples;

/// The commands of `text` that it shows output of, with this output.
fn shown(text: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    let mut in_console = false;
    // A command may go on in the next line.
    for line in text.replace("\\\n", "").lines() {
        match line.strip_prefix("$ ") {
            _ if line.starts_with("```") => in_console = line == "```console",
            Some(command) if in_console => commands.push((command.to_owned(), String::new())),
            None if in_console => {
                let (_, output) = commands.last_mut().expect("output is that of a command");
                output.push_str(line);
                output.push('\n');
            }
            _ => {}
        }
    }
    commands.retain(|(_, output)| !output.is_empty());
    commands
}

#[test]
fn output_in_readmes_is_what_comes_out() {
    let root = examples().join("..");
    let folders = fs::read_dir(examples()).expect("the folder is there");
    let readmes = folders.map(|entry| entry.expect("it is there").path().join("README.md"));
    let mut checked = 0;
    for readme in readmes.chain([root.join("README.md")]) {
        let text = fs::read_to_string(&readme).expect("each example has one");
        for (line, output) in shown(&text) {
            let verdict = "cargo run --release -p verdict-toolchain -- ";
            let args = line.strip_prefix("verdict ").or_else(|| line.strip_prefix(verdict));
            let args = args.unwrap_or_else(|| panic!("no `verdict`: {line}"));
            let args: Vec<_> = args.split_whitespace().collect();
            let ended = common::command(&args).current_dir(&root).output().expect("it is built");
            let found = [ended.stderr, ended.stdout].concat();
            let found = String::from_utf8(found).expect("it prints UTF-8");
            assert_eq!(found, output, "{}: {line}", readme.display());
            checked += 1;
        }
    }
    assert!(checked >= 15, "only {checked} commands");
    fs::remove_file(root.join("run.verdict")).expect("one of the commands records a run");
}

/// The cells of the rows of tables in `text`.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let rows = text.lines().filter_map(|line| line.strip_prefix('|')?.strip_suffix('|'));
    rows.map(|row| row.split('|').map(str::trim).collect())
}

/// The number that `text` starts with, whatever sets its digits apart.
fn number(text: &str) -> Option<u64> {
    let text = text.split_once(", ").map_or(text, |(first, _)| first);
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | ',' | '\u{202f}')).collect();
    digits.parse().ok()
}

/// The name that a cell starts with: `name`, then whatever.
fn name(cell: &str) -> Option<&str> {
    Some(cell.strip_prefix('`')?.split_once('`')?.0)
}

#[test]
fn the_short_table_of_scripts_says_what_the_long_one_does() {
    let root = examples().join("..");
    let read = |path| fs::read_to_string(root.join(path)).expect("the README is there");
    let (short, long) = (read("README.md"), read("scripts-riscv/README.md"));
    let costs = |program: &str| {
        let row = rows(&long).find(|row| name(row[0]) == Some(program) && row.len() == 6);
        let row = row.unwrap_or_else(|| panic!("no row for {program}"));
        let numbers = [2, 3].map(|at: usize| number(row[at]).expect("it is a number"));
        let [cycles, bytes] = numbers.map(|number| number as f64);
        let digits = if cycles < 1e6 { 2 } else { 1 };
        format!("{:.digits$} M · {:.0} KB", cycles / 1e6, bytes / 1e3)
    };
    for (what, programs) in [
        ("sighash-all lock", &["secp256k1-lock"][..]),
        ("BIP-340", &["schnorr-verify"]),
        ("Ed25519", &["ed25519-verify"]),
        ("P-256", &["p256-verify"]),
        ("ML-DSA-44", &["ml-dsa-44-verify"]),
        ("Falcon-512", &["falcon-512-verify"]),
        ("SLH-DSA-SHA2-128s", &["slh-dsa-128s-verify"]),
        ("BLS12-381 signature", &["bls-verify"]),
        ("Groth16 on BN254", &["groth16-bn254-verify", "groth16-bls12-381-verify"]),
    ] {
        let row = rows(&short).find(|row| row[0].starts_with(what));
        let row = row.unwrap_or_else(|| panic!("no row for {what}"));
        let expected: Vec<_> = programs.iter().map(|program| costs(program)).collect();
        assert_eq!(row[1], expected.join("; "), "{what}");
    }
}

#[test]
fn readmes_of_scripts_have_the_sizes_of_their_programs() {
    let scripts = examples().join("../scripts-riscv");
    let mut checked = 0;
    for folder in fs::read_dir(&scripts).expect("the folder is there") {
        let readme = folder.expect("it can be read").path().join("README.md");
        let Ok(text) = fs::read_to_string(&readme) else { continue };
        let mut column = None;
        for row in rows(&text) {
            if let Some(at) = row.iter().position(|cell| *cell == "Bytes") {
                column = Some((row.len(), at));
            } else if let Some((_, at)) = column.filter(|(len, _)| *len == row.len())
                && let Some(program) = name(row[0])
                && let Some(size) = number(row[at])
                && let Ok(about) = scripts.join("bin").join(program).metadata()
            {
                assert_eq!(size, about.len(), "{}: {program}", readme.display());
                checked += 1;
            }
        }
    }
    assert!(checked >= 25, "only {checked} sizes");
}
