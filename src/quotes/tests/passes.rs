//! A table of examples for each pass that reads words.

use crate::quotes::attribution::attribute;
use crate::quotes::names::{Names, Sex, Sort};
use crate::quotes::phrases::{Grammar, Phrase};
use crate::quotes::tokens::{Kind, Tokens};
use crate::quotes::{coreference, detect, lexicon, marks, pairing, phrase};

/// Calls `look` with the grammar of an English text.
fn read<T>(text: &str, look: impl FnOnce(Grammar) -> T) -> T {
    let (marks, lines) = marks::find(text);
    let spans = pairing::pair(text, &marks, &lines);
    let tokens = Tokens::new(text, &spans, lexicon::of(Some("en"), text));
    let names = Names::new(&tokens);
    look(Grammar { tokens: &tokens, names: &names })
}

fn words<'a>(grammar: Grammar<'_, 'a>, phrase: Phrase) -> &'a str {
    let span = grammar.tokens.span(phrase.start..phrase.end);
    grammar.tokens.slice(span.start, span.end)
}

#[test]
fn the_language_is_guessed_from_frequent_words() {
    let table = [
        ("The mayor said that it was not for the town to pay, and he left.", false),
        ("Der Bürgermeister sagte, das sei nicht die Aufgabe der Stadt, und ging.", true),
        ("", false),
    ];
    for (text, german) in table {
        assert_eq!(lexicon::of(None, text).german, german, "{text}");
    }
    assert!(lexicon::of(Some("de-AT"), "The").german, "the language that is told wins");
}

#[test]
fn sentences_end_at_stops_but_not_at_abbreviations() {
    let table = [
        ("Sen. Ada J. Brown of the U.S. spoke. Mr. Green left.", 2),
        ("“We won.” He left. “Why?” Brown asked.", 3),
        ("It opens at 9 a.m. The mayor comes.", 2),
        ("See example.org for more. Bye!", 2),
        ("One\nTwo", 2),
    ];
    for (text, sentences) in table {
        let last = read(text, |grammar| grammar.tokens.at(grammar.tokens.len() - 1).sentence);
        let found = read(text, |grammar| {
            (0..grammar.tokens.len()).filter(|at| grammar.tokens.at(*at).kind != Kind::Break).fold(
                (0, u32::MAX),
                |(count, before), at| {
                    let sentence = grammar.tokens.at(at).sentence;
                    (count + usize::from(sentence != before), sentence)
                },
            )
        });
        assert_eq!(found.0, sentences, "{text} (the last token is in sentence {last})");
    }
}

#[test]
fn names_are_cut_from_the_roles_glued_to_them() {
    let table = [
        ("We met Ada Brown there.", "Ada Brown", Sort::Person, Sex::Woman),
        ("We met Ohio Gov. Bill Green there.", "Bill Green", Sort::Person, Sex::Man),
        ("We met Springfield Reporter Bill Green there.", "Bill Green", Sort::Person, Sex::Man),
        ("We met Mrs. Quill there.", "Quill", Sort::Person, Sex::Woman),
        ("We met Jan van der Berg there.", "Jan van der Berg", Sort::Person, Sex::Unknown),
        ("We met Martin Reed Jr. there.", "Martin Reed Jr.", Sort::Person, Sex::Man),
        ("We met Kevin D. Moss there.", "Kevin D. Moss", Sort::Person, Sex::Man),
        ("We saw the Harbor Street Bank there.", "Harbor Street Bank", Sort::Group, Sex::Unknown),
        ("We saw the State Department there.", "State Department", Sort::Group, Sex::Unknown),
        ("We met the Senator there.", "Senator", Sort::Role, Sex::Unknown),
    ];
    for (text, name, sort, sex) in table {
        read(text, |grammar| {
            let run = grammar.names.runs.last().expect(text);
            let span = grammar.tokens.span(run.name..run.end);
            assert_eq!(grammar.tokens.slice(span.start, span.end), name);
            assert_eq!((run.sort, run.sex), (sort, sex), "{text}");
        });
    }
}

#[test]
fn surnames_find_their_people() {
    let table = [
        ("Ada Brown came. Then Brown left.", Some("Ada Brown")),
        ("Then Ada Brown and Tom Reed came. Then Mr. Reed left.", Some("Tom Reed")),
        ("Ada Brown came with Tom Brown. Then Mrs. Brown left.", Some("Ada Brown")),
        ("Ada Brown came with Tom Brown. Then Mr. Brown left.", Some("Tom Brown")),
        ("Then Quill left.", None),
        ("Ada Brown came. Then Ada left.", Some("Ada Brown")),
        ("Kang Do-yun came. Then Kang left.", Some("Kang Do-yun")),
        ("They crossed the Orval Strand. Then Strand left.", None),
    ];
    for (text, full) in table {
        read(text, |grammar| {
            let run = grammar.names.runs.last().expect(text);
            assert_eq!(run.person.map(|person| grammar.names.people[person].full), full, "{text}");
        });
    }
}

