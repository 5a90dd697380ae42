//! How a query is read, printed, and shown where it is wrong.

use crate::model::Order;
use crate::query::*;

/// The tree in a notation that shows every bracket: `all(…)`, `any(…)`, `not(…)`, words as `field=text`, with `*`.
fn tree(node: &Node) -> String {
    let list = |nodes: &[Node]| nodes.iter().map(tree).collect::<Vec<_>>().join(" ");
    match node {
        Node::All(nodes) => format!("all({})", list(nodes)),
        Node::Any(nodes) => format!("any({})", list(nodes)),
        Node::Not(node) => format!("not({})", tree(node)),
        Node::Leaf(Leaf::Words { field, text, quoted, exact, prefix }) => {
            let marks = if *quoted { "'" } else { "" };
            let (exact, star) = (if *exact { "=" } else { "" }, if *prefix { "*" } else { "" });
            format!("{field:?}={exact}{marks}{text}{marks}{star}")
        }
        Node::Leaf(leaf) => leaf.to_string(),
    }
}

fn read(result: Result<Query, Mistake>, text: &str) -> String {
    match result {
        Ok(query) => query.root.as_ref().map(tree).unwrap_or_default(),
        Err(mistake) => mistake.shown(text),
    }
}

#[test]
fn a_query_is_read_as_a_tree() {
    let table = [
        ("", ""),
        ("  ", ""),
        ("rail strike", "all(Any=rail Any=strike)"),
        ("rail AND strike", "all(Any=rail Any=strike)"),
        ("\"rail strike\"", "Any='rail strike'"),
        ("“rail strike” „beide“", "all(Any='rail strike' Any='beide')"),
        (r#""a \"b\" \\ \c""#, r#"Any='a "b" \ \c'"#),
        ("\"\"", "Any=''"),
        ("stri*", "Any=stri*"),
        ("\"rail stri\"*", "Any='rail stri'*"),
        ("*", "Any=*"),
        ("-football", "not(Any=football)"),
        ("--football", "Any=football"),
        ("NOT football", "not(Any=football)"),
        ("not football", "all(Any=not Any=football)"),
        ("-(a b)", "not(all(Any=a Any=b))"),
        ("-\"a b\"", "not(Any='a b')"),
        ("a - b -- c", "all(Any=a Any=- Any=b Any=-- Any=c)"),
        ("follow-up", "Any=follow-up"),
        ("cats OR dogs", "any(Any=cats Any=dogs)"),
        ("cats|dogs", "any(Any=cats Any=dogs)"),
        ("cats or dogs", "all(Any=cats Any=or Any=dogs)"),
        ("a b OR c -d", "any(all(Any=a Any=b) all(Any=c not(Any=d)))"),
        ("a (b OR c)", "all(Any=a any(Any=b Any=c))"),
        ("((a))", "Any=a"),
        ("(a b) c", "all(all(Any=a Any=b) Any=c)"),
        ("f(x) (g(y))", "all(Any=f(x) Any=g(y))"),
        ("title:rail strike", "all(Title=rail Any=strike)"),
        ("TITLE:Rail", "Title=Rail"),
        ("title:\"rail strike\"", "Title='rail strike'"),
        ("said:\"joint catalogue\" speaker:brown", "all(Said='joint catalogue' Speaker=brown)"),
        ("url:https://news.example/a_(b)?c=1", "Url=https://news.example/a_(b)?c=1"),
        ("tag:x author:y source:z lang:en", "all(Tag=x Author=y Source=z Lang=en)"),
        ("is:unread IS:Trashed has:quote has:note", "all(is:unread is:trashed has:quote has:note)"),
        ("date:2017", "date:2017"),
        ("date:2017-09..2018", "date:2017-09..2018"),
        ("after:2017-09", "date:2017-09.."),
        ("before:2018", "date:..2017"),
        ("before:2018-01", "date:..2017-12"),
        ("before:2016-03-01", "date:..2016-02-29"),
        ("before:2018-01-01", "date:..2017-12-31"),
        ("before:2018-01-02", "date:..2018-01-01"),
        ("newer:7d newer:36h newer:2y", "all(newer:1w newer:36h newer:2y)"),
        ("=Rail ==x -=Rail", "all(Any==Rail Any===x not(Any==Rail))"),
        ("=\"Rail strike\" =Stri* =“Ça ira”", "all(Any=='Rail strike' Any==Stri* Any=='Ça ira')"),
        ("title:=Rail said:=\"We go\" tag:=x", "all(Title==Rail Said=='We go' Tag==x)"),
        ("=OR a=b (=) =\"title:x\"", "all(Any==OR Any=a=b Any== Any=='title:x')"),
        ("a = b =", "all(Any=a Any== Any=b Any==)"),
        // Words that have a colon in them.
        ("https://news.example", "Any=https://news.example"),
        ("10:30", "Any=10:30"),
        ("re:port", "Any=re:port"),
        ("a:b", "Any=a:b"),
        (": ::", "all(Any=: Any=::)"),
        ("5\" pipe", "all(Any=5\" Any=pipe)"),
        ("東京", "Any=東京"),
        // A sign before a number is no part of it; a dash is what it is before any word.
        ("-3 +5 -3.5% 1,000", "all(not(Any=3) Any=+5 not(Any=3.5%) Any=1,000)"),
        ("O’Neill don't x-ray", "all(Any=O’Neill Any=don't Any=x-ray)"),
        ("e\u{301}tat \u{1112}\u{1161}\u{11ab}", "all(Any=état Any=한)"),
        ("👩\u{200d}🚀 ½", "all(Any=👩\u{200d}🚀 Any=½)"),
    ];
    for (text, expected) in table {
        assert_eq!(read(parse(text), text), expected, "{text}");
    }
}

#[test]
fn the_order_is_read_beside_the_tree() {
    let table = [
        ("rail", None),
        ("sort:newest rail", Some(Order::Newest)),
        ("rail sort:oldest", Some(Order::Oldest)),
        ("sort:oldest sort:relevance", Some(Order::Relevance)),
    ];
    for (text, expected) in table {
        assert_eq!(parse(text).map(|query| query.order), Ok(expected), "{text}");
    }
    assert_eq!(parse("sort:oldest").map(|query| query.root), Ok(None));
    assert_eq!(parse_typing("rail sort:old").map(|query| query.order), Ok(None));
}

#[test]
fn what_is_being_typed_counts_for_as_much_as_can_be_told() {
    let table = [
        ("rail stri", "all(Any=rail Any=stri*)"),
        ("rail ", "Any=rail"),
        ("rail.", "Any=rail."),
        ("état e\u{301}", "all(Any=état Any=é*)"),
        ("title:str", "Title=str*"),
        ("title:", ""),
        ("rail -", "all(Any=rail Any=-)"),
        ("rail -s", "all(Any=rail not(Any=s*))"),
        ("rail OR", "Any=rail"),
        ("rail OR ", "Any=rail"),
        ("rail AND", "Any=rail"),
        ("rail NOT", "Any=rail"),
        ("rail |", "Any=rail"),
        ("(rail OR stri", "any(Any=rail Any=stri*)"),
        ("rail (", "Any=rail"),
        ("rail -(", "Any=rail"),
        ("\"rail stri", "Any='rail stri'*"),
        ("\"rail ", "Any='rail '"),
        ("\"rail strike\"", "Any='rail strike'"),
        ("\"", "Any=''"),
        ("title:\"rail str", "Title='rail str'*"),
        ("is:", ""),
        ("is:unr", ""),
        ("rail is:r", "Any=rail"),
        ("is:read", "is:read"),
        ("has:q", ""),
        ("newer:", ""),
        ("newer:7", ""),
        ("newer:7d", "newer:1w"),
        ("date:", ""),
        ("date:2", ""),
        ("date:20", ""),
        ("date:2017", "date:2017"),
        ("date:2017-", "date:2017"),
        ("date:2017-0", "date:2017"),
        ("date:2017-09", "date:2017-09"),
        ("date:2017-09-3", "date:2017-09"),
        ("date:2017.", "date:2017"),
        ("date:2017..", "date:2017.."),
        ("date:2017..20", "date:2017.."),
        ("date:2017..2018-1", "date:2017..2018"),
        ("date:.", ""),
        ("date:..", ""),
        ("after:2017-0", "date:2017.."),
        ("before:201", ""),
    ];
    for (text, expected) in table {
        assert_eq!(read(parse_typing(text), text), expected, "{text}");
    }
}

#[test]
fn a_mistake_is_shown_where_it_stands() {
    let table = [
        "
titel:rail strike
^^^^^^ there is no field titel:
       did you mean title:? for the words themselves write \"titel:\"",
        "
rail since:2017
     ^^^^^^ there is no field since:
            did you mean after:? for the words themselves write \"since:\"",
        "
is:unraed rail
   ^^^^^^ there is no such thing
          did you mean unread?",
        "
is:loved
   ^^^^^ there is no such thing
         one of unread, read, bookmarked, trashed",
        "
a date:2017-13
       ^^^^^^^ there is no such day
               a date is written 2017, 2017-09 or 2017-09-05",
        "
date:2017-9
     ^^^^^^ this is no date
            a date is written 2017, 2017-09 or 2017-09-05",
        "
date:2018..2017-12
     ^^^^^^^^^^^^^ this ends before it begins
                   did you mean 2017-12..2018?",
        "
newer:week
      ^^^^ this is no age
           a number and h, d, w, m or y, such as 7d",
        "
東京 (rail
     ^ this parenthesis is not closed
       close it with )",
        "
rail) a
    ^ this parenthesis was never opened
      remove it",
        "
a ( ) b
  ^^^ nothing stands in these parentheses",
        "
\"rail strike
^ this quotation mark is not closed
  close the phrase with \"",
        "
rail OR
     ^^ nothing stands behind OR
        to search for the word itself, write it small",
        "
| rail
^ nothing stands before |
  words stand on both sides of it: cats|dogs",
        "
a AND AND b
      ^^^ nothing stands before AND
          to search for the word itself, write it small",
        "
(a NOT)
   ^^^ nothing stands behind NOT
       to search for the word itself, write it small",
        "
title: rail
^^^^^^ nothing stands behind title:
       for example title:strike",
        "
title:(a b)
      ^^ title: takes a word or a phrase, no parentheses
         repeat title: before each word",
        "
=(a b)
 ^^ = takes a word or a phrase, no parentheses
    repeat = before each word",
        "
rail =title:Strike
      ^^^^^^^^^^^^ the = stands behind title:
                   did you mean title:=Strike?",
        "
is:=read
   ^^^^^ there is no such thing
         did you mean read?",
        "
-sort:newest
 ^^^^^^^^^^^ sort: orders the whole query
             write it outside parentheses, without NOT",
    ];
    for expected in table {
        let expected = expected.trim_start_matches('\n');
        let text = expected.lines().next().unwrap_or_default();
        assert_eq!(read(parse(text), text), expected, "{text}");
    }
}

