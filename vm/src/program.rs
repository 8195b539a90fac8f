//! Programs that many machines run.
//!
//! Owns what machines of one program share: the file, what it maps, and, from machine
//! to machine, memory with the program in place and the code that was decoded. A program
//! is read once, and what comes after one of its machines starts where that left off.
//! None of this can be told from a result.

use alloc::sync::Arc;
#[cfg(feature = "std")]
use alloc::vec::Vec;
#[cfg(feature = "std")]
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::{
    elf::{Image, LoadError},
    machine::{Config, Machine},
};
#[cfg(feature = "std")]
use crate::{
    interp::Interpreter,
    jit::{self, Jit, JitStats},
    memory::{Baseline, Memory},
};

/// A file, shared by all that hold it.
pub type File = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// An ELF file to be run by machines of one kind.
///
/// ```
/// use std::sync::Arc;
///
/// use verdict_vm::{Config, Machine, Program, Version};
///
/// fn runs(elf: Vec<u8>) -> Result<(), Box<dyn std::error::Error>> {
///     let program = Arc::new(Program::new(Arc::new(elf), Config::on_chain(Version::V2))?);
///     for _ in 0..1000 {
///         let (mut machine, _) = program.machine()?;
///         machine.init_stack(&["main"])?;
///         machine.run();
///         machine.recycle();
///     }
///     Ok(())
/// }
/// assert!(runs(b"not an ELF file".to_vec()).is_err());
/// ```
pub struct Program {
    file: File,
    image: Image,
    config: Config,
    #[cfg(feature = "std")]
    loaded: OnceLock<Loaded>,
    #[cfg(feature = "std")]
    warm: Mutex<Vec<Warm>>,
    #[cfg(feature = "std")]
    compiled: jit::Shared,
}

/// What is known once the program has been loaded.
#[cfg(feature = "std")]
struct Loaded {
    memory: Arc<Baseline>,
    bytes: u64,
}

/// What one machine leaves to the next.
#[cfg(feature = "std")]
struct Warm {
    memory: Memory,
    interpreter: Interpreter,
    host_bytes: usize,
}

impl Program {
    /// How many bytes of the host a program keeps at most for machines to come, beside
    /// its file: guest memory and decoded code. Common scripts take one or two MiB a
    /// machine.
    pub const WARM_BYTES: usize = 16 << 20;

    /// Reads what `file` asks a machine to load.
    ///
    /// # Errors
    ///
    /// As [`Image::parse`].
    pub fn new(file: File, config: Config) -> Result<Self, LoadError> {
        let image = Image::parse((*file).as_ref(), config.version)?;
        Ok(Self {
            file,
            image,
            config,
            #[cfg(feature = "std")]
            loaded: OnceLock::new(),
            #[cfg(feature = "std")]
            warm: Mutex::default(),
            #[cfg(feature = "std")]
            compiled: jit::Shared::default(),
        })
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &[u8] {
        (*self.file).as_ref()
    }

    /// What the file asks a machine to load.
    #[must_use]
    pub const fn image(&self) -> &Image {
        &self.image
    }

    /// The machines that the program is for.
    #[must_use]
    pub const fn config(&self) -> Config {
        self.config
    }

    /// A machine with the program loaded, as [`Machine::load_elf`] leaves a machine of
    /// its own, and how many bytes that counts as.
    ///
    /// It costs least if another machine of the program has been
    /// [recycled](Machine::recycle).
    ///
    /// # Errors
    ///
    /// As [`Machine::load_image`], each time.
    pub fn machine(self: &Arc<Self>) -> Result<(Machine, u64), LoadError> {
        #[cfg(feature = "std")]
        if let Some(machine) = self.warm_machine() {
            return Ok(machine);
        }
        let mut machine = Machine::new(self.config);
        let bytes = machine.load_image(&self.image, self.file())?;
        #[cfg(feature = "std")]
        {
            let memory = machine.memory_mut();
            let loaded = self.loaded.get_or_init(|| {
                let memory = Arc::new(memory.baseline());
                Loaded { memory, bytes }
            });
            memory.set_baseline(Arc::clone(&loaded.memory));
            machine.set_program(Arc::clone(self));
        }
        Ok((machine, bytes))
    }
}

#[cfg(feature = "std")]
impl Program {
    /// Lets the JIT of a machine that runs the program share what others have compiled.
    pub(crate) fn share_code(&self, jit: &mut Jit) {
        if let Some(loaded) = self.loaded.get() {
            jit.share(&self.compiled, loaded.memory.code_generation());
        }
    }

    /// About how many bytes of the host the program takes: its file, what it keeps for
    /// machines to come, and compiled code.
    pub fn host_bytes(&self) -> usize {
        let warm = self.warm.lock().unwrap_or_else(PoisonError::into_inner);
        let warm: usize = warm.iter().map(|warm| warm.host_bytes).sum();
        self.file().len() + warm + self.compiled.host_bytes()
    }

