//! `verdict inspect`.

mod common;

use std::{fs, path::Path};

use serde_json::{Value, json};
use verdict_audit::symbols::Symbols;
use verdict_toolchain::{
    code::Code,
    inspect::{self, Listing},
};
use verdict_vm::{Config, Version};

use crate::common::{A0, A7, CODE_AT, ECALL, elf, examples, file, li, verdict};

fn programs() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs")
}

fn program(name: &str) -> String {
    programs().join(name).display().to_string()
}

/// What `inspect --json` says of a file.
fn inspected(path: &str, args: &[&str]) -> Value {
    verdict(&[&["inspect", "--json", path], args].concat()).json()
}

/// The kinds of findings in a program of these words, with their versions and counts.
fn findings(test: &str, code: &[u32]) -> Vec<(String, Value, u64)> {
    let path = file("inspect", test, elf(code, ""));
    let inspected = inspected(&path, &[]);
    let findings = inspected["findings"].as_array().unwrap().iter().map(|finding| {
        let kind = finding["kind"].as_str().unwrap().to_owned();
        (kind, finding["versions"].clone(), finding["count"].as_u64().unwrap())
    });
    findings.collect()
}

#[test]
fn people_read_what_is_in_a_program() {
    let ended = verdict(&["inspect", &program("profile.elf")]);
    assert_eq!(ended.status, 0, "{ended}");
    // Bytes and symbols as `llvm-readelf-19 -lSs` has them; 344 and 4096 bytes are loaded, with
    // 8 or 16 of stack.
    for text in [
        "entry 0x1103a _start (./profile.c:23)",
        "version 0  loads for 1 112 cycles",
        "version 2  loads for 1 114 cycles",
        "  2        0x11000   r-x         4 096       4 096\n",
        "  .text               0x11000           74          74\n",
        "          44  recursive\n          16  _start\n          10  leaf\n           4  tail\n",
        "code  29 instructions in 74 bytes, 29 of them seen to be led to; 0 bytes of data\n        C 21, I 27, M 2\n",
    ] {
        assert!(ended.out.contains(text), "{text}\n{ended}");
    }
    assert!(!ended.out.contains("error"), "{ended}");
}

#[test]
fn loading_costs_what_verifiers_charge() {
    // 70 bytes of code, with 8 or 16 of stack, four a cycle.
    let versions = inspected("hello/hello", &[])["versions"].clone();
    let cycles = versions.as_array().unwrap().iter().map(|version| &version["load_cycles"]);
    assert_eq!(cycles.collect::<Vec<_>>(), [20, 22, 22]);
}

#[test]
fn a_function_is_listed_with_what_it_costs() {
    let ended = verdict(&["inspect", &program("profile.elf"), "--disassemble", "recursive"]);
    // Instructions as `llvm-objdump-19 -d` has them.
    let expected = "
recursive:
  ; ./profile.c:16
  block of 1 step, 3 cycles
    0x1100e   0dc5        3  beq a0, zero, 42  to 0x11038 recursive+0x2a
  block of 8 steps, 13 cycles
    0x11010   0111        1  addi sp, sp, -32
    0x11012   06ec        2  sd ra, 24(sp)
    0x11014   22e8        2  sd s0, 16(sp)
    0x11016   26e4        2  sd s1, 8(sp)
  ; ./profile.c:19
    0x11018   9305f5ff    1  addi a1, a0, -1
    0x1101c   2a84        1  add s0, zero, a0
    0x1101e   2e85        1  add a0, zero, a1
    0x11020   eff0fffe    3  jal ra, -18  to 0x1100e recursive
  block of 3 steps, 5 cycles
    0x11024   aa84        1  add s1, zero, a0
    0x11026   2285        1  add a0, zero, s0
    0x11028   eff09ffd    3  jal ra, -40  to 0x11000 leaf
  block of 6 steps, 11 cycles
    0x1102c   2695        1  add a0, a0, s1
    0x1102e   e260        2  ld ra, 24(sp)
    0x11030   4264        2  ld s0, 16(sp)
    0x11032   a264        2  ld s1, 8(sp)
  ; ./profile.c:20
    0x11034   0561        1  addi sp, sp, 32
    0x11036   8280        3  jalr zero, 0(ra)
  ; ./profile.c:17
  block of 1 step, 3 cycles
    0x11038   c9bf        3  jal zero, -46  to 0x1100a tail
";
    assert_eq!(ended.out, expected, "{ended}");
    // By an address in it, and with symbols from elsewhere.
    let (stripped, symbols) = (program("profile-stripped.elf"), program("profile.elf"));
    for args in [["--disassemble", "0x11016"], ["--disassemble", "recursive"]] {
        let args = [&["inspect", &stripped, "--symbols", &symbols][..], &args].concat();
        assert_eq!(verdict(&args).out, expected);
    }
    for (what, text) in [("no_such", "no function `no_such`"), ("0xzz", "0xzz is no address")] {
        let ended = verdict(&["inspect", &symbols, "--disassemble", what]);
        assert_eq!(ended.status, 2, "{ended}");
        assert!(ended.err.contains(text), "{ended}");
    }
}

