//! The way to the net for a command: with the reader's credentials, and ended by Ctrl-C.

use std::sync::Arc;
use std::thread;

use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;

use super::context::Context;
use crate::error::{Error, Result};
use crate::sources::credentials::Credentials;
use crate::sources::http::{Client, Limits};
use crate::workers::fetcher::Net;

/// What requests need, as long as a command runs.
pub struct Line {
    client: Arc<Client>,
    credentials: Credentials,
}

impl Line {
    /// A line whose requests end at once when the reader interrupts.
    pub fn open(context: &Context) -> Result<Self> {
        let client = Arc::new(Client::new(Limits::default(), true));
        let failed = |error| Error::refused(format!("Ctrl-C cannot be caught: {error}"));
        let mut signals = Signals::new([SIGINT]).map_err(failed)?;
        let stopped = Arc::clone(&client);
        // Ends with the program.
        thread::Builder::new()
            .name("signals".into())
            .spawn(move || signals.forever().for_each(|_| stopped.stop()))
            .map_err(failed)?;
        Ok(Self { client, credentials: Credentials::new(context.settings.credentials.clone()) })
    }

    pub fn net(&self) -> Net<'_> {
        Net { client: &self.client, credentials: &self.credentials }
    }
}
