//! Rows of the list that stand for others, which tell the same story: which these are, and which of them are shown.

use std::collections::BTreeMap;

use crate::model::Id;

/// What stands under the rows of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds {
    /// Which articles stand under which, by that one and then in the order in which they came.
    under: Vec<(Id, Id)>,
    /// The articles that are shown under another one, with that one.
    shown: BTreeMap<Id, Id>,
}

impl Folds {
    /// Takes in what stands under the rows `ids`; behind rows that were unfolded it puts the others.
    pub fn take(&mut self, mut under: Vec<(Id, Id)>, ids: &mut Vec<Id>) {
        // Those of one row stay in their order.
        under.sort_by_key(|(head, _)| *head);
        self.under = under;
        let mut unfolded: Vec<Id> = std::mem::take(&mut self.shown).into_values().collect();
        unfolded.dedup();
        for head in unfolded {
            self.unfold(head, ids);
        }
    }

    /// Forgets everything: another list is shown.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes articles out that are gone.
    pub fn remove(&mut self, gone: impl Fn(Id) -> bool) {
        self.under.retain(|(head, id)| !gone(*head) && !gone(*id));
        self.shown.retain(|id, head| !gone(*head) && !gone(*id));
    }

    /// The articles that stand under `head`.
    pub fn under(&self, head: Id) -> impl Iterator<Item = Id> {
        let from = self.under.partition_point(|(other, _)| *other < head);
        let rest = self.under.get(from..).unwrap_or_default().iter();
        rest.take_while(move |(other, _)| *other == head).map(|(_, id)| *id)
    }

    /// The article that `id` stands under, shown or not.
    #[must_use]
    pub fn head(&self, id: Id) -> Option<Id> {
        self.under.iter().find(|(_, under)| *under == id).map(|(head, _)| *head)
    }

    /// Whether `id` is shown under another one.
    #[must_use]
    pub fn shows(&self, id: Id) -> bool {
        self.shown.contains_key(&id)
    }

    /// All articles that stand under others and are not shown.
    pub fn hidden(&self) -> impl Iterator<Item = Id> {
        self.under.iter().map(|(_, id)| *id).filter(|id| !self.shows(*id))
    }

    /// Shows what stands under `id`, or hides it again; also where `id` is itself one of these. The row that stays.
    pub fn turn(&mut self, id: Id, ids: &mut Vec<Id>) -> Option<Id> {
        let head = self.shown.get(&id).copied().unwrap_or(id);
        if self.under(head).next().is_some_and(|first| self.shows(first)) {
            self.shown.retain(|_, its| *its != head);
            ids.retain(|id| self.under(head).all(|under| under != *id));
            return Some(head);
        }
        self.unfold(head, ids).then_some(head)
    }

    /// Shows what stands under `head` behind it; whether anything does.
    fn unfold(&mut self, head: Id, ids: &mut Vec<Id>) -> bool {
        let under: Vec<Id> = self.under(head).collect();
        let Some(at) = ids.iter().position(|id| *id == head).filter(|_| !under.is_empty()) else { return false };
        self.shown.extend(under.iter().map(|id| (*id, head)));
        let behind = ids.split_off(at + 1);
        ids.extend(under.into_iter().chain(behind));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_unfolded_stays_so_when_the_list_is_read_again() {
        let mut folds = Folds::default();
        let mut ids = vec![9, 4, 1];
        folds.take(vec![(4, 5), (4, 6), (1, 2)], &mut ids);
        assert_eq!((ids.as_slice(), folds.hidden().collect::<Vec<_>>()), ([9, 4, 1].as_slice(), vec![2, 5, 6]));
        assert_eq!(folds.turn(9, &mut ids), None, "nothing stands under it");
        assert_eq!(folds.turn(4, &mut ids), Some(4));
        assert_eq!((ids.as_slice(), folds.hidden().collect::<Vec<_>>()), ([9, 4, 5, 6, 1].as_slice(), vec![2]));
        let mut ids = vec![11, 9, 4, 1];
        folds.take(vec![(4, 5), (4, 6), (4, 10), (1, 2)], &mut ids);
        assert_eq!(ids, [11, 9, 4, 5, 6, 10, 1]);
        // From one of them, too, it is folded.
        assert_eq!(folds.turn(6, &mut ids), Some(4));
        assert_eq!(ids, [11, 9, 4, 1]);
        assert_eq!((folds.head(6), folds.head(9)), (Some(4), None));
    }

    #[test]
    fn what_is_gone_stands_nowhere() {
        let mut folds = Folds::default();
        let mut ids = vec![4, 1];
        folds.take(vec![(4, 5), (4, 6), (1, 2)], &mut ids);
        folds.remove(|id| id == 5 || id == 1);
        assert_eq!((folds.under(4).collect::<Vec<_>>(), folds.under(1).count()), (vec![6], 0));
    }
}
