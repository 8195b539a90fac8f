//! Makes transactions that take a deposit out of NervosDAO, with what it has earned.
//!
//! A deposit comes back in two transactions (CKB RFC 23). These are second ones: they spend a
//! cell that says when the deposit was made, and was itself made when it was to end. Both
//! blocks are named as header deps, as what they say of the accumulated rate is what the
//! deposit has earned. Blocks and cells are made up; code, hashes and arithmetic are those of
//! mainnet.

use ckb_hash::blake2b_256;
use ckb_mock_tx_types::{MockInfo, MockInput, MockTransaction};
use ckb_types::{
    bytes::Bytes,
    core::{Capacity, EpochNumberWithFraction, HeaderBuilder, HeaderView, TransactionBuilder},
    packed::{CellInput, CellOutput, OutPoint, WitnessArgs},
    prelude::*,
};

use super::{
    genesis::{
        DAO_CODE, LOCK_CODE, LOCK_DATA, dao, dao_cell, lock_cells, lock_dep, owned, sign,
        system_cell,
    },
    mock::{CKB, to_json},
};

/// What was deposited.
const DEPOSIT: u64 = 20_000 * CKB;
/// What the transaction costs.
const FEE: u64 = 1000;
/// For how many epochs, or how many times that many, a deposit is made.
const PERIOD: u64 = 180;

/// A block, as far as NervosDAO looks at it.
struct Block {
    number: u64,
    /// Number, index and length.
    epoch: [u64; 3],
    /// The accumulated rate: what a shannon of the first block has become, times 10^16.
    rate: u64,
}

/// The block of the deposit, and that where the deposit was to end: a little more than one
/// period later.
const DEPOSITED: Block =
    Block { number: 4_000_000, epoch: [2800, 450, 1800], rate: 10_500_000_000_000_000 };
const WITHDRAWN: Block =
    Block { number: 4_324_100, epoch: [2980, 500, 1750], rate: 10_612_345_678_901_234 };

impl Block {
    fn header(&self) -> HeaderView {
        let [epoch, index, length] = self.epoch;
        // The rate is the second of four numbers; the others are not looked at.
        let mut dao = [0; 32];
        dao[8..16].copy_from_slice(&self.rate.to_le_bytes());
        HeaderBuilder::default()
            .number(self.number)
            .epoch(EpochNumberWithFraction::new(epoch, index, length))
            .dao(dao)
            .build()
    }
}

/// The files of the example.
pub(super) fn files() -> Vec<(String, Vec<u8>)> {
    let [epoch, index, length] = DEPOSITED.epoch;
    // A block after the end of the first period is in the second one.
    let due = [epoch + 2 * PERIOD, index, length];
    let early = [epoch + 2 * PERIOD, index - 1, length];
    let files = [
        (DAO_CODE, system_cell(DAO_CODE).into_owned()),
        ("tx.json", withdrawal(due, withdrawable() - FEE)),
        ("tx-too-early.json", withdrawal(early, withdrawable() - FEE)),
        ("tx-too-much.json", withdrawal(due, withdrawable() + 1)),
    ];
    files.map(|(name, contents)| (format!("dao/{name}"), contents)).into()
}

/// The cell that is spent. Its data is the number of the block of the deposit.
fn cell() -> (CellOutput, Bytes) {
    let data = Bytes::copy_from_slice(&DEPOSITED.number.to_le_bytes());
    (owned(DEPOSIT, Some(dao())), data)
}

/// What may be withdrawn, in shannons: what the cell occupies earns nothing.
fn withdrawable() -> u64 {
    let (output, data) = cell();
    let data = Capacity::bytes(data.len()).expect("it is small");
    let occupied = output.occupied_capacity(data).expect("it is small").as_u64();
    let [counted, from, to] = [DEPOSIT - occupied, DEPOSITED.rate, WITHDRAWN.rate].map(u128::from);
    occupied + u64::try_from(counted * to / from).expect("it is a little more")
}

/// A transaction that takes so many shannons out, and is valid from an epoch on.
fn withdrawal([epoch, index, length]: [u64; 3], shannons: u64) -> Vec<u8> {
    let [deposited, withdrawn] = [DEPOSITED, WITHDRAWN].map(|block| block.header());
    // An epoch with a fraction, counted from the first block on (CKB RFC 17).
    let since = 0x20 << 56 | length << 40 | index << 24 | epoch;
    let transaction = blake2b_256("example withdrawal");
    let input = CellInput::new(OutPoint::new(transaction.into(), 0), since);
    let transaction = TransactionBuilder::default()
        .cell_dep(lock_dep())
        .cell_dep(dao_cell().cell_dep)
        .header_deps([withdrawn.hash(), deposited.hash()])
        .input(input.clone())
        .output(owned(shannons, None))
        .output_data(Bytes::new().pack())
        .build();
    // Where the block of the deposit is among the header deps.
    let place = Some(Bytes::copy_from_slice(&1_u64.to_le_bytes()));
    let witness = WitnessArgs::new_builder().input_type(place.pack()).build();
    let (output, data) = cell();
    let mock = MockTransaction {
        mock_info: MockInfo {
            inputs: vec![MockInput { input, output, data, header: Some(withdrawn.hash()) }],
            cell_deps: [&lock_cells()[..], &[dao_cell()]].concat(),
            header_deps: vec![withdrawn, deposited],
            ..MockInfo::default()
        },
        tx: sign(&transaction, witness).data(),
    };
    let files = [
        ("../secp256k1/secp256k1_blake160_sighash_all", LOCK_CODE),
        ("../secp256k1/secp256k1_data", LOCK_DATA),
        (DAO_CODE, DAO_CODE),
    ];
    let files = files.map(|(path, name)| (path, system_cell(name).into_owned().into()));
    to_json(mock, &files)
}
