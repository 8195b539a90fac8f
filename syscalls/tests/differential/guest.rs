//! Guest programs, assembled by hand.
//!
//! A guest makes syscalls and folds everything it can observe of them, return codes,
//! lengths and memory, into one number that it prints at the end. So two verifiers
//! agree on what a script sees if they agree on what it prints.

pub(crate) const ZERO: u32 = 0;
pub(crate) const T0: u32 = 5;
pub(crate) const T1: u32 = 6;
pub(crate) const T2: u32 = 7;
/// The number that observations are folded into.
pub(crate) const S0: u32 = 8;
/// The factor they are folded with.
pub(crate) const S1: u32 = 9;
pub(crate) const A0: u32 = 10;
pub(crate) const A7: u32 = 17;
pub(crate) const T3: u32 = 28;

/// Where the program is loaded; its headers come first.
pub(crate) const CODE: u64 = 0x1_0000;
/// Where programs keep the length that loading syscalls take and give.
pub(crate) const LENGTH: u64 = 0x10_0000 - 8;
/// Where they load to.
pub(crate) const BUFFER: u64 = 0x10_0000;
/// How many bytes of the buffer they observe.
pub(crate) const OBSERVED: u64 = 0x2000;
/// Where they put what they print.
const TEXT: u64 = 0x20_0000;

/// What a guest asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    pub(crate) number: u64,
    pub(crate) args: [u64; 6],
    /// What is at [`LENGTH`] before.
    pub(crate) length: u64,
}

/// A program under construction.
#[derive(Clone, Default)]
pub(crate) struct Guest {
    words: Vec<u32>,
}

impl Guest {
    pub(crate) fn new() -> Self {
        let mut guest = Self::default();
        guest.li(S1, 0x9e37_79b9_7f4a_7c15);
        guest
    }

    /// A program that exits at once.
    pub(crate) fn exiting(code: u64) -> Self {
        let mut guest = Self::default();
        guest.exit(code);
        guest
    }

    pub(crate) fn word(&mut self, word: u32) {
        self.words.push(word);
    }

    fn i(&mut self, opcode: u32, funct3: u32, rd: u32, rs1: u32, imm: i32) {
        let imm = imm.cast_unsigned() << 20;
        self.word(imm | rs1 << 15 | funct3 << 12 | rd << 7 | opcode);
    }

    fn r(&mut self, funct7: u32, funct3: u32, rd: u32, rs1: u32, rs2: u32) {
        self.word(funct7 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | 0x33);
    }

    pub(crate) fn addi(&mut self, rd: u32, rs1: u32, imm: i32) {
        self.i(0x13, 0, rd, rs1, imm);
    }

    fn slli(&mut self, rd: u32, rs1: u32, shamt: i32) {
        self.i(0x13, 1, rd, rs1, shamt);
    }

    fn srli(&mut self, rd: u32, rs1: u32, shamt: i32) {
        self.i(0x13, 5, rd, rs1, shamt);
    }

    fn store(&mut self, funct3: u32, rs2: u32, rs1: u32) {
        self.word(rs2 << 20 | rs1 << 15 | funct3 << 12 | 0x23);
    }

    /// Jumps to `target`, a number of words, if the registers differ.
    fn bne(&mut self, rs1: u32, rs2: u32, target: usize) {
        let back = i64::try_from(4 * (self.words.len() - target)).expect("programs are short");
        let imm = u32::try_from((-back) & 0x1fff).expect("thirteen bits");
        self.word(
            (imm >> 12) << 31
                | (imm >> 5 & 0x3f) << 25
                | rs2 << 20
                | rs1 << 15
                | 1 << 12
                | (imm >> 1 & 0xf) << 8
                | (imm >> 11 & 1) << 7
                | 0x63,
        );
    }

    /// Sets a register to any value.
    pub(crate) fn li(&mut self, rd: u32, value: u64) {
        let signed = value.cast_signed();
        if let Ok(small) = i32::try_from(signed) {
            let low = small << 20 >> 20;
            let high = small.wrapping_sub(low).cast_unsigned();
            if high == 0 {
                self.addi(rd, ZERO, low);
            } else {
                self.word(high | rd << 7 | 0x37);
                self.i(0x1b, 0, rd, rd, low);
            }
        } else {
            let low = signed << 52 >> 52;
            self.li(rd, (signed.wrapping_sub(low) >> 12).cast_unsigned());
            self.slli(rd, rd, 12);
            self.addi(rd, rd, i32::try_from(low).expect("twelve bits"));
        }
    }

