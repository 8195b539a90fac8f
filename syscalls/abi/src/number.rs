//! Small closed sets of numbers: return codes, fields and places.

/// Defines an enum whose variants have numbers, and the way back.
macro_rules! numbered {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $number:literal,)+ }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$doc])* $variant = $number,)+ }

        impl $name {
            /// All of them, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its number.
            #[must_use]
            pub const fn number(self) -> u64 {
                self as u64
            }

            /// The one with this number, if there is one.
            #[must_use]
            pub const fn from_number(number: u64) -> Option<Self> {
                match number {
                    $($number => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use numbered;

numbered! {
    /// What a syscall leaves in `a0` to say how it went.
    pub enum ReturnCode {
        /// It did what it was asked to do.
        Success = 0,
        /// There is nothing at this index, or never is in this source.
        IndexOutOfBound = 1,
        /// The indexed thing is there, what was asked of it is not.
        ItemMissing = 2,
        /// The asked part lies outside the item.
        SliceOutOfBound = 3,
        /// The item is no program.
        WrongFormat = 4,
        /// There is no process to wait for.
        WaitFailure = 5,
        /// The file descriptor is not the caller's, or not for this direction.
        InvalidFd = 6,
        /// The other end of the pipe is closed.
        OtherEndClosed = 7,
        /// There are as many processes as there can be.
        MaxVmsSpawned = 8,
        /// There are as many file descriptors as there can be.
        MaxFdsCreated = 9,
    }
}

numbered! {
    /// A part of a cell, for `load_cell_by_field`.
    pub enum CellField {
        /// Capacity in shannons, eight bytes.
        Capacity = 0,
        /// Hash of the cell's data.
        DataHash = 1,
        /// Lock script.
        Lock = 2,
        /// Hash of the lock script.
        LockHash = 3,
        /// Type script, if the cell has one.
        Type = 4,
        /// Hash of the type script, if the cell has one.
        TypeHash = 5,
        /// Capacity that the cell needs at least, in shannons, eight bytes.
        OccupiedCapacity = 6,
    }
}

numbered! {
    /// A part of a header, for `load_header_by_field`; each has eight bytes.
    pub enum HeaderField {
        /// Number of the block's epoch.
        EpochNumber = 0,
        /// Number of the first block of that epoch.
        EpochStartBlockNumber = 1,
        /// How many blocks that epoch has.
        EpochLength = 2,
    }
}

numbered! {
    /// A part of an input, for `load_input_by_field`.
    pub enum InputField {
        /// The cell that the input spends.
        OutPoint = 0,
        /// When it may be spent, eight bytes.
        Since = 1,
    }
}

numbered! {
    /// Where a program or its arguments are, for `exec` and `spawn`.
    pub enum Place {
        /// In the data of a cell.
        CellData = 0,
        /// In a witness.
        Witness = 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_from_zero_and_lead_back() {
        macro_rules! check {
            ($($name:ident)+) => { $(
                for (number, &item) in (0..).zip($name::ALL) {
                    assert_eq!(item.number(), number);
                    assert_eq!($name::from_number(number), Some(item));
                }
                assert_eq!($name::from_number($name::ALL.len() as u64), None);
                assert_eq!($name::from_number(1 << 32), None);
                assert_eq!($name::from_number(u64::MAX), None);
            )+ };
        }
        check!(ReturnCode CellField HeaderField InputField Place);
    }
}
