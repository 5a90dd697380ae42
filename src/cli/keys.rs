//! `pullquote keys`: every command of the reader with its keys, as the settings have them.

use super::Ended;
use super::context::Context;
use super::output::Paint;
use crate::app::commands::{self, Context as Where};
use crate::app::keymap::Keymap;
use crate::text::highlight::cells;

/// Runs the command.
pub fn run(context: &mut Context) -> Ended {
    let keymap = Keymap::new(&context.settings);
    let rows: Vec<_> = commands::all().map(|command| (command, keymap.keys_of(command).join(" "))).collect();
    let widest = |width: fn(&(&'static commands::Command, String)) -> usize| rows.iter().map(width).max().unwrap_or(0);
    let (keys, names) = (widest(|row| cells(&row.1)), widest(|row| row.0.name.len()));
    for (n, place) in Where::ALL.into_iter().enumerate() {
        if n > 0 {
            context.out.line("")?;
        }
        context.out.painted(&[(Paint::Strong, place.title())])?;
        for (command, its) in rows.iter().filter(|(command, _)| command.context == place) {
            let gap = " ".repeat(keys - cells(its) + 2);
            let name = format!("{:names$}  ", command.name);
            context.out.painted(&[
                (Paint::Plain, "  "),
                (Paint::Speaker, its),
                (Paint::Plain, &gap),
                (Paint::Plain, &name),
                (Paint::Dim, command.help),
            ])?;
        }
    }
    Ok(None)
}