#[test]
fn fused_operations_are_one_line_with_their_parts() {
    // lui a1, 0x12; addiw a1, a1, 1; mulhu a2, a0, a1; mul a3, a0, a1; exit
    let code = [0x0001_25b7, 0x0015_859b, 0x02b5_3633, 0x02b5_06b3, li(A7, 93), ECALL];
    let path = file("inspect", "fused", elf(&code, ""));
    let it = inspected(&path, &["--disassemble"]);
    let lines = it["disassembly"].as_array().unwrap();
    let text = lines.iter().map(|line| (line["text"].as_str().unwrap(), line["cycles"].clone()));
    assert_eq!(
        text.collect::<Vec<_>>(),
        [
            ("li a1, 73729", json!(1)),
            ("wide.mulu a2, a3, a0, a1", json!(5)),
            ("addi a7, zero, 93", json!(1)),
            ("ecall", json!(500)),
        ]
    );
    assert_eq!(lines[0]["block"], json!({ "steps": 4, "cycles": 507 }));
    assert_eq!(lines[1]["parts"][1]["text"], "mul a3, a0, a1");
    assert_eq!(it["versions"][1]["fused"], json!({ "li": 1, "wide.mulu": 1 }));
    // Version 0 fuses nothing.
    assert_eq!(it["versions"][0]["fused"], json!({}));
    let single = inspected(&path, &["--vm", "0", "--disassemble"]);
    assert_eq!(single["disassembly"].as_array().unwrap().len(), code.len());
}

#[test]
fn data_is_told_from_code() {
    let all = verdict(&["inspect", &program("data.elf"), "--disassemble"]);
    // Where data is as marks have it: `llvm-readelf-19 -s`.
    for row in [
        "    0x11004   5375b502785634120000       .byte\n  block of 1 step, 3 cycles\n",
        "    0x1101a   88776655443322110000000000000000       .byte\n    0x1102a   0000",
        "\nf:\n  block of 1 step, 3 cycles\n    0x1104a   8280        3  jalr zero, 0(ra)\n",
    ] {
        assert!(all.out.contains(row), "{row}\n{all}");
    }
    // A jump over three half-words, the last of which looks like the start of a word.
    let code = [0x00a0_006f, 0x0001_0001, 0x0893_0003, 0x0073_05d0, 0x0000_0000];
    let path = file("inspect", "over-data", elf(&code, ""));
    let it = inspected(&path, &["--disassemble"]);
    let lines = it["disassembly"].as_array().unwrap().iter();
    let text: Vec<_> = lines.map(|line| line["text"].as_str().unwrap()).collect();
    let code = ["addi zero, zero, 0", "addi zero, zero, 0", ".half 0x3", "addi a7, zero, 93"];
    assert_eq!(text[0], "jal zero, 10");
    assert_eq!(text[1..5], code);
    assert_eq!(text[5], "ecall");
}

