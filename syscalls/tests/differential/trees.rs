//! Random trees of processes.
//!
//! Each tree is a handful of generated programs that spawn each other, pass pipes along,
//! read, write, close, wait, load data and code, replace themselves and end, in any
//! order. Most trees come to an end; some deadlock, and few fail otherwise.
//!
//! `VERDICT_TREES` says how many trees there are, `VERDICT_SEED` which is the first.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use verdict_syscalls::{GroupKind, Version};

use crate::{
    chain::{Data, Scene, data_hash, output, script},
    compare::{Both, in_pieces},
    guest::{Arg, BUFFER, CODE, Guest, LENGTH, MEMORY, POOL, fd, process},
    random::Random,
};

const TREES: u64 = 2000;
const MAX_CYCLES: u64 = 70_000_000;
/// Where code is mapped and data is loaded.
const PAGES: [u64; 4] = [0x18_0000, 0x18_1000, 0x18_2000, 0x18_3000];
const SIZES: [u64; 18] =
    [0, 1, 2, 3, 4, 5, 7, 8, 9, 33, 64, 100, 1000, 4095, 4096, 4097, 8192, 9000];
/// Lengths of cells with data.
const CELLS: [u64; 6] = [0, 200, 4096, 5000, 8192, 12_288];

/// A program and where it lies in its cell.
struct Program {
    elf: Vec<u8>,
    /// How many other bytes are before and behind it.
    around: (u64, u64),
}

/// One end of a pipe, by its place in the list of its owner.
#[derive(Clone, Copy)]
struct End {
    place: u64,
    reads: bool,
}

/// Programs that are made.
struct Tree {
    random: Random,
    programs: Vec<Program>,
    /// How many more programs there may be.
    left: u64,
    /// How often something is wrong: once in so many times.
    wrong: u64,
}

/// A program that is made.
struct Actor {
    guest: Guest,
    ends: Vec<End>,
    next_end: u64,
    children: u64,
    /// Pages that hold code.
    code: Vec<u64>,
    depth: u64,
}

impl Actor {
    fn pipe(&mut self) -> [End; 2] {
        let place = self.next_end;
        self.next_end += 2;
        self.guest.pipe(place);
        let ends = [End { place, reads: true }, End { place: place + 1, reads: false }];
        self.ends.extend(ends);
        ends
    }

    fn transfer(&mut self, fd: Arg, reads: bool, buffer: u64, len: u64) {
        if reads {
            self.guest.read(fd, buffer, len);
        } else {
            self.guest.write(fd, buffer, len);
        }
    }
}

impl Tree {
    fn new(mut random: Random) -> Self {
        let left = random.of(&[2, 4, 7, 12]);
        let wrong = random.of(&[50, 400, 400, u64::from(u32::MAX)]);
        let mut tree = Self { random, programs: Vec::new(), left, wrong };
        tree.program(0, &[]);
        tree
    }

    fn stage(&self) -> (Both, ckb_types::packed::Byte32) {
        let mut scene = Scene::new();
        let lock = script(&data_hash(&self.programs[0].elf), 4, &[]);
        scene.input(0, output(0, &lock, None), Data::Memory(vec![7; 5000]), None);
        for len in CELLS {
            let byte = |n: u64| (n.wrapping_mul(len) >> 3).to_le_bytes()[0] | 1;
            let data: Vec<u8> = (0..len).map(byte).collect();
            scene.dep(output(0, &lock, None), Data::Stored(data), None);
            scene.output(output(0, &lock, None), Vec::new());
            scene.witness(Vec::new());
        }
        for Program { elf, around: (before, behind) } in &self.programs {
            let junk = |len: u64| vec![0x55; usize::try_from(len).expect("a few bytes")];
            let cell = [junk(*before), elf.clone(), junk(*behind)].concat();
            scene.program(cell.clone());
            scene.output(output(0, &lock, None), elf.clone());
            scene.witness(cell);
        }
        (Both::new(&scene.build(), Version::V2), lock.calc_script_hash())
    }

    fn is_wrong(&mut self) -> bool {
        self.random.one_in(self.wrong)
    }

    fn size(&mut self) -> u64 {
        self.random.of(&SIZES)
    }

    /// Where to read to, or to write from.
    fn buffer(&mut self, reads: bool) -> u64 {
        if self.is_wrong() {
            return self.random.of(&[CODE, MEMORY - 3, MEMORY, u64::MAX - 5, LENGTH]);
        }
        let page = self.random.of(&[BUFFER, BUFFER + 0x1000, POOL, POOL + 0x1000, 0x2f_f000]);
        let page = if reads || !self.random.one_in(3) { page } else { CODE };
        page + self.random.of(&[0, 0, 1, 8, 4090])
    }

