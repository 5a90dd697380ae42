//! Whether a text has enough of a claim's words near each other for the claim to be near it: a quick look that spares most texts
//! the slow one. Says no only where an alignment would.

use super::align::{Ground, Step};
use super::{Claim, NEARLY};

/// Whether so many of the claim's words stand in one stretch of the text that it may be near.
///
/// Of a near one, `NEARLY` of all words that claim and stretch have are the same, so that the stretch is at most that much
/// longer than the claim; words that interrupt a speech are not counted. Where the claim leaves words out, a stretch may have
/// any length.
pub(super) fn shares_enough(claim: &Claim, ground: &[Ground]) -> bool {
    let mut wanted = vec![0_usize; claim.known.len()];
    let (mut all, mut sure) = (0_usize, 0_usize);
    for step in &claim.steps {
        let Step::Word(n) = *step else { continue };
        all += 1;
        // The beginning of a word may be any word that begins so.
        if claim.tokens.get(n).is_some_and(|token| token.stem.is_some()) {
            sure += 1;
        } else if let Some(count) = claim.numbers.get(n).and_then(|number| wanted.get_mut(*number)) {
            *count += 1;
        }
    }
    let whole = claim.steps.len() > all;
    // Rounded in favour of the text.
    let enough = part(all).saturating_sub(sure);
    let longest = if whole { usize::MAX } else { all + all.div_ceil(3) };
    let mut met = vec![0_usize; wanted.len()];
    let (mut found, mut length, mut start) = (0, 0, 0);
    let count = |met: &[usize], word: usize| met.get(word).copied().unwrap_or(0);
    for word in ground {
        length += usize::from(!word.aside);
        if let Some(number) = word.word {
            found += usize::from(count(&met, number) < count(&wanted, number));
            met.get_mut(number).into_iter().for_each(|met| *met += 1);
        }
        while length > longest
            && let Some(first) = ground.get(start)
        {
            length -= usize::from(!first.aside);
            if let Some(number) = first.word {
                met.get_mut(number).into_iter().for_each(|met| *met -= 1);
                found -= usize::from(count(&met, number) < count(&wanted, number));
            }
            start += 1;
        }
        if found >= enough {
            return true;
        }
    }
    enough == 0
}

/// The least whole number of words that is `NEARLY` of `all`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a claim has at most some hundred words")]
fn part(all: usize) -> usize {
    let all = f32::from(u16::try_from(all).unwrap_or(u16::MAX));
    (NEARLY * all).ceil() as usize
}
