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
pub(super) struct Mem(Rm);

impl Mem {
    /// `base + disp`
    #[inline(always)]
    pub(super) const fn at(base: Gpr, disp: i32) -> Self {
        // As a base, rsp needs the byte that has an index; none, in this case.
        let sib = base as u8 & 7 == Gpr::Rsp as u8;
        let (first, sib_len) = if sib { (0x2404, 1) } else { (base as u64 & 7, 0) };
        Self(Rm { bytes: first, len: 1 + sib_len, high: base as u8 >> 3 }.displaced(base, disp))
    }

    /// `base + index * 2^scale + disp`; `index` is not `rsp`.
    #[inline(always)]
    pub(super) const fn indexed(base: Gpr, index: Gpr, scale: u8, disp: i32) -> Self {
        debug_assert!(index as u8 != Gpr::Rsp as u8, "rsp is no index");
        let sib = scale << 6 | (index as u8 & 7) << 3 | base as u8 & 7;
        let high = index as u8 >> 3 << 1 | base as u8 >> 3;
        Self(Rm { bytes: 4 | (sib as u64) << 8, len: 2, high }.displaced(base, disp))
    }
}

/// An operand that may be a register or a place in memory, as it stands behind the opcode:
/// ModRM but for the other register, SIB and displacement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rm {
    /// The bytes, the first one lowest.
    bytes: u64,
    len: u8,
    /// Bit 3 of the numbers of index and base, as REX and VEX prefixes have them.
    high: u8,
}

impl Rm {
    /// With the displacement from `base`.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a low byte")]
    const fn displaced(self, base: Gpr, disp: i32) -> Self {
        // Without a displacement, rbp and r13 as a base mean something else.
        let (mode, bytes, len) = if disp == 0 && base as u8 & 7 != 5 {
            (0, 0, 0)
        } else if disp == disp as i8 as i32 {
            (0x40, disp as u8 as u64, 1)
        } else {
            (0x80, disp as u32 as u64, 4)
        };
        Self {
            bytes: self.bytes | mode | bytes << (8 * self.len),
            len: self.len + len,
            high: self.high,
        }
    }
}

impl From<Gpr> for Rm {
    #[inline(always)]
    fn from(reg: Gpr) -> Self {
        Self { bytes: 0xc0 | reg as u64 & 7, len: 1, high: reg as u8 >> 3 }
    }
}

impl From<Mem> for Rm {
    #[inline(always)]
    fn from(mem: Mem) -> Self {
        mem.0
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

/// Bytes of an instruction, the first one lowest.
#[derive(Clone, Copy)]
struct Bytes {
    bytes: u64,
    len: usize,
}

impl Bytes {
    const NONE: Self = Self { bytes: 0, len: 0 };

    #[inline(always)]
    const fn then(self, bytes: u64, len: usize) -> Self {
        Self { bytes: self.bytes | bytes << (8 * self.len), len: self.len + len }
    }

    /// An immediate.
    #[inline(always)]
    const fn imm8(value: u8) -> Self {
        Self { bytes: value as u64, len: 1 }
    }

    /// An immediate.
    #[inline(always)]
    const fn imm32(value: i32) -> Self {
        Self { bytes: value.cast_unsigned() as u64, len: 4 }
    }
}

/// A buffer of code with labels.
pub(super) struct Asm<'a> {
    buffer: &'a mut [u8],
    len: usize,
    /// Right behind the start of the last instruction that may have written `rax`.
    rax_written: usize,
    labels: &'a mut Vec<u32>,
    fixups: &'a mut Vec<(u32, Label)>,
}

/// Room for what an [`Asm`] takes note of, to be used again.
#[derive(Default)]
pub(super) struct Notes {
    /// Where labels are.
    labels: Vec<u32>,
    /// Where distances to labels stand.
    fixups: Vec<(u32, Label)>,
}

impl<'a> Asm<'a> {
    /// Code will be written to `buffer`.
    pub(super) fn new(buffer: &'a mut [u8], notes: &'a mut Notes) -> Self {
        let Notes { labels, fixups } = notes;
        labels.clear();
        fixups.clear();
        Self { buffer, len: 0, rax_written: 0, labels, fixups }
    }

    /// How much code there is, in bytes.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing behind the first `len` bytes writes `rax`.
    pub(super) const fn keeps_rax_since(&self, len: usize) -> bool {
        self.rax_written <= len
    }

