//! `export --to epub`: what is in the file.

use super::*;

/// The files of an archive by their names, as its directory has them; nothing is compressed.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let number = |at: usize, size: usize| {
        bytes[at..at + size].iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
    };
    let end = bytes.len() - 22;
    assert_eq!((&bytes[end..end + 4], number(end + 12, 4)), (&b"PK\x05\x06"[..], end - number(end + 16, 4)));
    let mut at = number(end + 16, 4);
    let mut files = Vec::new();
    for _ in 0..number(end + 10, 2) {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        let (size, name, local) = (number(at + 24, 4), number(at + 28, 2), number(at + 42, 4));
        assert_eq!(&bytes[local..local + 4], b"PK\x03\x04");
        // What stands before the file says the same as the directory: method, check, sizes, length of the name.
        assert_eq!(bytes[local + 4..local + 30], bytes[at + 6..at + 32]);
        assert_eq!((number(local + 8, 2), number(local + 28, 2)), (0, 0));
        let name_at = local + 30;
        assert_eq!(bytes[name_at..name_at + name], bytes[at + 46..at + 46 + name]);
        let name = String::from_utf8(bytes[name_at..name_at + name].to_vec()).unwrap();
        let start = name_at + name.len();
        at += 46 + name.len();
        files.push((name, bytes[start..start + size].to_vec()));
    }
    assert_eq!(at, end);
    files
}

#[test]
fn a_book_has_a_chapter_for_each_article_and_says_what_is_in_it() {
    let world = World::stocked();
    let hostile = r#"{"title": "a <b> & \"c\"</title><script>", "text": "“]]> & </p>,” said Bo Marr.\u0001\ufffe", "lang": "\"><x"}"#;
    world.write("more.jsonl", hostile);
    assert_eq!(world.run(&["add", "more.jsonl"]).code, 0);
    assert_eq!(world.run(&["export", "--to", "epub", "-o", "b.epub"]).talk, "4 articles written to b.epub\n");
    let bytes = std::fs::read(world.path("b.epub")).unwrap();
    // Its kind is seen at a fixed place.
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    let files = unpacked(&bytes);
    let text = |name: &str| {
        let (_, bytes) = files.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}"));
        String::from_utf8(bytes.clone()).unwrap()
    };
    for (name, _) in files.iter().filter(|(name, _)| !["mimetype", "EPUB/style.css"].contains(&name.as_str())) {
        let text = text(name);
        let mut open = Vec::new();
        for tag in text.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("{name}: {tag}"));
            let word = tag.split_whitespace().next().unwrap();
            match word.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop(), Some(closed), "{name}"),
                None if tag.ends_with('/') || word.starts_with(['?', '!']) => {}
                None => open.push(word),
            }
            assert!(word != "script" && tag.matches('"').count() % 2 == 0, "{name}: {tag}");
        }
        assert_eq!(open, [""; 0], "{name}");
    }
    assert!(text("META-INF/container.xml").contains("full-path=\"EPUB/package.opf\""));
    let (package, contents) = (text("EPUB/package.opf"), text("EPUB/contents.xhtml"));
    assert!(package.contains("<dc:title>4 articles</dc:title>"), "{package}");
    for id in 1..=4 {
        let page = text(&format!("EPUB/article-{id}.xhtml"));
        assert!(page.contains("<link rel=\"stylesheet\" href=\"style.css\"/>"));
        assert!(package.contains(&format!("href=\"article-{id}.xhtml\"")));
        assert!(package.contains(&format!("<itemref idref=\"article-{id}\"/>")));
        assert!(contents.contains(&format!("<a href=\"article-{id}.xhtml\">")));
    }
    assert_eq!(files.len(), 9);
    assert!(text("EPUB/article-4.xhtml").contains("<span class=\"speech\""));
    assert!(
        text("EPUB/article-4.xhtml").contains("<h1>a &lt;b&gt; &amp; &quot;c&quot;&lt;/title&gt;&lt;script&gt;</h1>")
    );
    assert_eq!(text("EPUB/style.css"), include_str!("../../../src/export/html/style.css"));
    // A book is no text, and one article gives it its title.
    let said = world.run(&["export", "--to", "epub"]);
    assert_eq!((said.code, said.talk.as_str()), (2, "pullquote: an EPUB is a file\n  name it with -o PATH\n"));
    assert_eq!(world.run(&["export", "fish", "--to", "epub", "-o", "one.epub"]).code, 0);
    let one = std::fs::read(world.path("one.epub")).unwrap();
    assert!(String::from_utf8_lossy(&one).contains("<dc:title>Fish is dear</dc:title>"));
}
