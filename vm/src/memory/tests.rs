use super::*;

const SIZE: u64 = MemorySize::MAX.bytes();

fn memory(version: Version) -> Memory {
    Memory::new(MemorySize::MAX, version)
}

#[test]
fn sizes_are_multiples_of_256_kib_up_to_4_mib() {
    assert_eq!(MemorySize::new(4 << 20), Some(MemorySize::MAX));
    assert!(MemorySize::new(256 << 10).is_some());
    for bad in [0, 1, 4096, (4 << 20) + (256 << 10), u64::MAX] {
        assert_eq!(MemorySize::new(bad), None);
    }
}

#[test]
fn only_v0_loads_stop_before_the_last_byte() {
    for version in Version::ALL {
        let memory = memory(version);
        let reaches = version != Version::V0;
        assert_eq!(memory.load::<1>(SIZE - 1).is_some(), reaches);
        assert_eq!(memory.load::<8>(SIZE - 8).is_some(), reaches);
        assert!(memory.load::<8>(SIZE - 9).is_some());
        assert!(memory.load::<8>(SIZE - 7).is_none());
        assert!(memory.load::<8>(u64::MAX - 3).is_none());
        assert_eq!(memory.read_u8(SIZE - 1), Ok(0));
    }
}

#[test]
fn a_store_over_two_pages_writes_nothing_when_the_second_is_executable() {
    let mut memory = memory(Version::V2);
    let code = PageFlags::EXECUTABLE | PageFlags::FROZEN;
    memory.init_pages(0x2000, PAGE_SIZE, code, &[], 0).unwrap();
    assert_eq!(memory.store(0x1ffc, [0xff; 8]), Err(Trap::NotWritable { addr: 0x1ffc }));
    assert_eq!(memory.read_u64(0x1ff8), Ok(0));
    assert_eq!(memory.page_flags(1), Ok(PageFlags::DIRTY));
    memory.store(0x1ff8, [0xff; 8]).unwrap();
    assert_eq!(memory.read_u64(0x1ff8), Ok(u64::MAX));
}

#[test]
fn a_store_past_the_end_is_out_of_bounds() {
    let mut memory = memory(Version::V2);
    for addr in [SIZE - 7, SIZE, u64::MAX - 3, u64::MAX] {
        assert!(matches!(memory.store(addr, [1; 8]), Err(Trap::OutOfBounds { .. })), "{addr:#x}");
    }
    assert_eq!(memory.store(SIZE - 8, [1; 8]), Ok(()));
}

#[test]
fn empty_ranges_are_allowed_anywhere() {
    let mut memory = memory(Version::V2);
    assert_eq!(memory.read(u64::MAX, 0), Ok(&[][..]));
    assert_eq!(memory.write(u64::MAX, &[]), Ok(()));
    assert_eq!(memory.write_zeros(u64::MAX, 0), Ok(()));
}

#[test]
fn fetching_needs_every_touched_page_executable() {
    let mut memory = memory(Version::V2);
    let code = PageFlags::EXECUTABLE | PageFlags::FROZEN;
    memory.init_pages(0x1000, PAGE_SIZE, code, &[0x13; 4096], 0).unwrap();
    assert_eq!(memory.fetch_half(0x1ffe), Ok(0x1313));
    assert_eq!(memory.fetch_word(0x1ffe), Err(Trap::NotExecutable { addr: 0x1ffe }));
    assert_eq!(memory.fetch_half(0x2000), Err(Trap::NotExecutable { addr: 0x2000 }));
    assert!(matches!(memory.fetch_half(SIZE), Err(Trap::OutOfBounds { .. })));
    assert!(matches!(memory.fetch_word(u64::MAX), Err(Trap::OutOfBounds { .. })));
}

