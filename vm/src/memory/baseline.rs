//! Memory as it was when its program had been loaded, and going back to it.
//!
//! The next run of the same program needs just that. Most pages have not changed by
//! then, and those that have are known: whatever writes to memory for the host, or to a
//! page that was clean, says so ([`Memory::touch`]). The one thing that does not is a
//! guest's store to a page that is dirty already, so all dirty pages that a guest can
//! store to count as changed, and so do those that were made clean after it ran.

use alloc::{boxed::Box, sync::Arc};

use super::{MOST_TO_CLEAR, Memory, PAGE_SIZE, PageFlags, index, page_bytes};

/// The pages of the largest memory.
const MOST_PAGES: usize = 1024;

/// A set of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PageSet([u64; MOST_PAGES / 64]);

impl PageSet {
    pub(super) const EMPTY: Self = Self([0; _]);

    /// Adds a page; returns whether it was there before.
    pub(super) const fn insert(&mut self, page: usize) -> bool {
        let word = &mut self.0[page / 64];
        let before = *word >> (page % 64) & 1 != 0;
        *word |= 1 << (page % 64);
        before
    }

    /// Whether it has this page.
    pub(super) fn contains(&self, page: usize) -> bool {
        self.0.get(page / 64).is_some_and(|word| word >> (page % 64) & 1 != 0)
    }

    /// How many pages it has.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Its pages, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + use<> {
        (0..).zip(self.0).flat_map(|(n, mut word)| {
            core::iter::from_fn(move || {
                let page = 64 * n + word.trailing_zeros() as usize;
                (word != 0).then(|| word &= word - 1).map(|()| page)
            })
        })
    }
}

/// All about memory at one time but its bytes.
pub(crate) struct Baseline {
    flags: Box<[PageFlags]>,
    open: Box<[u8]>,
    code_generation: u64,
}

impl Baseline {
    /// [`Memory::code_generation`] at that time.
    pub(crate) const fn code_generation(&self) -> u64 {
        self.code_generation
    }
}

impl Memory {
    /// What memory is like.
    pub(crate) fn baseline(&self) -> Baseline {
        Baseline {
            flags: self.flags.clone(),
            open: self.open.clone(),
            code_generation: self.code_generation,
        }
    }

    /// Remembers that memory is like this. No guest has run on it yet.
    pub(crate) fn set_baseline(&mut self, baseline: Arc<Baseline>) {
        self.changed = PageSet::EMPTY;
        self.baseline = Some(baseline);
    }

    /// Notes that a guest runs, which stores to dirty pages without a word.
    pub(crate) const fn guest_runs(&mut self) {
        self.guest_ran = true;
    }

    /// Whether no page has become executable since the baseline.
    pub(crate) fn has_code_of(&self, baseline: &Baseline) -> bool {
        self.code_generation == baseline.code_generation
    }

    /// How many bytes of the host memory takes, about.
    pub(crate) fn host_bytes(&self) -> usize {
        self.touched.len() * index(PAGE_SIZE)
    }

    /// Whether [`Self::go_back`] can go back to this baseline: not if this memory has
    /// another one, nor if so many pages changed that clearing them is not worth it.
    pub(crate) fn can_go_back(&self, baseline: &Arc<Baseline>) -> bool {
        self.changed_since(baseline).is_some()
    }

    fn changed_since(&self, baseline: &Arc<Baseline>) -> Option<PageSet> {
        if !self.baseline.as_ref().is_some_and(|own| Arc::ptr_eq(own, baseline)) {
            return None;
        }
        let mut changed = self.changed;
        if self.guest_ran {
            for page in self.touched.iter().filter(|&page| self.flags[page].is_open()) {
                changed.insert(page);
            }
        }
        (changed.len() <= MOST_TO_CLEAR).then_some(changed)
    }

    /// Goes back to the baseline, whose page number n has the bytes `content(n)` behind
    /// as many zeros, and zeros behind them. Returns whether it did, as
    /// [`Self::can_go_back`] says.
    pub(crate) fn go_back<'p>(
        &mut self,
        baseline: &Arc<Baseline>,
        content: impl Fn(u64) -> (usize, &'p [u8]),
    ) -> bool {
        let Some(changed) = self.changed_since(baseline) else { return false };
        for page in changed.iter() {
            let bytes = &mut self.bytes[page_bytes(page)];
            let (zeros, content) = content(page as u64);
            let (before, rest) = bytes.split_at_mut(zeros);
            let (middle, after) = rest.split_at_mut(content.len());
            before.fill(0);
            middle.copy_from_slice(content);
            after.fill(0);
        }
        self.flags.copy_from_slice(&baseline.flags);
        self.open.copy_from_slice(&baseline.open);
        self.changed = PageSet::EMPTY;
        self.code_generation = baseline.code_generation;
        self.guest_ran = false;
        self.written = None;
        true
    }
}
