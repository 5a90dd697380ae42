//! Every face can be read, and what it shows can be read too.

use std::collections::HashSet;

use super::*;

const GROUNDS: [Ground; 3] = [Ground::Dark, Ground::Light, Ground::Plain];
const DEPTHS: [Depth; 4] = [Depth::None, Depth::Ansi16, Depth::Indexed256, Depth::True];

/// The relative luminance of WCAG 2.2.
fn luminance(color: Color) -> f64 {
    let (red, green, blue) = color.rgb().expect("a colour of its own");
    let part = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
}

/// The contrast ratio of WCAG 2.2, 1 to 21.
fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What `role` may lie over.
fn grounds_of(role: Role) -> &'static [Role] {
    match role {
        Role::RowTitle
        | Role::RowTitleUnread
        | Role::UnreadDot
        | Role::Star
        | Role::RowMeta
        | Role::Snippet
        | Role::QuoteCount
        | Role::RowSpeech
        | Role::Cursor => &[Role::Text, Role::Selected, Role::SelectedInactive],
        Role::BarStrong | Role::BarKey | Role::Notice => &[Role::Bar],
        Role::Input | Role::Prompt | Role::Dim | Role::NoticeError => &[Role::Text, Role::Bar, Role::Overlay],
        Role::HelpKey
        | Role::OverlayTitle
        | Role::OverlayText
        | Role::OverlayDim
        | Role::OverlaySpeaker
        | Role::OverlaySpeech => &[Role::Overlay, Role::Selected],
        _ => &[Role::Text],
    }
}

#[test]
fn contrast_is_that_of_the_standard() {
    assert!((contrast(Color::Rgb(255, 255, 255), Color::Rgb(0, 0, 0)) - 21.0).abs() < 1e-9);
    assert!((contrast(Color::Rgb(0x77, 0x77, 0x77), Color::Rgb(255, 255, 255)) - 4.48).abs() < 0.01);
}

#[test]
fn what_is_read_stands_out_from_its_ground() {
    let read = [
        Role::Text,
        Role::Title,
        Role::Heading,
        Role::Quotation,
        Role::Code,
        Role::Speech,
        Role::LongSpeech,
        Role::Focus,
        Role::RowTitle,
        Role::RowTitleUnread,
        Role::RowSpeech,
        Role::BarStrong,
        Role::BarKey,
        Role::Notice,
        Role::Input,
        Role::Overlay,
        Role::OverlayTitle,
        Role::OverlayText,
        Role::OverlaySpeech,
    ];
    let mut weak = Vec::new();
    for ground in [Ground::Dark, Ground::Light] {
        for depth in [Depth::True, Depth::Indexed256] {
            let theme = Theme::new(ground, depth, &[]);
            for row in ROLES.iter().filter(|row| !matches!(row.role, Role::Border | Role::OverlayBorder)) {
                // The nearest of 256 colours may be a shade off: there, everything has to do what quiet text does.
                let least = if read.contains(&row.role) && depth == Depth::True { 7.0 } else { 4.5 };
                for below in grounds_of(row.role) {
                    let face = theme.face(row.role).over(theme.face(*below).over(theme.face(Role::Text)));
                    let found = contrast(face.fg.expect("a colour"), face.bg.expect("a ground"));
                    if found < least {
                        weak.push(format!("{} over {below:?}, {ground:?} {depth:?}: {found:.2} < {least}", row.name));
                    }
                }
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[test]
fn every_face_can_be_read() {
    for row in ROLES {
        for text in [row.dark, row.light, row.plain, row.few_dark, row.few_light] {
            assert!(Face::parse(text).is_ok(), "{}: {text}", row.name);
        }
        assert_eq!(
            Face::parse(row.plain).map(|face| (face.fg, face.bg)),
            Ok((None, None)),
            "{}: plain has no colour",
            row.name
        );
    }
    let names: HashSet<_> = ROLES.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), ROLES.len());
    for (at, row) in ROLES.iter().enumerate() {
        assert_eq!(row.role as usize, at, "{}", row.name);
    }
}

#[test]
fn attributes_alone_tell_apart_who_speaks() {
    for (ground, depth) in [(Ground::Plain, Depth::True), (Ground::Dark, Depth::None), (Ground::Light, Depth::None)] {
        let theme = Theme::new(ground, depth, &[]);
        let speech = theme.face(Role::Speech);
        let reading = vec![
            theme.face(Role::Text),
            speech,
            theme.face(Role::Phrase),
            theme.face(Role::Speaker),
            theme.face(Role::Attribution),
            theme.face(Role::Doubtful),
            theme.face(Role::Focus).over(speech),
            theme.face(Role::Hit),
            theme.face(Role::CurrentHit),
        ];
        let roles =
            [Role::Text, Role::Speech, Role::Speaker, Role::Attribution, Role::Doubtful, Role::Added, Role::Removed];
        let comparing = roles.iter().map(|role| theme.face(*role)).collect();
        for faces in [reading, comparing] {
            for (n, face) in faces.iter().enumerate() {
                assert_eq!((face.fg, face.bg), (None, None));
                assert!(!faces[..n].contains(face), "{n}: {face:?}");
            }
        }
    }
}

#[test]
fn sixteen_colours_lie_over_attributes_that_suffice() {
    for ground in [Ground::Dark, Ground::Light] {
        let few = Theme::new(ground, Depth::Ansi16, &[]);
        let none = Theme::new(ground, Depth::None, &[]);
        for row in ROLES {
            let (few, none) = (few.face(row.role), none.face(row.role));
            assert_eq!(Face { fg: None, bg: None, ..few }, none, "{}", row.name);
            assert!([few.fg, few.bg].iter().flatten().all(|color| matches!(color, Color::Ansi16(_))), "{}", row.name);
        }
    }
}

#[test]
fn an_override_takes_the_whole_face() {
    let face = Face::parse("underline #ff0000").unwrap();
    let everywhere = Override { ground: None, role: Role::Speech, face };
    let on_light = Override { ground: Some(Ground::Light), role: Role::Speech, face: Face::parse("green").unwrap() };
    for ground in GROUNDS {
        for depth in DEPTHS {
            let before = Theme::new(ground, depth, &[]);
            let theme = Theme::new(ground, depth, &[on_light, everywhere]);
            let expected = if ground == Ground::Light { on_light.face } else { face };
            assert_eq!(theme.face(Role::Speech), expected.at(depth));
            assert_eq!(theme.face(Role::Text), before.face(Role::Text));
        }
    }
}
