//! Scripts that production runs: NervosDAO (CKB RFC 23) and the locks of several signers.

#![expect(clippy::cast_possible_truncation, reason = "numbers below a bound are small")]

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ckb_types::{
    bytes::Bytes,
    core::{
        Capacity, EpochNumberWithFraction, HeaderBuilder, HeaderView, cell::ResolvedTransaction,
    },
    packed::{Byte32, CellOutput, Script, WitnessArgs},
    prelude::*,
};
use secp256k1::{Message, SECP256K1, SecretKey};
use verdict_syscalls::{GroupKind, Version};

use crate::{
    chain::{Chain, Data, Scene, data_hash, output, script},
    compare::Both,
    guest::Guest,
    random::Random,
};

const MAX_CYCLES: u64 = 70_000_000;
/// The hash types that name code by its data, one for each version.
const HASH_TYPES: [u8; 3] = [0, 2, 4];

/// A cell of the genesis block.
fn genesis(name: &str) -> Vec<u8> {
    let cell = ckb_system_scripts::BUNDLED_CELL.get(&format!("specs/cells/{name}"));
    cell.expect("the crate has this cell").into_owned()
}

/// How often groups ended in which way.
#[derive(Debug, Default)]
struct Ends(BTreeMap<String, usize>);

impl Ends {
    fn add(&mut self, result: &Result<u64, String>) {
        let end = match result {
            Ok(_) => "accepted",
            Err(error) => error.rsplit(' ').next().unwrap_or_default(),
        };
        *self.0.entry(end.to_owned()).or_default() += 1;
    }

    fn seen(&self) -> BTreeSet<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}

// ---- NervosDAO ----

/// For how many epochs, or how many times that many, a deposit is made.
const PERIOD: u64 = 180;

/// What is deposited anew.
const DEPOSIT: u64 = 10_300_000_000;

/// A block, as far as NervosDAO looks at it.
#[derive(Clone, Copy)]
struct Block {
    number: u64,
    /// Number, index and length.
    epoch: [u64; 3],
    rate: u64,
}

impl Block {
    fn header(&self) -> HeaderView {
        let [epoch, index, length] = self.epoch;
        let mut dao = [0xa5; 32];
        dao[8..16].copy_from_slice(&self.rate.to_le_bytes());
        HeaderBuilder::default()
            .number(self.number)
            .epoch(EpochNumberWithFraction::new(epoch, index, length))
            .dao(dao)
            .build()
    }

    fn random(random: &mut Random, after: u64) -> Self {
        let length = 1 + random.below(1800);
        Self {
            number: after * 1000 + random.below(1000),
            epoch: [after + random.below(400), random.below(length), length],
            rate: 10_000_000_000_000_000 + after * 1_000_000_000_000 + random.below(1 << 32),
        }
    }
}

/// A deposit that comes out, all of it as it has to be.
#[derive(Clone)]
struct Withdrawal {
    deposited: Block,
    withdrawn: Block,
    output: CellOutput,
    data: Vec<u8>,
    since: [u64; 3],
    /// Where the witness says that the block of the deposit is among the header deps.
    place: Vec<u8>,
    shannons: u64,
}

impl Withdrawal {
    fn random(random: &mut Random, lock: &Script, dao: &Script) -> Self {
        let deposited = Block::random(random, 1000);
        let after = 1400 + random.below(1000);
        let withdrawn = Block::random(random, after);
        let output = output(20_000_000_000 + random.below(1 << 40), lock, Some(dao));
        Self {
            since: due(deposited, withdrawn),
            shannons: withdrawable(&output, deposited, withdrawn),
            data: deposited.number.to_le_bytes().to_vec(),
            place: Vec::new(),
            deposited,
            withdrawn,
            output,
        }
    }

