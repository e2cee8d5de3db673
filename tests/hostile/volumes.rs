//! Volumes, past contacts, events and funnels that do not fit together.

use crate::folders::{Case, history, small_team_and, small_team_without, toml, volume};

#[rustfmt::skip]
pub(crate) fn volume_cases() -> Vec<Case> {
    vec![
        (history(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"), "S601", "history.csv"),
        (history("start,contacts\n"), "S602", "history.csv"),
        (history("start,queue,contacts,colour\n"), "S603", "history.csv"),
        (history("start,queue,contacts\n2026-01-05 09:00\n"), "S604", "history.csv, line 2"),
        (history("start,queue,contacts\nyesterday,phone,3\n"), "S605", "history.csv, line 2"),
        (history("start,queue,contacts\n2026-01-05 09:00,fone,3\n"), "S606", "history.csv, line 2"),
        (history("start,queue,contacts,complexity\n2026-01-05 09:00,phone,3,odd\n"), "S607", "history.csv, line 2"),
        (history("start,queue,contacts\n2026-01-05 09:00,phone,-3\n"), "S608", "history.csv, line 2"),
        (history("start,queue,contacts\n"), "S609", "history.csv"),
        (toml("contacts_per_hour = 6", ""), "S621", "queues.mail"),
        (small_team_without("volume.csv"), "S621", "queues.phone"),
        (toml("start = \"2026-11-30\"", "start = \"2027-11-29\""), "S621", "queues.phone"),
        (volume("08:00,phone,12", "08:00,fone,12"), "S622", "volume.csv, line 2, queue"),
        (small_team_and("volume.csv", "start,queue,contacts,complexity\n2026-11-30 08:00,phone,3,complex\n"), "S623", "volume.csv, line 2, complexity"),
        (volume("09:00,phone,24", "08:00,phone,24"), "S624", "volume.csv, line 3, start"),
        (small_team_and("volume.csv", "start,queue,contacts,complexity\n2026-11-30 08:00,phone,3,simple\n2026-11-30 08:00,phone,3,\n"), "S624", "volume.csv, line 3, start"),
        (volume("08:00,phone,12", "08:10,phone,12"), "S625", "volume.csv, line 2, start"),
        (volume("2026-11-30 08:00", "2026-03-29 01:00"), "S626", "volume.csv, line 2, start"),
        (volume("2026-11-30 08:00", "2026-11-30 07:00"), "S627", "volume.csv, line 2, start"),
        (toml("wrap_up_minutes = 1", "contacts_per_hour = 3"), "S628", "queues.phone.contacts_per_hour"),
        (toml("grid_minutes = 60", "grid_minutes = 15"), "S629", "volume.csv, line 2, start"),
        (volume("08:00,phone,12", "08:00,phone,-1"), "S126", "volume.csv, line 2, contacts"),
        (volume("08:00,phone,12", "08:00,phone,inf"), "S126", "volume.csv, line 2, contacts"),
        (volume("2026-11-30 08:00", "2026-11-30 25:00"), "S126", "volume.csv, line 2, start"),
    ]
}
