//! The list's pane: articles by day, the search above them, or why there are none.

use ratatui::layout::Position;

use crate::app::panes::{self, Area};
use crate::app::state::list::{Placed, Rhythm};
use crate::app::state::{Focus, Place, PromptKind, State, dates};
use crate::app::{Snippet, Voice};
use crate::config::Role;
use crate::model::{Order, Summary};
use crate::text::highlight::{Needle, hits};
use crate::text::segment::shorten;

use super::paint::{Canvas, width_of};
use super::{bars, quotes};

/// The column of a row's text: bar, blank, dot, blank stand before it.
const TEXT: u16 = 4;
/// Cells by which what stands under another row is set in.
const INSET: u16 = 2;

/// Draws the list; says where the cursor stands when the search is typed.
pub fn draw(canvas: &mut Canvas, pane: Area, state: &State) -> Option<Position> {
    let cursor = search_line(canvas, pane, state);
    let area = panes::list_rows(pane, state);
    if let Some(voice) = state.voice() {
        draw_voice(canvas, Area { height: area.y - pane.y, ..pane }, state, voice);
    }
    if state.list.ids.is_empty() {
        empty(canvas, area, state);
        return cursor;
    }
    if state.lists_quotes() {
        quotes::draw(canvas, area, state);
        return cursor;
    }
    let rhythm = state.rhythm(area);
    let needles = state.lit_in_titles();
    for placed in state.list.plan(area.height, rhythm, &state.now) {
        draw_row(canvas, area, state, rhythm, &placed, &needles);
    }
    cursor
}

fn search_line(canvas: &mut Canvas, pane: Area, state: &State) -> Option<Position> {
    let text = state.listing.search.as_ref()?;
    let line = Area { x: pane.x + 2, y: pane.y, width: pane.width.saturating_sub(4), height: 1 };
    let below = Area { y: pane.y + 1, ..line };
    let prompt = state.prompt.as_ref().filter(|prompt| prompt.kind == PromptKind::Search);
    let mistake = prompt.and_then(|prompt| prompt.mistake.as_ref());
    let cursor = prompt.map(|prompt| bars::input(canvas, line, prompt, Role::Input));
    if cursor.is_none() {
        let x = canvas.say(line.x, line.y, line.width, "/", Role::Prompt);
        canvas.say(x, line.y, line.right().saturating_sub(x), text, Role::Input);
    }
    if pane.height > 1 {
        let (found, role) = match (mistake, &state.list.failure) {
            (Some(mistake), _) => (bars::mistake_line(mistake, line.width), Role::NoticeError),
            (None, Some(failure)) => (failure.clone(), Role::NoticeError),
            (None, None) if text.trim().is_empty() => (String::new(), Role::RowMeta),
            (None, None) => (found(state), Role::RowMeta),
        };
        canvas.say(below.x, below.y, below.width, &found, role);
    }
    if let Some(meant) = state.list.meant.as_ref().filter(|_| pane.height > 2) {
        let whole = format!("nothing for {}; showing {meant}", text.trim());
        // Where there is not room for all of it, what is typed stands above anyway.
        let instead = if width_of(&whole) <= below.width { whole } else { format!("showing {meant}") };
        canvas.say(below.x, below.y + 1, below.width, &instead, Role::RowMeta);
    }
    cursor
}

/// How often a speaker is quoted and when; below it where.
fn draw_voice(canvas: &mut Canvas, area: Area, state: &State, voice: &Voice) {
    let speaker = &voice.speaker;
    let middle = canvas.glyph(" · ", " - ");
    let (quotes, articles) = (bars::counted(speaker.quotes, "quote"), bars::counted(speaker.articles, "article"));
    let dash = canvas.glyph("–", "-");
    let (first, last) = (dates::date(speaker.first, &state.now), dates::date(speaker.last, &state.now));
    let days = if first == last { last } else { format!("{first} {dash} {last}") };
    let year = |published| dates::day(published, &state.now).year();
    let (first, last) = (year(speaker.first), year(speaker.last));
    let years = if first == last { first.to_string() } else { format!("{first}{dash}{last}") };
    let width = area.width.saturating_sub(4);
    let often = format!("{quotes} in {articles}");
    let exact = [format!("{often}{middle}{days}"), format!("{often}{middle}{years}")];
    let often = exact.into_iter().find(|line| width_of(line) <= width).unwrap_or(often);
    let sources: Vec<String> =
        voice.sources.iter().map(|(name, count)| format!("{name} {}", bars::grouped(*count))).collect();
    let lines = [(often, Role::RowTitle), (sources.join(middle), Role::RowMeta)];
    for (y, (line, role)) in (area.y..area.bottom()).zip(&lines) {
        canvas.say(area.x + 2, y, width, line, *role);
    }
}

