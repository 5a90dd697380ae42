//! Marks and their pairing. A picture is the text with ⟪ ⟫ around what must be found.

use crate::quotes::{marks, pairing};

/// `text` with ⟪ ⟫ around its outermost quotations.
fn drawn(text: &str) -> String {
    let (marks, lines) = marks::find(text);
    let mut drawn = String::new();
    let mut at = 0;
    for span in pairing::pair(text, &marks, &lines) {
        let (start, end) = (span.range.start as usize, span.range.end as usize);
        for piece in [&text[at..start], "⟪", &text[start..end], "⟫"] {
            drawn += piece;
        }
        at = end;
    }
    drawn + &text[at..]
}

fn check(pictures: &[&str]) {
    for picture in pictures {
        let text = picture.replace(['⟪', '⟫'], "");
        assert_eq!(&drawn(&text), picture);
    }
}

#[test]
fn marks_of_every_language_are_paired() {
    check(&[
        "She said ⟪“no”⟫ and left.",
        "She said ⟪\"no\"⟫ and left.",
        "She said ⟪‘no’⟫ and left.",
        "She said ⟪'no'⟫ and left.",
        "Sie sagte ⟪„nein“⟫ und ging.",
        "Sie sagte ⟪»nein«⟫ und ging.",
        "Elle a dit ⟪«\u{a0}non\u{a0}»⟫ et partit.",
        "Elle a dit ⟪« non »⟫ et partit.",
        "Hon sa ⟪”nej”⟫ och gick.",
        "Powiedziała ⟪„nie”⟫ i wyszła.",
        "Dijo ⟪«no»⟫ y se fue.",
        "彼女は⟪「いいえ」⟫と言った。",
        "她说⟪“不”⟫。⟪『书』⟫",
        "She said ⟪“no\"⟫ and ⟪\"yes”⟫ at once.",
        "She said ⟪``no''⟫ and left.",
    ]);
}

#[test]
fn apostrophes_inches_and_decades_are_no_marks() {
    check(&[
        "It's the workers' right, isn't it, in the '90s and the ’80s.",
        "He is 6'2\" tall and she is 5' 10\", they say.",
        "Rock 'n' roll, get 'em, 'twas so.",
        "The Browns’ house isn’t the Greens’ house.",
        "He stood 5' from the wall.",
        "It's ''done'' so.",
    ]);
}

#[test]
fn the_outermost_quotation_is_found() {
    check(&[
        "⟪“He said ‘no’ to me,”⟫ she said.",
        "⟪‘He said “no” to me,’⟫ she said.",
        "⟪“He said \"no\" to me,”⟫ she said.",
        "⟪“He said “no” to me,”⟫ she said.",
        "⟪„Er sagte ‚nein‘ zu mir“⟫, sagte sie.",
        "⟪«Il a dit “non” à moi»⟫, dit-elle.",
        "⟪『彼は「いや」と言った』⟫。",
        "⟪‘The workers’ rights aren’t safe,’⟫ he said of the dogs’ home.",
    ]);
}

#[test]
fn quotations_run_over_paragraphs() {
    check(&[
        "He said, ⟪“One.\n\n“Two.\n\n“Three.”⟫\n\nShe left.",
        "He said, ⟪\"One.\n\n\"Two.\"⟫\n\nShe left.",
        "Er sagte: ⟪„Eins.\n\n„Zwei.“⟫",
        "Il dit : ⟪« Un.\n\n» Deux. »⟫",
        "He said, ⟪‘One.\n\n‘Two.’⟫ She left.",
        // Broken by accident: the next line goes on in lower case, and only a later one reopens.
        "She said, ⟪“We sell it across\n\nevery town. We do.\n\n“And so on.”⟫ He left.",
        "She said, ⟪“We sell it across\n\nevery town.”⟫ He left.",
    ]);
}

#[test]
fn a_quotation_that_nobody_closes_ends_with_its_paragraph() {
    check(&[
        "He said, ⟪“One and two.⟫\n\nShe left.",
        "He said, ⟪\"One and two. ⟫⟪\"Three,\"⟫ she said.".replace("two. ⟫⟪", "two.⟫ ⟪").as_str(),
        "He said, ⟪“One.\n\n“Two.⟫\n\nShe left.",
        "He said, ⟪„Eins und zwei.⟫\n\nSie ging.",
    ]);
}

#[test]
fn marks_around_nothing_are_no_quotation() {
    check(&["“” and \"\" and «  » are empty, ⟪“!”⟫ is not."]);
}

#[test]
fn markup_in_the_text_is_no_quotation() {
    check(&["<post author=\"Ada\" place=\"here\">We ⟪\"won\"⟫</post>"]);
}

#[test]
fn what_is_denser_than_any_dialogue_has_no_quotations() {
    let count = |line: &str, lines: usize| crate::quotes::detect(&line.repeat(lines), Some("en")).len();
    assert_eq!(count("“Yes.” ", 1000), 1000);
    assert_eq!(count("“Yes.” ", 1001), 0);
    assert_eq!(count("“a ", 1001), 0);
    assert_eq!(count("“You do.” “You do not.”\n", 1001), 0);
    assert_eq!(count("“It is here,” he said.\n", 1001), 1001);
}
