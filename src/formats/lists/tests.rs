//! Lists as their programs write them, and as people break them.

use super::*;

fn shown(outline: &Outline) -> Vec<String> {
    let feed = |feed: &Subscription| {
        let place = feed.folders.iter().fold(String::new(), |place, folder| place + folder + "/");
        format!("{place}{} {} {}", feed.title.as_deref().unwrap_or("-"), feed.url, feed.tags.join(","))
    };
    outline.feeds.iter().map(feed).chain(outline.refused.iter().map(|url| format!("refused {url}"))).collect()
}

#[test]
fn opml_has_feeds_in_folders() {
    let text = "<?xml version='1.0'?><opml><head><title>R&D</title></head><body>
        <outline text='News'><outline type='rss' text='Courier & Post' xmlUrl='https://c.example/feed?a=1&b=2' htmlUrl='https://c.example'/>
          <outline text='Local'><outline xmlUrl=https://l.example/rss /></outline></outline>
        <outline title='Top' xmlURL='http://t.example/atom' category='/a,b c'></outline>
        <outline text='x' xmlUrl='|curl evil'/><outline xmlUrl='exec:ls'/><outline xmlUrl='file:///etc/passwd'/><outline text='Empty' xmlUrl=''/>";
    assert_eq!(
        shown(&opml(text)),
        [
            "News/Courier & Post https://c.example/feed?a=1&b=2 ",
            "News/Local/- https://l.example/rss ",
            "Top http://t.example/atom a,b c",
            "refused |curl evil",
            "refused exec:ls",
            "refused file:///etc/passwd",
        ]
    );
    assert_eq!(opml("<opml>"), Outline::default());
    assert_eq!(opml(&"<outline text='a'>".repeat(100_000)).feeds, []);
}

#[test]
fn newsboats_list_has_tags_titles_and_queries() {
    let text = "# comment\nhttps://a.example/feed news \"two words\" \"~The A\" !\n\nhttps://b.example/rss news\n\
                \"query:Unread:unread = \\\"yes\\\"\"\n\"exec:~/bin/x\"\nfilter:~/bin/y:https://c.example/\n";
    assert_eq!(
        shown(&urls(text)),
        [
            "The A https://a.example/feed news,two words",
            "- https://b.example/rss news",
            "refused query:Unread:unread = \"yes\"",
            "refused exec:~/bin/x",
            "refused filter:~/bin/y:https://c.example/",
        ]
    );
}

#[test]
fn bookmarks_have_folders_tags_and_dates() {
    let browser = "<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><H1>Bookmarks</H1><DL><p>
        <DT><H3 ADD_DATE=\"1\">Harbour &amp; sea</H3><DL><p><DT><A HREF=\"https://a.example/?x=1&utm_source=y\" ADD_DATE=\"1504607415\" TAGS=\"quay, fish\">A &lt;b&gt;</A>
        <DT><A HREF=\"javascript:alert(1)\">no</A><DT><A HREF=\"place:sort=8\">no</A></DL><p><DT><A HREF=\"https://b.example\"></A></DL>";
    let found = bookmarks(browser);
    let line = |b: &Bookmark| {
        format!(
            "{:?} {} {:?} {} {:?}",
            b.folders,
            b.url,
            b.title.as_deref(),
            b.tags.join(","),
            b.added.map(|at| at.seconds)
        )
    };
    assert_eq!(
        found.iter().map(line).collect::<Vec<_>>(),
        [
            "[\"Harbour & sea\"] https://a.example/?x=1 Some(\"A <b>\") quay,fish Some(1504607415)",
            "[] https://b.example/ None  None",
        ]
    );
    let pocket = "<!DOCTYPE html><title>Pocket Export</title><h1>Unread</h1><ul><li><a href='https://a.example/1' time_added='1504607415' tags='x,y'>One</a></li></ul>";
    assert_eq!(bookmarks(pocket).first().map(|b| (b.tags.len(), b.added.is_some())), Some((2, true)));
}