#[test]
fn the_subject_is_who_does_the_saying() {
    // The verb stands in braces.
    let table = [
        ("Ada Brown {said} so.", "Ada Brown"),
        ("Ada Brown also {said} so.", "Ada Brown"),
        ("Ada Brown has in the past {said} so.", "Ada Brown"),
        ("Ada Brown, chief of sales at Acme, {said} so.", "Ada Brown"),
        ("Ada Brown, chief of sales at Acme {said} so.", "Ada Brown"),
        ("Ada Brown, president and chief of Acme, {said} so.", "Ada Brown"),
        ("Ada Brown, who runs the mill, {said} so.", "Ada Brown"),
        ("Ada Brown (D-Ohio) {said} so.", "Ada Brown"),
        ("In Springfield, Ada Brown {said} so.", "Ada Brown"),
        ("At the mill in Salem, Ohio, Ada Brown waved and {said} so.", "Ada Brown"),
        ("On Tuesday Ada Brown {said} so.", "Ada Brown"),
        ("Speaking at the mill, Ada Brown {said} so.", "Ada Brown"),
        ("Ada Brown on Tuesday {said} so.", "Ada Brown"),
        ("A spokesman for Ada Brown {said} so.", "A spokesman"),
        ("Ada Brown met Tom Reed and {said} so.", "Ada Brown"),
        ("An official who spoke quietly {said} so.", "An official"),
        ("The mayor believes that Ada Brown {said} so.", "Ada Brown"),
        ("He {said} so.", "He"),
        ("Several {said} so.", "Several"),
    ];
    for (picture, subject) in table {
        let text = picture.replace(['{', '}'], "");
        let verb_at = u32::try_from(picture.find('{').expect(picture)).expect(picture);
        read(&text, |grammar| {
            let verb = grammar.tokens.find(0, |token| token.start == verb_at).expect(picture);
            let found = grammar.subject(verb, 0).map(|phrase| words(grammar, phrase));
            assert_eq!(found, Some(subject), "{picture}");
        });
    }
}

#[test]
fn cue_and_source_of_the_last_quotation() {
    let table = [
        ("“We won the cup,” Ada Brown said.", Some("said"), "Ada Brown"),
        ("“We won the cup,” said Ada Brown, the coach.", Some("said"), "Ada Brown"),
        ("“We won the cup,” the coach, Ada Brown, said.", Some("said"), "the coach"),
        ("“We won the cup,” according to Ada Brown.", Some("according to"), "Ada Brown"),
        ("“We won the cup,” she purred softly.", Some("purred"), "she"),
        ("It was “a great day” for the town, said Ada Brown.", Some("said"), "Ada Brown"),
        ("Ada Brown said, “We won the cup.”", Some("said"), "Ada Brown"),
        ("Ada Brown said that the cup was “ours for ever.”", Some("said"), "Ada Brown"),
        ("Ada Brown called the cup “ours for ever.”", Some("called"), "Ada Brown"),
        ("Ada Brown held up the cup, calling it “ours for ever.”", Some("calling"), "Ada Brown"),
        ("The cup is ours, Ada Brown said, adding, “It stays.”", Some("adding"), "Ada Brown"),
        ("The mayor recalled her promise of “free bread.”", Some("recalled"), "The mayor"),
        ("According to Ada Brown, the cup is “ours for ever.”", Some("According to"), "Ada Brown"),
        ("Ada Brown: “We won the cup.”", Some(":"), "Ada Brown"),
        ("Ada Brown went further: “We won the cup.”", Some(":"), "Ada Brown"),
        ("“We won,” Ada Brown said. “The cup is ours.”", Some("said"), "Ada Brown"),
        ("“We won,” Ada Brown said, “and the cup is ours.”", Some("said"), "Ada Brown"),
        ("Ada Brown said so.\n\n“We won,” she said.\n\n“The cup is ours.”", Some("said"), "she"),
        ("The cup was called “ours for ever” by Ada Brown.", Some("called"), "Ada Brown"),
        ("As Ada Brown put it: “We won the cup.”", Some("put it"), "Ada Brown"),
        ("Ada Brown wrote to Tom Reed with, “We won?” Reed said no.", Some("wrote"), "Ada Brown"),
        ("After Ada Brown said that the cup was “ours,” Tom Reed said no.", Some("said"), "Ada Brown"),
        ("Ada Brown shot back, “We won the cup.”", Some("shot back"), "Ada Brown"),
        ("Ada Brown emailed members saying: “We won.”", Some("saying"), "Ada Brown"),
        ("Ada Brown saw a sign saying “We won.”", Some("saying"), "a sign"),
        ("“We won,” said the 46-year-old.", Some("said"), "the 46-year-old"),
        ("Ada Brown: The cup is 'ours for ever'\nIt rained.", Some(":"), "Ada Brown"),
        ("On Monday Ada Brown walked the town through “a day that nobody will forget.”", None, "Ada Brown"),
    ];
    for (text, cue, source) in table {
        read(text, |grammar| {
            let found = attribute(grammar, &grammar.tokens.shapes);
            let found = found.last().copied().flatten().unwrap_or_else(|| panic!("nothing found in {text}"));
            let said = found.cue.map(|cue| grammar.tokens.span(cue.0..cue.1));
            assert_eq!(said.map(|said| grammar.tokens.slice(said.start, said.end)), cue, "{text}");
            assert_eq!(words(grammar, found.source), source, "{text}");
        });
    }
}