#[test]
fn what_the_machine_does_not_have_is_found() {
    let end = [li(A7, 93), ECALL];
    let all = json!([0, 1, 2]);
    // Encodings by `llvm-mc-19`.
    for (name, word, kind, versions) in [
        ("fadd.d", 0x02b5_7553, "floating-point", all.clone()),
        ("rdcycle", 0xc000_2573, "csr", all.clone()),
        ("amoadd.w", 0x00b5_252f, "atomics", all.clone()),
        ("vadd.vv", 0x0220_8157, "vector", all.clone()),
        ("none", 0xffff_ffff, "unknown-word", all.clone()),
        ("fence.i", 0x0000_100f, "fence.i", all),
        ("andn", 0x40b5_7533, "bit-manipulation", json!([0])),
        ("jalr a0, a0", 0x0005_0567, "link-first", json!([0])),
    ] {
        let found = findings(name, &[&[word, word], &end[..]].concat());
        assert_eq!(found[0], (kind.to_owned(), versions, found[0].2), "{name}: {found:?}");
    }
    assert_eq!(findings("clean", &[&[li(A0, 0)], &end[..]].concat()), []);
    // Behind what exits, and led to by nothing, it is data.
    let data = findings("data", &[&end[..], &[0x02b5_7553]].concat());
    assert_eq!(data, [("not-decoded".to_owned(), json!([0, 1, 2]), 1)]);
    let listed = verdict(&["inspect", "hello/hello", "--disassemble"]);
    let text = "  ; nothing was seen to lead here\n  block of 3 steps, 7 cycles\n    0x10034 ";
    assert!(listed.out.contains(text), "{listed}");
}

#[test]
fn a_report_can_be_about_one_version() {
    let path = file("inspect", "one-version", elf(&[0x40b5_7533, li(A7, 93), ECALL], ""));
    for (version, kinds) in [(0, &["bit-manipulation"][..]), (1, &[]), (2, &[])] {
        let it = inspected(&path, &["--vm", &version.to_string()]);
        let versions = it["versions"].as_array().unwrap().iter().map(|report| &report["version"]);
        assert_eq!(versions.collect::<Vec<_>>(), [&json!(version)]);
        let found = it["findings"].as_array().unwrap().iter().map(|finding| &finding["kind"]);
        assert_eq!(found.collect::<Vec<_>>(), kinds);
    }
}

#[test]
fn what_fusing_breaks_is_found() {
    let end = [li(A7, 93), ECALL];
    // lui t0, 0x10; jalr ra, 32(t0): version 1 leaves t0 as it was.
    let far = findings("far", &[&[0x0001_02b7, 0x0202_80e7], &end[..]].concat());
    assert_eq!(far, [("far-jump".to_owned(), json!([1]), 1)]);
    // sub a1,a0,a1; sltu a3,a0,a4; sub a0,a1,a2; sltu a2,a1,a0; or a1,a2,a3: a4 is not looked at.
    let code = [0x40b5_05b3, 0x00e5_36b3, 0x40c5_8533, 0x00a5_b633, 0x00d6_65b3];
    let borrow = findings("borrow", &[&code, &end[..]].concat());
    assert_eq!(borrow, [("borrow".to_owned(), json!([1, 2]), 1)]);
    // Thirteen of the longest fused operation are 260 bytes.
    let adc = [0x00b5_0533, 0x00b5_35b3, 0x00c5_0533, 0x00c5_3633, 0x00c5_e5b3];
    let long = findings("long", &[&adc.repeat(13), &end[..]].concat());
    assert!(long.contains(&("long-block".to_owned(), json!([1, 2]), 1)), "{long:?}");
}

/// A file with another flag word, address, or size in memory of its segment.
fn patched(test: &str, at: usize, value: u64, len: usize) -> Value {
    let mut bytes = common::exit(0);
    bytes[at..at + len].copy_from_slice(&value.to_le_bytes()[..len]);
    let path = file("inspect", test, &bytes);
    let ended = verdict(&["inspect", "--json", &path]);
    let mut it = ended.json();
    it["status"] = json!(ended.status);
    it
}

