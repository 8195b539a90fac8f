//! The library behind the verdict command.
