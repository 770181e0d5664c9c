//! A playbook as files. The rules never read a disk: whoever calls has already
//! read the folder.

use std::fmt::Write as _;

use serde_json::Value;
use sha2::{Digest, Sha256};
use toml::de::{DeTable, DeValue};

/// The `.toml` files of one playbook folder, by path relative to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub files: Vec<(String, String)>,
}

impl Source {
    /// Sorted by path, so that nothing depends on the order a disk lists them in.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort();
        Self { files }
    }
}

/// SHA-256, in hexadecimal, of what the files say. Comments, spacing and the
/// order of keys do not change it; a file that cannot be read as TOML counts
/// byte by byte.
pub fn hash(source: &Source) -> String {
    let mut files = source.files.clone();
    files.sort();
    let content: serde_json::Map<String, Value> = files
        .into_iter()
        .map(|(path, text)| {
            let meaning = DeTable::parse(&text).map(|table| table_value(table.get_ref()));
            (path, meaning.unwrap_or(Value::String(text)))
        })
        .collect();
    let canonical = serde_json_canonicalizer::to_vec(&content).unwrap_or_default();
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(&canonical) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

fn table_value(table: &DeTable<'_>) -> Value {
    let fields = table
        .iter()
        .map(|(key, value)| (key.get_ref().to_string(), json_value(value.get_ref())))
        .collect();
    Value::Object(fields)
}

/// Numbers and dates as they are written: no float is ever made of them.
fn json_value(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Integer(number) => typed("integer", number.to_string()),
        DeValue::Float(number) => typed("float", number.to_string()),
        DeValue::Datetime(moment) => typed("datetime", moment.to_string()),
        DeValue::Array(list) => {
            Value::Array(list.iter().map(|item| json_value(item.get_ref())).collect())
        }
        DeValue::Table(table) => table_value(table),
    }
}

fn typed(kind: &str, text: String) -> Value {
    Value::Array(vec![Value::String(kind.to_owned()), Value::String(text)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Source {
        Source::new([("playbook.toml".to_owned(), text.to_owned())])
    }

    #[test]
    fn comments_spacing_and_key_order_do_not_change_the_hash() {
        let plain = one("a = 1\nb = \"x\"\n");
        let commented = one("# why\nb   = \"x\"\n\na=1");
        assert_eq!(hash(&plain), hash(&commented));
    }

    #[test]
    fn a_changed_value_or_path_changes_the_hash() {
        let plain = one("a = 1");
        let moved = Source::new([("other.toml".to_owned(), "a = 1".to_owned())]);
        assert_ne!(hash(&plain), hash(&one("a = 2")));
        assert_ne!(hash(&plain), hash(&one("a = \"1\"")));
        assert_ne!(hash(&plain), hash(&moved));
    }

    #[test]
    fn a_file_that_is_not_toml_still_has_a_hash() {
        assert_ne!(hash(&one("a = ")), hash(&one("b = ")));
    }
}