#[test]
fn what_versions_say_to_a_file_is_told() {
    let (flags, vaddr, memory_size) = (64 + 4, 64 + 16, 64 + 40);
    let writable = patched("writable", flags, 7, 4);
    assert_eq!(writable["status"], 1);
    assert_eq!(writable["findings"][0]["kind"], "writable-code");
    assert_eq!(writable["versions"][2]["error"], "ElfSegmentWritableAndExecutable");
    assert_eq!(writable["code"]["instructions"], 3);

    let unreadable = patched("unreadable", flags, 1, 4);
    assert_eq!(unreadable["findings"][0]["kind"], "unreadable-segment");

    // In version 0 alone, code has to start on a page boundary.
    let unaligned = patched("unaligned", vaddr, u64::from(CODE_AT) - 4, 8);
    assert_eq!(unaligned["status"], 0);
    let loads = unaligned["versions"].as_array().unwrap().iter().map(|it| &it["loads"]);
    assert_eq!(loads.collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(unaligned["findings"][0]["kind"], "unaligned-code");
    assert_eq!(unaligned["findings"][0]["versions"], json!([0]));
    let path = file("inspect", "unaligned", {
        let mut bytes = common::exit(0);
        bytes[vaddr..vaddr + 8].copy_from_slice(&(u64::from(CODE_AT) - 4).to_le_bytes());
        bytes
    });
    for (version, status) in [("0", 1), ("1", 0)] {
        assert_eq!(verdict(&["inspect", "--vm", version, &path]).status, status);
    }

    let elsewhere = patched("entry", 24, 0x20_0000, 8);
    assert_eq!(elsewhere["findings"][0]["kind"], "entry-not-executable");
    assert_eq!(elsewhere["versions"][2]["loads"], true);
    assert!(!elsewhere["versions"][2]["entry_error"].is_null());

    let large = patched("large", memory_size, 5 << 20, 8);
    assert_eq!(large["versions"][2]["error"], "MemOutOfBound");
    let kinds: Vec<_> =
        large["findings"].as_array().unwrap().iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds, ["outside-memory", "big-bss"]);
}

#[test]
fn files_that_are_no_programs_are_refused_by_name() {
    let short = file("inspect", "short", b"\x7fELF");
    for (path, text) in [
        ("secp256k1/tx.json", "does not start with 0x7f `ELF`"),
        (short.as_str(), "Too small"),
        ("no/such/file", "cannot read no/such/file"),
    ] {
        let ended = verdict(&["inspect", path]);
        assert_eq!(ended.status, 2, "{ended}");
        assert!(ended.err.contains(text) && ended.err.contains(path), "{ended}");
    }
    let other = program("profile.elf");
    let ended = verdict(&["inspect", "hello/hello", "--symbols", &other]);
    assert_eq!(ended.status, 2, "{ended}");
    assert!(ended.err.contains("has other code than hello/hello"), "{ended}");
}

/// Numbers that look random, the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn damaged_files_are_looked_at_without_harm() {
    let mut numbers = Numbers(1);
    let files = [
        fs::read(programs().join("profile.elf")).unwrap(),
        fs::read(examples().join("hello/hello")).unwrap(),
    ];
    let mut looked_at = 0;
    for round in 0..600 {
        let mut bytes = files[round % 2].clone();
        for _ in 0..=numbers.below(6) {
            // Headers in front and at the end are what can be damaged most.
            let at = match numbers.below(3) {
                0 => numbers.below(64 + 5 * 56),
                1 => bytes.len() - 1 - numbers.below(1100.min(bytes.len())),
                _ => numbers.below(bytes.len()),
            };
            bytes[at] = [0, 1, 0x7f, 0x80, 0xff, bytes[at] ^ 4][numbers.below(6)];
        }
        if numbers.below(8) == 0 {
            bytes.truncate(numbers.below(bytes.len()));
        }
        let symbols = Symbols::read(&bytes);
        for version in Version::ALL {
            let code = Code::read(&bytes, &symbols, version);
            if let Ok(it) = inspect::inspect(&bytes, &symbols, &code, 10) {
                let mut out = Vec::new();
                inspect::write_inspection(&mut out, "file", &it).unwrap();
                looked_at += 1;
            }
            let listing = Listing::new(&code, &symbols, Config::on_chain(version));
            let mut next = 0;
            for line in listing.lines(0..u64::MAX) {
                let pc = u64::from_str_radix(&line.address[2..], 16).unwrap();
                assert!(pc >= next);
                next = pc + 1;
            }
        }
    }
    assert!(looked_at > 1000, "{looked_at}");
}
