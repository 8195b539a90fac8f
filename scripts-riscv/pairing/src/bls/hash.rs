//! Hashing to the curve: suite BLS12381G1_XMD:SHA-256_SSWU_RO_ of RFC 9380.

use verdict_hash::sha256::Sha256;

use crate::{
    field::{Field, Fp, fp6, read_be},
    kernel::{Bls12381, Modulus, Term, constant},
    point::Jacobian,
};

type F = Fp<Bls12381>;

/// The point of the group that `message` hashes to, under the domain separation tag
/// `tag` of at most 255 bytes.
#[must_use]
pub fn hash_to_curve(message: &[u8], tag: &[u8]) -> Jacobian<F> {
    let point = map_to_curve(message, tag);
    // The effective cofactor is one more than the negative of the parameter.
    point.times(&super::DIGITS).add(&point)
}

/// The point of the curve whose product with the effective cofactor
/// [`hash_to_curve`] is.
#[must_use]
pub(super) fn map_to_curve(message: &[u8], tag: &[u8]) -> Jacobian<F> {
    let [first, second] = hash_to_field(message, tag);
    map_element(&first).add(&map_element(&second))
}

/// RFC 9380, section 5.2.
fn hash_to_field(message: &[u8], tag: &[u8]) -> [F; 2] {
    let bytes = expand_message(message, tag);
    let (words, _) = bytes.as_chunks::<32>();
    let number = |word: &[u8; 32]| {
        let mut limbs = [0; 6];
        read_be(&mut limbs[..4], word);
        limbs
    };
    // Behind it, what takes a number of 256 bits to Montgomery form, 2^256 times.
    const HIGH: [u64; 6] = constant::power_of_two(2 * 384 + 256, &Bls12381::MODULUS);
    core::array::from_fn(|i| {
        let [high, low] = [number(&words[2 * i]), number(&words[2 * i + 1])];
        Fp(Bls12381::dot(&[Term { a: &high, b: &HIGH }, Term { a: &low, b: &Bls12381::SQUARE }]))
    })
}

/// RFC 9380, section 5.3.1, for 128 bytes.
fn expand_message(message: &[u8], tag: &[u8]) -> [u8; 128] {
    let finish = |mut hash: Sha256| {
        hash.update(tag);
        hash.update(&[tag.len() as u8]);
        hash.finish()
    };
    let mut hash = Sha256::new();
    hash.update(&[0; 64]);
    hash.update(message);
    hash.update(&[0, 128, 0]);
    let first = finish(hash);
    let mut bytes = [0; 128];
    let mut last = [0; 32];
    for (i, part) in (1..).zip(bytes.as_chunks_mut::<32>().0) {
        for (last, first) in last.iter_mut().zip(first) {
            *last ^= first;
        }
        let mut hash = Sha256::new();
        hash.update(&last);
        hash.update(&[i]);
        last = finish(hash);
        *part = last;
    }
    bytes
}

/// RFC 9380, section 8.8.1: the curve y^2 = x^3 + A x + B that the isogeny is from.
const A: F = fp6(
    "00144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1d",
);
/// See [`A`].
const B: F = fp6(
    "12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0",
);
/// Z = 11.
const Z: F = fp6(
    "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000b",
);
/// A square root of -Z.
const ROOT: F = fp6(
    "04610e003bd3ac94dfa9246c390d7a78942602029175a4ca366d601f33f3946e3ed39794735c38315d874bc1d70637c3",
);

/// RFC 9380, sections 6.6.3 and F.2, with sqrt_ratio of F.2.1.2.
fn map_element(u: &F) -> Jacobian<F> {
    let zu2 = Z.mul(&u.square());
    let denominator = zu2.square().add(&zu2);
    let x1 = B.mul(&denominator.add(&F::ONE));
    let d = A.mul(&if denominator.is_zero() { Z } else { denominator.neg() });
    // g(x1) = u / v.
    let d2 = d.square();
    let v = d2.mul(&d);
    let u1 = x1.square().add(&A.mul(&d2)).mul(&x1).add(&B.mul(&v));
    let uv = u1.mul(&v);
    let y1 = v.square().mul(&uv).root_power().mul(&uv);
    let (x, y) = if y1.square().mul(&v) == u1 {
        (x1, y1)
    } else {
        (zu2.mul(&x1), zu2.mul(u).mul(&y1.mul(&ROOT)))
    };
    let odd = |a: &F| a.to_limbs()[0] & 1;
    let y = if odd(u) == odd(&y) { y } else { y.neg() };
    isogeny(&x, &d, &y)
}

