//! `pullquote show`: one article, set as a page, or as it is kept.

use clap::Args;

use super::Ended;
use super::context::Context;
use super::finding::nobody;
use super::json::{Whole, day};
use super::output::{Out, Paint};
use super::revisions::{self, Pair};
use crate::error::Result;
use crate::export::{html, markdown};
use crate::model::{Document, Id, Quote, Stored};
use crate::text::counted;
use crate::text::layout::{Changed, Role, Row, Setting, Voice, lay_out};
use crate::workers::comparing::text_of;

/// Cells of the margin in which the bars of long quotations stand.
const MARGIN: u16 = 2;

/// Show an article
#[derive(Args)]
pub struct Show {
    /// Its number
    id: Id,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    form: Form,
    /// The width of the page, in columns
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(4..=1000))]
    width: Option<u16>,
}

#[derive(Args, Clone, Copy)]
#[group(multiple = false)]
struct Which {
    /// As its earlier text of this number was
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    revision: Option<u32>,
    /// List its earlier texts: number, until when, words, title
    #[arg(long, conflicts_with_all = ["markdown", "html", "width"])]
    revisions: bool,
    /// What was changed since an earlier text, or between two; the last one where none is named
    #[arg(long, value_name = "N[..M]", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["markdown", "html"])]
    diff: Option<Pair>,
}

#[derive(Args, Clone, Copy)]
#[group(multiple = false)]
struct Form {
    /// As Markdown
    #[arg(long)]
    markdown: bool,
    /// As a page of HTML that holds all it needs
    #[arg(long)]
    html: bool,
    /// As an object with its text, structure and quotations; offsets count Unicode code points
    #[arg(long)]
    json: bool,
}

impl Show {
    pub fn run(self, context: &mut Context) -> Ended {
        let library = context.library()?;
        let mut stored = library.article(self.id)?.ok_or_else(|| nobody(self.id))?;
        if self.which.revisions {
            return revisions::list(context, &library, &stored, self.form.json);
        }
        if let Some(pair) = self.which.diff {
            return revisions::compare(context, &library, &stored, pair, self.form.json, self.width);
        }
        let revision = self.which.revision.map(|number| revisions::named(&stored, number)).transpose()?;
        if let Some(revision) = &revision {
            stored = text_of(&library, self.id, Some(revision.number))?.ok_or_else(|| nobody(self.id))?;
        }
        if self.form.json {
            context.out.json(&Whole::new(&stored, revision.as_ref()))?;
        } else if self.form.html {
            let page = [html::head(&stored.summary.title), html::article(&stored, &context.now), html::TAIL.into()];
            context.out.safe(&page.concat())?;
        } else if self.form.markdown {
            context.out.document(&markdown(&stored.article, &stored.summary.tags))?;
        } else {
            let byline = byline(&stored);
            let until = revision.map(|revision| revisions::until(&revision, &context.now)).unwrap_or_default();
            let front = [(Role::Title, &stored.summary.title), (Role::Byline, &byline), (Role::Byline, &until)];
            let front: Vec<_> = front
                .into_iter()
                .filter(|(_, line)| !line.is_empty())
                .map(|(role, line)| (role, line.as_str()))
                .collect();
            page(context, &front, &stored.article.document, &stored.quotes, self.width)?;
        }
        Ok(None)
    }
}

/// Source, author, date, minutes and quotations in a line.
fn byline(stored: &Stored) -> String {
    let summary = &stored.summary;
    let quotes = match summary.quotes {
        0 => None,
        n => Some(counted(n, "quote")),
    };
    let day = day(summary.published);
    let parts = [summary.source.clone(), summary.author.clone(), Some(day), summary.minutes(), quotes];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Writes a page below `front`, which begins with the title: `width` columns wide, or as wide as the terminal and the settings
/// make it. Elsewhere each paragraph is a line.
pub fn page(
    context: &mut Context,
    front: &[(Role, &str)],
    document: &Document,
    quotes: &[Quote],
    width: Option<u16>,
) -> Result<()> {
    let Some(setting) = setting(context, width) else {
        return unfitted(&mut context.out, front, document);
    };
    let mut laid = lay_out(front, document, quotes, setting);
    if let Some(headline) = front.first().and_then(|(_, title)| document.headline(title)) {
        laid.leave_out(headline);
    }
    let bar = if setting.ascii { "| " } else { "▎ " };
    for row in &laid.rows {
        let margin = if row.bar.is_some() { (Paint::Speech, bar) } else { (Paint::Plain, "  ") };
        set(&mut context.out, row, margin)?;
        if context.out.is_closed() {
            break;
        }
    }
    Ok(())
}

/// How a page is set: `width` columns wide, or as wide as the terminal and the settings make it; `None` where there is neither.
pub fn setting(context: &Context, width: Option<u16>) -> Option<Setting> {
    let settings = &context.settings;
    let fitted = context.out.columns().map(|columns| {
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        columns.min(settings.measure.saturating_add(MARGIN))
    });
    Some(Setting {
        measure: width.or(fitted)?.saturating_sub(MARGIN).max(1),
        ascii: settings.ascii,
        long_quote_rows: settings.long_quote_rows,
    })
}

/// Writes a row with what stands in its margin.
pub fn set(out: &mut Out, row: &Row, margin: (Paint, &str)) -> Result<()> {
    let has_margin = !margin.1.trim().is_empty();
    let mut parts = vec![margin];
    parts.extend(row.pieces.iter().map(|piece| {
        let paint = match (piece.style.voice, piece.style.role) {
            _ if piece.style.changed == Changed::Added => Paint::Added,
            _ if piece.style.changed == Changed::Removed => Paint::Removed,
            (Voice::Speech(_) | Voice::LongSpeech(_), _) => Paint::Speech,
            (Voice::Speaker(_), _) | (_, Role::Attribution) => Paint::Speaker,
            (_, Role::Title | Role::Heading(_) | Role::TableHead) => Paint::Strong,
            (_, Role::Byline | Role::Ornament | Role::Footnote) => Paint::Dim,
            (_, Role::Standfirst | Role::Caption | Role::Quotation) => Paint::Emphasis,
            _ if piece.style.strong => Paint::Strong,
            _ if piece.style.emphasis => Paint::Emphasis,
            _ => Paint::Plain,
        };
        (paint, piece.text.as_str())
    }));
    if row.pieces.iter().all(|piece| piece.text.trim().is_empty()) && !has_margin {
        return out.line("");
    }
    out.painted(&parts)
}

/// The front and the plain text, which is what a program reads.
fn unfitted(out: &mut Out, front: &[(Role, &str)], document: &Document) -> Result<()> {
    for (_, text) in front {
        out.line(text)?;
    }
    out.line("")?;
    out.line(document.text())
}
