//! What can be asked for on a quote, in focus in an article or selected in a list of quotes, and where quotes are listed.

use super::{Args, Command, Context, everywhere, no_hint};
use crate::app::App;
use crate::app::state::{Place, State};

const fn quotes(
    name: &'static str,
    keys: &'static [&'static str],
    help: &'static str,
    run: fn(&mut App, &Args),
) -> Command {
    let lacking = "no quote is in focus; ) in an article goes to the next";
    Command { name, keys, context: Context::Articles, help, hint: no_hint, ready: on_quote, lacking, run }
}

fn on_quote(state: &State) -> bool {
    state.quote().is_some()
}

/// On a quote of a library that is kept.
fn on_kept(state: &State) -> bool {
    !state.passing && on_quote(state)
}

fn kept(state: &State) -> bool {
    !state.passing
}

pub(super) const COMMANDS: &[Command] = &[
    Command {
        hint: |_| "speaker",
        ready: on_kept,
        ..quotes("by-speaker", &["w"], "everything by the speaker of the quote", |app, _| app.by_speaker())
    },
    Command {
        hint: |_| "keep",
        ready: on_kept,
        ..quotes("keep-quote", &["H"], "keep the quote, or no longer", |app, _| app.toggle_keep())
    },
    Command {
        hint: |_| "correct",
        ready: on_kept,
        ..quotes("correct-speaker", &["C"], "correct the speaker of the quote; empty removes it", |app, args| {
            app.ask_speaker(args.text);
        })
    },
    Command {
        ready: |state| !state.passing && state.speaker_at_hand().is_some(),
        ..quotes(
            "rename-speaker",
            &[],
            "call the speaker by another name everywhere, perhaps somebody else's",
            |app, args| {
                app.ask_speaker_name(args.text);
            },
        )
    },
    Command {
        ready: kept,
        ..everywhere("speakers", &["g w"], "speakers: everyone who is quoted", |app, _| app.show_speakers())
    },
    Command { ready: kept, ..everywhere("all-quotes", &["g q"], "all quotes", |app, _| app.go_to(Place::Quotes)) },
    Command { ready: kept, ..everywhere("kept-quotes", &["g k"], "kept quotes", |app, _| app.go_to(Place::Kept)) },
];
