//! The syscalls, as functions.
//!
//! Their numbers come from `verdict-syscalls-abi`; what they do is told by RFC 0009,
//! RFC 0034 and RFC 0050. The loading ones fill a buffer from an offset on and return
//! how many bytes there are from there: more than the buffer holds if it was too small.

use core::ffi::CStr;

use verdict_syscalls_abi::{
    CellField, HeaderField, InputField, Place, ReturnCode, Source, Syscall,
};

/// Why a syscall did not do what it was asked to.
pub type Error = ReturnCode;

/// Asks for a syscall by number and returns what it leaves in `a0`.
#[cfg(target_arch = "riscv64")]
#[inline(always)]
#[expect(unsafe_code, reason = "there is no other way to ask")]
fn ecall(syscall: Syscall, [a0, a1, a2, a3, a4, a5]: [u64; 6]) -> u64 {
    let result;
    // SAFETY: the machine writes `a0` and such memory as the arguments point to, which
    // the functions below take as exclusive borrows; it keeps all other registers.
    unsafe {
        core::arch::asm!(
            "ecall",
            inlateout("a0") a0 => result,
            in("a1") a1,
            in("a2") a2,
            in("a3") a3,
            in("a4") a4,
            in("a5") a5,
            in("a7") syscall.number(),
            options(nostack),
        );
    }
    result
}

/// On other hosts, where only tests of what does not ask the chain run.
#[cfg(not(target_arch = "riscv64"))]
fn ecall(syscall: Syscall, _: [u64; 6]) -> u64 {
    panic!("there is no chain to ask for {}", syscall.name())
}

/// What a number in `a0` means. Numbers that are no return code are the machine's own
/// errors, which end a script before it sees them.
#[inline(always)]
fn check(code: u64) -> Result<(), Error> {
    if code == 0 {
        return Ok(());
    }
    Err(ReturnCode::from_number(code).unwrap_or(ReturnCode::WrongFormat))
}

/// The shape that loading syscalls share.
#[inline(always)]
fn load(
    syscall: Syscall,
    to: &mut [u8],
    offset: usize,
    [a3, a4, a5]: [u64; 3],
) -> Result<usize, Error> {
    let mut len = to.len() as u64;
    let place = to.as_mut_ptr() as u64;
    check(ecall(syscall, [place, &raw mut len as u64, offset as u64, a3, a4, a5]))?;
    Ok(len as usize)
}

/// Ends the script with an exit code.
pub fn exit(code: i8) -> ! {
    loop {
        ecall(Syscall::Exit, [code as u64, 0, 0, 0, 0, 0]);
    }
}

/// The version of the machine: 1 or 2. Version 0 has no such syscall.
#[must_use]
pub fn vm_version() -> u64 {
    ecall(Syscall::VmVersion, [0; 6])
}

/// The cycles that the script has spent so far.
#[must_use]
pub fn current_cycles() -> u64 {
    ecall(Syscall::CurrentCycles, [0; 6])
}

/// Prints a line for whoever debugs the script.
pub fn debug_print(line: &CStr) {
    ecall(Syscall::DebugPrint, [line.as_ptr() as u64, 0, 0, 0, 0, 0]);
}

/// Loads the transaction with its witnesses.
///
/// # Errors
///
/// [`ReturnCode::SliceOutOfBound`] beyond its end; as for all that load.
pub fn load_transaction(to: &mut [u8], offset: usize) -> Result<usize, Error> {
    load(Syscall::LoadTransaction, to, offset, [0; 3])
}

/// Loads the running script.
///
/// # Errors
///
/// As [`load_transaction`].
pub fn load_script(to: &mut [u8], offset: usize) -> Result<usize, Error> {
    load(Syscall::LoadScript, to, offset, [0; 3])
}

/// The hash of the transaction without its witnesses.
#[must_use]
pub fn load_tx_hash() -> [u8; 32] {
    let mut hash = [0; 32];
    // The transaction has a hash, and it has room.
    let _ = load(Syscall::LoadTransactionHash, &mut hash, 0, [0; 3]);
    hash
}

/// The hash of the running script.
#[must_use]
pub fn load_script_hash() -> [u8; 32] {
    let mut hash = [0; 32];
    let _ = load(Syscall::LoadScriptHash, &mut hash, 0, [0; 3]);
    hash
}

