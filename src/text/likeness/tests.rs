//! Claims beside invented texts, and what a careful editor would say to each.

use proptest::prelude::*;

use super::*;

/// The verdict on `claim` in `text`, whose paragraphs are passages; what stands between `⟪` and `⟫` interrupts a speech.
/// `verbatim`, `marks` (verbatim but for them), `nearly` with the parts that differ, or `absent`.
fn verdict(claim: &str, text: &str) -> String {
    let (mut plain, mut asides) = (String::new(), Vec::new());
    for (n, part) in text.split(['⟪', '⟫']).enumerate() {
        let start = plain.len();
        plain.push_str(part);
        if n % 2 == 1 {
            asides.push(u32::try_from(start).unwrap()..u32::try_from(plain.len()).unwrap());
        }
    }
    let mut at = 0;
    let passages: Vec<Span> = plain
        .split("\n\n")
        .map(|paragraph| {
            let start = at;
            at += u32::try_from(paragraph.len()).unwrap() + 2;
            start..at - 2
        })
        .collect();
    let Some(likeness) = compare(&Claim::new(claim).unwrap(), &plain, &passages, &asides) else {
        return "absent".into();
    };
    if likeness.verbatim {
        assert!((likeness.measure - 1.0).abs() < f32::EPSILON);
        return if likeness.same_marks { "verbatim" } else { "marks" }.into();
    }
    let different = likeness.parts.iter().filter_map(|part| match part.kind {
        Kind::Same | Kind::Left | Kind::Editor => None,
        Kind::Changed | Kind::Added | Kind::Missing => Some(format!("{}→{}", part.claimed, part.printed)),
    });
    format!("nearly {}", different.collect::<Vec<_>>().join(", "))
}

const TEXT: &str = "Ruth Okafor spoke first. “We’ll sell half and earn the same,⟪” said Okafor, who leads the board, “⟫and that is \
                    not a loss. The harbour will stay open. Nobody has to go,” she told the meeting.\n\nThe ferry was late.";