/// The isogeny of degree eleven, RFC 9380, section E.2, of the point (x / d, y).
fn isogeny(x: &F, d: &F, y: &F) -> Jacobian<F> {
    let mut powers = [F::ONE; 16];
    for i in 1..16 {
        powers[i] = powers[i - 1].mul(d);
    }
    // The polynomial, times d to its degree.
    let evaluate = |coefficients: &[F]| {
        let Some((highest, rest)) = coefficients.split_last() else { return F::ZERO };
        rest.iter().rev().zip(&powers[1..]).fold(*highest, |sum, (coefficient, power)| {
            Fp(Bls12381::dot(&[
                Term { a: &sum.0, b: &x.0 },
                Term { a: &coefficient.0, b: &power.0 },
            ]))
        })
    };
    let [x_num, y_num] = [evaluate(&X_NUM), evaluate(&Y_NUM)];
    let x_den = evaluate(&X_DEN).mul(d);
    let y_den = evaluate(&Y_DEN);
    let y_den2 = y_den.square();
    let common = x_den.mul(&y_den2);
    Jacobian {
        x: x_num.mul(&common),
        y: y.mul(&y_num).mul(&common.mul(&x_den.square())),
        z: x_den.mul(&y_den),
    }
}

/// Numerator of x.
#[rustfmt::skip]
const X_NUM: [Fp<Bls12381>; 12] = [
    fp6("11a05f2b1e833340b809101dd99815856b303e88a2d7005ff2627b56cdb4e2c85610c2d5f2e62d6eaeac1662734649b7"),
    fp6("17294ed3e943ab2f0588bab22147a81c7c17e75b2f6a8417f565e33c70d1e86b4838f2a6f318c356e834eef1b3cb83bb"),
    fp6("0d54005db97678ec1d1048c5d10a9a1bce032473295983e56878e501ec68e25c958c3e3d2a09729fe0179f9dac9edcb0"),
    fp6("1778e7166fcc6db74e0609d307e55412d7f5e4656a8dbf25f1b33289f1b330835336e25ce3107193c5b388641d9b6861"),
    fp6("0e99726a3199f4436642b4b3e4118e5499db995a1257fb3f086eeb65982fac18985a286f301e77c451154ce9ac8895d9"),
    fp6("1630c3250d7313ff01d1201bf7a74ab5db3cb17dd952799b9ed3ab9097e68f90a0870d2dcae73d19cd13c1c66f652983"),
    fp6("0d6ed6553fe44d296a3726c38ae652bfb11586264f0f8ce19008e218f9c86b2a8da25128c1052ecaddd7f225a139ed84"),
    fp6("17b81e7701abdbe2e8743884d1117e53356de5ab275b4db1a682c62ef0f2753339b7c8f8c8f475af9ccb5618e3f0c88e"),
    fp6("080d3cf1f9a78fc47b90b33563be990dc43b756ce79f5574a2c596c928c5d1de4fa295f296b74e956d71986a8497e317"),
    fp6("169b1f8e1bcfa7c42e0c37515d138f22dd2ecb803a0c5c99676314baf4bb1b7fa3190b2edc0327797f241067be390c9e"),
    fp6("10321da079ce07e272d8ec09d2565b0dfa7dccdde6787f96d50af36003b14866f69b771f8c285decca67df3f1605fb7b"),
    fp6("06e08c248e260e70bd1e962381edee3d31d79d7e22c837bc23c0bf1bc24c6b68c24b1b80b64d391fa9c8ba2e8ba2d229"),
];