    pub(crate) fn jalr(&mut self, rd: u32, rs1: u32) {
        self.i(0x67, 0, rd, rs1, 0);
    }

    /// Stores eight bytes.
    pub(crate) fn store_u64(&mut self, addr: u64, value: u64) {
        self.li(T0, addr);
        self.li(T1, value);
        self.store(3, T1, T0);
    }

    /// Asks for a syscall with the arguments that are in the registers.
    pub(crate) fn ecall(&mut self, number: u64) {
        self.li(A7, number);
        self.word(0x73);
    }

    pub(crate) fn exit(&mut self, code: u64) {
        self.li(A0, code);
        self.ecall(93);
    }

    /// Fills the buffer with bytes that no item has.
    pub(crate) fn fill(&mut self) {
        self.li(T0, BUFFER);
        self.li(T1, BUFFER + OBSERVED);
        self.li(T2, 0xa5a5_5a5a_c3c3_3c3c);
        let top = self.words.len();
        self.store(3, T2, T0);
        self.addi(T0, T0, 8);
        self.bne(T0, T1, top);
    }

    /// Makes a syscall.
    pub(crate) fn call(&mut self, call: &Call) {
        self.store_u64(LENGTH, call.length);
        for (reg, &arg) in (A0..).zip(&call.args) {
            self.li(reg, arg);
        }
        self.ecall(call.number);
    }

    /// Folds a register into the observations.
    pub(crate) fn observe(&mut self, reg: u32) {
        self.r(0, 4, S0, S0, reg); // xor
        self.r(1, 0, S0, S0, S1); // mul
        self.srli(T3, S0, 29);
        self.r(0, 4, S0, S0, T3);
    }

    /// Folds memory into the observations.
    pub(crate) fn observe_memory(&mut self, addr: u64, len: u64) {
        self.li(T0, addr);
        self.li(T1, addr + len);
        let top = self.words.len();
        self.i(3, 3, T2, T0, 0); // ld
        self.observe(T2);
        self.addi(T0, T0, 8);
        self.bne(T0, T1, top);
    }

    /// Makes a syscall and observes what became of it.
    pub(crate) fn observed_call(&mut self, call: &Call) {
        self.call(call);
        self.observe(A0);
        self.observe_memory(LENGTH, OBSERVED + 8);
    }

    /// Prints the observations, one letter for four bits.
    pub(crate) fn print(&mut self) {
        self.li(T0, TEXT);
        self.li(T1, TEXT + 16);
        let top = self.words.len();
        self.i(0x13, 7, T2, S0, 15); // andi
        self.addi(T2, T2, i32::from(b'a'));
        self.store(0, T2, T0);
        self.srli(S0, S0, 4);
        self.addi(T0, T0, 1);
        self.bne(T0, T1, top);
        self.li(A0, TEXT);
        self.ecall(2177);
    }

    /// The program as an ELF file with one segment.
    pub(crate) fn elf(&self) -> Vec<u8> {
        self.elf_at(CODE)
    }

    /// The program as an ELF file that is loaded, headers and all, at `addr`.
    pub(crate) fn elf_at(&self, addr: u64) -> Vec<u8> {
        const HEADERS: u64 = 64 + 56;
        let size = HEADERS + 4 * self.words.len() as u64;
        let mut file = Vec::new();
        file.extend(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0");
        file.extend(2_u16.to_le_bytes());
        file.extend(243_u16.to_le_bytes());
        file.extend(1_u32.to_le_bytes());
        for field in [addr + HEADERS, 64, 0] {
            file.extend(field.to_le_bytes());
        }
        file.extend(0_u32.to_le_bytes());
        for field in [64_u16, 56, 1, 0, 0, 0] {
            file.extend(field.to_le_bytes());
        }
        file.extend(1_u32.to_le_bytes()); // to be loaded
        file.extend(5_u32.to_le_bytes()); // readable, executable
        for field in [0, addr, addr, size, size, 0x1000] {
            file.extend(field.to_le_bytes());
        }
        file.extend(self.code());
        file
    }

    /// The instructions alone.
    pub(crate) fn code(&self) -> Vec<u8> {
        self.words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }
}
