//! The system cells of mainnet's genesis block, and cells that its lock guards.
//!
//! Out points and hashes are the real ones. The keys guard nothing.

use std::borrow::Cow;

use ckb_hash::{blake2b_256, new_blake2b};
use ckb_mock_tx_types::MockCellDep;
use ckb_system_scripts::BUNDLED_CELL;
use ckb_types::{
    H256,
    bytes::Bytes,
    core::{DepType, ScriptHashType, TransactionView},
    h256,
    packed::{CellDep, CellInput, CellOutput, OutPoint, OutPointVec, Script, WitnessArgs},
    prelude::*,
};
use secp256k1::{Message, SECP256K1, SecretKey};

use super::mock::{cell_dep, type_id};

/// The key of whoever owns the cells that are spent.
pub(super) const OWNER: [u8; 32] = [0x42; 32];

/// The file with the code of the lock.
pub(super) const LOCK_CODE: &str = "secp256k1_blake160_sighash_all";
/// The file with its table of curve points.
pub(super) const LOCK_DATA: &str = "secp256k1_data";
/// The file with the code of the type script of NervosDAO.
pub(super) const DAO_CODE: &str = "dao";

/// The transaction that has the system cells.
const SYSTEM_CELLS: H256 =
    h256!("0xe2fb199810d49a4d8beec56718ba2593b665db9d52299a0f9e6e75416d73ff5c");
/// The transaction that has the dep groups.
const DEP_GROUPS: H256 =
    h256!("0x71a7ba8fc96349fea0ed3a5c47992e3b4084b031a42264a018e0072e8172e46c");

/// What everyone knows the lock by: the hash of the type script of its code.
const LOCK_CODE_HASH: H256 =
    h256!("0x9bd7e06f3ecf4be0f2fcd2188b23f1b9fcc88e5d4b65a8637b17723bbda3cce8");
/// What everyone knows the type script of NervosDAO by.
const DAO_CODE_HASH: H256 =
    h256!("0x82d76d1b75fe2fd9a27dfbaa65a039221a380d76c926f378d3f81cf3e7e13f2e");

/// Where the cells are among the outputs of their transaction.
const LOCK_CODE_INDEX: u32 = 1;
const DAO_CODE_INDEX: u32 = 2;
const LOCK_DATA_INDEX: u32 = 3;

const SIGNATURE_LEN: usize = 65;

/// The data of a system cell.
pub(super) fn system_cell(name: &str) -> Cow<'static, [u8]> {
    BUNDLED_CELL.get(&format!("specs/cells/{name}")).expect("the crate has this cell")
}

fn out_point(transaction: &H256, index: u32) -> OutPoint {
    OutPoint::new(transaction.into(), index)
}

/// The type script of a system cell. It names the first input of its transaction, which in
/// the first block of all spends nothing, and the output.
fn unique(index: u32) -> Script {
    let input = CellInput::new_cellbase_input(0);
    type_id(blake2b_256([input.as_slice(), &u64::from(index).to_le_bytes()].concat()))
}

/// A cell dep on code.
fn code(name: &str, index: u32, known_by: &H256) -> MockCellDep {
    let unique = unique(index);
    assert_eq!(unique.calc_script_hash(), known_by.into(), "{name}");
    let data = system_cell(name).into_owned().into();
    cell_dep(out_point(&SYSTEM_CELLS, index), DepType::Code, Some(unique), data)
}

/// What a transaction depends on that spends cells of the lock: a dep group.
pub(super) fn lock_dep() -> CellDep {
    let out_point = out_point(&DEP_GROUPS, 0);
    CellDep::new_builder().out_point(out_point).dep_type(DepType::DepGroup).build()
}

/// The dep group and its members.
pub(super) fn lock_cells() -> [MockCellDep; 3] {
    let code = code(LOCK_CODE, LOCK_CODE_INDEX, &LOCK_CODE_HASH);
    let table = out_point(&SYSTEM_CELLS, LOCK_DATA_INDEX);
    let data = system_cell(LOCK_DATA).into_owned().into();
    let members = [table.clone(), code.cell_dep.out_point()];
    let group = OutPointVec::new_builder().extend(members).build();
    [
        cell_dep(lock_dep().out_point(), DepType::DepGroup, None, group.as_bytes()),
        code,
        cell_dep(table, DepType::Code, None, data),
    ]
}

/// The code of NervosDAO.
pub(super) fn dao_cell() -> MockCellDep {
    code(DAO_CODE, DAO_CODE_INDEX, &DAO_CODE_HASH)
}

/// The type script of NervosDAO.
pub(super) fn dao() -> Script {
    Script::new_builder().code_hash(&DAO_CODE_HASH).hash_type(ScriptHashType::Type).build()
}

/// The lock of whoever has a key.
pub(super) fn lock(key: [u8; 32]) -> Script {
    let public = secret(key).public_key(SECP256K1);
    Script::new_builder()
        .code_hash(&LOCK_CODE_HASH)
        .hash_type(ScriptHashType::Type)
        .args(Bytes::copy_from_slice(&blake2b_256(public.serialize())[..20]))
        .build()
}

/// A cell of the owner.
pub(super) fn owned(shannons: u64, type_: Option<Script>) -> CellOutput {
    CellOutput::new_builder().capacity(shannons).lock(lock(OWNER)).type_(type_.pack()).build()
}

fn secret(key: [u8; 32]) -> SecretKey {
    SecretKey::from_byte_array(&key).expect("it is less than the order of the curve")
}

/// Signs for the owner. All inputs are theirs; `first` becomes the witness of the first with
/// the signature in it, the others are empty.
pub(super) fn sign(transaction: &TransactionView, first: WitnessArgs) -> TransactionView {
    let with_lock = |lock: [u8; SIGNATURE_LEN]| {
        let lock = Some(Bytes::copy_from_slice(&lock)).pack();
        first.clone().as_builder().lock(lock).build().as_bytes()
    };
    let mut witnesses = vec![Bytes::new(); transaction.inputs().len()];
    witnesses[0] = with_lock([0; SIGNATURE_LEN]);
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
    let signature = SECP256K1.sign_ecdsa_recoverable(&message, &secret(OWNER));
    let (recovery, compact) = signature.serialize_compact();
    let mut signature = [0; SIGNATURE_LEN];
    signature[..64].copy_from_slice(&compact);
    signature[64] = u8::try_from(i32::from(recovery)).expect("there are four recovery ids");
    witnesses[0] = with_lock(signature);
    with_witnesses(transaction, &witnesses)
}

/// The transaction with other witnesses.
pub(super) fn with_witnesses(
    transaction: &TransactionView,
    witnesses: &[Bytes],
) -> TransactionView {
    let witnesses = witnesses.iter().map(Pack::pack).collect();
    transaction.as_advanced_builder().set_witnesses(witnesses).build()
}