    /// Every instruction says of its result where that goes, before it is written itself.
    #[inline(always)]
    fn writes(&mut self, to: impl Into<Rm>) {
        if to.into() == Rm::from(Gpr::Rax) {
            self.rax_written = self.len + 1;
        }
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
        for &(at, label) in &*self.fixups {
            let target = self.labels[label.0 as usize];
            assert_ne!(target, UNBOUND, "every label is bound");
            let distance = target.wrapping_sub(at + 4);
            let at = at as usize;
            self.buffer[at..at + 4].copy_from_slice(&distance.to_le_bytes());
        }
        Some(self.len)
    }

    /// Whether there may be no room for another instruction. Those that have no room are
    /// lost, and so are all behind them.
    const fn is_full(&self) -> bool {
        self.buffer.len() < self.len + 2 * LONGEST
    }

    /// Makes room for `count` more labels, and as many jumps to them.
    pub(super) fn reserve(&mut self, count: usize) {
        self.labels.reserve(count);
        self.fixups.reserve(count);
    }

    pub(super) fn label(&mut self) -> Label {
        let number = u32::try_from(self.labels.len()).expect("fewer labels than bytes of code");
        self.labels.push(UNBOUND);
        Label(number)
    }

    pub(super) fn bind(&mut self, label: Label) {
        self.labels[label.0 as usize] = self.position();
    }

    /// A label for code in front of the buffer, `distance` bytes before its start.
    pub(super) fn label_before(&mut self, distance: u32) -> Label {
        let label = self.label();
        self.labels[label.0 as usize] = distance.wrapping_neg();
        label
    }

    /// Where a bound label is.
    pub(super) fn offset(&self, label: Label) -> u32 {
        self.labels[label.0 as usize]
    }

    /// [`Self::len`] as offsets have it.
    pub(super) fn position(&self) -> u32 {
        u32::try_from(self.len).expect("code is smaller than 4 GiB")
    }

    /// Writes an instruction: prefixes and opcode, operand, and immediate. Each part is
    /// written as eight bytes, of which the next one covers those that are too many.
    #[inline(always)]
    fn put(&mut self, head: Bytes, operand: Bytes, imm: Bytes) {
        let place = self.len..self.len + 2 * LONGEST;
        let place = self.buffer.get_mut(place).and_then(<[u8]>::as_mut_array);
        let Some(place): Option<&mut [u8; 2 * LONGEST]> = place else { return lose() };
        let mut write = |at: usize, part: Bytes| {
            let at = at % LONGEST;
            place[at..at + 8].copy_from_slice(&part.bytes.to_le_bytes());
        };
        write(0, head);
        write(head.len, operand);
        if imm.len != 0 {
            write(head.len + operand.len, imm);
        }
        self.len += head.len + operand.len + imm.len;
    }

    /// Writes an instruction without operands.
    #[inline(always)]
    fn put_bytes(&mut self, bytes: u64, len: usize) {
        self.put(Bytes { bytes, len }, Bytes::NONE, Bytes::NONE);
    }

    // ---- encodings ----

    /// Writes an instruction with two operands, one of which may be memory, and maybe an
    /// immediate. `reg` is the other register, or a number that is part of the opcode.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "the fields of an instruction")]
    fn full(&mut self, width: Width, prefix: u8, map: Map, op: u8, reg: u8, rm: Rm, imm: Bytes) {
        let mut head = Bytes::NONE;
        if width == Width::W {
            head = head.then(0x66, 1);
        }
        if prefix != 0 {
            head = head.then(prefix.into(), 1);
        }
        let rex = 0x40 | u8::from(width == Width::Q) << 3 | reg >> 3 << 2 | rm.high;
        // Without a prefix, byte registers 4 to 7 are other ones.
        if rex != 0x40 || width == Width::B {
            head = head.then(rex.into(), 1);
        }
        let op = u64::from(op);
        head = match map {
            Map::Primary => head.then(op, 1),
            Map::Secondary => head.then(op << 8 | 0x0f, 2),
            Map::M0f38 => head.then(op << 16 | 0x380f, 3),
            Map::M0f3a => head.then(op << 16 | 0x3a0f, 3),
        };
        self.put(head, Self::operand(reg, rm), imm);
    }

    /// ModRM and what is behind it.
    #[inline(always)]
    fn operand(reg: u8, rm: Rm) -> Bytes {
        Bytes { bytes: rm.bytes | u64::from(reg & 7) << 3, len: rm.len.into() }
    }

