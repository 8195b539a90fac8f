//! `spawn`: a0 index, a1 source, a2 place, a3 bounds, a4 address of four double words:
//! argc, argv, where to write the number of the process, and a list of file descriptors
//! that ends with zero, or zero.

use verdict_syscalls_abi::{Place, ReturnCode};
use verdict_vm::{Machine, Reg};

use super::{Arguments, Bounds, Fd, ProcessId, Program, Request, Scheduler, field};
use crate::{
    DataProvider,
    context::{Context, DataId},
    cost,
    error::VmError,
    host::{Refusal, Reply},
    limits,
    load::source,
    observe::EventKind,
};

/// A process to be started.
pub(crate) struct Spawn {
    program: Program,
    arguments: Arguments,
    /// Where its number is written.
    process_id_addr: u64,
    /// File descriptors that it takes over.
    fds: Vec<Fd>,
}

/// The syscall, up to the point where the program is known to be there.
pub(crate) fn spawn<P: DataProvider>(
    context: &Context<'_, P>,
    machine: &mut Machine,
) -> Result<Reply, Refusal> {
    let source = source(machine, Reg::A1)?;
    let (hart, memory) = (machine.hart(), machine.memory());
    let data = Place::from_number(hart[Reg::A2])
        .and_then(|place| DataId::new(place, source, hart[Reg::A0]))
        .ok_or(ReturnCode::IndexOutOfBound)?;
    let bounds = Bounds::from_register(hart[Reg::A3]);

    let options = hart[Reg::A4];
    let argc = memory.read_u64(options)?;
    let argv = memory.read_u64(field(options, 1)?)?;
    let process_id_addr = memory.read_u64(field(options, 2)?)?;
    let list = memory.read_u64(field(options, 3)?)?;
    let mut fds = Vec::new();
    if list != 0 {
        // Memory ends, so does the list.
        for n in 0.. {
            match memory.read_u64(field(list, n)?)? {
                0 => break,
                fd => fds.push(Fd(fd)),
            }
        }
    }

    if !bounds.lie_inside(context.data(data)?.len()) {
        return Err(ReturnCode::SliceOutOfBound.into());
    }
    machine.charge(cost::SPAWN)?;
    machine.charge(cost::YIELD)?;
    Ok(Reply::Yield(Request::Spawn(Spawn {
        program: Program { data, bounds },
        arguments: Arguments { argc, argv },
        process_id_addr,
        fds,
    })))
}

impl<P: DataProvider> Scheduler<'_, P> {
    /// Starts a process, gives it the file descriptors, and tells the caller its number.
    ///
    /// # Errors
    ///
    /// Returns why the program cannot be loaded, or the trap of telling the number.
    pub(super) fn spawn(
        &mut self,
        caller: ProcessId,
        request: Spawn,
    ) -> Result<ReturnCode, VmError> {
        let Spawn { program, mut arguments, process_id_addr, fds } = request;
        if fds.iter().any(|&fd| !self.owns(caller, fd)) {
            return Ok(ReturnCode::InvalidFd);
        }
        if self.processes.len() > limits::MAX_SPAWNED {
            return Ok(ReturnCode::MaxVmsSpawned);
        }
        let parent = self.process(caller).instance();
        let argc = arguments.argc;
        let child = self.load(&program, argc, || arguments.next(parent.machine.memory()))?;
        let child = self.start(child, fds)?;
        self.tell_observer(child, EventKind::Started(program.id()));

        // Making room for the child may have suspended its parent.
        self.machine_of(caller)?.memory_mut().write_u64(process_id_addr, child.0)?;
        Ok(ReturnCode::Success)
    }
}
