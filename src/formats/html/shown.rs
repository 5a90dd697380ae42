//! The author and the date that a page shows, where its `<meta>` and JSON-LD do not name them; the date that its address
//! has.

use dom_query::{Document as Tree, NodeRef};

use super::clutter;
use crate::formats::byline::without_by;
use crate::formats::dates;
use crate::formats::months::MONTHS;
use crate::model::Published;
use crate::text::clean::clean_line;

/// Code points of a name or a date; what is longer is a sentence.
const LONGEST: usize = 100;

/// Bytes of text beyond which an element is not read on.
const READ: usize = 1024;

/// Elements of promising names that are looked at.
const MOST: usize = 100;

/// Elements around one of them that may say that it is about something else, such as a comment.
const AROUND: usize = 24;

/// Seconds by which the date shown may lie beside the one in the address: a zone, or the night in between.
const BESIDE: i64 = 2 * 24 * 60 * 60;

/// Words before a date that are no part of a name before it.
#[rustfmt::skip]
const BEFORE_DATES: [&str; 21] = [
    "on", "at", "date", "published", "posted", "updated", "last", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
];

/// The author that the page shows.
pub fn author(tree: &Tree) -> Option<String> {
    // What is marked for machines is about the page wherever it stands, but for comments.
    const MARKED: [&str; 3] = ["[itemprop~='author'] [itemprop='name']", "[itemprop~='author']", "a[rel~='author']"];
    const SHOWN: [&str; 4] = [
        ".byline",
        ".author",
        "[class*='byline'], [class*='Byline'], [class*='__author']",
        ".author-name, .article-author, .post-author, .entry-author",
    ];
    let first = |selectors: &[&str], is_elsewhere: &dyn Fn(&NodeRef) -> bool| {
        selectors.iter().find_map(|selector| {
            let found = tree.select(selector);
            let mut about = found.nodes().iter().take(MOST).filter(|node| !is_elsewhere(node));
            about.find_map(|node| name(&text(node)?))
        })
    };
    let in_comment = |node: &NodeRef| node.ancestors_it(Some(AROUND)).any(|around| clutter::is_comment(&around));
    first(&MARKED, &in_comment).or_else(|| first(&SHOWN, &is_elsewhere))
}

/// A name without what often stands around it: "By", a date, a handle, what the name is followed by behind a line.
fn name(text: &str) -> Option<String> {
    const BETWEEN: [&str; 7] = [" | ", " • ", " · ", " – ", " — ", " - ", " @"];
    let text = without_by(text);
    let end = BETWEEN.iter().filter_map(|between| text.find(between)).min().unwrap_or(text.len());
    let mut words: Vec<&str> = text.get(..end)?.split_whitespace().collect();
    if let Some(number) = words.iter().position(|word| word.contains(|c: char| c.is_ascii_digit())) {
        // "Ada Brown May 20, 2019", but "Ada May 20 March 2019".
        let mut month = words.get(number + 1).is_some_and(|word| is_month(word));
        words.truncate(number);
        while let Some(last) = words.last() {
            let is_date = BEFORE_DATES.contains(&&*plain(last)) || !month && is_month(last);
            if !is_date {
                break;
            }
            month |= is_month(last);
            words.pop();
        }
    }
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| matches!(c, ',' | ':' | ';' | '|' | '-') || c.is_whitespace());
    let is_name = name.contains(char::is_alphabetic) && name.chars().count() <= LONGEST;
    is_name.then(|| name.to_owned())
}

fn plain(word: &str) -> String {
    word.trim_matches([',', '.', ':']).to_lowercase()
}

fn is_month(word: &str) -> bool {
    let word = plain(word);
    MONTHS.iter().any(|(name, _)| *name == word)
}

