//! Loading the data of cells, as bytes and as code.

use verdict_syscalls_abi::{Place, ReturnCode, Source};
use verdict_vm::{Machine, PageFlags, Reg, Tracker, Trap};

use super::{partial, source, source_and_index};
use crate::{
    DataProvider,
    context::{Context, DataId},
    cost,
    host::{Refusal, Reply},
};

/// The name of a cell's data. An index of more than 32 bits has none.
fn data_id(source: Source, index: u64) -> Result<DataId, ReturnCode> {
    DataId::new(Place::CellData, source, index).ok_or(ReturnCode::IndexOutOfBound)
}

/// `load_cell_data`.
///
/// Pages that are filled with data are tracked as a copy of it from here on, all others
/// that it touches are not.
pub(crate) fn cell_data<P: DataProvider>(
    context: &Context<'_, P>,
    machine: &mut Machine,
    tracker: &mut Tracker<DataId>,
) -> Result<Reply, Refusal> {
    let (source, index) = source_and_index(machine)?;
    let id = data_id(source, index)?;
    let (addr, offset) = (machine.hart()[Reg::A0], machine.hart()[Reg::A2]);
    let copied = partial::copy(machine, &context.data(id)?)?;
    tracker.untrack(machine.memory_mut(), addr, copied)?;
    tracker.track(machine.memory_mut(), addr, copied, &id, offset)?;
    Ok(Reply::Done)
}

/// `load_cell_data_as_code`: a0 address, a1 size of the pages to make executable, a2
/// offset and a3 size of the content, a4 index, a5 source.
///
/// What the content leaves of the pages becomes zero. The whole size of the pages is
/// charged, and all of them are tracked as if the content went on: so a process that is
/// suspended and resumed may find other bytes there, or fail to come back.
pub(crate) fn cell_data_as_code<P: DataProvider>(
    context: &Context<'_, P>,
    machine: &mut Machine,
    tracker: &mut Tracker<DataId>,
) -> Result<Reply, Refusal> {
    let source = source(machine, Reg::A5)?;
    let hart = machine.hart();
    let (addr, size) = (hart[Reg::A0], hart[Reg::A1]);
    let (content_start, content_size) = (hart[Reg::A2], hart[Reg::A3]);
    let id = data_id(source, hart[Reg::A4])?;
    let data = context.data(id)?;
    let content_end = content_start
        .checked_add(content_size)
        .ok_or(Trap::OutOfBounds { addr: content_start, len: content_size })?;
    if content_size == 0 || content_size > size {
        return Err(ReturnCode::SliceOutOfBound.into());
    }
    let start = usize::try_from(content_start).unwrap_or(usize::MAX);
    let end = usize::try_from(content_end).unwrap_or(usize::MAX);
    let content = data.get(start..end).ok_or(ReturnCode::SliceOutOfBound)?;
    let flags = PageFlags::EXECUTABLE | PageFlags::FROZEN;
    machine.memory_mut().init_pages(addr, size, flags, content, 0)?;
    tracker.track(machine.memory_mut(), addr, size, &id, content_start)?;
    machine.charge(cost::transferred(size))?;
    Ok(Reply::Done)
}
