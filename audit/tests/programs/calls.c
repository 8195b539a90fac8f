// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Calls that lead to an exit: `main` calls `outer`, which calls `inner`, which exits with 9
// in the middle of all of them. Tests look at the names, lines and callers of each.

__attribute__((noinline)) static long inner(long n, long *values)
{
    values[n] = n * 3;
    register long code __asm__("a0") = values[n];
    register long number __asm__("a7") = 93;
    __asm__ volatile("ecall" : "+r"(code) : "r"(number) : "memory"); // exits
    return code + values[0];
}

__attribute__((noinline)) static long outer(long n)
{
    long values[40];
    long sum = 0;
    for (long i = 0; i < n; i++)
        values[i] = i + sum++;
    sum += inner(n, values); // calls inner
    return sum + values[n - 1];
}

int main(void)
{
    volatile long n = 3;
    long sum = outer(n); // calls outer
    return (int)(sum + n);
}
