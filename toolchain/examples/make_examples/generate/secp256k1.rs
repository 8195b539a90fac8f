//! Makes a transaction that spends two cells guarded by the production lock.
//!
//! Everything has the shape that it has on mainnet: the lock's code and its table of
//! curve points are the cells of the genesis block, the transaction depends on them
//! through the dep group there, and the lock is named by its type hash. The two
//! cells that are spent are made up, and so is the key that signs.

use std::borrow::Cow;

use ckb_hash::{blake2b_256, new_blake2b};
use ckb_mock_tx_types::{MockCellDep, MockInfo, MockInput, MockTransaction};
use ckb_system_scripts::BUNDLED_CELL;
use ckb_types::{
    H256,
    bytes::Bytes,
    core::{DepType, ScriptHashType, TransactionBuilder, TransactionView},
    h256,
    packed::{CellDep, CellInput, CellOutput, OutPoint, OutPointVec, Script, WitnessArgs},
    prelude::*,
};
use secp256k1::{Message, PublicKey, SECP256K1, SecretKey};

use super::mock::{CKB, cell_dep, to_json, type_id};

/// The key that signs. It guards nothing.
const SECRET_KEY: [u8; 32] = [0x42; 32];
/// The file with the code of the lock.
const CODE: &str = "secp256k1_blake160_sighash_all";
/// The file with its table of curve points.
const DATA: &str = "secp256k1_data";
/// The transaction of the genesis block that has the system cells.
const SYSTEM_CELLS: H256 =
    h256!("0xe2fb199810d49a4d8beec56718ba2593b665db9d52299a0f9e6e75416d73ff5c");
/// The transaction of the genesis block that has the dep groups.
const DEP_GROUPS: H256 =
    h256!("0x71a7ba8fc96349fea0ed3a5c47992e3b4084b031a42264a018e0072e8172e46c");
/// What makes the type script of the code unique.
const TYPE_ID: H256 = h256!("0x8536c9d5d908bd89fc70099e4284870708b6632356aad98734fcf43f6f71c304");
/// The hash of that type script, which everyone knows the lock by.
const LOCK_CODE_HASH: H256 =
    h256!("0x9bd7e06f3ecf4be0f2fcd2188b23f1b9fcc88e5d4b65a8637b17723bbda3cce8");

const SIGNATURE_LEN: usize = 65;

/// The files of the example.
pub(super) fn files() -> Vec<(String, Vec<u8>)> {
    let good = sign(&transaction());
    let bad = flip_bit_of_signature(&good);
    let files = [
        (CODE, system_cell(CODE).into_owned()),
        (DATA, system_cell(DATA).into_owned()),
        ("tx.json", mock(&good)),
        ("tx-bad-signature.json", mock(&bad)),
    ];
    files.map(|(name, contents)| (format!("secp256k1/{name}"), contents)).into()
}

fn system_cell(name: &str) -> Cow<'static, [u8]> {
    BUNDLED_CELL.get(&format!("specs/cells/{name}")).expect("the crate has this cell")
}

fn genesis_cell(transaction: &H256, index: u32) -> OutPoint {
    OutPoint::new(transaction.into(), index)
}

/// The lock of whoever has the key `public`.
fn lock(public: &PublicKey) -> Script {
    Script::new_builder()
        .code_hash(&LOCK_CODE_HASH)
        .hash_type(ScriptHashType::Type)
        .args(Bytes::copy_from_slice(&blake2b_256(public.serialize())[..20]))
        .build()
}

fn output(ckb: u64, lock: Script) -> CellOutput {
    CellOutput::new_builder().capacity(ckb * CKB).lock(lock).build()
}

fn secret_key() -> SecretKey {
    SecretKey::from_byte_array(&SECRET_KEY).expect("it is less than the order of the curve")
}

fn own_lock() -> Script {
    lock(&secret_key().public_key(SECP256K1))
}

/// The cells that are spent: 1000 and 500 CKB.
fn spent() -> [(CellInput, CellOutput); 2] {
    [(0, 1000), (1, 500)].map(|(index, ckb)| {
        let transaction = blake2b_256(format!("example transaction {index}"));
        let out_point = OutPoint::new(transaction.into(), index);
        (CellInput::new(out_point, 0), output(ckb, own_lock()))
    })
}