    /// Makes one thing about it wrong, or maybe not.
    fn spoil(&mut self, random: &mut Random) {
        match random.below(10) {
            0 => self.shannons += 1 + random.below(2) * random.below(1 << 32),
            1 => self.since[1] = self.since[1].wrapping_sub(1) & 0xffff,
            2 => self.since[0] -= 1 + random.below(PERIOD),
            3 => self.since[0] += random.below(2 * PERIOD),
            4 => self.data[random.below(8) as usize] ^= 1 << random.below(8),
            5 => self.data = vec![0; random.below(17) as usize],
            6 => self.place = random.below(4).to_le_bytes().to_vec(),
            7 => self.place.truncate(random.below(8) as usize),
            8 => self.deposited.rate = random.of(&[0, 1, u64::MAX]),
            _ => self.withdrawn.epoch = [self.withdrawn.epoch[0] + random.below(PERIOD), 0, 1],
        }
    }
}

/// The first epoch that a deposit may come out in: a whole number of periods behind it.
fn due(deposited: Block, withdrawn: Block) -> [u64; 3] {
    let [[from, index, length], [to, to_index, to_length]] =
        [deposited, withdrawn].map(|b| b.epoch);
    let begun = u64::from(to_index * length > index * to_length);
    [from + (to - from + begun).div_ceil(PERIOD) * PERIOD, index, length]
}

/// What may come out at most: what the cell occupies earns nothing.
fn withdrawable(output: &CellOutput, deposited: Block, withdrawn: Block) -> u64 {
    let occupied = output.occupied_capacity(Capacity::bytes(8).unwrap()).unwrap().as_u64();
    let capacity: Capacity = output.capacity().into();
    let counted = u128::from(capacity.as_u64() - occupied);
    let grown = counted * u128::from(withdrawn.rate) / u128::from(deposited.rate);
    occupied + u64::try_from(grown).unwrap()
}

/// An epoch with a fraction, counted from the first block on (CKB RFC 17).
fn since([epoch, index, length]: [u64; 3]) -> u64 {
    0x20 << 56 | length << 40 | index << 24 | epoch
}

fn witness(input_type: Vec<u8>, lock: Option<Vec<u8>>) -> Vec<u8> {
    let input_type = (!input_type.is_empty()).then(|| Bytes::from(input_type));
    let lock = lock.map(Bytes::from);
    let witness = WitnessArgs::new_builder().input_type(input_type.pack()).lock(lock.pack());
    witness.build().as_bytes().to_vec()
}

