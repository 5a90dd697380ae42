//! An article as a record of RIS: a tag of two characters, two blanks, a hyphen, a blank and a value in each line; the
//! first tag is TY, the last one ER.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{Name, Reference};

/// The record, a blank line behind it. Each quotation is a note of its own.
pub(super) fn entry(reference: &Reference, key: &str) -> String {
    let article = reference.article;
    let kind = match (&article.source, &article.url) {
        (Some(_), _) => "NEWS",
        (None, Some(_)) => "ELEC",
        (None, None) => "GEN",
    };
    let mut out = String::new();
    let mut line = |tag: &str, value: &str| {
        let value = super::one_line(value);
        if !value.is_empty() {
            let _ = writeln!(out, "{tag}  - {value}");
        }
    };
    line("TY", kind);
    line("ID", key);
    for author in &reference.names {
        line("AU", &name(author));
    }
    line("TI", &article.title);
    line("T2", article.source.as_deref().unwrap_or_default());
    if let Some(date) = reference.published {
        line("PY", &date.strftime("%Y").to_string());
        line("DA", &day(date));
    }
    if let Some(url) = &article.url {
        line("UR", url);
        line("Y2", &reference.accessed.map(day).unwrap_or_default());
    }
    line("LA", article.language.as_deref().unwrap_or_default());
    for quotation in &reference.quotations {
        line("N1", &quotation.note());
    }
    out.push_str("ER  - \n\n");
    out
}

/// `van der Berg, Jan, Jr.`; an asterisk may not stand in a name.
fn name(name: &Name) -> String {
    let name = match name {
        Name::Person { given, particle, family, suffix } => {
            let particle = particle.as_ref().map(|particle| format!("{particle} ")).unwrap_or_default();
            let suffix = suffix.as_ref().map(|suffix| format!(", {suffix}")).unwrap_or_default();
            format!("{particle}{family}, {given}{suffix}")
        }
        Name::Whole(whole) => whole.clone(),
    };
    name.replace('*', "")
}

/// `2024/03/05/`: year, month, day, and nothing further.
fn day(date: Date) -> String {
    date.strftime("%Y/%m/%d/").to_string()
}
