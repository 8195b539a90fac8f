//! What a running script can see.
//!
//! Owns the look-up of cells, inputs, witnesses, headers and data by source and
//! index, and with it the rules which of them a script may see. Nothing is fetched
//! before a script asks for it, and data is shared, not copied.

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use ckb_traits::{CellDataProvider, ExtensionProvider, HeaderProvider};
use ckb_types::{
    bytes::Bytes,
    core::{
        Capacity, HeaderView, TransactionView,
        cell::{CellMeta, ResolvedTransaction},
    },
    packed::{self, Byte32, CellInput, CellOutput},
};
use serde::{Deserialize, Serialize};
use verdict_syscalls_abi::{Place, ReturnCode, Source, SourceKind};
use verdict_vm::DataSource;

use crate::{error::UnexpectedError, verify::ScriptGroup};

/// What a verifier needs from the chain beyond the resolved transaction: the data of
/// cells that were not resolved with it, headers and block extensions.
///
/// Everything that implements the three traits is one.
pub trait DataProvider: CellDataProvider + HeaderProvider + ExtensionProvider {}

impl<P: CellDataProvider + HeaderProvider + ExtensionProvider> DataProvider for P {}

/// The transaction being verified, with access to the chain.
pub(crate) struct TransactionContext<P> {
    pub(crate) resolved: Arc<ResolvedTransaction>,
    pub(crate) provider: P,
    /// Hashes of the outputs' data, each computed when a script first asks for it:
    /// data is long, and asking again is cheap for the script.
    output_data_hashes: Box<[OnceLock<Byte32>]>,
    /// Hashes of the cell deps' data, where the provider knows them.
    pub(crate) cell_dep_data_hashes: Box<[Option<Byte32>]>,
}

impl<P> TransactionContext<P> {
    pub(crate) fn transaction(&self) -> &TransactionView {
        &self.resolved.transaction
    }
}

impl<P: DataProvider> TransactionContext<P> {
    pub(crate) fn new(resolved: Arc<ResolvedTransaction>, provider: P) -> Self {
        let outputs = resolved.transaction.outputs_data().len();
        let deps = resolved.resolved_cell_deps.iter();
        Self {
            cell_dep_data_hashes: deps.map(|dep| provider.load_cell_data_hash(dep)).collect(),
            output_data_hashes: (0..outputs).map(|_| OnceLock::new()).collect(),
            resolved,
            provider,
        }
    }

    /// The data of the cell dep at `index`.
    pub(crate) fn cell_dep_data(&self, index: usize) -> Option<Bytes> {
        let cell = self.resolved.resolved_cell_deps.get(index)?;
        self.provider.load_cell_data(cell)
    }
}

/// What one script group sees of the transaction.
pub(crate) struct Context<'a, P> {
    pub(crate) transaction: &'a TransactionContext<P>,
    pub(crate) group: &'a ScriptGroup,
}

/// A cell that the transaction spends, creates or depends on.
pub(crate) struct Cell<'a> {
    /// The cell without its data.
    pub(crate) output: CellOutput,
    origin: CellOrigin<'a>,
}

enum CellOrigin<'a> {
    Resolved(&'a CellMeta),
    Created { index: usize, data: Bytes },
}

impl<'a> Cell<'a> {
    fn resolved(cells: &'a [CellMeta], index: usize) -> Option<Self> {
        let meta = cells.get(index)?;
        Some(Self { output: meta.cell_output.clone(), origin: CellOrigin::Resolved(meta) })
    }

    fn created(transaction: &TransactionView, index: usize) -> Option<Self> {
        // There is nothing to load of an output that lacks its data.
        let output = transaction.outputs().get(index)?;
        let data = transaction.outputs_data().get(index)?.raw_data();
        Some(Self { output, origin: CellOrigin::Created { index, data } })
    }

    /// The capacity that the cell needs at least, in shannons.
    ///
    /// # Errors
    ///
    /// Returns an error if that exceeds 64 bits.
    pub(crate) fn occupied_capacity(&self) -> Result<u64, UnexpectedError> {
        let capacity = match &self.origin {
            CellOrigin::Resolved(meta) => meta.occupied_capacity(),
            CellOrigin::Created { data, .. } => Capacity::bytes(data.len())
                .and_then(|data_capacity| self.output.occupied_capacity(data_capacity)),
        };
        capacity.map(|capacity| capacity.as_u64()).map_err(|_| UnexpectedError::OccupiedCapacity)
    }
}

/// Names a piece of data that a script can load or run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "(u64, u64, u32)", into = "(u64, u64, u32)")]
pub(crate) struct DataId {
    pub(crate) place: Place,
    pub(crate) source: Source,
    pub(crate) index: u32,
}

