//! Text set as it is: every blank kept, lines that are too long cut anywhere and continued.

use super::{
    Setter, bytes,
    frame::{Frame, LEAST_MEASURE},
    page::{Piece, Role, Row},
    place,
};
use crate::{
    model::Block,
    text::{
        segment::{cells, clusters},
        wrap::shown_cells,
    },
};

impl Setter<'_> {
    pub(super) fn code(&mut self, block: &Block, frame: &Frame) {
        let measure = self.measure() - frame.cells;
        let go_on = match (measure, self.setting.ascii) {
            (0..LEAST_MEASURE, _) => "",
            (_, true) => "\\ ",
            (_, false) => "↳ ",
        };
        let document = self.document;
        let mut line_start = block.span.start as usize;
        for line in document.text().get(bytes(&block.span)).unwrap_or_default().split('\n') {
            let mut start = 0;
            let mut used = 0;
            let mut cuts = Vec::new();
            for cluster in clusters(line) {
                let needed = shown_cells(&cluster, measure).unwrap_or(1);
                if used + needed > measure && used > 0 {
                    cuts.push(start..cluster.at);
                    start = cluster.at;
                    used = cells(go_on);
                }
                used += needed;
            }
            cuts.push(start..line.len());
            for (at, cut) in cuts.into_iter().enumerate() {
                let row = line_start + cut.start..line_start + cut.end;
                let mut pieces = Vec::new();
                frame.push(line_start == block.span.start as usize && at == 0, &mut pieces);
                if at > 0 && !go_on.is_empty() {
                    pieces.push(Piece::added(go_on, Role::Ornament));
                }
                let start = place(row.start);
                self.push_plain(row, Role::Code, &mut pieces);
                self.rows.push(Row { pieces, bar: None, start });
            }
            line_start += line.len() + 1;
        }
    }
}
