//! Testing a project: its transactions run, and what comes out is compared with what is
//! expected, and its cost with what it was.
//!
//! A [`Case`] passes if its scripts end as it says. Sizes and cycles are kept in a
//! [`Snapshot`], which is committed, so that a change of them is seen.

mod inline;
mod snapshot;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use rayon::prelude::*;
use serde::Serialize;
use thiserror::Error;
use verdict_syscalls::{GroupKind, Programs, limits};

pub use self::snapshot::{Snapshot, SnapshotError};
use crate::{
    file::FileError,
    mock::{MockError, MockTransaction},
    project::{Case, Exit, Expectation, Project, Subject},
    verify::{self, Cell, GroupVerdict, SelectError, Selection, Settings, Verdict},
};

/// What became of a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tested {
    /// Its name.
    pub test: String,
    /// `"passed"` or `"failed"`.
    pub result: &'static str,
    /// What is not as expected, in words.
    pub failures: Vec<String>,
    /// What became of the scripts.
    pub verdict: Verdict,
    /// What they printed, up to 64 KiB, with their places.
    pub printed: Vec<(String, String)>,
}

impl Tested {
    /// Whether it passed.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        self.failures.is_empty()
    }
}

/// Why a test cannot be run.
#[derive(Debug, Error)]
#[error("test {name:?}: {flaw}")]
pub struct CaseError {
    /// Its name.
    pub name: String,
    /// What is wrong.
    pub flaw: CaseFlaw,
}

/// What is wrong with a test.
#[derive(Debug, Error)]
pub enum CaseFlaw {
    /// Its transaction cannot be used.
    #[error(transparent)]
    Transaction(#[from] MockError),
    /// A file that it names cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The script does not run.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// A value is not what it says.
    #[error(
        "{0:?} is no `0x` with pairs of hexadecimal digits; for text, write {{ text = {0:?} }}"
    )]
    Hex(String),
    /// There is no such version of the machine.
    #[error("there is no version {0} of the machine; versions are 0, 1 and 2")]
    NoVersion(u8),
    /// The script stands nowhere.
    #[error("the script is in no cell: a lock needs `inputs`, a type `inputs` or `outputs`")]
    NoCell,
}

/// Runs all tests of `project` at once, with the programs that are in `programs`.
///
/// # Errors
///
/// Returns the first [`CaseError`].
pub fn run(project: &Project, programs: &Path) -> Result<Vec<Tested>, CaseError> {
    let shared = Arc::new(Programs::default());
    let run = |case: &Case| {
        let tested = run_case(case, project, programs, &shared);
        tested.map_err(|flaw| CaseError { name: case.name.clone(), flaw })
    };
    project.tests.par_iter().map(run).collect()
}

fn run_case(
    case: &Case,
    project: &Project,
    programs: &Path,
    shared: &Arc<Programs>,
) -> Result<Tested, CaseFlaw> {
    let transaction = |inline, kind| inline::transaction(inline, kind, project, programs);
    let select = |kind, cell| Some(Selection { kind, cell });
    let (transaction, only) = match &case.subject {
        Subject::Transaction(path) => (MockTransaction::read(&project.folder.join(path))?, None),
        Subject::Lock(inline) => {
            (transaction(inline, GroupKind::Lock)?, select(GroupKind::Lock, Cell::Input(0)))
        }
        Subject::Type(inline) => {
            let spends = inline.inputs.as_ref().is_some_and(|inputs| !inputs.is_empty());
            let cell = if spends { Cell::Input(0) } else { Cell::Output(0) };
            (transaction(inline, GroupKind::Type)?, select(GroupKind::Type, cell))
        }
    };
    let max_cycles = case.max_cycles.unwrap_or(limits::DEFAULT_POOL_CYCLES);
    let settings = Settings { max_cycles, only, ..Settings::default() };
    let printed = Arc::new(Mutex::new(Vec::new()));
    let verdict = verify::verify(&transaction, &settings, Arc::clone(shared), keep(&printed))?;
    let failures = failures(&case.expected, &verdict.groups);
    let printed = printed.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let result = if failures.is_empty() { "passed" } else { "failed" };
    Ok(Tested { test: case.name.clone(), result, failures, verdict, printed })
}

/// Keeps what scripts print, up to some size.
fn keep(printed: &Arc<Mutex<Vec<(String, String)>>>) -> verify::Print {
    const MAX: usize = 64 << 10;
    let room = Mutex::new(MAX);
    let printed = Arc::clone(printed);
    Box::new(move |place, text| {
        let mut room = room.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(left) = room.checked_sub(place.len() + text.len() + 1) {
            *room = left;
            let kept = (place.to_owned(), text.to_owned());
            printed.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
        }
    })
}

