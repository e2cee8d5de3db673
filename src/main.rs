//! Parse, call, print, exit code.

fn main() {}
