// A lock: opens if the first witness of its group is the word in its arguments.
// verdict.h comes with `verdict build`; there is no C library.

#include <verdict.h>

#define MAX_LEN 64

enum {
    OTHER_WORD = 1,
    NO_WORD = 2,
};

static int equal(const uint8_t *a, const uint8_t *b, uint64_t len)
{
    for (uint64_t i = 0; i < len; i++) {
        if (a[i] != b[i])
            return 0;
    }
    return 1;
}

int main(void)
{
    uint8_t word[MAX_LEN], witness[MAX_LEN];
    uint64_t word_len = MAX_LEN, witness_len = MAX_LEN;

    if (load_args(word, &word_len) != RETURN_SUCCESS || word_len > MAX_LEN)
        return NO_WORD;
    if (load_witness(witness, &witness_len, 0, 0, SOURCE_GROUP_INPUT) != RETURN_SUCCESS ||
        witness_len > MAX_LEN)
        return NO_WORD;
    return word_len == witness_len && equal(word, witness, word_len) ? 0 : OTHER_WORD;
}
