//! An assembler for the x86-64 instructions that the JIT uses.
//!
//! Owns encodings (AMD64 Architecture Programmer's Manual, volume 3) and labels. It
//! only fills a buffer: nothing here can run anything, and nothing here knows guests.

/// A general-purpose register, by its number in encodings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Gpr {
    Rax,
    Rcx,
    Rdx,
    Rbx,
    Rsp,
    Rbp,
    Rsi,
    Rdi,
    R8,
    R9,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15,
}

/// A place in memory: `base + index * 2^scale + disp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mem {
    pub(super) base: Gpr,
    /// Never `rsp`.
    pub(super) index: Option<Gpr>,
    pub(super) scale: u8,
    pub(super) disp: i32,
}

impl Mem {
    pub(super) const fn at(base: Gpr, disp: i32) -> Self {
        Self { base, index: None, scale: 0, disp }
    }

    pub(super) const fn indexed(base: Gpr, index: Gpr, scale: u8, disp: i32) -> Self {
        Self { base, index: Some(index), scale, disp }
    }
}

/// An operand that may be either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rm {
    Reg(Gpr),
    Mem(Mem),
}

impl From<Gpr> for Rm {
    fn from(reg: Gpr) -> Self {
        Self::Reg(reg)
    }
}

impl From<Mem> for Rm {
    fn from(mem: Mem) -> Self {
        Self::Mem(mem)
    }
}

/// The width of an operation. What is 32 bits wide clears the upper half of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    B,
    W,
    D,
    Q,
}

/// Operations with the same encodings, by their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Alu {
    Add = 0,
    Or = 1,
    Adc = 2,
    And = 4,
    Sub = 5,
    Xor = 6,
    Cmp = 7,
}

/// Shifts by an immediate, by their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Shift {
    Rol = 0,
    Ror = 1,
    Shl = 4,
    Shr = 5,
    Sar = 7,
}

/// Operations on one operand, by their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Unary {
    Not = 2,
    Neg = 3,
    /// `rdx:rax = rax * operand`, signed
    Imul = 5,
    /// `rax, rdx = rdx:rax / operand, rdx:rax % operand`
    Div = 6,
    Idiv = 7,
}

/// Counts of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Count {
    Popcnt = 0xb8,
    Tzcnt = 0xbc,
    Lzcnt = 0xbd,
}

/// Changes of one bit of a register, by the opcode with a register and the number with
/// an immediate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Bit {
    Set = 5,
    Reset = 6,
    Complement = 7,
}

/// Conditions, by their number. Its lowest bit negates a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Cond {
    Below = 2,
    AboveEqual = 3,
    Equal = 4,
    NotEqual = 5,
    BelowEqual = 6,
    Above = 7,
    Less = 12,
    GreaterEqual = 13,
    LessEqual = 14,
    Greater = 15,
}

/// A place in the code that jumps can name before it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(u32);

const UNBOUND: u32 = u32::MAX;

/// The longest instruction there is, rounded up.
const LONGEST: usize = 16;

/// The opcode map that an instruction is in, by its number in a VEX prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Map {
    Primary = 0,
    Secondary = 1,
    M0f38 = 2,
    M0f3a = 3,
}

/// Bytes of one instruction, as they are written.
struct Bytes<'a> {
    place: &'a mut [u8; 2 * LONGEST],
    len: usize,
}

