//! A tree of HTML becomes a document. Goes from node to node without recursion.

use dom_query::{NodeData, NodeId, NodeRef};

use super::element::{Meaning, meaning};
use super::notes::Notes;
use super::setter::{Setter, Style};
use super::{clutter, embeds, pictures, tables};
use crate::formats::byline::without_by;
use crate::formats::links::Base;
use crate::model::{BlockKind, Container, Document, InlineKind, Marker};
use crate::text::clean::clean_line;

/// Blocks on top of a text among which its title and byline may be repeated.
const TOP: usize = 6;

/// What is known of a page when its text is set.
#[derive(Clone, Copy, Default)]
pub struct Page<'a> {
    pub base: Option<&'a Base>,
    /// Left out where a heading on top repeats it.
    pub title: &'a str,
    /// Left out where a byline on top repeats it.
    pub author: &'a str,
    /// Navigation and the like is to be left out.
    pub cluttered: bool,
}

/// The document that stands under `root`.
pub fn document(root: &NodeRef, page: Page) -> Document {
    let notes = Notes::find(root);
    let mut walk = Walk { page, notes: &notes, setter: Setter::default(), open: Vec::new(), numbers: Vec::new() };
    walk.all(root);
    walk.setter.finish()
}

struct Walk<'a> {
    page: Page<'a>,
    notes: &'a Notes,
    setter: Setter,
    /// What is undone when an element is left, innermost last.
    open: Vec<(NodeId, Undo)>,
    /// The next number of each list; `None` where it has bullets.
    numbers: Vec<Option<u64>>,
}

/// What an element did that its end undoes.
enum Undo {
    Block,
    Inline,
    Container,
    List,
    Verbatim(Option<String>),
    Table,
    Text(&'static str),
    /// A block all of which is one inline.
    InlineBlock,
}

impl Walk<'_> {
    fn all(&mut self, root: &NodeRef) {
        let mut next = Some(*root);
        while let Some(node) = next {
            let inside = self.enter(&node).then(|| node.first_child()).flatten();
            next = inside.or_else(|| self.after(node, root));
        }
        while let Some((_, undo)) = self.open.pop() {
            self.undo(undo);
        }
    }

