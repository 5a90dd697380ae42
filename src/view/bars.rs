//! The bar above (where the reader is), the bar below (what may be done, what happened, what is typed).

use ratatui::layout::Position;

use crate::app::App;
use crate::app::commands::{self, Context};
use crate::app::feeds::Given;
use crate::app::panes::Area;
use crate::app::state::{Focus, Place, Prompt, PromptKind, State};
use crate::config::Role;
use crate::model::Order;
use crate::text::segment::clusters;
use crate::text::wrap::wrap;

use super::paint::{Canvas, width_of};

/// Cells between two hints.
const GAP: u16 = 3;
/// Cells of the feed that answered last that are worth showing.
const LEAST_OF_LAST: u16 = 16;
/// Rows that a notice takes at most.
const NOTICE_ROWS: usize = 3;
/// Cells of hints that are worth more than what became of a quote.
const LEAST_OF_HINTS: u16 = 20;
/// Cells between the edge and what is written in a bar.
const INDENT: u16 = 2;

/// The bar above: place, order, filter on the left; counts on the right, as far as they fit.
pub fn top(canvas: &mut Canvas, area: Area, state: &State) {
    canvas.clear(area, Role::Bar);
    let listing = &state.listing;
    let title = if listing.is_search() { "Search".to_owned() } else { state.places.title(&listing.place) };
    let kept = !listing.is_search() && listing.place == Place::Kept;
    let order = match state.order() {
        Order::Oldest if kept => "first kept first",
        _ if kept => "last kept first",
        Order::Newest => "newest first",
        Order::Oldest => "oldest first",
        Order::Relevance => "best first",
    };
    let middle = canvas.glyph(" · ", " - ");
    let room = area.width.saturating_sub(2 * INDENT);
    let mut x = canvas.say(area.x + INDENT, area.y, room, &title, Role::BarStrong);
    let mut rest = format!("{middle}{order}");
    if !listing.filter.is_empty() {
        rest = format!("{middle}filter: {}{rest}", listing.filter);
    }
    let left = (area.right() - INDENT).saturating_sub(x);
    if width_of(&rest) <= left {
        x = canvas.say(x, area.y, left, &rest, Role::Bar);
    }
    let counts = state.counts;
    let mut parts = vec![
        counted(counts.all, "article"),
        format!("{} unread", grouped(counts.unread)),
        format!("{} bookmarked", grouped(counts.bookmarked)),
    ];
    if state.passing {
        parts = vec!["reading only; nothing is kept".to_owned()];
    }
    let room = area.right().saturating_sub(INDENT).saturating_sub(x + 2);
    while !parts.is_empty() && width_of(&parts.join(middle)) > room {
        parts.pop();
    }
    canvas.say_right(area.right().saturating_sub(INDENT), area.y, room, &parts.join(middle), Role::Bar);
}

