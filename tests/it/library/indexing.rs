//! The index through stops, crashes, damage and copied files.

use pullquote::clock::Now;
use pullquote::library::{CaughtUp, Index, Prepared};
use pullquote::model::Order;
use pullquote::query::parse;

use super::finding::{catch_up, find, never};
use super::{NOW, Place, add, article, id};

#[test]
fn without_an_index_titles_are_searched_and_it_is_said_to_be_incomplete() {
    let place = Place::new();
    let mut library = place.open();
    let first = id(add(&mut library, article("Rail strike", &["nothing"])));
    add(&mut library, article("Other news", &["a rail strike"]));
    let mut index = Index::open(&place.file());
    assert!(index.needs_rebuild(&library).unwrap());
    let query = parse("rail").unwrap();
    let found = index.search(&library, &query, Order::Newest, &Now::fixed(NOW), None, &never).unwrap();
    assert_eq!((found.ids, found.complete), (vec![first], false));
    catch_up(&mut index, &library);
    assert!(!index.needs_rebuild(&library).unwrap());
    assert_eq!(find(&mut index, &library, &query, Order::Newest).len(), 2);
}

#[test]
fn an_index_that_does_not_know_every_change_does_not_claim_to_have_found_all() {
    let place = Place::new();
    let mut library = place.open();
    let first = id(add(&mut library, article("one", &["rail"])));
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    let second = id(add(&mut library, article("two", &["rail"])));
    for order in [Order::Newest, Order::Oldest, Order::Relevance] {
        let query = parse("rail").unwrap();
        let found = index.search(&library, &query, order, &Now::fixed(NOW), None, &never).unwrap();
        assert_eq!((found.ids, found.complete), (vec![first], false), "{order:?}");
    }
    catch_up(&mut index, &library);
    assert_eq!(find(&mut index, &library, &parse("rail").unwrap(), Order::Newest), [second, first]);
}

#[test]
fn a_search_that_is_stopped_says_so() {
    let place = Place::new();
    let mut library = place.open();
    let all: Vec<_> = (0..3000).map(|n| Prepared::new(article(&format!("t{n}"), &["rail"]), &[])).collect();
    library.add(&all, NOW).unwrap();
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    for order in [Order::Newest, Order::Oldest, Order::Relevance] {
        let stop = || true;
        let query = parse("rail").unwrap();
        let found = index.search(&library, &query, order, &Now::fixed(NOW), None, &stop).unwrap();
        assert!(!found.complete && found.ids.len() < 3000, "{order:?}");
    }
}

#[test]
fn a_catch_up_that_is_stopped_or_dies_goes_on_where_it_was() {
    let place = Place::new();
    let mut library = place.open();
    let all: Vec<_> = (0..1200).map(|n| Prepared::new(article(&format!("t{n}"), &["rail"]), &[])).collect();
    library.add(&all, NOW).unwrap();
    let mut index = Index::open(&place.file());
    let asked = std::cell::Cell::new(0);
    let stop = || asked.replace(asked.get() + 1) > 0;
    assert_eq!(index.catch_up(&library, &stop, &mut |_, _| ()).unwrap(), CaughtUp::Stopped);
    let behind = index.behind(&library).unwrap();
    assert!(0 < behind && behind < 1200, "{behind}");
    // Who stops does not wait for what goes on behind its back; the next one does.
    std::fs::File::open(place.0.path().join("library.db.index/lock")).unwrap().lock().unwrap();
    // As after a crash between the index's commit and the library's: the changes are still noted.
    let connection = rusqlite::Connection::open(place.file()).unwrap();
    connection.execute("INSERT INTO dirty (id, article, renewed) VALUES (1, 1, 0)", []).unwrap();
    // As after a crash before the index's commit: the token of the one that was not made is there already.
    let tokens = "UPDATE memory SET value = value || ' 0' WHERE key = 'library.index.commits'";
    assert_eq!(connection.execute(tokens, []).unwrap(), 1);
    let mut reports = Vec::new();
    let mut index = Index::open(&place.file());
    assert!(!index.needs_rebuild(&library).unwrap());
    let caught_up = index.catch_up(&library, &never, &mut |done, total| reports.push((done, total)));
    assert_eq!(caught_up.unwrap(), CaughtUp::Done);
    assert_eq!(reports.last().map(|(done, total)| done == total), Some(true));
    assert_eq!(find(&mut index, &library, &parse("rail").unwrap(), Order::Newest).len(), 1200);
    assert_eq!(index.behind(&library).unwrap(), 0);
}