/// A transaction with withdrawals, deposits that are to end, and new ones; each of them spoilt
/// once in so many times. With the hash of the type script, and whether all is as it has to be.
fn of_dao(
    random: &mut Random,
    hash_type: u8,
    spoilt: u64,
) -> ((Arc<ResolvedTransaction>, Chain), Byte32, bool) {
    let (code, anyone) = (genesis("dao"), Guest::exiting(0).elf());
    let lock = script(&data_hash(&anyone), 2, &[]);
    let dao = script(&data_hash(&code), hash_type, &[]);
    let mut scene = Scene::new();
    let mut good = true;
    let mut spoils = |random: &mut Random| {
        let spoils = random.one_in(spoilt);
        good &= !spoils;
        spoils
    };
    let mut headers = Vec::new();
    // Inputs of NervosDAO are as many as outputs at the same places.
    let ending = random.below(3);
    for _ in 0..ending {
        let block = Block::random(random, 2000);
        let hash = scene.block(block.header());
        let capacity = 20_000_000_000 + random.below(1 << 40);
        let (mut after, mut data) = (capacity, block.number.to_le_bytes().to_vec());
        let mut before = vec![0; 8];
        if spoils(random) {
            match random.below(4) {
                0 => after += 1,
                1 => data[random.below(8) as usize] ^= 1 << random.below(8),
                2 => data.truncate(random.below(8) as usize),
                _ => before[random.below(8) as usize] ^= 1 << random.below(8),
            }
        }
        let cell = output(capacity, &lock, Some(&dao));
        scene.input(0, cell, Data::Memory(before), Some(hash.clone()));
        scene.output(output(after, &lock, Some(&dao)), data);
        scene.witness(Vec::new());
        headers.push(hash);
    }
    let mut out = 0_u64;
    let withdrawals = random.below(3) + u64::from(ending == 0);
    for _ in 0..withdrawals {
        let mut withdrawal = Withdrawal::random(random, &lock, &dao);
        withdrawal.place = (headers.len() as u64).to_le_bytes().to_vec();
        if spoils(random) {
            withdrawal.spoil(random);
        }
        let Withdrawal { deposited, withdrawn, output, data, place, .. } = withdrawal;
        let [deposited, withdrawn] = [deposited, withdrawn].map(|block| block.header());
        let [deposited, withdrawn] = [deposited, withdrawn].map(|header| scene.block(header));
        headers.extend([deposited, withdrawn.clone()]);
        scene.input(since(withdrawal.since), output, Data::Memory(data), Some(withdrawn));
        scene.witness(witness(place, None));
        out = out.saturating_add(withdrawal.shannons);
    }
    for _ in 0..random.below(3) {
        let mut data = vec![0; 8];
        if spoils(random) {
            match random.below(2) {
                0 => data[random.below(8) as usize] ^= 1 << random.below(8),
                _ => data.truncate(random.below(8) as usize),
            }
        }
        // Paid for by another cell.
        scene.input(0, output(DEPOSIT, &lock, None), Data::Memory(Vec::new()), None);
        scene.output(output(DEPOSIT, &lock, Some(&dao)), data);
    }
    if out > 0 {
        scene.output(output(out, &lock, None), Vec::new());
    }
    let missing = spoils(random).then(|| random.below(headers.len() as u64 + 1) as usize);
    for (number, hash) in headers.into_iter().enumerate() {
        if missing != Some(number) {
            scene.header_dep(hash);
        }
    }
    scene.program(anyone);
    scene.program(code);
    (scene.build(), dao.calc_script_hash(), good)
}

#[test]
fn deposits_come_and_go() {
    let mut random = Random::new(23);
    let mut ends = Ends::default();
    for number in 0..600 {
        let hash_type = random.of(&HASH_TYPES);
        let spoilt = if number % 3 == 0 { u64::MAX } else { 4 };
        let (transaction, hash, good) = of_dao(&mut random, hash_type, spoilt);
        let both = Both::new(&transaction, Version::V2);
        let what = format!("number {number}, hash type {hash_type}");
        let end = both.group(GroupKind::Type, &hash, MAX_CYCLES, &what);
        assert!(!good || end.result.is_ok(), "{what}: {:?}", end.result);
        ends.add(&end.result);
        if number % 5 == 0 {
            both.verify(MAX_CYCLES, &what);
        }
    }
    let seen = ends.seen();
    let expected = ["accepted", "-14", "-15", "-17", "-19", "-20"];
    assert!(expected.iter().all(|end| seen.contains(end)), "{ends:?}");
}

// ---- several signers ----

/// Keys of signers, by their numbers.
fn key(number: u8) -> SecretKey {
    SecretKey::from_byte_array(&[number + 1; 32]).expect("it is a key")
}

fn blake160(bytes: &[u8]) -> Vec<u8> {
    data_hash(bytes).as_slice()[..20].to_vec()
}

/// Who has to sign: any `threshold` of these, the first `required` of them among them.
struct Signers {
    required: u8,
    threshold: u8,
    keys: Vec<u8>,
}

impl Signers {
    /// As the witness has it.
    fn to_bytes(&self) -> Vec<u8> {
        let count = u8::try_from(self.keys.len()).expect("there are few");
        let mut bytes = vec![0, self.required, self.threshold, count];
        for &number in &self.keys {
            bytes.extend(blake160(&key(number).public_key(SECP256K1).serialize()));
        }
        bytes
    }
}