/// The bar below; says where the cursor stands when something is typed in it.
pub fn status(canvas: &mut Canvas, area: Area, app: &App) -> Option<Position> {
    let state = app.state();
    canvas.clear(area, Role::Bar);
    if let Some(prompt) = state.prompt.as_ref().filter(|prompt| prompt.kind != PromptKind::Search) {
        if let Some(mistake) = &prompt.mistake {
            let above = Area { y: area.y.saturating_sub(1), ..area };
            canvas.clear(above, Role::Bar);
            let room = area.width.saturating_sub(INDENT);
            canvas.say(area.x + INDENT, above.y, room, &mistake_line(mistake, room), Role::NoticeError);
        }
        if prompt.mistake.is_none() && !prompt.offers.is_empty() {
            offers(canvas, Area { y: area.y.saturating_sub(1), ..area }, prompt);
        }
        if prompt.kind == PromptKind::Add && !prompt.input.value().trim().is_empty() {
            let above = Area { y: area.y.saturating_sub(1), ..area };
            canvas.clear(above, Role::Bar);
            let fate = Given::of(prompt.input.value()).fate();
            canvas.say(area.x + INDENT, above.y, area.width.saturating_sub(INDENT), fate, Role::Bar);
        }
        let line = Area { x: area.x + INDENT, width: area.width.saturating_sub(2 * INDENT), ..area };
        return Some(input(canvas, line, prompt, Role::BarStrong));
    }
    if let Some(prompt) = state.prompt.as_ref().filter(|prompt| !prompt.offers.is_empty() && state.notice.is_none()) {
        offers(canvas, area, prompt);
        return None;
    }
    let right_edge = area.right().saturating_sub(INDENT);
    let whole = area.width.saturating_sub(2 * INDENT);
    if let Some(notice) = &state.notice {
        let role = if notice.error { Role::NoticeError } else { Role::Notice };
        // What is longer than the bar takes rows above it.
        let rows = wrap(&notice.text, &[], usize::from(whole));
        let rows = rows.get(..rows.len().min(NOTICE_ROWS)).unwrap_or_default();
        let lines = rows.split_last().into_iter().flat_map(|(last, before)| {
            let rest = last.start..notice.text.len();
            before.iter().cloned().chain([rest])
        });
        let above = u16::try_from(rows.len().saturating_sub(1)).unwrap_or(0).min(area.y);
        for (y, line) in (area.y - above..=area.y).zip(lines) {
            canvas.clear(Area { y, ..area }, Role::Bar);
            canvas.say(area.x + INDENT, y, whole, notice.text.get(line).unwrap_or_default().trim_end(), role);
        }
        return None;
    }
    let told = where_in(canvas, state, true);
    let place = if width_of(&told) + LEAST_OF_HINTS > whole { where_in(canvas, state, false) } else { told };
    let from = canvas.say_right(right_edge, area.y, whole, &place, Role::Bar);
    let room = from.saturating_sub(2);
    let indexing = || state.indexing.map(|built| vec![format!("building the search index: {built} %")]);
    if let Some(parts) = state.refresh.parts().or_else(indexing) {
        let gap = " ".repeat(usize::from(GAP));
        let room = room.saturating_sub(area.x + INDENT);
        let shown =
            (1..=parts.len()).rev().map(|shown| parts.iter().take(shown).cloned().collect::<Vec<_>>().join(&gap));
        // The last one may be cut, if enough of it is left.
        let fits = |line: &String| width_of(line) <= room;
        let cut = parts.get(..2).is_some_and(|first| width_of(&first.join(&gap)) + GAP + LEAST_OF_LAST <= room);
        let fitting = if cut { Some(parts.join(&gap)) } else { shown.into_iter().find(fits) };
        let line = fitting.or_else(|| parts.first().cloned()).unwrap_or_default();
        canvas.say(area.x + INDENT, area.y, room, &line, Role::Notice);
        return None;
    }
    let mut x = area.x + INDENT;
    let hints = hints(app);
    let cells = |(key, word): &(String, &str)| width_of(key) + 1 + width_of(word);
    let last = hints.len().saturating_sub(1);
    // The last one, which leads to all others, stays where others give way.
    let reserved = hints.last().map_or(0, cells) + GAP;
    let fitting = hints.iter().scan(x, |end, hint| {
        *end += cells(hint) + GAP;
        Some(*end)
    });
    let shown = fitting.take_while(|end| end + reserved <= room + GAP).count().min(last);
    for (key, word) in hints.iter().take(shown).chain(hints.last()) {
        let gap = if x > area.x + INDENT { GAP } else { 0 };
        if x + gap + width_of(key) + 1 + width_of(word) > room {
            break;
        }
        x = canvas.say(x + gap, area.y, room, key, Role::BarKey);
        x = canvas.say(x + 1, area.y, room, word, Role::Bar);
    }
    None
}

/// What Tab goes through, in a line; the one that it took last stands out and is in sight.
fn offers(canvas: &mut Canvas, area: Area, prompt: &Prompt) {
    canvas.clear(area, Role::Bar);
    let mut x = canvas.say(area.x + INDENT, area.y, area.width, "tab", Role::BarKey) + 1;
    let from = prompt.completing.unwrap_or(0);
    for (at, offer) in prompt.offers.iter().enumerate().skip(from) {
        let room = area.right().saturating_sub(INDENT + x);
        if width_of(offer) > room && at > from {
            break;
        }
        let role = if prompt.completing == Some(at) { Role::BarStrong } else { Role::Bar };
        x = canvas.say(x, area.y, room, offer, role) + 2;
    }
}

/// Keys and words of the commands that matter here, the nearest context first.
fn hints(app: &App) -> Vec<(String, &'static str)> {
    let state = app.state();
    if state.is_typing_query() {
        return vec![("enter".to_owned(), "keep"), ("down".to_owned(), "choose"), ("esc".to_owned(), "back")];
    }
    let contexts = Context::of(state);
    let mut hints = Vec::new();
    for command in commands::all().filter(|command| contexts.contains(&command.context) && (command.ready)(state)) {
        let word = (command.hint)(state);
        if !word.is_empty() {
            // What has no key is typed.
            let key = app.keymap().keys_of(command).into_iter().next();
            hints.push((key.unwrap_or_else(|| format!(":{}", command.name)), word));
        }
    }
    hints
}

