//! Parse, call, print, exit code.

fn main() -> std::process::ExitCode {
    evenkeel::cli::main()
}
