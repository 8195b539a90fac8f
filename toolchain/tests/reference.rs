//! `verdict verify` against the reference implementation, on the same JSON.

mod common;
#[path = "../examples/make_examples/generate/mod.rs"]
mod generate;

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::Path,
    sync::Arc,
};

use ckb_chain_spec::consensus::ConsensusBuilder;
use ckb_mock_tx_types::{MockTransaction, ReprMockTransaction, Resource};
use ckb_script::{ScriptGroupType, TransactionScriptsVerifier, TxVerifyEnv};
use ckb_types::{
    H256,
    core::{HeaderView, cell::resolve_transaction, hardfork::HardForks},
    packed::Header,
    prelude::*,
};
use serde_json::{Value, json};
use verdict_toolchain::file::json_files;

use self::common::{examples, exit, file, print, script, transaction, verdict};

const LIMIT: u64 = 70_000_000;

/// The reference, about to verify a mock transaction.
fn reference(json: &str) -> TransactionScriptsVerifier<Resource> {
    let mock: ReprMockTransaction = serde_json::from_str(json).expect("it is a transaction");
    let mock = MockTransaction::from(mock);
    let resource = Resource::from_mock_tx(&mock).expect("nothing is missing");
    let transaction = mock.core_transaction();
    let resolved = resolve_transaction(transaction, &mut HashSet::new(), &resource, &resource);
    let consensus = ConsensusBuilder::default().hardfork_switch(HardForks::new_dev()).build();
    let header: HeaderView = Header::default().into_view();
    TransactionScriptsVerifier::new(
        Arc::new(resolved.expect("nothing is missing")),
        resource,
        Arc::new(consensus),
        Arc::new(TxVerifyEnv::new_commit(&header)),
    )
}

/// What `verdict verify` says of the same.
fn ours(path: &str) -> Value {
    verdict(&["verify", "--json", "--max-cycles", &LIMIT.to_string(), path]).json()
}

/// The JSON in a file with the files it includes.
fn with_files(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("the example is there");
    let mut result = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("{{ data ") {
        let (name, after) = after.split_once(" }}").expect("the macro ends");
        let data = fs::read(path.with_file_name(name)).expect("the file is there");
        result.push_str(before);
        result.extend(data.iter().map(|byte| format!("{byte:02x}")));
        rest = after;
    }
    result + rest
}

#[test]
fn every_group_of_the_examples_costs_what_the_reference_charges() {
    let (mut accepted, mut rejected) = (0, 0);
    for path in json_files(&examples()) {
        let path = path.expect("the folder can be read");
        let name = path.display();
        let verdict = ours(path.to_str().expect("the path is UTF-8"));
        let reference = reference(&with_files(&path));
        let groups = verdict["groups"].as_array().expect("it is an array");
        assert_eq!(reference.groups().count(), groups.len(), "{name}");
        for group in groups {
            let kind = match group["kind"].as_str() {
                Some("lock") => ScriptGroupType::Lock,
                _ => ScriptGroupType::Type,
            };
            let hash = group["script_hash"].as_str().and_then(|text| text.strip_prefix("0x"));
            let hash: H256 = hash.and_then(|hash| hash.parse().ok()).expect("it is a hash");
            match reference.verify_single(kind, &hash.into(), LIMIT) {
                Ok(cycles) => {
                    assert_eq!(group["outcome"], "accepted", "{name}: {group}");
                    assert_eq!(group["cycles"], cycles, "{name}: {group}");
                }
                Err(error) => {
                    let (error, kind) = (error.to_string(), group["error"].as_str());
                    assert!(kind.is_some_and(|kind| error.contains(kind)), "{error}: {group}");
                    let code = group["exit_code"].as_i64();
                    let code = code.is_none_or(|code| error.contains(&format!("code {code} on")));
                    assert!(code, "{error}: {group}");
                }
            }
        }
        match reference.verify(LIMIT) {
            Ok(cycles) => {
                assert_eq!(
                    (&verdict["outcome"], &verdict["cycles"]),
                    (&json!("accepted"), &json!(cycles))
                );
                accepted += 1;
            }
            Err(error) => {
                assert_eq!(verdict["outcome"], "rejected", "{name}");
                let first = groups.iter().find(|group| group["outcome"] == "rejected");
                let source = first.and_then(|group| group["source"].as_str());
                let error = error.to_string();
                assert!(source.is_some_and(|source| error.contains(source)), "{error}");
                rejected += 1;
            }
        }
    }
    // Each folder has one of both kinds.
    assert!(accepted >= 6 && rejected >= 6, "{accepted} accepted, {rejected} rejected");
}

