/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A program whose costs can be counted by hand. */
#define NOINLINE __attribute__((noinline))

NOINLINE long leaf(long n) {
    __asm__ volatile("mul %0, %0, %0\n\tmul %0, %0, %0" : "+r"(n));
    return n;
}

/* Goes on in `leaf` by a jump. */
NOINLINE long tail(long n) {
    return leaf(n + 1);
}

NOINLINE long recursive(long n) {
    if (n == 0) {
        return tail(n);
    }
    return recursive(n - 1) + leaf(n);
}

__attribute__((noreturn, naked)) void _start(void) {
    __asm__ volatile(
        "li a0, 9\n\t"
        "call recursive\n\t"
        "li a0, 0\n\t"
        "li a7, 93\n\t"
        "ecall\n\t");
}
