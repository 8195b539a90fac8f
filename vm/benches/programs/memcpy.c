// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Copying, moving and filling memory with the loops of a plain C library:
// eight bytes at a time where both sides are aligned alike, else single bytes.
// Argument: rounds over 15 sizes from 1 to 4096 at random offsets. The first
// round is checked byte by byte.

#include "guest.h"

#define LEN 16384

static const struct expected EXPECTED[2] = {
    {20, 0x3be17dcfb1acc3b5},
    {2000, 0xadd5600030e4763c},
};

static const uint16_t SIZES[15] = {1, 3, 7, 8, 15, 16, 31, 32, 64, 100, 128, 256, 777, 1024, 4096};

typedef uint64_t __attribute__((may_alias)) word;

static uint64_t storage[3][LEN / 8];

static NOINLINE void copy(uint8_t *to, const uint8_t *from, size_t len)
{
    if ((((uintptr_t)to ^ (uintptr_t)from) & 7) == 0) {
        for (; len > 0 && ((uintptr_t)to & 7) != 0; len--)
            *to++ = *from++;
        for (; len >= 8; len -= 8, to += 8, from += 8)
            *(word *)to = *(const word *)from;
    }
    for (; len > 0; len--)
        *to++ = *from++;
}

static NOINLINE void move(uint8_t *to, const uint8_t *from, size_t len)
{
    if ((uintptr_t)to - (uintptr_t)from >= len) {
        copy(to, from, len);
        return;
    }
    to += len;
    from += len;
    if ((((uintptr_t)to ^ (uintptr_t)from) & 7) == 0) {
        for (; len > 0 && ((uintptr_t)to & 7) != 0; len--)
            *--to = *--from;
        for (; len >= 8; len -= 8) {
            to -= 8;
            from -= 8;
            *(word *)to = *(const word *)from;
        }
    }
    for (; len > 0; len--)
        *--to = *--from;
}

static NOINLINE void fill(uint8_t *to, uint8_t byte, size_t len)
{
    uint64_t x = byte * 0x0101010101010101;

    for (; len > 0 && ((uintptr_t)to & 7) != 0; len--)
        *to++ = byte;
    for (; len >= 8; len -= 8, to += 8)
        *(word *)to = x;
    for (; len > 0; len--)
        *to++ = byte;
}

// Does to `bytes` what one copy, move and fill do, a byte at a time, with the
// moved bytes going through `spare`.
static void plainly(uint8_t *bytes, uint8_t *spare, size_t to, size_t from, size_t len,
                    uint8_t byte)
{
    for (size_t i = 0; i < len; i++)
        bytes[LEN / 2 + to + i] = bytes[from + i];
    for (size_t i = 0; i < len; i++)
        spare[i] = bytes[from + i];
    for (size_t i = 0; i < len; i++)
        bytes[to + i] = spare[i];
    for (size_t i = 0; i < len; i++)
        bytes[LEN / 2 + from + i] = byte;
}

int main(int argc, char **argv)
{
    uint64_t n = count_of(argc, argv, EXPECTED[0].count);
    uint64_t seed = 88172645463325252, sum = 0;
    uint8_t *bytes = (uint8_t *)storage[0];
    uint8_t *check = (uint8_t *)storage[1], *spare = (uint8_t *)storage[2];

    for (int i = 0; i < LEN; i++)
        bytes[i] = check[i] = (uint8_t)next_random(&seed);
    for (uint64_t round = 0; round < n; round++) {
        for (int s = 0; s < 15; s++) {
            uint64_t x = next_random(&seed);
            size_t len = SIZES[s], from = x >> 8 & 1023, to = x >> 20 & 1023;

            // Half of the pairs are aligned alike.
            if (x >> 40 & 1)
                to = (to & ~(size_t)7) | (from & 7);
            copy(bytes + LEN / 2 + to, bytes + from, len);
            move(bytes + to, bytes + from, len);
            fill(bytes + LEN / 2 + from, (uint8_t)x, len);
            if (round == 0) {
                plainly(check, spare, to, from, len, (uint8_t)x);
                check[from] = (uint8_t)sum;
            }
            bytes[from] = (uint8_t)sum;
            sum = rotl64(sum, 7) ^ load64(bytes + to) ^ load64(bytes + LEN / 2 + to);
        }
        if (round == 0 && !equal(bytes, check, LEN))
            return 1;
    }
    return judge(n, sum, EXPECTED);
}
