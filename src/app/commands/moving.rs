//! Moving: in the pane that has the focus, in the other one, between panes and places.

use super::{Command, Context, NOTHING, always, everywhere, no_hint};
use crate::app::state::{Focus, Place, State};

fn kept(state: &State) -> bool {
    !state.passing
}

pub(super) const COMMANDS: &[Command] = &[
    everywhere("down", &["j", "down"], "down, by a row or a line", |app, args| app.step(args.steps())),
    everywhere("up", &["k", "up"], "up", |app, args| app.step(-args.steps())),
    everywhere("half-page-down", &["ctrl-d"], "half a page down", |app, args| app.step_pages(args.steps(), 2)),
    everywhere("half-page-up", &["ctrl-u"], "half a page up", |app, args| app.step_pages(-args.steps(), 2)),
    everywhere("page-down", &["ctrl-f", "pagedown"], "a page down", |app, args| app.step_pages(args.steps(), 1)),
    everywhere("page-up", &["ctrl-b", "pageup"], "a page up", |app, args| app.step_pages(-args.steps(), 1)),
    everywhere("top", &["g g", "home"], "to the top; with a count, to that row", |app, args| {
        app.move_to_row(args.count.map_or(0, |count| count.saturating_sub(1)));
    }),
    everywhere("end", &["G", "end"], "to the end; with a count, to that row", |app, args| match args.count {
        Some(count) => app.move_to_row(count.saturating_sub(1)),
        None => app.move_to_end(),
    }),
    everywhere("other-down", &["J"], "down in the other pane", |app, args| app.step_other(args.steps())),
    everywhere("other-up", &["K"], "up in the other pane", |app, args| app.step_other(-args.steps())),
    Command {
        name: "page-on",
        keys: &["space"],
        context: Context::Articles,
        help: "a page on; at the end, the next unread article",
        hint: no_hint,
        ready: always,
        lacking: NOTHING,
        run: |app, _| app.page_on(),
    },
    everywhere("left", &["h", "left"], "to the pane on the left", |app, _| app.go_left()),
    everywhere("right", &["l", "right"], "to the pane on the right", |app, _| app.go_right()),
    everywhere("next-pane", &["tab"], "to the next pane", |app, _| app.next_pane()),
    Command {
        hint: |_| "open",
        ready: |state| state.focus != Focus::Article,
        lacking: "the article is open",
        ..everywhere("open", &["enter"], "open what is selected", |app, _| app.open_selected())
    },
    Command { ready: kept, ..everywhere("library", &["g l"], "all articles", |app, _| app.go_to(Place::All)) },
    Command { ready: kept, ..everywhere("unread", &["g u"], "unread articles", |app, _| app.go_to(Place::Unread)) },
    Command { ready: kept, ..everywhere("bookmarks", &["g b"], "bookmarks", |app, _| app.go_to(Place::Bookmarks)) },
    Command { ready: kept, ..everywhere("trashed", &["g x"], "the trash", |app, _| app.go_to(Place::Trash)) },
    Command { ready: kept, ..everywhere("sources", &["g s"], "sources", |app, _| app.go_to_group("Sources")) },
    Command { ready: kept, ..everywhere("tags", &["g t"], "tags", |app, _| app.go_to_group("Tags")) },
    Command {
        ready: kept,
        ..everywhere(
            "kept-search",
            &["g 1", "g 2", "g 3", "g 4", "g 5", "g 6", "g 7", "g 8", "g 9"],
            "the kept search of this number, or of a name",
            |app, args| app.go_to_search(args.count, args.text),
        )
    },
    Command { ready: kept, ..everywhere("places", &["p"], "show or hide the places", |app, _| app.toggle_places()) },
    Command {
        ready: |state| !state.history.is_empty(),
        lacking: "this is where you began",
        ..everywhere("go-back", &["ctrl-o"], "back where I was", |app, _| app.go_back())
    },
];
