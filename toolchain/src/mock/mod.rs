//! Mock transactions: a transaction in JSON, together with the cells, headers and
//! block extensions that it refers to.
//!
//! The format is that of [`ckb_mock_tx_types`], with macros for data that stands in
//! other files. Reading ends with a [`MockTransaction`] whose parts fit together: a
//! resolved transaction and the [`Store`] of what scripts read besides. Whatever does not
//! fit is a [`MockError`] that names the file and the field.

mod expand;
mod store;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use ckb_mock_tx_types::ReprMockTransaction;
use ckb_types::core::cell::ResolvedTransaction;
use object::elf::ELFMAG;
use serde::de::{DeserializeSeed as _, Error as _};
use serde_json::Value;
use serde_path_to_error::Track;
use thiserror::Error;
use verdict_syscalls::Store;

use self::expand::Expand;
pub use self::store::Misfit;
use crate::{
    file::{self, FileError},
    json,
};

/// A transaction and everything that it refers to.
#[derive(Clone)]
pub struct MockTransaction {
    /// The transaction with its cells.
    pub resolved: Arc<ResolvedTransaction>,
    /// The headers and block extensions.
    pub store: Store,
}

/// Why a file is no mock transaction.
#[derive(Debug, Error)]
pub enum MockError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is a file of another kind.
    #[error("{}: this is {what}, not a transaction in JSON", path.display())]
    Other {
        /// Its path.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// It is not JSON, or its JSON is not a transaction.
    #[error("{}: {}{error}", path.display(), Field(.field.as_deref()))]
    Json {
        /// Its path.
        path: PathBuf,
        /// The field at fault, if it is one in particular.
        field: Option<String>,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// Its parts do not fit together.
    #[error("{}: field `{field}`: {misfit}", path.display())]
    Misfit {
        /// Its path.
        path: PathBuf,
        /// The field at fault.
        field: String,
        /// What is wrong with it.
        misfit: Misfit,
    },
}

/// How other files of interest start, and what they are.
const OTHERS: [(&[u8], &str); 5] = [
    (&ELFMAG, "a program, which `verdict run` and `verdict inspect` take"),
    (verdict_audit::format::MAGIC, "a bundle, which `verdict replay` takes"),
    (b"\xff\xfe", UTF_16),
    (b"\xfe\xff", UTF_16),
    (b"\xef\xbb\xbf", "text with a byte order mark at its start"),
];
const UTF_16: &str = "text in UTF-16";

/// A field in front of what is wrong with it.
struct Field<'a>(Option<&'a str>);

impl fmt::Display for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(field) => write!(f, "field `{field}`: "),
            None => Ok(()),
        }
    }
}

impl MockTransaction {
    /// Reads the mock transaction in the JSON file at `path`.
    ///
    /// # Errors
    ///
    /// Returns a [`MockError`] if it cannot be used.
    pub fn read(path: &Path) -> Result<Self, MockError> {
        Self::parse(&file::read(path)?, path)
    }

    /// The mock transaction in `text`, the JSON of the file at `path`.
    ///
    /// # Errors
    ///
    /// Returns a [`MockError`] if it cannot be used.
    pub fn parse(text: &[u8], path: &Path) -> Result<Self, MockError> {
        let other = OTHERS.iter().find(|(start, _)| text.starts_with(start));
        if let Some((_, what)) = other {
            return Err(MockError::Other { path: path.to_owned(), what });
        }
        Self::resolve(&parse(text, path)?.into(), path)
    }

    /// The transaction of `mock`, which stands at `path`, with what it refers to.
    ///
    /// # Errors
    ///
    /// Returns [`MockError::Misfit`].
    pub fn resolve(
        mock: &ckb_mock_tx_types::MockTransaction,
        path: &Path,
    ) -> Result<Self, MockError> {
        let (resolved, store) = store::resolve(mock).map_err(|(field, misfit)| {
            let path = path.to_owned();
            MockError::Misfit { path, field, misfit }
        })?;
        Ok(Self { resolved: Arc::new(resolved), store })
    }
}

/// Parses JSON whose file names are relative to the folder of `path`.
fn parse(text: &[u8], path: &Path) -> Result<ReprMockTransaction, MockError> {
    let at = |field: &serde_path_to_error::Path, error| MockError::Json {
        path: path.to_owned(),
        field: json::field(field),
        error,
    };
    let expand = Expand::new(path.parent().unwrap_or(Path::new("")));
    let value = expand_macros(text, &expand).map_err(|(field, error)| at(&field, error))?;
    if !value.is_object() {
        let error = serde_json::Error::custom("expected an object with `mock_info` and `tx`");
        return Err(at(&Track::new().path(), error));
    }
    // Of the two sources, text knows the lines of errors.
    let parsed = if expand.has_expanded() {
        serde_path_to_error::deserialize(value)
    } else {
        serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(text))
    };
    parsed.map_err(|error| {
        let field = error.path().clone();
        at(&field, error.into_inner())
    })
}

fn expand_macros(
    text: &[u8],
    expand: &Expand<'_>,
) -> Result<Value, (serde_path_to_error::Path, serde_json::Error)> {
    let mut track = Track::new();
    let mut input = serde_json::Deserializer::from_slice(text);
    let value = expand.deserialize(serde_path_to_error::Deserializer::new(&mut input, &mut track));
    let value = value.and_then(|value| input.end().map(|()| value));
    value.map_err(|error| (track.path(), error))
}
