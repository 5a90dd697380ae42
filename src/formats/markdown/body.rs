//! The text of a Markdown document as blocks and inlines. Goes over the parser's events once, without recursion.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::super::{NESTING_LIMIT, joins_what_is_before, links};
use crate::model::{Align, BlockKind, Builder, Container, Document, InlineKind, Marker};
use crate::text::clean::{clean, clean_line};

/// What became of a body.
pub struct Body {
    pub document: Document,
    /// The first heading of level 1, which is not in the document.
    pub title: Option<String>,
}

/// Reads `text`. A first heading of level 1 is taken as the title where `title` is empty or the same.
pub fn read(text: &str, standfirst: &str, title: &str) -> Body {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut walk = Walk { given_title: title, ..Walk::default() };
    if !standfirst.is_empty() {
        walk.builder.block(BlockKind::Standfirst, Vec::new(), false);
        walk.builder.text(standfirst);
    }
    for event in Parser::new_ext(text, options) {
        walk.event(event);
    }
    walk.flush();
    Body { document: walk.builder.finish(), title: walk.title }
}

#[derive(Default)]
struct Walk<'a> {
    builder: Builder,
    given_title: &'a str,
    title: Option<String>,
    /// A heading of level 1 was met.
    headed: bool,
    within: Vec<Container>,
    /// Containers beyond the limit that are open and left out.
    left_out: usize,
    lists: Vec<List>,
    /// The block that the inlines waiting belong to; `None` is the text of a tight list's item.
    leaf: Option<BlockKind>,
    /// Inlines of the block that is being read: what it is shows at its end.
    waiting: Vec<Event<'a>>,
    /// Text of the code or HTML block that is being read.
    verbatim: String,
    /// Cells met in the row of the table that is being read; `None` before its first row and outside tables.
    cells: Option<usize>,
}

struct List {
    next: Option<u64>,
    /// No block of it was begun yet.
    fresh: bool,
}

