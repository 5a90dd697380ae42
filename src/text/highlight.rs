//! Where a query's words stand in a text, and the lines of it that show them best. Pure: knows words, not queries.

use std::{
    borrow::Cow,
    collections::{HashMap, VecDeque},
    ops::Range,
};

use super::{
    fold,
    segment::{Cluster, clusters, floor},
};
use crate::model::Span;

pub use super::segment::{cells, shorten};

/// Words that are looked for one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle {
    /// Folded as `text::fold` folds them, or where they are `exact` as they are written; more than one is a phrase.
    pub words: Vec<String>,
    /// Case and accents count.
    pub exact: bool,
    /// The last word may go on.
    pub prefix: bool,
}

impl Needle {
    /// The words of `text`, as a reader typed it.
    #[must_use]
    pub fn new(text: &str, prefix: bool) -> Self {
        Self { words: fold::folded_words(text), exact: false, prefix }
    }

    /// Whether its word number `at` is the `folded` one, or that as it is `written`.
    fn matches(&self, at: usize, folded: &str, written: &str) -> bool {
        let last = at + 1 == self.words.len();
        let word = if self.exact { written } else { folded };
        self.words.get(at).is_some_and(|own| own == word || (last && self.prefix && word.starts_with(own.as_str())))
    }
}

/// The byte ranges of `text` that match a needle: sorted, apart from each other, a phrase as one range.
#[must_use]
pub fn hits(text: &str, needles: &[Needle]) -> Vec<Span> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // Needles that have matched some words so far: which, how many, from which byte on.
    let mut begun: Vec<(&Needle, usize, usize)> = Vec::new();
    let exact = needles.iter().any(|needle| needle.exact);
    fold::words(text, |start, end, word| {
        let written = if exact { fold::written(text.get(start..end).unwrap_or_default()) } else { Cow::Borrowed("") };
        begun.retain_mut(|(needle, matched, from)| {
            let goes_on = needle.matches(*matched, word, &written);
            *matched += 1;
            if goes_on && *matched == needle.words.len() {
                found.push(*from..end);
            }
            goes_on && *matched < needle.words.len()
        });
        for needle in needles.iter().filter(|needle| needle.matches(0, word, &written)) {
            if needle.words.len() == 1 {
                found.push(start..end);
            } else {
                begun.push((needle, 1, start));
            }
        }
    });
    found.sort_by_key(|hit| (hit.start, hit.end));
    let mut spans: Vec<Span> = Vec::with_capacity(found.len());
    for hit in found {
        let (Ok(start), Ok(end)) = (u32::try_from(hit.start), u32::try_from(hit.end)) else { continue };
        match spans.last_mut() {
            Some(last) if start < last.end => last.end = last.end.max(end),
            _ => spans.push(start..end),
        }
    }
    spans
}

/// Hits that are weighed for the place of a snippet: the first ones of a text that has more.
const HITS_WEIGHED: usize = 500;

/// What another word among the hits counts, against one more of the same.
const VARIETY: usize = 5;

/// Bytes looked at for each cell of a snippet. Only towers of marks need more, and they may as well be cut.
const BYTES_A_CELL: usize = 16;

/// The best line of `text`, at most `limit` cells: where the most different hits stand close together, or the
/// beginning where there are none. Cut at words, `…` where it is cut, white space folded. The ranges are the hits in
/// the snippet's own bytes, sorted.
#[must_use]
pub fn snippet(text: &str, hits: &[Span], limit: usize) -> (String, Vec<Range<usize>>) {
    let hits: Vec<Range<usize>> = hits.iter().map(|hit| hit.start as usize..hit.end as usize).collect();
    // Both cut marks are set aside.
    let room = limit.saturating_sub(2);
    let reach = limit.saturating_mul(BYTES_A_CELL);
    let mut core = densest(text, hits.get(..HITS_WEIGHED).unwrap_or(&hits), room);
    // A word may be as long as the text.
    core.end = core.end.min(core.start.saturating_add(reach));
    let near = Near::new(text, &core, reach);
    let window = near.window(&core, room, limit);
    near.line(window, &hits, limit)
}

