//! Verifying a transaction: every script group, each with its verdict and cycles.
//!
//! A verifier stops at the first group that fails; a person who looks for a mistake
//! wants to see the others too. So all groups run here, and the transaction is
//! accepted if none of them fails; or one group runs, for someone who works on its script.

use std::{fmt, str::FromStr, sync::Arc};

use ckb_types::packed::{Byte32, Script};
use serde::Serialize;
use thiserror::Error;
use verdict_syscalls::{
    Engine, GroupKind, GroupReport, Programs, Rules, ScriptError, ScriptGroup, Store, Verifier,
    limits,
};

use crate::mock::MockTransaction;

/// How to verify.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The limit on the cycles of all scripts; by default that of a node's pool.
    pub max_cycles: u64,
    /// Which versions are active; by default all of them.
    pub rules: Rules,
    /// The one script to run; by default all run.
    pub only: Option<Selection>,
    /// What executes instructions; by default the fastest there is.
    pub engine: Engine,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_cycles: limits::DEFAULT_POOL_CYCLES,
            rules: Rules::all_active(),
            only: None,
            engine: Engine::default(),
        }
    }
}

/// A script of a transaction: one that a cell has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Which script of the cell.
    pub kind: GroupKind,
    /// The cell.
    pub cell: Cell,
}

/// A cell of a transaction: `input:N` or `output:N`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The cell that an input spends.
    Input(usize),
    /// A cell that the transaction makes.
    Output(usize),
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(index) => write!(f, "input:{index}"),
            Self::Output(index) => write!(f, "output:{index}"),
        }
    }
}

/// Text that names no cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a cell is input:N or output:N")]
pub struct UnknownCell;

impl FromStr for Cell {
    type Err = UnknownCell;

    fn from_str(text: &str) -> Result<Self, UnknownCell> {
        let (list, index) = text.split_once(':').ok_or(UnknownCell)?;
        let index = index.parse().map_err(|_| UnknownCell)?;
        match list {
            "input" => Ok(Self::Input(index)),
            "output" => Ok(Self::Output(index)),
            _ => Err(UnknownCell),
        }
    }
}

/// Why a selected script does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SelectError {
    /// It never does.
    #[error("the lock of {0} does not run: a lock runs when its cell is spent")]
    LockOfOutput(Cell),
    /// The transaction has no such cell.
    #[error("there is no {cell}, {}", Range(.cell, .count))]
    NoCell {
        /// The cell.
        cell: Cell,
        /// How many inputs or outputs there are.
        count: usize,
    },
    /// The cell has no type script.
    #[error("{cell} has no type script; {}", First(.first))]
    NoType {
        /// The cell.
        cell: Cell,
        /// The first cell that has one, if any has.
        first: Option<Cell>,
    },
}

/// Which cells there are of the kind of a cell.
struct Range<'a>(&'a Cell, &'a usize);

impl fmt::Display for Range<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, of): (_, fn(usize) -> Cell) = match self.0 {
            Cell::Input(_) => ("input", Cell::Input),
            Cell::Output(_) => ("output", Cell::Output),
        };
        match self.1 {
            0 => write!(f, "the transaction has no {name}s"),
            1 => write!(f, "the only {name} is {}", of(0)),
            count => write!(f, "the {name}s are {} to {}", of(0), of(count - 1)),
        }
    }
}

/// The first cell with a type script.
struct First<'a>(&'a Option<Cell>);

impl fmt::Display for First<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(cell) => write!(f, "the first cell that has one is {cell}"),
            None => f.write_str("no cell of the transaction has one"),
        }
    }
}

impl Selection {
    /// Checks that such a script can run in a transaction.
    ///
    /// # Errors
    ///
    /// Returns [`SelectError::LockOfOutput`].
    pub const fn check(self) -> Result<(), SelectError> {
        match (self.kind, self.cell) {
            (GroupKind::Lock, Cell::Output(_)) => Err(SelectError::LockOfOutput(self.cell)),
            _ => Ok(()),
        }
    }

