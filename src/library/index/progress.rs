//! What a search has found so far, and when that is told: a screenful at once, all at the end.

use super::search::Found;
use crate::library::lists::FIRST;
use crate::model::Id;

/// Articles that are looked at one by one before what they gave is told; after that four times as many, and so on.
const LOOKS: usize = 32;

/// Takes the hits of one search.
pub struct Progress<'a> {
    pub found: Found,
    limit: usize,
    tell: &'a mut dyn FnMut(&[Id]),
    told: usize,
    looks: usize,
    next: usize,
}

impl<'a> Progress<'a> {
    /// At most `limit` hits are taken; `tell` hears the beginning of them before all are known.
    pub fn new(limit: usize, tell: &'a mut dyn FnMut(&[Id])) -> Self {
        let found = Found { complete: true, ..Found::default() };
        Self { found, limit, tell, told: 0, looks: 0, next: LOOKS }
    }

    /// The most hits that are taken.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Takes a hit; false, and nothing is taken, where it is one too many.
    pub fn push(&mut self, id: Id) -> bool {
        if self.found.ids.len() >= self.limit {
            self.found.complete = false;
            return false;
        }
        self.found.ids.push(id);
        if self.told == 0 && self.found.ids.len() == FIRST {
            self.tell();
        }
        true
    }

    /// A text was read to see whether its article is a hit.
    pub fn read_text(&mut self) {
        self.found.texts += 1;
        self.look();
    }

    /// An article was looked at to see whether it is a hit.
    pub fn look(&mut self) {
        self.looks += 1;
        if self.looks == self.next {
            self.next *= 4;
            if self.found.ids.len() > self.told {
                self.tell();
            }
        }
    }

    /// Tells hits that will be in another order, or among others, when the search is done.
    pub fn tell_for_now(&mut self, ids: &[Id]) {
        if self.limit > FIRST && !ids.is_empty() {
            (self.tell)(ids);
            self.told = self.told.max(ids.len());
        }
    }

    fn tell(&mut self) {
        if self.limit > FIRST {
            (self.tell)(&self.found.ids);
            self.told = self.found.ids.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screenful_is_told_once_and_again_only_after_many_texts_with_new_hits() {
        let mut told = Vec::new();
        let mut tell = |ids: &[Id]| told.push(ids.len());
        let mut progress = Progress::new(usize::MAX, &mut tell);
        for at in 0..600 {
            progress.read_text();
            if at % 20 == 0 {
                progress.push(at);
            }
        }
        for at in 0..200 {
            progress.push(1000 + at);
        }
        assert_eq!(told, [2, 7, 26]);
        let mut told = Vec::new();
        let mut tell = |ids: &[Id]| told.push(ids.len());
        let mut progress = Progress::new(usize::MAX, &mut tell);
        assert!((0..300).all(|at| progress.push(at)));
        assert_eq!(told, [FIRST]);
    }

    #[test]
    fn one_too_many_is_not_taken_and_says_that_there_are_more() {
        let mut tell = |_: &[Id]| panic!("nobody waits for a few");
        let mut progress = Progress::new(2, &mut tell);
        assert!(progress.push(1) && progress.push(2) && progress.found.complete);
        assert!(!progress.push(3));
        assert_eq!((progress.found.ids, progress.found.complete), (vec![1, 2], false));
    }
}