fn found(state: &State) -> String {
    if let Some(built) = state.indexing.filter(|_| !state.list.complete) {
        let titles = bars::counted(state.list.ids.len() as u64, "title");
        return format!("{titles} so far; the index is built to {built} %");
    }
    match state.list.ids.len() {
        0 if state.list.complete => "nothing found".to_owned(),
        0 => "searching …".to_owned(),
        n if state.list.complete => bars::counted(n as u64, "article"),
        n => format!("{} or more articles", bars::grouped(n as u64)),
    }
}

fn draw_row(canvas: &mut Canvas, area: Area, state: &State, rhythm: Rhythm, placed: &Placed, needles: &[Needle]) {
    if let Some(heading) = &placed.heading {
        canvas.say(area.x + 2, area.y + placed.y - 1, area.width.saturating_sub(4), heading, Role::Day);
    }
    let Some(id) = state.list.ids.get(placed.index) else { return };
    let y = area.y + placed.y;
    let height = rhythm.body.min(area.height - placed.y);
    let selected = placed.index == state.list.cursor;
    let rows = Area { x: area.x, y, width: area.width, height };
    // What stands under another one is set in.
    let text = TEXT + if state.list.folds.shows(*id) { INSET } else { 0 };
    let room = area.width.saturating_sub(text + 2);
    let Some(row) = state.list.rows.get(id) else {
        canvas.say(area.x + text, y, room, "…", Role::RowMeta);
        return;
    };
    let star = if row.bookmarked.is_some() { canvas.glyph("★", "*") } else { "" };
    let reserved = if star.is_empty() { 0 } else { width_of(star) + 1 };
    let read = state.list.looks_read(row);
    let title = if read { Role::RowTitle } else { Role::RowTitleUnread };
    canvas.say(area.x + text, y, room.saturating_sub(reserved), &row.title, title);
    canvas.say_right(area.right().saturating_sub(1), y, reserved, star, Role::Star);
    if !read {
        canvas.say(text + area.x - 2, y, 1, canvas.glyph("●", "o"), Role::UnreadDot);
    } else if state.list.hides_unread(*id) {
        canvas.say(text + area.x - 2, y, 1, canvas.glyph("○", "."), Role::UnreadDot);
    }
    if height > 1 {
        draw_meta(canvas, area, (area.x + text, y + 1), state, row);
    }
    if selected {
        let focused = state.focus == Focus::List;
        canvas.tint(rows, if focused { Role::Selected } else { Role::SelectedInactive });
        let bar = canvas.glyph("▌", ">");
        for y in rows.y..rows.bottom() {
            canvas.say(area.x, y, 1, bar, if focused { Role::Cursor } else { Role::Border });
        }
    }
    // Above the ground of the selected row, so that its hits are lit, too.
    draw_hits(canvas, (area.x + text, y), &shorten(&row.title, usize::from(room.saturating_sub(reserved))), needles);
    if height > 2
        && let Some(snippet) = state.list.snippets.get(id)
    {
        draw_snippet(canvas, area.x + text, y + 2, room, snippet);
    }
    if state.list.marked.contains(id) {
        canvas.say(area.x + 1, y, 1, canvas.glyph("✓", "+"), Role::Star);
    }
}

/// Lights what `needles` find in a line that is drawn from `x`, `y` on.
pub(super) fn draw_hits(canvas: &mut Canvas, (x, y): (u16, u16), line: &str, needles: &[Needle]) {
    if needles.is_empty() {
        return;
    }
    for hit in hits(line, needles) {
        let (start, end) = (hit.start as usize, hit.end as usize);
        let (Some(before), Some(text)) = (line.get(..start), line.get(start..end)) else { continue };
        canvas.say(x.saturating_add(width_of(before)), y, width_of(text), text, Role::Hit);
    }
}

