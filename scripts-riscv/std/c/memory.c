// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The four functions that compilers call by themselves, to copy a structure or to clear
// one. Those that a script does not need are not linked.

#include <stddef.h>
#include <stdint.h>

// Eight bytes at any address: the machine reads and writes them in one go.
typedef struct __attribute__((packed, may_alias)) {
    uint64_t value;
} word;

void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
    uint8_t *t = to;
    const uint8_t *f = from;

    for (; len >= sizeof(word); len -= sizeof(word)) {
        *(word *)t = *(const word *)f;
        t += sizeof(word);
        f += sizeof(word);
    }
    while (len-- > 0)
        *t++ = *f++;
    return to;
}

void *memmove(void *to, const void *from, size_t len)
{
    uint8_t *t = to;
    const uint8_t *f = from;

    // A copy upwards reads each byte before it is overwritten, unless `to` is above.
    if ((uintptr_t)t - (uintptr_t)f >= len)
        return memcpy(to, from, len);
    for (; len >= sizeof(word); len -= sizeof(word))
        *(word *)(t + len - sizeof(word)) = *(const word *)(f + len - sizeof(word));
    while (len-- > 0)
        t[len] = f[len];
    return to;
}

void *memset(void *to, int byte, size_t len)
{
    uint8_t *t = to;
    const word filled = {(uint8_t)byte * 0x0101010101010101u};

    for (; len >= sizeof(word); len -= sizeof(word)) {
        *(word *)t = filled;
        t += sizeof(word);
    }
    while (len-- > 0)
        *t++ = (uint8_t)byte;
    return to;
}

int memcmp(const void *a, const void *b, size_t len)
{
    const uint8_t *x = a, *y = b;

    for (; len >= sizeof(word) && ((const word *)x)->value == ((const word *)y)->value;
         len -= sizeof(word)) {
        x += sizeof(word);
        y += sizeof(word);
    }
    for (; len > 0; len--, x++, y++) {
        if (*x != *y)
            return *x - *y;
    }
    return 0;
}
