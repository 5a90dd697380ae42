//! What can be asked for on an article, whether it is selected in the list or open.

use super::{Args, Command, Context, NOTHING, always, no_hint, on_article};
use crate::app::App;
use crate::app::effect::Change;
use crate::app::state::{Place, PromptKind, State};

const fn articles(
    name: &'static str,
    keys: &'static [&'static str],
    help: &'static str,
    run: fn(&mut App, &Args),
) -> Command {
    Command { name, keys, context: Context::Articles, help, hint: no_hint, ready: on_article, lacking: NOTHING, run }
}

const fn list(
    name: &'static str,
    keys: &'static [&'static str],
    help: &'static str,
    run: fn(&mut App, &Args),
) -> Command {
    Command { name, keys, context: Context::List, help, hint: no_hint, ready: always, lacking: NOTHING, run }
}

/// On an article of a library that is kept.
fn on_kept(state: &State) -> bool {
    !state.passing && on_article(state)
}

pub(super) const COMMANDS: &[Command] = &[
    Command {
        hint: |state| if state.lists_quotes() { "narrow" } else { "search" },
        ..list("search", &["/"], "search as you type; narrow a list of quotes", |app, args| app.search(args.text))
    },
    Command {
        hint: |state| if state.quote().is_some() { "" } else { "bookmark" },
        ready: on_kept,
        ..articles("bookmark", &["b", "s"], "bookmark, or no longer", |app, _| app.toggle_bookmark())
    },
    Command { ready: on_kept, ..articles("read", &["m"], "mark as read, or unread", |app, _| app.toggle_read()) },
    Command {
        ready: on_kept,
        ..articles("tag", &["t"], "add tags; a - before one removes it", |app, args| {
            app.ask(PromptKind::Tags, args.text);
        })
    },
    Command {
        ready: on_kept,
        ..articles("note", &["c"], "write a note", |app, args| app.ask(PromptKind::Note, args.text))
    },
    articles("browse", &["o"], "open the source in the browser", |app, _| app.browse()),
    articles("copy", &["y"], "copy the quote in focus with its speaker and source, else the link", |app, _| app.copy()),
    articles("copy-text", &["Y"], "copy the whole text", |app, _| app.copy_text()),
    articles("export", &["e"], "write as Markdown into a folder", |app, args| app.ask(PromptKind::Export, args.text)),
    articles("pipe", &["|"], "give the text to a program", |app, args| app.ask(PromptKind::Pipe, args.text)),
    Command { ready: on_kept, ..articles("trash", &["D"], "to the trash, or out of it", |app, _| app.toggle_trash()) },
    Command {
        hint: |state| match &state.article.stored {
            Some(open) if Some(open.summary.id) == state.current() && !open.revisions.is_empty() => "changes",
            _ => "",
        },
        ready: |state| on_kept(state) && state.article.difference.is_none(),
        ..articles("changes", &["d"], "what was changed since an earlier text", |app, args| app.show_changes(args.text))
    },
    articles("details", &["i"], "details: address, dates, tags, note", |app, _| app.show_details()),
    Command {
        ready: |state| !state.passing,
        ..list("mark-all-read", &["A"], "mark all listed articles as read", |app, _| app.mark_all_read())
    },
    list("filter", &["F"], "narrow this list by a query", |app, args| app.ask(PromptKind::Filter, args.text)),
    list("sort", &["S"], "sort: newest, oldest, in a search also by relevance", |app, args| app.sort(args.text)),
    Command {
        ready: |state| !state.passing,
        ..list("keep-search", &["*"], "keep this search; a kept one is renamed or forgotten", |app, args| {
            app.keep_search(args.text);
        })
    },
    Command {
        ready: |state| on_article(state) && !state.lists_quotes(),
        ..list("copies", &["+"], "show the others that tell this story, or hide them", |app, _| {
            app.turn_fold();
        })
    },
    list("fold", &[], "one row for each story, or one for each article", |app, _| app.turn_folding()),
    list("next-hit", &["n"], "next article", |app, args| app.step(args.steps())),
    list("previous-hit", &["N"], "article before", |app, args| app.step(-args.steps())),
    Command {
        ready: |state| on_article(state) && !state.lists_quotes(),
        lacking: "articles are selected in a list of articles",
        ..list("select", &["v"], "select several, for the commands that follow", |app, args| {
            app.toggle_mark(args.count.unwrap_or(1));
        })
    },
    Command {
        hint: |_| "for good",
        ready: |state| state.listing.place == Place::Trash && state.counts.trashed > 0 && !state.passing,
        lacking: "only in the trash, while something is in it; g x goes there",
        ..list("empty-trash", &[], "remove what is in the trash for good; asks first, cannot be undone", |app, args| {
            app.empty_trash(args.text);
        })
    },
    list("remove-welcome", &[], "move the welcome articles to the trash; they do not come back", |app, _| {
        app.change_all(
            "tag:welcome source:pullquote",
            Change::Trashed(true),
            "the welcome articles are in the trash; u brings them back",
        );
    }),
];