    /// A number of a file descriptor or a process that may be anything.
    fn number(&mut self) -> Arg {
        let numbers = [0, 1, 2, 3, 4, 5, 6, 9, 40, 1 << 32, u64::MAX];
        Arg::Is(self.random.of(&numbers))
    }

    /// Makes a program that starts with `ends`. Returns its number.
    fn program(&mut self, depth: u64, ends: &[End]) -> u64 {
        let number = self.programs.len();
        let mut around = (0, 0);
        if number > 0 && self.random.one_in(3) {
            around = (self.random.of(&[0, 1, 8, 4096]), self.random.of(&[0, 1, 4096]));
        }
        self.programs.push(Program { elf: Vec::new(), around });
        self.left = self.left.saturating_sub(1);

        let mut actor = Actor {
            guest: Guest::new(),
            ends: Vec::new(),
            next_end: 0,
            children: 0,
            code: Vec::new(),
            depth,
        };
        if self.random.one_in(2) {
            let len = self.random.of(&[1, 100, 4096, 5000, 8192, 9001]);
            let bytes: Vec<u8> = (0..len).map(|n: u64| (n % 251).to_le_bytes()[0]).collect();
            actor.guest.bring(&bytes);
        }
        actor.guest.observe_stack();
        if !ends.is_empty() || self.random.one_in(4) {
            let room = if self.random.one_in(10) { self.random.below(4) } else { 8 };
            actor.guest.inherited(0, room);
            actor.ends = (0..).zip(ends).map(|(place, end)| End { place, ..*end }).collect();
            actor.next_end = ends.len() as u64;
        }
        let acts = self.random.of(&[1, 3, 6, 10]) + if depth == 0 { 4 } else { 0 };
        let mut ended = false;
        for _ in 0..acts {
            if self.act(&mut actor) {
                ended = true;
                break;
            }
        }
        if !ended && !self.random.one_in(4) {
            self.settle(&mut actor);
        }
        let guest = &mut actor.guest;
        if self.random.one_in(2) {
            guest.cycles();
        }
        guest.print();
        let code = if depth == 0 && !self.random.one_in(8) { 0 } else { self.random.below(300) };
        guest.exit(code);
        self.programs[number].elf = actor.guest.elf();
        number as u64
    }

    /// Lets go of everything and waits for all children.
    fn settle(&mut self, actor: &mut Actor) {
        for end in std::mem::take(&mut actor.ends) {
            actor.guest.close(fd(end.place));
        }
        for child in 0..actor.children {
            actor.guest.wait(process(child));
        }
    }

    /// Adds something to a program. Returns whether that ends it.
    fn act(&mut self, actor: &mut Actor) -> bool {
        match self.random.below(100) {
            0..12 => {
                actor.pipe();
                if self.random.one_in(3) {
                    actor.pipe();
                }
            }
            12..30 if self.left > 0 && actor.depth < 6 => self.spawn(actor),
            30..36 if self.left > 0 => self.fan(actor),
            36..62 => self.transfer(actor),
            62..68 => self.close(actor),
            68..73 => self.wait(actor),
            73..76 => {
                let room = self.random.below(5);
                actor.guest.inherited(200, room);
                actor.guest.ask(2603, []);
            }
            76..80 => actor.guest.cycles(),
            80..83 => actor.guest.print(),
            83..85 => actor.guest.spin(self.random.of(&[1, 10, 1000])),
            85..93 => self.load(actor),
            93..96 => self.touch(actor),
            96..98 if self.left > 0 => {
                self.exec(actor);
                return true;
            }
            98 => return self.random.one_in(2),
            _ => self.touch(actor),
        }
        false
    }

    /// Index, source, place and bounds of a program, of which there are several.
    fn find(&mut self, number: u64) -> [u64; 4] {
        let program = &self.programs[usize::try_from(number).expect("a few programs")];
        let (before, behind) = program.around;
        // The length is known once the program is made.
        let len = program.elf.len() as u64;
        let len = if behind == 0 && self.random.one_in(2) { 0 } else { len };
        let bounds = before << 32 | len;
        let wrong = self.is_wrong();
        let number = number + CELLS.len() as u64;
        match self.random.below(4) {
            _ if wrong => [number, self.random.below(6), self.random.below(3), bounds],
            0 => [number, 2, 0, 0],
            1 => [number, self.random.of(&[1, 2]), 1, bounds],
            _ => [number, 3, 0, bounds],
        }
    }

