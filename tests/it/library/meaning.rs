//! One slip of the fingers is forgiven where nothing else is found.

use pullquote::library::Index;
use pullquote::query::{parse, parse_typing};

use super::finding::catch_up;
use super::{Place, add, article};

#[test]
fn a_word_that_nobody_wrote_gives_way_to_the_commonest_one_a_slip_away() {
    let place = Place::new();
    let mut library = place.open();
    add(&mut library, article("Tide tables", &["The harbour was dry.", "A harbor abroad was not."]));
    add(&mut library, article("Harbour dues", &["Marlowe paid for the harbour."]));
    let mut index = Index::open(&place.file());
    let meant = |index: &mut Index, query| {
        index.meant(&library, &parse(query).unwrap()).unwrap().map(|query| query.to_string())
    };
    assert_eq!(meant(&mut index, "harbuor"), None, "an index that is not there knows no words");
    catch_up(&mut index, &library);
    for (query, expected) in [
        ("harbur", Some("harbour")),
        ("dry harbuor", Some("dry harbour")),
        ("\"the harbuor\"", Some("\"the harbour\"")),
        ("title:tabels -harbuor", Some("title:tables -harbuor")),
        // Both are known: that no article has both is no slip.
        ("harbour abroad marlowe", None),
        ("xylophone", None),
        ("drz", None),
        ("is:unread", None),
    ] {
        assert_eq!(meant(&mut index, query).as_deref(), expected, "{query}");
    }
    let typed = parse_typing("dry harbuo").unwrap();
    assert_eq!(index.meant(&library, &typed).unwrap().map(|query| query.to_string()).as_deref(), Some("dry harbou*"));
}
