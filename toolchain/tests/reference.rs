//! `verdict verify` against the reference implementation, on the same JSON.

mod common;
#[path = "../examples/make_secp256k1/generate.rs"]
mod generate;

use std::{collections::HashSet, fs, sync::Arc};

use ckb_chain_spec::consensus::ConsensusBuilder;
use ckb_mock_tx_types::{MockTransaction, ReprMockTransaction, Resource};
use ckb_script::{TransactionScriptsVerifier, TxVerifyEnv};
use ckb_types::{
    core::{HeaderView, cell::resolve_transaction, hardfork::HardForks},
    packed::Header,
    prelude::*,
};
use serde_json::{Value, json};

use self::common::{examples, exit, file, print, script, transaction, verdict};

const LIMIT: u64 = 70_000_000;

/// What the reference says of a mock transaction: cycles, or its error in words.
fn reference(json: &str) -> Result<u64, String> {
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
    .verify(LIMIT)
    .map_err(|error| error.to_string())
}

/// What `verdict verify` says of the same.
fn ours(path: &str) -> Value {
    verdict(&["verify", "--json", "--max-cycles", &LIMIT.to_string(), path]).json()
}

/// The JSON of an example with its macros replaced.
fn example(name: &str) -> String {
    let folder = examples().join("secp256k1");
    let mut text = fs::read_to_string(folder.join(name)).expect("the example is there");
    for name in ["secp256k1_blake160_sighash_all", "secp256k1_data"] {
        let data = fs::read(folder.join(name)).expect("the example is there");
        let digits: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
        text = text.replace(&format!("{{{{ data {name} }}}}"), &digits);
    }
    text
}

#[test]
fn the_example_costs_what_the_reference_charges() {
    let verdict = ours("secp256k1/tx.json");
    assert_eq!(verdict["outcome"], "accepted");
    let cycles = reference(&example("tx.json")).expect("the reference accepts");
    assert_eq!(verdict["cycles"], cycles);
}

#[test]
fn the_reference_rejects_the_flipped_bit_for_the_same_reason() {
    let verdict = ours("secp256k1/tx-bad-signature.json");
    assert_eq!(verdict["groups"][0]["exit_code"], -31);
    let error = reference(&example("tx-bad-signature.json")).expect_err("the reference rejects");
    assert!(error.contains("error code -31"), "{error}");
    assert!(error.contains("Inputs[0].Lock"), "{error}");
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
    assert_eq!(verdict["cycles"], reference(&json).expect("the reference accepts"));
    assert_eq!(verdict["groups"].as_array().map(Vec::len), Some(12));
}

#[test]
fn the_example_is_what_its_generator_makes() {
    for (name, contents) in generate::files() {
        let found = fs::read(examples().join("secp256k1").join(name)).expect("it is there");
        assert!(found == contents, "{name} differs; run the example `make_secp256k1`");
    }
}