impl Bytes<'_> {
    #[inline(always)]
    const fn push(&mut self, byte: u8) {
        self.place[self.len % LONGEST] = byte;
        self.len += 1;
    }

    #[inline(always)]
    fn push_i32(&mut self, value: i32) {
        let at = self.len % LONGEST;
        self.place[at..at + 4].copy_from_slice(&value.to_le_bytes());
        self.len += 4;
    }

    #[inline(always)]
    fn push_u64(&mut self, value: u64) {
        let at = self.len % LONGEST;
        self.place[at..at + 8].copy_from_slice(&value.to_le_bytes());
        self.len += 8;
    }

    /// ModRM, SIB and displacement.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a low byte")]
    fn operand(&mut self, reg: u8, rm: Rm) {
        let reg = (reg & 7) << 3;
        let mem = match rm {
            Rm::Reg(rm) => return self.push(0xc0 | reg | rm as u8 & 7),
            Rm::Mem(mem) => mem,
        };
        let base = mem.base as u8 & 7;
        let short = mem.disp == i32::from(mem.disp as i8);
        // Without a displacement, rbp and r13 as a base mean something else.
        let mode = match mem.disp {
            0 if base != 5 => 0,
            _ if short => 0x40,
            _ => 0x80,
        };
        match mem.index {
            Some(index) => {
                debug_assert!(index != Gpr::Rsp, "rsp is no index");
                self.push(mode | reg | 4);
                self.push(mem.scale << 6 | (index as u8 & 7) << 3 | base);
            }
            None if base == 4 => {
                self.push(mode | reg | 4);
                self.push(0x24);
            }
            None => self.push(mode | reg | base),
        }
        match mode {
            0 => {}
            0x40 => self.push(mem.disp as u8),
            _ => self.push_i32(mem.disp),
        }
    }
}

/// Bit 3 of the numbers of index and base, as REX and VEX prefixes have them.
const fn high_bits(rm: Rm) -> (u8, u8) {
    match rm {
        Rm::Reg(reg) => (0, reg as u8 >> 3),
        Rm::Mem(mem) => {
            let index = match mem.index {
                Some(index) => index as u8 >> 3,
                None => 0,
            };
            (index, mem.base as u8 >> 3)
        }
    }
}

/// A buffer of code with labels.
pub(super) struct Asm<'a> {
    buffer: &'a mut [u8],
    len: usize,
    /// Where instructions go that have no room.
    nowhere: [u8; 2 * LONGEST],
    labels: Vec<u32>,
    /// Where distances to labels stand.
    fixups: Vec<(u32, Label)>,
}

impl<'a> Asm<'a> {
    /// Code will be written to `buffer`.
    pub(super) const fn new(buffer: &'a mut [u8]) -> Self {
        Self { buffer, len: 0, nowhere: [0; _], labels: Vec::new(), fixups: Vec::new() }
    }

    /// How much code there is, in bytes.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Puts every distance in its place. Returns the length of the code, or [`None`] if it
    /// does not fit into the buffer.
    ///
    /// # Panics
    ///
    /// Panics if a label that a jump names was not bound.
    pub(super) fn finish(self) -> Option<usize> {
        if self.is_full() {
            return None;
        }
        for (at, label) in self.fixups {
            let target = self.labels[label.0 as usize];
            assert_ne!(target, UNBOUND, "every label is bound");
            let distance = target.wrapping_sub(at + 4);
            let at = at as usize;
            self.buffer[at..at + 4].copy_from_slice(&distance.to_le_bytes());
        }
        Some(self.len)
    }

    /// Whether there may be no room for another instruction. Those that have no room are
    /// lost.
    const fn is_full(&self) -> bool {
        self.buffer.len() < self.len + 2 * LONGEST
    }

    pub(super) fn label(&mut self) -> Label {
        let number = u32::try_from(self.labels.len()).expect("fewer labels than bytes of code");
        self.labels.push(UNBOUND);
        Label(number)
    }

    pub(super) fn bind(&mut self, label: Label) {
        self.labels[label.0 as usize] = self.position();
    }

    /// Where a bound label is.
    pub(super) fn offset(&self, label: Label) -> usize {
        self.labels[label.0 as usize] as usize
    }

    fn position(&self) -> u32 {
        u32::try_from(self.len).expect("code is smaller than 4 GiB")
    }

