//! Groups, the choice of code and version, `TYPE_ID`, and whole transactions.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use ckb_chain_spec::HardForkConfig;
use ckb_script::TransactionScriptsVerifier;
use ckb_types::{
    bytes::Bytes,
    core::{
        DepType, TransactionBuilder,
        cell::resolve_transaction,
        cell::{CellMeta, CellMetaBuilder, CellProvider, CellStatus, HeaderChecker},
        error::OutPointError,
    },
    packed::{Byte32, CellDep, CellInput, CellOutput, OutPoint, OutPointVec, Script},
    prelude::*,
};
use verdict_syscalls::{Rules, Version, cost};

use crate::{
    chain::{Chain, Data, Scene, data_hash, out_point, output, script},
    compare::{Both, consensus, environment, our_error, reference_error},
    guest::{BUFFER, Call, Guest, LENGTH},
    random::Random,
};

const TYPE_ID: [u8; 32] = *b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0TYPE_ID";

fn type_id(args: &[u8]) -> Script {
    script(&TYPE_ID.into(), 1, args)
}

fn nothing() -> Data {
    Data::Memory(Vec::new())
}

/// A program that prints what distinguishes its group, and exits.
fn telling(code: u64) -> Guest {
    let mut guest = Guest::new();
    guest.fill();
    let calls = [
        (2052, [BUFFER, LENGTH, 0, 0, 0, 0]),
        (2062, [BUFFER, LENGTH, 0, 0, 0, 0]),
        (2073, [BUFFER, LENGTH, 0, 0, 1 << 56 | 1, 0]),
        (2073, [BUFFER, LENGTH, 0, 1, 1 << 56 | 1, 0]),
        (2071, [BUFFER, LENGTH, 0, 0, 1 << 56 | 2, 0]),
        (2071, [BUFFER, LENGTH, 0, 1, 1 << 56 | 2, 0]),
    ];
    for (number, args) in calls {
        guest.observed_call(&Call { number, args, length: 1000 });
    }
    guest.print();
    guest.exit(code);
    guest
}

/// Makes a transaction and insists that both sides agree on it; returns whether they
/// accept it.
pub(crate) fn random_transaction(random: &mut Random, case: &str) -> bool {
    let programs: Vec<Vec<u8>> = vec![
        Guest::exiting(0).elf(),
        telling(0).elf(),
        telling(3).elf(),
        Guest::exiting(255).elf(),
        b"no program".to_vec(),
    ];
    let mut scene = Scene::new();
    let typed = script(&data_hash(b"names a program"), random.of(&[0, 1, 9]), &[]);
    let good = random.below(3) < 2;
    let count = if good { 2 } else { 5 };
    let mut scripts = Vec::new();
    for _ in 0..4 {
        let program = &programs[usize::try_from(random.below(count)).expect("small")];
        let args = vec![7; usize::try_from(random.below(3)).expect("small")];
        scripts.push(match random.below(if good { 6 } else { 10 }) {
            0..5 => script(&data_hash(program), random.of(&[0, 2, 4]), &args),
            5 => script(&typed.calc_script_hash(), 1, &args),
            6 => script(&typed.calc_script_hash(), 0, &args),
            7 => script(&data_hash(program), 1, &args),
            8 => script(&data_hash(program), random.of(&[3, 5, 6, 8, 254, 255]), &args),
            _ => type_id(&[7; 32][..if random.one_in(3) { 31 } else { 32 }]),
        });
    }
    let pick = |random: &mut Random| {
        let index = usize::try_from(random.below(scripts.len() as u64)).expect("small");
        scripts[index].clone()
    };
    for input in 0..=random.below(4) {
        let lock = pick(random);
        let kind = random.one_in(2).then(|| pick(random));
        scene.input(input, output(input, &lock, kind.as_ref()), nothing(), None);
    }
    for capacity in 0..random.below(4) {
        let lock = pick(random);
        let kind = random.one_in(2).then(|| pick(random));
        scene.output(output(capacity, &lock, kind.as_ref()), Vec::new());
    }
    for program in &programs {
        if good || !random.one_in(12) {
            let kind = (good == (program == &programs[1]) && !random.one_in(4)).then_some(&typed);
            for _ in 0..=u64::from(random.one_in(4)) {
                let out = output(0, &Script::default(), kind);
                let data = match random.below(2) {
                    0 => Data::Memory(program.clone()),
                    _ => Data::Stored(program.clone()),
                };
                scene.dep(out, data, None);
            }
        }
    }
    let newest = if random.one_in(4) { random.of(&Version::ALL) } else { Version::V2 };
    let both = Both::new(&scene.build(), newest);
    let what = format!("{case} under {newest:?}");
    let max_cycles = if random.one_in(4) { random.below(300_000) } else { 70_000_000 };
    let verdict = both.verify(max_cycles, &what);
    for group in both.ours.verifier.groups() {
        if !group.script().code_hash().as_slice().ends_with(b"TYPE_ID") {
            both.group(group.kind(), group.hash(), max_cycles, &what);
        }
    }
    if let Ok(cycles) = verdict.result {
        both.verify(cycles, "exactly enough");
        if cycles > 0 {
            both.verify(cycles - 1, "one too few");
            both.verify(random.below(cycles), "too few");
        }
    }
    verdict.result.is_ok()
}

