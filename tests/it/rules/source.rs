//! A Rust source file as the rules see it: its words and marks, without comments, strings and test modules.
//! Knows nothing of the rules.

/// The tokens of `source`: identifiers, `::`, and single characters. Comments are left out, and so is what stands in
/// strings and character literals.
pub fn tokens(source: &str) -> Vec<String> {
    let chars: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        match c {
            '/' if next == Some('/') => at = find(&chars, at, |rest| rest.starts_with(&['\n'])),
            '/' if next == Some('*') => at = skip_block_comment(&chars, at),
            '"' => at = skip_string(&chars, at),
            '\'' => at = skip_character(&chars, at),
            _ if raw_hashes(&chars, at).is_some() => at = skip_raw_string(&chars, at),
            _ if c.is_alphanumeric() || c == '_' => {
                let end = find(&chars, at, |rest| !(rest[0].is_alphanumeric() || rest[0] == '_'));
                tokens.push(chars[at..end].iter().collect());
                at = end;
            }
            ':' if next == Some(':') => {
                tokens.push("::".to_owned());
                at += 2;
            }
            _ => {
                if !c.is_whitespace() {
                    tokens.push(c.to_string());
                }
                at += 1;
            }
        }
    }
    tokens
}

/// `tokens` without the modules marked `#[cfg(test)]`: tests may look across the borders that the program keeps.
pub fn without_tests(tokens: &[String]) -> Vec<String> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at..].iter().take(MARK.len()).eq(MARK.iter()) {
            at = end_of_item(tokens, at + MARK.len());
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// The top-level modules of this crate that `tokens` name: `crate::a::…` and `crate::{a::…, b}`.
pub fn modules_used(tokens: &[String]) -> Vec<String> {
    let mut used = Vec::new();
    for (at, pair) in tokens.windows(2).enumerate() {
        if pair != ["crate", "::"] {
            continue;
        }
        let rest = &tokens[at + 2..];
        if rest.first().is_some_and(|token| token == "{") {
            used.extend(group_heads(rest));
        } else {
            used.extend(rest.first().cloned());
        }
    }
    used
}

/// The first name of each path in the group `{a::b, c, d::{e, f}}`: a, c, d.
fn group_heads(tokens: &[String]) -> Vec<String> {
    let mut heads = Vec::new();
    let mut depth = 0;
    let mut fresh = false;
    for token in tokens {
        match token.as_str() {
            "{" => {
                depth += 1;
                fresh = depth == 1;
            }
            "}" => depth -= 1,
            "," => fresh = depth == 1,
            name => {
                if fresh {
                    heads.push(name.to_owned());
                }
                fresh = false;
            }
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

/// Behind the item that begins at `at`: behind its `;` or its closing brace.
fn end_of_item(tokens: &[String], mut at: usize) -> usize {
    let mut depth = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            ";" if depth == 0 => break,
            _ => continue,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The first place from `at` on where `found` holds for what is left; the end where there is none.
fn find(chars: &[char], at: usize, found: impl Fn(&[char]) -> bool) -> usize {
    (at..chars.len()).find(|&i| found(&chars[i..])).unwrap_or(chars.len())
}

fn skip_block_comment(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        if chars[at..].starts_with(&['/', '*']) {
            depth += 1;
            at += 2;
        } else if chars[at..].starts_with(&['*', '/']) {
            depth -= 1;
            at += 2;
        } else {
            at += 1;
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn skip_string(chars: &[char], mut at: usize) -> usize {
    at += 1;
    while let Some(&c) = chars.get(at) {
        match c {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// Behind a character literal, or behind the quote of a lifetime.
fn skip_character(chars: &[char], at: usize) -> usize {
    match (chars.get(at + 1), chars.get(at + 2)) {
        // The escaped character itself may be a quote, so the search begins behind it.
        (Some('\\'), _) => find(chars, at + 3, |rest| rest[0] == '\'') + 1,
        (Some(_), Some('\'')) => at + 3,
        _ => at + 1,
    }
}

/// The number of `#` before the quote where a raw string begins at `at`.
fn raw_hashes(chars: &[char], at: usize) -> Option<usize> {
    let rest = chars[at..].strip_prefix(&['r']).or_else(|| chars[at..].strip_prefix(&['b', 'r']))?;
    let hashes = rest.iter().take_while(|c| **c == '#').count();
    (rest.get(hashes) == Some(&'"')).then_some(hashes)
}

fn skip_raw_string(chars: &[char], at: usize) -> usize {
    let hashes = raw_hashes(chars, at).unwrap_or_default();
    let mut close = vec!['"'];
    close.resize(hashes + 1, '#');
    let open = find(chars, at, |rest| rest[0] == '"');
    (find(chars, open + 1, |rest| rest.starts_with(&close)) + close.len()).min(chars.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_strings_and_lifetimes_are_told_from_code() {
        let table: &[(&str, &str)] = &[
            ("a::b // crate::c", "a :: b"),
            ("a /* x /* y */ z */ b", "a b"),
            (r#"a("crate::\"c") b"#, "a ( ) b"),
            (r##"r#"crate::"c"# b"##, "b"),
            (r#"br"crate::c" b"#, "b"),
            ("'a' '\\'' '\\u{1F}' b", "b"),
            ("fn f<'a>(x: &'a str)", "fn f < a > ( x : & a str )"),
            ("\"never closed", ""),
            ("/* never closed", ""),
            ("r#\"never closed", ""),
            ("'\\", ""),
        ];
        for (source, expected) in table {
            assert_eq!(tokens(source).join(" "), *expected, "{source}");
        }
    }

    #[test]
    fn modules_are_found_in_paths_and_groups() {
        let table: &[(&str, &str)] = &[
            ("use crate::model::Quote;", "model"),
            ("use crate::{error::Result, model::{Id, Order}, text};", "error model text"),
            ("fn f(q: &crate::query::Query) {}", "query"),
            ("use super::thing;", ""),
            (
                "use crate::model::Id; #[cfg(test)] mod tests { use crate::library::Library; } use crate::text;",
                "model text",
            ),
            ("#[cfg(test)] mod tests; use crate::text;", "text"),
        ];
        for (source, expected) in table {
            assert_eq!(modules_used(&without_tests(&tokens(source))).join(" "), *expected, "{source}");
        }
    }
}
