//! Nothing but the right witness is accepted, by any program.
//!
//! `VERDICT_MUTATIONS` sets how often each witness is changed.

use std::{collections::BTreeMap, env};

use verdict_script_tests::mutate::Target;

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }
}

#[test]
fn changed_witnesses_are_refused() {
    let count = env::var("VERDICT_MUTATIONS").map_or(300, |text| text.parse().expect("a number"));
    for target in Target::all() {
        let mut random = Random(7);
        let mut codes = BTreeMap::<Option<i8>, usize>::new();
        for _ in 0..count {
            let words = 1 + random.next() % 3;
            let data: Vec<u8> = (0..words).flat_map(|_| random.next().to_le_bytes()).collect();
            // Half of the time one change is made.
            let len = if random.next().is_multiple_of(2) { 4 } else { data.len() };
            if let Some(code) = target.check(&data[..len]) {
                *codes.entry(code).or_default() += 1;
            }
        }
        println!("{}: {codes:?}", target.name());
        assert!(!codes.contains_key(&Some(101)), "{} panics", target.name());
        assert!(!codes.contains_key(&None), "{} breaks a rule of the machine", target.name());
    }
}
