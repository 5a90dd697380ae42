//! An article as an entry of BibTeX, which BibLaTeX reads too. Text is UTF-8.

use std::fmt::Write as _;

use super::{Name, Reference};

/// Months as the styles know them, to be written in any language.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `@article` where a source is known, else `@misc`; a blank line behind it. Quotations stand in `annote`, which the usual
/// styles do not print.
pub(super) fn entry(reference: &Reference, key: &str) -> String {
    let article = reference.article;
    let kind = if article.source.is_some() { "article" } else { "misc" };
    let mut out = format!("@{kind}{{{key}");
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = write!(out, ",\n  {name} = {value}");
        }
    };
    let authors: Vec<String> = reference.names.iter().map(name).collect();
    field("author", Some(authors.join(" and ")).filter(|names| !names.is_empty()).map(|names| format!("{{{names}}}")));
    // Doubled braces: no style may turn the capitals of a name in it into small letters.
    field("title", Some(format!("{{{{{}}}}}", escape(&article.title))));
    field("journal", article.source.as_deref().map(|source| format!("{{{}}}", escape(source))));
    let date = reference.published;
    field("year", date.map(|date| format!("{{{}}}", date.year())));
    let month = date.and_then(|date| MONTHS.get(usize::from(date.month().unsigned_abs()).checked_sub(1)?));
    field("month", month.map(|month| (*month).to_owned()));
    field("day", date.map(|date| format!("{{{}}}", date.day())));
    field("url", article.url.as_deref().map(|url| format!("{{{}}}", address(url))));
    let accessed = reference.accessed.filter(|_| article.url.is_some());
    field("urldate", accessed.map(|date| format!("{{{date}}}")));
    field("language", article.language.as_deref().map(|language| format!("{{{}}}", escape(language))));
    let notes: Vec<String> = reference.quotations.iter().map(|quotation| escape(&quotation.note())).collect();
    field("annote", Some(notes.join("\n    ")).filter(|notes| !notes.is_empty()).map(|notes| format!("{{{notes}}}")));
    out.push_str("\n}\n\n");
    out
}

/// `van der Berg, Jr., Jan`; an organisation in braces, so that it is not taken apart.
fn name(name: &Name) -> String {
    match name {
        Name::Person { given, particle, family, suffix } => {
            let particle = particle.as_ref().map(|particle| format!("{particle} ")).unwrap_or_default();
            let suffix = suffix.as_ref().map(|suffix| format!(", {suffix}")).unwrap_or_default();
            escape(&format!("{particle}{family}{suffix}, {given}"))
        }
        Name::Whole(whole) => format!("{{{}}}", escape(whole)),
    }
}

/// `text` in one line without what TeX would take for a command. Braces become commands: BibTeX counts them, also behind a
/// backslash.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in super::one_line(text).chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '{' => out.push_str("{\\textbraceleft}"),
            '}' => out.push_str("{\\textbraceright}"),
            '\\' => out.push_str("{\\textbackslash}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            '<' => out.push_str("{\\textless}"),
            '>' => out.push_str("{\\textgreater}"),
            '|' => out.push_str("{\\textbar}"),
            // Straight marks would become something else where TeX reads them.
            '"' => out.push_str("{\\textquotedbl}"),
            c => out.push(c),
        }
    }
    out
}

/// An address is taken as it is, but for what would end the field.
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}
