//! Programs that verifiers share.

use std::{
    fmt,
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use ckb_types::{bytes::Bytes, packed::Byte32, prelude::*};
use lru::LruCache;
use verdict_vm::{Config, JitStats, LoadError, Program, Version};

/// The programs that were run last, so that each is read and decoded once and not once a
/// transaction. Verifiers of any thread can share one; what they say does not depend on
/// it.
///
/// It holds so many programs, and in all, when one is added, at most
/// [`Programs::MAX_BYTES`]: files, memory for machines to come, and compiled code. Those
/// that were run last stay.
pub struct Programs(Mutex<LruCache<Key, Arc<Program>>>);

/// The hash of a program's data, and the version that runs it.
type Key = ([u8; 32], Version);

impl Programs {
    /// How many programs there are room for by default: more than are in common use.
    pub const DEFAULT_CAPACITY: NonZeroUsize = NonZeroUsize::new(64).expect("not zero");

    /// How many bytes of the host all programs may take when another one is added.
    pub const MAX_BYTES: usize = 512 << 20;

    /// Room for `capacity` programs. One of several versions counts as several.
    #[must_use]
    pub fn new(capacity: NonZeroUsize) -> Self {
        Self(Mutex::new(LruCache::new(capacity)))
    }

    /// The program with this data and data hash, for machines like `config`, which differ
    /// in nothing but their version.
    ///
    /// The hash only says where to look, so that a provider with hashes that are not
    /// those of its data gets what it deserves, and no other does.
    ///
    /// # Errors
    ///
    /// As [`Program::new`], each time.
    pub(crate) fn get(
        &self,
        hash: &Byte32,
        file: &Bytes,
        config: Config,
    ) -> Result<Arc<Program>, LoadError> {
        let key: Key = (hash.unpack(), config.version);
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&key).cloned();
        if let Some(program) = known
            && is_same(program.file(), file)
        {
            return Ok(program);
        }
        let program = Arc::new(Program::new(Arc::new(file.clone()), config)?);
        // Those that have to go may have much to drop, which need not keep others waiting.
        let mut programs = lock();
        let mut gone = Vec::from_iter(programs.push(key, Arc::clone(&program)));
        evict(&mut programs, Self::MAX_BYTES, &mut gone);
        drop(programs);
        drop(gone);
        Ok(program)
    }
}

impl Programs {
    /// What the JIT has done for the programs that are held.
    #[must_use]
    pub fn jit_stats(&self) -> JitStats {
        let mut stats = JitStats::default();
        for (_, program) in &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            stats += program.jit_stats();
        }
        stats
    }
}

/// Takes out the programs that were not run for longest until the others take at most
/// `max` bytes of the host. The last one stays.
fn evict(
    programs: &mut LruCache<Key, Arc<Program>>,
    max: usize,
    gone: &mut Vec<(Key, Arc<Program>)>,
) {
    let mut bytes: usize = programs.iter().map(|(_, program)| program.host_bytes()).sum();
    while bytes > max && programs.len() > 1 {
        let Some((key, program)) = programs.pop_lru() else { return };
        bytes -= program.host_bytes().min(bytes);
        gone.push((key, program));
    }
}

/// Whether two files are equal. Mostly they are one.
fn is_same(a: &[u8], b: &[u8]) -> bool {
    std::ptr::eq(a, b) || a == b
}

impl Default for Programs {
    fn default() -> Self {
        Self::new(Self::DEFAULT_CAPACITY)
    }
}

impl fmt::Debug for Programs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Programs").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: Config = Config::on_chain(Version::V2);

    /// The smallest file that is accepted, with a byte that does not matter.
    fn file(byte: u8) -> Bytes {
        let mut file = vec![0; 64];
        file[..6].copy_from_slice(b"\x7fELF\x02\x01");
        file[7] = byte;
        file.into()
    }

    fn hash(byte: u8) -> Byte32 {
        [byte; 32].pack()
    }

    #[test]
    fn a_program_is_read_once_for_each_version() {
        let programs = Programs::default();
        let get = |config| programs.get(&hash(1), &file(1), config).unwrap();
        let first = get(CONFIG);
        assert!(Arc::ptr_eq(&first, &get(CONFIG)));
        let other = get(Config::on_chain(Version::V1));
        assert_eq!(other.config().version, Version::V1);
        assert!(Arc::ptr_eq(&first, &get(CONFIG)));
    }

    #[test]
    fn the_program_that_was_not_used_longest_goes() {
        let programs = Programs::new(NonZeroUsize::new(2).unwrap());
        let get = |n| programs.get(&hash(n), &file(n), CONFIG).unwrap();
        let first = get(1);
        let second = get(2);
        assert!(Arc::ptr_eq(&first, &get(1)));
        get(3);
        assert!(Arc::ptr_eq(&first, &get(1)));
        assert!(!Arc::ptr_eq(&second, &get(2)));
    }

    #[test]
    fn what_takes_too_much_goes_but_for_the_last() {
        let programs = Programs::default();
        let files: Vec<_> =
            (1..=3).map(|n| programs.get(&hash(n), &file(n), CONFIG).unwrap()).collect();
        let mut cache = programs.0.lock().unwrap();
        let mut gone = Vec::new();
        let two = files[1].host_bytes() + files[2].host_bytes();
        evict(&mut cache, two, &mut gone);
        assert_eq!(gone.len(), 1);
        assert!(Arc::ptr_eq(&gone[0].1, &files[0]));
        evict(&mut cache, 0, &mut gone);
        assert_eq!((gone.len(), cache.len()), (2, 1));
    }

    #[test]
    fn a_wrong_hash_does_not_matter() {
        let programs = Programs::default();
        for byte in [1, 2, 1] {
            let program = programs.get(&hash(7), &file(byte), CONFIG).unwrap();
            assert_eq!(program.file(), file(byte));
        }
        let refused = || programs.get(&hash(7), &Bytes::new(), CONFIG).map(|_| ()).unwrap_err();
        assert_eq!(refused(), refused());
    }
}
