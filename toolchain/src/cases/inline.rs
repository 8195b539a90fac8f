//! Transactions around one script.

use std::{iter, path::Path};

use ckb_hash::blake2b_256;
use ckb_mock_tx_types as mock;
use ckb_types::{
    bytes::Bytes,
    core::{Capacity, ScriptHashType, TransactionBuilder},
    packed::{CellDep, CellInput, CellOutput, OutPoint, Script, WitnessArgs},
    prelude::*,
};
use verdict_syscalls::GroupKind;

use super::CaseFlaw;
use crate::{
    file,
    mock::MockTransaction,
    project::{Inline, Project, Value, Witness},
};

/// Makes a transaction that depends on the program, then on what `inline` names, and
/// spends and makes cells with the script. It spends at least one cell.
pub(super) fn transaction(
    inline: &Inline,
    kind: GroupKind,
    project: &Project,
    programs: &Path,
) -> Result<MockTransaction, CaseFlaw> {
    let read = |values: &[Value]| -> Result<Vec<Bytes>, CaseFlaw> {
        values.iter().map(|value| bytes(value, &project.folder)).collect()
    };
    let program = Bytes::from(file::read(&programs.join(&inline.program))?);
    let newest = project.versions.iter().map(|version| version.number()).max();
    let hash_type = match inline.version.or(newest).unwrap_or_default() {
        0 => ScriptHashType::Data,
        1 => ScriptHashType::Data1,
        2 => ScriptHashType::Data2,
        other => return Err(CaseFlaw::NoVersion(other)),
    };
    let script = Script::new_builder()
        .code_hash(blake2b_256(&program))
        .hash_type(hash_type)
        .args(bytes(&inline.args, &project.folder)?)
        .build();
    let (with_script, made) = match kind {
        GroupKind::Lock => (CellOutput::new_builder().lock(script).build(), CellOutput::default()),
        GroupKind::Type => {
            let cell = CellOutput::new_builder().type_(Some(script).pack()).build();
            (cell.clone(), cell)
        }
    };
    let inputs = match (&inline.inputs, kind) {
        (Some(inputs), _) => read(inputs)?,
        (None, GroupKind::Lock) => vec![Bytes::new()],
        (None, GroupKind::Type) => Vec::new(),
    };
    let outputs = read(&inline.outputs)?;
    if inputs.is_empty() && (kind == GroupKind::Lock || outputs.is_empty()) {
        return Err(CaseFlaw::NoCell);
    }
    let mut spent: Vec<_> = inputs.into_iter().map(|data| (with_script.clone(), data)).collect();
    if spent.is_empty() {
        spent.push((CellOutput::default(), Bytes::new()));
    }
    let inputs = spent.into_iter().enumerate().map(|(index, (output, data))| mock::MockInput {
        input: CellInput::new(place("input", index), 0),
        output: funded(output, &data),
        data,
        header: None,
    });
    let inputs: Vec<_> = inputs.collect();
    let deps = iter::once(program).chain(read(&inline.deps)?);
    let deps = deps.enumerate().map(|(index, data)| mock::MockCellDep {
        cell_dep: CellDep::new_builder().out_point(place("dep", index)).build(),
        output: funded(CellOutput::default(), &data),
        data,
        header: None,
    });
    let cell_deps: Vec<_> = deps.collect();
    let witnesses = inline.witnesses.iter().map(|one| witness(one, &project.folder));
    let witnesses: Vec<_> = witnesses.collect::<Result<_, _>>()?;
    let transaction = TransactionBuilder::default()
        .cell_deps(cell_deps.iter().map(|dep| dep.cell_dep.clone()))
        .inputs(inputs.iter().map(|input| input.input.clone()))
        .outputs(outputs.iter().map(|data| funded(made.clone(), data)))
        .outputs_data(outputs.iter().map(|data| data.pack()))
        .witnesses(witnesses.iter().map(|witness| witness.pack()))
        .build();
    let mock_info = mock::MockInfo { inputs, cell_deps, ..mock::MockInfo::default() };
    let transaction = mock::MockTransaction { mock_info, tx: transaction.data() };
    Ok(MockTransaction::resolve(&transaction, &project.folder)?)
}

/// A cell that exists nowhere else.
fn place(kind: &str, index: usize) -> OutPoint {
    OutPoint::new(blake2b_256(format!("{kind} {index}")).into(), 0)
}

/// The cell with the capacity that it needs.
fn funded(cell: CellOutput, data: &Bytes) -> CellOutput {
    let data = Capacity::bytes(data.len()).expect("files are shorter than 2^37 bytes");
    cell.as_builder().build_exact_capacity(data).expect("a cell takes less than 2^37 bytes")
}

/// The bytes that `value` stands for. File names are relative to `folder`.
fn bytes(value: &Value, folder: &Path) -> Result<Bytes, CaseFlaw> {
    Ok(match value {
        Value::Hex(text) => from_hex(text).ok_or_else(|| CaseFlaw::Hex(text.clone()))?,
        Value::Text { text } => Bytes::from(text.clone()),
        Value::File { file } => file::read(&folder.join(file))?.into(),
    })
}

fn witness(witness: &Witness, folder: &Path) -> Result<Bytes, CaseFlaw> {
    match witness {
        Witness::Raw(value) => bytes(value, folder),
        Witness::Lock { lock } => {
            let lock = Some(bytes(lock, folder)?).pack();
            Ok(WitnessArgs::new_builder().lock(lock).build().as_bytes())
        }
    }
}

/// The bytes that `text` spells: `0x` and pairs of hexadecimal digits.
fn from_hex(text: &str) -> Option<Bytes> {
    let digit = |digit: u8| char::from(digit).to_digit(16);
    let (pairs, rest) = text.strip_prefix("0x")?.as_bytes().as_chunks::<2>();
    let pair = |[high, low]: &[u8; 2]| u8::try_from(digit(*high)? << 4 | digit(*low)?).ok();
    let bytes: Option<Vec<u8>> = pairs.iter().map(pair).collect();
    bytes.filter(|_| rest.is_empty()).map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_come_in_pairs() {
        assert_eq!(from_hex("0x"), Some(Bytes::new()));
        assert_eq!(from_hex("0x00fF"), Some(Bytes::from_static(&[0, 255])));
        for text in ["", "00", "0x0", "0x0g", "0x 1", "0x+1"] {
            assert_eq!(from_hex(text), None, "{text}");
        }
    }
}
