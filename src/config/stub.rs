//! stub
use super::Keys;
use crate::model::Order;
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum MarkRead {
    #[default]
    Open,
    End,
    Never,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    #[default]
    Auto,
    Dark,
    Light,
    Plain,
}
impl ThemeChoice {
    pub const ALL: [Self; 4] = [Self::Auto, Self::Dark, Self::Light, Self::Plain];
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Plain => "plain",
        }
    }
}
#[derive(Clone, Debug)]
pub struct Settings {
    pub measure: u16,
    pub ascii: bool,
    pub long_quote_rows: u16,
    pub mark_read: MarkRead,
    pub sort: Order,
    pub theme: ThemeChoice,
}
impl Default for Settings {
    fn default() -> Self {
        Self {
            measure: 66,
            ascii: false,
            long_quote_rows: 2,
            mark_read: MarkRead::Open,
            sort: Order::Newest,
            theme: ThemeChoice::Auto,
        }
    }
}
impl Settings {
    pub fn keys_of(&self, _c: &str, _n: &str, defaults: &[&str]) -> Vec<Keys> {
        defaults.iter().filter_map(|k| Keys::parse(k).ok()).collect()
    }
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    Default,
    Ansi16(u8),
    Indexed(u8),
    Rgb(u8, u8, u8),
}
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Face {
    pub fg: Option<Color>,
    pub bg: Option<Color>,
    pub bold: bool,
    pub italic: bool,
    pub underline: bool,
    pub dim: bool,
    pub reverse: bool,
    pub strikethrough: bool,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Text,
    Title,
    Byline,
    Standfirst,
    Heading,
    Quotation,
    Caption,
    Code,
    Link,
    LinkLabel,
    Ornament,
    Speech,
    LongSpeech,
    SpeechBar,
    Phrase,
    Speaker,
    Attribution,
    Focus,
    Hit,
    CurrentHit,
    RowTitle,
    RowTitleUnread,
    UnreadDot,
    Star,
    RowMeta,
    Snippet,
    QuoteCount,
    Day,
    Selected,
    SelectedInactive,
    Cursor,
    Bar,
    BarStrong,
    BarKey,
    Border,
    Notice,
    NoticeError,
    Input,
    Prompt,
    HelpKey,
    Dim,
    Overlay,
    OverlayBorder,
    OverlayTitle,
    OverlayText,
    OverlayDim,
    OverlaySpeaker,
    OverlaySpeech,
}
#[derive(Clone, Debug)]
pub struct Theme;
impl Theme {
    pub fn face(&self, _r: Role) -> Face {
        Face::default()
    }
}