/// The signature of what a transaction with these witnesses of a group means.
fn sign(hash: &Byte32, witnesses: &[Vec<u8>], number: u8) -> Vec<u8> {
    let mut hasher = ckb_hash::new_blake2b();
    hasher.update(hash.as_slice());
    for witness in witnesses {
        hasher.update(&(witness.len() as u64).to_le_bytes());
        hasher.update(witness);
    }
    let mut message = [0; 32];
    hasher.finalize(&mut message);
    let signature = SECP256K1.sign_ecdsa_recoverable(&Message::from_digest(message), &key(number));
    let (recovery, compact) = signature.serialize_compact();
    [&compact[..], &[u8::try_from(i32::from(recovery)).expect("there are four")]].concat()
}

#[test]
fn several_signers_unlock_a_cell() {
    let later: Cow<'_, [u8]> = ckb_system_scripts_later::BUNDLED_CELL
        .get("specs/cells/secp256k1_blake160_multisig_all")
        .expect("the crate has this cell");
    let codes = [genesis("secp256k1_blake160_multisig_all"), later.into_owned()];
    let table = genesis("secp256k1_data");
    let mut random = Random::new(21);
    let mut ends = Ends::default();
    for number in 0..120 {
        let code = &codes[number % 2];
        let hash_type = random.of(&HASH_TYPES);
        let keys: Vec<u8> = (0..1 + random.below(4)).map(|key| key as u8).collect();
        let count = keys.len() as u64;
        let threshold = 1 + random.below(count);
        let required = random.below(threshold + 1);
        let mut signers =
            Signers { required: required as u8, threshold: threshold as u8, keys: keys.clone() };
        let mut args = blake160(&signers.to_bytes());
        // A time before which the cell stays locked.
        let locked_until = since([1000, 3, 10]);
        let mut valid_from = 0;
        if random.one_in(3) {
            args.extend(locked_until.to_le_bytes());
            valid_from = since([1000, 4, 10]);
        }
        // The first ones sign, in an order of their own.
        let mut signing = keys[..threshold as usize].to_vec();
        signing.rotate_left(random.below(threshold) as usize);
        let mut good = true;
        let mut flipped = None;
        if random.one_in(2) {
            good = false;
            match random.below(9) {
                0 => signing[0] = 9,
                1 => signing.push(0),
                2 => drop(signing.pop()),
                3 => signers.threshold = random.below(6) as u8,
                4 => signers.required += 1,
                5 => signers.keys.push(7),
                6 => valid_from = random.of(&[1, locked_until - 1, locked_until ^ 1 << 62]),
                7 => args.truncate(random.below(28) as usize),
                _ => flipped = Some(random.below(1000)),
            }
        }
        let lock = script(&data_hash(code), hash_type, &args);
        let mut scene = Scene::new();
        let inputs = 1 + random.below(2) as usize;
        for _ in 0..inputs {
            scene.input(valid_from, output(100, &lock, None), Data::Memory(Vec::new()), None);
        }
        scene.output(output(100, &lock, None), Vec::new());
        scene.program(code.clone());
        scene.program(table.clone());
        // What is signed has zeros where signatures will be.
        let with = |signatures: Vec<u8>| {
            witness(Vec::new(), Some([signers.to_bytes(), signatures].concat()))
        };
        let mut witnesses = vec![Vec::new(); inputs];
        witnesses[0] = with(vec![0; 65 * signing.len()]);
        let signature = |&number: &u8| sign(&scene.hash(), &witnesses, number);
        let mut first = with(signing.iter().flat_map(signature).collect());
        if let Some(at) = flipped {
            let at = at as usize % first.len();
            first[at] ^= 1 << random.below(8);
        }
        witnesses[0] = first;
        witnesses.into_iter().for_each(|witness| scene.witness(witness));
        let both = Both::new(&scene.build(), Version::V2);
        let what = format!("number {number}, hash type {hash_type}");
        let end = both.group(GroupKind::Lock, &lock.calc_script_hash(), MAX_CYCLES, &what);
        assert!(!good || end.result.is_ok(), "{what}: {:?}", end.result);
        ends.add(&end.result);
    }
    let seen = ends.seen();
    let expected = ["accepted", "-22", "-43", "-44", "-51", "-52"];
    assert!(expected.iter().all(|end| seen.contains(end)), "{ends:?}");
}
