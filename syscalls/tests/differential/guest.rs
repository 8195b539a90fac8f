//! Guest programs, assembled by hand.
//!
//! A guest makes syscalls and folds everything it can observe of them, return codes,
//! lengths and memory, into one number that it prints at the end. So two verifiers
//! agree on what a script sees if they agree on what it prints.

pub(crate) const ZERO: u32 = 0;
pub(crate) const RA: u32 = 1;
pub(crate) const SP: u32 = 2;
pub(crate) const T0: u32 = 5;
pub(crate) const T1: u32 = 6;
pub(crate) const T2: u32 = 7;
/// The number that observations are folded into.
pub(crate) const S0: u32 = 8;
/// The factor they are folded with.
pub(crate) const S1: u32 = 9;
pub(crate) const A0: u32 = 10;
pub(crate) const A7: u32 = 17;
const S2: u32 = 18;
pub(crate) const T3: u32 = 28;

/// Where the program is loaded; its headers come first.
pub(crate) const CODE: u64 = 0x1_0000;
/// Where programs keep the length that loading syscalls take and give.
pub(crate) const LENGTH: u64 = 0x10_0000 - 8;
/// Where they load to.
pub(crate) const BUFFER: u64 = 0x10_0000;
/// How many bytes of the buffer they observe.
pub(crate) const OBSERVED: u64 = 0x2000;
/// Where the bytes are that a program brings along, in a segment that can be written.
pub(crate) const POOL: u64 = 0x8_0000;
/// Where the four words are that `spawn` takes.
pub(crate) const OPTIONS: u64 = 0xf_f000;
/// Where addresses of arguments are.
const ARGV: u64 = 0xf_f040;
/// Where lists of file descriptors are.
const LIST: u64 = 0xf_f100;
/// Where exit codes go.
pub(crate) const EXIT_CODE: u64 = 0xf_f300;
/// Where numbers of processes go, eight bytes each.
pub(crate) const PROCESSES: u64 = 0xf_f400;
/// Where file descriptors go, eight bytes each.
pub(crate) const FDS: u64 = 0xf_f800;
/// The first byte behind memory.
pub(crate) const MEMORY: u64 = 4 << 20;
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

/// An argument of a syscall.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Arg {
    /// A number.
    Is(u64),
    /// What is in memory at this address.
    At(u64),
}

impl From<u64> for Arg {
    fn from(value: u64) -> Self {
        Self::Is(value)
    }
}

/// Number `n` of the file descriptors in memory.
pub(crate) fn fd(n: u64) -> Arg {
    Arg::At(FDS + 8 * n)
}

/// Number `n` of the processes in memory.
pub(crate) fn process(n: u64) -> Arg {
    Arg::At(PROCESSES + 8 * n)
}

/// A part of an ELF file, loaded as it says.
pub(crate) struct Segment {
    pub(crate) addr: u64,
    /// Readable 4, writable 2, executable 1.
    pub(crate) flags: u32,
    pub(crate) bytes: Vec<u8>,
    /// Its size in memory, at least that of its bytes.
    pub(crate) size: u64,
}

impl Segment {
    pub(crate) fn new(addr: u64, flags: u32, bytes: &[u8]) -> Self {
        Self { addr, flags, bytes: bytes.to_vec(), size: bytes.len() as u64 }
    }
}

