//! Keys as people write them.

/// A key pressed together with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
    /// Only where the code is no character: `Q` is `Char('Q')`.
    pub shift: bool,
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Delete,
    Insert,
    F(u8),
}

/// Chords typed one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Keys(pub Vec<Chord>);
