//! Commands: parse, call, print. The only place, with `scenario`, that touches files and terminals.