    #[inline(always)]
    fn plain(&mut self, width: Width, op: u8, reg: Gpr, rm: Rm) {
        self.full(width, 0, Map::Primary, op, reg as u8, rm, Bytes::NONE);
    }

    #[inline(always)]
    fn secondary(&mut self, width: Width, op: u8, reg: Gpr, rm: Rm) {
        self.full(width, 0, Map::Secondary, op, reg as u8, rm, Bytes::NONE);
    }

    /// Writes an instruction whose only register is part of the opcode.
    #[inline(always)]
    fn short(&mut self, op: u8, reg: Gpr, imm: Bytes) {
        let mut head = Bytes::NONE;
        if reg as u8 >= 8 {
            head = head.then(0x41, 1);
        }
        self.put(head.then((op | reg as u8 & 7).into(), 1), Bytes::NONE, imm);
    }

    /// An instruction with a VEX prefix: a third operand, and flags that stay.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "the fields of the prefix")]
    fn vex(
        &mut self,
        width: Width,
        pp: u8,
        map: Map,
        op: u8,
        reg: Gpr,
        other: Gpr,
        rm: Rm,
        imm: Bytes,
    ) {
        let reg = reg as u8;
        let second = (!(reg >> 3 << 2 | rm.high) & 7) << 5 | map as u8;
        let third = u8::from(width == Width::Q) << 7 | (!(other as u8) & 15) << 3 | pp;
        let head = u32::from_le_bytes([0xc4, second, third, op]);
        self.put(Bytes { bytes: head.into(), len: 4 }, Self::operand(reg, rm), imm);
    }

    // ---- moves ----

    pub(super) fn mov(&mut self, to: Gpr, from: impl Into<Rm>) {
        self.writes(to);
        self.plain(Width::Q, 0x8b, to, from.into());
    }

    /// `to = from`, zero-extended.
    pub(super) fn mov32(&mut self, to: Gpr, from: impl Into<Rm>) {
        self.writes(to);
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
        let imm = match width {
            Width::B => Bytes::imm8(imm as u8),
            Width::W => Bytes { bytes: (imm as u16).into(), len: 2 },
            Width::D | Width::Q => Bytes::imm32(imm),
        };
        self.full(width, 0, Map::Primary, op, 0, to.into(), imm);
    }

    /// `to = from`, whose `width` bits are zero-extended.
    pub(super) fn load_zext(&mut self, width: Width, to: Gpr, from: impl Into<Rm>) {
        self.writes(to);
        match width {
            Width::B => {
                // The prefix that byte registers need does not make it wider.
                self.secondary(Width::B, 0xb6, to, from.into());
            }
            Width::W => self.secondary(Width::D, 0xb7, to, from.into()),
            Width::D => self.mov32(to, from),
            Width::Q => self.mov(to, from),
        }
    }

    /// `to = from`, whose `width` bits are sign-extended.
    pub(super) fn load_sext(&mut self, width: Width, to: Gpr, from: impl Into<Rm>) {
        self.writes(to);
        match width {
            Width::B => self.secondary(Width::Q, 0xbe, to, from.into()),
            Width::W => self.secondary(Width::Q, 0xbf, to, from.into()),
            Width::D => self.plain(Width::Q, 0x63, to, from.into()),
            Width::Q => self.mov(to, from),
        }
    }

    /// `to = imm`, sign-extended. Flags stay.
    pub(super) fn mov_imm(&mut self, to: Gpr, imm: i32) {
        self.writes(to);
        if imm >= 0 {
            return self.mov_imm32(to, imm.cast_unsigned());
        }
        self.full(Width::Q, 0, Map::Primary, 0xc7, 0, to.into(), Bytes::imm32(imm));
    }

    /// `to = imm`, zero-extended. Flags stay.
    pub(super) fn mov_imm32(&mut self, to: Gpr, imm: u32) {
        self.writes(to);
        self.short(0xb8, to, Bytes::imm32(imm.cast_signed()));
    }

    /// `to = imm`. Flags stay.
    pub(super) fn mov_imm64(&mut self, to: Gpr, imm: u64) {
        self.writes(to);
        let head = u16::from_le_bytes([0x48 | to as u8 >> 3, 0xb8 | to as u8 & 7]);
        let head = Bytes { bytes: head.into(), len: 2 };
        self.put(head, Bytes::NONE, Bytes { bytes: imm, len: 8 });
    }

