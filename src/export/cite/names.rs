//! An author line taken apart into the names of people and organisations, as bibliographies sort them.
//!
//! What is not surely a person stays whole: a name in one piece is sorted oddly, a name cut wrongly is wrong.

/// Somebody who wrote an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    Person {
        given: String,
        /// `van der`, `de`: stands before the family name.
        particle: Option<String>,
        family: String,
        /// `Jr.`, `III`.
        suffix: Option<String>,
    },
    /// An organisation, or a name that cannot be taken apart.
    Whole(String),
}

/// Words in lower case that begin a family name.
const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
    "la", "le", "ten", "ter", "van", "von", "zu", "zum", "zur",
];

const SUFFIXES: &[&str] = &["ii", "iii", "iv", "jr", "sr"];

/// Words that are part of no person's name.
const ORGANISED: &[&str] = &[
    "agence",
    "agency",
    "agentur",
    "associated",
    "association",
    "board",
    "broadcasting",
    "bureau",
    "committee",
    "company",
    "council",
    "courier",
    "daily",
    "department",
    "desk",
    "editorial",
    "editors",
    "foundation",
    "gazette",
    "gmbh",
    "group",
    "herald",
    "inc",
    "institute",
    "journal",
    "ltd",
    "magazine",
    "media",
    "ministry",
    "news",
    "newsroom",
    "office",
    "press",
    "redaktion",
    "reporters",
    "review",
    "service",
    "services",
    "society",
    "staff",
    "team",
    "the",
    "times",
    "union",
    "university",
    "wire",
    "zeitung",
];

/// Words that say what somebody does, after a comma behind the name.
const ROLES: &[&str] = &[
    "chief",
    "columnist",
    "contributor",
    "correspondent",
    "critic",
    "editor",
    "journalist",
    "photographer",
    "producer",
    "reporter",
    "writer",
];

/// The names in an author line such as `By Ruth Vane, Tom Ash and Reuters`.
#[must_use]
pub fn names(line: &str) -> Vec<Name> {
    let line = line.trim();
    let line = match line.split_at_checked(3) {
        Some((by, rest)) if by.eq_ignore_ascii_case("by ") => rest.trim_start(),
        _ => line,
    };
    if line.is_empty() {
        return Vec::new();
    }
    if line.contains(';') {
        return line.split(';').map(str::trim).filter(|part| !part.is_empty()).map(single).collect();
    }
    if let Some(name) = inverted(line).or_else(|| person(line)) {
        return vec![name];
    }
    let mut parts: Vec<&str> =
        line.split(',').flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & ")).collect();
    for part in &mut parts {
        let trimmed = part.trim();
        *part = trimmed.strip_prefix("and ").unwrap_or(trimmed);
    }
    parts.retain(|part| !part.is_empty() && !has_word(part, ROLES));
    let people = parts.iter().filter(|part| person(part).is_some()).count();
    let clear = parts.iter().all(|part| person(part).is_some() || is_short_organisation(part));
    if people > 0 && clear { parts.into_iter().map(single).collect() } else { vec![Name::Whole(line.to_owned())] }
}

fn single(part: &str) -> Name {
    inverted(part).or_else(|| person(part)).unwrap_or_else(|| Name::Whole(part.to_owned()))
}

/// `Vane, Ruth` and `King, Martin, Jr.`, and `Martin King, Jr.`
fn inverted(line: &str) -> Option<Name> {
    let parts: Vec<&str> = line.split(',').map(str::trim).collect();
    let is_family = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        words.split_last().is_some_and(|(last, first)| is_capital(last) && first.iter().all(|word| is_particle(word)))
    };
    match *parts.as_slice() {
        [name, suffix] if is_suffix(suffix) => match person(name)? {
            Name::Person { given, particle, family, suffix: None } => {
                Some(Name::Person { given, particle, family, suffix: Some(suffix.to_owned()) })
            }
            _ => None,
        },
        [family, given] if is_family(family) && person(&format!("{given} {family}")).is_some() => {
            given.split_whitespace().all(is_capital).then_some(())?;
            let words: Vec<&str> = given.split_whitespace().collect();
            // Two names of two words are two people.
            (words.len() <= 2).then(|| join(&words, &family.split_whitespace().collect::<Vec<_>>(), None))
        }
        [family, given, suffix] if is_suffix(suffix) && is_family(family) => {
            let words: Vec<&str> = given.split_whitespace().collect();
            words.iter().all(|word| is_capital(word)).then_some(())?;
            Some(join(&words, &family.split_whitespace().collect::<Vec<_>>(), Some(suffix)))
        }
        _ => None,
    }
}