#[test]
fn initialisation_errors_come_in_order() {
    let mut memory = memory(Version::V2);
    let flags = PageFlags::FROZEN;
    let mut init = |addr, size, offset| memory.init_pages(addr, size, flags, &[7; 10], offset);
    assert!(matches!(init(1, 4096, 0), Err(Trap::PageUnaligned { .. })));
    assert!(matches!(init(u64::MAX, 4096, 0), Err(Trap::PageUnaligned { .. })));
    assert!(matches!(init(SIZE, 4096, 0), Err(Trap::OutOfBounds { .. })));
    assert!(matches!(init(u64::MAX - 4095, 8192, 0), Err(Trap::OutOfBounds { .. })));
    assert!(matches!(init(0, 4096, 4097), Err(Trap::OutOfBounds { .. })));
    assert_eq!(init(SIZE, 0, 0), Ok(()));
    assert_eq!(init(0, 4096, 4090), Ok(()));
    assert_eq!(init(0, 8192, 0), Err(Trap::Frozen { addr: 0 }));
    assert_eq!(memory.read(4088, 10).unwrap(), [0, 0, 7, 7, 7, 7, 7, 7, 0, 0]);
}

#[test]
fn reset_forgets_bytes_and_flags() {
    let mut memory = memory(Version::V2);
    memory.init_pages(0, 8192, PageFlags::NONE, &[1; 5000], 0).unwrap();
    memory.store(0x3f_f000, [9; 8]).unwrap();
    memory.reset();
    assert!(memory.as_bytes().iter().all(|&byte| byte == 0));
    for page in 0..memory.pages() {
        assert_eq!(memory.page_flags(page), Ok(PageFlags::NONE));
    }
}

#[test]
fn initialising_again_zeroes_what_was_written() {
    let mut memory = memory(Version::V2);
    memory.init_pages(0, 4096, PageFlags::NONE, &[], 0).unwrap();
    memory.store(8, [9; 8]).unwrap();
    memory.init_pages(0, 4096, PageFlags::NONE, &[1], 0).unwrap();
    assert_eq!(memory.read_u64(0), Ok(1));
    assert_eq!(memory.read_u64(8), Ok(0));
}

#[test]
fn c_strings_end_at_nul_and_inside_memory() {
    let mut memory = memory(Version::V2);
    memory.write(100, b"abc").unwrap();
    assert_eq!(memory.read_c_string(100), Ok(&b"abc"[..]));
    assert_eq!(memory.read_c_string(103), Ok(&b""[..]));
    memory.write(SIZE - 2, b"xy").unwrap();
    assert!(matches!(memory.read_c_string(SIZE - 2), Err(Trap::OutOfBounds { .. })));
    assert!(matches!(memory.read_c_string(SIZE), Err(Trap::OutOfBounds { .. })));
    assert!(matches!(memory.read_c_string(u64::MAX), Err(Trap::OutOfBounds { .. })));
}

#[test]
fn memory_is_zero_whatever_was_done_to_the_one_before_it() {
    let code = PageFlags::EXECUTABLE | PageFlags::FROZEN;
    for round in 0..4_u64 {
        let mut memory = memory(Version::V2);
        assert!(memory.as_bytes().iter().all(|&byte| byte == 0), "round {round}");
        assert_eq!(memory.page_flags(round), Ok(PageFlags::NONE));
        memory.init_pages(0x1000, 0x3000, code, &[1; 0x2800], 0x100).unwrap();
        memory.init_pages(0x10_0000, 0x2000, PageFlags::NONE, &[], 0).unwrap();
        memory.store(0x10_0ffc, [2; 8]).unwrap();
        memory.write(0x20_0fff, &[3; 5000]).unwrap();
        memory.mark_clean(0x200).unwrap();
        memory.store(0x20_0000, [4; 4]).unwrap();
        memory.update(SIZE - 8, |_| [5; 8]).unwrap();
    }
}

#[test]
fn what_the_host_writes_is_told_once() {
    let mut memory = memory(Version::V2);
    memory.write(0x1000, &[1; 4]).unwrap();
    assert!(memory.take_written().is_empty());
    memory.watch_writes();
    memory.write(0x1000, &[1; 4]).unwrap();
    memory.write_u64(0x1004, 7).unwrap();
    memory.store(0x5000, [1_u8; 8]).unwrap();
    memory.write(0x3000, &[]).unwrap();
    memory.write_zeros(0x2000, 3).unwrap();
    assert!(memory.write(0x3f_fffd, &[1; 4]).is_err());
    assert_eq!(memory.take_written(), [0x1000..0x100c, 0x2000..0x2003]);
    assert!(memory.take_written().is_empty());
}