impl DataId {
    /// The name of a piece, if `index` has at most 32 bits and there are pieces in this
    /// place of this source.
    pub(crate) fn new(place: Place, source: Source, index: u64) -> Option<Self> {
        let index = u32::try_from(index).ok()?;
        let has_pieces = match source {
            Source::Transaction(SourceKind::Input | SourceKind::Output)
            | Source::Group(SourceKind::Input | SourceKind::Output) => true,
            Source::Transaction(SourceKind::CellDep) => place == Place::CellData,
            Source::Transaction(SourceKind::HeaderDep)
            | Source::Group(SourceKind::CellDep | SourceKind::HeaderDep) => false,
        };
        has_pieces.then_some(Self { place, source, index })
    }

    /// The name of the data of a cell dep, if `index` has at most 32 bits.
    pub(crate) fn cell_dep(index: usize) -> Option<Self> {
        let source = Source::Transaction(SourceKind::CellDep);
        Self::new(Place::CellData, source, index.try_into().ok()?)
    }
}

impl TryFrom<(u64, u64, u32)> for DataId {
    type Error = &'static str;

    fn try_from((place, source, index): (u64, u64, u32)) -> Result<Self, Self::Error> {
        let id = Place::from_number(place).zip(Source::from_number(source));
        id.and_then(|(place, source)| Self::new(place, source, index.into()))
            .ok_or("there is no such data")
    }
}

impl From<DataId> for (u64, u64, u32) {
    fn from(DataId { place, source, index }: DataId) -> Self {
        (place.number(), source.number(), index)
    }
}

impl<P> Context<'_, P> {
    /// The hash of the data of a cell dep, if that is what `id` names and the provider
    /// knows it.
    pub(crate) fn cell_dep_data_hash(&self, id: DataId) -> Option<&Byte32> {
        let is_cell_dep = id.source == Source::Transaction(SourceKind::CellDep);
        let index = usize::try_from(id.index).ok().filter(|_| is_cell_dep)?;
        self.transaction.cell_dep_data_hashes.get(index)?.as_ref()
    }

    /// The transaction itself.
    pub(crate) fn transaction(&self) -> &TransactionView {
        self.transaction.transaction()
    }

    /// Where in the transaction's list `source` and `index` point. The group has no
    /// deps.
    fn position(&self, source: Source, index: u64) -> Option<(SourceKind, usize)> {
        let index = usize::try_from(index).ok()?;
        match source {
            Source::Transaction(kind) => Some((kind, index)),
            Source::Group(kind) => {
                let members = match kind {
                    SourceKind::Input => self.group.inputs(),
                    SourceKind::Output => self.group.outputs(),
                    SourceKind::CellDep | SourceKind::HeaderDep => return None,
                };
                members.get(index).map(|&position| (kind, position))
            }
        }
    }

    /// A cell.
    ///
    /// # Errors
    ///
    /// Returns [`ReturnCode::IndexOutOfBound`] if there is none.
    pub(crate) fn cell(&self, source: Source, index: u64) -> Result<Cell<'_>, ReturnCode> {
        let resolved = &self.transaction.resolved;
        self.position(source, index)
            .and_then(|(kind, index)| match kind {
                SourceKind::Input => Cell::resolved(&resolved.resolved_inputs, index),
                SourceKind::Output => Cell::created(self.transaction(), index),
                SourceKind::CellDep => Cell::resolved(&resolved.resolved_cell_deps, index),
                SourceKind::HeaderDep => None,
            })
            .ok_or(ReturnCode::IndexOutOfBound)
    }

    /// An input.
    ///
    /// # Errors
    ///
    /// Returns [`ReturnCode::IndexOutOfBound`] if there is none.
    pub(crate) fn input(&self, source: Source, index: u64) -> Result<CellInput, ReturnCode> {
        self.position(source, index)
            .and_then(|(kind, index)| match kind {
                SourceKind::Input => self.transaction().inputs().get(index),
                SourceKind::Output | SourceKind::CellDep | SourceKind::HeaderDep => None,
            })
            .ok_or(ReturnCode::IndexOutOfBound)
    }

    /// The witness at the position of an input or an output.
    ///
    /// # Errors
    ///
    /// Returns [`ReturnCode::IndexOutOfBound`] if there is none.
    pub(crate) fn witness(&self, source: Source, index: u64) -> Result<Bytes, ReturnCode> {
        self.position(source, index)
            .and_then(|(kind, index)| match kind {
                SourceKind::Input | SourceKind::Output => self.transaction().witnesses().get(index),
                SourceKind::CellDep | SourceKind::HeaderDep => None,
            })
            .map(|witness| witness.raw_data())
            .ok_or(ReturnCode::IndexOutOfBound)
    }

    /// The hash of a block that the script may look into: a header dep, or the block
    /// of a cell if that is a header dep as well.
    ///
    /// # Errors
    ///
    /// Returns [`ReturnCode::IndexOutOfBound`] if there is no such cell or header dep,
    /// and [`ReturnCode::ItemMissing`] if the cell's block is not known or no header
    /// dep.
    fn block_hash(&self, source: Source, index: u64) -> Result<Byte32, ReturnCode> {
        let resolved = &self.transaction.resolved;
        let (kind, index) = self.position(source, index).ok_or(ReturnCode::IndexOutOfBound)?;
        let cells = match kind {
            SourceKind::Input => &resolved.resolved_inputs,
            SourceKind::CellDep => &resolved.resolved_cell_deps,
            SourceKind::Output => return Err(ReturnCode::IndexOutOfBound),
            SourceKind::HeaderDep => {
                let header_deps = self.transaction().header_deps();
                return header_deps.get(index).ok_or(ReturnCode::IndexOutOfBound);
            }
        };
        let cell = cells.get(index).ok_or(ReturnCode::IndexOutOfBound)?;
        let block = cell.transaction_info.as_ref().map(|info| &info.block_hash);
        block
            .filter(|&hash| self.transaction().header_deps_iter().any(|dep| dep == *hash))
            .cloned()
            .ok_or(ReturnCode::ItemMissing)
    }
}