/// How far the reader is: in the list, or in the article; with what became of the quote in focus, where that is wished.
fn where_in(canvas: &Canvas, state: &State, with_fate: bool) -> String {
    let middle = canvas.glyph(" · ", " - ");
    let mut parts = Vec::new();
    if let Some(count) = state.count {
        parts.push(count.to_string());
    }
    if !state.pending.is_empty() {
        let keys: Vec<String> = state.pending.iter().map(ToString::to_string).collect();
        parts.push(format!("{} …", keys.join(" ")));
    }
    match (state.focus, &state.article.difference) {
        (Focus::Article, Some(difference)) => {
            match difference.number() {
                (Some(number), count) => parts.push(format!("change {number} of {count}")),
                (None, count) => parts.push(counted(count as u64, "change")),
            }
            parts.push(format!("{} %", state.article.progress(state.text_column().height)));
        }
        (Focus::Article, None) if state.article.stored.is_some() => {
            let (focus, count) = state.article.quote_number();
            match focus {
                Some(number) => parts.push(format!("quote {number} of {count}")),
                None if count > 0 => parts.push(counted(count as u64, "quote")),
                None => {}
            }
            let fate = state.article.focus.and_then(|focus| state.article.fate(focus)).filter(|_| with_fate);
            parts.extend(fate.map(|fate| fate.told().to_owned()));
            parts.push(format!("{} %", state.article.progress(state.text_column().height)));
        }
        (Focus::List | Focus::Article, _) => {
            let list = &state.list;
            if !list.marked.is_empty() {
                parts.push(format!("{} selected", list.marked.len()));
            }
            if !list.ids.is_empty() {
                let more = if list.complete { "" } else { "+" };
                let quote = list.quote_number().filter(|_| state.lists_quotes());
                let (at, all) = quote.unwrap_or((list.cursor + 1, list.ids.len()));
                let what = match (state.lists_quotes(), quote) {
                    (false, _) => "",
                    (true, Some(_)) => "quote ",
                    // How many quotes the articles above have is not known before they are read.
                    (true, None) => "article ",
                };
                parts.push(format!("{what}{} of {}{more}", grouped(at as u64), grouped(all as u64)));
            }
        }
        (Focus::Places, _) => {}
    }
    parts.join(middle)
}

/// A line that is typed: label, text scrolled so that the cursor is in sight, the mistake underlined.
pub fn input(canvas: &mut Canvas, area: Area, prompt: &Prompt, role: Role) -> Position {
    let x = canvas.say(area.x, area.y, area.width, prompt.kind.label(), Role::Prompt);
    let room = area.right().saturating_sub(x);
    let value = prompt.input.value();
    let scroll = prompt.input.visual_scroll(usize::from(room.saturating_sub(1).max(1)));
    if value.is_empty() {
        canvas.say(x, area.y, room, prompt.kind.example(), Role::Dim);
    }
    let mut column = 0;
    let mut at = x;
    for cluster in clusters(value) {
        if column >= scroll && at < area.right() {
            let wrong = prompt.mistake.as_ref().is_some_and(|mistake| mistake.span.contains(&cluster.at));
            let style = canvas.style(if wrong { Role::NoticeError } else { role });
            let style = if wrong { style.add_modifier(ratatui::style::Modifier::UNDERLINED) } else { style };
            at = canvas.put(at, area.y, area.right() - at, cluster.text, style);
        }
        column += cluster.cells;
    }
    let cursor = prompt.input.visual_cursor().max(scroll) - scroll;
    let cursor = x.saturating_add(u16::try_from(cursor).unwrap_or(u16::MAX));
    Position { x: cursor.min(area.right().saturating_sub(1)), y: area.y }
}

/// A mistake and what to do about it, in a line of `width` cells; where not both fit, what was meant: what is wrong is
/// underlined.
pub fn mistake_line(mistake: &crate::query::Mistake, width: u16) -> String {
    let Some(hint) = &mistake.hint else { return mistake.message.clone() };
    let both = format!("{}; {hint}", mistake.message);
    if width_of(&both) > width && !mistake.span.is_empty() { hint.clone() } else { both }
}

/// What is shown where nothing fits.
pub fn too_small(canvas: &mut Canvas, area: Area) {
    canvas.say_lines(area, "too small: make the window larger", Role::Text);
}

/// `1 article`, `1,204 articles`.
pub fn counted(number: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// `1,204`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        let table = [(0, "0"), (999, "999"), (1_000, "1,000"), (1_204, "1,204"), (1_000_000, "1,000,000")];
        for (number, text) in table {
            assert_eq!(grouped(number), text);
        }
    }
}
