//! The transaction that is audited, with all that its scripts can see.
//!
//! A [`Subject`] has exactly the cells, headers and extensions that scripts can reach, so
//! that it can be verified far from any node; what scripts cannot reach is not in it.

use std::{collections::HashMap, sync::Arc};

use ckb_types::{
    bytes::Bytes,
    core::{
        EpochNumberWithFraction, TransactionInfo,
        cell::{CellMeta, CellMetaBuilder, ResolvedTransaction},
    },
    packed::{self, OutPoint},
    prelude::*,
};
use serde_bytes::ByteBuf;
use verdict_syscalls::{DataProvider, Engine, Rules, Store, Verifier, Version};

use crate::records::{Cell, Data, Extension, Transaction, digest};

/// A transaction and what its scripts can see, with the rules to verify it under.
#[derive(Clone)]
pub struct Subject {
    resolved: Arc<ResolvedTransaction>,
    pub(crate) store: Store,
    pub(crate) rules: Rules,
    max_cycles: u64,
}

impl Subject {
    /// Collects what the scripts of a transaction can see.
    pub fn new(
        resolved: &ResolvedTransaction,
        provider: &impl DataProvider,
        rules: Rules,
        max_cycles: u64,
    ) -> Self {
        let collect = |cells: &[CellMeta]| -> Vec<CellMeta> {
            let metas = cells.iter().map(|cell| CellMeta {
                // Scripts that ask for its size get the one that the chain knows.
                mem_cell_data: provider.load_cell_data(cell),
                mem_cell_data_hash: provider.load_cell_data_hash(cell),
                ..cell.clone()
            });
            metas.collect()
        };
        let resolved = ResolvedTransaction {
            transaction: resolved.transaction.clone(),
            resolved_inputs: collect(&resolved.resolved_inputs),
            resolved_cell_deps: collect(&resolved.resolved_cell_deps),
            resolved_dep_groups: Vec::new(),
        };
        let mut store = Store::default();
        for hash in resolved.transaction.header_deps_iter() {
            if let Some(header) = provider.get_header(&hash) {
                store.headers.insert(hash.clone(), header);
            }
            if let Some(extension) = provider.get_block_extension(&hash) {
                store.extensions.insert(hash, extension);
            }
        }
        Self { resolved: Arc::new(resolved), store, rules, max_cycles }
    }

    /// The transaction with its cells.
    #[must_use]
    pub const fn resolved(&self) -> &Arc<ResolvedTransaction> {
        &self.resolved
    }

    /// The same with cells that `change` has changed: local builds in place of deployed code.
    ///
    /// # Errors
    ///
    /// Returns the error of `change`.
    pub fn changed<E>(
        &self,
        change: impl FnOnce(&mut ResolvedTransaction) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut resolved = (*self.resolved).clone();
        change(&mut resolved)?;
        Ok(Self::new(&resolved, &self.store, self.rules, self.max_cycles))
    }

    /// The cells whose data is not what their hash or their length says, as where a local
    /// build stands in for deployed code: no verifier of the chain comes to such cells.
    /// What else is said of cells, only a node can tell.
    #[must_use]
    pub fn stand_ins(&self) -> Vec<String> {
        let of = |list, cells: &[CellMeta]| -> Vec<String> {
            let numbered = cells.iter().enumerate();
            let odd = numbered.filter(|(_, cell)| {
                cell.mem_cell_data.as_ref().is_some_and(|data| {
                    let hash = cell.mem_cell_data_hash.as_ref();
                    cell.data_bytes != data.len() as u64
                        || hash
                            .is_some_and(|hash| *hash != packed::CellOutput::calc_data_hash(data))
                })
            });
            odd.map(|(number, _)| format!("{list}[{number}]")).collect()
        };
        let ResolvedTransaction { resolved_inputs, resolved_cell_deps, .. } = &*self.resolved;
        [of("Input", resolved_inputs), of("CellDep", resolved_cell_deps)].concat()
    }

    /// Whether its scripts find the same code as those of another one.
    pub(crate) fn has_code_of(&self, other: &Self) -> bool {
        let code = |subject: &Self| -> Vec<Option<Bytes>> {
            let deps = subject.resolved.resolved_cell_deps.iter();
            deps.map(|dep| dep.mem_cell_data.clone()).collect()
        };
        code(self) == code(other)
    }

    /// The limit on cycles.
    #[must_use]
    pub const fn max_cycles(&self) -> u64 {
        self.max_cycles
    }

    /// A verifier of the transaction.
    #[must_use]
    pub fn verifier(&self, engine: Engine) -> Verifier<Store> {
        let resolved = Arc::clone(&self.resolved);
        let mut verifier = Verifier::new(resolved, self.store.clone(), self.rules);
        verifier.set_engine(engine);
        verifier
    }

