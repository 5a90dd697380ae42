//! Where the library, the configuration and the log are kept on this machine.

use std::path::PathBuf;

use directories::ProjectDirs;

/// The folders of this user, by the customs of the system (XDG on Linux).
#[derive(Clone, Debug)]
pub struct Paths {
    pub library: PathBuf,
    pub config: PathBuf,
}

impl Paths {
    /// The standard places; in the working directory where the system names no home.
    #[must_use]
    pub fn standard() -> Self {
        match ProjectDirs::from("", "", "pullquote") {
            Some(dirs) => {
                Self { library: dirs.data_dir().join("library.db"), config: dirs.config_dir().join("config.toml") }
            }
            None => Self { library: PathBuf::from("pullquote.db"), config: PathBuf::from("pullquote.toml") },
        }
    }
}
