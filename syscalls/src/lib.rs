//! CKB around the machine.
