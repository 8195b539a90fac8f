//! Verifying a transaction: every script group, each with its verdict and cycles.
//!
//! A verifier stops at the first group that fails; a person who looks for a mistake
//! wants to see the others too. So all groups run here, and the transaction is
//! accepted if none of them fails.

use ckb_types::packed::{Byte32, Script};
use serde::Serialize;
use verdict_syscalls::{GroupKind, GroupReport, Rules, ScriptError, ScriptGroup, Verifier};

use crate::mock::MockTransaction;

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

const ACCEPTED: &str = "accepted";
const REJECTED: &str = "rejected";

/// Runs the scripts of `transaction` with `max_cycles` for all of them, under the
/// rules of a chain where every version is active.
#[must_use]
pub fn verify(transaction: &MockTransaction, max_cycles: u64, print: Print) -> Verdict {
    let resolved = transaction.resolved.clone();
    let tx_hash = format!("{:#x}", resolved.transaction.hash());
    let mut verifier = Verifier::new(resolved, transaction.store.clone(), Rules::all_active());
    let places = places(verifier.groups());
    verifier.set_debug(Box::new(move |hash, text| {
        let place = places.iter().filter(|(script, _)| script == hash);
        let place: Vec<_> = place.map(|(_, place)| place.as_str()).collect();
        print(&place.join(" or "), text);
    }));
    let groups = verifier.report(max_cycles).groups;
    let groups: Vec<_> = groups.iter().map(GroupVerdict::new).collect();
    Verdict {
        outcome: if groups.iter().all(|group| group.outcome == ACCEPTED) {
            ACCEPTED
        } else {
            REJECTED
        },
        tx_hash,
        cycles: groups.iter().fold(0, |sum, group| sum.saturating_add(group.cycles)),
        max_cycles,
        groups,
    }
}

/// Where each script is. A lock and a type can be the same script.
fn places(groups: &[ScriptGroup]) -> Vec<(Byte32, String)> {
    groups.iter().map(|group| (group.hash().clone(), group.origin().to_string())).collect()
}

impl GroupVerdict {
    fn new(report: &GroupReport<'_>) -> Self {
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
