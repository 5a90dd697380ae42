//! Quotes that a newer engine detects again.

use std::cell::{Cell, RefCell};

use pullquote::library::{Added, Library, Prepared};
use pullquote::model::{Article, Change, Id, Quote};

use super::finding::{catch_up, find, never};
use super::opening::make_older;
use super::saying::{correct, spoken};
use super::{NOW, Place};
use pullquote::library::Index;
use pullquote::model::Order;
use pullquote::query::parse;

const SAYS: [(&str, &str); 2] = [("Ada", "“Go.”"), ("Bo", "“Stay.”")];

/// Articles whose quotes were detected by engine 1.
fn stocked(place: &Place, count: usize) -> Library {
    let mut library = place.open();
    let batch: Vec<Prepared> = (0..count).map(|n| prepared(&format!("t{n}"), 1)).collect();
    library.add(&batch, NOW).unwrap();
    library
}

fn prepared(title: &str, engine: u32) -> Prepared {
    let (given, quotes) = spoken(title, &SAYS);
    Prepared::new(given, &quotes).detected_by(engine)
}

/// An engine that gives everything to one speaker.
fn all_by(name: &'static str) -> impl Fn(&Article) -> Vec<Quote> {
    move |article| {
        let (_, mut quotes) = spoken(&article.title, &SAYS);
        assert!(article.document.text().contains("Stay"));
        for quote in &mut quotes {
            quote.speaker = Some(name.to_owned());
        }
        quotes
    }
}

fn who(library: &Library, id: Id) -> Vec<String> {
    let quotes = library.article(id).unwrap().unwrap().quotes;
    quotes.into_iter().map(|quote| quote.speaker.unwrap()).collect()
}

#[test]
fn a_newer_engine_goes_over_what_is_there_and_nothing_else_changes() {
    let place = Place::new();
    let mut library = stocked(&place, 3);
    library.detect_again(1, &all_by("nobody"), 100, &never).unwrap();
    correct(&mut library, 1, "“Go.”", Some("Ida Holm"));
    library.set_position(1, 4).unwrap();
    library.change(&[1], &Change::Read(true), NOW).unwrap();
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    let before = library.article(1).unwrap().unwrap();

    assert_eq!(library.detected_before(2).unwrap(), 3);
    assert_eq!(library.detect_again(2, &all_by("Cleo"), 100, &never).unwrap(), 0);
    assert_eq!((who(&library, 1), who(&library, 2)), (vec!["Ida Holm".into(), "Cleo".into()], vec!["Cleo".into(); 2]));
    let after = library.article(1).unwrap().unwrap();
    assert_eq!((after.revisions.len(), after.position, &after.summary), (0, Some(4), &before.summary));
    let names: Vec<_> = library.speakers("", 9).unwrap().into_iter().map(|one| (one.name, one.quotes)).collect();
    assert_eq!(names, [("Cleo".to_owned(), 5), ("Ida Holm".to_owned(), 1)]);
    catch_up(&mut index, &library);
    let found = |index: &mut Index, text| find(index, &library, &parse(text).unwrap(), Order::Oldest);
    assert_eq!(found(&mut index, "said:stay speaker:cleo"), [1, 2, 3]);
    assert_eq!(found(&mut index, "said:go speaker:cleo"), [2, 3]);
    assert_eq!(found(&mut index, "speaker:bo"), [0; 0]);
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}

#[test]
fn it_can_be_stopped_and_goes_on_where_it_was() {
    let place = Place::new();
    let mut library = stocked(&place, 230);
    let seen = RefCell::new(Vec::new());
    let engine = |article: &Article| {
        seen.borrow_mut().push(article.title.clone());
        all_by("Cleo")(article)
    };
    let asked = Cell::new(0);
    let stop = || asked.replace(asked.get() + 1) == 1;
    assert_eq!(library.detect_again(2, &engine, 1000, &stop).unwrap(), 180);
    drop(library);
    let mut library = place.open();
    assert_eq!(library.detect_again(2, &engine, 60, &never).unwrap(), 120);
    assert_eq!(library.detect_again(2, &engine, 1000, &never).unwrap(), 0);
    assert_eq!(library.detect_again(2, &engine, 1000, &never).unwrap(), 0);
    let mut titles = seen.into_inner();
    titles.sort();
    titles.dedup();
    assert_eq!((titles.len(), library.speakers("", 9).unwrap().len()), (230, 1));
}

#[test]
fn each_article_is_known_by_the_engine_that_saw_it() {
    let place = Place::new();
    let mut library = stocked(&place, 2);
    // An engine that finds the same writes nothing and tells the index nothing.
    let mut index = Index::open(&place.file());
    catch_up(&mut index, &library);
    let same = |article: &Article| spoken(&article.title, &SAYS).1;
    assert_eq!(library.detect_again(2, &same, 100, &never).unwrap(), 0);
    assert_eq!(index.behind(&library).unwrap(), 0);
    // What an older program adds or renews waits for a newer one, and an older one leaves the others alone.
    library.add(&[prepared("old", 1), prepared("new", 2)], NOW).unwrap();
    assert_eq!([1, 2, 3].map(|engine| library.detected_before(engine).unwrap()), [0, 1, 4]);
    let (given, quotes) = spoken("t0", &[("Bo", "“Stay.”")]);
    let added = library.add(&[Prepared::new(given, &quotes).detected_by(1)], NOW).unwrap();
    assert_eq!((added, library.detected_before(2).unwrap()), (vec![Added::Updated(1)], 2));
    assert_eq!(library.detect_again(1, &all_by("Cleo"), 100, &never).unwrap(), 0);
    assert_eq!(who(&library, 2), ["Ada", "Bo"]);
    // The first article of a newer one is enough for the others to be old.
    library.add(&[prepared("newer", 3)], NOW).unwrap();
    assert_eq!([2, 3].map(|engine| library.detected_before(engine).unwrap()), [0, 4]);
}

#[test]
fn a_library_of_the_first_version_is_brought_up_to_date_with_a_copy_beside_it() {
    let place = Place::new();
    let mut library = stocked(&place, 2);
    catch_up(&mut Index::open(&place.file()), &library);
    library.change(&[2], &Change::Note("kept".to_owned()), NOW).unwrap();
    drop(library);
    make_older(&place.file(), 1);

    let mut library = place.open();
    assert!(place.0.path().join("library.db.version-1").is_file());
    assert_eq!((library.speakers("", 9).unwrap(), library.detected_before(1).unwrap()), (Vec::new(), 2));
    let same = |article: &Article| spoken(&article.title, &SAYS).1;
    assert_eq!(library.detect_again(1, &same, 100, &never).unwrap(), 0);
    let names: Vec<_> = library.speakers("", 9).unwrap().into_iter().map(|one| (one.name, one.articles)).collect();
    assert_eq!(names, [("Ada".to_owned(), 2), ("Bo".to_owned(), 2)]);
    assert_eq!(library.article(2).unwrap().unwrap().note.as_deref(), Some("kept"));
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}