/// What is not as `expected`.
fn failures(expected: &Expectation, groups: &[GroupVerdict]) -> Vec<String> {
    const ACCEPTS: Exit = Exit::Code(0);
    let mut failures = Vec::new();
    let mut compare = |group: &GroupVerdict, exit: &Exit| {
        let as_expected = match exit {
            Exit::Code(code) => group.exit_code == Some(*code),
            Exit::Error(kind) => [group.error, group.vm_error].contains(&Some(kind.as_str())),
        };
        if !as_expected {
            let source = &group.source;
            failures.push(format!("{source}: expected {}, got {}", describe(exit), ending(group)));
        }
    };
    match (expected, groups) {
        (Expectation::One(exit), [group]) => compare(group, exit),
        (Expectation::One(ACCEPTS), groups) => {
            groups.iter().for_each(|group| compare(group, &ACCEPTS));
        }
        (Expectation::One(_), groups) => failures.push(format!(
            "the transaction has {} scripts: say which with `exit = {{ \"Inputs[0].Lock\" = … }}`",
            groups.len()
        )),
        (Expectation::Each(exits), groups) => {
            for group in groups {
                compare(group, exits.get(&group.source).unwrap_or(&ACCEPTS));
            }
            for source in exits.keys() {
                if groups.iter().all(|group| group.source != *source) {
                    let sources: Vec<_> = groups.iter().map(|group| &*group.source).collect();
                    let sources = sources.join(", ");
                    failures.push(format!("there is no script {source}; there are {sources}"));
                }
            }
        }
    }
    failures
}

fn describe(exit: &Exit) -> String {
    match exit {
        Exit::Code(code) => format!("exit {code}"),
        Exit::Error(kind) => kind.clone(),
    }
}

fn ending(group: &GroupVerdict) -> String {
    match (group.exit_code, &group.error_detail) {
        (Some(code), _) => format!("exit {code}"),
        (None, Some(detail)) => detail.clone(),
        (None, None) => group.outcome.to_owned(),
    }
}

/// Where the snapshot of `project` is.
#[must_use]
pub fn snapshot_path(project: &Project) -> PathBuf {
    project.folder.join("verdict.lock")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(source: &str, exit_code: Option<i8>) -> GroupVerdict {
        GroupVerdict {
            source: source.to_owned(),
            kind: "lock",
            script_hash: String::new(),
            code_hash: String::new(),
            hash_type: "data2".to_owned(),
            version: Some(2),
            outcome: if exit_code == Some(0) { "accepted" } else { "rejected" },
            exit_code,
            error: exit_code.is_none().then_some("VMInternalError"),
            vm_error: exit_code.is_none().then_some("MemOutOfBound"),
            error_detail: exit_code.is_none().then(|| "out of bounds".to_owned()),
            cycles: 1,
        }
    }

    fn expected(text: &str) -> Expectation {
        #[derive(serde::Deserialize)]
        struct Table {
            exit: Expectation,
        }
        toml::from_str::<Table>(&format!("exit = {text}")).expect("it is well formed").exit
    }

    #[test]
    fn a_script_ends_as_it_should_or_is_named() {
        let lock = |exit| [group("Inputs[0].Lock", exit)];
        assert_eq!(failures(&expected("-7"), &lock(Some(-7))), [""; 0]);
        assert_eq!(failures(&expected("'MemOutOfBound'"), &lock(None)), [""; 0]);
        assert_eq!(failures(&expected("'VMInternalError'"), &lock(None)), [""; 0]);
        assert_eq!(
            failures(&expected("0"), &lock(Some(1))),
            ["Inputs[0].Lock: expected exit 0, got exit 1"]
        );
        assert_eq!(
            failures(&expected("0"), &lock(None)),
            ["Inputs[0].Lock: expected exit 0, got out of bounds"]
        );
        assert_eq!(
            failures(&expected("'MemOutOfBound'"), &lock(Some(0))),
            ["Inputs[0].Lock: expected MemOutOfBound, got exit 0"]
        );
    }

    #[test]
    fn of_several_scripts_those_that_are_not_named_accept() {
        let groups = [group("Inputs[0].Lock", Some(0)), group("Outputs[0].Type", Some(4))];
        assert_eq!(failures(&expected("{ 'Outputs[0].Type' = 4 }"), &groups), [""; 0]);
        assert_eq!(failures(&expected("0"), &groups).len(), 1);
        assert_eq!(failures(&expected("4"), &groups).len(), 1);
        assert_eq!(failures(&expected("{ 'Inputs[0].Lock' = 0 }"), &groups).len(), 1);
        let missing = expected("{ 'Outputs[0].Type' = 4, 'Inputs[0].Type' = 0 }");
        assert_eq!(
            failures(&missing, &groups),
            ["there is no script Inputs[0].Type; there are Inputs[0].Lock, Outputs[0].Type"]
        );
    }
}
