//! Checks copying, filling and comparing memory, byte by byte, for lengths and distances
//! around those at which the functions change their ways. Exits with the number of what
//! failed first.

#![no_std]
#![no_main]

use core::hint::black_box;

verdict_std::entry!(main);

const LEN: usize = 160;

/// Bytes that differ from their neighbours.
fn pattern(seed: usize) -> [u8; LEN] {
    let mut bytes = [0; LEN];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = black_box((at * 37 + seed) as u8 | 1);
    }
    bytes
}

/// What is at `at` is read by itself: the compiler shall not use what is tested.
fn same(found: &[u8; LEN], expected: impl Fn(usize) -> u8) -> bool {
    (0..LEN).all(|at| black_box(found[black_box(at)]) == expected(at))
}

fn main() -> i8 {
    let from = pattern(3);
    for len in 0..80 {
        for (to, start) in [(0, 0), (1, 0), (0, 1), (7, 3), (9, 2), (16, 40), (40, 16)] {
            let inside = |at: usize| (to..to + len).contains(&at);
            let mut copied = pattern(100);
            let (len, to, start) = (black_box(len), black_box(to), black_box(start));
            copied[to..to + len].copy_from_slice(&from[start..start + len]);
            let before = pattern(100);
            if !same(&copied, |at| if inside(at) { from[at - to + start] } else { before[at] }) {
                return 1;
            }
            let mut moved = pattern(3);
            moved.copy_within(start..start + len, to);
            if !same(&moved, |at| if inside(at) { from[at - to + start] } else { from[at] }) {
                return 2;
            }
            let mut filled = pattern(3);
            filled[to..to + len].fill(black_box(0xa5));
            if !same(&filled, |at| if inside(at) { 0xa5 } else { from[at] }) {
                return 3;
            }
        }
        // The shorter distances, at which copies overlap.
        for distance in 0..10 {
            for (to, start) in [(30, 30 + distance), (30 + distance, 30)] {
                let mut moved = pattern(3);
                moved.copy_within(start..start + len, to);
                let inside = |at: usize| (to..to + len).contains(&at);
                if !same(&moved, |at| if inside(at) { from[at - to + start] } else { from[at] }) {
                    return 4;
                }
            }
        }
        let same_bytes = pattern(3);
        if black_box(&same_bytes[..len]).cmp(black_box(&from[..len])).is_ne() {
            return 5;
        }
        for at in 0..len {
            let mut other = pattern(3);
            other[at] = other[at].wrapping_add(2);
            let less = from[at] < other[at];
            let order = black_box(&from[..len]).cmp(black_box(&other[..len]));
            if order.is_lt() != less || order.is_eq() || black_box(&from[..len]) == &other[..len] {
                return 6;
            }
        }
    }
    0
}
