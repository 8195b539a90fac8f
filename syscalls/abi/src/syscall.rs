//! The syscall table.

/// Defines the syscalls from rows of variant, name, number and versions.
macro_rules! syscalls {
    ($($(#[$doc:meta])* $variant:ident $name:literal $number:literal $first:literal..=$last:literal;)+) => {
        /// A service that a script can ask for with `ecall`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Syscall { $($(#[$doc])* $variant,)+ }

        impl Syscall {
            /// All of them, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The number that scripts put into `a7`.
            #[must_use]
            pub const fn number(self) -> u64 {
                match self { $(Self::$variant => $number,)+ }
            }

            /// Its name, for example `"load_cell_by_field"`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The first version of the machine that has it.
            #[must_use]
            pub const fn first_version(self) -> u8 {
                match self { $(Self::$variant => $first,)+ }
            }

            /// The last version of the machine that has it.
            #[must_use]
            pub const fn last_version(self) -> u8 {
                match self { $(Self::$variant => $last,)+ }
            }

            /// What `number`, all 64 bits of `a7`, asks for in `version` of the
            /// machine, if it asks for anything.
            #[must_use]
            pub const fn from_number(number: u64, version: u8) -> Option<Self> {
                let syscall = match number {
                    $($number => Self::$variant,)+
                    _ => return None,
                };
                if syscall.first_version() <= version && version <= syscall.last_version() {
                    Some(syscall)
                } else {
                    None
                }
            }
        }
    };
}

syscalls! {
    // variant             name                      number  versions
    /// Ends the process with the low byte of `a0` as its exit code.
    Exit                   "exit"                      93    0..=2;
    /// Gives the version of the machine.
    VmVersion              "vm_version"                2041  1..=2;
    /// Gives the cycles spent so far.
    CurrentCycles          "current_cycles"            2042  1..=2;
    /// Replaces the running program (RFC 0034; RFC 0050 in version 2).
    Exec                   "exec"                      2043  1..=2;
    /// Loads the transaction with its witnesses.
    LoadTransaction        "load_transaction"          2051  0..=2;
    /// Loads the running script.
    LoadScript             "load_script"               2052  0..=2;
    /// Loads the hash of the transaction.
    LoadTransactionHash    "load_tx_hash"              2061  0..=2;
    /// Loads the hash of the running script.
    LoadScriptHash         "load_script_hash"          2062  0..=2;
    /// Loads a cell without its data.
    LoadCell               "load_cell"                 2071  0..=2;
    /// Loads a header.
    LoadHeader             "load_header"               2072  0..=2;
    /// Loads an input.
    LoadInput              "load_input"                2073  0..=2;
    /// Loads a witness.
    LoadWitness            "load_witness"              2074  0..=2;
    /// Loads one field of a cell.
    LoadCellByField        "load_cell_by_field"        2081  0..=2;
    /// Loads one field of a header.
    LoadHeaderByField      "load_header_by_field"      2082  0..=2;
    /// Loads one field of an input.
    LoadInputByField       "load_input_by_field"       2083  0..=2;
    /// Maps a part of a cell's data into executable pages.
    LoadCellDataAsCode     "load_cell_data_as_code"    2091  0..=2;
    /// Loads the data of a cell.
    LoadCellData           "load_cell_data"            2092  0..=2;
    /// Loads the extension of a block.
    LoadBlockExtension     "load_block_extension"      2104  2..=2;
    /// Prints a line for whoever debugs the script.
    DebugPrint             "debug_print"               2177  0..=2;
    /// Starts a process.
    Spawn                  "spawn"                     2601  2..=2;
    /// Waits for a process to end.
    Wait                   "wait"                      2602  2..=2;
    /// Gives the number of the running process.
    ProcessId              "process_id"                2603  2..=2;
    /// Makes a pipe.
    Pipe                   "pipe"                      2604  2..=2;
    /// Writes to a pipe.
    Write                  "write"                     2605  2..=2;
    /// Reads from a pipe.
    Read                   "read"                      2606  2..=2;
    /// Gives the file descriptors that the process was started with.
    InheritedFd            "inherited_fd"              2607  2..=2;
    /// Closes one end of a pipe.
    Close                  "close"                     2608  2..=2;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_ascend_and_lead_back_in_their_versions_only() {
        for pair in Syscall::ALL.windows(2) {
            assert!(pair[0].number() < pair[1].number());
        }
        for &syscall in Syscall::ALL {
            for version in 0..=3 {
                let exists = (syscall.first_version()..=syscall.last_version()).contains(&version);
                let found = Syscall::from_number(syscall.number(), version);
                assert_eq!(found, exists.then_some(syscall), "{}", syscall.name());
            }
        }
    }

    #[test]
    fn all_64_bits_of_a_number_count() {
        assert_eq!(Syscall::from_number(1 << 32 | 93, 2), None);
        assert_eq!(Syscall::from_number(2178, 2), None);
    }
}
