//! `evenkeel completions`: what a shell needs to complete commands and options.

use clap::Args;
use clap_complete::Shell;

use super::Answer;

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel completions bash > ~/.local/share/bash-completion/completions/evenkeel
  evenkeel completions zsh > ~/.zfunc/_evenkeel
  evenkeel completions fish > ~/.config/fish/completions/evenkeel.fish")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Answer {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::command(), "evenkeel", &mut script);
        Answer::done(String::from_utf8_lossy(&script).into_owned())
    }
}
