//! The cells, headers and extensions of a mock transaction, and finding those that
//! the transaction refers to.

use std::collections::{HashMap, HashSet};

use ckb_mock_tx_types::{MockCellDep, MockInput, MockTransaction};
use ckb_types::{
    bytes::Bytes,
    core::{
        DepType, EpochNumberWithFraction, TransactionInfo,
        cell::{
            CellMeta, CellMetaBuilder, CellProvider, CellStatus, HeaderChecker,
            ResolvedTransaction, resolve_transaction,
        },
        error::OutPointError,
    },
    packed::{Byte32, CellInput, CellOutput, OutPoint, OutPointVec},
    prelude::*,
};
use thiserror::Error;
use verdict_syscalls::Store;

/// What a transaction may refer to.
#[derive(Default)]
struct Known {
    cells: HashMap<OutPoint, CellMeta>,
    store: Store,
}

/// How parts of a mock transaction do not fit together.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Misfit {
    /// An input has no cell.
    #[error("no entry of `mock_info.inputs` has this input ({})", Place(.0))]
    MissingInput(OutPoint),
    /// The cell of an input stands beside another `since`.
    #[error("`mock_info.inputs` has this input ({}) with another `since`", Place(.0))]
    OtherSince(OutPoint),
    /// An input spends a cell that another one spends.
    #[error("an earlier input spends the same cell ({})", Place(.0))]
    SpentTwice(OutPoint),
    /// A cell dep has no cell.
    #[error("no entry of `mock_info.cell_deps` has this out point ({})", Place(.0))]
    MissingCellDep(OutPoint),
    /// A member of a dep group has no cell.
    #[error("no entry of `mock_info.cell_deps` has member {member} of this group ({})", Place(.out_point))]
    MissingMember {
        /// Its place in the group.
        member: usize,
        /// Where its cell would be.
        out_point: OutPoint,
    },
    /// The data of a dep group is no list of out points.
    #[error("the data of this dep group ({}) is not a list of out points", Place(.0))]
    InvalidDepGroup(OutPoint),
    /// There are more cell deps than a transaction may have.
    #[error("dep groups and cell deps have more than 2048 cells in all")]
    TooManyCellDeps,
    /// A header dep has no header.
    #[error("no entry of `mock_info.header_deps` has block hash {0:#x}")]
    MissingHeader(Byte32),
    /// Outputs and their data do not match one to one.
    #[error("{data} entries for {outputs} outputs")]
    OutputsData {
        /// Number of outputs.
        outputs: usize,
        /// Number of entries of output data.
        data: usize,
    },
}

/// An out point for people.
struct Place<'a>(&'a OutPoint);

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let index: u32 = self.0.index().into();
        write!(f, "output {index} of {:#x}", self.0.tx_hash())
    }
}

/// Finds what the transaction of `mock` refers to. An error comes with the field that
/// it is in.
pub(super) fn resolve(
    mock: &MockTransaction,
) -> Result<(ResolvedTransaction, Store), (String, Misfit)> {
    let transaction = mock.core_transaction();
    let (outputs, data) = (transaction.outputs().len(), transaction.outputs_data().len());
    if outputs != data {
        let misfit = Misfit::OutputsData { outputs, data };
        return Err(("tx.outputs_data".to_owned(), misfit));
    }
    let mut known = Known::default();
    known.add_headers(mock);
    known.add_cell_deps(mock);
    known.add_inputs(mock)?;
    let resolved = resolve_transaction(transaction, &mut HashSet::new(), &known, &known);
    let resolved = resolved.map_err(|error| known.explain(mock, &error))?;
    Ok((resolved, known.store))
}

impl Known {
    fn add_headers(&mut self, mock: &MockTransaction) {
        for header in &mock.mock_info.header_deps {
            self.store.headers.entry(header.hash()).or_insert_with(|| header.clone());
        }
        for (block, extension) in &mock.mock_info.extensions {
            self.store.extensions.insert(block.clone(), extension.pack());
        }
    }

    fn add_cell_deps(&mut self, mock: &MockTransaction) {
        for dep in &mock.mock_info.cell_deps {
            let MockCellDep { cell_dep, output, data, header } = dep;
            self.add_cell(cell_dep.out_point(), output, data, header.as_ref());
        }
    }