impl<'a> Walk<'a> {
    fn event(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Rule => {
                self.flush();
                self.block(BlockKind::Rule, false);
            }
            Event::Html(html) => self.verbatim.push_str(&html),
            Event::Text(text) if matches!(self.leaf, Some(BlockKind::Code { .. })) => self.verbatim.push_str(&text),
            inline => self.waiting.push(inline),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Paragraph => self.leaf(BlockKind::Paragraph),
            Tag::Heading { level, .. } => self.leaf(BlockKind::Heading(rank(level))),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(words) => words.split_whitespace().next().map(clean_line),
                    CodeBlockKind::Indented => None,
                };
                self.leaf(BlockKind::Code { language: language.filter(|name| !name.is_empty()) });
            }
            Tag::HtmlBlock => self.flush(),
            Tag::BlockQuote(_) => self.enter(Container::Quotation),
            Tag::FootnoteDefinition(label) => self.enter(Container::Note(Some(clean_line(&label)))),
            Tag::List(start) => {
                self.flush();
                self.lists.push(List { next: start, fresh: true });
            }
            Tag::Item => {
                let next = self.lists.last_mut().and_then(|list| list.next.as_mut());
                let marker = next.map_or(Marker::Bullet, |next| {
                    *next = next.saturating_add(1);
                    Marker::Number(next.saturating_sub(1))
                });
                self.enter(Container::Item(Some(marker)));
            }
            Tag::Table(columns) => {
                self.flush();
                let columns = columns.into_iter().map(align).collect();
                self.block(BlockKind::Table { columns }, false);
                self.cells = None;
            }
            Tag::TableHead | Tag::TableRow => {
                if self.cells.is_some() {
                    self.builder.text("\n");
                }
                self.cells = Some(0);
            }
            Tag::TableCell => {
                if let Some(cells) = &mut self.cells {
                    if *cells > 0 {
                        self.builder.text("\t");
                    }
                    *cells += 1;
                }
            }
            inline => self.waiting.push(Event::Start(inline)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.flush(),
            TagEnd::CodeBlock => {
                let code = clean(&std::mem::take(&mut self.verbatim));
                if let Some(kind) = self.leaf.take()
                    && !code.trim().is_empty()
                {
                    self.block(kind, false);
                    self.builder.text(code.trim_end_matches('\n'));
                }
            }
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.verbatim);
                let text = clean_line(&without_tags(&html));
                if !text.is_empty() {
                    self.block(BlockKind::Paragraph, false);
                    self.builder.text(&text);
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::Item => self.leave(),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Table => self.cells = None,
            TagEnd::TableHead | TagEnd::TableRow => {}
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.waiting);
                self.inlines(cell, true);
            }
            inline => self.waiting.push(Event::End(inline)),
        }
    }

    fn leaf(&mut self, kind: BlockKind) {
        self.flush();
        self.leaf = Some(kind);
    }

    fn enter(&mut self, container: Container) {
        self.flush();
        if self.within.len() < NESTING_LIMIT {
            self.within.push(container);
        } else {
            self.left_out += 1;
        }
    }

    fn leave(&mut self) {
        self.flush();
        if self.left_out > 0 {
            self.left_out -= 1;
        } else {
            self.within.pop();
        }
    }

    /// Writes the block whose inlines are waiting.
    fn flush(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let leaf = self.leaf.take();
        if waiting.is_empty() {
            return;
        }
        if leaf == Some(BlockKind::Heading(1)) && self.within.is_empty() && !self.headed {
            self.headed = true;
            let heading = plain(&waiting);
            if !heading.is_empty() && (self.given_title.is_empty() || heading == self.given_title) {
                self.title = Some(heading);
                return;
            }
        }
        match leaf {
            Some(BlockKind::Paragraph) if is_picture(&waiting) => self.block(BlockKind::Caption, false),
            Some(kind) => self.block(kind, false),
            None => {
                // Only the first item of an outermost list stands apart from what is before it.
                let tight = self.lists.len() > 1 || self.lists.last().is_some_and(|list| !list.fresh);
                self.block(BlockKind::Paragraph, tight);
            }
        }
        self.inlines(waiting, false);
    }

    /// Begins a block; the containers around it have then shown their markers and labels.
    fn block(&mut self, kind: BlockKind, tight: bool) {
        self.builder.block(kind, self.within.clone(), tight);
        for container in &mut self.within {
            match container {
                Container::Item(marker) => *marker = None,
                Container::Note(label) => *label = None,
                Container::Quotation => {}
            }
        }
        for list in &mut self.lists {
            list.fresh = false;
        }
    }

    /// Writes inlines into the block that is open; in a cell of a table a line break becomes a blank.
    fn inlines(&mut self, events: Vec<Event<'a>>, cell: bool) {
        // Whether each of the tags that are open opened an inline: a link that leads nowhere does not.
        let mut opened: Vec<bool> = Vec::new();
        let line_break = if cell { " " } else { "\n" };
        let mut events = events.into_iter().peekable();
        while let Some(event) = events.next() {
            match event {
                Event::Start(tag) => {
                    let kind = self.inline_kind(&tag).filter(|_| opened.len() < NESTING_LIMIT);
                    opened.push(kind.is_some());
                    if let Some(kind) = kind {
                        self.builder.open(kind);
                    }
                    if let Tag::Image { dest_url, title, .. } = tag
                        && matches!(events.peek(), Some(Event::End(TagEnd::Image)))
                    {
                        self.text(&undescribed(&dest_url, &title), cell);
                    }
                }
                Event::End(_) => {
                    let closes_one = opened.pop() == Some(true);
                    if closes_one {
                        self.builder.close();
                    }
                }
                Event::Text(text) => {
                    let mut text = text.into_string();
                    while let Some(Event::Text(more)) = events.next_if(|event| matches!(event, Event::Text(_))) {
                        text.push_str(&more);
                    }
                    self.text(&text, cell);
                }
                Event::Code(code) => self.set(InlineKind::Code, &code, cell),
                Event::FootnoteReference(label) => self.set(InlineKind::NoteRef, &clean_line(&label), cell),
                Event::SoftBreak => self.builder.text(" "),
                Event::HardBreak => self.builder.text(line_break),
                Event::InlineHtml(tag) if is_break(&tag) => self.builder.text(line_break),
                Event::TaskListMarker(done) => self.builder.text(if done { "[x] " } else { "[ ] " }),
                _ => {}
            }
        }
    }

    fn inline_kind(&mut self, tag: &Tag) -> Option<InlineKind> {
        match tag {
            Tag::Emphasis => Some(InlineKind::Emphasis),
            Tag::Strong => Some(InlineKind::Strong),
            Tag::Strikethrough => Some(InlineKind::Strikethrough),
            Tag::Link { dest_url, .. } => links::web(dest_url).map(|url| InlineKind::Link(self.builder.link(url))),
            Tag::Image { dest_url, .. } => links::web(dest_url).map(|url| InlineKind::Image(self.builder.link(url))),
            _ => None,
        }
    }

    fn set(&mut self, kind: InlineKind, text: &str, cell: bool) {
        self.builder.open(kind);
        self.text(text, cell);
        self.builder.close();
    }

    fn text(&mut self, text: &str, cell: bool) {
        // Cleaned again: a character reference can stand for anything. A mark at the edge of an inline would sit on what is
        // before it, out of the reach of cleaning.
        let text = clean(text);
        let text = text.trim_start_matches(joins_what_is_before);
        if cell { self.builder.text(&text.replace(['\n', '\t'], " ")) } else { self.builder.text(text) }
    }
}

fn rank(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None | Alignment::Left => Align::Left,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::Right,
    }
}

/// Whether inlines are one picture and nothing else.
fn is_picture(events: &[Event]) -> bool {
    let end = events.iter().position(|event| matches!(event, Event::End(TagEnd::Image)));
    matches!(events.first(), Some(Event::Start(Tag::Image { .. }))) && end == Some(events.len() - 1)
}

/// What stands for a picture without a description: its title, else its file's name.
fn undescribed(url: &str, title: &str) -> String {
    if title.trim().is_empty() { links::file_name(url).unwrap_or_default() } else { clean_line(title) }
}

fn plain(events: &[Event]) -> String {
    let text = events.iter().map(|event| match event {
        Event::Text(text) | Event::Code(text) => text.as_ref(),
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    });
    clean_line(&text.collect::<String>())
}

fn is_break(tag: &str) -> bool {
    let name = tag.trim_matches(['<', '>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

/// The text of HTML that stands in Markdown: comments, scripts, styles and tags left out.
fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        let lower = |name: &str| tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let end = if tag.starts_with("!--") {
            "-->"
        } else if lower("script") {
            "</script>"
        } else if lower("style") {
            "</style>"
        } else {
            ">"
        };
        rest = tag.split_once(end).map_or("", |(_, after)| after);
        out.push(' ');
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
