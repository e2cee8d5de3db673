//! `evenkeel new`: a folder to start from, an example or a firm drawn at random.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::firms::{self, Firm};

use super::edge::Talk;
use super::{Answer, Failure, folder};

/// Start a folder: copy an example team, or draw a random firm
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel new                                  which examples there are
  evenkeel new dublin-saas my-team              copy one of them
  evenkeel new --random --people 40 --queues 6 --seed 3 my-firm")]
pub(super) struct New {
    /// Name of the example; with --random, the folder to make
    name: Option<String>,
    /// Folder to make; by default the example's name
    dir: Option<PathBuf>,
    /// Draw a firm at random instead of copying an example
    #[arg(long)]
    random: bool,
    #[command(flatten)]
    firm: Drawn,
}