#[test]
fn random_transactions() {
    let mut random = Random::new(2);
    let accepted =
        (0..2000).filter(|case| random_transaction(&mut random, &format!("case {case}"))).count();
    assert!((501..1500).contains(&accepted), "{accepted}");
}

#[test]
fn groups_run_in_the_order_of_their_hashes() {
    let program = telling(0).elf();
    let mut scene = Scene::new();
    for number in 0..20_u8 {
        let lock = script(&data_hash(&program), 4, &[number % 7]);
        let kind = script(&data_hash(&program), 2, &[number % 5]);
        scene.input(u64::from(number), output(0, &lock, Some(&kind)), nothing(), None);
        scene.output(output(1, &lock, Some(&lock)), Vec::new());
    }
    scene.program(program);
    let both = Both::new(&scene.build(), Version::V2);
    let verdict = both.verify(70_000_000, "order");
    assert!(verdict.result.is_ok());
    // Seven locks, then twelve types: the locks of the outputs are types as well.
    assert_eq!(verdict.prints.len(), 19);
    let hashes: Vec<&Byte32> = verdict.prints.iter().map(|(hash, _)| hash).collect();
    assert!(hashes[..7].is_sorted() && hashes[7..].is_sorted());
}

#[test]
fn type_ids() {
    let own = |output: u64| {
        let input = CellInput::new(out_point(0), 0);
        ckb_hash::blake2b_256([input.as_slice(), &output.to_le_bytes()].concat())
    };
    let (first, second) = (own(0), own(1));
    let long = [first.as_slice(), &[0]].concat();
    let args: [&[u8]; 6] = [&first, &second, &[7; 32], &[], &first[..31], &long];
    let accepting = Guest::exiting(0).elf();
    let lock = script(&data_hash(&accepting), 0, &[]);
    let mut codes = BTreeMap::new();
    for args in args {
        let id = type_id(args);
        for spent in 0..3 {
            for created in 0..3_u64 {
                for before in 0..2 {
                    let mut scene = Scene::new();
                    scene.program(accepting.clone());
                    for input in 0..3 {
                        let kind = (input < spent).then_some(&id);
                        scene.input(input, output(0, &lock, kind), nothing(), None);
                    }
                    for output_index in 0..before + created {
                        let kind = (output_index >= before).then_some(&id);
                        scene.output(output(0, &lock, kind), Vec::new());
                    }
                    let both = Both::new(&scene.build(), Version::V2);
                    let locks = (132_u64 + 8).div_ceil(4) + 502;
                    let enough = locks + cost::TYPE_ID;
                    for limit in [enough - 1, enough, enough + 1] {
                        let what = format!("{spent} {created} {before} {args:x?} {limit}");
                        let verdict = both.verify(limit, &what);
                        *codes.entry(verdict.result.map_err(|e| e.1)).or_insert(0) += 1;
                    }
                }
            }
        }
    }
    // Two sums, three exit codes, too few cycles.
    assert_eq!(codes.len(), 6, "{codes:?}");
}

#[test]
fn type_id_is_nothing_special_under_other_hash_types() {
    for hash_type in [0, 2, 4, 6] {
        let mut scene = Scene::new();
        let id = script(&TYPE_ID.into(), hash_type, &[0; 32]);
        scene.input(0, output(0, &id, None), nothing(), None);
        let verdict = Both::new(&scene.build(), Version::V2).verify(10_000_000, "not type");
        assert!(verdict.result.is_err());
    }
    // As a lock it is.
    let mut scene = Scene::new();
    scene.input(0, output(0, &type_id(&[0; 32]), None), nothing(), None);
    let verdict = Both::new(&scene.build(), Version::V0).verify(10_000_000, "lock");
    assert_eq!(verdict.result, Ok(cost::TYPE_ID));
}

#[test]
fn hash_types_and_active_versions() {
    let program = Guest::exiting(0).elf();
    let typed = script(&data_hash(b"type"), 0, &[]);
    for newest in Version::ALL {
        for hash_type in 0..=255 {
            for hash in [data_hash(&program), typed.calc_script_hash(), Byte32::zero()] {
                for empty in [false, true] {
                    let mut scene = Scene::new();
                    let lock = script(&hash, hash_type, &[]);
                    scene.input(0, output(0, &lock, None), nothing(), None);
                    let out = output(0, &Script::default(), Some(&typed));
                    scene.dep(out, Data::Stored(program.clone()), None);
                    if empty {
                        scene.program(Vec::new());
                    }
                    let what = format!("{newest:?} {hash_type} {hash} {empty}");
                    Both::new(&scene.build(), newest).verify(10_000, &what);
                }
            }
        }
    }
}

