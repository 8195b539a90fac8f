//! Projects: begun, built, tested.
//!
//! Compilers for RISC-V are needed. Where there are none, a test says so and ends; with
//! `REQUIRE_COMPILERS` set, it fails.

mod common;

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use verdict_syscalls::{
    CellField, HeaderField, InputField, Place, ReturnCode, Source, SourceKind, Syscall,
};

use self::common::{Ended, verdict};

/// An empty folder for the test `test`.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("projects").join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder is ours");
    }
    fs::create_dir_all(&folder).expect("the folder is ours");
    folder
}

/// Runs `verdict COMMAND FOLDER OPTIONS…`.
fn run(command: &str, folder: &Path, options: &[&str]) -> Ended {
    let folder = folder.to_str().expect("the path is UTF-8");
    verdict(&[&[command, folder], options].concat())
}

/// [`run`], unless compilers are missing.
fn run_if_possible(command: &str, folder: &Path, options: &[&str]) -> Option<Ended> {
    let ended = run(command, folder, options);
    if ended.status == 2 && ended.err.contains("apt-get install") {
        assert!(env::var_os("REQUIRE_COMPILERS").is_none(), "{ended}");
        eprintln!("skipped: {}", ended.err);
        return None;
    }
    Some(ended)
}

/// Writes the files of a project in C with one program and returns its folder.
fn c_project(test: &str, manifest: &str, source: &str) -> PathBuf {
    let folder = folder(test);
    fs::write(folder.join("verdict.toml"), manifest).expect("the folder is ours");
    fs::write(folder.join("program.c"), source).expect("the folder is ours");
    folder
}

/// The file that `verdict build` makes of the program `name`.
fn program(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join("build").join(name)).expect("it is built")
}

/// Copies a project, but for what is built.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder is ours");
    for entry in fs::read_dir(from).expect("it is a folder") {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().expect("it has a name");
        if name == "target" {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).expect("the folder is ours");
        }
    }
}

const ONE_PROGRAM: &str = "[[c.program]]\nname = \"program\"\n";

/// Begins a project, tests it, and builds it again in a folder of another name.
fn begins_and_builds_the_same_anywhere(language: &str) {
    let folder = folder(&format!("new-{language}"));
    let project = folder.join("seal");
    let made = run("new", &project, &["--lang", language]);
    assert_eq!(made.status, 0, "{made}");
    let Some(tested) = run_if_possible("test", &project, &[]) else { return };
    assert_eq!(tested.status, 0, "{tested}");
    assert!(
        tested.out.ends_with("verdict.lock is made: commit it\n4 passed, 0 failed\n"),
        "{tested}"
    );
    // No path and no user.
    let elf = program(&project, "seal");
    let text = String::from_utf8_lossy(&elf);
    assert!(!text.contains("seal") && !text.contains("projects"), "{text}");

    let elsewhere = folder.join("a longer name, with spaces").join("b");
    copy(&project, &elsewhere);
    // Nor does the environment matter.
    let mut check = Command::new(env!("CARGO_BIN_EXE_verdict"));
    check.arg("build").arg(&elsewhere).arg("--check");
    for (name, value) in [
        ("CARGO_INCREMENTAL", "1"),
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
        ("RUSTFLAGS", "-Copt-level=0"),
        ("RUSTC_WRAPPER", "/no/such/wrapper"),
        ("RUSTC_WORKSPACE_WRAPPER", "/no/such/wrapper"),
        ("CFLAGS", "-O0"),
        ("CPATH", "/no/such/folder"),
    ] {
        check.env(name, value);
    }
    let checked = check.output().expect("the command is built");
    let out = String::from_utf8_lossy(&checked.stdout);
    let err = String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success() && out.starts_with("same "), "{out}{err}");

    let mut other = elf;
    *other.last_mut().expect("it is not empty") ^= 1;
    fs::write(elsewhere.join("build/seal"), other).expect("the folder is ours");
    let checked = run("build", &elsewhere, &["--check"]);
    assert_eq!(checked.status, 1, "{checked}");
    assert!(checked.out.starts_with("differs "), "{checked}");

    fs::copy(elsewhere.join("build/seal"), elsewhere.join("build/old")).expect("it is ours");
    let checked = run("build", &elsewhere, &["--check"]);
    assert_eq!(checked.status, 2, "{checked}");
    assert!(checked.err.contains("build/old: the project has no such program"), "{checked}");
}