    pub(super) fn lea(&mut self, width: Width, to: Gpr, from: Mem) {
        self.writes(to);
        self.plain(width, 0x8d, to, from.into());
    }

    pub(super) fn cmov(&mut self, cond: Cond, to: Gpr, from: impl Into<Rm>) {
        self.writes(to);
        self.secondary(Width::Q, 0x40 | cond as u8, to, from.into());
    }

    /// Sets the low byte of `to` to the condition; the other bytes stay.
    pub(super) fn set(&mut self, cond: Cond, to: Gpr) {
        self.writes(to);
        self.full(Width::B, 0, Map::Secondary, 0x90 | cond as u8, 0, to.into(), Bytes::NONE);
    }

    pub(super) fn push(&mut self, reg: Gpr) {
        self.short(0x50, reg, Bytes::NONE);
    }

    pub(super) fn pop(&mut self, reg: Gpr) {
        self.writes(reg);
        self.short(0x58, reg, Bytes::NONE);
    }

    // ---- arithmetic ----

    /// `to op= from`
    pub(super) fn alu(&mut self, width: Width, op: Alu, to: Gpr, from: impl Into<Rm>) {
        if op != Alu::Cmp {
            self.writes(to);
        }
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
        let imm = if short { Bytes::imm8(imm as u8) } else { Bytes::imm32(imm) };
        let to = to.into();
        if op != Alu::Cmp {
            self.writes(to);
        }
        self.full(width, 0, Map::Primary, opcode, op as u8, to, imm);
    }

    pub(super) fn test(&mut self, width: Width, a: Gpr, b: Gpr) {
        self.plain(width, 0x85, b, a.into());
    }

    /// Tests bits of a byte in memory.
    pub(super) fn test_byte(&mut self, at: Mem, bits: u8) {
        self.full(Width::D, 0, Map::Primary, 0xf6, 0, at.into(), Bytes::imm8(bits));
    }

    pub(super) fn unary(&mut self, width: Width, op: Unary, operand: impl Into<Rm>) {
        let operand = operand.into();
        match op {
            Unary::Not | Unary::Neg => self.writes(operand),
            Unary::Imul | Unary::Div | Unary::Idiv => self.writes(Gpr::Rax),
        }
        self.full(width, 0, Map::Primary, 0xf7, op as u8, operand, Bytes::NONE);
    }

    /// `rdx` = the sign of `rax`, in all bits
    pub(super) fn sign_rdx(&mut self, width: Width) {
        if width == Width::Q { self.put_bytes(0x9948, 2) } else { self.put_bytes(0x99, 1) }
    }

    /// `to *= from`, low half
    pub(super) fn imul(&mut self, width: Width, to: Gpr, from: impl Into<Rm>) {
        self.writes(to);
        self.secondary(width, 0xaf, to, from.into());
    }

    /// `high:low = rdx * from`, unsigned. If both are the same register, it is the high
    /// half.
    pub(super) fn mulx(&mut self, high: Gpr, low: Gpr, from: impl Into<Rm>) {
        self.writes(high);
        self.writes(low);
        self.vex(Width::Q, 3, Map::M0f38, 0xf6, high, low, from.into(), Bytes::NONE);
    }

    /// `to = !a & b`
    pub(super) fn andn(&mut self, to: Gpr, a: Gpr, b: impl Into<Rm>) {
        self.writes(to);
        self.vex(Width::Q, 0, Map::M0f38, 0xf2, to, a, b.into(), Bytes::NONE);
    }

    pub(super) fn shift(&mut self, width: Width, op: Shift, to: impl Into<Rm>, by: u8) {
        let to = to.into();
        self.writes(to);
        self.full(width, 0, Map::Primary, 0xc1, op as u8, to, Bytes::imm8(by));
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
        self.writes(to);
        self.vex(width, pp, Map::M0f38, 0xf7, to, by, from.into(), Bytes::NONE);
    }

    /// `to = from` rotated right
    pub(super) fn rorx(&mut self, width: Width, to: Gpr, from: impl Into<Rm>, by: u8) {
        self.writes(to);
        self.vex(width, 3, Map::M0f3a, 0xf0, to, Gpr::Rax, from.into(), Bytes::imm8(by));
    }

    /// Rotates by `cl`.
    pub(super) fn rotate_by_cl(&mut self, width: Width, op: Shift, to: Gpr) {
        self.writes(to);
        self.full(width, 0, Map::Primary, 0xd3, op as u8, to.into(), Bytes::NONE);
    }

