//! `pullquote completions` and `pullquote man`: what shells and manuals want to know, made from the command line's own table.

use clap::{Args, Command};
use clap_complete::Shell;

use super::Ended;
use super::context::Context;
use crate::error::Error;

/// Write completions for a shell
#[derive(Args)]
pub struct Completions {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self, context: &mut Context, mut command: Command) -> Ended {
        let mut bytes = Vec::new();
        clap_complete::generate(self.shell, &mut command, "pullquote", &mut bytes);
        context.out.document(&String::from_utf8_lossy(&bytes))?;
        Ok(None)
    }
}

/// Writes the manual page of the whole program.
pub fn manual(context: &mut Context, command: &Command) -> Ended {
    let mut bytes = Vec::new();
    let failed = |error: std::io::Error| Error::refused(format!("the manual cannot be written: {error}"));
    clap_mangen::Man::new(command.clone()).render(&mut bytes).map_err(failed)?;
    for sub in command.get_subcommands() {
        let name = sub.get_name().to_owned();
        bytes.extend_from_slice(format!(".SH {}\n", name.to_uppercase()).as_bytes());
        let sub = sub.clone().bin_name(format!("pullquote {name}"));
        clap_mangen::Man::new(sub.clone()).render_synopsis_section(&mut bytes).map_err(failed)?;
        clap_mangen::Man::new(sub).render_options_section(&mut bytes).map_err(failed)?;
    }
    context.out.document(&String::from_utf8_lossy(&bytes))?;
    Ok(None)
}