#[test]
fn nobody_is_named_where_the_text_names_nobody() {
    let table = [
        "The aim is said to be “the best bread for all.”",
        "They work on “deep cooperation” in the valley.",
        "“We won the cup.”",
        "The town of “free bread” was built in May.",
    ];
    for text in table {
        for quote in detect(text, Some("en")) {
            assert_eq!(quote.speaker, None, "{text}");
        }
    }
}

#[test]
fn pronouns_mean_the_last_subject_of_their_sex() {
    let table = [
        ("Ada Brown met Tom Reed. She left.", "Ada Brown"),
        ("Ada Brown met Tom Reed. He left.", "Tom Reed"),
        ("Tom Reed came with Bill Green. He left.", "Tom Reed"),
        ("Tom Reed came. It rained. He left.", "Tom Reed"),
        ("Tom Reed spoke for Bill Green. Then he left.", "Tom Reed"),
        ("Tom Reed came. He met Bill Green. He left.", "Tom Reed"),
        ("The mill was sold to Bill Green. He left.", "Bill Green"),
        ("Asked whether Tom Reed could win, Bill Green left. He sighed.", "Bill Green"),
        ("When asked about Tom Reed, Bill Green left. He sighed.", "Bill Green"),
        ("Kim Quill, who lost her daughter Ada Brown, came. She left.", "Kim Quill"),
    ];
    for (text, name) in table {
        read(text, |grammar| {
            let tokens = grammar.tokens;
            let pronoun =
                (0..tokens.len()).rev().find(|at| matches!(tokens.word(*at), "he" | "He" | "She")).expect(text);
            let run = coreference::Speaking::new(grammar, &[]).antecedent(pronoun).expect(text).run;
            assert_eq!(tokens.slice(tokens.at(run.name).start, tokens.at(run.end - 1).end), name, "{text}");
        });
    }
}

#[test]
fn speech_is_told_from_phrases() {
    let table = [
        ("“We won the cup,” Ada Brown said.", true),
        ("Ada Brown said it was “over.”", true),
        ("She read “The Long Way Home” at night.", false),
        ("The so-called “bread tax” is gone.", false),
        ("It was the “bread” party.", false),
        ("Ada Brown spoke on the radio's “Good Day Valley” today.", false),
        ("The sign reads: “No bread today.”", true),
    ];
    for (text, speech) in table {
        read(text, |grammar| {
            let found = attribute(grammar, &grammar.tokens.shapes);
            let shape = grammar.tokens.shapes.last().expect(text);
            let found = found.last().copied().flatten();
            assert_eq!(phrase::judge(grammar.tokens, shape, found.as_ref()).is_speech(), speech, "{text}");
        });
    }
}

#[test]
fn roles_are_kept_as_printed() {
    let table = [
        ("“We won,” said Ada Brown, chief of sales at Acme.", "Ada Brown", "chief of sales at Acme"),
        ("“We won,” said Springfield clerk Ada Brown.", "Ada Brown", "Springfield clerk"),
        ("“We won,” said the club's manager, Ada Brown.", "Ada Brown", "the club's manager"),
        ("“We won,” said Sen. Ada Brown.", "Ada Brown", "Sen."),
        ("“We won,” said former Secretary of State Ada Brown.", "Ada Brown", "former Secretary of State"),
        ("Ada Brown, the mayor, came. “We won,” Brown said.", "Ada Brown", "the mayor"),
    ];
    for (text, speaker, role) in table {
        let quote = detect(text, Some("en")).pop().expect(text);
        assert_eq!(quote.speaker.as_deref(), Some(speaker), "{text}");
        assert_eq!(quote.role.as_deref(), Some(role), "{text}");
    }
}
