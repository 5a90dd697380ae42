//! What can be decided about a feed on the command line.

use clap::Args;

use crate::model::Subscription;
use crate::sources::credentials::is_header;
use crate::text::clean::clean_line;

/// Headers that say who somebody is: they belong into credentials.toml, not on a command line.
const SECRET_HEADERS: [&str; 3] = ["authorization", "proxy-authorization", "cookie"];

/// What is decided about a feed.
#[derive(Args, Clone, Default)]
pub struct Wishes {
    /// Your own title for it; an empty one is the feed's own
    #[arg(long)]
    title: Option<String>,
    /// The folder that it is in; parts set apart by /
    #[arg(long)]
    folder: Option<String>,
    /// A tag for each of its articles; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Leave it alone for so many minutes at least
    #[arg(long, value_name = "MINUTES")]
    interval: Option<u32>,
    /// Whether each article is taken from its page
    #[arg(long, value_name = "YES|NO", num_args = 0..=1, default_missing_value = "yes", value_parser = yes_or_no)]
    full_text: Option<bool>,
    /// Keep so many of its articles, and move older ones to the trash; 0 keeps all
    #[arg(long, value_name = "NUMBER")]
    keep: Option<u32>,
    /// A header to send along; may be given several times. Passwords belong into credentials.toml
    #[arg(long = "header", value_name = "NAME: VALUE", value_parser = header)]
    headers: Vec<(String, String)>,
    /// The entry of credentials.toml that belongs to it; an empty name takes it away
    #[arg(long, value_name = "NAME")]
    credentials: Option<String>,
}

fn yes_or_no(text: &str) -> std::result::Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("it is yes or no".to_owned()),
    }
}

fn header(text: &str) -> std::result::Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("it is written like Accept-Language: de")?;
    let (name, value) = (name.trim(), value.trim());
    if SECRET_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
        return Err("what others may not see belongs into credentials.toml (docs/feeds.md)".to_owned());
    }
    if is_header(name, value) { Ok((name.to_owned(), value.to_owned())) } else { Err("this is no header".to_owned()) }
}

impl Wishes {
    /// A title and nothing else.
    pub fn title(title: String) -> Self {
        Self { title: Some(title), ..Self::default() }
    }

    /// Puts what was said in place of what is there.
    pub fn apply(&self, to: &mut Subscription) {
        let wished = |text: &str| Some(clean_line(text)).filter(|text| !text.is_empty());
        if let Some(title) = &self.title {
            to.title = wished(title);
        }
        if let Some(folder) = &self.folder {
            to.folder = Subscription::folder(&clean_line(folder));
        }
        if !self.tags.is_empty() {
            to.tags = self.tags.iter().filter_map(|tag| wished(tag)).collect();
        }
        to.interval = self.interval.unwrap_or(to.interval);
        to.full_text = self.full_text.unwrap_or(to.full_text);
        if let Some(keep) = self.keep {
            to.keep = Some(keep).filter(|keep| *keep > 0);
        }
        if !self.headers.is_empty() {
            to.headers.clone_from(&self.headers);
        }
        if let Some(name) = &self.credentials {
            to.credentials = wished(name);
        }
    }
}