#[test]
fn a_project_in_c_begins_and_builds_the_same_anywhere() {
    begins_and_builds_the_same_anywhere("c");
}

#[test]
fn a_project_in_rust_begins_and_builds_the_same_anywhere() {
    begins_and_builds_the_same_anywhere("rust");
}

#[test]
fn what_matters_outside_of_the_workspace_is_named() {
    let folder = folder("outside");
    let (project, outside) = (folder.join("workspace"), folder.join("elsewhere"));
    assert_eq!(run("new", &project, &["--lang", "rust"]).status, 0);
    fs::rename(project.join("verdict"), &outside).expect("the folder is ours");
    let manifest = project.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("it is made");
    let moved = text.replace("\"verdict/std\"", "\"../elsewhere/std\"");
    fs::write(&manifest, moved).expect("the folder is ours");
    let configuration = folder.join(".cargo/config.toml");
    fs::create_dir(folder.join(".cargo")).expect("the folder is ours");
    fs::write(&configuration, "[profile.release]\nopt-level = 1").expect("the folder is ours");
    let Some(built) = run_if_possible("build", &project, &[]) else { return };
    assert_eq!(built.status, 0, "{built}");
    let expected = format!("warning: verdict-std is in {}", outside.join("std").display());
    assert!(built.err.contains(&expected), "{built}");
    let expected = format!("warning: {} says how Cargo compiles", configuration.display());
    assert!(built.err.contains(&expected), "{built}");

    // What the warnings say to do.
    fs::remove_file(&configuration).expect("the folder is ours");
    fs::rename(&outside, project.join("verdict")).expect("the folder is ours");
    fs::write(&manifest, text).expect("the folder is ours");
    let built = run("build", &project, &[]);
    assert_eq!((built.status, built.err.contains("warning")), (0, false), "{built}");
}

#[test]
fn scripts_of_ckb_std_build_unchanged() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/projects/ckb-std");
    let folder = folder("ckb-std");
    copy(&source, &folder);
    fs::remove_file(folder.join("verdict.lock")).unwrap_or_default();
    let built = run_if_possible("build", &folder, &["--locked"]);
    let Some(built) = built else { return };
    assert_eq!(built.status, 0, "{built}");
    let tested = run("test", &folder, &["--no-build"]);
    assert_eq!(tested.status, 0, "{tested}");
    assert!(tested.out.contains("3 passed, 0 failed"), "{tested}");
}