/// The date that the page shows, or that its address has. Where the two are days apart, what is shown is the day of another
/// thing: of a change, of the visit.
pub fn date(tree: &Tree, address: Option<&str>) -> Option<Published> {
    const SAID: [&str; 6] = [
        "[itemprop='datePublished'][content]",
        "[itemprop='datePublished'][datetime]",
        "time[pubdate]",
        "article time[datetime]",
        "main time[datetime]",
        "time[datetime]",
    ];
    let said = SAID.iter().find_map(|selector| {
        let found = tree.select_single(selector);
        let value = found.attr("content").or_else(|| found.attr("datetime"))?;
        dates::parse(&clean_line(&value))
    });
    let named = || address.and_then(in_address);
    said.or_else(|| match (written(tree), named()) {
        (Some(shown), Some(named)) if (shown.seconds - named.seconds).abs() <= BESIDE => Some(shown),
        (shown, named) => named.or(shown),
    })
}

/// The first date that stands in an element whose name says that one does.
fn written(tree: &Tree) -> Option<Published> {
    const NAMED: &str = "[class*='date'], [class*='Date'], [class*='time'], [class*='ublish'], [class*='osted'], \
                         [class*='submitted'], [id*='date'], [itemprop='datePublished']";
    const WORDS: [&str; 12] = [
        "date",
        "dateline",
        "datetime",
        "datestamp",
        "pubdate",
        "postdate",
        "published",
        "timestamp",
        "time",
        "posted",
        "submitted",
        "bydate",
    ];
    let found = tree.select(NAMED);
    let promising = |node: &&NodeRef| {
        let mut words = clutter::words(node);
        node.attr("itemprop").is_some() || words.any(|word| WORDS.contains(&&*word))
    };
    let mut promising = found.nodes().iter().filter(promising).take(MOST).filter(|node| !is_elsewhere(node));
    promising.find_map(|node| {
        let title = node.attr("title").and_then(|title| within(&clean_line(&title)));
        title.or_else(|| within(&text(node)?))
    })
}

/// The date in a short text: all of it, or what begins with its first digit.
fn within(text: &str) -> Option<Published> {
    if text.chars().count() > LONGEST || text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let from = text.find(|c: char| c.is_ascii_digit())?;
    dates::parse(text)
        .or_else(|| text.get(from..).filter(|rest| rest.contains(' ') || rest.len() >= 8).and_then(dates::parse))
}

/// The day that an address has in its path: `/2017/09/05/`, `/2017/sep/05/`, `/2017-09-05-title`, `-20170905/`.
fn in_address(address: &str) -> Option<Published> {
    let path = address.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').skip(3).collect();
    let year = |part: &str| part.len() == 4 && matches!(part.parse(), Ok(1990..=2099));
    for three in parts.windows(3) {
        let [y, m, d] = three else { continue };
        let month = MONTHS.iter().find(|(name, _)| *name == m.to_lowercase()).map(|(_, month)| month.to_string());
        let month = month.unwrap_or_else(|| (*m).to_owned());
        if year(y)
            && month.len() <= 2
            && d.len() <= 2
            && let Some(day) = dates::parse(&format!("{y}-{month}-{d}"))
        {
            return Some(day);
        }
    }
    parts.iter().find_map(|part| {
        let begins = part.get(..10).filter(|_| !part.as_bytes().get(10).is_some_and(u8::is_ascii_digit));
        let digits = part.rsplit(['-', '_']).next().filter(|digits| digits.len() == 8);
        let day = [begins, digits].into_iter().flatten().find(|day| day.get(..4).is_some_and(year))?;
        dates::parse(day).filter(|day| day.day_only)
    })
}

/// Whether an element is about something else than the page: a comment, another article.
fn is_elsewhere(node: &NodeRef) -> bool {
    node.ancestors_it(Some(AROUND)).any(|around| {
        let name = around.node_name().unwrap_or_default();
        matches!(&*name, "aside" | "footer" | "nav") || clutter::says_clutter(&around, &name)
    })
}

