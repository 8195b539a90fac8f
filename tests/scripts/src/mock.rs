//! Transactions as mock transactions, the format of the ecosystem's tools.

use ckb_jsonrpc_types::JsonBytes;
use ckb_mock_tx_types::{MockCellDep, MockInfo, MockInput, MockTransaction, ReprMockTransaction};
use ckb_types::{
    bytes::Bytes,
    packed::{CellDep, CellInput, Script},
    prelude::*,
};

use crate::{Spend, out_point, output};

impl Spend<'_> {
    /// The transaction with the cells that it refers to, as JSON. The program stands there
    /// by the path of its file, which begins with `bin`.
    #[must_use]
    pub fn to_json(&self, bin: &str) -> String {
        let cells = std::iter::once(&self.bench.program).chain(&self.bench.deps);
        let cell_deps = cells.enumerate().map(|(index, data)| MockCellDep {
            cell_dep: CellDep::new_builder().out_point(out_point("dep", index)).build(),
            output: output(&Script::default()),
            data: data.clone(),
            header: None,
        });
        let inputs = (0..self.inputs).map(|index| MockInput {
            input: CellInput::new(out_point("input", index), self.since),
            output: output(&self.lock),
            data: Bytes::new(),
            header: None,
        });
        let mock_info = MockInfo {
            inputs: inputs.collect(),
            cell_deps: cell_deps.collect(),
            ..MockInfo::default()
        };
        let mock = MockTransaction { mock_info, tx: self.transaction().data() };
        let repr = ReprMockTransaction::from(mock);
        let mut text = serde_json::to_string_pretty(&repr).expect("it has a JSON form");
        if let Some(name) = &self.bench.name {
            let digits = JsonBytes::from_vec(self.bench.program.to_vec());
            let digits = serde_json::to_string(&digits).expect("bytes have a JSON form");
            text = text.replace(&digits, &format!("\"0x{{{{ data {bin}/{name} }}}}\""));
        }
        text.push('\n');
        text
    }
}