    /// Where the next instruction is written to.
    #[inline(always)]
    fn bytes(&mut self) -> Bytes<'_> {
        let place = self.buffer.get_mut(self.len..).and_then(<[u8]>::first_chunk_mut);
        Bytes { place: place.unwrap_or(&mut self.nowhere), len: 0 }
    }

    /// An instruction of `len` bytes was written.
    #[inline(always)]
    const fn put(&mut self, len: usize) {
        if !self.is_full() {
            self.len += len;
        }
    }

    // ---- encodings ----

    #[inline(always)]
    fn start(
        &mut self,
        width: Width,
        prefix: u8,
        map: Map,
        op: u8,
        reg: u8,
        rm: Rm,
    ) -> Bytes<'_> {
        let mut bytes = self.bytes();
        if width == Width::W {
            bytes.push(0x66);
        }
        if prefix != 0 {
            bytes.push(prefix);
        }
        let (index, base) = high_bits(rm);
        let wide = u8::from(width == Width::Q);
        let rex = 0x40 | wide << 3 | reg >> 3 << 2 | index << 1 | base;
        // Without a prefix, byte registers 4 to 7 are other ones.
        if rex != 0x40 || width == Width::B {
            bytes.push(rex);
        }
        match map {
            Map::Primary => {}
            Map::Secondary => bytes.push(0x0f),
            Map::M0f38 => {
                bytes.push(0x0f);
                bytes.push(0x38);
            }
            Map::M0f3a => {
                bytes.push(0x0f);
                bytes.push(0x3a);
            }
        }
        bytes.push(op);
        bytes.operand(reg, rm);
        bytes
    }

    #[inline(always)]
    fn plain(&mut self, width: Width, op: u8, reg: Gpr, rm: Rm) {
        let len = self.start(width, 0, Map::Primary, op, reg as u8, rm).len;
        self.put(len);
    }

    #[inline(always)]
    fn secondary(&mut self, width: Width, op: u8, reg: Gpr, rm: Rm) {
        let len = self.start(width, 0, Map::Secondary, op, reg as u8, rm).len;
        self.put(len);
    }

    /// An instruction with a VEX prefix: a third operand, and flags that stay.
    #[expect(clippy::too_many_arguments, reason = "the fields of the prefix")]
    fn vex(&mut self, width: Width, pp: u8, map: Map, op: u8, reg: Gpr, other: Gpr, rm: Rm) {
        let (index, base) = high_bits(rm);
        let mut bytes = self.bytes();
        bytes.push(0xc4);
        bytes.push((!(reg as u8 >> 3 << 2 | index << 1 | base) & 7) << 5 | map as u8);
        bytes.push(u8::from(width == Width::Q) << 7 | (!(other as u8) & 15) << 3 | pp);
        bytes.push(op);
        bytes.operand(reg as u8, rm);
        let len = bytes.len;
        self.put(len);
    }

    // ---- moves ----

    pub(super) fn mov(&mut self, to: Gpr, from: impl Into<Rm>) {
        self.plain(Width::Q, 0x8b, to, from.into());
    }

    /// `to = from`, zero-extended.
    pub(super) fn mov32(&mut self, to: Gpr, from: impl Into<Rm>) {
        self.plain(Width::D, 0x8b, to, from.into());
    }

    pub(super) fn store(&mut self, width: Width, to: Mem, from: Gpr) {
        let op = if width == Width::B { 0x88 } else { 0x89 };
        self.plain(width, op, from, to.into());
    }

    /// Stores an immediate, sign-extended.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as wide as told")]
    pub(super) fn store_imm(&mut self, width: Width, to: Mem, imm: i32) {
        let op = if width == Width::B { 0xc6 } else { 0xc7 };
        let mut bytes = self.start(width, 0, Map::Primary, op, 0, to.into());
        match width {
            Width::B => bytes.push(imm as u8),
            Width::W => {
                bytes.push(imm as u8);
                bytes.push((imm >> 8) as u8);
            }
            Width::D | Width::Q => bytes.push_i32(imm),
        }
        let len = bytes.len;
        self.put(len);
    }

    /// `to = from`, whose `width` bits are zero-extended.
    pub(super) fn load_zext(&mut self, width: Width, to: Gpr, from: impl Into<Rm>) {
        match width {
            Width::B => {
                // The prefix that byte registers need does not make it wider.
                let len = self.start(Width::B, 0, Map::Secondary, 0xb6, to as u8, from.into()).len;
        self.put(len);
            }
            Width::W => self.secondary(Width::D, 0xb7, to, from.into()),
            Width::D => self.mov32(to, from),
            Width::Q => self.mov(to, from),
        }
    }

    /// `to = from`, whose `width` bits are sign-extended.
    pub(super) fn load_sext(&mut self, width: Width, to: Gpr, from: impl Into<Rm>) {
        match width {
            Width::B => self.secondary(Width::Q, 0xbe, to, from.into()),
            Width::W => self.secondary(Width::Q, 0xbf, to, from.into()),
            Width::D => self.plain(Width::Q, 0x63, to, from.into()),
            Width::Q => self.mov(to, from),
        }
    }

    /// `to = imm`, sign-extended. Flags stay.
    pub(super) fn mov_imm(&mut self, to: Gpr, imm: i32) {
        if imm >= 0 {
            return self.mov_imm32(to, imm.cast_unsigned());
        }
        let mut bytes = self.start(Width::Q, 0, Map::Primary, 0xc7, 0, to.into());
        bytes.push_i32(imm);
        let len = bytes.len;
        self.put(len);
    }

    /// `to = imm`, zero-extended. Flags stay.
    pub(super) fn mov_imm32(&mut self, to: Gpr, imm: u32) {
        let mut bytes = self.bytes();
        if to as u8 >= 8 {
            bytes.push(0x41);
        }
        bytes.push(0xb8 | to as u8 & 7);
        bytes.push_i32(imm.cast_signed());
        let len = bytes.len;
        self.put(len);
    }

    /// `to = imm`. Flags stay.
    pub(super) fn mov_imm64(&mut self, to: Gpr, imm: u64) {
        let mut bytes = self.bytes();
        bytes.push(0x48 | to as u8 >> 3);
        bytes.push(0xb8 | to as u8 & 7);
        bytes.push_u64(imm);
        let len = bytes.len;
        self.put(len);
    }

    /// `rax =` the word at `addr`, zero-extended
    pub(super) fn mov32_rax_from(&mut self, addr: u64) {
        let mut bytes = self.bytes();
        bytes.push(0xa1);
        bytes.push_u64(addr);
        let len = bytes.len;
        self.put(len);
    }

    pub(super) fn lea(&mut self, width: Width, to: Gpr, from: Mem) {
        self.plain(width, 0x8d, to, from.into());
    }

    pub(super) fn cmov(&mut self, cond: Cond, to: Gpr, from: impl Into<Rm>) {
        self.secondary(Width::Q, 0x40 | cond as u8, to, from.into());
    }

    /// Sets the low byte of `to` to the condition; the other bytes stay.
    pub(super) fn set(&mut self, cond: Cond, to: Gpr) {
        let len = self.start(Width::B, 0, Map::Secondary, 0x90 | cond as u8, 0, to.into()).len;
        self.put(len);
    }

    pub(super) fn push(&mut self, reg: Gpr) {
        let mut bytes = self.bytes();
        if reg as u8 >= 8 {
            bytes.push(0x41);
        }
        bytes.push(0x50 | reg as u8 & 7);
        let len = bytes.len;
        self.put(len);
    }

    pub(super) fn pop(&mut self, reg: Gpr) {
        let mut bytes = self.bytes();
        if reg as u8 >= 8 {
            bytes.push(0x41);
        }
        bytes.push(0x58 | reg as u8 & 7);
        let len = bytes.len;
        self.put(len);
    }

    // ---- arithmetic ----

    /// `to op= from`
    pub(super) fn alu(&mut self, width: Width, op: Alu, to: Gpr, from: impl Into<Rm>) {
        self.plain(width, (op as u8) << 3 | 3, to, from.into());
    }

    /// `to op= from`
    pub(super) fn alu_to(&mut self, width: Width, op: Alu, to: Mem, from: Gpr) {
        self.plain(width, (op as u8) << 3 | 1, from, to.into());
    }

    /// `to op= imm`, sign-extended
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a low byte")]
    pub(super) fn alu_imm(&mut self, width: Width, op: Alu, to: impl Into<Rm>, imm: i32) {
        let short = imm == i32::from(imm as i8);
        let opcode = if short { 0x83 } else { 0x81 };
        let mut bytes = self.start(width, 0, Map::Primary, opcode, op as u8, to.into());
        if short {
            bytes.push(imm as u8);
        } else {
            bytes.push_i32(imm);
        }
        let len = bytes.len;
        self.put(len);
    }

    pub(super) fn test(&mut self, width: Width, a: Gpr, b: Gpr) {
        self.plain(width, 0x85, b, a.into());
    }

    /// Tests bits of a byte in memory.
    pub(super) fn test_byte(&mut self, at: Mem, bits: u8) {
        let mut bytes = self.start(Width::D, 0, Map::Primary, 0xf6, 0, at.into());
        bytes.push(bits);
        let len = bytes.len;
        self.put(len);
    }

    pub(super) fn unary(&mut self, width: Width, op: Unary, operand: impl Into<Rm>) {
        let len = self.start(width, 0, Map::Primary, 0xf7, op as u8, operand.into()).len;
        self.put(len);
    }

    /// `rdx` = the sign of `rax`, in all bits
    pub(super) fn sign_rdx(&mut self, width: Width) {
        let mut bytes = self.bytes();
        if width == Width::Q {
            bytes.push(0x48);
        }
        bytes.push(0x99);
        let len = bytes.len;
        self.put(len);
    }

    /// `to *= from`, low half
    pub(super) fn imul(&mut self, width: Width, to: Gpr, from: impl Into<Rm>) {
        self.secondary(width, 0xaf, to, from.into());
    }

    /// `high:low = rdx * from`, unsigned. If both are the same register, it is the high
    /// half.
    pub(super) fn mulx(&mut self, high: Gpr, low: Gpr, from: impl Into<Rm>) {
        self.vex(Width::Q, 3, Map::M0f38, 0xf6, high, low, from.into());
    }

    /// `to = !a & b`
    pub(super) fn andn(&mut self, to: Gpr, a: Gpr, b: impl Into<Rm>) {
        self.vex(Width::Q, 0, Map::M0f38, 0xf2, to, a, b.into());
    }

    pub(super) fn shift(&mut self, width: Width, op: Shift, to: impl Into<Rm>, by: u8) {
        let mut bytes = self.start(width, 0, Map::Primary, 0xc1, op as u8, to.into());
        bytes.push(by);
        let len = bytes.len;
        self.put(len);
    }

    /// `to = from op by`; of `by` the bits that make sense are looked at.
    ///
    /// # Panics
    ///
    /// Panics if `op` rotates.
    pub(super) fn shift_by(
        &mut self,
        width: Width,
        op: Shift,
        to: Gpr,
        from: impl Into<Rm>,
        by: Gpr,
    ) {
        let pp = match op {
            Shift::Shl => 1,
            Shift::Sar => 2,
            Shift::Shr => 3,
            Shift::Rol | Shift::Ror => panic!("no rotation takes three operands"),
        };
        self.vex(width, pp, Map::M0f38, 0xf7, to, by, from.into());
    }

    /// `to = from` rotated right
    pub(super) fn rorx(&mut self, width: Width, to: Gpr, from: impl Into<Rm>, by: u8) {
        let from = from.into();
        self.vex(width, 3, Map::M0f3a, 0xf0, to, Gpr::Rax, from);
        // The immediate follows the operands.
        self.byte(by);
    }

    /// Rotates by `cl`.
    pub(super) fn rotate_by_cl(&mut self, width: Width, op: Shift, to: Gpr) {
        let len = self.start(width, 0, Map::Primary, 0xd3, op as u8, to.into()).len;
        self.put(len);
    }

    pub(super) fn xchg(&mut self, a: Gpr, b: Gpr) {
        self.plain(Width::Q, 0x87, a, b.into());
    }

    fn byte(&mut self, byte: u8) {
        let mut bytes = self.bytes();
        bytes.push(byte);
        let len = bytes.len;
        self.put(len);
    }

    pub(super) fn count(&mut self, width: Width, op: Count, to: Gpr, from: impl Into<Rm>) {
        let len = self.start(width, 0xf3, Map::Secondary, op as u8, to as u8, from.into()).len;
        self.put(len);
    }

    pub(super) fn bit(&mut self, op: Bit, to: Gpr, number: Gpr) {
        let opcode = 0x83 | (op as u8) << 3;
        self.secondary(Width::Q, opcode, number, to.into());
    }

    pub(super) fn bit_imm(&mut self, op: Bit, to: impl Into<Rm>, number: u8) {
        let mut bytes = self.start(Width::Q, 0, Map::Secondary, 0xba, op as u8, to.into());
        bytes.push(number);
        let len = bytes.len;
        self.put(len);
    }

    pub(super) fn bswap(&mut self, reg: Gpr) {
        let mut bytes = self.bytes();
        bytes.push(0x48 | reg as u8 >> 3);
        bytes.push(0x0f);
        bytes.push(0xc8 | reg as u8 & 7);
        let len = bytes.len;
        self.put(len);
    }

    /// `xmm<to> = from`
    pub(super) fn movq_to_xmm(&mut self, to: u8, from: impl Into<Rm>) {
        let len = self.start(Width::Q, 0x66, Map::Secondary, 0x6e, to, from.into()).len;
        self.put(len);
    }

    /// `to = xmm<from>`, low half
    pub(super) fn movq_from_xmm(&mut self, to: Gpr, from: u8) {
        let len = self.start(Width::Q, 0x66, Map::Secondary, 0x7e, from, to.into()).len;
        self.put(len);
    }

    /// `xmm<to> = xmm<to> * xmm<from>` without carries, of the low halves
    pub(super) fn pclmulqdq(&mut self, to: Gpr, from: Gpr) {
        let mut bytes = self.start(Width::D, 0x66, Map::M0f3a, 0x44, to as u8, from.into());
        bytes.push(0);
        let len = bytes.len;
        self.put(len);
    }

    /// Shifts `xmm<to>` right by eight bytes.
    pub(super) fn high_half(&mut self, to: Gpr) {
        let mut bytes = self.start(Width::D, 0x66, Map::Secondary, 0x73, 3, to.into());
        bytes.push(8);
        let len = bytes.len;
        self.put(len);
    }

    /// `ymm0 =` 32 bytes at `from`
    pub(super) fn load_ymm0(&mut self, from: Mem) {
        self.vex_ymm(0x10, from);
    }

    /// 32 bytes at `to` `= ymm0`
    pub(super) fn store_ymm0(&mut self, to: Mem) {
        self.vex_ymm(0x11, to);
    }

    fn vex_ymm(&mut self, op: u8, mem: Mem) {
        let (index, base) = high_bits(mem.into());
        let mut bytes = self.bytes();
        bytes.push(0xc4);
        bytes.push((!(index << 1 | base) & 7) << 5 | Map::Secondary as u8);
        bytes.push(0x7c);
        bytes.push(op);
        bytes.operand(0, mem.into());
        let len = bytes.len;
        self.put(len);
    }

    pub(super) fn vzeroupper(&mut self) {
        for byte in [0xc5, 0xf8, 0x77] {
            self.byte(byte);
        }
    }

    // ---- control ----

    pub(super) fn jump(&mut self, to: Label) {
        let mut bytes = self.bytes();
        bytes.push(0xe9);
        let len = bytes.len;
        self.put_distance(len, to);
    }

    pub(super) fn jump_if(&mut self, cond: Cond, to: Label) {
        let mut bytes = self.bytes();
        bytes.push(0x0f);
        bytes.push(0x80 | cond as u8);
        let len = bytes.len;
        self.put_distance(len, to);
    }

    /// Ends an instruction of `len` bytes with the distance to a label.
    fn put_distance(&mut self, len: usize, to: Label) {
        self.put(len + 4);
        self.fixups.push((self.position().wrapping_sub(4), to));
    }

    pub(super) fn jump_to(&mut self, target: impl Into<Rm>) {
        let len = self.start(Width::D, 0, Map::Primary, 0xff, 4, target.into()).len;
        self.put(len);
    }

    pub(super) fn ret(&mut self) {
        self.byte(0xc3);
    }
}

impl Cond {
    pub(super) const fn negated(self) -> Self {
        match self {
            Self::Below => Self::AboveEqual,
            Self::AboveEqual => Self::Below,
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::BelowEqual => Self::Above,
            Self::Above => Self::BelowEqual,
            Self::Less => Self::GreaterEqual,
            Self::GreaterEqual => Self::Less,
            Self::LessEqual => Self::Greater,
            Self::Greater => Self::LessEqual,
        }
    }
}
