//! Makes a transaction that spends two cells guarded by the production lock.
//!
//! Everything has the shape that it has on mainnet: the lock's code and its table of
//! curve points are the cells of the genesis block, the transaction depends on them
//! through the dep group there, and the lock is named by its type hash. The two
//! cells that are spent are made up, and so is the key that signs.

use ckb_hash::blake2b_256;
use ckb_mock_tx_types::{MockInfo, MockInput, MockTransaction};
use ckb_types::{
    bytes::Bytes,
    core::{TransactionBuilder, TransactionView},
    packed::{CellInput, CellOutput, OutPoint, WitnessArgs},
    prelude::*,
};

use super::{
    genesis::{
        LOCK_CODE, LOCK_DATA, lock, lock_cells, lock_dep, owned, sign, system_cell, with_witnesses,
    },
    mock::{CKB, to_json},
};

/// The files of the example.
pub(super) fn files() -> Vec<(String, Vec<u8>)> {
    let good = sign(&transaction(), WitnessArgs::default());
    let bad = flip_bit_of_signature(&good);
    let files = [
        (LOCK_CODE, system_cell(LOCK_CODE).into_owned()),
        (LOCK_DATA, system_cell(LOCK_DATA).into_owned()),
        ("tx.json", mock(&good)),
        ("tx-bad-signature.json", mock(&bad)),
    ];
    files.map(|(name, contents)| (format!("secp256k1/{name}"), contents)).into()
}

/// The cells that are spent: 1000 and 500 CKB.
fn spent() -> [(CellInput, CellOutput); 2] {
    [(0, 1000), (1, 500)].map(|(index, ckb)| {
        let transaction = blake2b_256(format!("example transaction {index}"));
        let out_point = OutPoint::new(transaction.into(), index);
        (CellInput::new(out_point, 0), owned(ckb * CKB, None))
    })
}

/// Pays 1200 CKB to someone, keeps what is left, and is not signed yet.
fn transaction() -> TransactionView {
    let payment = CellOutput::new_builder().capacity(1200 * CKB).lock(lock([0x17; 32])).build();
    let change = owned(300 * CKB - 1000, None);
    TransactionBuilder::default()
        .cell_dep(lock_dep())
        .inputs(spent().map(|(input, _)| input))
        .outputs([payment, change])
        .outputs_data([Bytes::new(), Bytes::new()].pack())
        .build()
}

/// Flips the lowest bit of the number `s` in the signature: it is the signature of
/// someone else then.
fn flip_bit_of_signature(transaction: &TransactionView) -> TransactionView {
    let signed = transaction.witnesses().get(0).expect("it is signed");
    let mut signed = signed.raw_data().to_vec();
    let recovery_id = signed.len() - 1;
    signed[recovery_id - 1] ^= 1;
    with_witnesses(transaction, &[signed.into(), Bytes::new()])
}

/// The JSON of the transaction, with macros for the two large cells.
fn mock(transaction: &TransactionView) -> Vec<u8> {
    let inputs = spent().map(|(input, output)| MockInput { input, output, ..MockInput::default() });
    let mock = MockTransaction {
        mock_info: MockInfo {
            inputs: inputs.into(),
            cell_deps: lock_cells().into(),
            ..MockInfo::default()
        },
        tx: transaction.data(),
    };
    to_json(mock, &[LOCK_CODE, LOCK_DATA].map(|name| (name, system_cell(name).into_owned().into())))
}