    fn args(&mut self) -> Vec<Vec<u8>> {
        let count = self.random.of(&[0, 0, 1, 2, 5]);
        let len = |random: &mut Random| random.of(&[0, 1, 7, 8, 100]);
        (0..count).map(|n| vec![b'a' + n; len(&mut self.random)]).collect()
    }

    fn spawn(&mut self, actor: &mut Actor) {
        if actor.ends.is_empty() || self.random.one_in(2) {
            actor.pipe();
        }
        let mut passed: Vec<End> = Vec::new();
        let ends = actor.ends.clone();
        for pair in ends.chunks(2) {
            // Rather one end of a pipe than both or none.
            match self.random.below(6) {
                0 => {}
                1 => passed.extend(pair),
                n => passed.extend(pair.get(usize::from(n > 3))),
            }
        }
        actor.ends.retain(|end| passed.iter().all(|other| other.place != end.place));
        let mut fds: Vec<Arg> = passed.iter().map(|end| fd(end.place)).collect();
        if self.is_wrong() {
            fds.push(self.number());
        }
        let again = self.random.one_in(6);
        let child = self.program(actor.depth + 1, &passed);
        let program = self.find(child);
        let args = self.args();
        let args: Vec<&[u8]> = args.iter().map(Vec::as_slice).collect();
        let number = actor.children;
        actor.children += 1;
        actor.guest.spawn_from(program, &args, &fds, number);
        if again {
            let pair = actor.pipe();
            actor.guest.spawn_from(program, &args, &[fd(pair[0].place)], number + 1);
            actor.ends.retain(|end| end.place != pair[0].place);
            actor.children += 1;
        }
    }

    /// Spawns one program several times, with a pipe each, and then turns to these in
    /// some order.
    fn fan(&mut self, actor: &mut Actor) {
        let reads = self.random.one_in(2);
        self.left = self.left.min(2);
        let count = self.random.of(&[2, 3, 4, 5, 8, 17]);
        let child = self.program(10, &[End { place: 0, reads }]);
        let program = self.find(child);
        let mut kept = Vec::new();
        for _ in 0..count {
            let [reading, writing] = actor.pipe();
            let (given, left) = if reads { (reading, writing) } else { (writing, reading) };
            actor.guest.spawn_from(program, &[], &[fd(given.place)], actor.children);
            actor.children += 1;
            actor.ends.retain(|end| end.place != given.place);
            kept.push(left);
        }
        for _ in 0..self.random.below(2 * count) {
            let index = usize::try_from(self.random.below(count)).expect("a few ends");
            let end = kept[index];
            if self.random.one_in(5) {
                actor.guest.close(fd(end.place));
            } else {
                let (len, buffer) = (self.size(), self.buffer(end.reads));
                actor.transfer(fd(end.place), end.reads, buffer, len);
            }
        }
    }

    /// Waits for a process, mostly when nothing that it may wait for is left open.
    fn wait(&mut self, actor: &mut Actor) {
        if !self.random.one_in(6) {
            for end in std::mem::take(&mut actor.ends) {
                actor.guest.close(fd(end.place));
            }
        }
        if actor.children > 0 && !self.random.one_in(6) {
            actor.guest.wait(process(self.random.below(actor.children)));
        } else {
            let number = self.number();
            actor.guest.wait(number);
        }
    }

    fn transfer(&mut self, actor: &mut Actor) {
        let (len, any) = (self.size(), self.random.one_in(2));
        // A pipe with both ends in one hand leads nowhere.
        let other = |end: &End| actor.ends.iter().any(|other| other.place == end.place ^ 1);
        let ends: Vec<End> = actor.ends.iter().copied().filter(|end| !other(end)).collect();
        let index = if self.random.one_in(20) { u64::MAX } else { ends.len() as u64 };
        let index = self.random.below(index.max(1));
        match ends.get(usize::try_from(index).expect("a few ends")) {
            Some(&end) => {
                let reads = end.reads != self.random.one_in(20);
                let buffer = self.buffer(reads);
                actor.transfer(fd(end.place), reads, buffer, len);
            }
            None => {
                let (number, buffer) = (self.number(), self.buffer(any));
                actor.transfer(number, any, buffer, len);
            }
        }
    }

    fn close(&mut self, actor: &mut Actor) {
        let index = self.random.below(actor.ends.len() as u64 + 1);
        let index = usize::try_from(index).expect("a few ends");
        if index < actor.ends.len() {
            let end = actor.ends.remove(index);
            actor.guest.close(fd(end.place));
        } else {
            let number = self.number();
            actor.guest.close(number);
        }
    }

