//! `pullquote show --revisions` and `--diff`: the earlier texts of an article, and what was changed.

use std::str::FromStr;

use super::Ended;
use super::context::Context;
use super::json::{Differing, Earlier, moment};
use super::output::Paint;
use super::show::{set, setting};
use crate::app::state::dates;
use crate::clock::Now;
use crate::error::{Error, Result};
use crate::library::Library;
use crate::model::{Revision, Stored};
use crate::text::difference::{self, Difference, Marks, Sign};
use crate::text::layout::Role;
use crate::workers::comparing::{self, text_of};

/// Two texts to be compared: `2` is the second one with that of now, `2..3` the second with the third.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// `None`: the last one that was replaced.
    from: Option<u32>,
    /// `None`: that of now.
    to: Option<u32>,
}

impl FromStr for Pair {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let number = |text: &str| match text.parse() {
            Ok(number) if number > 0 => Ok(Some(number)),
            _ if text.is_empty() => Ok(None),
            _ => Err(format!("`{text}` is no number of an earlier text; `show --revisions` lists them")),
        };
        let (from, to) = text.split_once("..").unwrap_or((text, ""));
        Ok(Self { from: number(from)?, to: number(to)? })
    }
}

/// The earlier text `number` of an article.
pub fn named(stored: &Stored, number: u32) -> Result<Revision> {
    let found = stored.revisions.iter().find(|revision| revision.number == number);
    found.cloned().ok_or_else(|| {
        let hint = match stored.revisions.len() {
            0 => "its text is as it came".to_owned(),
            1 => "it has one, number 1".to_owned(),
            n => format!("it has {n}, from 1 to {n}"),
        };
        Error::refused(format!("article {} has no earlier text {number}", stored.summary.id)).hint(hint)
    })
}

/// Which text it is and how long it was that of the article.
pub fn until(revision: &Revision, now: &Now) -> String {
    format!("text {}, until {}", revision.number, dates::moment(revision.replaced, now))
}

/// Lists the earlier texts of an article, the first one first.
pub fn list(context: &mut Context, library: &Library, stored: &Stored, json: bool) -> Ended {
    for revision in &stored.revisions {
        let text = text_of(library, stored.summary.id, Some(revision.number))?;
        let words = text.map_or(0, |text| text.summary.words);
        let (number, replaced, title) = (revision.number, moment(revision.replaced), revision.title.as_str());
        if json {
            context.out.json(&Earlier { number, replaced, words, title })?;
        } else if context.out.columns().is_none() {
            context.out.fields(&[&number.to_string(), &replaced, &words.to_string(), title])?;
        } else {
            let front = format!("{number:>3}  until {}  ", dates::moment(revision.replaced, &context.now));
            let words = format!("{words:>6} words  ");
            context.out.painted(&[(Paint::Plain, &front), (Paint::Dim, &words), (Paint::Strong, title)])?;
        }
    }
    if stored.revisions.is_empty() {
        context.talk.say("its text is as it came: no earlier one is kept");
    }
    Ok(None)
}

/// Writes what was changed between two texts of an article: as a page, or with a line for each paragraph.
pub fn compare(
    context: &mut Context,
    library: &Library,
    stored: &Stored,
    pair: Pair,
    json: bool,
    width: Option<u16>,
) -> Ended {
    let id = stored.summary.id;
    let last = stored.revisions.last().map_or(1, |revision| revision.number);
    let from = named(stored, pair.from.unwrap_or(last))?;
    let to = pair.to.map(|number| named(stored, number)).transpose()?;
    // Without colours to tell them apart, what was added and removed stands between marks.
    let marks = if context.out.is_coloured() || json { Marks::None } else { Marks::Written };
    let number = to.as_ref().map(|to| to.number);
    let found = comparing::compare(library, id, from.number, number, marks)?.unwrap_or_default();
    if json {
        context.out.json(&Differing::new(id, from.number, number, &found))?;
        return Ok(None);
    }
    let now = &context.now;
    let then = to.as_ref().map_or_else(|| "the text of now".to_owned(), |to| until(to, now));
    let setting = setting(context, width);
    let arrow = if setting.is_some_and(|setting| setting.ascii) { "->" } else { "→" };
    let lines = [format!("{} {arrow} {then}", until(&from, now)), found.summary()];
    let front: Vec<_> = lines.iter().map(|line| (Role::Byline, line.as_str())).collect();
    let Some(setting) = setting else {
        return unfitted(context, &front, &found);
    };
    let page = difference::lay_out(&found, &front, setting, true);
    for (row, sign) in page.page.rows.iter().zip(&page.signs) {
        let margin = match sign {
            Sign::None => "  ",
            Sign::Added => "+ ",
            Sign::Removed => "- ",
            Sign::Both => "~ ",
            Sign::Quote => "\" ",
        };
        set(&mut context.out, row, (Paint::Strong, margin))?;
        if context.out.is_closed() {
            break;
        }
    }
    Ok(None)
}

/// The front, and the paragraphs that changed, each in a line.
fn unfitted(context: &mut Context, front: &[(Role, &str)], found: &Difference) -> Ended {
    for (_, text) in front {
        context.out.line(text)?;
    }
    let document = &found.document;
    for block in document.blocks() {
        let changed = found.changes.iter().any(|change| block.span.contains(&change.span.start));
        if changed {
            context.out.line("")?;
            context.out.line(document.slice(&block.span))?;
        }
    }
    Ok(None)
}
