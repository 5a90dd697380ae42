//! Places where Unicode's rules allow a break that a typesetter would not take: inside a number and its unit, behind
//! "Mr." or an initial, before a dash that stands alone.

use super::segment::floor;

/// Bytes on either side of a break that are looked at: more than any title, number or unit.
const NEAR: usize = 32;

/// Whether a row may end before byte `at` of `line`, where Unicode's rules allow it.
#[must_use]
pub fn may_break(line: &str, at: usize) -> bool {
    let before = line.get(floor(line, at.saturating_sub(NEAR))..at).unwrap_or_default();
    let after = line.get(at..floor(line, at.saturating_add(NEAR))).unwrap_or_default();
    let left = before.trim_end();
    if left.len() == before.len() {
        // A dash between words stays at the end of the row.
        return !after.starts_with(is_dash);
    }
    let left = left.rsplit(char::is_whitespace).next().unwrap_or_default();
    let right = after.split(char::is_whitespace).next().unwrap_or_default();
    !(stands_alone(right) || holds_name(left) || holds_number(left, right) || is_measured(left, right))
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―' | '‒' | '⸺' | '⸻')
}

/// A dash, an ellipsis or a mark with blanks around it belongs to the words before it.
fn stands_alone(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| is_dash(c) || "-−…‥.,;:!?%‰°·•|/&+=×÷»›)".contains(c))
}

/// Titles before a name; an initial is found without a table.
const TITLES: &[&str] = &[
    "Mr.",
    "Mrs.",
    "Ms.",
    "Mx.",
    "Dr.",
    "Drs.",
    "Prof.",
    "Sen.",
    "Sens.",
    "Rep.",
    "Reps.",
    "Gov.",
    "Gen.",
    "Col.",
    "Maj.",
    "Capt.",
    "Cpt.",
    "Cmdr.",
    "Lt.",
    "Sgt.",
    "Cpl.",
    "Adm.",
    "Rev.",
    "Fr.",
    "Hon.",
    "Pres.",
    "Supt.",
    "St.",
    "Ste.",
    "Mt.",
    "Ft.",
    "Messrs.",
    "Mme.",
    "Mme",
    "Mlle.",
    "Mlle",
    "MM.",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Hr.",
    "Frau",
    "Herr",
    "Dipl.-Ing.",
    "Ing.",
    "Sr.",
    "Sra.",
    "Dott.",
    "Avv.",
];

/// Words before a number.
const NUMBERED: &[&str] = &[
    "No.", "Nos.", "no.", "Nr.", "nr.", "N°", "№", "Art.", "art.", "Fig.", "fig.", "Vol.", "vol.", "Bd.", "pp.", "p.",
    "Ch.", "ch.", "Sec.", "sec.", "§", "§§", "ca.", "c.", "approx.", "€", "$", "£", "¥", "₹", "₽", "CHF", "EUR", "USD",
    "GBP", "US$", "A$", "C$", "#", "~", "±", "+", "-", "−", "–", "<", ">", "≈", "≤", "≥",
];

/// Words behind a number, without the full stop at their end.
const UNITS: &[&str] = &[
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "thousand",
    "hundred",
    "dozen",
    "m",
    "bn",
    "tn",
    "k",
    "Millionen",
    "Million",
    "Milliarden",
    "Milliarde",
    "Mio",
    "Mrd",
    "Billionen",
    "Tausend",
    "millions",
    "milliards",
    "milliard",
    "millones",
    "milioni",
    "miliardi",
    "miljoen",
    "miljard",
    "per",
    "percent",
    "percentage",
    "pct",
    "Prozent",
    "Prozentpunkte",
    "pour",
    "por",
    "percento",
    "procent",
    "°",
    "°C",
    "°F",
    "K",
    "mm",
    "cm",
    "km",
    "kms",
    "nm",
    "m²",
    "km²",
    "m³",
    "ft",
    "in",
    "yd",
    "mi",
    "miles",
    "mile",
    "feet",
    "foot",
    "inches",
    "metres",
    "meters",
    "Meter",
    "kilometres",
    "kilometers",
    "Kilometer",
    "km/h",
    "kph",
    "mph",
    "m/s",
    "g",
    "kg",
    "mg",
    "t",
    "lb",
    "lbs",
    "oz",
    "tonnes",
    "tons",
    "Tonnen",
    "l",
    "ml",
    "cl",
    "hl",
    "gal",
    "ha",
    "acres",
    "hectares",
    "Hektar",
    "W",
    "kW",
    "MW",
    "GW",
    "TW",
    "kWh",
    "MWh",
    "GWh",
    "V",
    "A",
    "Hz",
    "kHz",
    "MHz",
    "GHz",
    "kB",
    "KB",
    "MB",
    "GB",
    "TB",
    "bit",
    "s",
    "sec",
    "ms",
    "min",
    "h",
    "hrs",
    "a.m",
    "p.m",
    "am",
    "pm",
    "AM",
    "PM",
    "A.M",
    "P.M",
    "Uhr",
    "€",
    "$",
    "£",
    "¥",
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "euro",
    "euros",
    "Euro",
    "dollars",
    "Dollar",
    "pounds",
    "pence",
    "cents",
    "Cent",
    "yen",
    "Jahre",
    "o’clock",
    "o'clock",
];

fn holds_name(left: &str) -> bool {
    let left = opened(left);
    let mut letters = left.chars();
    let is_initial = letters.next().is_some_and(char::is_alphabetic) && letters.as_str() == ".";
    is_initial || TITLES.contains(&left)
}

fn holds_number(left: &str, right: &str) -> bool {
    right.starts_with(|c: char| c.is_numeric()) && NUMBERED.contains(&opened(left))
}

/// "4.5 million", "20 km", "5 p.m.", "9 per cent", with the break inside "per cent" as well.
fn is_measured(left: &str, right: &str) -> bool {
    let unit = right.trim_end_matches(|c: char| c.is_ascii_punctuation() || "’”»…".contains(c));
    if matches!(left, "per" | "pour" | "por" | "per‑") && matches!(unit, "cent" | "ciento" | "cento") {
        return true;
    }
    let is_number = left.ends_with(char::is_numeric)
        && opened(left).chars().all(|c| c.is_numeric() || "+-−–.,’'$€£¥/:".contains(c));
    is_number && (UNITS.contains(&unit) || unit.is_empty() && right.starts_with('%'))
}

/// `word` without the marks that open a quotation or bracket.
fn opened(word: &str) -> &str {
    word.trim_start_matches(|c| "(['\"“‘„«‹»".contains(c))
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
