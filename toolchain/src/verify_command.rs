//! `verdict verify`: files in, reports in their order out.

use std::{
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use verdict_syscalls::Programs;
use verdict_toolchain::{
    file::{self, FileError},
    mock::MockTransaction,
    ordered::Workers,
    replace::Replacements,
    report,
    verify::{self, Print, Settings, Tally, Verdict},
};

use crate::{
    REJECTED, UNUSABLE,
    cli::VerifyArgs,
    output::{note_engine, report_error, report_jit, stderr, write_json},
};

/// Verifies all files. One that cannot be used does not stop the others; the worst
/// outcome makes the status.
pub(crate) fn verify(args: &VerifyArgs) -> anyhow::Result<u8> {
    let settings = args.settings()?;
    note_engine(args.engine.engine);
    let replacements = Replacements::read(&args.replace)?;
    let files: Vec<_> = args.files.iter().flat_map(|path| file::json_files(path)).collect();
    let several = files.len() > 1;
    let programs = Arc::new(Programs::default());
    let shared = Arc::clone(&programs);
    let bar = progress_bar(several.then_some(files.len()));

    let work = move |file: Result<PathBuf, FileError>| {
        let printed = Printed::default();
        // With one file, whoever waits for it can see what it does.
        let print = if several { printed.keeper() } else { Box::new(print_now) };
        let verdict = file.map_err(anyhow::Error::from).and_then(|path| {
            let verdict = verify_file(&path, &settings, &replacements, &shared, print)?;
            Ok(FileVerdict { file: path.display().to_string(), verdict })
        });
        (printed, verdict)
    };
    let mut tally = Tally::default();
    Workers::start(args.jobs, files.len())?.in_order(files, work, |(printed, verdict)| {
        bar.suspend(|| {
            printed.write();
            match &verdict {
                Ok(verdict) => write_verdict(verdict, args.json)?,
                Err(error) => report_error(error),
            }
            io::Result::Ok(())
        })?;
        match verdict {
            Ok(verdict) if verdict.verdict.is_accepted() => tally.accepted += 1,
            Ok(_) => tally.rejected += 1,
            Err(_) => tally.unusable += 1,
        }
        bar.inc(1);
        Ok::<_, io::Error>(())
    })?;
    bar.finish_and_clear();
    report_jit(&args.engine, &programs.jit_stats());
    if several && !args.json {
        report::write_tally(&mut anstream::stdout().lock(), &tally)?;
    }
    Ok(match tally {
        Tally { unusable: 1.., .. } => UNUSABLE,
        Tally { rejected: 1.., .. } => REJECTED,
        Tally { .. } => 0,
    })
}

/// A verdict with the file it is about.
#[derive(serde::Serialize)]
struct FileVerdict {
    file: String,
    #[serde(flatten)]
    verdict: Verdict,
}

fn verify_file(
    path: &Path,
    settings: &Settings,
    replacements: &Replacements,
    programs: &Arc<Programs>,
    print: Print,
) -> anyhow::Result<Verdict> {
    let mut transaction = MockTransaction::read(path)?;
    let of_option = |option| move || format!("{}: {option}", path.display());
    replacements.apply(&mut transaction).with_context(of_option("--replace"))?;
    let programs = Arc::clone(programs);
    verify::verify(&transaction, settings, programs, print).with_context(of_option("--cell"))
}

fn write_verdict(verdict: &FileVerdict, json: bool) -> io::Result<()> {
    if json {
        write_json(verdict)
    } else {
        let mut out = anstream::stdout().lock();
        report::write_verdict(&mut out, &verdict.file, &verdict.verdict)
    }
}

/// A bar that counts files, if there are several and a person watches.
fn progress_bar(files: Option<usize>) -> ProgressBar {
    let Some(files) = files.filter(|_| io::stderr().is_terminal()) else {
        return ProgressBar::hidden();
    };
    let style = ProgressStyle::with_template("{bar:32} {pos} of {len} verified, {eta} to go")
        .expect("the template is well formed");
    let bar = ProgressBar::new(files as u64).with_style(style);
    // Long before the first file is done, it shows that something happens.
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Passes on what a script prints. A script does not depend on someone reading it.
pub(crate) fn print_now(place: &str, text: &str) {
    let terminal = io::stderr().is_terminal();
    let _ = report::write_script_text(&mut io::BufWriter::new(stderr()), place, text, terminal);
}

/// What the scripts of a transaction print, kept until it is the transaction's turn.
#[derive(Clone, Default)]
struct Printed(Arc<Mutex<Kept>>);

/// What was kept, and whether there was more.
#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    cut: bool,
}

impl Kept {
    /// The most bytes that are kept of one transaction.
    const MAX: usize = 1 << 20;
}

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = Self::MAX.saturating_sub(self.bytes.len());
        let taken = &bytes[..bytes.len().min(room)];
        self.bytes.extend_from_slice(taken);
        if taken.len() < bytes.len() {
            self.cut = true;
            // Half a line may be half a character.
            let lines = self.bytes.iter().rposition(|&byte| byte == b'\n');
            self.bytes.truncate(lines.map_or(0, |end| end + 1));
            return Err(io::ErrorKind::WriteZero.into());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Printed {
    /// Keeps what scripts print.
    fn keeper(&self) -> Print {
        let printed = self.clone();
        let terminal = io::stderr().is_terminal();
        Box::new(move |place, text| {
            let kept = &mut *printed.0.lock().unwrap_or_else(PoisonError::into_inner);
            if !kept.cut {
                let _ = report::write_script_text(kept, place, text, terminal);
            }
        })
    }

    /// Passes on what was kept.
    fn write(&self) {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut err = stderr();
        let _ = err.write_all(&kept.bytes);
        if kept.cut {
            let limit = Kept::MAX >> 20;
            let _ = writeln!(err, "(more was printed; of several files {limit} MiB each is shown)");
        }
    }
}
