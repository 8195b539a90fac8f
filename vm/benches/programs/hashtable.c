// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A hash table with open addressing (linear probing, multiplicative hashing)
// and a walk along a linked list in shuffled order: dependent loads. Argument:
// rounds of 4096 insertions, 4096 lookups and one walk over 4096 nodes. Each
// round checks that no insertion was lost and that the list closes.

#include "guest.h"

#define SLOTS 8192
#define KEYS 5000
#define LEN 4096

static const struct expected EXPECTED[2] = {
    {4, 0xfeb3437f1eea3756},
    {400, 0xb981b059d05de51b},
};

struct slot {
    uint64_t key, count;
};

struct node {
    struct node *next;
    uint64_t value;
};

static struct slot table[SLOTS];
static struct node list[LEN];

// Returns the slot of `key`, or the empty one where it belongs. Key 0 marks an
// empty slot.
static NOINLINE struct slot *find(uint64_t key)
{
    uint64_t i = key * 0x9e3779b97f4a7c15 >> 51;

    while (table[i].key != 0 && table[i].key != key)
        i = (i + 1) % SLOTS;
    return &table[i];
}

// Links the nodes into one cycle in random order (Sattolo's algorithm).
static void shuffle(uint64_t *seed)
{
    static uint16_t order[LEN];

    for (int i = 0; i < LEN; i++)
        order[i] = (uint16_t)i;
    for (int i = LEN - 1; i > 0; i--) {
        int j = (int)(next_random(seed) % (uint64_t)i);
        uint16_t t = order[i];

        order[i] = order[j];
        order[j] = t;
    }
    for (int i = 0; i < LEN; i++) {
        list[i].next = &list[order[i]];
        list[i].value = next_random(seed);
    }
}

int main(int argc, char **argv)
{
    uint64_t n = count_of(argc, argv, EXPECTED[0].count);
    uint64_t seed = 88172645463325252, sum = 0, total = 0;
    const struct node *at = list;

    shuffle(&seed);
    for (uint64_t round = 0; round < n; round++) {
        for (int i = 0; i < LEN; i++) {
            uint64_t key = next_random(&seed) % KEYS + 1;
            struct slot *slot = find(key);

            slot->key = key;
            slot->count++;
        }
        for (int i = 0; i < LEN; i++)
            sum = rotl64(sum, 1) ^ find(next_random(&seed) % KEYS + 1)->count;
        for (int i = 0; i < LEN; i++) {
            sum = rotl64(sum, 1) + at->value;
            at = at->next;
        }
        if (at != list)
            return 1;
    }
    for (int i = 0; i < SLOTS; i++)
        total += table[i].count;
    if (total != n * LEN)
        return 1;
    return judge(n, sum, EXPECTED);
}
