//! The file by example: what is good counts, each fault is shown where it stands.

use std::path::Path;

use super::*;
use crate::model::Order;

const COMMANDS: &[(&str, &str)] =
    &[("everywhere", "open"), ("articles", "trash"), ("list", "search"), ("article", "find")];

fn load(text: &str, env: &[(&str, &str)]) -> (Settings, Vec<Problem>) {
    let env = |name: &str| env.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    Settings::load(Path::new("/etc/pullquote/config.toml"), Some(text), &env, COMMANDS)
}

#[test]
fn the_defaults_are_those_of_the_table() {
    let settings = Settings::default();
    assert_eq!(settings.theme, ThemeChoice::Auto);
    assert_eq!((settings.measure, settings.list_width, settings.long_quote_rows), (66, 43, 2));
    assert_eq!((settings.ascii, settings.mouse), (false, true));
    assert_eq!((settings.mark_read, settings.sort), (MarkRead::Open, Order::Newest));
    assert_eq!(settings.library, None);
    let (loaded, problems) = Settings::load(Path::new("config.toml"), None, &|_| None, COMMANDS);
    assert_eq!((loaded, problems), (settings, vec![]));
}

#[test]
fn the_example_says_every_default() {
    // Each option with a value of another kind before it, so that the example has to set it back.
    let mut bare = String::new();
    for line in example().lines().filter_map(|line| line.strip_prefix("# ")) {
        if OPTIONS.iter().any(|option| line.starts_with(&format!("{} = ", option.name))) {
            bare.push_str(line);
            bare.push('\n');
        }
    }
    assert_eq!(bare.lines().count(), OPTIONS.len());
    let (settings, problems) = load(&bare, &[]);
    assert_eq!((settings, problems), (Settings::default(), vec![]));
    let (settings, problems) = load(&example(), &[]);
    assert_eq!((settings, problems), (Settings::default(), vec![]));
}

#[test]
fn the_example_s_tables_can_be_taken_as_they_are() {
    let from = example().find("# [keys]").unwrap();
    let tables = example().split_off(from);
    let is_toml = |line: &&str| (line.starts_with('[') && line.ends_with(']')) || line.contains(" = \"");
    let lines: Vec<&str> = tables.lines().filter_map(|line| line.strip_prefix("# ")).filter(is_toml).collect();
    let (settings, problems) = load(&lines.join("\n"), &[]);
    assert_eq!(problems, vec![]);
    assert_eq!(settings.bindings.bound.len(), 2);
    for depth in [Depth::True, Depth::Indexed256] {
        assert_eq!(settings.theme_on(true, depth), Settings::default().theme_on(true, depth));
    }
}

#[test]
fn the_example_of_the_project_is_the_one_that_is_made() {
    let same = include_str!("../../config.example.toml") == example();
    assert!(same, "out of date; write it anew: pullquote config example > config.example.toml");
}

#[test]
fn every_option_can_be_set() {
    let (settings, problems) = load(
        "theme = 'light'\ncolor = 'never'\nascii = true\nmouse = false\nmeasure = 0x48\nlist_width = 50\nplaces = 'never'\n\
         long_quote_rows = 3\nmark_read = 'end'\nsort = 'oldest'\nexact = true\nfold = false\nkeymap = 'newsboat'\nbrowser = ['lynx', '-accept_all_cookies']\n\
         pipe = ['wc']\nlibrary = 'news.db'\nrefresh = 45\n",
        &[],
    );
    assert_eq!(problems, vec![]);
    let expected = Settings {
        theme: ThemeChoice::Light,
        color: ColorChoice::Never,
        ascii: true,
        mouse: false,
        measure: 72,
        list_width: 50,
        places: PlacesChoice::Never,
        long_quote_rows: 3,
        mark_read: MarkRead::End,
        sort: Order::Oldest,
        exact: true,
        fold: false,
        browser: vec!["lynx".to_owned(), "-accept_all_cookies".to_owned()],
        pipe: vec!["wc".to_owned()],
        library: Some("/etc/pullquote/news.db".into()),
        refresh: 45,
        credentials: "".into(),
        elsewhere: Vec::new(),
        bindings: Bindings { preset: Preset::Newsboat, bound: vec![] },
        colors: vec![],
    };
    assert_eq!(settings, expected);
    assert_eq!(OPTIONS.len(), 17, "a new option belongs into this test");
}

