//! What mock transactions of all examples are made of.

use ckb_jsonrpc_types as json;
use ckb_mock_tx_types::{MockCellDep, MockTransaction, ReprMockTransaction};
use ckb_types::{
    bytes::Bytes,
    core::{Capacity, DepType, ScriptHashType},
    packed::{CellDep, CellOutput, OutPoint, Script},
    prelude::*,
};

/// Shannons of a CKB.
pub(super) const CKB: u64 = 100_000_000;

/// The built-in type script that makes a cell unique, by what it is known by.
pub(super) fn type_id(identity: [u8; 32]) -> Script {
    let mut code_hash = [0; 32];
    code_hash[25..].copy_from_slice(b"TYPE_ID");
    Script::new_builder()
        .code_hash(code_hash)
        .hash_type(ScriptHashType::Type)
        .args(Bytes::copy_from_slice(&identity))
        .build()
}

/// A cell to depend on. Nobody can spend it, and its capacity is what it occupies.
pub(super) fn cell_dep(
    out_point: OutPoint,
    dep_type: DepType,
    type_: Option<Script>,
    data: Bytes,
) -> MockCellDep {
    let output = CellOutput::new_builder()
        .type_(type_.pack())
        .build_exact_capacity(Capacity::bytes(data.len()).expect("it is no huge cell"))
        .expect("it is no huge cell");
    MockCellDep {
        cell_dep: CellDep::new_builder().out_point(out_point).dep_type(dep_type).build(),
        output,
        data,
        header: None,
    }
}

/// The JSON of a mock transaction, with macros for data that stands in `files`: their
/// paths and contents.
pub(super) fn to_json(mock: MockTransaction, files: &[(&str, Bytes)]) -> Vec<u8> {
    let repr = ReprMockTransaction::from(mock);
    let mut text = serde_json::to_string_pretty(&repr).expect("it has a JSON form");
    for (path, contents) in files {
        let digits = json::JsonBytes::from_vec(contents.to_vec());
        let digits = serde_json::to_string(&digits).expect("bytes have a JSON form");
        text = text.replace(&digits, &format!("\"0x{{{{ data {path} }}}}\""));
    }
    text.push('\n');
    text.into()
}