    /// The group that the script is in.
    pub(crate) fn find<'a>(
        self,
        transaction: &MockTransaction,
        groups: &'a [ScriptGroup],
    ) -> Result<&'a ScriptGroup, SelectError> {
        self.check()?;
        let (cell, resolved) = (self.cell, &transaction.resolved);
        let (index, count) = match cell {
            Cell::Input(index) => (index, resolved.resolved_inputs.len()),
            Cell::Output(index) => (index, resolved.transaction.outputs().len()),
        };
        if index >= count {
            return Err(SelectError::NoCell { cell, count });
        }
        let members = |group: &'a ScriptGroup| match cell {
            Cell::Input(_) => group.inputs(),
            Cell::Output(_) => group.outputs(),
        };
        let mut of_kind = groups.iter().filter(|group| group.kind() == self.kind);
        let found = of_kind.find(|group| members(group).binary_search(&index).is_ok());
        // Only a type script can be missing.
        found.ok_or_else(|| SelectError::NoType { cell, first: first_type(groups) })
    }
}

/// The first cell that has a type script; inputs come first.
fn first_type(groups: &[ScriptGroup]) -> Option<Cell> {
    let types = || groups.iter().filter(|group| group.kind() == GroupKind::Type);
    let input = types().filter_map(|group| group.inputs().first()).min();
    let output = types().filter_map(|group| group.outputs().first()).min();
    input.map(|&index| Cell::Input(index)).or(output.map(|&index| Cell::Output(index)))
}

/// What became of a transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// `"accepted"` or `"rejected"`.
    pub outcome: &'static str,
    /// Hash of the transaction.
    pub tx_hash: String,
    /// The cycles of all groups.
    pub cycles: u64,
    /// The limit on them.
    pub max_cycles: u64,
    /// The groups in the order they run in.
    pub groups: Vec<GroupVerdict>,
}

/// What became of a script group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupVerdict {
    /// The place that has the script, first of its group: `"Inputs[0].Lock"`.
    pub source: String,
    /// `"lock"` or `"type"`.
    pub kind: &'static str,
    /// Hash of the script.
    pub script_hash: String,
    /// What the script names its program by.
    pub code_hash: String,
    /// What kind of hash that is: `"type"`, `"data"`, `"data1"`, ….
    pub hash_type: String,
    /// Version of the machine, unless the script runs on none.
    pub version: Option<u8>,
    /// `"accepted"` or `"rejected"`.
    pub outcome: &'static str,
    /// The exit code, if the script came to exit.
    pub exit_code: Option<i8>,
    /// The kind of error, if the group is rejected: `"ValidationFailure"`.
    pub error: Option<&'static str>,
    /// The kind of error in the machine, if there was one: `"MemOutOfBound"`.
    pub vm_error: Option<&'static str>,
    /// The error in words.
    pub error_detail: Option<String>,
    /// Cycles spent, also by a script that failed.
    pub cycles: u64,
}

/// Takes what scripts print: the place of the script and the text.
pub type Print = Box<dyn Fn(&str, &str) + Send + Sync>;

impl Verdict {
    /// Whether the transaction is accepted.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.outcome == ACCEPTED
    }
}

/// How many transactions became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Transactions that are accepted.
    pub accepted: usize,
    /// Transactions that are rejected.
    pub rejected: usize,
    /// Files that are none, or do not fit what is asked for.
    pub unusable: usize,
}

pub(crate) const ACCEPTED: &str = "accepted";
pub(crate) const REJECTED: &str = "rejected";

