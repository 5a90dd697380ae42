//! What can be asked for inside the open article: quotes, links, words.

use super::{Args, Command, Context, NOTHING, article_open, no_hint};
use crate::app::App;
use crate::app::state::State;

const fn reading(
    name: &'static str,
    keys: &'static [&'static str],
    help: &'static str,
    run: fn(&mut App, &Args),
) -> Command {
    Command { name, keys, context: Context::Article, help, hint: no_hint, ready: article_open, lacking: NOTHING, run }
}

fn has_quotes(state: &State) -> bool {
    state.article.quote_number().1 > 0
}

pub(super) const COMMANDS: &[Command] = &[
    Command {
        hint: |state| if has_quotes(state) { "next quote" } else { "" },
        ..reading("next-quote", &[")"], "next quote", |app, args| app.step_quote(args.steps()))
    },
    reading("previous-quote", &["("], "quote before", |app, args| app.step_quote(-args.steps())),
    Command {
        hint: |state| if has_quotes(state) { "quotes" } else { "" },
        ..reading("quotes", &["\""], "the quotes of this article", |app, _| app.show_quotes())
    },
    Command {
        hint: |state| if state.article.focus.is_some() { "" } else { "find" },
        ..reading("find", &["/"], "find words in this article", |app, args| app.find(args.text))
    },
    reading("next-found", &["n"], "next hit", |app, args| app.step_hit(args.steps())),
    reading("previous-found", &["N"], "hit before", |app, args| app.step_hit(-args.steps())),
    reading("follow", &["f"], "follow a link by letters", |app, _| app.follow_links()),
    reading("next-heading", &["] h"], "next heading", |app, _| app.move_to_block(true, true)),
    reading("previous-heading", &["[ h"], "heading before", |app, _| app.move_to_block(false, true)),
    reading("next-paragraph", &["] p"], "next paragraph", |app, _| app.move_to_block(true, false)),
    reading("previous-paragraph", &["[ p"], "paragraph before", |app, _| app.move_to_block(false, false)),
    reading("next-link", &["] l"], "next link", |app, _| app.move_to_link(true)),
    reading("previous-link", &["[ l"], "link before", |app, _| app.move_to_link(false)),
];
