//! What can be asked for where two texts of an article are compared.

use super::{Args, Command, Context, NOTHING, no_hint};
use crate::app::App;
use crate::app::state::{State, Stops};

const fn changes(
    name: &'static str,
    keys: &'static [&'static str],
    help: &'static str,
    run: fn(&mut App, &Args),
) -> Command {
    Command { name, keys, context: Context::Changes, help, hint: no_hint, ready: compares, lacking: NOTHING, run }
}

fn compares(state: &State) -> bool {
    state.article.difference.is_some()
}

/// Whether the article has more than one earlier text.
fn has_several(state: &State) -> bool {
    compares(state) && state.article.stored.as_ref().is_some_and(|stored| stored.revisions.len() > 1)
}

pub(super) const COMMANDS: &[Command] = &[
    Command {
        hint: |_| "next change",
        ..changes("next-change", &["n"], "next change", |app, args| app.step_change(Stops::Changes, args.steps()))
    },
    changes("previous-change", &["N"], "change before", |app, args| app.step_change(Stops::Changes, -args.steps())),
    Command {
        hint: |_| "next quote",
        ..changes("next-changed-quote", &[")"], "next quotation that changed", |app, args| {
            app.step_change(Stops::Quotes, args.steps());
        })
    },
    changes("previous-changed-quote", &["("], "quotation before that changed", |app, args| {
        app.step_change(Stops::Quotes, -args.steps());
    }),
    Command {
        hint: |state| match state.article.difference.as_ref().filter(|difference| difference.folds) {
            Some(difference) if difference.folded => "unfold",
            Some(_) => "fold",
            None => "",
        },
        ..changes("unfold", &["F"], "show or fold what did not change", |app, _| app.toggle_fold())
    },
    Command {
        hint: |_| "earlier text",
        ready: has_several,
        ..changes("earlier-text", &["["], "compare an earlier text", |app, args| app.other_text(-args.steps()))
    },
    Command {
        ready: has_several,
        ..changes("later-text", &["]"], "compare a later text", |app, args| app.other_text(args.steps()))
    },
    Command {
        ready: has_several,
        ..changes("compare-with", &["="], "compare with the text that came next, or with that of now", |app, _| {
            app.toggle_later_text();
        })
    },
];