/// Runs the scripts of `transaction`, or the selected one.
///
/// # Errors
///
/// Returns a [`SelectError`] if the selected script does not run in this transaction.
pub fn verify(
    transaction: &MockTransaction,
    settings: &Settings,
    programs: Arc<Programs>,
    print: Print,
) -> Result<Verdict, SelectError> {
    let Settings { max_cycles, only, .. } = *settings;
    let tx_hash = format!("{:#x}", transaction.resolved.transaction.hash());
    let mut verifier = verifier(transaction, settings, print);
    verifier.set_programs(programs);
    let reports = match only {
        Some(selection) => {
            let group = selection.find(transaction, verifier.groups())?;
            vec![verifier.run(group, max_cycles)]
        }
        None => verifier.report(max_cycles).groups,
    };
    let groups: Vec<_> = reports.iter().map(GroupVerdict::new).collect();
    let accepted = groups.iter().all(GroupVerdict::is_accepted);
    Ok(Verdict {
        outcome: if accepted { ACCEPTED } else { REJECTED },
        tx_hash,
        cycles: groups.iter().fold(0, |sum, group| sum.saturating_add(group.cycles)),
        max_cycles,
        groups,
    })
}

/// A verifier of `transaction`.
pub(crate) fn verifier(
    transaction: &MockTransaction,
    settings: &Settings,
    print: Print,
) -> Verifier<Store> {
    let resolved = transaction.resolved.clone();
    let mut verifier = Verifier::new(resolved, transaction.store.clone(), settings.rules);
    verifier.set_engine(settings.engine);
    let places = places(verifier.groups());
    verifier.set_debug(Box::new(move |hash, text| {
        let place = places.iter().filter(|(script, _)| script == hash);
        let place: Vec<_> = place.map(|(_, place)| place.as_str()).collect();
        print(&place.join(" or "), text);
    }));
    verifier
}

/// Where each script is. A lock and a type can be the same script.
fn places(groups: &[ScriptGroup]) -> Vec<(Byte32, String)> {
    groups.iter().map(|group| (group.hash().clone(), group.origin().to_string())).collect()
}

impl GroupVerdict {
    /// Whether the group is accepted.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.outcome == ACCEPTED
    }

    pub(crate) fn new(report: &GroupReport<'_>) -> Self {
        let group = report.group;
        let script = group.script();
        let error = report.result.as_ref().err();
        Self {
            source: group.origin().to_string(),
            kind: match group.kind() {
                GroupKind::Lock => "lock",
                GroupKind::Type => "type",
            },
            script_hash: format!("{:#x}", group.hash()),
            code_hash: format!("{:#x}", script.code_hash()),
            hash_type: hash_type(script),
            version: report.version.map(|version| version.number()),
            outcome: if error.is_none() { ACCEPTED } else { REJECTED },
            exit_code: match error {
                None => Some(0),
                Some(ScriptError::ValidationFailure { code, .. }) => Some(*code),
                Some(_) => None,
            },
            error: error.map(ScriptError::kind),
            vm_error: match error {
                Some(ScriptError::Vm(error)) => Some(error.kind()),
                _ => None,
            },
            error_detail: error.map(ToString::to_string),
            cycles: report.cycles,
        }
    }
}

/// The hash type of `script` as JSON has it.
fn hash_type(script: &Script) -> String {
    match u8::from(script.hash_type()) {
        0 => "data".to_owned(),
        1 => "type".to_owned(),
        even => format!("data{}", even / 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_by_list_and_index() {
        for cell in [Cell::Input(0), Cell::Output(17)] {
            assert_eq!(cell.to_string().parse(), Ok(cell));
        }
        for text in ["", "input", "input:", "input:-1", "input:0x1", "dep:0", "Input:0", "0"] {
            assert_eq!(text.parse::<Cell>(), Err(UnknownCell), "{text}");
        }
    }

    #[test]
    fn errors_tell_which_cells_there_are() {
        let text = |cell, count| SelectError::NoCell { cell, count }.to_string();
        assert_eq!(text(Cell::Input(0), 0), "there is no input:0, the transaction has no inputs");
        assert_eq!(text(Cell::Input(1), 1), "there is no input:1, the only input is input:0");
        assert_eq!(
            text(Cell::Output(9), 3),
            "there is no output:9, the outputs are output:0 to output:2"
        );
    }
}