#[test]
fn several_cells_of_one_type() {
    let programs = [Guest::exiting(0).elf(), Guest::exiting(5).elf()];
    let typed = script(&data_hash(b"type"), 0, &[]);
    // Which program each dep has, and whether it has the type.
    for pattern in 0..256_u32 {
        let mut scene = Scene::new();
        let lock = script(&typed.calc_script_hash(), 1, &[]);
        scene.input(0, output(0, &lock, None), nothing(), None);
        for dep in 0..4 {
            let program = &programs[(pattern >> (2 * dep) & 1) as usize];
            let kind = (pattern >> (2 * dep + 1) & 1 != 0).then_some(&typed);
            let out = output(0, &Script::default(), kind);
            scene.dep(out, Data::Memory(program.clone()), None);
        }
        Both::new(&scene.build(), Version::V2).verify(10_000, &format!("{pattern:#b}"));
    }
}

#[test]
fn forks_activate_versions() {
    let switches = [
        HardForkConfig::default().complete_mainnet().expect("these are the parameters"),
        HardForkConfig::default().complete_testnet().expect("these are the parameters"),
    ];
    let rules = [Rules::mainnet, Rules::testnet];
    let (transaction, chain) = Scene::new().build();
    for (switch, rules) in switches.iter().zip(rules) {
        let (v1, v2) = (switch.ckb2021.rfc_0032(), switch.ckb2023.rfc_0049());
        let consensus = consensus(v1, v2);
        for epoch in [0, 1, v1 - 1, v1, v1 + 1, v2 - 1, v2, v2 + 1, 60_000] {
            let reference = TransactionScriptsVerifier::new(
                Arc::clone(&transaction),
                chain.clone(),
                Arc::clone(&consensus),
                environment(epoch),
            );
            for hash_type in [0, 1, 2, 3, 4, 6, 255] {
                let script = script(&Byte32::zero(), hash_type, &[]);
                let expected = reference.select_version(&script);
                let expected = expected.map(|v| v as u8).map_err(|error| reference_error(&error));
                let found = rules(epoch).version(&script).map(Version::number);
                let found = found.map_err(|error| our_error(&error));
                assert_eq!(found, expected, "epoch {epoch}, hash type {hash_type}");
            }
        }
    }
}

/// Live cells, for resolving.
struct Cells(BTreeMap<Vec<u8>, CellMeta>);

impl Cells {
    fn add(&mut self, number: u32, output: CellOutput, data: Vec<u8>) -> OutPoint {
        let out_point = out_point(number);
        let meta = CellMetaBuilder::from_cell_output(output, Bytes::from(data))
            .out_point(out_point.clone())
            .build();
        self.0.insert(out_point.as_slice().to_vec(), meta);
        out_point
    }
}

impl CellProvider for Cells {
    fn cell(&self, out_point: &OutPoint, _eager_load: bool) -> CellStatus {
        match self.0.get(out_point.as_slice()) {
            Some(meta) => CellStatus::live_cell(meta.clone()),
            None => CellStatus::Unknown,
        }
    }
}

impl HeaderChecker for Cells {
    fn check_valid(&self, _block_hash: &Byte32) -> Result<(), OutPointError> {
        Ok(())
    }
}

#[test]
fn dep_groups_are_replaced_by_their_members() {
    let mut guest = Guest::new();
    guest.fill();
    for index in 0..6 {
        for number in [2071, 2092] {
            let args = [BUFFER, LENGTH, 0, index, 3, 0];
            guest.observed_call(&Call { number, args, length: 8192 });
        }
    }
    guest.print();
    guest.exit(0);
    let program = guest.elf();
    let lock = script(&data_hash(&program), 4, &[]);

    let mut cells = Cells(BTreeMap::new());
    let spent = cells.add(0, output(1, &lock, None), Vec::new());
    let first = cells.add(1, output(2, &lock, None), b"first".to_vec());
    let second = cells.add(2, output(3, &lock, Some(&lock)), b"second".to_vec());
    let code = cells.add(3, output(4, &lock, None), program);
    let members = OutPointVec::new_builder().push(second.clone()).push(code).push(first.clone());
    let group = cells.add(4, output(5, &lock, None), members.build().as_slice().to_vec());

    let dep = |out_point: OutPoint, kind: DepType| {
        CellDep::new_builder().out_point(out_point).dep_type(kind).build()
    };
    let transaction = TransactionBuilder::default()
        .input(CellInput::new(spent, 0))
        .cell_dep(dep(first, DepType::Code))
        .cell_dep(dep(group, DepType::DepGroup))
        .cell_dep(dep(second, DepType::Code))
        .build();
    let resolved = resolve_transaction(transaction, &mut HashSet::new(), &cells, &cells);
    let resolved = resolved.expect("all cells are live");
    assert_eq!(resolved.resolved_cell_deps.len(), 5);
    let both = Both::new(&(Arc::new(resolved), Chain::default()), Version::V2);
    assert!(both.verify(10_000_000, "dep group").result.is_ok());
}

#[test]
fn an_empty_transaction_is_accepted() {
    let both = Both::new(&Scene::new().build(), Version::V2);
    assert_eq!(both.verify(0, "empty").result, Ok(0));
}