#[test]
fn a_mistake_is_told_while_typing_where_nothing_can_mend_it() {
    for text in
        ["titel:", "is:x", "date:x", "date:2017-13", "date:2018..1", "newer:x", "a )", "OR", "title: r", "\"a\" OR | "]
    {
        assert!(parse_typing(text).is_err(), "{text}");
    }
}

#[test]
fn a_mistake_in_a_long_query_is_shown_with_what_is_around_it() {
    for (before, behind) in [(0, 100_000), (100_000, 0), (100_000, 100_000)] {
        let text = format!("{}) {}", "東".repeat(before), "e\u{301}".repeat(behind));
        let shown = parse(&text).unwrap_err().shown(&text);
        assert!(shown.contains(") ") && shown.len() < 3_000, "{shown}");
    }
    let text = format!("title:({}", "a|".repeat(40_000));
    assert!(parse(&text).unwrap_err().shown(&text).len() < 3_000);
}

#[test]
fn nobody_asks_for_thousands_of_words() {
    let words = |count: usize| "rail ".repeat(count);
    assert!(parse(&words(2000)).is_ok() && parse(&format!("\"{}\"", words(2000))).is_ok());
    for text in
        [words(2001), format!("\"{}\"", words(2001)), "\"\"".repeat(2001), "a|".repeat(2000), "-a ".repeat(2000)]
    {
        for read in [parse(&text), parse_typing(&text)] {
            let mistake = read.unwrap_err();
            assert_eq!(mistake.message, "these are more than 2000 words");
            assert!(text.get(mistake.span).is_some());
        }
    }
}

#[test]
fn nesting_has_a_limit_and_no_depth_breaks_the_parser() {
    let nested = |depth| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(32)).is_ok());
    assert!(parse(&nested(33)).is_err());
    assert!(parse(&nested(100_000)).is_err());
    assert_eq!(parse(&format!("{}a", "-".repeat(100_001))).map(|q| q.to_string()), Ok("-a".to_owned()));
    assert!(parse(&"NOT ".repeat(100_000)).is_err());
    assert!(parse(&"a OR ".repeat(10_000)).is_err());
}

#[test]
fn no_length_breaks_the_parser() {
    for piece in [
        "=",
        "==",
        "(",
        ")",
        "|",
        "\"",
        "“",
        "”",
        "\\",
        "*",
        ":",
        "title:",
        "is:",
        "date:2",
        "-3 ",
        "e\u{301}",
        "東",
        "👩\u{200d}🚀",
        "\u{0}",
    ] {
        let text = piece.repeat(100_000);
        for query in [parse(&text), parse_typing(&text)].into_iter().flatten() {
            assert_eq!(parse(&query.to_string()).as_ref(), Ok(&query), "{piece}");
        }
    }
}
