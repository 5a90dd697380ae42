//! What was asked last of each kind, so that workers drop what nobody waits for any more. Shared between threads.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::app::{Effect, Ticket};

/// The newest ticket of each kind of request that replaces the one before.
#[derive(Debug, Default)]
pub struct Newest {
    list: AtomicU64,
    snippets: AtomicU64,
    open: AtomicU64,
    compare: AtomicU64,
    speakers: AtomicU64,
    ahead: AtomicU64,
    counts: AtomicU64,
}

impl Newest {
    /// Notes that `effect` was asked for; to be called before a worker has it.
    pub fn note(&self, effect: &Effect) {
        if let Some((newest, ticket)) = self.kind(effect) {
            newest.store(ticket, Ordering::SeqCst);
        }
    }

    /// Whether a newer request replaced `effect`.
    #[must_use]
    pub fn replaced(&self, effect: &Effect) -> bool {
        self.kind(effect).is_some_and(|(newest, ticket)| newest.load(Ordering::SeqCst) != ticket)
    }

    /// Whether other snippets than those of `ticket` were asked for since.
    #[must_use]
    pub fn has_newer_snippets(&self, ticket: Ticket) -> bool {
        self.snippets.load(Ordering::SeqCst) != ticket
    }

    fn kind(&self, effect: &Effect) -> Option<(&AtomicU64, Ticket)> {
        match effect {
            Effect::List { ticket, .. } | Effect::ListKept { ticket, .. } => Some((&self.list, *ticket)),
            Effect::Snippets { ticket, .. } => Some((&self.snippets, *ticket)),
            Effect::Open { ticket, .. } => Some((&self.open, *ticket)),
            Effect::Compare { ticket, .. } => Some((&self.compare, *ticket)),
            Effect::Speakers { ticket, .. } => Some((&self.speakers, *ticket)),
            Effect::ReadAhead { ticket, .. } => Some((&self.ahead, *ticket)),
            Effect::CountPlaces { ticket, .. } => Some((&self.counts, *ticket)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Order;
    use crate::query::Query;

    #[test]
    fn the_last_request_of_a_kind_replaces_the_one_before_and_no_other_kind() {
        let list = |ticket| Effect::List {
            ticket,
            query: Query::default(),
            order: Order::Newest,
            forgiving: false,
            fold: false,
            again: false,
        };
        let newest = Newest::default();
        for effect in [list(1), Effect::Open { ticket: 2, id: 7 }, list(3), Effect::Counts] {
            newest.note(&effect);
        }
        assert!(newest.replaced(&list(1)));
        assert!(!newest.replaced(&list(3)));
        assert!(!newest.replaced(&Effect::Open { ticket: 2, id: 7 }));
        assert!(!newest.replaced(&Effect::Counts));
    }
}
