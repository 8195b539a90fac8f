//! `verdict inspect`: what there is to know about a program before it runs.

use std::{
    io::{BufWriter, Write},
    ops::Range,
    path::PathBuf,
};

use anyhow::{Context as _, bail};
use clap::Args;
use object::elf::ELFMAG;
use serde::Serialize;
use verdict_audit::symbols::Symbols;
use verdict_toolchain::{
    code::Code,
    file,
    inspect::{self, Inspection, Line, Listing, write_inspection},
    profile::has_same_code,
};
use verdict_vm::{Config, Version};

use crate::{REJECTED, cli::version, output::write_json};

/// Looks at a program without running it.
///
/// Shown are segments and sections with their sizes, the largest symbols, what each version of
/// the machine says to the file and what loading it costs, how many instructions there are of
/// each extension, which are fused, and what an author should look at: instructions that the
/// machine does not have, segments that it refuses, and what goes wrong in one version only.
/// Each comes with its address, its symbol and its source line, as far as the file knows them.
///
/// Code is read in order, from the start of each executable section, or segment if there are
/// no sections, and again from each symbol. What symbols say is data, and what cannot be
/// decoded, is shown as data. From the entry and from functions that have a symbol, control is
/// followed but for jumps through registers: where nothing was seen to lead there may be data
/// as well, and what it has that the machine has not is no error.
///
/// In a listing, instructions that are fused are one line with their parts; `block of` tells
/// what it costs to come to that line.
///
/// The exit status is 0 if a machine loads the program, that of --vm if it is given; 1 if it
/// refuses it; and 2 if the file is no ELF file, or cannot be used.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InspectArgs {
    /// Print one JSON object instead of a report for people.
    #[arg(long)]
    json: bool,

    /// List the code, or one function, instead of the report; with --json, beside it. A
    /// function is named by its symbol, or by an address in it.
    #[arg(long, value_name = "SYMBOL", num_args = 0..=1, default_missing_value = "")]
    disassemble: Option<String>,

    /// The version of the machine that the report is about, whose operations are listed and
    /// which decides on the exit status [default: all, 2, and any].
    #[arg(long, value_name = "VERSION", value_parser = version())]
    vm: Option<Version>,

    /// A file that has the symbols and the source lines of the program, which was stripped:
    /// the same code, not stripped.
    #[arg(long, value_name = "FILE")]
    symbols: Option<PathBuf>,

    /// How many of the largest symbols to show.
    #[arg(long, value_name = "N", default_value_t = 10, allow_negative_numbers = true)]
    top: usize,

    /// The program.
    #[arg(value_name = "ELF")]
    file: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  verdict inspect token                      what is in it, and what is wrong
  verdict inspect --vm 0 token               is it fit for hash type `data`?
  verdict inspect token --disassemble main   a function, with cycles
  verdict inspect token --symbols token.debug --disassemble
  verdict inspect --json token | jq '.findings[] | select(.severity == \"error\")'";

/// An inspection with what was asked for beside it.
#[derive(Serialize)]
struct Output {
    file: String,
    #[serde(flatten)]
    inspection: Inspection,
    #[serde(skip_serializing_if = "Option::is_none")]
    disassembly: Option<Vec<Line>>,
}

/// `verdict inspect`
pub(crate) fn inspect(args: &InspectArgs) -> anyhow::Result<u8> {
    let name = args.file.display().to_string();
    let program = file::read(&args.file)?;
    if !program.starts_with(&ELFMAG) {
        bail!("{name}: not an ELF file that can be read: it does not start with 0x7f `ELF`");
    }
    let other = args.symbols.as_ref().map(|path| file::read(path)).transpose()?;
    let version = args.vm.unwrap_or(Version::V2);
    if let Some((path, other)) = args.symbols.as_ref().zip(other.as_ref())
        && !has_same_code(&program, other, version)
    {
        bail!("--symbols: {} has other code than {name}", path.display());
    }
    let symbols = Symbols::read(other.as_deref().unwrap_or(&program));
    let code = Code::read(&program, &symbols, version);
    let inspection = inspect::inspect(&program, &symbols, &code, args.top);
    let mut inspection =
        inspection.with_context(|| format!("{name}: not an ELF file that can be read"))?;
    if let Some(number) = args.vm.map(Version::number) {
        inspection.versions.retain(|report| report.version == number);
        inspection.findings.retain(|finding| finding.versions.contains(&number));
    }
    let loads = inspection.versions.iter().any(|report| report.loads);
    let status = if loads { 0 } else { REJECTED };

    let listing = Listing::new(&code, &symbols, Config::on_chain(version));
    let range = args.disassemble.as_ref().map(|what| range(&code, what)).transpose()?;
    if args.json {
        let disassembly = range.map(|range| listing.lines(range).collect());
        write_json(&Output { file: name, inspection, disassembly })?;
        return Ok(status);
    }
    let mut out = BufWriter::new(anstream::stdout().lock());
    match range {
        Some(range) => {
            let mut before = None;
            for line in listing.lines(range) {
                line.write(&mut out, before.as_ref())?;
                before = Some(line);
            }
        }
        None => write_inspection(&mut out, &name, &inspection)?,
    }
    out.flush()?;
    Ok(status)
}

/// The addresses of what is to be listed.
fn range(code: &Code, what: &str) -> anyhow::Result<Range<u64>> {
    if what.is_empty() {
        return Ok(0..u64::MAX);
    }
    let functions = code.functions();
    let function = match what.strip_prefix("0x") {
        Some(digits) => {
            let address = u64::from_str_radix(digits, 16);
            functions.at(address.with_context(|| format!("--disassemble: {what} is no address"))?)
        }
        None => functions.named(what),
    };
    match function {
        Some(function) => Ok(function.start..function.end),
        None => bail!("--disassemble: the program has no function `{what}`"),
    }
}