/// The stretch from a hit to a hit, at most `limit` cells, that holds the most different ones; the first of the best.
fn densest(text: &str, hits: &[Range<usize>], limit: usize) -> Range<usize> {
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    let mut known: HashMap<String, usize> = HashMap::new();
    // The hits from the first one that is still near enough: where each is in bytes and in cells, and which word.
    let mut held: VecDeque<(Range<usize>, usize, usize)> = VecDeque::new();
    let mut times: Vec<usize> = Vec::new();
    let (mut best, mut best_score) = (0..0, 0);
    let (mut at, mut column) = (0, 0);
    for hit in hits {
        let gap = part(at..hit.start);
        // A gap that is surely too wide is not measured.
        column += if gap.len() > limit.saturating_mul(BYTES_A_CELL) { limit } else { cells(gap) };
        let next = known.len();
        let word = *known.entry(part(hit.clone()).to_lowercase()).or_insert(next);
        times.resize(known.len(), 0);
        times.get_mut(word).into_iter().for_each(|times| *times += 1);
        held.push_back((hit.clone(), column, word));
        column += cells(part(hit.clone()));
        at = hit.end;
        while held.len() > 1 && held.front().is_some_and(|(_, first, _)| column - first > limit) {
            let word = held.pop_front().map(|(_, _, word)| word);
            word.and_then(|word| times.get_mut(word)).into_iter().for_each(|times| *times -= 1);
        }
        let score = held.len() + VARIETY * times.iter().filter(|times| **times > 0).count();
        if let Some((first, _, _)) = held.front().filter(|_| score > best_score) {
            (best, best_score) = (first.start..hit.end, score);
        }
    }
    best
}

/// The surroundings of a stretch as clusters, white space folded into single blanks.
struct Near<'a> {
    clusters: Vec<Cluster<'a>>,
    /// There is more text before the first cluster, behind the last one.
    cut: (bool, bool),
}

impl<'a> Near<'a> {
    fn new(text: &'a str, core: &Range<usize>, reach: usize) -> Self {
        let (from, to) = (floor(text, core.start.saturating_sub(reach)), floor(text, core.end.saturating_add(reach)));
        let (before, behind) = (text.get(..from).unwrap_or_default(), text.get(to..).unwrap_or_default());
        let mut folded: Vec<Cluster> = Vec::new();
        for cluster in clusters(text.get(from..to).unwrap_or_default()) {
            let cluster = Cluster { at: from + cluster.at, ..cluster };
            match folded.last_mut() {
                Some(last) if cluster.is_blank() && last.is_blank() => {}
                None if cluster.is_blank() => {}
                _ if cluster.is_blank() => folded.push(Cluster { text: " ", cells: 1, ..cluster }),
                _ => folded.push(cluster),
            }
        }
        if folded.last().is_some_and(Cluster::is_blank) {
            folded.pop();
        }
        let has_words = |text: &str| text.contains(|c: char| !c.is_whitespace());
        Self { clusters: folded, cut: (has_words(before), has_words(behind)) }
    }

    /// The clusters of a snippet: those of `core` with a third of the room left before them, the rest behind.
    fn window(&self, core: &Range<usize>, room: usize, limit: usize) -> Range<usize> {
        let all = &self.clusters;
        let cells = |range: Range<usize>| all.get(range).unwrap_or_default().iter().map(|c| c.cells).sum::<usize>();
        let cell = |at: usize| all.get(at).map(|cluster| cluster.cells);
        let is_blank = |at: &usize| all.get(*at).is_some_and(Cluster::is_blank);
        if self.cut == (false, false) && cells(0..all.len()) <= limit {
            return 0..all.len();
        }
        let first = all.partition_point(|cluster| cluster.end() <= core.start);
        let mut last = all.partition_point(|cluster| cluster.at < core.end).max(first);
        let mut inner = cells(first..last);
        while let Some(more) = last.checked_sub(1).and_then(cell).filter(|_| last > first && inner > room) {
            inner -= more;
            last -= 1;
        }
        let (mut from, mut to) = (first, last);
        let mut left = room.saturating_sub(inner);
        let grow_back = |from: &mut usize, left: &mut usize, keep: usize| {
            while let Some(more) = from.checked_sub(1).and_then(cell).filter(|more| more + keep <= *left) {
                *left -= more;
                *from -= 1;
            }
        };
        let behind = left - left / 3;
        grow_back(&mut from, &mut left, behind);
        while let Some(more) = cell(to).filter(|more| *more <= left) {
            left -= more;
            to += 1;
        }
        grow_back(&mut from, &mut left, 0);
        // Cut between words, where there are any.
        if from > 0 && !is_blank(&(from - 1)) || from == 0 && self.cut.0 {
            from = (from..first).find(is_blank).map_or(from, |blank| blank + 1);
        }
        if to < all.len() && !is_blank(&to) || to == all.len() && self.cut.1 {
            to = (last..to).rev().find(is_blank).unwrap_or(to);
        }
        if (from..to).next().is_some_and(|first| is_blank(&first)) {
            from += 1;
        }
        if (from..to).next_back().is_some_and(|last| is_blank(&last)) {
            to -= 1;
        }
        self.filled(from..to, room)
    }