/// Denominator of x.
#[rustfmt::skip]
const X_DEN: [Fp<Bls12381>; 11] = [
    fp6("08ca8d548cff19ae18b2e62f4bd3fa6f01d5ef4ba35b48ba9c9588617fc8ac62b558d681be343df8993cf9fa40d21b1c"),
    fp6("12561a5deb559c4348b4711298e536367041e8ca0cf0800c0126c2588c48bf5713daa8846cb026e9e5c8276ec82b3bff"),
    fp6("0b2962fe57a3225e8137e629bff2991f6f89416f5a718cd1fca64e00b11aceacd6a3d0967c94fedcfcc239ba5cb83e19"),
    fp6("03425581a58ae2fec83aafef7c40eb545b08243f16b1655154cca8abc28d6fd04976d5243eecf5c4130de8938dc62cd8"),
    fp6("13a8e162022914a80a6f1d5f43e7a07dffdfc759a12062bb8d6b44e833b306da9bd29ba81f35781d539d395b3532a21e"),
    fp6("0e7355f8e4e667b955390f7f0506c6e9395735e9ce9cad4d0a43bcef24b8982f7400d24bc4228f11c02df9a29f6304a5"),
    fp6("0772caacf16936190f3e0c63e0596721570f5799af53a1894e2e073062aede9cea73b3538f0de06cec2574496ee84a3a"),
    fp6("14a7ac2a9d64a8b230b3f5b074cf01996e7f63c21bca68a81996e1cdf9822c580fa5b9489d11e2d311f7d99bbdcc5a5e"),
    fp6("0a10ecf6ada54f825e920b3dafc7a3cce07f8d1d7161366b74100da67f39883503826692abba43704776ec3a79a1d641"),
    fp6("095fc13ab9e92ad4476d6e3eb3a56680f682b4ee96f7d03776df533978f31c1593174e4b4b7865002d6384d168ecdd0a"),
    fp6("000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001"),
];

/// Numerator of y, by y.
#[rustfmt::skip]
const Y_NUM: [Fp<Bls12381>; 16] = [
    fp6("090d97c81ba24ee0259d1f094980dcfa11ad138e48a869522b52af6c956543d3cd0c7aee9b3ba3c2be9845719707bb33"),
    fp6("134996a104ee5811d51036d776fb46831223e96c254f383d0f906343eb67ad34d6c56711962fa8bfe097e75a2e41c696"),
    fp6("00cc786baa966e66f4a384c86a3b49942552e2d658a31ce2c344be4b91400da7d26d521628b00523b8dfe240c72de1f6"),
    fp6("01f86376e8981c217898751ad8746757d42aa7b90eeb791c09e4a3ec03251cf9de405aba9ec61deca6355c77b0e5f4cb"),
    fp6("08cc03fdefe0ff135caf4fe2a21529c4195536fbe3ce50b879833fd221351adc2ee7f8dc099040a841b6daecf2e8fedb"),
    fp6("16603fca40634b6a2211e11db8f0a6a074a7d0d4afadb7bd76505c3d3ad5544e203f6326c95a807299b23ab13633a5f0"),
    fp6("04ab0b9bcfac1bbcb2c977d027796b3ce75bb8ca2be184cb5231413c4d634f3747a87ac2460f415ec961f8855fe9d6f2"),
    fp6("0987c8d5333ab86fde9926bd2ca6c674170a05bfe3bdd81ffd038da6c26c842642f64550fedfe935a15e4ca31870fb29"),
    fp6("09fc4018bd96684be88c9e221e4da1bb8f3abd16679dc26c1e8b6e6a1f20cabe69d65201c78607a360370e577bdba587"),
    fp6("0e1bba7a1186bdb5223abde7ada14a23c42a0ca7915af6fe06985e7ed1e4d43b9b3f7055dd4eba6f2bafaaebca731c30"),
    fp6("19713e47937cd1be0dfd0b8f1d43fb93cd2fcbcb6caf493fd1183e416389e61031bf3a5cce3fbafce813711ad011c132"),
    fp6("18b46a908f36f6deb918c143fed2edcc523559b8aaf0c2462e6bfe7f911f643249d9cdf41b44d606ce07c8a4d0074d8e"),
    fp6("0b182cac101b9399d155096004f53f447aa7b12a3426b08ec02710e807b4633f06c851c1919211f20d4c04f00b971ef8"),
    fp6("0245a394ad1eca9b72fc00ae7be315dc757b3b080d4c158013e6632d3c40659cc6cf90ad1c232a6442d9d3f5db980133"),
    fp6("05c129645e44cf1102a159f748c4a3fc5e673d81d7e86568d9ab0f5d396a7ce46ba1049b6579afb7866b1e715475224b"),
    fp6("15e6be4e990f03ce4ea50b3b42df2eb5cb181d8f84965a3957add4fa95af01b2b665027efec01c7704b456be69c8b604"),
];

