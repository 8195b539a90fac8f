//! A small chain, and transactions on it.

use std::{collections::BTreeMap, sync::Arc};

use ckb_traits::{CellDataProvider, ExtensionProvider, HeaderProvider};
use ckb_types::{
    bytes::Bytes,
    core::{
        EpochNumberWithFraction, HeaderBuilder, HeaderView, TransactionBuilder, TransactionInfo,
        cell::{CellMeta, CellMetaBuilder, ResolvedTransaction},
    },
    packed::{self, Byte32, CellDep, CellInput, CellOutput, OutPoint, Script},
    prelude::*,
};

/// A script.
pub(crate) fn script(code_hash: &Byte32, hash_type: u8, args: &[u8]) -> Script {
    Script::new_builder()
        .code_hash(code_hash.clone())
        .hash_type(packed::Byte::new(hash_type))
        .args(args.to_vec().pack())
        .build()
}

/// The hash of data.
pub(crate) fn data_hash(data: &[u8]) -> Byte32 {
    CellOutput::calc_data_hash(data)
}

/// A cell without its data.
pub(crate) fn output(capacity: u64, lock: &Script, type_: Option<&Script>) -> CellOutput {
    CellOutput::new_builder()
        .capacity(capacity)
        .lock(lock.clone())
        .type_(type_.cloned().pack())
        .build()
}

/// An out point that no other number gives.
pub(crate) fn out_point(number: u32) -> OutPoint {
    OutPoint::new(data_hash(&number.to_le_bytes()), number)
}

/// A store of cell data, headers and extensions.
#[derive(Clone, Default)]
pub(crate) struct Chain(Arc<Store>);

#[derive(Default)]
pub(crate) struct Store {
    pub(crate) data: BTreeMap<Vec<u8>, Bytes>,
    pub(crate) headers: BTreeMap<Byte32, HeaderView>,
    pub(crate) extensions: BTreeMap<Byte32, packed::Bytes>,
}

impl CellDataProvider for Chain {
    fn get_cell_data(&self, out_point: &OutPoint) -> Option<Bytes> {
        self.0.data.get(out_point.as_slice()).cloned()
    }

    fn get_cell_data_hash(&self, out_point: &OutPoint) -> Option<Byte32> {
        let data = self.0.data.get(out_point.as_slice())?;
        Some(CellOutput::calc_data_hash(data))
    }
}

impl HeaderProvider for Chain {
    fn get_header(&self, hash: &Byte32) -> Option<HeaderView> {
        self.0.headers.get(hash).cloned()
    }
}

impl ExtensionProvider for Chain {
    fn get_block_extension(&self, hash: &Byte32) -> Option<packed::Bytes> {
        self.0.extensions.get(hash).cloned()
    }
}

/// Where the data of a cell is.
pub(crate) enum Data {
    /// In the resolved cell.
    Memory(Vec<u8>),
    /// In the store.
    Stored(Vec<u8>),
    /// Nowhere, but its hash is known.
    HashOnly,
    /// Nowhere.
    Lost,
}

/// A transaction under construction.
#[derive(Default)]
pub(crate) struct Scene {
    transaction: TransactionBuilder,
    inputs: Vec<CellMeta>,
    deps: Vec<CellMeta>,
    store: Store,
    cells: u32,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    fn cell(&mut self, output: CellOutput, data: Data, block: Option<Byte32>) -> CellMeta {
        let out_point = out_point(self.cells);
        self.cells += 1;
        let (in_memory, hash_known) = match data {
            Data::Memory(_) => (true, true),
            Data::HashOnly => (false, true),
            Data::Stored(_) | Data::Lost => (false, false),
        };
        let bytes = match data {
            Data::Memory(bytes) => Bytes::from(bytes),
            Data::Stored(bytes) => {
                let bytes = Bytes::from(bytes);
                self.store.data.insert(out_point.as_slice().to_vec(), bytes.clone());
                bytes
            }
            Data::HashOnly | Data::Lost => Bytes::from_static(b"missing"),
        };
        let mut meta =
            CellMetaBuilder::from_cell_output(output, bytes).out_point(out_point).build();
        meta.transaction_info = block
            .map(|hash| TransactionInfo::new(1, EpochNumberWithFraction::new(0, 0, 1), hash, 1));
        if !in_memory {
            meta.mem_cell_data = None;
        }
        if !hash_known {
            meta.mem_cell_data_hash = None;
        }
        meta
    }

    pub(crate) fn input(
        &mut self,
        since: u64,
        output: CellOutput,
        data: Data,
        block: Option<Byte32>,
    ) {
        let meta = self.cell(output, data, block);
        let input = CellInput::new(meta.out_point.clone(), since);
        self.change(|transaction| transaction.input(input));
        self.inputs.push(meta);
    }

    pub(crate) fn dep(&mut self, output: CellOutput, data: Data, block: Option<Byte32>) {
        let meta = self.cell(output, data, block);
        let dep = CellDep::new_builder().out_point(meta.out_point.clone()).build();
        self.change(|transaction| transaction.cell_dep(dep));
        self.deps.push(meta);
    }

    /// A cell dep with a program, which nothing but its data names.
    pub(crate) fn program(&mut self, data: Vec<u8>) {
        self.dep(CellOutput::default(), Data::Memory(data), None);
    }

    pub(crate) fn output(&mut self, output: CellOutput, data: Vec<u8>) {
        self.change(|transaction| transaction.output(output).output_data(data.pack()));
    }

    /// Outputs without data, or data without outputs: no block has such transactions.
    pub(crate) fn unequal(&mut self, outputs: &[CellOutput], data: &[Vec<u8>]) {
        let (outputs, data) = (outputs.to_vec(), data.iter().map(|data| data.pack()));
        self.change(|transaction| transaction.outputs(outputs).outputs_data(data));
    }

    pub(crate) fn witness(&mut self, witness: Vec<u8>) {
        self.change(|transaction| transaction.witness(witness.pack()));
    }

    /// A header in the store, perhaps with an extension. Epochs are number, index and
    /// length.
    pub(crate) fn header(
        &mut self,
        number: u64,
        (epoch, index, length): (u64, u64, u64),
        extension: Option<Vec<u8>>,
    ) -> Byte32 {
        let epoch = EpochNumberWithFraction::new(epoch, index, length);
        let header = HeaderBuilder::default().number(number).epoch(epoch).build();
        let hash = self.block(header);
        if let Some(extension) = extension {
            self.store.extensions.insert(hash.clone(), extension.pack());
        }
        hash
    }

    /// Puts a header to the store.
    pub(crate) fn block(&mut self, header: HeaderView) -> Byte32 {
        let hash = header.hash();
        self.store.headers.insert(hash.clone(), header);
        hash
    }

    pub(crate) fn header_dep(&mut self, hash: Byte32) {
        self.change(|transaction| transaction.header_dep(hash));
    }

    fn change(&mut self, change: impl FnOnce(TransactionBuilder) -> TransactionBuilder) {
        self.transaction = change(std::mem::take(&mut self.transaction));
    }

    /// The hash of the transaction as it is now; witnesses are no part of it.
    pub(crate) fn hash(&self) -> Byte32 {
        self.transaction.clone().build().hash()
    }

    pub(crate) fn build(self) -> (Arc<ResolvedTransaction>, Chain) {
        let resolved = ResolvedTransaction {
            transaction: self.transaction.build(),
            resolved_cell_deps: self.deps,
            resolved_inputs: self.inputs,
            resolved_dep_groups: Vec::new(),
        };
        (Arc::new(resolved), Chain(Arc::new(self.store)))
    }
}