    /// `window` with the words behind it that fit into `room` cells, then those before it: what was cut off on one side
    /// makes room on the other.
    fn filled(&self, window: Range<usize>, room: usize) -> Range<usize> {
        let all = &self.clusters;
        let cells = |range: Range<usize>| all.get(range).unwrap_or_default().iter().map(|c| c.cells).sum::<usize>();
        let is_blank = |at: &usize| all.get(*at).is_some_and(Cluster::is_blank);
        let Range { start: mut from, end: mut to } = window;
        let mut left = room.saturating_sub(cells(from..to));
        while is_blank(&to) {
            let end = (to + 1..all.len()).find(is_blank).unwrap_or(all.len());
            let needs = cells(to..end);
            if needs > left || end == all.len() && self.cut.1 {
                break;
            }
            (to, left) = (end, left - needs);
        }
        while from.checked_sub(1).is_some_and(|before| is_blank(&before)) {
            let begin = (0..from - 1).rev().find(is_blank).map_or(0, |blank| blank + 1);
            let needs = cells(begin..from);
            if needs > left || begin == 0 && self.cut.0 {
                break;
            }
            (from, left) = (begin, left - needs);
        }
        from..to
    }

    /// The clusters of `window` as a line with its cut marks, and where `hits` are in it.
    fn line(&self, window: Range<usize>, hits: &[Range<usize>], limit: usize) -> (String, Vec<Range<usize>>) {
        let mut line = String::new();
        if limit > 0 && (self.cut.0 || window.start > 0) {
            line.push('…');
        }
        // Where each cluster of the window begins in the line, and where the last one ends.
        let mut begins = Vec::with_capacity(window.len() + 1);
        for cluster in self.clusters.get(window.clone()).unwrap_or_default() {
            begins.push(line.len());
            line.push_str(cluster.text);
        }
        begins.push(line.len());
        if limit > 1 && (self.cut.1 || window.end < self.clusters.len()) {
            line.push('…');
        }
        let place = |cluster: usize| begins.get(cluster.clamp(window.start, window.end) - window.start).copied();
        let ranges = hits.iter().filter_map(|hit| {
            let first = self.clusters.partition_point(|cluster| cluster.end() <= hit.start);
            let last = self.clusters.partition_point(|cluster| cluster.at < hit.end);
            Some(place(first)?..place(last)?).filter(|range| !range.is_empty())
        });
        let ranges = ranges.collect();
        (line, ranges)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn needles(query: &[&str], prefix: bool) -> Vec<Needle> {
        query.iter().map(|text| Needle::new(text, prefix)).collect()
    }

    /// `text` with its hits in brackets.
    fn lit(text: &str, hits: &[Range<usize>]) -> String {
        let mut drawn = text.to_owned();
        for hit in hits.iter().rev() {
            drawn.insert(hit.end, ']');
            drawn.insert(hit.start, '[');
        }
        drawn
    }

    fn lit_hits(text: &str, needles: &[Needle]) -> String {
        let hits: Vec<_> = hits(text, needles).iter().map(|hit| hit.start as usize..hit.end as usize).collect();
        lit(text, &hits)
    }

    #[test]
    fn hits_are_folded_words_phrases_and_prefixes() {
        let text = "Rail strike: the railway’s Straße, rail and RAIL strikes. Öl in 東京都";
        let table: &[(&[&str], bool, &str)] = &[
            (&["rail"], false, "[Rail] strike: the railway’s Straße, [rail] and [RAIL] strikes. Öl in 東京都"),
            (&["rail"], true, "[Rail] strike: the [railway]’s Straße, [rail] and [RAIL] strikes. Öl in 東京都"),
            (&["rail strike"], false, "[Rail strike]: the railway’s Straße, rail and RAIL strikes. Öl in 東京都"),
            (&["rail strike"], true, "[Rail strike]: the railway’s Straße, rail and [RAIL strikes]. Öl in 東京都"),
            (
                &["rail strike", "strike the"],
                false,
                "[Rail strike: the] railway’s Straße, rail and RAIL strikes. Öl in 東京都",
            ),
            (
                &["strasse", "ol", "東京"],
                false,
                "Rail strike: the railway’s [Straße], rail and RAIL strikes. [Öl] in [東京]都",
            ),
            (&[""], true, text),
            (&[], false, text),
        ];
        for (query, prefix, expected) in table {
            assert_eq!(lit_hits(text, &needles(query, *prefix)), *expected, "{query:?}");
        }
        assert_eq!(lit_hits("a a a b", &needles(&["a a b"], false)), "a [a a b]");
        let exact = Needle { words: vec!["RAIL".to_owned()], exact: true, prefix: false };
        assert_eq!(
            lit_hits(text, &[exact]),
            "Rail strike: the railway’s Straße, rail and [RAIL] strikes. Öl in 東京都"
        );
    }

    #[test]
    fn a_snippet_is_the_line_where_most_hits_meet() {
        let text = "The rail company met the rail board and rail users on Monday.\n\nNobody had expected \
                    a strike before the  winter, least of all a rail strike that stops every freight train.";
        let table: &[(&[&str], usize, &str)] = &[
            (&["rail", "strike"], 40, "…of all a [rail] [strike] that stops every…"),
            (&["monday"], 36, "…rail users on [Monday]. Nobody had…"),
            (&["winter"], 34, "…the [winter], least of all a rail…"),
            (&["train"], 30, "…stops every freight [train]."),
            (&["company"], 24, "…rail [company] met the…"),
            (&["absent"], 24, "The rail company met…"),
            (&["company"], 3, "…[c]…"),
            (&["company"], 0, ""),
        ];
        for (query, limit, expected) in table {
            let (line, ranges) = snippet(text, &hits(text, &needles(query, false)), *limit);
            assert_eq!(lit(&line, &ranges), *expected, "{query:?} in {limit}");
        }
    }

    #[test]
    fn a_text_that_fits_is_not_cut_and_one_without_blanks_is_cut_anywhere() {
        let table =
            [(" Rail\n strike ", 1..5, 11, "[Rail] strike"), ("東京都庁前駅で火災", 9..12, 12, "…都[庁]前駅で…")];
        for (text, hit, limit, expected) in table {
            let (line, ranges) = snippet(text, std::slice::from_ref(&hit), limit);
            assert_eq!(lit(&line, &ranges), expected);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

        #[test]
        fn a_snippet_fits_and_its_ranges_are_hits(
            text in "[ab éé日🙂\u{301}\n]{0,200}",
            word in "[abé日]{1,2}",
            limit in 0..60usize,
        ) {
            let found = hits(&text, &needles(&[&word], true));
            prop_assert!(found.iter().all(|hit| text.get(hit.start as usize..hit.end as usize).is_some()));
            prop_assert!(found.is_sorted_by(|a, b| a.end <= b.start));
            let (line, ranges) = snippet(&text, &found, limit);
            prop_assert!(cells(&line) <= limit, "{line:?}");
            prop_assert!(!line.contains('\n'));
            prop_assert!(ranges.iter().all(|range| line.get(range.clone()).is_some()));
            prop_assert!(ranges.is_sorted_by(|a, b| a.end <= b.start));
        }
    }
}