#[test]
fn the_environment_counts_more_than_the_file() {
    let file = "measure = 70\nascii = true\ntheme = 'dark'\n";
    let env = [
        ("PULLQUOTE_MEASURE", "80"),
        ("PULLQUOTE_ASCII", "false"),
        ("PULLQUOTE_BROWSER", "firefox --new-tab"),
        ("PULLQUOTE_LIBRARY", "~/news.db"),
        ("PULLQUOTE_THEME", ""),
        ("HOME", "/homes/ines"),
    ];
    let (settings, problems) = load(file, &env);
    assert_eq!(problems, vec![]);
    assert_eq!((settings.measure, settings.ascii, settings.theme), (80, false, ThemeChoice::Dark));
    assert_eq!(settings.browser, ["firefox", "--new-tab"]);
    assert_eq!(settings.library.as_deref(), Some(Path::new("/homes/ines/news.db")));
    let (settings, problems) = load(file, &[("PULLQUOTE_MEASURE", "wide"), ("PULLQUOTE_THEME", "drak")]);
    let shown: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "PULLQUOTE_THEME: theme cannot be drak; did you mean dark?",
            "PULLQUOTE_MEASURE: measure cannot be a text; 20 to 160"
        ]
    );
    assert_eq!(settings.measure, 70);
}

#[test]
fn what_is_good_counts_and_every_fault_is_named() {
    let text = r#"theem = "dark"
measure = 500
ascii = "yes"
mark_read = "opened"
browser = "firefox"
list_width = 50
[keys]
"x" = "trash"
"ctrl-i" = "open"
"spcae" = "open"
"o" = "opne"
"p" = 7
"z" = "none"
[keys.lst]
"x" = "open"
[keys.list]
"x" = "trash"
"/" = "none"
"f" = "search"
[colors]
speech = "bold #e6c07b on #222222"
sepech = "red"
phrase = "blod"
[colors.drak]
text = "red"
[colors.light]
text = "black"
"#;
    let (settings, problems) = load(text, &[]);
    let shown: Vec<_> = problems.iter().map(ToString::to_string).collect();
    let expected = [
        "1:1: there is no option called theem; did you mean theme?",
        "2:11: measure cannot be 500; 20 to 160",
        "3:9: ascii cannot be a text; true or false",
        "4:13: mark_read cannot be opened; did you mean open?",
        "5:11: browser cannot be a text; a list of words, such as [\"program\", \"--option\"]",
        "9:1: ctrl-i cannot be bound: it is Tab to a terminal; choose another key",
        "10:1: there is no key called spcae; did you mean space?",
        "11:7: there is no command called opne; did you mean open?",
        "12:7: this is a whole number; write a command's name",
        "14:7: there is no place called lst; did you mean list?",
        "17:7: trash is no command of list; bind it under [keys.articles] or [keys]",
        "22:1: there is no role called sepech; did you mean speech?",
        "23:10: blod is no colour and no attribute; did you mean bold?; or a colour such as #e6c07b, bright-red or 214",
        "24:9: there is no theme called drak; did you mean dark?",
    ];
    let expected: Vec<_> = expected.iter().map(|line| format!("/etc/pullquote/config.toml:{line}")).collect();
    assert_eq!(shown, expected);
    assert_eq!((settings.measure, settings.list_width, settings.theme), (66, 50, ThemeChoice::Auto));
    assert_eq!(settings.bindings.bound.len(), 4);
    assert_eq!(
        settings.keys_of("articles", "trash", &["D"]).iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["D", "x"]
    );
    assert_eq!(settings.keys_of("list", "search", &["/"]).iter().map(ToString::to_string).collect::<Vec<_>>(), ["f"]);
    assert_eq!(settings.colors.len(), 2);
}

#[test]
fn a_fault_is_drawn_under_its_line() {
    let (_, problems) = load("# colours\nascii = true\n  theme = \"drak\" # at night\n", &[]);
    let shown: Vec<_> = problems.iter().map(Problem::shown).collect();
    assert_eq!(
        shown,
        ["error: theme cannot be drak
 --> /etc/pullquote/config.toml:3:11
  |
3 |   theme = \"drak\" # at night
  |           ^^^^^^
  |
  = help: did you mean dark?"]
    );
    let (_, problems) = load("", &[("PULLQUOTE_MEASURE", "5")]);
    let shown: Vec<_> = problems.iter().map(Problem::shown).collect();
    assert_eq!(shown, ["error: PULLQUOTE_MEASURE: measure cannot be 5\n |\n = help: 20 to 160"]);
}

#[test]
fn broken_toml_is_shown_once_and_the_rest_counts() {
    let (settings, problems) = load("measure = 70\ntheme = \"dark\nascii = true\n", &[]);
    assert_eq!((settings.measure, settings.ascii), (70, true));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(matches!(problems[0].place, Place::File { line: 2, .. }), "{problems:?}");
    for text in [
        "=",
        "[",
        "[keys",
        "a = [",
        "measure = 70\nmeasure = 80",
        "\u{0}",
        "keys = 1",
        "[keys]\nlist = 1",
        "[[keys]]\nx = 'open'",
    ] {
        assert!(!load(text, &[]).1.is_empty(), "{text:?}");
    }
}

proptest::proptest! {
    #[test]
    fn no_file_breaks_the_reading(text in "([a-z]{1,4}|theme|keys|colors|measure|\\PC|[\\[\\]=\"'.\n# \t\r-]){0,30}") {
        let (_, problems) = load(&text, &[]);
        for problem in problems {
            proptest::prop_assert!(!problem.shown().is_empty());
        }
    }
}
