//! The one table of theme roles: themes, `[colors]`, the example configuration and the docs are made from it.

/// A row of the table. Faces are written as `Face` reads them.
#[derive(Clone, Copy, Debug)]
pub struct RoleRow {
    pub role: Role,
    /// As it is written in `[colors]`.
    pub name: &'static str,
    pub help: &'static str,
    pub dark: &'static str,
    pub light: &'static str,
    /// Attributes only.
    pub plain: &'static str,
    /// Colours over `plain` where a terminal has sixteen, on dark ground.
    pub(super) few_dark: &'static str,
    /// The same on light ground.
    pub(super) few_light: &'static str,
}

macro_rules! roles {
    ($($role:ident $name:literal $help:literal, $dark:literal, $light:literal, $plain:literal, $few_dark:literal, $few_light:literal;)*) => {
        /// What something on the screen is, for its colours.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Role {
            $(#[doc = $help] $role,)*
        }

        /// Every role with its faces, in the order of the enum.
        pub const ROLES: &[RoleRow] = &[$(RoleRow {
            role: Role::$role,
            name: $name,
            help: $help,
            dark: $dark,
            light: $light,
            plain: $plain,
            few_dark: $few_dark,
            few_light: $few_light,
        },)*];
    };
}

roles! {
    // role, its name and help; dark; light; plain; sixteen colours on dark, on light
    Text "text" "running text, and the ground under everything", "#d5d9e0 on #16181d", "#24292f on #fbfaf7", "", "", "";
    Title "title" "the title of the open article", "bold #f2f4f8", "bold #0b0d10", "bold", "", "";
    Byline "byline" "source, author and date below the title", "#8a929e", "#667079", "dim", "", "";
    Standfirst "standfirst" "the lines that say what an article is about", "italic #aab2bf", "italic #57606a", "italic", "", "";
    Heading "heading" "a heading inside an article, the first row of a table", "bold #f2f4f8", "bold #0b0d10", "bold", "", "";
    Quotation "quotation" "a quotation set as a block", "#c3c9d3", "#32393f", "", "", "";
    Caption "caption" "what stands under a picture, a footnote", "#8a929e", "#667079", "dim", "", "";
    Code "code" "code", "#c5cbd3 on #1d222b", "#32393f on #efece6", "", "", "";
    Link "link" "a link in running text", "underline #8fb8e8", "underline #0757b5", "underline", "bright-blue", "blue";
    LinkLabel "link_label" "the letters that follow a link", "bold #16181d on #f0b429", "bold #ffffff on #8a4b08", "bold reverse", "yellow", "magenta";
    Ornament "ornament" "bullets, rules, numbers of links, lines of tables", "#858d99", "#667079", "dim", "", "";
    Speech "speech" "somebody's words, through and through", "#e6c07b", "#753f05", "bold", "yellow", "magenta";
    LongSpeech "long_speech" "somebody's words over several rows", "#e6c07b", "#753f05", "bold", "yellow", "magenta";
    SpeechBar "speech_bar" "the bar beside a long quotation", "#e6c07b", "#753f05", "", "yellow", "magenta";
    Phrase "phrase" "quoted words that are nobody's speech", "#b9c4a0", "#4d6b2f", "underline", "green", "green";
    Speaker "speaker" "where the text names who speaks", "bold #7fc1d0", "bold #0a6a7c", "bold italic", "cyan", "blue";
    Attribution "attribution" "the speaker named below a long quotation", "italic #7fc1d0", "italic #0a6a7c", "italic", "cyan", "blue";
    Doubtful "doubtful" "a speaker that may be the wrong one", "italic #9fb4ba", "italic #4a5a60", "dim italic", "", "";
    Added "added" "words that only the newer of two texts has", "#c3e8bd on #1d3424", "#0d3a17 on #d3f0d4", "bold underline", "green", "green";
    Removed "removed" "words that only the older of two texts has", "strikethrough #d8a3a3 on #3a2023", "strikethrough #8c1f1f on #fbe0de", "dim strikethrough", "red", "red";
    ChangeSign "change_sign" "the signs beside what changed", "#979fab", "#5f6872", "", "", "";
    Focus "focus" "the quotation in focus, over its own colour", "bold", "bold", "bold underline", "", "";
    Hit "hit" "words that were searched for", "#f2f4f8 on #3d4f75", "#0b0d10 on #ffe08a", "reverse", "yellow", "blue";
    CurrentHit "current_hit" "the hit in focus", "bold #16181d on #f0b429", "bold #ffffff on #8a4b08", "bold underline reverse", "bright-yellow", "magenta";
    RowTitle "row_title" "an article's title in the list", "#d5d9e0", "#24292f", "", "", "";
    RowTitleUnread "row_title_unread" "the title of an unread article", "bold #eceff4", "bold #0b0d10", "bold", "", "";
    UnreadDot "unread_dot" "the dot of an unread article", "#6cb6ff", "#0862ca", "bold", "bright-blue", "blue";
    Star "star" "the star of a bookmark", "#f0b429", "#8f5a0a", "bold", "bright-yellow", "magenta";
    RowMeta "row_meta" "source, time and minutes in the list", "#979fab", "#5f6872", "dim", "", "";
    Snippet "snippet" "the words around a hit in the list", "#aab2bf", "#57606a", "", "", "";
    QuoteCount "quote_count" "the number of quotations in the list", "#979fab", "#5f6872", "dim", "", "";
    RowSpeech "row_speech" "somebody's words in a list of quotations", "#e6c07b", "#753f05", "", "yellow", "magenta";
    Day "day" "the day over its articles", "bold #8a929e", "bold #667079", "bold", "", "";
    Selected "selected" "the selected row, under its text", "on #262c36", "on #e7edf3", "reverse", "", "";
    SelectedInactive "selected_inactive" "the selected row of a pane without the focus", "on #1d222b", "on #efece6", "dim reverse", "", "";
    Cursor "cursor" "the bar beside the selected row", "#e6c07b", "#8a4b08", "bold", "yellow", "magenta";
    Bar "bar" "the lines on top and at the bottom", "#979fab on #1d222b", "#5f6872 on #efece6", "", "", "";
    BarStrong "bar_strong" "what matters most in them", "bold #f2f4f8", "bold #0b0d10", "bold", "", "";
    BarKey "bar_key" "a key in the line of hints", "bold #c5cbd3", "bold #24292f", "bold", "", "";
    Border "border" "the lines between panes", "#3a404a", "#cfcabf", "dim", "", "";
    Notice "notice" "a message", "#d5d9e0", "#24292f", "", "", "";
    NoticeError "notice_error" "a message of something that failed", "bold #ff9e8f", "bold #a81b0c", "bold reverse", "bright-red", "red";
    Input "input" "what is being typed", "#f2f4f8", "#0b0d10", "", "", "";
    Prompt "prompt" "what stands before it", "bold #7fc1d0", "bold #0a6a7c", "bold", "cyan", "blue";
    HelpKey "help_key" "a key in the help", "bold #e6c07b", "bold #753f05", "bold", "yellow", "magenta";
    Dim "dim" "what may be overlooked", "#979fab", "#5f6872", "dim", "", "";
    Overlay "overlay" "the ground of what lies over the panes", "#d5d9e0 on #1d222b", "#24292f on #f1eee8", "", "", "";
    OverlayBorder "overlay_border" "the lines around it", "#5b6472", "#a9a294", "", "", "";
    OverlayTitle "overlay_title" "its title, and what is typed in it", "bold #f2f4f8", "bold #0b0d10", "bold", "", "";
    OverlayText "overlay_text" "its text", "#d5d9e0", "#24292f", "", "", "";
    OverlayDim "overlay_dim" "what may be overlooked in it", "#979fab", "#5f6872", "dim", "", "";
    OverlaySpeaker "overlay_speaker" "a speaker in the list of quotations", "#7fc1d0", "#0a6a7c", "italic", "cyan", "blue";
    OverlaySpeech "overlay_speech" "their words there", "#e6c07b", "#753f05", "", "yellow", "magenta";
}
