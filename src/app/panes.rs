//! Where everything stands on the screen: one pure function, used by update, view and mouse alike.

use crate::config::PlacesChoice;

use super::state::{Focus, Place, State};

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    /// Whether the cell at `column`, `row` lies in it.
    #[must_use]
    pub fn contains(self, column: u16, row: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&column)
            && (self.y..self.y.saturating_add(self.height)).contains(&row)
    }

    /// The column behind its last one.
    #[must_use]
    pub fn right(self) -> u16 {
        self.x.saturating_add(self.width)
    }

    /// The row below its last one.
    #[must_use]
    pub fn bottom(self) -> u16 {
        self.y.saturating_add(self.height)
    }
}

/// The screen divided: bars above and below, up to three panes, the columns of the borders between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    pub top: Area,
    pub places: Option<Area>,
    pub list: Option<Area>,
    pub article: Option<Area>,
    /// The column right of the list, which can be dragged.
    pub border: Option<u16>,
    pub status: Area,
    /// Nothing but a word about the size fits.
    pub too_small: bool,
}

/// From this width on list and article stand side by side.
const TWO_PANES: u16 = 90;
/// From this width on the places stand beside them without being asked for.
const THREE_PANES: u16 = 150;
const PLACES_WIDTH: u16 = 26;
const LIST_NARROWEST: u16 = 24;
const ARTICLE_NARROWEST: u16 = 30;
const SMALLEST: (u16, u16) = (20, 5);
/// Cells left and right of the text, where there is room.
const MARGIN: u16 = 4;
/// Left and right of the text on a screen so wide that the list takes of it.
const WIDE_MARGIN: u16 = 12;
/// The list's width where there is room for everything.
const LIST_WIDEST: u16 = 64;
/// The bar of a long quotation and the blank behind it.
const BAR: u16 = 2;

/// Divides a screen of `size` (columns, rows).
#[must_use]
pub fn panes(size: (u16, u16), state: &State) -> Panes {
    let (width, height) = size;
    if width < SMALLEST.0 || height < SMALLEST.1 {
        return Panes { status: Area { x: 0, y: 0, width, height }, too_small: true, ..Panes::default() };
    }
    let middle = Area { x: 0, y: 1, width, height: height - 2 };
    let mut panes = Panes {
        top: Area { x: 0, y: 0, width, height: 1 },
        status: Area { x: 0, y: height - 1, width, height: 1 },
        ..Panes::default()
    };
    if state.zoomed && state.focus == Focus::Article {
        panes.article = Some(middle);
        return panes;
    }
    if width < TWO_PANES {
        match state.focus {
            Focus::Places => panes.places = Some(middle),
            Focus::List => panes.list = Some(middle),
            Focus::Article => panes.article = Some(middle),
        }
        return panes;
    }
    let mut x = 0;
    if places_shown(width, state) {
        panes.places = Some(Area { width: PLACES_WIDTH, ..middle });
        x = PLACES_WIDTH + 1;
    }
    let room = width - x;
    let wanted = state.border.unwrap_or_else(|| list_width(room, state));
    let list = wanted.clamp(LIST_NARROWEST, room.saturating_sub(ARTICLE_NARROWEST + 1).max(LIST_NARROWEST));
    panes.list = Some(Area { x, width: list, ..middle });
    panes.border = Some(x + list);
    let x = x + list + 1;
    panes.article = Some(Area { x, width: width - x, ..middle });
    panes
}

/// As wide as the settings say, less where that leaves the article too little, more where it would only have margins.
fn list_width(room: u16, state: &State) -> u16 {
    let settings = &state.settings;
    let spare = room.saturating_sub(settings.measure + 2 * WIDE_MARGIN);
    settings.list_width.max(spare.min(LIST_WIDEST)).min(room * 2 / 5)
}

fn places_shown(width: u16, state: &State) -> bool {
    let usual = match state.settings.places {
        PlacesChoice::Auto => width >= THREE_PANES,
        PlacesChoice::Always => true,
        PlacesChoice::Never => false,
    };
    state.places.shown.unwrap_or(usual) || state.focus == Focus::Places
}

/// The column of text in an article's pane, centred; the bars of quotations stand left of it.
#[must_use]
pub fn text_column(pane: Area, measure: u16) -> Area {
    let margin = if pane.width >= 50 { MARGIN } else { BAR };
    let width = measure.min(pane.width.saturating_sub(2 * margin)).max(1).min(pane.width.max(1));
    let x = pane.x + pane.width.saturating_sub(width) / 2;
    // A blank row above, where there is room for it.
    let above = u16::from(pane.height >= 12);
    Area { x, y: pane.y + above, width, height: pane.height - above }
}

/// The rows of the list's pane that show articles, below the line for a search.
#[must_use]
pub fn list_rows(pane: Area, state: &State) -> Area {
    let above = match (&state.listing.search, &state.list.meant) {
        // What is typed, what is found, and for what else.
        (Some(_), Some(_)) => 3,
        (Some(_), None) => 2,
        (None, _) if matches!(state.listing.place, Place::Speaker(_)) => match pane.height {
            // Where nobody names a source, the line for them is not missed.
            12.. if state.voice().is_some_and(|voice| voice.sources.is_empty()) => 2,
            12.. => 3,
            6.. => 1,
            _ => 0,
        },
        (None, _) => u16::from(pane.height >= 12),
    };
    let above = above.min(pane.height);
    Area { y: pane.y + above, height: pane.height - above, ..pane }
}
