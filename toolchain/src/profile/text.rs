//! Where cycles went, for people.

use std::io::{self, Write};

use super::{BlockCost, FunctionCost, Profile};
use crate::{
    inspect::write_sizes,
    report::{BAD, DIM, DOUBTFUL, GOOD, grouped, harmless},
};

/// Writes where the run of the file `name` spent its cycles; of functions the `top` costliest.
///
/// # Errors
///
/// Returns the errors of `out`.
pub fn write_profile(out: &mut impl Write, name: &str, it: &Profile, top: usize) -> io::Result<()> {
    let (style, outcome) = match (it.outcome, it.exit_code) {
        ("exit", Some(code)) => (if code == 0 { GOOD } else { DOUBTFUL }, format!("exit {code}")),
        (outcome @ "accepted", _) => (GOOD, outcome.to_owned()),
        (outcome, _) => (BAD, outcome.to_owned()),
    };
    let cycles = grouped(it.cycles);
    writeln!(out, "{style}{outcome}{style:#}  {}  {cycles} cycles", harmless(name))?;
    if let Some(detail) = &it.error_detail {
        writeln!(out, "  {BAD}{}{BAD:#}", harmless(detail))?;
    }
    for group in &it.groups {
        let style = if group.is_accepted() { GOOD } else { BAD };
        let detail = group.error_detail.as_deref().unwrap_or("exit 0");
        let cycles = grouped(group.cycles);
        writeln!(out, "  {}  {cycles} cycles  {style}{}{style:#}", group.source, harmless(detail))?;
    }

    let several = it.programs.len() > 1;
    let share = |cycles| share(cycles, it.cycles);
    writeln!(out, "  {DIM}      self         total              calls  function{DIM:#}")?;
    for function in it.functions.iter().take(top) {
        let FunctionCost { name, program, calls, self_cycles, total_cycles, .. } = function;
        let (own, total) = (grouped(*self_cycles), grouped(*total_cycles));
        let (own_share, total_share) = (share(*self_cycles), share(*total_cycles));
        write!(out, "  {own:>10} {own_share}  {total:>10} {total_share}  {:>9}", grouped(*calls))?;
        writeln!(out, "  {}{}", harmless(name), of_program(several, *program))?;
    }
    let rest = it.functions.iter().skip(top).map(|function| function.self_cycles).sum::<u64>();
    if it.functions.len() > top {
        let more = it.functions.len() - top;
        writeln!(out, "  {:>10} {}  {DIM}in {more} more{DIM:#}", grouped(rest), share(rest))?;
    }
    if it.is_cut {
        writeln!(out, "  {DIM}calls are very deep: totals may leave something out{DIM:#}")?;
    }

    if !it.blocks.is_empty() {
        writeln!(out, "  {DIM}    cycles           entered  steps  block{DIM:#}")?;
    }
    for block in &it.blocks {
        let BlockCost { program, address, function, line, steps, entered, cycles } = block;
        let (all, entered) = (grouped(*cycles), grouped(*entered));
        write!(out, "  {all:>10} {}  {entered:>9}  {steps:>5}", share(*cycles))?;
        write!(
            out,
            "  {address} in {}{}",
            harmless(function),
            of_program(several, Some(*program))
        )?;
        match line {
            Some(line) => writeln!(out, "  {DIM}{}{DIM:#}", harmless(line))?,
            None => writeln!(out)?,
        }
    }

    if !it.syscalls.is_empty() {
        writeln!(out, "  {DIM}    cycles             calls  system call, beside ecall{DIM:#}")?;
    }
    for call in &it.syscalls {
        let (cycles, calls) = (grouped(call.cycles), grouped(call.calls));
        writeln!(out, "  {cycles:>10} {}  {calls:>9}  {}", share(call.cycles), call.name)?;
    }

    for (number, program) in it.programs.iter().enumerate() {
        let number = if several { format!("#{number} ") } else { String::new() };
        let bytes = grouped(program.bytes);
        writeln!(out, "{number}{}  {bytes} bytes", harmless(&program.name))?;
        write_sizes(out, &program.sections, &program.symbols)?;
    }
    Ok(())
}

/// Which program something is of, where there are several.
fn of_program(several: bool, program: Option<usize>) -> String {
    match program {
        Some(number) if several => format!(" #{number}"),
        _ => String::new(),
    }
}

/// `part` of `whole` in percent.
fn share(part: u64, whole: u64) -> String {
    let tenths = (u128::from(part) * 1000 + u128::from(whole) / 2) / u128::from(whole.max(1));
    format!("{:>3}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded() {
        for (part, whole, text) in
            [(0, 0, "  0.0%"), (1, 3, " 33.3%"), (2, 3, " 66.7%"), (7, 7, "100.0%")]
        {
            assert_eq!(share(part, whole), text);
        }
        assert_eq!(share(u64::MAX, u64::MAX), "100.0%");
    }
}