impl<P: DataProvider> Context<'_, P> {
    /// The hash of a cell's data, if the provider knows it.
    pub(crate) fn cell_data_hash(&self, cell: &Cell<'_>) -> Option<Byte32> {
        match &cell.origin {
            CellOrigin::Resolved(meta) => self.transaction.provider.load_cell_data_hash(meta),
            CellOrigin::Created { index, data } => {
                let hash = self.transaction.output_data_hashes.get(*index)?;
                let hash = hash.get_or_init(|| CellOutput::calc_data_hash(data));
                Some(hash.clone())
            }
        }
    }

    /// A cell's data, if the provider knows it.
    pub(crate) fn cell_data(&self, cell: &Cell<'_>) -> Option<Bytes> {
        match &cell.origin {
            CellOrigin::Resolved(meta) => self.transaction.provider.load_cell_data(meta),
            CellOrigin::Created { data, .. } => Some(data.clone()),
        }
    }

    /// A header.
    ///
    /// # Errors
    ///
    /// Returns [`ReturnCode::IndexOutOfBound`] if nothing is there, and
    /// [`ReturnCode::ItemMissing`] if it has no header that the script may see.
    pub(crate) fn header(&self, source: Source, index: u64) -> Result<HeaderView, ReturnCode> {
        let hash = self.block_hash(source, index)?;
        let header = self.transaction.provider.get_header(&hash);
        header.ok_or(ReturnCode::ItemMissing)
    }

    /// The extension of a block.
    ///
    /// # Errors
    ///
    /// As [`Self::header`]; an extension is missing if the block has none, too.
    pub(crate) fn block_extension(
        &self,
        source: Source,
        index: u64,
    ) -> Result<packed::Bytes, ReturnCode> {
        let hash = self.block_hash(source, index)?;
        let extension = self.transaction.provider.get_block_extension(&hash);
        extension.ok_or(ReturnCode::ItemMissing)
    }

    /// The piece of data that `id` names.
    ///
    /// # Errors
    ///
    /// Returns [`ReturnCode::IndexOutOfBound`] if there is none.
    pub(crate) fn data(&self, id: DataId) -> Result<Bytes, ReturnCode> {
        let (source, index) = (id.source, u64::from(id.index));
        if id.place == Place::Witness {
            return self.witness(source, index);
        }
        let context = self.transaction;
        self.position(source, index)
            .and_then(|(kind, index)| match kind {
                SourceKind::Input => {
                    let cell = context.resolved.resolved_inputs.get(index)?;
                    context.provider.load_cell_data(cell)
                }
                SourceKind::Output => {
                    let data = self.transaction().outputs_data().get(index)?;
                    Some(data.raw_data())
                }
                SourceKind::CellDep => context.cell_dep_data(index),
                SourceKind::HeaderDep => None,
            })
            .ok_or(ReturnCode::IndexOutOfBound)
    }
}

/// The transaction, to read pages of suspended processes again. An offset behind the end
/// of a piece has nothing behind it.
impl<P: DataProvider> DataSource<DataId> for Context<'_, P> {
    fn load(&self, &id: &DataId, offset: u64, len: u64) -> Option<Cow<'_, [u8]>> {
        let piece = self.data(id).ok()?;
        let rest = usize::try_from(offset).ok().and_then(|offset| piece.get(offset..));
        let rest = rest.unwrap_or_default();
        let len = usize::try_from(len).map_or(rest.len(), |len| len.min(rest.len()));
        Some(Cow::Owned(rest[..len].to_vec()))
    }
}