#[test]
fn an_index_of_another_state_of_the_library_is_not_believed() {
    let place = Place::new();
    let mut library = place.open();
    add(&mut library, article("one", &["rail"]));
    let copy = place.0.path().join("copy.db");
    library.backup(&copy).unwrap();
    add(&mut library, article("two", &["rail"]));
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    drop((library, index));
    // The backup takes the library's place; the index stays where it is.
    std::fs::rename(copy, place.file()).unwrap();
    let mut library = place.open();
    add(&mut library, article("three", &["tram"]));
    let mut index = Index::open(&place.file());
    assert!(index.needs_rebuild(&library).unwrap());
    catch_up(&mut index, &library);
    assert_eq!(find(&mut index, &library, &parse("rail").unwrap(), Order::Newest), [1]);
    // Of the two only the new one is left.
    let folders = std::fs::read_dir(place.0.path().join("library.db.index")).unwrap();
    assert_eq!(folders.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count(), 1);
}

#[test]
fn a_copy_of_the_file_that_counts_other_changes_by_the_same_numbers_is_not_taken_for_it() {
    let place = Place::new();
    let mut library = place.open();
    add(&mut library, article("first", &["tram"]));
    catch_up(&mut Index::open(&place.file()), &library);
    drop(library);
    let copy = place.0.path().join("copy.db");
    std::fs::copy(place.file(), &copy).unwrap();
    let add_three = |text: &str| {
        let mut library = place.open();
        for n in 0..3 {
            add(&mut library, article(&format!("{text} {n}"), &[text]));
        }
        let mut index = Index::open(&place.file());
        catch_up(&mut index, &library);
        let first = find(&mut index, &library, &parse("tram").unwrap(), Order::Newest);
        (first, find(&mut index, &library, &parse(text).unwrap(), Order::Newest))
    };
    assert_eq!(add_three("rail"), (vec![1], vec![4, 3, 2]));
    std::fs::copy(&copy, place.file()).unwrap();
    assert_eq!(add_three("boat"), (vec![1], vec![4, 3, 2]));
}

#[test]
fn a_damaged_index_is_built_anew() {
    let place = Place::new();
    let mut library = place.open();
    add(&mut library, article("one", &["rail"]));
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    drop(index);
    let name = library.recall("library.index").unwrap().unwrap();
    std::fs::write(place.0.path().join("library.db.index").join(name).join("meta.json"), "{").unwrap();
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    assert_eq!(find(&mut index, &library, &parse("rail").unwrap(), Order::Newest), [1]);
    assert_eq!(index.rebuild(&library, &never, &mut |_, _| ()).unwrap(), CaughtUp::Done);
    assert_eq!(find(&mut index, &library, &parse("rail").unwrap(), Order::Newest), [1]);
}

#[test]
fn an_article_whose_text_is_damaged_is_found_by_its_title_and_stops_no_other() {
    let place = Place::new();
    let mut library = place.open();
    for title in ["tram one", "tram two", "tram three"] {
        add(&mut library, article(title, &["rail"]));
    }
    let connection = rusqlite::Connection::open(place.file()).unwrap();
    connection.execute("UPDATE body SET bytes = x'00' WHERE id = 2", []).unwrap();
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    assert_eq!(find(&mut index, &library, &parse("rail").unwrap(), Order::Newest), [3, 1]);
    assert_eq!(find(&mut index, &library, &parse("tram").unwrap(), Order::Newest), [3, 2, 1]);
    let faults = library.check().unwrap();
    assert!(faults.len() == 1 && faults[0].starts_with("article 2: "), "{faults:?}");
}

#[test]
fn one_writes_the_index_and_the_other_reads_it() {
    let place = Place::new();
    let mut writer = place.open();
    let reader = place.open();
    let mut theirs = Index::open(&place.file());
    let mut ours = Index::open(&place.file());
    for n in 0..3_i64 {
        add(&mut writer, article(&format!("t{n}"), &["rail"]));
        catch_up(&mut theirs, &writer);
        let found = find(&mut ours, &reader, &parse("rail").unwrap(), Order::Newest);
        assert_eq!(found, (1..=n + 1).rev().collect::<Vec<_>>());
    }
    // While the lock is held the work is left to its holder.
    add(&mut writer, article("last", &["rail"]));
    let lock = std::fs::File::open(place.0.path().join("library.db.index/lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(ours.catch_up(&reader, &never, &mut |_, _| ()).unwrap(), CaughtUp::Elsewhere);
}
