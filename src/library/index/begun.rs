//! What words begin with, as a field of its own, so that a search for one or two letters need not look at every word.
//!
//! It is made of the sorted words of a segment while they are written: no article has to tell it.

use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::Field;

use super::inverted::Standing;
use crate::library::bytes::{Reader, Writer};

/// The letters that a beginning has at most to be indexed by itself. Longer ones are few enough words to be put together.
pub const LONGEST_PREFIX: usize = 2;

/// The documents of a segment by what their words begin with.
pub struct Begun {
    /// By length, the beginning that the words have now.
    open: [Open; LONGEST_PREFIX],
    /// The beginnings that are over, and the documents of each: how many, and the steps from one to the next.
    over: Vec<(Vec<u8>, Vec<u8>)>,
}

#[derive(Default)]
struct Open {
    beginning: Vec<u8>,
    /// A bit for each document.
    docs: Vec<u64>,
}

impl Begun {
    /// For a segment of so many documents.
    pub fn new(docs: usize) -> Self {
        let open = || Open { beginning: Vec::new(), docs: vec![0; docs.div_ceil(64)] };
        Self { open: std::array::from_fn(|_| open()), over: Vec::new() }
    }

    /// Notes that a word, which comes after the one before, stands in these articles, known by their documents.
    pub fn take(&mut self, word: &[u8], docs: &[Standing]) {
        // Every byte but the first of a character begins with the bits 10.
        let ends = (1..=word.len()).filter(|end| word.get(*end).is_none_or(|byte| byte & 0xC0 != 0x80));
        for (open, end) in self.open.iter_mut().zip(ends) {
            let beginning = word.get(..end).unwrap_or_default();
            if open.beginning != beginning {
                self.over.extend(open.close());
                open.beginning.extend_from_slice(beginning);
            }
            for Standing { article: doc, .. } in docs {
                if let Some(bits) = open.docs.get_mut(*doc as usize / 64) {
                    *bits |= 1 << (doc % 64);
                }
            }
        }
    }

    /// Writes all beginnings as the words of `field`.
    pub fn write(mut self, out: &mut InvertedIndexSerializer, field: Field) -> tantivy::Result<()> {
        self.over.extend(self.open.iter_mut().filter_map(Open::close));
        self.over.sort_unstable();
        let mut out = out.new_field(field, 0, None)?;
        for (beginning, docs) in self.over {
            out.new_term_without_freq(&beginning)?;
            let mut docs = Reader::new(&docs);
            let mut doc = 0;
            while let Some(steps) = docs.small() {
                doc += steps;
                out.write_doc(doc, 0, &[]);
            }
            out.close_term()?;
        }
        Ok(out.close()?)
    }
}

impl Open {
    /// Ends the beginning, and gives it with its documents.
    fn close(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        let beginning = std::mem::take(&mut self.beginning);
        let mut out = Writer::default();
        let mut last = 0;
        for (first, bits) in (0..).step_by(64).zip(&mut self.docs) {
            let mut rest = std::mem::take(bits);
            while rest != 0 {
                let doc = first + u64::from(rest.trailing_zeros());
                out.number(doc - last);
                last = doc;
                rest &= rest - 1;
            }
        }
        (!beginning.is_empty()).then(|| (beginning, out.finish()))
    }
}
