//! Where the library, the configuration and the log are kept on this machine.

use std::path::PathBuf;

use directories::{BaseDirs, ProjectDirs};

/// The folders of this user, by the customs of the system (XDG on Linux).
#[derive(Clone, Debug)]
pub struct Paths {
    pub library: PathBuf,
    pub config: PathBuf,
    /// Folders in which newsboat keeps its feeds and articles where it is used, as it looks for them itself, and the
    /// working directory.
    pub elsewhere: Vec<PathBuf>,
}

impl Paths {
    /// The standard places; in the working directory where the system names no home.
    #[must_use]
    pub fn standard() -> Self {
        let mut elsewhere = BaseDirs::new()
            .map_or_else(Vec::new, |dirs| vec![dirs.config_dir().join("newsboat"), dirs.home_dir().join(".newsboat")]);
        elsewhere.push(PathBuf::from("."));
        match ProjectDirs::from("", "", "pullquote") {
            Some(dirs) => Self {
                library: dirs.data_dir().join("library.db"),
                config: dirs.config_dir().join("config.toml"),
                elsewhere,
            },
            None => Self { library: PathBuf::from("pullquote.db"), config: PathBuf::from("pullquote.toml"), elsewhere },
        }
    }
}
