//! Front matter: YAML between lines of `---`, or TOML between lines of `+++`, before the text.

use serde_json::{Map, Value};

/// The fields of the front matter (none where there is none) and the text behind it.
pub fn split(text: &str) -> (Map<String, Value>, &str) {
    let text = text.trim_start_matches('\n');
    for (mark, ends, read) in
        [("---", &["---", "..."][..], yaml as fn(&str) -> Map<String, Value>), ("+++", &["+++"], toml)]
    {
        if let Some(rest) = after_line(text, mark)
            && let Some((matter, body)) = until_line(rest, ends)
        {
            return (read(matter), body);
        }
    }
    (Map::new(), text)
}

fn after_line<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let (line, rest) = text.split_once('\n')?;
    (line.trim_end() == mark).then_some(rest)
}

fn until_line<'a>(text: &'a str, marks: &[&str]) -> Option<(&'a str, &'a str)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if marks.contains(&line.trim_end()) {
            return Some((text.get(..at)?, text.get(at + line.len()..)?));
        }
        at += line.len();
    }
    None
}

fn yaml(matter: &str) -> Map<String, Value> {
    // YAML 1.1 would read a tag called `no` or `y` as a truth value.
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(matter, options).unwrap_or_else(|_| lines(matter, ':'))
}

fn toml(matter: &str) -> Map<String, Value> {
    let Ok(table) = matter.parse::<toml::Table>() else { return lines(matter, '=') };
    table.into_iter().map(|(name, value)| (name, from_toml(value))).collect()
}

/// Only what metadata are made of: scalars, and lists and tables of them.
fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::Array(items) => items.into_iter().map(scalar).collect(),
        toml::Value::Table(fields) => fields.into_iter().map(|(name, value)| (name, scalar(value))).collect(),
        value => scalar(value),
    }
}

fn scalar(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Table(fields) => {
            let texts = fields.into_iter().filter_map(|(name, value)| Some((name, value.as_str()?.into())));
            Value::Object(texts.collect())
        }
        toml::Value::Array(_) => Value::Null,
    }
}

/// Front matter with a mistake in it, such as `title: One: two`: each line for itself.
fn lines(matter: &str, mark: char) -> Map<String, Value> {
    let field = |line: &str| {
        let (name, value) = line.split_once(mark)?;
        let value = value.trim().trim_matches(['"', '\'']);
        let named = !name.is_empty() && name.trim_end().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        named.then(|| (name.trim_end().to_owned(), Value::from(value)))
    };
    matter.lines().filter_map(field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> String {
        Value::Object(split(text).0).to_string()
    }

    #[test]
    fn yaml_and_toml_are_read() {
        let table = [
            (
                "---\ntitle: A\ntags: [x, y]\ndate: 2017-09-05\n---\nBody",
                r#"{"date":"2017-09-05","tags":["x","y"],"title":"A"}"#,
            ),
            (
                "+++\ntitle = \"A\"\ndate = 2017-09-05\n[[authors]]\nname = \"B\"\n+++\nBody",
                r#"{"authors":[{"name":"B"}],"date":"2017-09-05","title":"A"}"#,
            ),
            ("---\ntitle: One: two\nauthor: \"B\"\n  x: y\n...\nBody", r#"{"author":"B","title":"One: two"}"#),
            ("---\n---\nBody", "{}"),
            ("---\nnot: closed\n", "{}"),
            ("Body\n---\nx: y\n---\n", "{}"),
            ("---\n- a\n- b\n---\nBody", "{}"),
        ];
        for (text, expected) in table {
            assert_eq!(fields(text), expected, "{text}");
        }
        assert_eq!(split("---\na: b\n---\nBody").1, "Body");
        assert_eq!(split("---\nnot: closed\n").1, "---\nnot: closed\n");
    }

    #[test]
    fn a_bomb_of_aliases_is_harmless() {
        let mut bomb = "---\na: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (from, to) in "abcdefghi".chars().zip("bcdefghij".chars()) {
            let line = format!("{to}: &{to} [{}]\n", vec![format!("*{from}"); 9].join(", "));
            bomb.push_str(&line);
        }
        bomb.push_str("title: T\n---\nBody");
        assert_eq!(split(&bomb).1, "Body");
    }
}
