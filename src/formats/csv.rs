//! Tables of articles (CSV): the first row names the fields, each other one is a record. RFC 4180, as loosely as it is written.

use serde_json::{Map, Value};

use super::jsonl;
use super::record::Record;
use crate::error::{Error, Result};
use crate::model::Article;

/// Columns that a table may have.
const COLUMNS: usize = 1000;

/// What a table says on top: the names of its columns, and what stands between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    names: Vec<String>,
    separator: char,
}

impl Head {
    /// Reads the first row.
    ///
    /// Refuses a table that has neither a title nor a text.
    pub fn read(row: &str) -> Result<Self> {
        let row = row.trim_start_matches('\u{feff}');
        let separator = [',', ';', '\t'].into_iter().max_by_key(|separator| row.matches(*separator).count());
        let separator = separator.unwrap_or(',');
        let names = cells(row, separator);
        let fields = names.iter().map(|name| (name.trim().to_owned(), Value::from("x"))).collect();
        if !Record::new(fields).is_article(true) {
            return Err(Error::refused("a table without columns for title and text or address is not read")
                .hint("name the columns in its first row, such as title, text, date, url"));
        }
        Ok(Self { names, separator })
    }

    /// Whether `byte` stands between cells.
    #[must_use]
    pub fn separates(&self, byte: u8) -> bool {
        char::from(byte) == self.separator
    }

    /// Reads another row.
    pub fn article(&self, row: &str) -> Result<Article> {
        let cells = cells(row, self.separator).into_iter().map(Value::String);
        let fields: Map<String, Value> = self.names.iter().map(|name| name.trim().to_owned()).zip(cells).collect();
        jsonl::article(&Record::new(fields))
    }
}

/// The cells of a row. A quotation mark holds a cell together if it begins with one; two in it are one.
fn cells(row: &str, separator: char) -> Vec<String> {
    let row = row.trim_end_matches(['\r', '\n']);
    let mut cells = vec![String::new()];
    let (mut quoted, mut fresh) = (false, true);
    let mut chars = row.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(cell) = cells.last_mut() else { break };
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if quoted || fresh => quoted = !quoted,
            c if c == separator && !quoted => {
                if cells.len() == COLUMNS {
                    break;
                }
                cells.push(String::new());
                fresh = true;
                continue;
            }
            c => cell.push(c),
        }
        fresh = false;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_an_article() {
        let head = Head::read("\u{feff}Title,url,time_added, tags ,status\r\n").unwrap();
        let article =
            head.article("\"Fish, \"\"dear\"\"\",https://a.example/1,1504607415,quay|sea,archive\r\n").unwrap();
        assert_eq!((article.title.as_str(), article.url.as_deref()), ("Fish, \"dear\"", Some("https://a.example/1")));
        assert_eq!((article.tags.join(" "), article.read, article.bookmarked), ("quay sea".to_owned(), true, true));
        assert_eq!(article.published.map(|at| at.seconds), Some(1_504_607_415));
        let head = Head::read("id;headline;content").unwrap();
        let article = head.article("7;A \"quay\";\"One.\n\nTwo; three.\"").unwrap();
        assert_eq!((article.title.as_str(), article.document.text()), ("A \"quay\"", "One.\n\nTwo; three."));
        assert!(head.article("7").is_err());
    }

    #[test]
    fn other_tables_are_refused() {
        for row in ["", "a,b,c", "name,price", "title"] {
            assert!(Head::read(row).is_err(), "{row}");
        }
    }

    #[test]
    fn cells_are_cut_as_they_are_meant() {
        for (row, expected) in [
            ("a,b", &["a", "b"][..]),
            ("a,,", &["a", "", ""]),
            ("\"a,b\",c\r\n", &["a,b", "c"]),
            ("a \"b\" c,d", &["a \"b\" c", "d"]),
            ("\"a", &["a"]),
            ("\"a\"\"b\"", &["a\"b"]),
        ] {
            assert_eq!(cells(row, ','), expected, "{row}");
        }
        assert_eq!(cells(&",".repeat(COLUMNS * 2), ',').len(), COLUMNS);
    }
}
