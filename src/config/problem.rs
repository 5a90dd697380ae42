//! What is wrong with the configuration: where it stands, and what to write instead.

use std::fmt::{self, Display, Formatter};
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// A fault of the configuration. The rest of it counts all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub place: Place,
    /// In lower case.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// Where a problem stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file; line and column count from 1, the column in characters.
    File { path: PathBuf, line: usize, column: usize, excerpt: String, marked: Range<usize> },
    /// In a variable of the environment, by its name.
    Variable(String),
}

impl Place {
    /// The place of the bytes `span` of `text`, which is what `path` holds. What is marked ends with its line.
    pub(super) fn in_file(path: &Path, text: &str, span: &Range<usize>) -> Self {
        let start = text.floor_char_boundary(span.start);
        let (before, behind) = text.split_at(start);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_end = start + behind.find(['\r', '\n']).unwrap_or(behind.len());
        let end = text.floor_char_boundary(span.end).clamp(start, line_end);
        Self::File {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: text.get(line_start..start).map_or(0, |text| text.chars().count()) + 1,
            excerpt: text.get(line_start..line_end).unwrap_or_default().to_owned(),
            marked: start - line_start..end - line_start,
        }
    }
}

impl Problem {
    /// The problem with its line and the fault underlined, over several lines.
    #[must_use]
    pub fn shown(&self) -> String {
        let group = match &self.place {
            Place::Variable(name) => Group::with_title(Level::ERROR.primary_title(format!("{name}: {}", self.message))),
            Place::File { path, line, excerpt, marked, .. } => {
                let marked = AnnotationKind::Primary.span(marked.clone());
                let path = path.display().to_string();
                let title = Level::ERROR.primary_title(self.message.as_str());
                title.element(Snippet::source(excerpt.as_str()).line_start(*line).path(path).annotation(marked))
            }
        };
        let group = group.element(Level::HELP.message(self.hint.as_str()));
        Renderer::plain().render(&[group])
    }
}

/// In one line: `config.toml:3:11: there is no theme called drak; did you mean dark?`
impl Display for Problem {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        match &self.place {
            Place::File { path, line, column, .. } => write!(f, "{}:{line}:{column}", path.display())?,
            Place::Variable(name) => f.write_str(name)?,
        }
        write!(f, ": {}; {}", self.message, self.hint)
    }
}

/// The one of `names` that `text` probably was meant to be.
pub(super) fn nearest<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A third of the letters may be wrong: further away it is another word.
    let slips = text.chars().count().div_ceil(3);
    let distances = names.into_iter().map(|name| (strsim::damerau_levenshtein(text, name), name));
    distances.filter(|(distance, _)| *distance <= slips).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// "did you mean …?" where one of `names` is near, else all of them.
pub(super) fn meant<'a>(text: &str, names: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(text, names.clone()) {
        Some(name) => format!("did you mean {name}?"),
        None => format!("one of {}", names.into_iter().collect::<Vec<_>>().join(", ")),
    }
}
