//! How a script begins and ends.
//!
//! The machine leaves `argc` at `0(sp)` and the pointers to the arguments, each ending
//! with a zero byte, from `8(sp)` upwards. The low byte of `a0` at the syscall `exit` is
//! the exit code: 0 accepts.

use core::{
    ffi::{CStr, c_char},
    sync::atomic::{AtomicPtr, AtomicUsize, Ordering},
};

use crate::syscall;

/// The exit code of a script that panicked.
pub const PANICKED: i8 = 101;

static ARGC: AtomicUsize = AtomicUsize::new(0);
static ARGV: AtomicPtr<*const c_char> = AtomicPtr::new(core::ptr::null_mut());

/// Makes `$main`, a function without arguments that returns an [`Outcome`], the entry
/// point.
#[macro_export]
macro_rules! entry {
    ($main:path) => {
        core::arch::global_asm!(
            ".section .text.start, \"ax\", @progbits",
            ".globl _start",
            "_start:",
            // Version 0 does not load eight bytes at the top of memory, where `argc` is if
            // there are no arguments.
            "lw a0, 0(sp)",
            "addi a1, sp, 8",
            "call {start}",
            start = sym __start,
        );

        extern "C" fn __start(argc: usize, argv: *mut *const core::ffi::c_char) -> ! {
            $crate::start(argc, argv, $main)
        }
    };
}

/// Keeps the arguments, runs `main` and exits with its outcome.
#[doc(hidden)]
pub fn start<T: Outcome>(argc: usize, argv: *mut *const c_char, main: fn() -> T) -> ! {
    ARGC.store(argc, Ordering::Relaxed);
    ARGV.store(argv, Ordering::Relaxed);
    exit(main().exit_code())
}

/// What a script's main function can return.
pub trait Outcome {
    /// The exit code that it means.
    fn exit_code(self) -> i8;
}

impl Outcome for i8 {
    fn exit_code(self) -> i8 {
        self
    }
}

impl Outcome for () {
    fn exit_code(self) -> i8 {
        0
    }
}

impl<E: Into<i8>> Outcome for Result<(), E> {
    fn exit_code(self) -> i8 {
        match self {
            Ok(()) => 0,
            Err(error) => error.into(),
        }
    }
}

/// Ends the script.
pub fn exit(code: i8) -> ! {
    syscall::exit(code)
}

/// What the program was started with: by `exec` or `spawn` of another script. Empty
/// where the chain itself starts a script.
#[must_use]
pub fn args() -> Arguments {
    Arguments { next: ARGV.load(Ordering::Relaxed), left: ARGC.load(Ordering::Relaxed) }
}

/// The arguments of the program, in their order.
#[derive(Clone, Debug)]
pub struct Arguments {
    next: *const *const c_char,
    left: usize,
}

impl Iterator for Arguments {
    type Item = &'static CStr;

    #[expect(unsafe_code, reason = "the machine passes arguments by pointer")]
    fn next(&mut self) -> Option<&'static CStr> {
        self.left = self.left.checked_sub(1)?;
        // SAFETY: `argc` pointers lie one after another from `argv` on; `left` counts them.
        let argument = unsafe { *self.next };
        // SAFETY: one past the pointer just read is at most one past the last of them.
        self.next = unsafe { self.next.add(1) };
        // SAFETY: the machine puts a zero byte behind each argument, in memory above the
        // stack pointer at the start, which nothing else uses.
        Some(unsafe { CStr::from_ptr(argument) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Arguments {}

#[cfg(target_arch = "riscv64")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    exit(PANICKED)
}