fn draw_meta(canvas: &mut Canvas, area: Area, (x, y): (u16, u16), state: &State, row: &Summary) {
    let middle = canvas.glyph(" · ", " - ");
    let when = if state.order() == Order::Relevance {
        dates::date(row.published, &state.now)
    } else {
        dates::time(row.published, &state.now)
    };
    let minutes = row.minutes().unwrap_or_default();
    let quotes = if row.quotes > 0 { format!("{}{}", canvas.glyph("“", "\""), row.quotes) } else { String::new() };
    let right = area.right().saturating_sub(1);
    let from = canvas.say_right(right, y, width_of(&quotes), &quotes, Role::QuoteCount);
    let room = from.saturating_sub(x + 1);
    let others = match state.list.folds.under(row.id).count() {
        0 => String::new(),
        others => format!("+{others}"),
    };
    let fixed = [when.as_str(), minutes.as_str(), others.as_str()];
    let fixed: Vec<&str> = fixed.into_iter().filter(|part| !part.is_empty()).collect();
    let fixed = fixed.join(middle);
    // The source gives way first: the time and the length say more in less room.
    let source = row.source.as_deref().unwrap_or_default();
    let for_source = room.saturating_sub(width_of(&fixed) + width_of(middle));
    let source = shorten(source, usize::from(for_source));
    let line = if source.is_empty() { fixed } else { format!("{source}{middle}{fixed}") };
    canvas.say(x, y, room, &line, Role::RowMeta);
}

fn draw_snippet(canvas: &mut Canvas, x: u16, y: u16, width: u16, snippet: &Snippet) {
    let mut at = x;
    let end = x + width;
    let mut from = 0;
    let mut part = |canvas: &mut Canvas, range: std::ops::Range<usize>, role| {
        if let Some(text) = snippet.text.get(range) {
            let style = canvas.style(role);
            at = canvas.put(at, y, end.saturating_sub(at), text, style);
        }
    };
    for hit in &snippet.hits {
        part(canvas, from..hit.start, Role::Snippet);
        part(canvas, hit.clone(), Role::Hit);
        from = hit.end;
    }
    part(canvas, from..snippet.text.len(), Role::Snippet);
}

/// Says why nothing is listed, and what to do next.
fn empty(canvas: &mut Canvas, area: Area, state: &State) {
    if !state.list.complete {
        return;
    }
    let (what, next) = if state.listing.is_search() {
        ("Nothing found.", "Fewer or shorter words find more; Esc goes back.")
    } else if !state.listing.filter.is_empty() {
        ("Nothing passes the filter.", "Esc clears it.")
    } else {
        match state.listing.place {
            Place::All => (
                "The library is empty.",
                "a stores files, folders and pages, and takes over what other readers have: ~/.newsboat, feeds in OPML, bookmarks. ? shows the keys.",
            ),
            Place::Unread => ("All is read.", "g l shows all articles."),
            Place::Bookmarks => ("No bookmarks yet.", "b on an article sets one; g l shows all articles."),
            Place::Quotes => {
                ("Nobody is quoted yet.", "What is said in an article shows here; a stores a file or folder.")
            }
            Place::Kept => (
                "No quotes kept yet.",
                "H on a quote keeps it: ) in an article goes to the next one. g q shows all quotes.",
            ),
            Place::Speaker(_) => ("Nobody of this name is quoted.", "g w shows all speakers."),
            Place::Trash => ("The trash is empty.", "D on an article moves it here; g l shows all articles."),
            Place::Search(_) => ("Nothing found.", "* forgets this search; g l shows all articles."),
            Place::Source(_) | Place::Tag(_) => ("Nothing here.", "g l shows all articles."),
        }
    };
    let inner = Area { x: area.x + TEXT, width: area.width.saturating_sub(TEXT + 2), ..area };
    canvas.say(inner.x, inner.y, inner.width, what, Role::RowTitle);
    let below = Area { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    canvas.say_lines(below, next, Role::RowMeta);
}