/// Denominator of y.
#[rustfmt::skip]
const Y_DEN: [Fp<Bls12381>; 16] = [
    fp6("16112c4c3a9c98b252181140fad0eae9601a6de578980be6eec3232b5be72e7a07f3688ef60c206d01479253b03663c1"),
    fp6("1962d75c2381201e1a0cbd6c43c348b885c84ff731c4d59ca4a10356f453e01f78a4260763529e3532f6102c2e49a03d"),
    fp6("058df3306640da276faaae7d6e8eb15778c4855551ae7f310c35a5dd279cd2eca6757cd636f96f891e2538b53dbf67f2"),
    fp6("16b7d288798e5395f20d23bf89edb4d1d115c5dbddbcd30e123da489e726af41727364f2c28297ada8d26d98445f5416"),
    fp6("0be0e079545f43e4b00cc912f8228ddcc6d19c9f0f69bbb0542eda0fc9dec916a20b15dc0fd2ededda39142311a5001d"),
    fp6("08d9e5297186db2d9fb266eaac783182b70152c65550d881c5ecd87b6f0f5a6449f38db9dfa9cce202c6477faaf9b7ac"),
    fp6("166007c08a99db2fc3ba8734ace9824b5eecfdfa8d0cf8ef5dd365bc400a0051d5fa9c01a58b1fb93d1a1399126a775c"),
    fp6("16a3ef08be3ea7ea03bcddfabba6ff6ee5a4375efa1f4fd7feb34fd206357132b920f5b00801dee460ee415a15812ed9"),
    fp6("1866c8ed336c61231a1be54fd1d74cc4f9fb0ce4c6af5920abc5750c4bf39b4852cfe2f7bb9248836b233d9d55535d4a"),
    fp6("167a55cda70a6e1cea820597d94a84903216f763e13d87bb5308592e7ea7d4fbc7385ea3d529b35e346ef48bb8913f55"),
    fp6("04d2f259eea405bd48f010a01ad2911d9c6dd039bb61a6290e591b36e636a5c871a5c29f4f83060400f8b49cba8f6aa8"),
    fp6("0accbb67481d033ff5852c1e48c50c477f94ff8aefce42d28c0f9a88cea7913516f968986f7ebbea9684b529e2561092"),
    fp6("0ad6b9514c767fe3c3613144b45f1496543346d98adf02267d5ceef9a00d9b8693000763e3b90ac11e99b138573345cc"),
    fp6("02660400eb2e4f3b628bdd0d53cd76f2bf565b94e72927c1cb748df27942480e420517bd8714cc80d1fadc1326ed06f7"),
    fp6("0e0fa1d816ddc03e6b24255e0d7819c171c40f65e273b853324efcd6356caa205ca2f570f13497804415473a1d634b8f"),
    fp6("000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9380, section J.9.1.
    #[test]
    fn published_points() {
        const TAG: &[u8] = b"QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_";
        let cases: [(&[u8], F, F); 2] = [
            (
                b"",
                fp6(
                    "052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4e8cf62d9c09db0fac349612b759e79a1",
                ),
                fp6(
                    "08ba738453bfed09cb546dbb0783dbb3a5f1f566ed67bb6be0e8c67e2e81a4cc68ee29813bb7994998f3eae0c9c6a265",
                ),
            ),
            (
                b"abc",
                fp6(
                    "03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903",
                ),
                fp6(
                    "0b9c15f3fe6e5cf4211f346271d7b01c8f3b28be689c8429c85b67af215533311f0b8dfaaa154fa6b88176c229f2885d",
                ),
            ),
        ];
        for (message, x, y) in cases {
            let point = hash_to_curve(message, TAG).to_affine().expect("it is finite");
            assert_eq!((point.x, point.y), (x, y), "{message:?}");
        }
    }
}