/// The outcomes of an example's groups, by their sources: an exit code or an error.
fn outcomes(path: &str) -> BTreeMap<String, String> {
    let verdict = ours(path);
    let groups = verdict["groups"].as_array().expect("it is an array").iter();
    let outcome = |group: &Value| {
        let code = group["exit_code"].as_i64().map(|code| code.to_string());
        code.or(group["error"].as_str().map(str::to_owned)).unwrap_or_default()
    };
    groups
        .map(|group| (group["source"].as_str().unwrap_or_default().into(), outcome(group)))
        .collect()
}

#[test]
fn examples_are_refused_for_the_reasons_in_their_readmes() {
    for (path, refused) in [
        ("secp256k1/tx-bad-signature.json", &[("Inputs[0].Lock", "-31")][..]),
        ("dao/tx-too-early.json", &[("Inputs[0].Type", "-17")]),
        ("dao/tx-too-much.json", &[("Inputs[0].Type", "-15")]),
        ("type-script/tx-more-out-than-in.json", &[("Inputs[0].Type", "4")]),
        ("dep-group/tx-other-group.json", &[("Inputs[0].Lock", "ScriptNotFound")]),
        ("exec/tx-wrong-factors.json", &[("Inputs[0].Lock", "13")]),
        ("spawn/tx-wrong-answer.json", &[("Inputs[0].Lock", "4")]),
        ("multi-group/tx-two-refuse.json", &[("Inputs[1].Lock", "1"), ("Inputs[2].Type", "4")]),
    ] {
        let found: Vec<_> = outcomes(path).into_iter().filter(|(_, code)| code != "0").collect();
        let expected = refused.iter().map(|(source, code)| ((*source).into(), (*code).into()));
        assert_eq!(found, expected.collect::<Vec<_>>(), "{path}");
        let readme = examples().join(path).with_file_name("README.md");
        let readme = fs::read_to_string(readme).expect("each example has one");
        let (name, code) = (path.split('/').next_back().unwrap_or_default(), refused[0].1);
        let line = readme.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        assert!(line.is_some_and(|line| line.contains(code)), "{path}: {code} is not explained");
    }
}

#[test]
fn groups_of_all_versions_cost_what_the_reference_charges() {
    let (quiet, loud) = (exit(0), print("something"));
    let mut inputs = Vec::new();
    for hash_type in ["data", "data1", "data2"] {
        for (args, program) in [("0x", &quiet), ("0x1234", &loud)] {
            inputs.push((script(program, hash_type, args), script(program, hash_type, "0xff")));
        }
    }
    let outputs = [(json!(inputs[0].0), script(&loud, "data2", "0xff"))];
    let json = transaction(&[&quiet, &loud], &inputs, &outputs).to_string();
    let verdict = ours(&file("groups", "tx.json", &json));
    assert_eq!(verdict["outcome"], "accepted");
    assert_eq!(verdict["cycles"], reference(&json).verify(LIMIT).expect("the reference accepts"));
    assert_eq!(verdict["groups"].as_array().map(Vec::len), Some(12));
}

#[test]
fn the_examples_are_what_their_generator_makes() {
    for (path, contents) in generate::files() {
        let found = fs::read(examples().join(&path)).expect("it is there");
        assert!(found == contents, "{path} differs; run the example `make_examples`");
    }
}
