//! A provider for transactions that have all of their cells with them.

use std::collections::HashMap;

use ckb_traits::{CellDataProvider, ExtensionProvider, HeaderProvider};
use ckb_types::{
    bytes::Bytes,
    core::HeaderView,
    packed::{self, Byte32, OutPoint},
};

/// What a transaction refers to besides cells: headers and block extensions, if any. Its cells,
/// in the resolved transaction, have their data with them, and its hash.
#[derive(Clone, Default)]
pub struct Store {
    /// Headers, by their hashes.
    pub headers: HashMap<Byte32, HeaderView>,
    /// Extensions, by the hashes of their blocks.
    pub extensions: HashMap<Byte32, packed::Bytes>,
}

impl CellDataProvider for Store {
    fn get_cell_data(&self, _: &OutPoint) -> Option<Bytes> {
        None
    }

    fn get_cell_data_hash(&self, _: &OutPoint) -> Option<Byte32> {
        None
    }
}

impl HeaderProvider for Store {
    fn get_header(&self, hash: &Byte32) -> Option<HeaderView> {
        self.headers.get(hash).cloned()
    }
}

impl ExtensionProvider for Store {
    fn get_block_extension(&self, hash: &Byte32) -> Option<packed::Bytes> {
        self.extensions.get(hash).cloned()
    }
}
