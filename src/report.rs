//! What people look at: rows first, then tables, CSV, JSON and one HTML page.
