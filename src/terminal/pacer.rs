//! When a frame is drawn: the first change at once, further ones at most every `FRAME`, and what is typed does not wait for what
//! came by itself; and a frame waits a moment for workers that were asked by the same input, so that one key gives one complete
//! frame. Reads no clock.

use std::collections::HashSet;
use std::time::{Duration, Instant};

/// The number of a piece of work that was given to a worker.
pub(super) type Job = u64;

/// Time between two frames: 60 a second, more are not seen.
const FRAME: Duration = Duration::from_millis(16);

/// How long a frame waits for workers. Half a frame: nobody sees it, and most answers come within it.
const PATIENCE: Duration = Duration::from_millis(8);

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing to draw: wait for an event, however long it takes.
    Rest,
    /// Wait for an event, but no longer than this.
    Wait(Duration),
    Draw,
}

/// Decides when frames are drawn.
#[derive(Debug, Default)]
pub(super) struct Pacer {
    dirty: bool,
    drawn: Option<Instant>,
    /// Something was typed since the last frame.
    typed: bool,
    /// When the last frame was drawn before which something was typed.
    told: Option<Instant>,
    /// What was asked since the last frame and has not been answered, and until when that is waited for.
    awaited: HashSet<Job>,
    patience: Option<Instant>,
}

impl Pacer {
    /// The picture changed.
    pub(super) fn changed(&mut self) {
        self.dirty = true;
    }

    /// Something was typed, or said by the mouse.
    pub(super) fn typed(&mut self) {
        self.typed = true;
    }

    /// A worker was given `job`, whose answer belongs into the next frame.
    pub(super) fn asked(&mut self, job: Job, now: Instant) {
        self.awaited.insert(job);
        self.patience.get_or_insert(now + PATIENCE);
    }

    /// A worker has done `job`.
    pub(super) fn answered(&mut self, job: Job) {
        self.awaited.remove(&job);
    }

    /// A frame was drawn.
    pub(super) fn drew(&mut self, now: Instant) {
        let told = if self.typed { Some(now) } else { self.told };
        *self = Self { drawn: Some(now), told, ..Self::default() };
    }

    pub(super) fn next(&self, now: Instant) -> Next {
        if !self.dirty {
            return Next::Rest;
        }
        // At most two frames in `FRAME`: what a worker said a moment ago is nothing that a key has to wait for.
        let last = if self.typed { self.told } else { self.drawn };
        let paced = last.map(|last| last + FRAME);
        let answers = self.patience.filter(|_| !self.awaited.is_empty());
        match paced.max(answers).map(|at| at.saturating_duration_since(now)) {
            None | Some(Duration::ZERO) => Next::Draw,
            Some(wait) => Next::Wait(wait),
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "an instant can only be had from the clock; what follows is added to it")]
mod tests {
    use super::*;

    fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn nothing_to_draw_means_rest() {
        let now = Instant::now();
        let mut pacer = Pacer::default();
        assert_eq!(pacer.next(now), Next::Rest);
        pacer.asked(1, now);
        assert_eq!(pacer.next(now), Next::Rest, "an answer wakes us by itself");
    }

    #[test]
    fn the_first_change_is_drawn_at_once_and_the_next_one_a_frame_later() {
        let now = Instant::now();
        let mut pacer = Pacer::default();
        pacer.changed();
        assert_eq!(pacer.next(now), Next::Draw);
        pacer.drew(now);
        assert_eq!(pacer.next(now), Next::Rest);
        pacer.changed();
        assert_eq!(pacer.next(now + ms(6)), Next::Wait(ms(10)));
        assert_eq!(pacer.next(now + FRAME), Next::Draw);
    }

    #[test]
    fn a_key_waits_for_the_frame_of_another_key_and_for_no_other() {
        let now = Instant::now();
        let mut pacer = Pacer::default();
        pacer.changed();
        pacer.drew(now);
        pacer.typed();
        pacer.changed();
        assert_eq!(pacer.next(now + ms(1)), Next::Draw, "the frame before came by itself");
        pacer.drew(now + ms(1));
        pacer.changed();
        assert_eq!(pacer.next(now + ms(2)), Next::Wait(ms(15)), "what comes by itself waits");
        pacer.typed();
        assert_eq!(pacer.next(now + ms(3)), Next::Wait(ms(14)), "and so does the next key");
        pacer.drew(now + ms(17));
        pacer.changed();
        pacer.drew(now + ms(33));
        pacer.typed();
        pacer.changed();
        assert_eq!(pacer.next(now + ms(34)), Next::Draw);
    }

    #[test]
    fn a_frame_waits_for_the_answers_to_the_same_input_but_not_long() {
        let now = Instant::now();
        let mut pacer = Pacer::default();
        pacer.changed();
        pacer.asked(1, now);
        pacer.asked(2, now + ms(1));
        assert_eq!(pacer.next(now + ms(1)), Next::Wait(ms(7)));
        pacer.answered(1);
        assert_eq!(pacer.next(now + ms(2)), Next::Wait(ms(6)), "still one to come");
        assert_eq!(pacer.next(now + PATIENCE), Next::Draw, "patience is over");
        pacer.answered(2);
        assert_eq!(pacer.next(now + ms(2)), Next::Draw, "all are there");
    }

    #[test]
    fn a_job_from_before_the_last_frame_is_not_waited_for() {
        let now = Instant::now();
        let mut pacer = Pacer::default();
        pacer.changed();
        pacer.asked(1, now);
        pacer.drew(now);
        pacer.changed();
        assert_eq!(pacer.next(now + FRAME), Next::Draw);
    }
}
