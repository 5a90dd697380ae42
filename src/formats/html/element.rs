//! What each element of HTML means for a document.

use crate::model::InlineKind;

/// What is done with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Left out with all that is in it.
    Nothing,
    /// Its content stands in the text around it.
    Through,
    /// Its content is a block, or several, of its own.
    Block,
    Paragraph,
    Heading(u8),
    Quotation,
    List,
    Item,
    /// A term that is defined.
    Term,
    Definition,
    Inline(InlineKind),
    Link,
    Image,
    /// Marks of speech stand around it.
    Quoted,
    LineBreak,
    Rule,
    Verbatim,
    Table,
    Row,
    Cell,
    Caption,
    Summary,
    /// Something else shown in its place: a film, a sound, another page.
    Embed,
    Formula,
    /// How a word is read, above it.
    Reading,
}

/// The meaning of the element called `name`, in lower case.
pub fn meaning(name: &str) -> Meaning {
    use InlineKind::{Code, Emphasis, Strikethrough, Strong, Subscript, Superscript};
    match name {
        "head" | "script" | "style" | "template" | "noscript" | "svg" | "canvas" | "button" | "input" | "select"
        | "textarea" | "option" | "datalist" | "nav" | "dialog" | "map" | "area" | "progress" | "meter" | "rp"
        | "noembed" | "noframes" | "link" | "meta" | "base" | "param" | "source" | "track" | "col" | "colgroup"
        | "title" => Meaning::Nothing,
        "html" | "body" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "figure"
        | "address" | "center" | "details" | "fieldset" | "form" | "hgroup" | "thead" | "tbody" | "tfoot"
        | "search" | "frameset" | "dir" => Meaning::Block,
        "p" => Meaning::Paragraph,
        "h1" => Meaning::Heading(1),
        "h2" => Meaning::Heading(2),
        "h3" => Meaning::Heading(3),
        "h4" => Meaning::Heading(4),
        "h5" => Meaning::Heading(5),
        "h6" => Meaning::Heading(6),
        "blockquote" => Meaning::Quotation,
        "ul" | "ol" | "menu" | "dl" => Meaning::List,
        "li" => Meaning::Item,
        "dt" => Meaning::Term,
        "dd" => Meaning::Definition,
        "b" | "strong" => Meaning::Inline(Strong),
        "i" | "em" | "cite" | "dfn" | "var" => Meaning::Inline(Emphasis),
        "s" | "del" | "strike" => Meaning::Inline(Strikethrough),
        "code" | "kbd" | "samp" | "tt" => Meaning::Inline(Code),
        "sup" => Meaning::Inline(Superscript),
        "sub" => Meaning::Inline(Subscript),
        "a" => Meaning::Link,
        "img" => Meaning::Image,
        "q" => Meaning::Quoted,
        "br" => Meaning::LineBreak,
        "hr" => Meaning::Rule,
        "pre" | "listing" | "xmp" | "plaintext" => Meaning::Verbatim,
        "table" => Meaning::Table,
        "tr" => Meaning::Row,
        "td" | "th" => Meaning::Cell,
        "figcaption" | "caption" => Meaning::Caption,
        "summary" | "legend" => Meaning::Summary,
        "iframe" | "video" | "audio" | "embed" | "object" => Meaning::Embed,
        "math" => Meaning::Formula,
        "rt" => Meaning::Reading,
        _ => Meaning::Through,
    }
}

impl Meaning {
    /// Whether text around the element ends where it begins.
    pub fn is_block(self) -> bool {
        !matches!(
            self,
            Self::Nothing
                | Self::Through
                | Self::Inline(_)
                | Self::Link
                | Self::Image
                | Self::Quoted
                | Self::Formula
                | Self::Reading
        )
    }
}
