//! What was found out about a program, for people.

use std::io::{self, Write};

use super::{
    Finding, Inspection, Line, PartLine, Place, Section, Severity, SymbolSize, VersionReport,
};
use crate::report::{BAD, DIM, DOUBTFUL, GOOD, grouped, harmless};

/// Writes what was found out about the program in the file `name`.
///
/// # Errors
///
/// Returns the errors of `out`.
pub fn write_inspection(out: &mut impl Write, name: &str, it: &Inspection) -> io::Result<()> {
    writeln!(out, "{}  {} bytes, entry {}", harmless(name), grouped(it.bytes), place(&it.entry))?;
    for version in &it.versions {
        write_version(out, version)?;
    }
    if !it.segments.is_empty() {
        writeln!(out, "  {DIM}segment  address   flags       bytes   in memory{DIM:#}")?;
    }
    for segment in &it.segments {
        writeln!(
            out,
            "  {:<7}  {:<8}  {:<5}  {:>10}  {:>10}",
            segment.number,
            segment.address,
            segment.flags,
            grouped(segment.file_bytes),
            grouped(segment.memory_bytes),
        )?;
    }
    write_sizes(out, &it.sections, &it.symbols)?;
    let code = &it.code;
    writeln!(
        out,
        "  {DIM}code{DIM:#}  {} instructions in {} bytes, {} of them seen to be led to; {} bytes of data",
        grouped(code.instructions),
        grouped(code.instruction_bytes),
        grouped(code.reached),
        grouped(code.data_bytes),
    )?;
    let extensions = code.extensions.iter();
    let extensions: Vec<_> =
        extensions.map(|(name, n)| format!("{name} {}", grouped(*n))).collect();
    writeln!(out, "        {}", extensions.join(", "))?;
    for version in it.versions.iter().filter(|version| !version.fused.is_empty()) {
        let fused = version.fused.iter();
        let fused: Vec<_> = fused.map(|(name, n)| format!("{name} {}", grouped(*n))).collect();
        let number = version.version;
        writeln!(out, "  {DIM}fused in version {number}{DIM:#}  {}", fused.join(", "))?;
    }
    it.findings.iter().try_for_each(|finding| write_finding(out, finding))
}

fn write_version(out: &mut impl Write, it: &VersionReport) -> io::Result<()> {
    write!(out, "  {DIM}version {}{DIM:#}  ", it.version)?;
    match (it.load_cycles, &it.error_detail, &it.entry_error) {
        (Some(_), _, Some(error)) => {
            writeln!(out, "{BAD}loads, but does not run{BAD:#}: {error}")
        }
        (Some(cycles), ..) => {
            writeln!(out, "{GOOD}loads{GOOD:#} for {} cycles", grouped(cycles))
        }
        (None, detail, _) => {
            let (kind, detail) = (it.error.unwrap_or_default(), detail.as_deref());
            writeln!(out, "{BAD}refuses{BAD:#}: {kind}: {}", detail.unwrap_or_default())
        }
    }
}

/// Writes what a file consists of: bytes by section, and the largest symbols.
///
/// # Errors
///
/// Returns the errors of `out`.
pub fn write_sizes(
    out: &mut impl Write,
    sections: &[Section],
    symbols: &[SymbolSize],
) -> io::Result<()> {
    if !sections.is_empty() {
        writeln!(out, "  {DIM}section             address        bytes     in file{DIM:#}")?;
    }
    for section in sections {
        writeln!(
            out,
            "  {:<18}  {:<8}  {:>10}  {:>10}",
            harmless(&section.name),
            section.address.as_deref().unwrap_or("-"),
            grouped(section.bytes),
            grouped(section.file_bytes),
        )?;
    }
    if !symbols.is_empty() {
        writeln!(out, "  {DIM}     bytes  largest symbols{DIM:#}")?;
    }
    for symbol in symbols {
        let data = if symbol.kind == "data" { " (data)" } else { "" };
        let (bytes, name) = (grouped(symbol.bytes), harmless(&symbol.name));
        writeln!(out, "  {bytes:>10}  {name}{data}")?;
    }
    Ok(())
}

fn write_finding(out: &mut impl Write, it: &Finding) -> io::Result<()> {
    let (style, word) = match it.severity {
        Severity::Error => (BAD, "error"),
        Severity::Warning => (DOUBTFUL, "warning"),
        Severity::Note => (DIM, "note"),
    };
    write!(out, "{style}{word}{style:#} {DIM}{}{DIM:#}  ", it.kind)?;
    if it.versions.len() < 3 {
        let versions: Vec<_> = it.versions.iter().map(ToString::to_string).collect();
        write!(out, "in version {}: ", versions.join(" and "))?;
    }
    writeln!(out, "{}", it.message)?;
    for at in &it.places {
        writeln!(out, "    at {}", place(at))?;
    }
    match it.count.saturating_sub(it.places.len() as u64) {
        more if more > 0 && !it.places.is_empty() => {
            writeln!(out, "    and {} more places", grouped(more))
        }
        _ => Ok(()),
    }
}

fn place(it: &Place) -> String {
    let mut text = it.address.clone();
    if let Some(symbol) = &it.symbol {
        text = format!("{text} {}", harmless(symbol));
    }
    if let Some(line) = &it.line {
        text = format!("{text} ({})", harmless(line));
    }
    text
}

impl Line {
    /// Writes the line; `before` is the one in front of it.
    ///
    /// # Errors
    ///
    /// Returns the errors of `out`.
    pub fn write(&self, out: &mut impl Write, before: Option<&Self>) -> io::Result<()> {
        if let Some(function) = &self.function {
            writeln!(out, "\n{GOOD}{}{GOOD:#}:", harmless(function))?;
        }
        if let Some(source) = &self.source {
            writeln!(out, "  {DIM}; {}{DIM:#}", harmless(source))?;
        }
        if !self.is_reached && before.is_none_or(|before| before.is_reached) {
            writeln!(out, "  {DIM}; nothing was seen to lead here{DIM:#}")?;
        }
        if let Some(block) = self.block {
            let (steps, cycles) = (block.steps, grouped(block.cycles));
            let plural = if steps == 1 { "" } else { "s" };
            writeln!(out, "  {DIM}block of {steps} step{plural}, {cycles} cycles{DIM:#}")?;
        }
        let cycles = self.cycles.map(|cycles| cycles.to_string()).unwrap_or_default();
        let (address, text) = (&self.address, &self.text);
        if self.parts.is_empty() {
            write!(out, "    {address:<8}  {:<8}  {cycles:>3}  {text}", self.bytes)?;
        } else {
            write!(out, "    {address:<8}  {:<8}  {cycles:>3}  {DOUBTFUL}{text}{DOUBTFUL:#}", "")?;
        }
        if let Some(target) = &self.target {
            write!(out, "  {DIM}to {}{DIM:#}", harmless(target))?;
        }
        writeln!(out)?;
        for part in &self.parts {
            let PartLine { address, bytes, text } = part;
            writeln!(out, "    {DIM}{address:<8}  {bytes:<8}    |    {text}{DIM:#}")?;
        }
        Ok(())
    }
}
