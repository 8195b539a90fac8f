//! Results for people.
//!
//! Text is written with colours in it; whoever owns the stream strips them where
//! they do not belong.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use anstyle::{AnsiColor, Style};

use verdict_vm::JitStats;

use crate::{
    run::{Run, Settings},
    verify::{GroupVerdict, Tally, Verdict},
};

/// What went well.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What ended, but not well.
pub const DOUBTFUL: Style = AnsiColor::Yellow.on_default().bold();
/// What went wrong.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// What only some readers look at.
pub const DIM: Style = Style::new().dimmed();

/// Returns `number` with its digits in groups of three.
///
/// ```
/// assert_eq!(verdict_toolchain::report::grouped(1_234_567), "1 234 567");
/// ```
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// Writes how a bare program ended.
///
/// # Errors
///
/// Returns the errors of `out`.
pub fn write_run(out: &mut impl Write, run: &Run, settings: &Settings) -> io::Result<()> {
    match run.outcome {
        Ok(0) => writeln!(out, "{GOOD}exit 0{GOOD:#}")?,
        Ok(code) => writeln!(out, "{DOUBTFUL}exit {code}{DOUBTFUL:#}")?,
        Err(fault) => writeln!(out, "{BAD}error {}{BAD:#}: {fault}", fault.kind())?,
    }
    let config = settings.config();
    let cycles = grouped(run.machine.cycles());
    writeln!(out, "  {DIM}cycles{DIM:#}   {cycles}")?;
    writeln!(out, "  {DIM}pc{DIM:#}       {:#x}", run.machine.hart().pc)?;
    writeln!(
        out,
        "  {DIM}machine{DIM:#}  version {}, {}, {}",
        config.version.number(),
        config.isa,
        settings.engine.name()
    )
}

/// Writes what the JIT has done.
///
/// # Errors
///
/// Returns the errors of `out`.
pub fn write_jit(out: &mut impl Write, stats: &JitStats) -> io::Result<()> {
    let JitStats { hits, misses, compilations, steps, guest_bytes, host_bytes, time } = *stats;
    let [steps, guest_bytes, host_bytes] = [steps, guest_bytes, host_bytes].map(grouped);
    writeln!(out, "{DIM}jit{DIM:#}  {hits} machines found compiled code, {misses} found none")?;
    writeln!(out, "     {compilations} compilations in {time:.1?}: {steps} steps,")?;
    writeln!(out, "     {guest_bytes} bytes of guest code to {host_bytes} bytes of host code")
}

/// Writes what became of the transaction in the file `name`.
///
/// # Errors
///
/// Returns the errors of `out`.
pub fn write_verdict(out: &mut impl Write, name: &str, verdict: &Verdict) -> io::Result<()> {
    let style = if verdict.is_accepted() { GOOD } else { BAD };
    writeln!(out, "{style}{}{style:#}  {}", verdict.outcome, harmless(name))?;

    let header = ["script", "code", "version", "cycles", "result"].map(str::to_owned);
    let total = [
        "total".to_owned(),
        String::new(),
        String::new(),
        grouped(verdict.cycles),
        format!("of {}", grouped(verdict.max_cycles)),
    ];
    let rows: Vec<_> = verdict.groups.iter().map(columns).collect();
    let all = || rows.iter().chain([&header, &total]);
    let widths: [usize; COLUMNS] =
        std::array::from_fn(|at| all().map(|row| row[at].len()).max().unwrap_or_default());
    write_row(out, &header, &widths, DIM)?;
    for (row, group) in rows.iter().zip(&verdict.groups) {
        write_row(out, row, &widths, if group.error.is_none() { GOOD } else { BAD })?;
    }
    write_row(out, &total, &widths, DIM)?;

    for group in &verdict.groups {
        if let Some(detail) = &group.error_detail {
            writeln!(out, "  {BAD}{}{BAD:#}: {detail}", group.source)?;
        }
    }
    Ok(())
}

/// How many columns the table of groups has.
const COLUMNS: usize = 5;
/// The one with numbers.
const CYCLES: usize = 3;

/// What the table says of a group.
fn columns(group: &GroupVerdict) -> [String; COLUMNS] {
    let code = &group.code_hash;
    let (head, tail) = (&code[..6], &code[code.len() - 4..]);
    [
        group.source.clone(),
        format!("{head}..{tail} {}", group.hash_type),
        group.version.map_or("-".to_owned(), |version| version.to_string()),
        grouped(group.cycles),
        match (group.exit_code, group.vm_error.or(group.error)) {
            (Some(code), _) => format!("exit {code}"),
            (None, error) => error.unwrap_or_default().to_owned(),
        },
    ]
}

