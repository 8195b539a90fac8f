//! `exec`: a0 index, a1 source, a2 place, a3 bounds, a4 argc, a5 argv.
//!
//! Version 1 replaces the program inside of the machine, version 2 puts another
//! machine in the place of the old one. They differ in which sources they take and in
//! what a part outside of its piece means. Above all, where version 2 ends a script
//! that cannot go on, version 1 leaves it running in a machine that is half loaded.

use verdict_syscalls_abi::{Place, ReturnCode, Source};
use verdict_vm::{Machine, Reg, Tracker};

use super::{Arguments, Bounds, ProcessId, Program, Request, Scheduler, scheduler::Body};
use crate::{
    DataProvider,
    context::{Context, DataId},
    cost,
    error::{ExternalError, UnexpectedError, VmError},
    host::{Refusal, Reply},
    limits,
    load::source,
    observe::EventKind,
};

/// What replaces the program of a process.
pub(crate) struct Exec {
    program: Program,
    arguments: Arguments,
}

impl Arguments {
    fn of_exec(machine: &Machine) -> Self {
        Self { argc: machine.hart()[Reg::A4], argv: machine.hart()[Reg::A5] }
    }

    /// All arguments.
    ///
    /// # Errors
    ///
    /// Returns the trap of an argument that is not in memory, or
    /// [`UnexpectedError::ArgumentsTooLong`].
    fn collect(mut self, machine: &Machine) -> Result<Vec<Vec<u8>>, VmError> {
        let mut arguments = Vec::new();
        let mut len = 0;
        while let Some(argument) = self.next(machine.memory()) {
            let argument = argument?;
            len += 8 + argument.len() as u64;
            if len > limits::MAX_ARGUMENTS_LEN {
                return Err(UnexpectedError::ArgumentsTooLong.into());
            }
            arguments.push(argument.to_vec());
        }
        Ok(arguments)
    }
}

/// `exec` of version 1.
///
/// Nothing is fatal once the machine is reset: if the program cannot be loaded, or its
/// arguments do not fit, `a0` says so to whatever there is at `pc` then.
pub(crate) fn exec_in_place<P: DataProvider>(
    context: &Context<'_, P>,
    machine: &mut Machine,
    tracker: &mut Tracker<DataId>,
) -> Result<Reply, Refusal> {
    let source = source(machine, Reg::A1)?;
    let place = machine.hart()[Reg::A2];
    let place = Place::from_number(place).ok_or(ExternalError::Place(place))?;
    let index = machine.hart()[Reg::A0];
    let piece = match place {
        Place::CellData => {
            let cell = context.cell(source, index)?;
            context.cell_data(&cell).ok_or(UnexpectedError::CellData)?
        }
        Place::Witness => context.witness(source, index)?,
    };
    let bounds = Bounds::from_register(machine.hart()[Reg::A3]);
    if !bounds.lie_inside(piece.len()) {
        return Err(ReturnCode::SliceOutOfBound.into());
    }
    let arguments = Arguments::of_exec(machine).collect(machine)?;

    machine.reset();
    // No page is a copy of anything now.
    *tracker = Tracker::new();
    let loaded =
        machine.load_elf(&piece[bounds.range(piece.len())]).map_err(|_| ReturnCode::WrongFormat)?;
    machine.charge(cost::transferred(loaded))?;
    let stack = machine.init_stack(&arguments).map_err(|_| ReturnCode::WrongFormat)?;
    machine.charge(cost::transferred(stack))?;
    Ok(Reply::Unchanged)
}

/// `exec` of version 2.
///
/// Numbers of sources are taken as they are: bits that other syscalls ignore make a
/// source that has nothing.
pub(crate) fn exec(machine: &Machine) -> Result<Reply, Refusal> {
    let hart = machine.hart();
    let number = hart[Reg::A1];
    let source = Source::from_number(number).filter(|source| source.number() == number);
    let data = Place::from_number(hart[Reg::A2])
        .zip(source)
        .and_then(|(place, source)| DataId::new(place, source, hart[Reg::A0]))
        .ok_or(ReturnCode::IndexOutOfBound)?;
    let program = Program { data, bounds: Bounds::from_register(hart[Reg::A3]) };
    Ok(Reply::Yield(Request::Exec(Exec { program, arguments: Arguments::of_exec(machine) })))
}

impl<P: DataProvider> Scheduler<'_, P> {
    /// Puts another machine in the place of the caller's. All else that belongs to the
    /// process stays with it.
    ///
    /// # Errors
    ///
    /// Returns why the program cannot be loaded.
    pub(super) fn exec(
        &mut self,
        caller: ProcessId,
        Exec { program, mut arguments }: Exec,
    ) -> Result<(), VmError> {
        let old = &self.process(caller).instance().machine;
        let argc = arguments.argc;
        let mut instance = self.load(&program, argc, || arguments.next(old.memory()))?;
        instance.machine.charge(cost::EXEC)?;
        let process = self.process_mut(caller);
        // All of the old machine's cycles were taken over before this.
        process.settled = 0;
        process.replace_body(Body::Instantiated(instance));
        self.tell_observer(caller, EventKind::Replaced(program.id()));
        Ok(())
    }
}
