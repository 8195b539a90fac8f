//! The architectural state of one RISC-V thread.

use core::ops::Index;

use crate::isa::Reg;

/// Registers, program counter and reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hart {
    /// x0 to x31. Between operations x0 is zero.
    registers: [u64; 32],
    /// Where control is: the next instruction to execute. While a block runs, and
    /// after a trap in it, the address behind the block.
    pub pc: u64,
    /// The address that `lr` reserved; all ones if none is.
    pub reservation: u64,
}

impl Hart {
    /// The reservation that no `lr` made.
    pub const NOT_RESERVED: u64 = u64::MAX;

    /// A hart with all registers zero.
    #[must_use]
    pub const fn new() -> Self {
        Self { registers: [0; 32], pc: 0, reservation: Self::NOT_RESERVED }
    }

    /// All registers, x0 first.
    #[must_use]
    pub const fn registers(&self) -> &[u64; 32] {
        &self.registers
    }

    /// All registers, to change: for engines, which leave x0 zero.
    pub(crate) const fn registers_mut(&mut self) -> &mut [u64; 32] {
        &mut self.registers
    }

    /// Sets a register. Writing x0 has no effect.
    pub fn set(&mut self, reg: Reg, value: u64) {
        self.registers[reg as usize] = value;
        self.registers[0] = 0;
    }

    /// Sets a register, be it x0: for engines, which restore x0 themselves.
    #[inline(always)]
    pub(crate) fn put(&mut self, reg: Reg, value: u64) {
        self.registers[reg as usize] = value;
    }
}

impl Default for Hart {
    fn default() -> Self {
        Self::new()
    }
}

impl Index<Reg> for Hart {
    type Output = u64;

    #[inline(always)]
    fn index(&self, reg: Reg) -> &u64 {
        &self.registers[reg as usize]
    }
}
