//! The language of a text as an ISO 639-1 code: from what the metadata say, or guessed where that is reliable.

use whatlang::Lang;

/// Bytes from the beginning of a text that its language is guessed from.
const GUESSED_FROM: usize = 512;

/// Characters below which a guess is worth nothing.
const ENOUGH: usize = 100;

/// The language of `text`, where the beginning of it leaves no doubt.
pub fn guess(text: &str) -> Option<String> {
    let mut end = text.len().min(GUESSED_FROM);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end)?;
    // Writing without blanks says as much in a third of the characters.
    let weight: usize = sample.chars().map(|c| if u32::from(c) < 0x2E80 { 1 } else { 3 }).sum();
    if weight < ENOUGH {
        return None;
    }
    if is_plainly_english(sample) {
        return Some("en".to_owned());
    }
    let guess = whatlang::detect(sample)?;
    if guess.is_reliable() { short(guess.lang()).map(str::to_owned) } else { None }
}

/// Whether a tenth of the words are ones that only English has. Saves most texts of most collections the guess, which
/// takes twice as long as everything else in reading them.
fn is_plainly_english(sample: &str) -> bool {
    let (mut words, mut english) = (0, 0);
    for word in sample.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words += 1;
        english += usize::from(is_english(word));
    }
    english * 10 >= words && english > 2
}

fn is_english(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "and"
            | "of"
            | "that"
            | "with"
            | "from"
            | "this"
            | "which"
            | "were"
            | "his"
            | "they"
            | "their"
            | "would"
            | "said"
            | "who"
            | "what"
            | "when"
            | "could"
            | "about"
            | "after"
            | "there"
            | "because"
            | "The"
    )
}

/// A language as metadata name it (`en`, `en-GB`, `eng`, `English`) as its code.
pub fn code(name: &str) -> Option<String> {
    let name = name.trim().to_ascii_lowercase();
    let primary = name.split(['-', '_']).next().unwrap_or_default();
    if primary.len() == 2 && primary.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Some(primary.to_owned());
    }
    let known = Lang::from_code(primary)
        .or_else(|| Lang::all().iter().copied().find(|lang| lang.eng_name().eq_ignore_ascii_case(&name)));
    known.and_then(short).map(str::to_owned)
}

fn short(lang: Lang) -> Option<&'static str> {
    CODES.iter().find(|(known, _)| *known == lang).map(|(_, code)| *code)
}

/// ISO 639-3 as the detector has it, and ISO 639-1.
#[rustfmt::skip]
const CODES: [(Lang, &str); 70] = [
    (Lang::Afr, "af"), (Lang::Aka, "ak"), (Lang::Amh, "am"), (Lang::Ara, "ar"), (Lang::Aze, "az"), (Lang::Bel, "be"), (Lang::Ben, "bn"),
    (Lang::Bul, "bg"), (Lang::Cat, "ca"), (Lang::Ces, "cs"), (Lang::Cmn, "zh"), (Lang::Cym, "cy"), (Lang::Dan, "da"), (Lang::Deu, "de"),
    (Lang::Ell, "el"), (Lang::Eng, "en"), (Lang::Epo, "eo"), (Lang::Est, "et"), (Lang::Fin, "fi"), (Lang::Fra, "fr"), (Lang::Guj, "gu"),
    (Lang::Heb, "he"), (Lang::Hin, "hi"), (Lang::Hrv, "hr"), (Lang::Hun, "hu"), (Lang::Hye, "hy"), (Lang::Ind, "id"), (Lang::Ita, "it"),
    (Lang::Jav, "jv"), (Lang::Jpn, "ja"), (Lang::Kan, "kn"), (Lang::Kat, "ka"), (Lang::Khm, "km"), (Lang::Kor, "ko"), (Lang::Lat, "la"),
    (Lang::Lav, "lv"), (Lang::Lit, "lt"), (Lang::Mal, "ml"), (Lang::Mar, "mr"), (Lang::Mkd, "mk"), (Lang::Mya, "my"), (Lang::Nep, "ne"),
    (Lang::Nld, "nl"), (Lang::Nob, "nb"), (Lang::Ori, "or"), (Lang::Pan, "pa"), (Lang::Pes, "fa"), (Lang::Pol, "pl"), (Lang::Por, "pt"),
    (Lang::Ron, "ro"), (Lang::Rus, "ru"), (Lang::Sin, "si"), (Lang::Slk, "sk"), (Lang::Slv, "sl"), (Lang::Sna, "sn"), (Lang::Spa, "es"),
    (Lang::Srp, "sr"), (Lang::Swe, "sv"), (Lang::Tam, "ta"), (Lang::Tel, "te"), (Lang::Tgl, "tl"), (Lang::Tha, "th"), (Lang::Tuk, "tk"),
    (Lang::Tur, "tr"), (Lang::Ukr, "uk"), (Lang::Urd, "ur"), (Lang::Uzb, "uz"), (Lang::Vie, "vi"), (Lang::Yid, "yi"), (Lang::Zul, "zu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_the_detector_has_a_code() {
        for lang in Lang::all() {
            assert!(short(*lang).is_some(), "{lang:?}");
        }
    }

    #[test]
    fn metadata_name_languages_in_many_ways() {
        for (name, expected) in [
            ("en", Some("en")),
            ("en-GB", Some("en")),
            ("pt_BR", Some("pt")),
            ("deu", Some("de")),
            ("French", Some("fr")),
            ("?", None),
        ] {
            assert_eq!(code(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn long_texts_are_guessed_and_short_ones_are_not() {
        let german = "Der Rat der Stadt hat am Montag beschlossen, die Brücke über den Fluss zu sperren, bis die Prüfung \
                      der Pfeiler abgeschlossen ist. Die Händler am Ufer protestierten.";
        assert_eq!(guess(german).as_deref(), Some("de"));
        let english = "The council has closed the bridge over the river until the pillars are looked at, which may take \
                       until spring, and the shops on the bank are not happy with that.";
        assert!(is_plainly_english(english) && !is_plainly_english(german));
        assert_eq!(guess(english).as_deref(), Some("en"));
        let dutch = "De raad heeft besloten dat de brug of de kade dicht gaat, of misschien beide, omdat het water te hoog \
                     staat en de pijlers van de brug nog onderzocht worden.";
        assert_eq!(guess(dutch).as_deref(), Some("nl"));
        assert_eq!(guess("Der Rat der Stadt"), None);
        assert_eq!(
            guess(&"政府周三宣布新的铁路计划预计明年开工居民表示欢迎专家认为投资将带动地区经济增长".repeat(2))
                .as_deref(),
            Some("zh")
        );
        assert_eq!(guess(&"é".repeat(2000)), guess(&"é".repeat(1000)));
    }
}