    fn add_inputs(&mut self, mock: &MockTransaction) -> Result<(), (String, Misfit)> {
        let mut cells: HashMap<CellInput, &MockInput> = HashMap::new();
        for cell in &mock.mock_info.inputs {
            cells.entry(cell.input.clone()).or_insert(cell);
        }
        for (index, input) in mock.tx.raw().inputs().into_iter().enumerate() {
            let out_point = input.previous_output();
            let Some(cell) = cells.get(&input) else {
                let inputs = &mock.mock_info.inputs;
                let misfit = if inputs.iter().any(|cell| cell.input.previous_output() == out_point)
                {
                    Misfit::OtherSince(out_point)
                } else {
                    Misfit::MissingInput(out_point)
                };
                return Err((format!("tx.inputs[{index}]"), misfit));
            };
            self.add_cell(out_point, &cell.output, &cell.data, cell.header.as_ref());
        }
        Ok(())
    }

    /// Adds a cell, unless one was added at the same place before.
    fn add_cell(
        &mut self,
        out_point: OutPoint,
        output: &CellOutput,
        data: &Bytes,
        block: Option<&Byte32>,
    ) {
        self.cells.entry(out_point.clone()).or_insert_with(|| {
            // Of a cell's transaction, scripts can learn its block alone.
            let block = block.cloned().unwrap_or_default();
            let epoch = EpochNumberWithFraction::new(0, 0, 1800);
            CellMetaBuilder::from_cell_output(output.clone(), data.clone())
                .out_point(out_point)
                .transaction_info(TransactionInfo::new(0, epoch, block, 0))
                .build()
        });
    }

    /// Where in `mock` the resolution failed.
    fn explain(&self, mock: &MockTransaction, error: &OutPointError) -> (String, Misfit) {
        let raw = mock.tx.raw();
        match error {
            OutPointError::Dead(out_point) => {
                let inputs = raw.inputs().into_iter();
                let index = inputs.enumerate().filter(|(_, i)| i.previous_output() == *out_point);
                let index = index.map(|(index, _)| index).nth(1).unwrap_or_default();
                let misfit = Misfit::SpentTwice(out_point.clone());
                (format!("tx.inputs[{index}]"), misfit)
            }
            OutPointError::Unknown(out_point) => self.explain_missing(mock, out_point),
            OutPointError::InvalidDepGroup(out_point) => {
                let deps = &mock.mock_info.cell_deps;
                let index = deps.iter().position(|dep| dep.cell_dep.out_point() == *out_point);
                let field = match index {
                    Some(index) => format!("mock_info.cell_deps[{index}].data"),
                    None => "tx.cell_deps".to_owned(),
                };
                (field, Misfit::InvalidDepGroup(out_point.clone()))
            }
            OutPointError::InvalidHeader(hash) => {
                let mut hashes = raw.header_deps().into_iter();
                let index = hashes.position(|dep| dep == *hash).unwrap_or_default();
                let misfit = Misfit::MissingHeader(hash.clone());
                (format!("tx.header_deps[{index}]"), misfit)
            }
            OutPointError::OverMaxDepExpansionLimit | OutPointError::OutOfOrder(_) => {
                ("tx.cell_deps".to_owned(), Misfit::TooManyCellDeps)
            }
        }
    }

    /// Which cell dep needs the cell at `missing`.
    fn explain_missing(&self, mock: &MockTransaction, missing: &OutPoint) -> (String, Misfit) {
        for (index, dep) in mock.tx.raw().cell_deps().into_iter().enumerate() {
            let field = format!("tx.cell_deps[{index}]");
            if dep.out_point() == *missing {
                return (field, Misfit::MissingCellDep(missing.clone()));
            }
            if dep.dep_type() == DepType::DepGroup.into()
                && let Some(group) = self.cells.get(&dep.out_point())
                && let Some(data) = &group.mem_cell_data
                && let Ok(members) = OutPointVec::from_slice(data)
                && let Some(member) = members.into_iter().position(|member| member == *missing)
            {
                let out_point = missing.clone();
                return (field, Misfit::MissingMember { member, out_point });
            }
        }
        let misfit = Misfit::MissingCellDep(missing.clone());
        ("tx.cell_deps".to_owned(), misfit)
    }
}

impl CellProvider for Known {
    fn cell(&self, out_point: &OutPoint, _eager_load: bool) -> CellStatus {
        match self.cells.get(out_point) {
            Some(cell) => CellStatus::live_cell(cell.clone()),
            None => CellStatus::Unknown,
        }
    }
}

impl HeaderChecker for Known {
    fn check_valid(&self, block_hash: &Byte32) -> Result<(), OutPointError> {
        if self.store.headers.contains_key(block_hash) {
            Ok(())
        } else {
            Err(OutPointError::InvalidHeader(block_hash.clone()))
        }
    }
}
