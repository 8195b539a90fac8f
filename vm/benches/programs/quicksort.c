// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Quicksort (Hoare partition, median of three, insertion sort below 16) of
// 4096 pseudorandom words: loads, stores and branches nobody can predict.
// Argument: arrays to sort. Each one is checked for order.

#include "guest.h"

#define LEN 4096

static const struct expected EXPECTED[2] = {
    {2, 0xbb87d40409f865eb},
    {250, 0x4ddf4867c55c1def},
};

static uint64_t array[LEN];

static inline void swap(uint64_t *a, uint64_t *b)
{
    uint64_t t = *a;

    *a = *b;
    *b = t;
}

static void insertion_sort(uint64_t *a, size_t len)
{
    for (size_t i = 1; i < len; i++) {
        uint64_t x = a[i];
        size_t j = i;

        for (; j > 0 && a[j - 1] > x; j--)
            a[j] = a[j - 1];
        a[j] = x;
    }
}

static void quicksort(uint64_t *a, size_t len)
{
    while (len > 16) {
        size_t mid = len / 2, i = 0, j = len - 1;
        uint64_t pivot;

        if (a[mid] < a[0])
            swap(&a[mid], &a[0]);
        if (a[len - 1] < a[0])
            swap(&a[len - 1], &a[0]);
        if (a[len - 1] < a[mid])
            swap(&a[len - 1], &a[mid]);
        pivot = a[mid];
        for (;;) {
            while (a[i] < pivot)
                i++;
            while (a[j] > pivot)
                j--;
            if (i >= j)
                break;
            swap(&a[i++], &a[j--]);
        }
        // The smaller part recurses, so the stack stays logarithmic.
        if (i < len - i) {
            quicksort(a, i);
            a += i;
            len -= i;
        } else {
            quicksort(a + i, len - i);
            len = i;
        }
    }
    insertion_sort(a, len);
}

int main(int argc, char **argv)
{
    uint64_t n = count_of(argc, argv, EXPECTED[0].count);
    uint64_t seed = 88172645463325252, sum = 0;

    for (uint64_t round = 0; round < n; round++) {
        for (int i = 0; i < LEN; i++)
            array[i] = next_random(&seed);
        quicksort(array, LEN);
        for (int i = 0; i < LEN; i++) {
            if (i > 0 && array[i - 1] > array[i])
                return 1;
            sum = rotl64(sum, 1) ^ array[i];
        }
    }
    return judge(n, sum, EXPECTED);
}