/// The text of an element, with a blank between what stands in different ones; `None` where it is long.
fn text(node: &NodeRef) -> Option<String> {
    let mut text = String::new();
    for inner in node.descendants_it().filter(NodeRef::is_text) {
        if inner.parent().is_some_and(|parent| parent.has_name("script") || parent.has_name("style")) {
            continue;
        }
        text.push_str(&inner.text());
        text.push(' ');
        if text.len() > READ {
            return None;
        }
    }
    let text = clean_line(&text).replace(" ,", ",");
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_freed_of_what_stands_around_it() {
        for (text, expected) in [
            ("By Ines Marlow", Some("Ines Marlow")),
            ("BY: Ines Marlow and Tom Fenn", Some("Ines Marlow and Tom Fenn")),
            ("Ines Marlow 22 Dec 2016 651", Some("Ines Marlow")),
            ("By Ines Marlow Tuesday, Aug. 17, 2010", Some("Ines Marlow")),
            ("Ines Marlow on June 26, 2014 at 9:00a", Some("Ines Marlow")),
            ("Ines May 12 March 2019", Some("Ines May")),
            ("Ines Marlow @imarlow on June 26", Some("Ines Marlow")),
            ("Ines Marlow | Northern Courier", Some("Ines Marlow")),
            ("Ines Marlow - Staff Writer", Some("Ines Marlow")),
            ("Ines Marlow-Reed,", Some("Ines Marlow-Reed")),
            ("April 28, 2019 at 6:01 am", None),
            ("By ", None),
            ("|", None),
        ] {
            assert_eq!(name(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_address_may_have_the_day() {
        let day = |text: &str| dates::parse(text);
        for (address, expected) in [
            ("https://a.example/2017/09/05/harbour", day("2017-09-05")),
            ("https://a.example/news/2017/9/5/harbour.html?x=2018/01/01", day("2017-09-05")),
            ("https://a.example/world/2017/sep/05/harbour", day("2017-09-05")),
            ("https://a.example/blog/2017-09-05-harbour", day("2017-09-05")),
            ("https://a.example/harbour-20170905/", day("2017-09-05")),
            ("https://a.example/20170905/", day("2017-09-05")),
            ("https://a.example/2017/09/harbour", None),
            ("https://a.example/2017/13/05/", None),
            ("https://a.example/harbour-12345678", None),
            ("https://a.example/1504607415", None),
            ("https://2017.example/09/05/1", None),
            ("", None),
        ] {
            assert_eq!(in_address(address), expected, "{address}");
        }
    }

    #[test]
    fn what_the_page_shows_is_found() {
        let shown = |html: &str, address: Option<&str>| {
            let tree = super::super::tree::parse(html);
            (author(&tree), date(&tree, address))
        };
        let day = |text: &str| dates::parse(text);
        for (html, name, when) in [
            ("<p class=byline>By <b>Ines Marlow</b><span>5 Sep 2017</span>", Some("Ines Marlow"), None),
            ("<div class=article__author>By Ines Marlow</div>", Some("Ines Marlow"), None),
            ("<div class=comment><i class=author>Troll</i><i class=date>5 Sep 2017</i></div>", None, None),
            ("<div class=comment-7><a rel=author>Troll</a></div>", None, None),
            ("<aside><span itemprop=author>Ines Marlow</span></aside>", Some("Ines Marlow"), None),
            ("<div class='post-date'>September 5th, 2017</div>", None, day("2017-09-05")),
            ("<span class=submitted-by>Submitted on Tue, 2017-09-05 10:30</span>", None, day("2017-09-05 10:30")),
            ("<abbr class=published title='2017-09-05T10:30:00Z'>today</abbr>", None, day("2017-09-05 10:30")),
            ("<p class=updated>September 5th, 2017</p><p class=date>soon", None, None),
            ("<p class=date>1504607415</p>", None, None),
            ("<time datetime=2017-09-05>x</time><p class=date>6 Sep 2017", None, day("2017-09-05")),
            ("<body class='has-sidebar'><p class=date>5 Sep 2017", None, day("2017-09-05")),
        ] {
            assert_eq!(shown(html, None), (name.map(str::to_owned), when), "{html}");
        }
        let address = Some("https://a.example/2017/09/05/x");
        assert_eq!(shown("<p class=date>9 June 2020", address).1, day("2017-09-05"));
        assert_eq!(shown("<p class=date>5 Sep 2017 10:30", address).1, day("2017-09-05 10:30"));
    }
}
