//! Running many bare programs: one request a line, one result a line.
//!
//! Requests are JSON objects. Results come in their order, each with the `id` of
//! its request, and each is written out before the next line is looked at. A line
//! that cannot be used gives a result that says why, and the batch goes on.

use std::{
    fmt,
    io::{self, BufRead, Read as _, Write},
    path::Path,
};

use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_json::value::RawValue;
use thiserror::Error;
use verdict_vm::{Engine, JitStats, MemorySize, UnknownEngine, Version, isa::UnknownIsa};

use crate::{
    file::{self, FileError},
    json,
    run::{self, Settings, Summary},
};

/// The most bytes that a line may have.
pub const MAX_LINE: usize = 16 << 20;

/// What a line asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with the field `program`")]
struct Request {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    program: String,
    args: Option<Vec<String>>,
    argv: Option<Vec<String>>,
    vm: Option<u64>,
    isa: Option<String>,
    engine: Option<String>,
    max_cycles: Option<u64>,
    memory: Option<u64>,
}

/// The only part of a line that is of use when the others are not.
#[derive(Deserialize)]
struct Identity<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
}

/// Why a line cannot be used.
#[derive(Debug, Error)]
enum Unusable {
    #[error("the line is longer than {} MiB", MAX_LINE >> 20)]
    TooLong,
    #[error("the line is not UTF-8")]
    NotUtf8,
    #[error("{0}")]
    Json(serde_json::Error),
    #[error("field `{path}`: {error}")]
    Field { path: String, error: serde_json::Error },
    #[error("fields `args` and `argv` exclude each other")]
    TwoArgumentLists,
    #[error("field `vm`: there is no version {0}; use 0, 1 or 2")]
    Version(u64),
    #[error("field `isa`: {0}")]
    Isa(#[from] UnknownIsa),
    #[error("field `engine`: {0}")]
    Engine(#[from] UnknownEngine),
    #[error("field `memory`: a machine cannot have {bytes} bytes; {}", MemoryRule)]
    Memory { bytes: u64 },
    #[error("field `program`: {0}")]
    Program(#[from] FileError),
}

/// How much memory a machine can have, for people.
struct MemoryRule;

impl fmt::Display for MemoryRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, max) = (MemorySize::UNIT, MemorySize::MAX.bytes());
        write!(f, "use a multiple of {unit} up to {max}")
    }
}

