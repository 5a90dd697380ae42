//! What the reader can set: options, keys and colours, read from a file and the environment, with problems shown where
//! they stand. Reads no file and no environment itself; knows no terminal and no command.

mod bindings;
mod chords;
mod example;
mod options;
mod problem;
mod raw;
mod settings;
mod theme;

#[cfg(test)]
mod tests;

pub use bindings::{Binding, Bindings, Preset};
pub use chords::{BadKeys, Chord, Code, Keys};
pub use example::example;
pub use options::{ConfigOption, OPTIONS};
pub use problem::{Place, Problem};
pub use settings::{ColorChoice, MarkRead, PlacesChoice, Settings, ThemeChoice};
pub use theme::{Color, Depth, Face, Ground, Override, ROLES, Role, RoleRow, Theme};
