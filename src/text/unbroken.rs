//! Places where Unicode's rules allow a break that a typesetter would not take: inside a number and its unit, behind
//! "Mr." or an initial, before a dash that stands alone.

use super::segment::floor;

/// Bytes on either side of a break that are looked at: more than any title, number or unit.
const NEAR: usize = 32;

/// Whether a row may end before byte `at` of `line`, where Unicode's rules allow it.
#[must_use]
pub fn may_break(line: &str, at: usize) -> bool {
    if is_between_words(line.as_bytes(), at) {
        return true;
    }
    let before = line.get(floor(line, at.saturating_sub(NEAR))..at).unwrap_or_default();
    let after = line.get(at..floor(line, at.saturating_add(NEAR))).unwrap_or_default();
    let left = before.trim_end();
    if left.len() == before.len() {
        // A dash between words stays at the end of the row.
        return !after.starts_with(is_dash);
    }
    let left = left.rsplit(' ').next().unwrap_or_default().trim_start_matches(is_opening);
    let right = after.split(' ').next().unwrap_or_default();
    !(stands_alone(right)
        || holds_name(left)
        || right.starts_with(char::is_numeric) && is_in(NUMBERED, left)
        || left.ends_with(char::is_numeric) && left.chars().all(is_of_number) && is_in(UNITS, without_marks(right))
        || is_in("per pour por", left) && is_in("cent ciento cento", without_marks(right)))
}

/// Bytes of a word that are enough to know it from the short ones that hold on to what follows them.
const ENOUGH: usize = 7;

/// Most places, told quickly: between a word of small letters and another word.
fn is_between_words(line: &[u8], at: usize) -> bool {
    let Some((b' ', before)) = line.get(..at).and_then(<[u8]>::split_last) else { return false };
    let near = before.get(before.len().saturating_sub(ENOUGH)..).unwrap_or_default();
    let word = near.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
    line.get(at).is_some_and(u8::is_ascii_alphabetic)
        && !word.is_empty()
        && word.iter().all(u8::is_ascii_lowercase)
        && !matches!(word, b"per" | b"pour" | b"por")
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―' | '‒' | '⸺' | '⸻')
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '»')
}

fn is_of_number(c: char) -> bool {
    c.is_numeric()
        || is_dash(c)
        || matches!(c, '+' | '-' | '−' | '.' | ',' | '’' | '\'' | '$' | '€' | '£' | '¥' | '/' | ':')
}

/// Marks that, with blanks around them, belong to the words before them.
fn is_trailing(c: char) -> bool {
    is_dash(c)
        || matches!(c, '-' | '−' | '…' | '‥' | '.' | ',' | ';' | ':' | '!' | '?' | '%' | '‰' | '°' | '·' | '•')
        || matches!(c, '|' | '/' | '&' | '+' | '=' | '×' | '÷' | '»' | '›' | ')')
}

fn stands_alone(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_trailing)
}

/// Titles before a name, with and without a full stop.
const TITLES: &str = "Mr Mrs Ms Mx Dr Drs Prof Messrs Mme Mlle Hr Frau Herr";

/// Titles that are words, or ends of sentences, without their full stop.
const SHORT_TITLES: &str = "Sen. Sens. Rep. Reps. Gov. Pres. Hon. Supt. Gen. Col. Maj. Capt. Cpt. Cmdr. Lt. Sgt. Cpl. \
    Adm. Rev. Fr. St. Ste. Mt. Ft. MM. Dipl.-Ing. Ing. Sr. Sra. Dott. Avv.";

/// Words and signs before a number.
const NUMBERED: &str = "No. Nos. no. Nr. nr. N° № Art. art. Fig. fig. Vol. vol. Bd. pp. Ch. ch. Sec. sec. § §§ ca. \
    approx. € $ £ ¥ ₹ ₽ CHF EUR USD GBP US$ A$ C$ # ~ ± + - − – < > ≈ ≤ ≥";

/// Words behind a number, without the marks behind them.
const UNITS: &str = "million millions billion billions trillion thousand hundred dozen m bn tn k Million Millionen \
    Milliarde Milliarden Mio Mrd Billionen Tausend milliard milliards millones milioni miliardi miljoen miljard \
    per percent percentage pct pour por percento procent Prozent Prozentpunkte °C °F K mm cm km kms nm m² km² m³ ft \
    in yd mi mile miles foot feet inches metres meters Meter kilometres kilometers Kilometer km/h kph mph m/s g kg mg t \
    lb lbs oz tonnes tons Tonnen l ml cl hl gal ha acres hectares Hektar W kW MW GW TW kWh MWh GWh V A Hz kHz MHz GHz \
    kB KB MB GB TB bit s sec ms min h hrs a.m p.m A.M P.M am pm AM PM Uhr o’clock o'clock € $ £ ¥ EUR USD GBP CHF euro \
    euros Euro dollars Dollar pounds pence cents Cent yen Jahre";

fn is_in(table: &str, word: &str) -> bool {
    !word.is_empty() && table.split_ascii_whitespace().any(|known| known == word)
}

/// An initial, or a title before a name.
fn holds_name(word: &str) -> bool {
    let Some(first) = word.chars().next().filter(|first| first.is_alphabetic()) else { return false };
    match word.strip_suffix('.') {
        Some(stem) => first.len_utf8() == stem.len() || is_in(TITLES, stem) || is_in(SHORT_TITLES, word),
        None => first.is_uppercase() && is_in(TITLES, word),
    }
}

fn without_marks(word: &str) -> &str {
    word.trim_end_matches(|c: char| c.is_ascii_punctuation() && c != '$' || matches!(c, '’' | '”' | '»' | '…'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_is_not_broken() {
        // A bar where a break is asked for, and whether a row may end there.
        let table = [
            ("pays |well", true),
            ("about 4.5 |million people", false),
            ("a 20 |km walk", false),
            ("up 9 |per cent", false),
            ("nine per |cent higher", false),
            ("€ |20 each", false),
            ("20 |€ each", false),
            ("at 5 |p.m. today", false),
            ("from 1,204 |kg.", false),
            ("in 2016 |inches", false),
            ("in 2016 |people", true),
            ("in 2016. |Millions came", true),
            ("said Mr. |Arrel", false),
            ("(Dr. |Okafor", false),
            ("said J. |Brown", false),
            ("Kevin D. |Williamson", false),
            ("see No. |10", false),
            ("he said no. |Then", true),
            ("a deal |– at last", false),
            ("a deal – |at last", true),
            ("a deal|—at last", false),
            ("a deal—|at last", true),
            ("a deal |—at last", true),
            ("wait |… and see", false),
            ("wait |...", false),
            ("twenty-|one", true),
            ("東|京", true),
        ];
        for (drawn, expected) in table {
            let at = drawn.find('|').unwrap();
            assert_eq!(may_break(&drawn.replace('|', ""), at), expected, "{drawn}");
        }
    }
}