/// Pays 1200 CKB to someone, keeps what is left, and is not signed yet.
fn transaction() -> TransactionView {
    let someone = SecretKey::from_byte_array(&[0x17; 32]).expect("it is a key as well");
    let payment = output(1200, lock(&someone.public_key(SECP256K1)));
    let change = output(300, own_lock());
    let change = change.as_builder().capacity(300 * CKB - 1000).build();
    TransactionBuilder::default()
        .cell_dep(
            CellDep::new_builder()
                .out_point(genesis_cell(&DEP_GROUPS, 0))
                .dep_type(DepType::DepGroup)
                .build(),
        )
        .inputs(spent().map(|(input, _)| input))
        .outputs([payment, change])
        .outputs_data([Bytes::new(), Bytes::new()].pack())
        .build()
}

fn witness(signature: [u8; SIGNATURE_LEN]) -> Bytes {
    WitnessArgs::new_builder()
        .lock(Some(Bytes::copy_from_slice(&signature)).pack())
        .build()
        .as_bytes()
}

/// Signs all inputs. The first witness of the group holds the signature, the other
/// one is empty.
fn sign(transaction: &TransactionView) -> TransactionView {
    let witnesses = [witness([0; SIGNATURE_LEN]), Bytes::new()];
    let mut hasher = new_blake2b();
    hasher.update(transaction.hash().as_slice());
    for witness in &witnesses {
        hasher.update(&(witness.len() as u64).to_le_bytes());
        hasher.update(witness);
    }
    let mut message = [0; 32];
    hasher.finalize(&mut message);

    let message = Message::from_digest(message);
    // The nonce is that of RFC 6979: the signature is the same each time.
    let signature = SECP256K1.sign_ecdsa_recoverable(&message, &secret_key());
    let (recovery, compact) = signature.serialize_compact();
    let mut signature = [0; SIGNATURE_LEN];
    signature[..64].copy_from_slice(&compact);
    signature[64] = u8::try_from(i32::from(recovery)).expect("there are four recovery ids");
    with_witnesses(transaction, [witness(signature), Bytes::new()])
}

/// Flips the lowest bit of the number `s` in the signature: it is the signature of
/// someone else then.
fn flip_bit_of_signature(transaction: &TransactionView) -> TransactionView {
    let signed = transaction.witnesses().get(0).expect("it is signed");
    let mut signed = signed.raw_data().to_vec();
    let recovery_id = signed.len() - 1;
    signed[recovery_id - 1] ^= 1;
    with_witnesses(transaction, [signed.into(), Bytes::new()])
}

fn with_witnesses(transaction: &TransactionView, witnesses: [Bytes; 2]) -> TransactionView {
    transaction
        .as_advanced_builder()
        .set_witnesses(witnesses.iter().map(Pack::pack).collect())
        .build()
}

/// The JSON of the transaction, with macros for the two large cells.
fn mock(transaction: &TransactionView) -> Vec<u8> {
    let inputs = spent().map(|(input, output)| MockInput { input, output, ..MockInput::default() });
    let mock = MockTransaction {
        mock_info: MockInfo {
            inputs: inputs.into(),
            cell_deps: cell_deps().into(),
            ..MockInfo::default()
        },
        tx: transaction.data(),
    };
    to_json(mock, &[CODE, DATA].map(|name| (name, system_cell(name).into_owned().into())))
}

/// The dep group and its members.
fn cell_deps() -> [MockCellDep; 3] {
    let type_id = type_id(TYPE_ID.0);
    assert_eq!(type_id.calc_script_hash(), (&LOCK_CODE_HASH).into());
    let code = genesis_cell(&SYSTEM_CELLS, 1);
    let data = genesis_cell(&SYSTEM_CELLS, 3);
    let group = OutPointVec::new_builder().push(data.clone()).push(code.clone()).build();
    [
        cell_dep(genesis_cell(&DEP_GROUPS, 0), DepType::DepGroup, None, group.as_bytes()),
        cell_dep(code, DepType::Code, Some(type_id), system_cell(CODE).into_owned().into()),
        cell_dep(data, DepType::Code, None, system_cell(DATA).into_owned().into()),
    ]
}