    pub(super) fn xchg(&mut self, a: Gpr, b: Gpr) {
        self.writes(a);
        self.writes(b);
        self.plain(Width::Q, 0x87, a, b.into());
    }

    pub(super) fn count(&mut self, width: Width, op: Count, to: Gpr, from: impl Into<Rm>) {
        self.writes(to);
        let (op, to) = (op as u8, to as u8);
        self.full(width, 0xf3, Map::Secondary, op, to, from.into(), Bytes::NONE);
    }

    pub(super) fn bit(&mut self, op: Bit, to: Gpr, number: Gpr) {
        self.writes(to);
        let opcode = 0x83 | (op as u8) << 3;
        self.secondary(Width::Q, opcode, number, to.into());
    }

    pub(super) fn bit_imm(&mut self, op: Bit, to: impl Into<Rm>, number: u8) {
        let (to, number) = (to.into(), Bytes::imm8(number));
        self.writes(to);
        self.full(Width::Q, 0, Map::Secondary, 0xba, op as u8, to, number);
    }

    pub(super) fn bswap(&mut self, reg: Gpr) {
        self.writes(reg);
        let bytes = [0x48 | reg as u8 >> 3, 0x0f, 0xc8 | reg as u8 & 7, 0];
        self.put_bytes(u32::from_le_bytes(bytes).into(), 3);
    }

    /// `xmm<to> = from`
    pub(super) fn movq_to_xmm(&mut self, to: u8, from: impl Into<Rm>) {
        self.full(Width::Q, 0x66, Map::Secondary, 0x6e, to, from.into(), Bytes::NONE);
    }

    /// `to = xmm<from>`, low half
    pub(super) fn movq_from_xmm(&mut self, to: Gpr, from: u8) {
        self.writes(to);
        self.full(Width::Q, 0x66, Map::Secondary, 0x7e, from, to.into(), Bytes::NONE);
    }

    /// `xmm<to> = xmm<to> * xmm<from>` without carries, of the low halves
    pub(super) fn pclmulqdq(&mut self, to: Gpr, from: Gpr) {
        let halves = Bytes::imm8(0);
        self.full(Width::D, 0x66, Map::M0f3a, 0x44, to as u8, from.into(), halves);
    }

    /// Shifts `xmm<to>` right by eight bytes.
    pub(super) fn high_half(&mut self, to: Gpr) {
        self.full(Width::D, 0x66, Map::Secondary, 0x73, 3, to.into(), Bytes::imm8(8));
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
        let rm = Rm::from(mem);
        let head = u32::from_le_bytes([0xc4, (!rm.high & 7) << 5 | Map::Secondary as u8, 0x7c, op]);
        let head = Bytes { bytes: head.into(), len: 4 };
        self.put(head, Self::operand(0, rm), Bytes::NONE);
    }

    pub(super) fn vzeroupper(&mut self) {
        self.put_bytes(0x0077_f8c5, 3);
    }

    // ---- control ----

    pub(super) fn jump(&mut self, to: Label) {
        self.put_distance(0xe9, 1, to);
    }

    pub(super) fn jump_if(&mut self, cond: Cond, to: Label) {
        self.put_distance(0x800f | u64::from(cond as u8) << 8, 2, to);
    }

    /// Writes an instruction of `len` bytes and, behind them, the distance to a label.
    #[inline(always)]
    fn put_distance(&mut self, bytes: u64, len: usize, to: Label) {
        self.put_bytes(bytes, len + 4);
        self.fixups.push((self.position().wrapping_sub(4), to));
    }

    pub(super) fn jump_to(&mut self, target: impl Into<Rm>) {
        self.full(Width::D, 0, Map::Primary, 0xff, 4, target.into(), Bytes::NONE);
    }

    /// `rax = a; rdx = d`, zero-extended, and jumps to `target`. No three instructions are
    /// written more often, so they are written as one.
    pub(super) fn jump_with(&mut self, a: u32, d: u32, target: Mem) {
        self.writes(Gpr::Rax);
        let rax = Bytes { bytes: 0xb8 | u64::from(a) << 8, len: 5 };
        let rdx = Bytes { bytes: d.into(), len: 4 };
        let target = Self::operand(4, target.into());
        self.put(rax.then(0xba, 1), rdx.then(0xff, 1), target);
    }

    pub(super) fn ret(&mut self) {
        self.put_bytes(0xc3, 1);
    }
}

/// An instruction has no room.
#[cold]
const fn lose() {}

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