    /// What the JIT has done for the program.
    pub fn jit_stats(&self) -> JitStats {
        self.compiled.stats()
    }

    fn warm_machine(self: &Arc<Self>) -> Option<(Machine, u64)> {
        let loaded = self.loaded.get()?;
        let Warm { mut memory, interpreter, .. } =
            self.warm.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
        // Not before it is needed: whoever ran the last machine waits for its answer.
        if !memory.go_back(&loaded.memory, |page| self.image.page(self.file(), page)) {
            return None;
        }
        let mut machine = Machine::from_parts(self.config, memory, interpreter);
        machine.hart_mut().pc = self.image.entry;
        machine.set_program(Arc::clone(self));
        Some((machine, loaded.bytes))
    }

    /// Keeps parts of one of its machines for the next, if there is room and they can be
    /// put back to what they were when the program had been loaded.
    pub(crate) fn keep(&self, memory: Memory, mut interpreter: Interpreter) {
        let host_bytes = memory.host_bytes() + interpreter.host_bytes();
        let loaded = self.loaded.get().expect("machines are made of what was loaded");
        let baseline = &loaded.memory;
        if !memory.has_code_of(baseline) || !interpreter.renew() {
            interpreter.clear();
        }
        let mut warm = self.warm.lock().unwrap_or_else(PoisonError::into_inner);
        let kept: usize = warm.iter().map(|warm| warm.host_bytes).sum();
        if memory.can_go_back(baseline) && kept + host_bytes <= Self::WARM_BYTES {
            warm.push(Warm { memory, interpreter, host_bytes });
        }
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use std::vec;

    use super::*;
    use crate::{Exit, PAGE_SIZE, PageFlags, Reg, Tracker, Version, elf::Segment};

    const CODE: PageFlags = PageFlags::from_bits(3);
    const DATA: u64 = 0x4800;

    /// A program of one page of code, and of data that starts and ends within a page and
    /// has another page of zeros behind it.
    fn program(code: &[u32]) -> Arc<Program> {
        let mut file: Vec<u8> = code.iter().flat_map(|word| word.to_le_bytes()).collect();
        file.resize(4096, 0);
        file.extend([7; 10_000]);
        let code = Segment {
            addr: 0x1000,
            size: PAGE_SIZE,
            flags: CODE,
            file_start: 0,
            file_end: 4096,
            padding: 0,
        };
        let data = Segment {
            addr: 0x4000,
            size: 4 * PAGE_SIZE,
            flags: PageFlags::NONE,
            file_start: 4096,
            file_end: 14_096,
            padding: 0x800,
        };
        let image = Image { entry: 0x1000, segments: vec![code, data] };
        Arc::new(Program {
            file: Arc::new(file),
            image,
            config: Config::on_chain(Version::V2),
            loaded: OnceLock::new(),
            warm: Mutex::default(),
            compiled: jit::Shared::default(),
        })
    }

    /// `sd a0, 0(a1)`, `ecall`.
    const STORE: [u32; 2] = [0x00a5_b023, 0x73];

    fn warm(program: &Program) -> usize {
        program.warm.lock().unwrap().len()
    }

    fn store(machine: &mut Machine, addr: u64) {
        machine.hart_mut().pc = 0x1000;
        machine.hart_mut().set(Reg::A0, u64::MAX);
        machine.hart_mut().set(Reg::A1, addr);
        assert_eq!(machine.run(), Exit::Ecall);
    }

    /// What one machine does must not show in the next.
    fn check(act: impl Fn(&mut Machine)) -> Arc<Program> {
        let program = program(&STORE);
        let (mut machine, _) = program.machine().unwrap();
        act(&mut machine);
        machine.recycle();
        let (again, bytes) = program.machine().unwrap();
        let mut fresh = Machine::new(program.config);
        assert_eq!(fresh.load_image(&program.image, program.file()), Ok(bytes));
        assert_eq!(again.hart(), fresh.hart());
        assert_eq!((again.cycles(), again.max_cycles()), (0, u64::MAX));
        let (again_memory, fresh_memory) = (again.memory(), fresh.memory());
        assert!(again_memory.as_bytes() == fresh_memory.as_bytes());
        for page in 0..fresh_memory.pages() {
            assert_eq!(again_memory.page_flags(page), fresh_memory.page_flags(page), "{page}");
        }
        again.recycle();
        program
    }

    fn track(machine: &mut Machine, program: &Program) {
        Tracker::new().track_image(machine.memory_mut(), &program.image, &(), 0).unwrap();
    }

    #[test]
    fn stores_are_undone() {
        let like = program(&STORE);
        for tracked in [false, true] {
            for addr in [0, DATA, DATA + 0x7fc, 0x5000, 0x5ffc, 0x6100, 0x7100, 0x3f_fff8] {
                let program = check(|machine| {
                    if tracked {
                        track(machine, &like);
                    }
                    store(machine, addr);
                    store(machine, addr);
                });
                assert_eq!(warm(&program), 1);
            }
        }
    }

    #[test]
    fn what_is_made_clean_after_a_store_is_undone() {
        let like = program(&STORE);
        check(|machine| {
            store(machine, 0x5000);
            track(machine, &like);
        });
        check(|machine| {
            machine.memory_mut().write_u64(0x5000, 1).unwrap();
            track(machine, &like);
        });
        check(|machine| {
            machine.memory_mut().write_zeros(0x4000, 0x3000).unwrap();
            track(machine, &like);
        });
        check(|machine| {
            // The arguments end up in a page of the stack that is dirty already.
            machine.init_stack(&[[5; 5000]]).unwrap();
            track(machine, &like);
        });
    }

    #[test]
    fn flags_are_undone_and_code_is_forgotten_with_them() {
        let program = check(|machine| {
            store(machine, 0);
            machine.memory_mut().init_pages(0x8000, PAGE_SIZE, CODE, &[1; 100], 0).unwrap();
            machine.memory_mut().add_page_flags(9, PageFlags::EXECUTABLE).unwrap();
        });
        assert_eq!(warm(&program), 1);
        assert_eq!(program.warm.lock().unwrap()[0].interpreter.host_bytes(), 0);
        let program = check(|machine| store(machine, 0));
        assert_ne!(program.warm.lock().unwrap()[0].interpreter.host_bytes(), 0);
    }

    #[test]
    fn blocks_of_another_machine_were_never_entered() {
        // `jalr x0, 0(a1)`, and behind it what it jumps to: `ecall`.
        let mut program = program(&[0x0005_8067, 0x73]);
        Arc::get_mut(&mut program).unwrap().config = Config::on_chain(Version::V1);
        let jump = |machine: &mut Machine, target| {
            machine.hart_mut().pc = 0x1000;
            machine.hart_mut().set(Reg::A1, target);
            machine.run()
        };
        for _ in 0..3 {
            let (mut machine, _) = program.machine().unwrap();
            assert_eq!(jump(&mut machine, 0x1004), Exit::Ecall);
            machine.recycle();
            let (mut machine, _) = program.machine().unwrap();
            // Versions 0 and 1 find there what they have entered at the low half.
            let beyond = 1 << 32 | 0x1004;
            let trap = crate::Trap::OutOfBounds { addr: beyond, len: 2 };
            assert_eq!(jump(&mut machine, beyond), Exit::Trap(trap));
            machine.recycle();
            let (mut machine, _) = program.machine().unwrap();
            assert_eq!(jump(&mut machine, 0x1004), Exit::Ecall);
            assert_eq!(jump(&mut machine, beyond), Exit::Ecall);
            machine.recycle();
        }
    }

    #[test]
    fn memory_that_is_not_the_programs_is_not_kept() {
        let reset = check(Machine::reset);
        assert_eq!(warm(&reset), 1);
        check(|machine| machine.memory_mut().reset());
        check(|machine| {
            *machine.memory_mut() = Memory::new(crate::MemorySize::MAX, Version::V2);
        });
        let other = program(&[0x73]);
        check(|machine| {
            let (mut stranger, _) = other.machine().unwrap();
            std::mem::swap(machine.memory_mut(), stranger.memory_mut());
        });
    }

    #[test]
    fn little_is_kept() {
        let program = program(&STORE);
        let machines: Vec<Machine> = (0..12).map(|_| program.machine().unwrap().0).collect();
        for mut machine in machines {
            // With the pages of the program 485 pages, eight times less than 16 MiB.
            machine.memory_mut().write(0x8000, &[1; 480 << 12]).unwrap();
            machine.recycle();
        }
        assert_eq!(warm(&program), 8);
        program.warm.lock().unwrap().clear();
        let (mut machine, _) = program.machine().unwrap();
        machine.memory_mut().write(0x8000, &[1; 520 << 12]).unwrap();
        machine.recycle();
        assert_eq!(warm(&program), 0);
    }

    #[test]
    fn a_program_that_does_not_fit_is_refused_each_time() {
        let mut program = program(&STORE);
        Arc::get_mut(&mut program).unwrap().image.segments[1].addr = 4 << 20;
        let refusal = || program.machine().map(|_| ()).unwrap_err();
        assert_eq!(refusal(), refusal());
        assert_eq!(refusal().kind(), "MemOutOfBound");
    }
}
