//! Subscriptions as OPML 2.0 (<http://opml.org/spec2.opml>), which other readers take: folders as outlines around
//! outlines. Nothing secret is in it: headers and credentials stay at home.

use crate::model::Feed;

/// `feeds`, which are in the order of their folders, as a whole document.
#[must_use]
pub fn opml(feeds: &[Feed]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>pullquote</title></head>\n<body>\n",
    );
    let mut open: Vec<&str> = Vec::new();
    for feed in feeds {
        let folder: Vec<&str> = feed.subscription.folder.split('/').filter(|part| !part.is_empty()).collect();
        let shared = open.iter().zip(&folder).take_while(|(a, b)| a == b).count();
        close(&mut out, &mut open, shared);
        for part in folder.into_iter().skip(shared) {
            out.extend([&indent(open.len()), "<outline text=\"", &attribute(part), "\">\n"]);
            open.push(part);
        }
        let title = attribute(feed.title());
        let head = "<outline type=\"rss\" text=\"";
        out.extend([
            &indent(open.len()),
            head,
            &title,
            "\" title=\"",
            &title,
            "\" xmlUrl=\"",
            &attribute(feed.place()),
            "\"",
        ]);
        for (name, value) in [("htmlUrl", feed.site.clone()), ("category", categories(&feed.subscription.tags))] {
            if let Some(value) = value {
                out.extend([" ", name, "=\"", &attribute(&value), "\""]);
            }
        }
        out.push_str("/>\n");
    }
    close(&mut out, &mut open, 0);
    out.push_str("</body>\n</opml>\n");
    out
}

fn close(out: &mut String, open: &mut Vec<&str>, left: usize) {
    while open.len() > left {
        open.pop();
        out.push_str(&indent(open.len()));
        out.push_str("</outline>\n");
    }
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

/// Tags, set apart by commas as the attribute wants it; one with a comma in it cannot be among them.
fn categories(tags: &[String]) -> Option<String> {
    let tags: Vec<&str> = tags.iter().map(String::as_str).filter(|tag| !tag.contains(',')).collect();
    (!tags.is_empty()).then(|| tags.join(","))
}

/// `text` as the value of an attribute. What XML has no place for is left out.
fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Subscription;

    fn feed(title: &str, folder: &str, tags: &[&str]) -> Feed {
        let subscription = Subscription {
            title: Some(title.to_owned()),
            folder: folder.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            headers: vec![("X-Token".into(), "hush".into())],
            credentials: Some("hush".into()),
            ..Subscription::default()
        };
        Feed { address: format!("https://{}.example/?a&b", title.len()), subscription, ..Feed::default() }
    }

    #[test]
    fn folders_are_outlines_and_nothing_secret_is_told() {
        let feeds = [
            feed("Top", "", &[]),
            feed("A \"b\" <c> & d\u{7}", "News", &["x", "y, z"]),
            feed("Deep", "News/Local", &[]),
            feed("Other", "Science", &[]),
        ];
        assert_eq!(
            opml(&feeds),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head><title>pullquote</title></head>
<body>
<outline type="rss" text="Top" title="Top" xmlUrl="https://3.example/?a&amp;b"/>
<outline text="News">
  <outline type="rss" text="A &quot;b&quot; &lt;c&gt; &amp; d" title="A &quot;b&quot; &lt;c&gt; &amp; d" xmlUrl="https://14.example/?a&amp;b" category="x"/>
  <outline text="Local">
    <outline type="rss" text="Deep" title="Deep" xmlUrl="https://4.example/?a&amp;b"/>
  </outline>
</outline>
<outline text="Science">
  <outline type="rss" text="Other" title="Other" xmlUrl="https://5.example/?a&amp;b"/>
</outline>
</body>
</opml>
"#
        );
    }
}
