//! Macros in mock transactions.
//!
//! A string in the JSON may hold macros in double braces, which stand for text:
//!
//! | macro | stands for |
//! |---|---|
//! | `{{ data FILE }}` | the file's bytes, as hexadecimal digits |
//! | `{{ hash FILE }}` | the file's data hash |
//! | `{{ def_type NAME }}` | alone in a string: a type id script made up from a name |
//! | `{{ ref_type NAME }}` | the hash of that script |
//!
//! File names are relative to the folder of the JSON file. Other tools for mock
//! transactions replace text; here it is the strings of parsed JSON that change, so
//! that errors know their field.

use std::{cell::Cell, fmt, path::Path};

use ckb_hash::blake2b_256;
use ckb_types::{bytes::Bytes, core::ScriptHashType, packed::Script, prelude::*};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value, json};

use crate::file;

/// The code hash of type id scripts: the end of it reads `TYPE_ID`.
const TYPE_ID: &str = "0x00000000000000000000000000000000000000000000000000545950455f4944";

/// Reads any JSON and expands the macros in its strings.
pub(super) struct Expand<'a> {
    /// Where relative file names start.
    folder: &'a Path,
    /// How many bytes of files may still be included.
    budget: Cell<u64>,
    /// Whether there was a macro.
    expanded: Cell<bool>,
}

impl<'a> Expand<'a> {
    pub(super) fn new(folder: &'a Path) -> Self {
        Self { folder, budget: Cell::new(file::MAX_LEN), expanded: Cell::new(false) }
    }

    /// Whether there was a macro in what was read.
    pub(super) fn has_expanded(&self) -> bool {
        self.expanded.get()
    }

    fn string<E: Error>(&self, text: &str) -> Result<Value, E> {
        if !text.contains("{{") {
            check_digits(text)?;
            return Ok(text.into());
        }
        self.expanded.set(true);
        let mut result = String::new();
        if text.starts_with("{{") {
            result.push_str("0x");
        }
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            result.push_str(before);
            let Some((call, after)) = after.split_once("}}") else {
                return Err(E::custom("a macro without `}}`"));
            };
            let (name, argument) = call.trim().split_once(' ').unwrap_or((call.trim(), ""));
            let argument = argument.trim();
            match name {
                "data" => result.push_str(&hex(&self.file(argument)?)),
                "hash" => result.push_str(&hex(&blake2b_256(self.file(argument)?))),
                "ref_type" => {
                    let hash = type_script(argument).calc_script_hash();
                    result.push_str(&hex(hash.as_slice()));
                }
                "def_type" if before.is_empty() && after.is_empty() => {
                    return Ok(json!({
                        "code_hash": TYPE_ID,
                        "hash_type": "type",
                        "args": format!("0x{}", hex(argument.as_bytes())),
                    }));
                }
                "def_type" => return Err(E::custom("`def_type` is not alone in its string")),
                _ => {
                    return Err(E::custom(format_args!(
                        "unknown macro `{name}`; use one of data, hash, def_type, ref_type"
                    )));
                }
            }
            rest = after;
        }
        result.push_str(rest);
        check_digits(&result)?;
        Ok(result.into())
    }

    fn file<E: Error>(&self, name: &str) -> Result<Vec<u8>, E> {
        let bytes = file::read(&self.folder.join(name)).map_err(E::custom)?;
        let left = self.budget.get().checked_sub(bytes.len() as u64);
        self.budget.set(left.ok_or_else(|| {
            E::custom(format_args!("files of more than {} MiB", file::MAX_LEN >> 20))
        })?);
        Ok(bytes)
    }
}

/// The type id script that stands for `name`.
fn type_script(name: &str) -> Script {
    let mut code_hash = [0; 32];
    code_hash[25..].copy_from_slice(b"TYPE_ID");
    Script::new_builder()
        .code_hash(code_hash)
        .hash_type(ScriptHashType::Type)
        .args(Bytes::copy_from_slice(name.as_bytes()))
        .build()
}

/// Checks that what starts like hexadecimal digits is nothing else.
fn check_digits<E: Error>(text: &str) -> Result<(), E> {
    let digits = text.strip_prefix("0x").unwrap_or_default();
    // Data can be long, and without a way out in between many digits are checked at once.
    let all = |bytes: &[u8]| bytes.iter().fold(true, |all, byte| all & byte.is_ascii_hexdigit());
    if digits.as_bytes().chunks(256).all(all) {
        return Ok(());
    }
    match digits.chars().find(|digit| !digit.is_ascii_hexdigit()) {
        Some(other) => Err(E::custom(format_args!("{other:?} is not a hexadecimal digit"))),
        None => Ok(()),
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

impl<'de> DeserializeSeed<'de> for &Expand<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &Expand<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.string(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut values = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if values.contains_key(&key) {
                return Err(A::Error::custom(format_args!("duplicate field `{key}`")));
            }
            values.insert(key, entries.next_value_seed(self)?);
        }
        Ok(Value::Object(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(json: &str) -> Result<Value, serde_json::Error> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut json = serde_json::Deserializer::from_str(json);
        Expand::new(folder).deserialize(&mut json)
    }

    fn message(json: &str) -> String {
        expand(json).expect_err("it cannot be used").to_string()
    }

    #[test]
    fn files_are_included() {
        let digits = hex(include_bytes!("../../Cargo.toml"));
        for text in ["0x{{data Cargo.toml}}", "{{ data Cargo.toml }}"] {
            let value = expand(&format!("[\"{text}\"]")).expect("the file is there");
            assert_eq!(value[0], format!("0x{digits}"));
        }
        let value = expand(r#""0xff{{ data Cargo.toml }}00""#).expect("the file is there");
        assert_eq!(value, format!("0xff{digits}00"));
    }

    #[test]
    fn a_type_can_be_referred_to_by_name() {
        let script = expand(r#""{{ def_type lock }}""#).expect("it is alone in its string");
        assert_eq!(script["args"], "0x6c6f636b");
        let hash = expand(r#""0x{{ ref_type lock }}""#).expect("any name will do");
        let expected = type_script("lock").calc_script_hash();
        assert_eq!(hash, format!("{expected:#x}"));
    }

    #[test]
    fn what_cannot_be_expanded_is_named() {
        for (json, text) in [
            (r#""0x{{ data no/file }}""#, "no/file: "),
            (r#""0x{{ date x }}""#, "unknown macro `date`"),
            (r#""0x{{ data x ""#, "a macro without `}}`"),
            (r#""0x{{ def_type x }}""#, "`def_type` is not alone"),
            (r#""0x12g4""#, "'g' is not a hexadecimal digit"),
            (r#"{"a":1,"a":2}"#, "duplicate field `a`"),
        ] {
            assert!(message(json).contains(text), "{}", message(json));
        }
    }
}
