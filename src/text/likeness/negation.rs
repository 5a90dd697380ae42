//! Words that turn a sentence into its opposite: none of these may be lost between an editor's brackets or dots.

/// Lower case, straight apostrophes; English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Polish.
const WORDS: &[&str] = &[
    "aldrig", "aucun", "aucune", "barely", "brak", "cannot", "ej", "geen", "hardly", "ingen", "inget", "inte",
    "jamais", "jamás", "kein", "keine", "keinem", "keinen", "keiner", "keines", "mai", "nada", "ne", "neither", "nem",
    "nessun", "nessuno", "never", "nicht", "nichts", "nie", "niemals", "niemand", "niente", "niet", "nigdy", "nikt",
    "ninguna", "ninguno", "no", "nobody", "non", "none", "nooit", "nor", "not", "nothing", "nowhere", "nunca", "não",
    "ohne", "pas", "personne", "rien", "sans", "scarcely", "senza", "sin", "unless", "utan", "weder", "without",
    "zonder",
];

/// Whether `key`, a word as it is compared, says no.
pub(super) fn negates(key: &str) -> bool {
    WORDS.contains(&key) || key.ends_with("n't") || key.starts_with("n'")
}