macro_rules! indexed {
    ($($(#[$doc:meta])* $name:ident $syscall:ident;)+) => { $(
        $(#[$doc])*
        ///
        /// # Errors
        ///
        /// [`ReturnCode::IndexOutOfBound`] if there is nothing at `index`,
        /// [`ReturnCode::ItemMissing`] if it lacks what is asked,
        /// [`ReturnCode::SliceOutOfBound`] if `offset` is beyond its end.
        #[inline]
        pub fn $name(
            to: &mut [u8],
            offset: usize,
            index: usize,
            source: Source,
        ) -> Result<usize, Error> {
            load(Syscall::$syscall, to, offset, [index as u64, source.number(), 0])
        }
    )+ };
}

indexed! {
    /// Loads a cell without its data.
    load_cell LoadCell;
    /// Loads a header.
    load_header LoadHeader;
    /// Loads an input.
    load_input LoadInput;
    /// Loads a witness.
    load_witness LoadWitness;
    /// Loads the data of a cell.
    load_cell_data LoadCellData;
    /// Loads the extension of a block (version 2).
    load_block_extension LoadBlockExtension;
}

macro_rules! fielded {
    ($($(#[$doc:meta])* $name:ident $syscall:ident $field:ident;)+) => { $(
        $(#[$doc])*
        ///
        /// # Errors
        ///
        /// As [`load_cell`].
        #[inline]
        pub fn $name(
            to: &mut [u8],
            offset: usize,
            index: usize,
            source: Source,
            field: $field,
        ) -> Result<usize, Error> {
            load(Syscall::$syscall, to, offset, [index as u64, source.number(), field.number()])
        }
    )+ };
}

fielded! {
    /// Loads one field of a cell.
    load_cell_by_field LoadCellByField CellField;
    /// Loads one field of a header.
    load_header_by_field LoadHeaderByField HeaderField;
    /// Loads one field of an input.
    load_input_by_field LoadInputByField InputField;
}

/// Where a program is: its cell or witness, and the part of it, all to the end if `len`
/// is `None`.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// Index in `source`.
    pub index: usize,
    /// The list.
    pub source: Source,
    /// In the cell's data, or in the witness.
    pub place: Place,
    /// Where it begins.
    pub offset: u32,
    /// How long it is.
    pub len: Option<u32>,
}

impl Program {
    /// The whole data of cell dep `index`.
    #[must_use]
    pub const fn dep(index: usize) -> Self {
        Self {
            index,
            source: Source::Transaction(verdict_syscalls_abi::SourceKind::CellDep),
            place: Place::CellData,
            offset: 0,
            len: None,
        }
    }

    fn bounds(self) -> u64 {
        u64::from(self.offset) << 32 | u64::from(self.len.unwrap_or(0))
    }
}

/// Most arguments that [`exec`] and [`spawn`] pass.
pub const MAX_ARGS: usize = 16;

fn pointers(args: &[&CStr]) -> Option<[u64; MAX_ARGS]> {
    let mut pointers = [0; MAX_ARGS];
    if args.len() > MAX_ARGS {
        return None;
    }
    for (pointer, arg) in pointers.iter_mut().zip(args) {
        *pointer = arg.as_ptr() as u64;
    }
    Some(pointers)
}

/// Replaces the running program. It returns only if it could not.
///
/// # Errors
///
/// Those of [`load_cell_data`], and [`ReturnCode::WrongFormat`] if that is no program or
/// there are more than [`MAX_ARGS`] arguments.
pub fn exec(program: Program, args: &[&CStr]) -> Error {
    let Some(argv) = pointers(args) else { return ReturnCode::WrongFormat };
    let code = ecall(
        Syscall::Exec,
        [
            program.index as u64,
            program.source.number(),
            program.place.number(),
            program.bounds(),
            args.len() as u64,
            argv.as_ptr() as u64,
        ],
    );
    check(code).err().unwrap_or(ReturnCode::WrongFormat)
}

/// Number of a process.
pub type ProcessId = u64;
/// One end of a pipe.
pub type Fd = u64;

/// Most file descriptors that [`spawn`] passes.
pub const MAX_FDS: usize = 15;

#[repr(C)]
struct SpawnArgs {
    argc: u64,
    argv: u64,
    process_id: u64,
    fds: u64,
}

/// Starts a program as a child that gets the ends of pipes in `fds`, which the caller
/// has no longer.
///
/// # Errors
///
/// Those of [`exec`], [`ReturnCode::MaxVmsSpawned`], and [`ReturnCode::InvalidFd`] for an
/// end that is not the caller's or for more than [`MAX_FDS`].
pub fn spawn(program: Program, args: &[&CStr], fds: &[Fd]) -> Result<ProcessId, Error> {
    let Some(argv) = pointers(args) else { return Err(ReturnCode::WrongFormat) };
    // A zero ends the list: it is no file descriptor.
    let mut list = [0; MAX_FDS + 1];
    list.get_mut(..fds.len())
        .filter(|_| fds.len() <= MAX_FDS)
        .ok_or(ReturnCode::InvalidFd)?
        .copy_from_slice(fds);
    let mut process_id = 0;
    let spawn_args = SpawnArgs {
        argc: args.len() as u64,
        argv: argv.as_ptr() as u64,
        process_id: &raw mut process_id as u64,
        fds: list.as_ptr() as u64,
    };
    let code = ecall(
        Syscall::Spawn,
        [
            program.index as u64,
            program.source.number(),
            program.place.number(),
            program.bounds(),
            &raw const spawn_args as u64,
            0,
        ],
    );
    check(code)?;
    Ok(process_id)
}

/// Waits for a child to end and returns its exit code.
///
/// # Errors
///
/// [`ReturnCode::WaitFailure`] if it is no child of the caller.
pub fn wait(process_id: ProcessId) -> Result<i8, Error> {
    let mut exit_code = 0_i8;
    check(ecall(Syscall::Wait, [process_id, &raw mut exit_code as u64, 0, 0, 0, 0]))?;
    Ok(exit_code)
}

/// The number of the running process.
#[must_use]
pub fn process_id() -> ProcessId {
    ecall(Syscall::ProcessId, [0; 6])
}

/// Makes a pipe: its end to read from and its end to write to.
///
/// # Errors
///
/// [`ReturnCode::MaxFdsCreated`].
pub fn pipe() -> Result<(Fd, Fd), Error> {
    let mut ends = [0_u64; 2];
    check(ecall(Syscall::Pipe, [ends.as_mut_ptr() as u64, 0, 0, 0, 0, 0]))?;
    let [reading, writing] = ends;
    Ok((reading, writing))
}

/// Writes to a pipe, waiting until it is read; returns how much was.
///
/// # Errors
///
/// [`ReturnCode::InvalidFd`], [`ReturnCode::OtherEndClosed`].
pub fn write(fd: Fd, from: &[u8]) -> Result<usize, Error> {
    let mut len = from.len() as u64;
    check(ecall(Syscall::Write, [fd, from.as_ptr() as u64, &raw mut len as u64, 0, 0, 0]))?;
    Ok(len as usize)
}

/// Reads from a pipe, waiting until something is written; returns how much was read.
///
/// # Errors
///
/// As [`write`].
pub fn read(fd: Fd, to: &mut [u8]) -> Result<usize, Error> {
    let mut len = to.len() as u64;
    check(ecall(Syscall::Read, [fd, to.as_mut_ptr() as u64, &raw mut len as u64, 0, 0, 0]))?;
    Ok(len as usize)
}

/// Gives the ends of pipes that the process was started with, and how many there are.
///
/// # Errors
///
/// None that the chain names.
pub fn inherited_fds(to: &mut [Fd]) -> Result<usize, Error> {
    let mut count = to.len() as u64;
    let place = to.as_mut_ptr() as u64;
    check(ecall(Syscall::InheritedFd, [place, &raw mut count as u64, 0, 0, 0, 0]))?;
    Ok(count as usize)
}

/// Closes an end of a pipe.
///
/// # Errors
///
/// [`ReturnCode::InvalidFd`].
pub fn close(fd: Fd) -> Result<(), Error> {
    check(ecall(Syscall::Close, [fd, 0, 0, 0, 0, 0]))
}
