//! What can be asked for in every place: help, the command line, undo, the look, the way out.

use super::{Command, everywhere};
use crate::app::effect::Effect;
use crate::app::state::PromptKind;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        ready: |state| !state.passing,
        ..everywhere("add", &["a"], "add anything: an address, a file or folder, text", |app, args| {
            app.ask(PromptKind::Add, args.text)
        })
    },
    everywhere("undo", &["u"], "undo the last change", |app, _| app.push(Effect::Undo)),
    everywhere("redo", &["ctrl-r"], "do again what was undone", |app, _| app.push(Effect::Redo)),
    everywhere("zoom", &["z"], "only the article, or all panes", |app, _| app.toggle_zoom()),
    everywhere("narrower", &["<"], "narrower text", |app, args| app.widen(-args.steps())),
    everywhere("wider", &[">"], "wider text", |app, args| app.widen(args.steps())),
    everywhere("theme", &[], "change the theme: auto, dark, light, plain", |app, args| app.set_theme(args.text)),
    Command { hint: |_| "keys", ..everywhere("help", &["?"], "the keys of this place", |app, _| app.show_help()) },
    everywhere("command", &[":"], "a command by its name", |app, args| app.ask(PromptKind::Command, args.text)),
    everywhere("palette", &["ctrl-p"], "all commands, to pick from", |app, _| app.show_palette()),
    everywhere("close", &["esc"], "close, clear, back to what was before", |app, _| app.escape()),
    everywhere("back", &["q"], "back; at the top, quit", |app, _| app.back()),
    everywhere("quit", &["Q", "ctrl-c"], "quit", |app, _| app.quit()),
];
