//! Drawing, and nothing else: the state as a frame of cells. One file a pane.

mod article;
mod bars;
mod conversion;
mod difference;
mod list;
mod overlay;
mod paint;
mod places;
mod quotes;

use ratatui::Frame;

use crate::app::App;
use crate::config::{Role, Theme};

use paint::Canvas;

pub use conversion::draw_conversion;

/// Draws what `app` shows in the colours of `theme`. Any size will do.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame) {
    let state = app.state();
    let mut canvas = Canvas::new(frame.buffer_mut(), theme, state.settings.ascii);
    canvas.fill_all(Role::Text);
    let panes = state.panes();
    let cursor = if panes.too_small {
        bars::too_small(&mut canvas, panes.status);
        None
    } else {
        bars::top(&mut canvas, panes.top, state);
        if let Some(pane) = panes.places {
            places::draw(&mut canvas, pane, state);
            canvas.border(pane);
        }
        let in_list = panes.list.and_then(|pane| {
            canvas.border(pane);
            list::draw(&mut canvas, pane, state)
        });
        if let Some(pane) = panes.article {
            article::draw(&mut canvas, pane, state);
        }
        let in_bar = bars::status(&mut canvas, panes.status, app);
        let in_overlay = overlay::draw(&mut canvas, state);
        in_overlay.or(in_list).or(in_bar)
    };
    if let Some(at) = cursor {
        frame.set_cursor_position(at);
    }
}
