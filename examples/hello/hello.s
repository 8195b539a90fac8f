# Prints a greeting, then each argument after the first, and exits with argc.
#
#     riscv64-unknown-elf-as -march=rv64imc hello.s -o hello.o
#     riscv64-unknown-elf-ld -n -Ttext=0x10000 -s hello.o -o hello

    .globl _start
_start:
    ld   s0, 0(sp)              # argc
    addi s1, sp, 16             # &argv[1]
    la   a0, greeting
    li   a7, 2177               # print
    ecall
    addi s2, s0, -1
1:
    blez s2, 2f
    ld   a0, 0(s1)
    ecall
    addi s1, s1, 8
    addi s2, s2, -1
    j    1b
2:
    mv   a0, s0
    li   a7, 93                 # exit
    ecall

greeting:
    .string "Hello from RISC-V"