/// A name of two to six words, each of which may be part of a person's.
fn person(text: &str) -> Option<Name> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let suffix = words.pop_if(|last| is_suffix(last));
    let (first, rest) = words.split_first()?;
    let sound = (2..=6).contains(&words.len())
        && is_capital(first)
        && words.last().is_some_and(|word| is_capital(word))
        && rest.iter().all(|word| is_capital(word) || is_particle(word))
        && !has_word(text, ORGANISED);
    sound.then_some(())?;
    let last = words.len() - 1;
    let family = words.iter().skip(1).position(|word| is_particle(word)).map_or(last, |at| at + 1);
    let (given, family) = words.split_at(family);
    Some(join(given, family, suffix))
}

fn join(given: &[&str], family: &[&str], suffix: Option<&str>) -> Name {
    let particles = family.iter().take_while(|word| is_particle(word)).count();
    let (particle, family) = family.split_at(particles);
    Name::Person {
        given: given.join(" "),
        particle: (!particle.is_empty()).then(|| particle.join(" ")),
        family: family.join(" "),
        suffix: suffix.map(str::to_owned),
    }
}

fn is_capital(word: &str) -> bool {
    let fits = |c: char| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\'');
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(fits)
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

/// One word (`Reuters`), or several of which one tells.
fn is_short_organisation(part: &str) -> bool {
    part.split_whitespace().nth(1).is_none() && part.chars().next().is_some_and(char::is_uppercase)
        || has_word(part, ORGANISED)
}

fn has_word(text: &str, table: &[&str]) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| table.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `given|particle family|suffix`, or the whole in brackets.
    fn drawn(line: &str) -> String {
        let draw = |name: &Name| match name {
            Name::Person { given, particle, family, suffix } => {
                let particle = particle.as_ref().map(|particle| format!("{particle}_")).unwrap_or_default();
                let suffix = suffix.as_ref().map(|suffix| format!("|{suffix}")).unwrap_or_default();
                format!("{given}|{particle}{family}{suffix}")
            }
            Name::Whole(whole) => format!("[{whole}]"),
        };
        names(line).iter().map(draw).collect::<Vec<_>>().join(" + ")
    }

    #[test]
    fn people_are_told_from_organisations_and_taken_apart() {
        let table = [
            ("Ruth Vane", "Ruth|Vane"),
            ("By Ruth Vane", "Ruth|Vane"),
            ("Ruth A. Vane", "Ruth A.|Vane"),
            ("Jan van der Berg", "Jan|van der_Berg"),
            ("Mira de la Cruz", "Mira|de la_Cruz"),
            ("Anne-Marie O’Dell", "Anne-Marie|O’Dell"),
            ("Émile Žák", "Émile|Žák"),
            ("Tom Ash Jr.", "Tom|Ash|Jr."),
            ("Tom Ash, Jr.", "Tom|Ash|Jr."),
            ("Ash, Tom, III", "Tom|Ash|III"),
            ("Vane, Ruth", "Ruth|Vane"),
            ("van Holt, Ida", "Ida|van_Holt"),
            ("Vane, Ruth; Ash, Tom", "Ruth|Vane + Tom|Ash"),
            ("Ruth Vane, Tom Ash", "Ruth|Vane + Tom|Ash"),
            ("Ruth Vane and Tom Ash", "Ruth|Vane + Tom|Ash"),
            ("Ruth Vane, Tom Ash, and Ida Holt", "Ruth|Vane + Tom|Ash + Ida|Holt"),
            ("Ruth Vane & Reuters", "Ruth|Vane + [Reuters]"),
            ("Ruth Vane, Skerrin Press Agency", "Ruth|Vane + [Skerrin Press Agency]"),
            ("Ruth Vane, political editor", "Ruth|Vane"),
            ("Ruth Vane, Staff Writer", "Ruth|Vane"),
            ("Reuters", "[Reuters]"),
            ("Northern Courier Staff", "[Northern Courier Staff]"),
            ("The Tide", "[The Tide]"),
            ("Friends of Land and Sea", "[Friends of Land and Sea]"),
            ("Institute for Tides and Weather", "[Institute for Tides and Weather]"),
            ("admin", "[admin]"),
            ("user42 Smith", "[user42 Smith]"),
            ("林美玲", "[林美玲]"),
            ("", ""),
            (";,; and", "[,] + [and]"),
        ];
        for (line, expected) in table {
            assert_eq!(drawn(line), expected, "{line}");
        }
    }
}
