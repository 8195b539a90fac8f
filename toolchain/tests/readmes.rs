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
    assert!(checked >= 10, "only {checked} commands");
}