    /// The subject as it is written.
    pub(crate) fn record(&self) -> Transaction {
        let mut data: Vec<Data> = Vec::new();
        // Cells that were resolved with the same data share it.
        let mut known: HashMap<(*const u8, usize), u32> = HashMap::new();
        let mut cells = |cells: &[CellMeta]| -> Vec<Cell> {
            let cells = cells.iter().map(|cell| Cell {
                out_point: ByteBuf::from(cell.out_point.as_slice()),
                output: ByteBuf::from(cell.cell_output.as_slice()),
                data: cell.mem_cell_data.as_ref().map(|bytes| {
                    *known.entry((bytes.as_ptr(), bytes.len())).or_insert_with(|| {
                        data.push(Data(bytes.clone()));
                        u32::try_from(data.len() - 1).expect("a transaction has fewer cells")
                    })
                }),
                data_len: cell.data_bytes,
                data_hash: cell.mem_cell_data_hash.as_ref().map(|hash| digest(hash.as_slice())),
                block: cell
                    .transaction_info
                    .as_ref()
                    .map(|info| digest(info.block_hash.as_slice())),
            });
            cells.collect()
        };
        let inputs = cells(&self.resolved.resolved_inputs);
        let cell_deps = cells(&self.resolved.resolved_cell_deps);
        let transaction = &self.resolved.transaction;
        let deps = || transaction.header_deps_iter();
        let headers = deps().filter_map(|hash| self.store.headers.get(&hash).cloned());
        let extensions = deps().filter_map(|hash| {
            let extension = self.store.extensions.get(&hash)?;
            let bytes = ByteBuf::from(extension.raw_data().to_vec());
            Some(Extension { block: digest(hash.as_slice()), bytes })
        });
        Transaction {
            recorder: concat!("verdict ", env!("CARGO_PKG_VERSION")).to_owned(),
            newest_version: self.rules.newest().number(),
            max_cycles: self.max_cycles,
            hash: digest(transaction.hash().as_slice()),
            witness_hash: digest(transaction.witness_hash().as_slice()),
            transaction: ByteBuf::from(transaction.data().as_slice()),
            headers: headers.map(|header| ByteBuf::from(header.data().as_slice())).collect(),
            extensions: extensions.collect(),
            data,
            inputs,
            cell_deps,
        }
    }

    /// The subject that was written.
    ///
    /// # Errors
    ///
    /// Returns what does not fit together.
    pub(crate) fn read(record: &Transaction) -> Result<Self, &'static str> {
        let transaction = packed::Transaction::from_slice(&record.transaction)
            .map_err(|_| "the transaction is none")?
            .into_view();
        let hashes = [transaction.hash(), transaction.witness_hash()];
        if hashes.map(|hash| digest(hash.as_slice())) != [record.hash, record.witness_hash] {
            return Err("the transaction does not have its hash");
        }
        if transaction.inputs().len() != record.inputs.len() {
            return Err("inputs and their cells do not match one to one");
        }
        let spent = transaction.inputs().into_iter().map(|input| input.previous_output());
        if !spent.zip(&record.inputs).all(|(spent, cell)| spent.as_slice() == &cell.out_point[..]) {
            return Err("an input spends another cell");
        }
        let cells = |cells: &[Cell]| -> Result<Vec<CellMeta>, &'static str> {
            cells.iter().map(|cell| meta(cell, &record.data)).collect()
        };
        let resolved = ResolvedTransaction {
            resolved_inputs: cells(&record.inputs)?,
            resolved_cell_deps: cells(&record.cell_deps)?,
            resolved_dep_groups: Vec::new(),
            transaction,
        };
        let mut store = Store::default();
        for header in &record.headers {
            let header = packed::Header::from_slice(header).map_err(|_| "a header is none")?;
            let header = header.into_view();
            store.headers.insert(header.hash(), header);
        }
        for Extension { block, bytes } in &record.extensions {
            store.extensions.insert(block.pack(), bytes.pack());
        }
        let mut versions = Version::ALL.into_iter();
        let newest = versions.find(|version| version.number() == record.newest_version);
        Ok(Self {
            resolved: Arc::new(resolved),
            store,
            rules: Rules::up_to(newest.ok_or("there is no such version of the machine")?),
            max_cycles: record.max_cycles,
        })
    }
}

/// A cell that was written.
fn meta(cell: &Cell, data: &[Data]) -> Result<CellMeta, &'static str> {
    let out_point = OutPoint::from_slice(&cell.out_point).map_err(|_| "an out point is none")?;
    let output = packed::CellOutput::from_slice(&cell.output).map_err(|_| "a cell is none")?;
    let bytes = match cell.data {
        Some(index) => Some(&data.get(index as usize).ok_or("the data of a cell is missing")?.0),
        None => None,
    };
    let mut builder = CellMetaBuilder::from_cell_output(output, bytes.cloned().unwrap_or_default())
        .out_point(out_point);
    if let Some(block) = &cell.block {
        // Of a cell's transaction, scripts can learn its block alone.
        let epoch = EpochNumberWithFraction::new(0, 0, 1);
        builder = builder.transaction_info(TransactionInfo::new(0, epoch, block.pack(), 0));
    }
    let mut meta = builder.build();
    if bytes.is_none() {
        meta.mem_cell_data = None;
    }
    meta.data_bytes = cell.data_len;
    meta.mem_cell_data_hash = cell.data_hash.map(|hash| hash.pack());
    Ok(meta)
}
