//! What can be asked for in the places: one of them by its name, and their order.

use super::{Args, Command, Context, NOTHING, no_hint};
use crate::app::App;

const fn places(
    name: &'static str,
    keys: &'static [&'static str],
    help: &'static str,
    run: fn(&mut App, &Args),
) -> Command {
    let ready = super::always;
    Command { name, keys, context: Context::Places, help, hint: no_hint, ready, lacking: NOTHING, run }
}

pub(super) const COMMANDS: &[Command] = &[
    Command {
        ready: |state| !state.passing,
        hint: |_| "narrow",
        ..places("find-place", &["/", "F"], "narrow the places by a name, and go to one", |app, _| app.show_places())
    },
    Command {
        ready: |state| !state.passing,
        hint: |state| if state.places.by_number { "by name" } else { "by number" },
        ..places("sort-places", &["S"], "sources and tags by name, or by how many articles they have", |app, _| {
            app.sort_places();
        })
    },
];