    /// Loads a cell as data or as code.
    fn load(&mut self, actor: &mut Actor) {
        // It may be the root's program.
        let index = self.random.below(CELLS.len() as u64 + 1);
        let page = self.random.of(&PAGES);
        let as_code = self.random.one_in(3);
        let offset = self.random.of(&[0, 0, 1, 100, 4096, 5000]);
        let len = self.size();
        let addr = page + if as_code { 0 } else { self.random.of(&[0, 0, 1, 4000]) };
        let mut pages = (page..addr + len.max(4096)).step_by(4096);
        if pages.any(|page| actor.code.contains(&page)) && !self.is_wrong() {
            return;
        }
        if as_code {
            let content = self.random.of(&[4096, 4096, 100, 8192]);
            let size = if content > 4096 { 8192 } else { self.random.of(&[4096, 4096, 8192]) };
            let args = [addr, size, offset, content, index, 3];
            actor.guest.ask(2091, args.map(Arg::from));
            actor.code.extend((page..page + size).step_by(4096));
        } else {
            actor.guest.put(LENGTH, len.into());
            actor.guest.ask(2092, [addr, LENGTH, offset, index, 3].map(Arg::from));
            actor.guest.observe_word(LENGTH);
        }
        actor.guest.observe_memory(PAGES[0], 0x4000);
    }

    /// Changes memory, or looks at it.
    fn touch(&mut self, actor: &mut Actor) {
        let page = match self.random.below(16) {
            // It may be code.
            0 => self.random.of(&PAGES),
            _ => self.random.of(&[BUFFER, POOL, POOL + 0x1000, BUFFER + 0x1000]),
        };
        if self.random.one_in(2) {
            actor.guest.put_byte(page + self.random.below(4096), self.random.below(256));
        }
        actor.guest.observe_memory(page, 4096);
    }

    fn exec(&mut self, actor: &mut Actor) {
        let ends = actor.ends.clone();
        let next = self.program(actor.depth, &ends);
        let program = self.find(next);
        let args = self.args();
        let args: Vec<&[u8]> = args.iter().map(Vec::as_slice).collect();
        let argv = actor.guest.argv(&args);
        actor.guest.exec(program, argv);
    }
}

/// How many trees ended in which way.
type Ends = BTreeMap<String, u64>;

/// Runs one tree without a limit and with some, and returns how it ends without one.
pub(crate) fn run(random: Random, what: &str) -> String {
    let mut tree = Tree::new(random);
    let (both, hash) = tree.stage();
    let end = both.group(GroupKind::Lock, &hash, MAX_CYCLES, what);
    let limit = if !tree.random.one_in(4) {
        tree.random.below(end.consumed + 2)
    } else {
        let turns = both.reference.turns(both.find(GroupKind::Lock, &hash));
        let turn = usize::try_from(tree.random.below(turns.len() as u64)).expect("an index");
        turns[turn].saturating_sub(tree.random.below(2))
    };
    both.group(GroupKind::Lock, &hash, limit, &format!("{what}, limit {limit}"));
    if tree.random.one_in(10) {
        let longest = end.consumed / tree.random.of(&[1, 5, 30]) + 1;
        let limit = tree.random.of(&[limit, MAX_CYCLES]);
        let whole = both.ours.verify(limit);
        let pieces = in_pieces(&both.ours, limit, || tree.random.below(longest), |state| state);
        assert_eq!(pieces, whole, "left: in pieces, {what}, limit {limit}, {longest}");
    }
    match end.result {
        Ok(_) => "Ok".into(),
        Err(error) => {
            error.split_once("by-data-hash").map_or(error.clone(), |(kind, _)| kind.into())
        }
    }
}

fn number(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(value) => value.parse().expect("the variable is a number"),
        Err(_) => default,
    }
}

#[test]
fn random_trees() {
    let (first, count) = (number("VERDICT_SEED", 1), number("VERDICT_TREES", TREES));
    let next = AtomicU64::new(first);
    let ends = Mutex::new(Ends::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let mut own = Ends::new();
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + count {
                        break;
                    }
                    let what = format!("VERDICT_SEED={seed} VERDICT_TREES=1");
                    *own.entry(run(Random::new(seed), &what)).or_default() += 1;
                }
                let mut ends = ends.lock().expect("no tree panics while counting");
                for (end, count) in own {
                    *ends.entry(end).or_default() += count;
                }
            });
        }
    });
    let ends = ends.into_inner().expect("all trees agreed");
    println!("{ends:#?}");
    if count >= TREES {
        assert!(ends["Ok"] > count / 3, "{ends:#?}");
    }
}