#[test]
fn what_the_machine_lacks_is_found() {
    let folder = c_project(
        "lacks",
        ONE_PROGRAM,
        "#include <verdict.h>
        static int counter;
        __attribute__((noinline)) static void count(void)
        {
            __asm__ volatile(\".option arch, +a\\namoadd.w x0, %1, (%0)\" ::\"r\"(&counter), \"r\"(1));
        }
        int main(void) { count(); return 0; }",
    );
    let Some(ended) = run_if_possible("build", &folder, &[]) else { return };
    assert_eq!(ended.status, 2, "{ended}");
    assert!(ended.err.contains("program: an instruction that the machine lacks:"), "{ended}");
    assert!(ended.err.contains(", an atomic access in count+0x"), "{ended}");
    assert!(!folder.join("build/program").exists());
}

#[test]
fn programs_for_version_0_have_its_instructions_alone() {
    let source = "#include <verdict.h>
        static uint64_t words[4] = {1, 2, 3, 4};
        int main(int argc, char **argv)
        {
            (void)argv;
            return words[argc & 3] == 1 && __builtin_popcountll(words[2]) == 2 ? 0 : 1;
        }";
    let test = "[[test]]\nname = 'it runs'\nlock = 'program'\nexit = 0\nversion = 0\n";
    let folder = c_project("version-0", &format!("versions = [0, 2]\n{ONE_PROGRAM}{test}"), source);
    let Some(ended) = run_if_possible("test", &folder, &[]) else { return };
    assert_eq!(ended.status, 0, "{ended}");
}

#[test]
fn programs_that_do_not_fit_into_memory_are_refused() {
    let source = "static char room[5 << 20];
        int main(void) { return room[*(volatile int *)room]; }";
    let folder = c_project("too-large", ONE_PROGRAM, source);
    let Some(ended) = run_if_possible("build", &folder, &[]) else { return };
    assert_eq!(ended.status, 2, "{ended}");
    assert!(ended.err.contains("version 1 of the machine does not load it"), "{ended}");
}

#[test]
fn compilers_copy_and_clear_memory() {
    // Sizes around a word, at all distances from the boundary of one.
    let source = "#include <verdict.h>
        void *memcpy(void *, const void *, size_t);
        void *memmove(void *, const void *, size_t);
        void *memset(void *, int, size_t);
        int memcmp(const void *, const void *, size_t);
        static uint8_t a[64], b[64];
        int main(void)
        {
            for (size_t at = 0; at < 9; at++) {
                for (size_t len = 0; len < 35; len++) {
                    for (size_t i = 0; i < 64; i++) a[i] = (uint8_t)(i * 7 + 1);
                    memset(b, 0xee, 64);
                    if (memcpy(b + at, a + 3, len) != b + at) return 1;
                    for (size_t i = 0; i < 64; i++) {
                        int inside = i >= at && i < at + len;
                        if (b[i] != (inside ? a[i - at + 3] : 0xee)) return 2;
                    }
                    if (memcmp(b + at, a + 3, len) != 0) return 3;
                    if (len > 0) {
                        b[at + len - 1]++;
                        if (memcmp(b + at, a + 3, len) <= 0) return 4;
                        if (memcmp(a + 3, b + at, len) >= 0) return 5;
                    }
                    memmove(a + at, a + 4, len);
                    for (size_t i = 0; i < len; i++)
                        if (a[at + i] != (uint8_t)((i + 4) * 7 + 1)) return 6;
                }
            }
            return 0;
        }";
    let test = "[[test]]\nname = 'it runs'\nlock = 'program'\nexit = 0\n";
    let folder = c_project("memory", &format!("{ONE_PROGRAM}{test}"), source);
    let Some(ended) = run_if_possible("test", &folder, &[]) else { return };
    assert_eq!(ended.status, 0, "{ended}");
}

#[test]
fn a_change_of_cost_shows() {
    let test = "[[test]]\nname = 'it runs'\ntype = 'program'\noutputs = ['0x01']\nexit = 0\n";
    let manifest = format!("{ONE_PROGRAM}{test}");
    let folder = c_project("cost", &manifest, "int main(void) { return 0; }");
    let Some(ended) = run_if_possible("test", &folder, &["--locked"]) else { return };
    // There is nothing yet to be the same as.
    assert_eq!(ended.status, 1, "{ended}");
    assert!(!folder.join("verdict.lock").exists());
    assert_eq!(run("test", &folder, &[]).status, 0);
    let before = fs::read_to_string(folder.join("verdict.lock")).expect("it is written");
    assert!(before.contains("[cycles.\"it runs\"]\n\"Outputs[0].Type\" = "), "{before}");
    assert_eq!(run("test", &folder, &["--locked"]).status, 0);

    let slower = "int main(void) { for (volatile int i = 0; i < 9; i++) {} return 0; }";
    fs::write(folder.join("program.c"), slower).expect("the folder is ours");
    let ended = run("test", &folder, &["--locked"]);
    assert_eq!(ended.status, 1, "{ended}");
    assert!(ended.out.contains("verdict.lock differs:\n"), "{ended}");
    assert!(ended.out.contains("  -\"Outputs[0].Type\" = "), "{ended}");
    assert_eq!(fs::read_to_string(folder.join("verdict.lock")).expect("it is there"), before);
    let ended = run("test", &folder, &["--json"]);
    assert_eq!(ended.status, 0, "{ended}");
    let [tested, compared] = &ended.lines()[..] else { panic!("two lines: {ended}") };
    assert_eq!(tested["result"], "passed");
    assert_eq!(compared["snapshot"], "written");
    assert_eq!(run("test", &folder, &["--locked"]).status, 0);
}

#[test]
fn a_failing_test_says_what_came_out_and_what_was_printed() {
    let source = "#include <verdict.h>
        int main(void) { debug_print(\"here\"); return 7; }";
    let test = |name, exit| {
        format!("[[test]]\nname = '{name}'\nlock = 'program'\nexit = {exit}\nmax_cycles = 9999\n")
    };
    let manifest = [ONE_PROGRAM, &test("right", "7"), &test("wrong", "0")].concat();
    let folder = c_project("failing", &manifest, source);
    let Some(ended) = run_if_possible("test", &folder, &[]) else { return };
    assert_eq!(ended.status, 1, "{ended}");
    assert!(ended.out.contains("Inputs[0].Lock: expected exit 0, got exit 7\n"), "{ended}");
    assert_eq!(ended.out.matches("Inputs[0].Lock printed: here\n").count(), 1, "{ended}");
    assert!(ended.out.ends_with("1 passed, 1 failed\n"), "{ended}");
    assert!(!folder.join("verdict.lock").exists());
}

#[test]
fn projects_in_c_have_no_packages() {
    let project = c_project("no-packages", ONE_PROGRAM, "int main(void) { return 0; }");
    let ended = run("build", &project, &["--package", "program"]);
    assert_eq!(ended.status, 2, "{ended}");
    assert!(ended.err.contains("no package \"program\" has programs"), "{ended}");
}

#[test]
fn what_is_missing_comes_with_a_command() {
    let project = c_project("missing", ONE_PROGRAM, "int main(void) { return 0; }");
    let nowhere = folder("missing-path");
    let mut command = Command::new(env!("CARGO_BIN_EXE_verdict"));
    let ended = command.arg("build").arg(project).env("PATH", nowhere).output();
    let ended = ended.expect("the command is built");
    assert_eq!(ended.status.code(), Some(2));
    let text = String::from_utf8_lossy(&ended.stderr);
    assert!(text.contains("there is no C compiler for RISC-V"), "{text}");
    assert!(text.contains("\n  apt-get install clang-19 lld-19\n"), "{text}");
}

#[test]
fn what_is_wrong_with_a_project_is_named_once() {
    let nothing = folder("nothing");
    for (manifest, expected) in [
        (None, "is no project: it has neither verdict.toml nor Cargo.toml"),
        (Some("[c]\nflgas = []"), "unknown field `flgas`, expected `flags` or `program`"),
        (Some("[[test]]\nname = 'a'\nlock = 'a'\nexit = 300"), "an exit code, -128 to 127"),
        (Some("[c]\nprogram = [{ name = 'a/b' }]"), "\"a/b\" is no name for a program"),
    ] {
        if let Some(manifest) = manifest {
            fs::write(nothing.join("verdict.toml"), manifest).expect("the folder is ours");
        }
        let ended = run("build", &nothing, &[]);
        assert_eq!(ended.status, 2, "{ended}");
        assert_eq!(ended.err.matches(expected).count(), 1, "{ended}");
        assert!(!ended.err.ends_with("\n\n"), "{ended}");
    }
}

#[test]
fn the_header_for_c_has_the_numbers_of_the_chain() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts-riscv/std/c/verdict.h");
    let text = fs::read_to_string(path).expect("the header is there");
    let prefixes = ["SYS_", "RETURN_", "SOURCE_", "CELL_", "HEADER_", "INPUT_", "PLACE_"];
    let defined = text.lines().filter_map(|line| line.strip_prefix("#define ")?.split_once(' '));
    let defined =
        defined.filter(|(name, _)| prefixes.iter().any(|prefix| name.starts_with(prefix)));
    let number = |text: &str| match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16),
        None => text.parse(),
    };
    let defined: BTreeSet<_> = defined
        .map(|(name, value)| (name.to_owned(), number(value).expect("it is a number")))
        .collect();

    let mut expected = BTreeSet::new();
    for syscall in Syscall::ALL {
        expected.insert((format!("SYS_{}", syscall.name().to_uppercase()), syscall.number()));
    }
    let mut add = |prefix: &str, variant: String, number| {
        // `DataHash` is `DATA_HASH`.
        let mut name = prefix.to_owned();
        for letter in variant.chars() {
            if letter.is_uppercase() {
                name.push('_');
            }
            name.push(letter.to_ascii_uppercase());
        }
        expected.insert((name, number));
    };
    ReturnCode::ALL.iter().for_each(|it| add("RETURN", format!("{it:?}"), it.number()));
    CellField::ALL.iter().for_each(|it| add("CELL", format!("{it:?}"), it.number()));
    HeaderField::ALL.iter().for_each(|it| add("HEADER", format!("{it:?}"), it.number()));
    InputField::ALL.iter().for_each(|it| add("INPUT", format!("{it:?}"), it.number()));
    Place::ALL.iter().for_each(|it| add("PLACE", format!("{it:?}"), it.number()));
    for &kind in SourceKind::ALL {
        add("SOURCE", format!("{kind:?}"), Source::Transaction(kind).number());
        add("SOURCE_GROUP", format!("{kind:?}"), Source::Group(kind).number());
    }
    assert_eq!(defined, expected);
}
