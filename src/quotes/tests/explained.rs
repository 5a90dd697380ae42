//! What an explanation says, and that it speaks of the quotes that are given without one.

use crate::quotes::{detect, explain};

#[test]
fn every_pass_that_mattered_is_named_in_order() {
    let text = "Mayor Tom Reed met Ada Brown. “The river is ours,” he said. She read “The Long Way.”";
    let lines: Vec<String> = explain(text, Some("en"))
        .iter()
        .flat_map(|explained| &explained.steps)
        .map(|step| format!("{}: {}", step.pass, step.found))
        .collect();
    assert_eq!(
        lines,
        [
            "pairing: “ … ”",
            "phrase: speech: somebody is its source",
            "cues: after: “…,” NAME said; cue ‹said› [say] of en",
            "subject: ⟦he⟧ (beside the cue)",
            "coreference: he is Tom Reed, who is named in the sentence before",
            "roles: Mayor",
            "confidence: 0.98 (after) × 0.90 (a pronoun, resolved) = 0.88",
            "pairing: “ … ”",
            "phrase: phrase: a title, every word with a capital and no cue beside it",
        ]
    );
}

#[test]
fn what_is_explained_is_what_is_given() {
    let texts =
        ["“We won,” said Ada Brown. “Again.”", "“Nobody.”\n\n“Somebody,” he said.", "„Nein“, so Ada Braun.", ""];
    for text in texts {
        let explained: Vec<_> = explain(text, None).into_iter().map(|explained| explained.quote).collect();
        assert_eq!(explained, detect(text, None), "{text}");
    }
}
