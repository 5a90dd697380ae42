//! Lists as their programs write them, and as people break them.

use super::*;
use crate::model::Article;

fn shown(outline: &Outline) -> Vec<String> {
    let feed = |feed: &Subscription| {
        let place = feed.folders.iter().fold(String::new(), |place, folder| place + folder + "/");
        format!("{place}{} {} {}", feed.title.as_deref().unwrap_or("-"), feed.url, feed.tags.join(","))
    };
    let refused = |refused: &Refused| {
        let line = refused.line.map_or_else(String::new, |line| format!(" {line}"));
        format!("refused{line} {}", refused.address)
    };
    outline.feeds.iter().map(feed).chain(outline.refused.iter().map(refused)).collect()
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
    let twice =
        "<outline xmlUrl='https://a.example/'/>".repeat(2) + "<outline text='F'><outline xmlUrl='https://a.example/'/>";
    assert_eq!(opml(&twice).feeds.len(), 2);
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
            "refused 5 query:Unread:unread = \"yes\"",
            "refused 6 exec:~/bin/x",
            "refused 7 filter:~/bin/y:https://c.example/",
        ]
    );
}

#[test]
fn bookmarks_have_folders_tags_and_dates() {
    let browser = "<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><H1>Bookmarks</H1><DL><p>
        <DT><H3 PERSONAL_TOOLBAR_FOLDER='true'>Bookmarks bar</H3><DL><p>
        <DT><H3 ADD_DATE=\"1\">Harbour &amp; sea</H3><DL><p><DT><A HREF=\"https://a.example/?x=1&utm_source=y\" ADD_DATE=\"1504607415\" TAGS=\"quay, fish\">A &lt;b&gt;</A>
        <DT><A HREF=\"javascript:alert(1)\">no</A><DT><A HREF=\"place:sort=8\">no</A></DL></DL><p><DT><A HREF=\"https://b.example\"></A></DL>";
    let line = |a: &Article| {
        let date = a.published.map_or_else(|| "-".to_owned(), |at| at.seconds.to_string());
        format!("{} {} {date} [{}] {} {}", a.title, a.url.as_deref().unwrap(), a.tags.join(","), a.read, a.bookmarked)
    };
    let lines = |text: &str| bookmarks(text).iter().map(line).collect::<Vec<_>>();
    assert_eq!(
        lines(browser),
        [
            "A <b> https://a.example/?x=1 1504607415 [quay,fish,Harbour & sea] false true",
            "https://b.example/ https://b.example/ - [] false true",
        ]
    );
    let pocket = "<!DOCTYPE html><title>Pocket Export</title><h1>Unread</h1><ul><li><a href='https://a.example/1' time_added='1504607415' tags='x,y'>One</a></ul>
        <h1>Read Archive</h1><ul><li><a href='https://a.example/2'>Two</a></li></ul>";
    assert_eq!(
        lines(pocket),
        ["One https://a.example/1 1504607415 [x,y] false true", "Two https://a.example/2 - [] true true"]
    );
}

#[test]
fn folders_are_as_long_and_as_deep_as_anybody_reads() {
    let name = "n".repeat(100_000);
    let open = format!("<outline text='{name}'>").repeat(50);
    let found = opml(&format!("<opml><body>{open}<outline xmlUrl='https://a.example/f'/>"));
    assert_eq!(found.feeds[0].folders, vec!["n".repeat(100); 10]);
    let list = format!("<h3>{name}</h3><dl>").repeat(3) + "<a href='https://a.example'>A</a>";
    assert_eq!(bookmarks(&list)[0].tags, ["n".repeat(100)]);
}
