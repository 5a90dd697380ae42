//! `pullquote open`: an article's link in the browser.

use clap::Args;

use super::Ended;
use super::context::{Context, variable};
use super::finding::nobody;
use crate::error::Error;
use crate::model::Id;
use crate::workers::Browser;

/// Open an article's link in the browser
#[derive(Args)]
pub struct Open {
    /// The article's number
    id: Id,
}

impl Open {
    pub fn run(self, context: &mut Context) -> Ended {
        let library = context.library()?;
        let rows = library.summaries(&[self.id])?;
        let row = rows.first().ok_or_else(|| nobody(self.id))?;
        let url = row.url.as_deref().ok_or_else(|| {
            Error::refused(format!("article {} has no link", self.id))
                .hint(format!("`pullquote show {}` shows it", self.id))
        })?;
        let browser = Browser { program: context.settings.browser.clone(), variable: variable("BROWSER") };
        browser.open(url)?;
        Ok(None)
    }
}
