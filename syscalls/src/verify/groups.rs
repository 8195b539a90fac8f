//! Script groups: each script of a transaction runs once, for all cells that have it.

use std::{collections::BTreeMap, fmt};

use ckb_types::{
    core::cell::ResolvedTransaction,
    packed::{Byte32, Script},
};

use crate::error::Origin;

/// What a script is for its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKind {
    /// The lock script: who may spend the cells.
    Lock,
    /// The type script: what the cells may be.
    Type,
}

impl fmt::Display for GroupKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lock => "Lock",
            Self::Type => "Type",
        })
    }
}

/// The cells of a transaction that have the same script in the same place.
#[derive(Clone, Debug)]
pub struct ScriptGroup {
    kind: GroupKind,
    script: Script,
    hash: Byte32,
    /// One of the two lists has a member; both ascend.
    inputs: Vec<usize>,
    outputs: Vec<usize>,
}

impl ScriptGroup {
    /// Whether the script is the lock or the type script of its cells.
    #[must_use]
    pub const fn kind(&self) -> GroupKind {
        self.kind
    }

    /// The script.
    #[must_use]
    pub const fn script(&self) -> &Script {
        &self.script
    }

    /// The hash of the script.
    #[must_use]
    pub const fn hash(&self) -> &Byte32 {
        &self.hash
    }

    /// Indices of the inputs that belong to the group, ascending.
    #[must_use]
    pub fn inputs(&self) -> &[usize] {
        &self.inputs
    }

    /// Indices of the outputs that belong to the group, ascending. A lock group has
    /// none: the locks of outputs do not run.
    #[must_use]
    pub fn outputs(&self) -> &[usize] {
        &self.outputs
    }

    /// The first member of the group, which stands for it in errors.
    #[must_use]
    pub fn origin(&self) -> Origin {
        let kind = self.kind;
        match self.inputs.first() {
            Some(&index) => Origin::Input { index, kind },
            None => {
                Origin::Output { index: *self.outputs.first().expect("a group has a member"), kind }
            }
        }
    }
}

/// Groups that will be, by the hash of their script.
#[derive(Default)]
struct Groups(BTreeMap<Byte32, ScriptGroup>);

impl Groups {
    /// The group of `script`, made if there is none.
    fn of(&mut self, kind: GroupKind, script: Script) -> &mut ScriptGroup {
        let hash = script.calc_script_hash();
        self.0.entry(hash.clone()).or_insert_with(|| ScriptGroup {
            kind,
            script,
            hash,
            inputs: Vec::new(),
            outputs: Vec::new(),
        })
    }
}

/// The script groups of a transaction in the order they run in: locks, then types,
/// each ascending by script hash.
pub(super) fn groups(resolved: &ResolvedTransaction) -> Vec<ScriptGroup> {
    let (mut locks, mut types) = (Groups::default(), Groups::default());
    for (index, cell) in resolved.resolved_inputs.iter().enumerate() {
        let output = &cell.cell_output;
        let group = locks.of(GroupKind::Lock, output.lock());
        group.inputs.push(index);
        if let Some(script) = output.type_().to_opt() {
            types.of(GroupKind::Type, script).inputs.push(index);
        }
    }
    for (index, output) in resolved.transaction.outputs().into_iter().enumerate() {
        if let Some(script) = output.type_().to_opt() {
            types.of(GroupKind::Type, script).outputs.push(index);
        }
    }
    let (locks, types) = (locks.0.into_values(), types.0.into_values());
    locks.chain(types).collect()
}