    /// The node that comes after `node` and all that is in it; elements are left on the way.
    fn after<'n>(&mut self, node: NodeRef<'n>, root: &NodeRef) -> Option<NodeRef<'n>> {
        let mut node = node;
        loop {
            while self.open.last().is_some_and(|(id, _)| *id == node.id) {
                if let Some((_, undo)) = self.open.pop() {
                    self.undo(undo);
                }
            }
            if node.id == root.id {
                return None;
            }
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            node = node.parent()?;
        }
    }

    fn undo(&mut self, undo: Undo) {
        match undo {
            Undo::Block => self.setter.end(),
            Undo::Inline => self.setter.close(),
            Undo::Container => self.setter.leave(),
            Undo::List => {
                self.numbers.pop();
                self.setter.end_list();
            }
            Undo::Verbatim(language) => self.setter.end_verbatim(language),
            Undo::Table => self.setter.end_table(),
            Undo::Text(text) => self.setter.text(text),
            Undo::InlineBlock => {
                self.setter.close();
                self.setter.end();
            }
        }
    }

    /// Sets what a node brings; says whether what is in it is to be set too.
    fn enter(&mut self, node: &NodeRef) -> bool {
        let text = node.query(|node| match &node.data {
            NodeData::Text { contents } => Some(contents.clone()),
            _ => None,
        });
        if let Some(text) = text.flatten() {
            self.setter.text(&text);
            return false;
        }
        let Some(name) = node.qual_name_ref().map(|name| name.local.clone()) else {
            return node.is_document() || node.is_fragment();
        };
        let meaning = meaning(&name);
        if meaning == Meaning::Nothing || clutter::is_hidden(node) || self.is_repeated(node, meaning) {
            return false;
        }
        if &*name == "time" && self.is_date_line(node) || self.page.cluttered && clutter::is_clutter(node, &name) {
            return false;
        }
        if let Some(label) = self.notes.target(node.id) {
            self.setter.enter(Container::Note(Some(label.to_owned())));
            self.open.push((node.id, Undo::Container));
            return true;
        }
        let undo = self.mean(node, &name, meaning);
        match undo {
            Enter::Skip => return false,
            Enter::Through => {}
            Enter::Until(undo) => self.open.push((node.id, undo)),
        }
        true
    }

    fn mean(&mut self, node: &NodeRef, name: &str, meaning: Meaning) -> Enter {
        match meaning {
            Meaning::Nothing => return Enter::Skip,
            Meaning::Through => return Enter::Through,
            Meaning::Block if clutter::is_pull_quote(node) => return self.contained(Container::Quotation),
            Meaning::Block => self.setter.end(),
            Meaning::Paragraph => self.setter.begin_leaf(self.paragraph(node)),
            Meaning::Heading(level) => self.setter.begin_leaf(BlockKind::Heading(level)),
            Meaning::Caption => {
                if pictures::repeats_description(node) {
                    return Enter::Skip;
                }
                self.setter.begin_leaf(BlockKind::Caption);
            }
            Meaning::Quotation => return self.contained(Container::Quotation),
            Meaning::List => {
                let ordered = name == "ol";
                let start = node.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                self.numbers.push(ordered.then_some(start));
                self.setter.begin_list();
                return Enter::Until(Undo::List);
            }
            Meaning::Item => {
                let marker = self.marker(node);
                return self.contained(Container::Item(Some(marker)));
            }
            Meaning::Definition => return self.contained(Container::Item(None)),
            Meaning::Term | Meaning::Summary => {
                self.setter.begin_leaf(BlockKind::Paragraph);
                self.setter.open(Style::Plain(InlineKind::Strong));
                return Enter::Until(Undo::InlineBlock);
            }
            Meaning::Inline(kind) => return self.inline(Style::Plain(kind)),
            Meaning::Link => return self.link(node),
            Meaning::Image => {
                self.image(node);
                return Enter::Skip;
            }
            Meaning::Quoted => {
                self.setter.text("“");
                return Enter::Until(Undo::Text("”"));
            }
            Meaning::Reading => {
                self.setter.text("(");
                return Enter::Until(Undo::Text(")"));
            }
            Meaning::LineBreak => {
                self.setter.line_break();
                return Enter::Skip;
            }
            Meaning::Rule => {
                self.setter.rule();
                return Enter::Skip;
            }
            Meaning::Verbatim => {
                self.setter.begin_verbatim();
                return Enter::Until(Undo::Verbatim(clutter::code_language(node)));
            }
            Meaning::Table => return self.table(node),
            Meaning::Row => self.setter.row(),
            Meaning::Cell => self.setter.cell(tables::span(node)),
            Meaning::Embed => {
                self.embed(node);
                return Enter::Skip;
            }
            Meaning::Formula => {
                self.setter.text(&embeds::formula(node));
                return Enter::Skip;
            }
        }
        Enter::Until(Undo::Block)
    }

    fn contained(&mut self, container: Container) -> Enter {
        self.setter.enter(container);
        Enter::Until(Undo::Container)
    }

    fn inline(&mut self, style: Style) -> Enter {
        self.setter.open(style);
        Enter::Until(Undo::Inline)
    }

    fn paragraph(&self, node: &NodeRef) -> BlockKind {
        let standfirst = self.setter.blocks() < TOP && clutter::is_standfirst(node);
        if standfirst { BlockKind::Standfirst } else { BlockKind::Paragraph }
    }

    fn marker(&mut self, node: &NodeRef) -> Marker {
        let Some(Some(next)) = self.numbers.last_mut() else { return Marker::Bullet };
        let number = node.attr("value").and_then(|value| value.trim().parse().ok()).unwrap_or(*next);
        *next = number.saturating_add(1);
        Marker::Number(number)
    }

    fn link(&mut self, node: &NodeRef) -> Enter {
        if let Some(label) = self.notes.reference(node.id) {
            self.setter.open(Style::Plain(InlineKind::NoteRef));
            self.setter.text(label);
            self.setter.close();
            return Enter::Skip;
        }
        if self.notes.is_back_link(node) || clutter::is_anchor(node) {
            return Enter::Skip;
        }
        match node.attr("href").and_then(|href| self.join(&href)) {
            Some(url) => self.inline(Style::Link(url)),
            None => Enter::Through,
        }
    }

    fn join(&self, href: &str) -> Option<String> {
        match self.page.base {
            Some(base) => base.join(href),
            None => Base::default().join(href),
        }
    }

    fn image(&mut self, node: &NodeRef) {
        let alone = self.setter.is_at_start() && !pictures::is_followed_by_text(node);
        let Some(picture) = pictures::picture(node, alone, &|href| self.join(href)) else { return };
        if alone {
            self.setter.begin_leaf(BlockKind::Caption);
        }
        let linked = picture.url.map(|url| self.setter.open(Style::Image(url))).is_some();
        self.setter.text(&picture.description);
        if linked {
            self.setter.close();
        }
        if alone {
            self.setter.end();
        }
    }

    fn embed(&mut self, node: &NodeRef) {
        let Some((url, name)) = embeds::embed(node, &|href| self.join(href)) else { return };
        self.setter.begin_leaf(BlockKind::Paragraph);
        self.setter.open(Style::Link(url));
        self.setter.text(&name);
        self.setter.close();
        self.setter.end();
    }

    fn table(&mut self, node: &NodeRef) -> Enter {
        if !self.setter.is_in_table()
            && let Some(columns) = tables::columns(node)
        {
            self.setter.begin_table(BlockKind::Table { columns });
            return Enter::Until(Undo::Table);
        }
        self.setter.end();
        Enter::Until(Undo::Block)
    }

    /// Whether a date stands on a line of its own on top of the text.
    fn is_date_line(&self, node: &NodeRef) -> bool {
        self.setter.blocks() < TOP && self.setter.is_at_start() && !pictures::is_followed_by_text(node)
    }

    /// Whether an element on top of the text says again what is shown above it.
    fn is_repeated(&self, node: &NodeRef, meaning: Meaning) -> bool {
        if self.setter.blocks() >= TOP {
            return false;
        }
        if matches!(meaning, Meaning::Heading(_)) {
            return !self.page.title.is_empty() && is_same(&clean_line(&node.text()), self.page.title);
        }
        !self.page.author.is_empty() && clutter::is_byline(node) && {
            let text = clean_line(&node.text());
            is_same(without_by(&text), self.page.author)
        }
    }
}

/// Whether the text in an element is set, and what is to be done at its end.
enum Enter {
    Skip,
    Through,
    Until(Undo),
}

/// Whether two lines have the same letters, whatever else is between them.
fn is_same(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(a) == letters(b)
}
