//! HTML becomes a tree, however it was written, in bounded time and memory.
//!
//! A page of 32 MiB could be made to cost gigabytes, or hours, in more ways than one: elements in elements, formatting
//! that is opened again in every paragraph, a tag with a million attributes. So a guard stands between the tokenizer and
//! the tree: tags beyond the limits are left out, and the text in them stays.

use std::cell::Cell;

use dom_query::{Document, NodeId};
use html5ever::tokenizer::{StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{Tracer, TreeBuilder, TreeBuilderOpts};

use super::pieces;
use crate::formats::NESTING_LIMIT;

/// Elements and attributes of one page; what comes after them is text without structure.
const NODE_LIMIT: usize = 1_000_000;

/// Attributes of one element; later ones are left out.
const ATTRIBUTE_LIMIT: usize = 64;

/// The tree of `html`, which is a whole page or a part of one. Comments are left out.
pub fn parse(html: &str) -> Document {
    let opts = TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(Document::default(), opts);
    let tokenizer =
        Tokenizer::new(Guard { builder, tokens: Cell::new(0), spent: Cell::new(0) }, TokenizerOpts::default());
    pieces::feed(html, &tokenizer, &|guard| guard.tokens.get());
    tokenizer.sink.builder.sink
}

/// Hands tokens on to the tree, within limits.
struct Guard {
    builder: TreeBuilder<NodeId, Document>,
    /// Tokens met but for mistakes.
    tokens: Cell<u64>,
    /// Elements and attributes handed on.
    spent: Cell<usize>,
}

impl Guard {
    fn has_room(&self, tag: &Tag) -> bool {
        let count = Open(Cell::new(0));
        self.builder.trace_handles(&count);
        let nodes = self.builder.sink.tree.len() + self.spent.get();
        count.0.get() < NESTING_LIMIT && nodes + tag.attrs.len() < NODE_LIMIT
    }
}

/// Elements whose content the tokenizer reads as text: were they left out, scripts would be read.
fn is_raw(tag: &Tag) -> bool {
    matches!(
        &*tag.name,
        "script" | "style" | "title" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes" | "plaintext"
    )
}

impl TokenSink for Guard {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let token = match token {
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::TagToken(mut tag) if tag.kind == StartTag => {
                self.tokens.update(|tokens| tokens + 1);
                tag.attrs.truncate(ATTRIBUTE_LIMIT);
                if !is_raw(&tag) && !self.has_room(&tag) {
                    return TokenSinkResult::Continue;
                }
                self.spent.update(|spent| spent + tag.attrs.len());
                Token::TagToken(tag)
            }
            token => {
                self.tokens.update(|tokens| tokens + 1);
                if matches!(token, Token::CommentToken(_)) {
                    return TokenSinkResult::Continue;
                }
                token
            }
        };
        let result = self.builder.process_token(token, line);
        // Nobody reads them, and a page can have one for each of its bytes.
        self.builder.sink.errors.borrow_mut().clear();
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Counts the elements that are open or will be opened again.
struct Open(Cell<usize>);

impl Tracer for Open {
    type Handle = NodeId;

    fn trace_handle(&self, _: &NodeId) {
        self.0.update(|count| count + 1);
    }
}
