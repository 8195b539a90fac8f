//! Which list of the transaction an index counts in.

use crate::number::numbered;

numbered! {
    /// A list of the transaction.
    pub enum SourceKind {
        /// The inputs.
        Input = 1,
        /// The outputs.
        Output = 2,
        /// The cell deps, with dep groups replaced by their members.
        CellDep = 3,
        /// The header deps.
        HeaderDep = 4,
    }
}

/// What an index counts in: a list of the transaction, or those members of it that
/// belong to the running script's group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The whole list.
    Transaction(SourceKind),
    /// The members that belong to the group.
    Group(SourceKind),
}

impl Source {
    /// Set in the number of a [`Source::Group`].
    pub const GROUP_BIT: u64 = 0x0100_0000_0000_0000;
    /// The bits that hold the list's number.
    const KIND_MASK: u64 = 0x00ff_ffff_ffff_ffff;

    /// The number that scripts pass.
    #[must_use]
    pub const fn number(self) -> u64 {
        match self {
            Self::Transaction(kind) => kind.number(),
            Self::Group(kind) => Self::GROUP_BIT | kind.number(),
        }
    }

    /// The source that `number` means to all syscalls but `exec` in version 2.
    ///
    /// A high byte of exactly 1 means the group; any other high byte is ignored and
    /// means the transaction.
    #[must_use]
    pub const fn from_number(number: u64) -> Option<Self> {
        match SourceKind::from_number(number & Self::KIND_MASK) {
            Some(kind) if number & !Self::KIND_MASK == Self::GROUP_BIT => Some(Self::Group(kind)),
            Some(kind) => Some(Self::Transaction(kind)),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_lead_back() {
        for &kind in SourceKind::ALL {
            for source in [Source::Transaction(kind), Source::Group(kind)] {
                assert_eq!(Source::from_number(source.number()), Some(source));
            }
        }
    }

    #[test]
    fn only_a_high_byte_of_one_means_the_group() {
        for high in 0..=0xff {
            let expected = match high {
                1 => Source::Group(SourceKind::Output),
                _ => Source::Transaction(SourceKind::Output),
            };
            assert_eq!(Source::from_number(high << 56 | 2), Some(expected));
        }
    }

    #[test]
    fn the_other_bits_must_be_a_list() {
        for number in [0, 5, 0x101, 1 << 32 | 1, Source::GROUP_BIT, Source::GROUP_BIT | 5] {
            assert_eq!(Source::from_number(number), None);
        }
        assert_eq!(Source::from_number(0x0080_0000_0000_0001), None);
        assert_eq!(Source::from_number(u64::MAX), None);
    }
}