#[test]
fn a_claim_is_judged_as_a_careful_editor_would() {
    let table = [
        // The words as they are.
        ("The harbour will stay open.", "verbatim"),
        ("the HARBOUR will stay open", "verbatim"),
        ("“The harbour   will\nstay open”", "verbatim"),
        ("«The harbour will stay open»", "verbatim"),
        ("\"We'll sell half\"", "verbatim"),
        ("„We’ll sell half‟", "verbatim"),
        ("The harbour will stay open. Nobody has to go", "verbatim"),
        ("[T]he harbour will stay open", "verbatim"),
        // What interrupts the speech, left out or not.
        ("We’ll sell half and earn the same, and that is not a loss.", "verbatim"),
        ("“We’ll sell half and earn the same,” said Okafor, who leads the board, “and that is not a loss", "verbatim"),
        // Ellipses.
        ("We’ll sell half … and that is not a loss", "verbatim"),
        (
            "We’ll sell half ... the harbour will stay open",
            "nearly →and earn the same,” said Okafor, who leads the board, “and that is not a loss",
        ),
        ("that is not a loss. […] Nobody has to go", "verbatim"),
        ("… The harbour will stay open …", "verbatim"),
        ("Nobody has to go . . . the ferry was late", "nearly →meeting"),
        ("that is … a loss. The harbour will stay open", "nearly →not"),
        // Brackets.
        ("[The fishers will] sell half and earn the same", "verbatim"),
        ("The harbour [of Skerrin] will stay open", "verbatim"),
        ("The harbour will [remain] open", "verbatim"),
        ("The harbour will stay open[ed]", "verbatim"),
        ("The harbour will stay open [sic]", "verbatim"),
        ("The harbour will [not] stay open", "nearly [not]→"),
        ("that is [really] a loss. The harbour will stay open", "nearly [really]→not"),
        // Marks.
        ("The harbour will stay open? Nobody has to go!", "marks"),
        ("The harbour, will stay open", "marks"),
        // Nearly.
        ("that is a loss. The harbour will stay open", "nearly →not"),
        ("that is not a loss. The harbour will not stay open", "nearly not→"),
        ("The harbour will stay shut", "nearly shut→open"),
        ("The old harbour will stay open", "nearly old→"),
        ("We will sell half and earn the same", "nearly We will→first We’ll"),
        ("half and earn the very same", "nearly very→"),
        // As many words as can be are the same.
        ("The late harbour will stay open. Nobody go,” she told", "nearly late→, →has to"),
        ("The harbour late will open. Nobody has to go", "nearly late→, →stay"),
        ("The harbor will stay open. Nobody had to go", "nearly harbor→harbour, had→has"),
        // Not.
        ("The harbour was shut for good", "absent"),
        ("shut it", "absent"),
        ("will not stay", "absent"),
        ("open harbour the stay will", "absent"),
        ("An entirely different sentence about trains", "absent"),
    ];
    let mut wrong = Vec::new();
    for (claim, expected) in table {
        let found = verdict(claim, TEXT);
        if found != expected {
            wrong.push(format!("{claim}\n  is       {found}\n  expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn other_texts_have_other_traps() {
    let table = [
        ("the price rose by 3.5% in May", "The price rose by 3,5% in May.", "nearly 3.5→3,5"),
        ("the price rose by 5 in May", "The price rose by 5% in May.", "nearly →%"),
        ("it was -5 degrees at dawn there", "It was 5 degrees at dawn there.", "nearly -5→5"),
        ("a well-known co-op", "A well‑known co–op.", "verbatim"),
        ("the résumé was read by all", "The resume was read by all.", "nearly résumé→resume"),
        ("they [the boats] left", "They [the boats] left at once.", "verbatim"),
        ("they left at once", "They [the boats] left at once.", "verbatim"),
        ("they did leave at once", "They did [not] leave at once.", "nearly →not"),
        ("[they] left at once", "“[They] left at once.”", "verbatim"),
        ("Well… yes, we did", "“Well … yes, we did.”", "verbatim"),
        ("Well yes, we did", "“Well … yes, we did.”", "marks"),
        ("我们会继续工作", "他说：“我们会继续工作。”", "verbatim"),
        ("I can’t say that it’s good", "I can say that it’s good.", "nearly can’t→can"),
        ("one two three", "One two.\n\nThree four.", "marks"),
        ("one … four", "One two.\n\nThree four.", "absent"),
        ("we won", "We lost. They won. We won.", "verbatim"),
    ];
    for (claim, text, expected) in table {
        assert_eq!(verdict(claim, text), expected, "{claim} in {text}");
    }
}

#[test]
fn what_has_no_words_or_too_many_is_refused() {
    for text in ["", "…", "“ ”", "[a b]", "— ."] {
        assert_eq!(
            Claim::new(text).err().map(|error| error.message).as_deref(),
            Some("there are no words to look for")
        );
    }
    assert!(Claim::new(&"word ".repeat(MOST_WORDS)).is_ok());
    assert!(Claim::new(&"word ".repeat(MOST_WORDS + 1)).is_err());
}

#[test]
fn runs_are_what_must_stand_unbroken() {
    let runs = |text| Claim::new(text).unwrap().runs().iter().map(|run| run.join(" ")).collect::<Vec<_>>().join(" | ");
    assert_eq!(runs("[T]he old Harbour’s mouth … is [very] wide"), "old harbour s mouth | is | wide");
    assert_eq!(runs("one"), "one");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn a_text_is_in_itself(before in ".{0,40}", text in "([a-z]{1,6}[ ,.…’\\[\\]\"-]{1,3}|\\PC){1,40}", behind in ".{0,40}") {
        if let Ok(claim) = Claim::new(&text) {
            let likeness = compare(&claim, &text, &[], &[]).unwrap();
            prop_assert!(likeness.verbatim && likeness.same_marks, "{:?}", likeness);
            let whole = format!("{before}\n\n“{text}”\n\n{behind}");
            let passage = 0..u32::try_from(whole.len()).unwrap();
            let _ = compare(&claim, &whole, std::slice::from_ref(&passage), &[]);
        }
    }

    #[test]
    fn the_quick_look_spares_no_text_that_is_near(
        claim in "((a|b|c|d|ef|…|\\[a\\]|b\\[c\\]) ){4,9}", text in "((a|b|c|d|ef|eg|\\[b\\]|\n\n) ){4,24}",
        asides in prop::collection::vec(0..40_u32, 0..4),
    ) {
        let mut asides = asides;
        asides.sort_unstable();
        let asides: Vec<Span> = asides.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
        if let Ok(claim) = Claim::new(&claim) {
            let ground = ground(&claim, &text, std::slice::from_ref(&(0..200)), &asides);
            let near = aligned(&claim, &text, &ground);
            prop_assert!(near.is_none() || shares_enough(&claim, &ground), "{:?}", near);
        }
    }

    #[test]
    fn anything_can_be_compared(claim in any::<String>(), text in any::<String>(), spans in prop::collection::vec(0..60_u32, 0..6)) {
        let mut spans = spans;
        spans.sort_unstable();
        let spans: Vec<Span> = spans.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
        if let Ok(claim) = Claim::new(&claim)
            && let Some(likeness) = compare(&claim, &text, &spans, &spans)
        {
            prop_assert!(text.get(likeness.span.start as usize..likeness.span.end as usize).is_some());
            prop_assert!((0.0..=1.0).contains(&likeness.measure));
        }
    }
}