/// An ELF file that has nothing but segments.
pub(crate) fn elf(entry: u64, segments: &[Segment]) -> Vec<u8> {
    let mut file = Vec::new();
    file.extend(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0");
    file.extend(2_u16.to_le_bytes());
    file.extend(243_u16.to_le_bytes());
    file.extend(1_u32.to_le_bytes());
    for field in [entry, 64, 0] {
        file.extend(field.to_le_bytes());
    }
    file.extend(0_u32.to_le_bytes());
    let count = u16::try_from(segments.len()).expect("a few segments");
    for field in [64, 56, count, 0, 0, 0] {
        file.extend(field.to_le_bytes());
    }
    let mut offset = 64 + 56 * segments.len() as u64;
    for Segment { addr, flags, bytes, size } in segments {
        file.extend(1_u32.to_le_bytes()); // to be loaded
        file.extend(flags.to_le_bytes());
        for field in [offset, *addr, *addr, bytes.len() as u64, *size, 0x1000] {
            file.extend(field.to_le_bytes());
        }
        offset += bytes.len() as u64;
    }
    for segment in segments {
        file.extend(&segment.bytes);
    }
    file
}

/// A program under construction.
#[derive(Clone, Default)]
pub(crate) struct Guest {
    words: Vec<u32>,
    pool: Vec<u8>,
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

    // ---- processes ----

    /// Sets a register to an argument.
    pub(crate) fn arg(&mut self, rd: u32, arg: Arg) {
        match arg {
            Arg::Is(value) => self.li(rd, value),
            Arg::At(addr) => {
                self.li(rd, addr);
                self.i(3, 3, rd, rd, 0); // ld
            }
        }
    }

    /// Stores an argument.
    pub(crate) fn put(&mut self, addr: u64, arg: Arg) {
        self.arg(T1, arg);
        self.li(T0, addr);
        self.store(3, T1, T0);
    }

    /// Stores the low byte of a number.
    pub(crate) fn put_byte(&mut self, addr: u64, value: u64) {
        self.li(T1, value);
        self.li(T0, addr);
        self.store(0, T1, T0);
    }

    /// Brings bytes along; returns their address.
    pub(crate) fn bring(&mut self, bytes: &[u8]) -> u64 {
        let addr = POOL + self.pool.len() as u64;
        self.pool.extend(bytes);
        addr
    }

    /// Makes a syscall and observes what it leaves in `a0`.
    pub(crate) fn ask<const N: usize>(&mut self, number: u64, args: [Arg; N]) {
        for (reg, arg) in (A0..).zip(args) {
            self.arg(reg, arg);
        }
        self.ecall(number);
        self.observe(A0);
    }

    /// Observes the double word at `addr`.
    pub(crate) fn observe_word(&mut self, addr: u64) {
        self.li(T0, addr);
        self.i(3, 3, T2, T0, 0); // ld
        self.observe(T2);
    }

    /// Observes the stack from `sp` on. It has to be aligned.
    pub(crate) fn observe_stack(&mut self) {
        self.observe(SP);
        self.addi(T0, SP, 0);
        self.li(T1, MEMORY);
        let top = self.words.len();
        self.i(3, 3, T2, T0, 0); // ld
        self.observe(T2);
        self.addi(T0, T0, 8);
        self.bne(T0, T1, top);
    }

    /// Observes all registers that nothing else uses.
    pub(crate) fn observe_registers(&mut self) {
        for reg in (1..32).filter(|reg| ![T0, T1, T2, S0, S1, A0, A7, T3].contains(reg)) {
            self.observe(reg);
        }
    }

    /// Fills memory, at least eight bytes, with a byte.
    pub(crate) fn fill_with(&mut self, addr: u64, len: u64, byte: u8) {
        self.li(T0, addr);
        self.li(T1, addr + len);
        self.li(T2, byte.into());
        let top = self.words.len();
        self.store(0, T2, T0);
        self.addi(T0, T0, 1);
        self.bne(T0, T1, top);
    }

    /// Counts down, to spend cycles.
    pub(crate) fn spin(&mut self, times: u64) {
        self.li(T0, times);
        let top = self.words.len();
        self.addi(T0, T0, -1);
        self.bne(T0, ZERO, top);
    }

    /// Calls the function at `addr` some times, and observes what it leaves in `a0`.
    pub(crate) fn call_function(&mut self, addr: u64, times: u64) {
        self.li(S2, times);
        let top = self.words.len();
        self.li(T0, addr);
        self.jalr(RA, T0);
        self.addi(S2, S2, -1);
        self.bne(S2, ZERO, top);
        self.observe(A0);
    }

    /// Observes the cycles so far.
    pub(crate) fn cycles(&mut self) {
        self.ask(2042, []);
    }

    /// Makes arguments; returns their number and their address.
    pub(crate) fn argv(&mut self, args: &[&[u8]]) -> (u64, u64) {
        for (n, arg) in (0..).zip(args) {
            let addr = self.bring(&[arg, b"\0".as_slice()].concat());
            self.put(ARGV + 8 * n, addr.into());
        }
        (args.len() as u64, ARGV)
    }

    /// Spawns the program in a cell dep; its number goes to a place in the list.
    pub(crate) fn spawn(&mut self, program: u64, fds: &[Arg], number: u64) {
        self.spawn_with(program, &[], fds, number);
    }

    /// [`Self::spawn`] with arguments.
    pub(crate) fn spawn_with(&mut self, program: u64, args: &[&[u8]], fds: &[Arg], number: u64) {
        self.spawn_from([program, 3, 0, 0], args, fds, number);
    }

    /// Spawns a program given by index, source, place and bounds.
    pub(crate) fn spawn_from(
        &mut self,
        program: [u64; 4],
        args: &[&[u8]],
        fds: &[Arg],
        number: u64,
    ) {
        let (argc, argv) = self.argv(args);
        let list = self.list(fds);
        for (n, field) in (0..).zip([argc, argv, PROCESSES + 8 * number, list]) {
            self.put(OPTIONS + 8 * n, field.into());
        }
        let [index, source, place, bounds] = program.map(Arg::from);
        self.ask(2601, [index, source, place, bounds, OPTIONS.into()]);
        self.observe_word(PROCESSES + 8 * number);
    }

    /// `exec` of a program given by index, source, place and bounds.
    pub(crate) fn exec(&mut self, program: [u64; 4], (argc, argv): (u64, u64)) {
        let [index, source, place, bounds] = program.map(Arg::from);
        self.ask(2043, [index, source, place, bounds, argc.into(), argv.into()]);
    }

    /// Makes a list of file descriptors; returns its address.
    pub(crate) fn list(&mut self, fds: &[Arg]) -> u64 {
        if fds.is_empty() {
            return 0;
        }
        for (n, &fd) in (0..).zip(fds) {
            self.put(LIST + 8 * n, fd);
        }
        self.put(LIST + 8 * fds.len() as u64, 0.into());
        LIST
    }

    pub(crate) fn wait(&mut self, process: Arg) {
        self.ask(2602, [process, EXIT_CODE.into()]);
        self.observe_word(EXIT_CODE);
    }

    /// Makes a pipe; its ends go to two places in the list.
    pub(crate) fn pipe(&mut self, number: u64) {
        self.ask(2604, [(FDS + 8 * number).into()]);
        self.observe_word(FDS + 8 * number);
        self.observe_word(FDS + 8 * number + 8);
    }

    pub(crate) fn write(&mut self, fd: Arg, addr: u64, len: u64) {
        self.put(LENGTH, len.into());
        self.ask(2605, [fd, addr.into(), LENGTH.into()]);
        self.observe_word(LENGTH);
    }

    /// Reads, and observes the start of the buffer.
    pub(crate) fn read(&mut self, fd: Arg, addr: u64, len: u64) {
        self.put(LENGTH, len.into());
        self.ask(2606, [fd, addr.into(), LENGTH.into()]);
        self.observe_word(LENGTH);
        self.observe_memory(BUFFER, 64);
    }

    /// Asks for inherited file descriptors, which go to places in the list.
    pub(crate) fn inherited(&mut self, number: u64, count: u64) {
        self.put(LENGTH, count.into());
        self.ask(2607, [(FDS + 8 * number).into(), LENGTH.into()]);
        self.observe_word(LENGTH);
        self.observe_memory(FDS + 8 * number, 32);
    }

    pub(crate) fn close(&mut self, fd: Arg) {
        self.ask(2608, [fd]);
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

    /// The program as an ELF file with one segment, or two if it brings bytes along.
    pub(crate) fn elf(&self) -> Vec<u8> {
        if self.pool.is_empty() {
            return self.elf_at(CODE);
        }
        elf(CODE, &[Segment::new(CODE, 5, &self.code()), Segment::new(POOL, 6, &self.pool)])
    }

    /// The program as an ELF file that is loaded, headers and all, at `addr`.
    pub(crate) fn elf_at(&self, addr: u64) -> Vec<u8> {
        const HEADERS: u64 = 64 + 56;
        let mut file = elf(addr + HEADERS, &[Segment::new(addr, 5, &self.code())]);
        // The segment starts with the headers.
        file[72..80].fill(0);
        for at in [96, 104] {
            let size = HEADERS + 4 * self.words.len() as u64;
            file[at..at + 8].copy_from_slice(&size.to_le_bytes());
        }
        file
    }

    /// The instructions alone.
    pub(crate) fn code(&self) -> Vec<u8> {
        self.words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }
}