/// Writes a row of the table, the last column in `style`.
fn write_row(
    out: &mut impl Write,
    row: &[String; COLUMNS],
    widths: &[usize; COLUMNS],
    style: Style,
) -> io::Result<()> {
    for (at, (text, &width)) in row.iter().zip(widths).enumerate() {
        match at {
            CYCLES => write!(out, "  {text:>width$}")?,
            _ if at + 1 == COLUMNS => write!(out, "  {style}{text}{style:#}")?,
            _ => write!(out, "  {text:width$}")?,
        }
    }
    writeln!(out)
}

/// Writes how many transactions became what.
///
/// # Errors
///
/// Returns the errors of `out`.
pub fn write_tally(out: &mut impl Write, tally: &Tally) -> io::Result<()> {
    let Tally { accepted, rejected, unusable } = *tally;
    let style = |count, style| if count == 0 { Style::new() } else { style };
    let (good, bad, other) = (style(accepted, GOOD), style(rejected, BAD), style(unusable, BAD));
    writeln!(
        out,
        "{good}{accepted} accepted{good:#}, {bad}{rejected} rejected{bad:#}, \
         {other}{unusable} unusable{other:#}"
    )
}

/// Returns `text` for a terminal: with escapes in place of characters that would control
/// it, or the direction of text, other than tabs and newlines.
///
/// Whoever wrote a script, a transaction or a file name may have wanted to move the
/// cursor, and to make a reader see what is not so.
///
/// ```
/// let text = verdict_toolchain::report::harmless("done\x1b[2J\n");
/// assert_eq!(text, "done\\u{1b}[2J\n");
/// ```
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(is_control) {
        return text.into();
    }
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        if is_control(character) {
            result.extend(character.escape_default());
        } else {
            result.push(character);
        }
    }
    result.into()
}

fn is_control(character: char) -> bool {
    match character {
        '\t' | '\n' => false,
        // Marks that change the direction of text.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        other => other.is_control(),
    }
}

/// Writes a string that a guest prints, with a newline unless it has one.
///
/// # Errors
///
/// Returns the errors of `out`.
pub fn write_guest_text(out: &mut impl Write, text: &[u8], terminal: bool) -> io::Result<()> {
    let text = String::from_utf8_lossy(text);
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let text = if terminal { harmless(&text) } else { text };
    write!(out, "{text}{end}")
}

/// Writes a string that the script at `place` prints, line by line, each with the place.
///
/// # Errors
///
/// Returns the errors of `out`.
pub fn write_script_text(
    out: &mut impl Write,
    place: &str,
    text: &str,
    terminal: bool,
) -> io::Result<()> {
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if terminal {
            writeln!(out, "{DIM}{place}:{DIM:#} {}", harmless(line))?;
        } else {
            writeln!(out, "{place}: {line}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_from_the_right() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1 000"), (70_000_000, "70 000 000")]
        {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn guest_text_ends_in_one_newline() {
        for (text, printed) in [("", "\n"), ("a", "a\n"), ("a\n", "a\n"), ("a\n\n", "a\n\n")] {
            let mut out = Vec::new();
            write_guest_text(&mut out, text.as_bytes(), true).expect("a vector takes everything");
            assert_eq!(out, printed.as_bytes());
        }
    }

    #[test]
    fn only_a_terminal_is_protected_from_control_characters() {
        let text = "a\tb\r\x1b[31m\u{9b}2J\x07\u{202e}c\u{7f}\nd";
        let shown = "a\tb\\r\\u{1b}[31m\\u{9b}2J\\u{7}\\u{202e}c\\u{7f}\nd";
        assert_eq!(harmless(text), shown);
        assert!(matches!(harmless("naïve\t\n"), Cow::Borrowed(_)));
        for (terminal, expected) in [(true, shown), (false, text)] {
            let mut out = Vec::new();
            write_guest_text(&mut out, text.as_bytes(), terminal).expect("a vector takes it");
            assert_eq!(out, format!("{expected}\n").as_bytes());
        }
        let mut out = Vec::new();
        write_script_text(&mut out, "Inputs[0].Lock", text, false).expect("a vector takes it");
        let lines = text.replace('\n', "\nInputs[0].Lock: ");
        assert_eq!(out, format!("Inputs[0].Lock: {lines}\n").as_bytes());
        let mut out = Vec::new();
        write_script_text(&mut out, "Inputs[0].Lock", "\x1b[2J\n", true).expect("it takes it");
        assert!(out.ends_with(b" \\u{1b}[2J\n"));
    }
}