#[derive(Serialize)]
struct Response<'a> {
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    result: Outcome,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Outcome {
    Ended(Summary),
    Unusable { outcome: &'static str, message: String },
}

/// Runs the requests in `input` and writes their results to `output`. Fields that a
/// request does not have are those of `defaults`; what programs print goes to
/// `print`.
///
/// # Errors
///
/// Returns the errors of `input` and `output`.
pub fn batch(
    mut input: impl BufRead,
    mut output: impl Write,
    defaults: &Settings,
    mut print: impl FnMut(&[u8]),
) -> io::Result<JitStats> {
    let mut line = Vec::new();
    let mut stats = JitStats::default();
    while let Some(end) = read_line(&mut input, &mut line)? {
        let text = str::from_utf8(&line).map_err(|_| Unusable::NotUtf8);
        let text = match end {
            LineEnd::Found => text,
            LineEnd::TooFar => Err(Unusable::TooLong),
        };
        if text.as_ref().is_ok_and(|text| text.trim().is_empty()) {
            continue;
        }
        let identity = text.as_ref().ok().and_then(|text| identity(text));
        let result = text.and_then(|text| answer(text, defaults, &mut stats, &mut print));
        let result = result.map_or_else(
            |unusable| Outcome::Unusable { outcome: "unusable", message: unusable.to_string() },
            Outcome::Ended,
        );
        let response = Response { id: identity, result };
        serde_json::to_writer(&mut output, &response)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(stats)
}

/// The `id` in a line, if it can be found.
fn identity(line: &str) -> Option<&RawValue> {
    let identity: Identity<'_> = serde_json::from_str(line).ok()?;
    identity.id
}

fn answer(
    line: &str,
    defaults: &Settings,
    stats: &mut JitStats,
    print: impl FnMut(&[u8]),
) -> Result<Summary, Unusable> {
    let request = parse(line)?;
    let settings = request.settings(defaults)?;
    let argv = request.argv()?;
    let program = file::read(Path::new(&request.program))?;
    let run = run::run(&program, &argv, &settings, print);
    let summary = run.summary();
    *stats += run.machine.jit_stats();
    Ok(summary)
}

fn parse(line: &str) -> Result<Request, Unusable> {
    let mut input = serde_json::Deserializer::from_str(line.trim_end());
    let request =
        serde_path_to_error::deserialize(&mut input).map_err(|error| {
            match json::field(error.path()) {
                Some(path) => Unusable::Field { path, error: error.into_inner() },
                None => Unusable::Json(error.into_inner()),
            }
        })?;
    input.end().map_err(Unusable::Json)?;
    Ok(request)
}

impl Request {
    fn settings(&self, defaults: &Settings) -> Result<Settings, Unusable> {
        let version = match self.vm {
            Some(number) => Version::from_number(number).ok_or(Unusable::Version(number))?,
            None => defaults.version,
        };
        let isa = match &self.isa {
            Some(name) => Some(name.parse()?),
            None => defaults.isa,
        };
        let engine: Engine = match &self.engine {
            Some(name) => name.parse()?,
            None => defaults.engine,
        };
        let memory = match self.memory {
            Some(bytes) => MemorySize::new(bytes).ok_or(Unusable::Memory { bytes })?,
            None => defaults.memory,
        };
        Ok(Settings {
            version,
            isa,
            engine,
            max_cycles: self.max_cycles.unwrap_or(defaults.max_cycles),
            memory,
        })
    }

    fn argv(&self) -> Result<Vec<&str>, Unusable> {
        match (&self.args, &self.argv) {
            (Some(_), Some(_)) => Err(Unusable::TwoArgumentLists),
            (None, Some(argv)) => Ok(argv.iter().map(String::as_str).collect()),
            (args, None) => {
                let args = args.iter().flatten().map(String::as_str);
                Ok(["main"].into_iter().chain(args).collect())
            }
        }
    }
}

/// How a line ended.
enum LineEnd {
    /// With a newline, or with the input.
    Found,
    /// Somewhere behind [`MAX_LINE`]; the line is lost.
    TooFar,
}

/// Reads the next line of at most [`MAX_LINE`] bytes, or skips a longer one. Returns
/// `None` at the end of the input.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Option<LineEnd>> {
    line.clear();
    // With its newline, a line of that length has one byte more.
    let limit = MAX_LINE as u64 + 1;
    if input.by_ref().take(limit).read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    if line.ends_with(b"\n") || line.len() <= MAX_LINE {
        return Ok(Some(LineEnd::Found));
    }
    input.skip_until(b'\n')?;
    Ok(Some(LineEnd::TooFar))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(input: &[u8]) -> Vec<serde_json::Value> {
        let mut output = Vec::new();
        batch(input, &mut output, &Settings::default(), |_| {}).expect("a vector takes everything");
        let output = String::from_utf8(output).expect("results are UTF-8");
        let values = output.lines().map(serde_json::from_str);
        values.collect::<Result<_, _>>().expect("results are JSON")
    }

    fn message(line: &str) -> String {
        let results = results(line.as_bytes());
        let [result] = results.as_slice() else {
            panic!("not one result: {results:?}");
        };
        assert_eq!(result["outcome"], "unusable");
        result["message"].as_str().expect("a text").to_owned()
    }

    #[test]
    fn messages_name_the_field() {
        for (line, text) in [
            (r#"{"program":7}"#, "field `program`: invalid type: integer `7`"),
            (r#"{"program":"x","args":["a",1]}"#, "field `args[1]`: invalid type"),
            (r#"{"program":"x","vm":"2"}"#, "field `vm`: invalid type"),
            (r#"{"program":"x","vm":3}"#, "field `vm`: there is no version 3"),
            (r#"{"program":"x","isa":"rv32"}"#, "field `isa`: unknown instruction set"),
            (r#"{"program":"x","engine":"fast"}"#, "field `engine`: unknown engine"),
            (r#"{"program":"x","max_cycles":-1}"#, "field `max_cycles`: invalid value"),
            (r#"{"program":"x","max_cycles":18446744073709551616}"#, "field `max_cycles`: "),
            (r#"{"program":"x","memory":4096}"#, "field `memory`: a machine cannot have 4096"),
            (r#"{"program":"x","args":[],"argv":[]}"#, "fields `args` and `argv`"),
            (r#"{"program":"no/such/file"}"#, "field `program`: cannot read no/such/file"),
            (r#"{"program":"x","cycles":1}"#, "unknown field `cycles`"),
            (r#"{"args":[]}"#, "missing field `program`"),
            (r#"{"program":"#, "EOF while parsing"),
            (r#"{"program":"x"} {}"#, "trailing characters"),
            ("7", "invalid type: integer `7`, expected an object with the field `program`"),
        ] {
            let message = message(line);
            assert!(message.contains(text), "{line}: {message}");
        }
    }

    #[test]
    fn identities_come_back_as_they_are() {
        for id in ["1", "\"a\"", "null", "[1,{\"b\":2}]", "12345678901234567890123", "1.50"] {
            let line = format!(r#"{{"nonsense":0,"id":{id}}}"#);
            let mut output = Vec::new();
            let settings = Settings::default();
            batch(line.as_bytes(), &mut output, &settings, |_| {}).expect("a vector takes all");
            let output = String::from_utf8(output).expect("results are UTF-8");
            assert!(output.starts_with(&format!(r#"{{"id":{id},"#)), "{output}");
        }
    }

    #[test]
    fn unusable_lines_do_not_end_the_batch() {
        let mut input = b"\n  \r\n\xff\xfe\n[]\n".to_vec();
        input.extend(std::iter::repeat_n(b' ', MAX_LINE + 1));
        input.extend(b"\n{\"id\":4}");
        let results = results(&input);
        let messages: Vec<_> = results.iter().map(|result| &result["message"]).collect();
        assert_eq!(messages.len(), 4);
        assert_eq!(messages[0], "the line is not UTF-8");
        assert_eq!(messages[2], "the line is longer than 16 MiB");
        assert_eq!(results[3]["id"], 4);
    }
}
