#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Models of the benchmark programs, the source of their EXPECTED tables.

    expected.py          checks every table in this folder; exit code 1 on a difference
    expected.py PROGRAM COUNT   prints one checksum

The models share no code with the programs: hashes come from hashlib, field
arithmetic from Python's integers, and the rest is written from what each
program says it computes.
"""

import hashlib
import math
import pathlib
import re
import sys

MASK = 2**64 - 1
SEED = 88172645463325252


def rotl(x, n):
    n &= 63
    return (x << n | x >> (64 - n)) & MASK


def randoms(skip=0):
    """The words of xorshift64 from the seed all programs use."""
    x = SEED
    while True:
        x ^= x << 13 & MASK
        x ^= x >> 7
        x ^= x << 17 & MASK
        if skip:
            skip -= 1
        else:
            yield x


def hash_chain(count, digest):
    message = bytearray(range(200))
    for _ in range(count):
        message[:32] = digest(message)
    return int.from_bytes(message[:8], "little")


def sha256(count):
    return hash_chain(count, lambda m: hashlib.sha256(m).digest())


def blake2b(count):
    person = b"ckb-default-hash"
    return hash_chain(count, lambda m: hashlib.blake2b(m, digest_size=32, person=person).digest())


def keccak(count):
    return hash_chain(count, lambda m: hashlib.sha3_256(m).digest())


P = 2**256 - 2**32 - 977
G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


def mont256(count):
    x, y = G
    for _ in range(count):
        x = x * y % P
        y = y * x % P
        x = (x + y) % P
    return (x ^ x >> 64 ^ x >> 128 ^ x >> 192) & MASK


def point_add(p, q):
    if p is None or q is None:
        return p or q
    if p[0] != q[0]:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P)
    elif p[1] == q[1]:
        slope = 3 * p[0] ** 2 * pow(2 * p[1], -1, P)
    else:
        return None
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def point_mul(k, p):
    r = None
    for bit in bin(k)[2:]:
        r = point_add(r, r)
        if bit == "1":
            r = point_add(r, p)
    return r


def secp256k1(count):
    q = point_mul(0xAA5E28D6A97A2479A65527F7290311A3624D4CC0FA1578598EE3C2613BF99522, G)
    for _ in range(count - 1):
        q = point_add(point_mul(q[0], G), point_mul(q[1], q))
    return (q[0] ^ q[1]) & MASK


def ladder(scalar, point):
    """X25519 as RFC 7748, section 5, states it."""
    p = 2**255 - 19
    k = scalar & ~7 & 2**255 - 1 | 2**254
    x1 = (point & 2**255 - 1) % p
    near, far = (1, 0), (x1, 1)
    for i in range(254, -1, -1):
        if k >> i & 1:
            near, far = far, near
        a, b = near[0] + near[1], near[0] - near[1]
        da, cb = (far[0] - far[1]) * a, (far[0] + far[1]) * b
        e = a * a - b * b
        far = ((da + cb) ** 2 % p, x1 * (da - cb) ** 2 % p)
        near = (a * a * b * b % p, e * (a * a + 121665 * e) % p)
        if k >> i & 1:
            near, far = far, near
    return near[0] * pow(near[1], p - 2, p) % p


def x25519(count):
    k = u = 9
    for _ in range(count):
        k, u = ladder(k, u), k
    return k & MASK


def quicksort(count):
    words, total = randoms(), 0
    for _ in range(count):
        for x in sorted(next(words) for _ in range(4096)):
            total = rotl(total, 1) ^ x
    return total


def interp(count):
    total, memory = 1, [0] * 64
    for i in range(count, 0, -1):
        total = (total * 31 + math.gcd(i, 720720)) & MASK
        memory[i & 63] ^= total
        total = (total + memory[total >> 7 & 63]) & MASK
    return total


def hashtable(count):
    words, total, at = randoms(), 0, 0
    order = list(range(4096))
    for i in range(4095, 0, -1):
        j = next(words) % i
        order[i], order[j] = order[j], order[i]
    values = [next(words) for _ in range(4096)]
    counts = [0] * 5001
    for _ in range(count):
        for _ in range(4096):
            counts[next(words) % 5000 + 1] += 1
        for _ in range(4096):
            total = rotl(total, 1) ^ counts[next(words) % 5000 + 1]
        for _ in range(4096):
            total = (rotl(total, 1) + values[at]) & MASK
            at = order[at]
    return total


def memcpy(count):
    words, total, half = randoms(), 0, 8192
    data = bytearray(next(words) & 255 for _ in range(2 * half))
    for _ in range(count):
        for size in (1, 3, 7, 8, 15, 16, 31, 32, 64, 100, 128, 256, 777, 1024, 4096):
            x = next(words)
            source, to = x >> 8 & 1023, x >> 20 & 1023
            if x >> 40 & 1:
                to = to & ~7 | source & 7
            data[half + to : half + to + size] = data[source : source + size]
            data[to : to + size] = data[source : source + size]
            data[half + source : half + source + size] = bytes([x & 255]) * size
            data[source] = total & 255
            total = rotl(total, 7)
            total ^= int.from_bytes(data[to : to + 8], "little")
            total ^= int.from_bytes(data[half + to : half + to + 8], "little")
    return total


def signed(x, bits):
    x &= 2**bits - 1
    return x - (x >> bits - 1 << bits)


def bits(count):
    words, total = randoms(skip=64), 0
    for _ in range(count):
        x = next(words)
        low = x & 0xFFFFFFFF
        a, b, c, at = x & ~total, total | x ^ MASK, x ^ total ^ MASK, x >> 58
        total = (total + bin(a).count("1") + bin(b & 0xFFFFFFFF).count("1")) & MASK
        total ^= rotl(c, 64 - (x | 1).bit_length())
        turn = ((x & -x).bit_length() - 1) % 32
        total = (total + ((low << 32 | low) >> turn & 0xFFFFFFFF)) & MASK
        total ^= int(f"{x:064b}"[::-1], 2)
        total = (total | 1 << at) & ~(1 << (at ^ 21))
        total ^= 1 << (at ^ 42)
        total = (total + (x >> (at ^ 7) & 1)) & MASK
        total = min(total, b) ^ max(signed(total, 64), signed(a, 64)) & MASK
        total = (total + signed(x, 8) + signed(a, 16) + (b & 0xFFFF)) & MASK
        total = (3 * total + 4 * low) & MASK
        swapped = int.from_bytes(total.to_bytes(8, "little"), "big")
        total ^= rotl(x, 13) ^ swapped ^ 32 - (low | 1).bit_length()
    return total


def recursion(count):
    words, total = randoms(), 0
    for _ in range(count):
        deep = 1
        for value in reversed([next(words) for _ in range(8192)]):
            deep = rotl(deep, 5) ^ value
        total = rotl(total, 1) ^ deep
    return total


def branchy(count):
    primes = [i for i in range(2, 10000) if all(i % d for d in range(2, math.isqrt(i) + 1))]
    steps, total = {1: 0}, 0
    for number in range(200 * count):
        if number % 200 == 0:
            for prime in primes:
                total = rotl(total, 1) ^ prime
        x, path = number + 1, []
        while x not in steps:
            path.append(x)
            x = 3 * x + 1 if x & 1 else x // 2
        for done, y in enumerate(reversed(path), steps[x] + 1):
            steps[y] = done
        total = (rotl(total, 3) + steps[number + 1]) & MASK
    return total


def check():
    wrong = 0
    for source in sorted(pathlib.Path(__file__).parent.glob("*.c")):
        table = re.findall(r"^    \{(\d+), (0x[0-9a-f]{16})\},$", source.read_text(), re.M)
        assert len(table) == 2, source.name
        for count, listed in table:
            found = f"0x{globals()[source.stem](int(count)):016x}"
            wrong += found != listed
            print(f"{source.stem} {count}: {found}" + (" differs" if found != listed else ""))
    return 1 if wrong else 0


if len(sys.argv) == 3:
    print(f"0x{globals()[sys.argv[1]](int(sys.argv[2])):016x}")
else:
    sys.exit(check())
