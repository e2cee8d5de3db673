//! Variants that cannot be read or change what is not there.

use crate::folders::{Case, small_team_and, variant};

#[rustfmt::skip]
pub(crate) fn variant_cases() -> Vec<Case> {
    let what = "variants/what.toml";
    let titled = |text: &str| variant(format!("title = \"what\"\n{text}\n"));
    let scenario = |text: &str| titled(&format!("[scenario]\n{text}"));
    let mut twice = titled("cut = 1");
    twice.insert("variants/What.toml".to_owned(), b"title = \"again\"\ncut = 1\n".to_vec());
    vec![
        (titled("cut = 1"), "", ""),
        (titled("hire = { css1 = 2, senior-css = { count = 1, contract_hours = 20, skills = [\"phone\"] } }"), "", ""),
        (scenario("recovery_minutes = 10"), "", ""),
        (small_team_and("variants/what is this.toml", "title = \"x\"\n"), "S800", "what is this.toml"),
        (twice, "S800", what),
        (variant(b"\x00\x00\x00\x00"), "S103", what),
        (variant("title = \"what"), "S106", "variants/what.toml, line 1"),
        (variant("cut = 1\n"), "S108", "variants/what.toml, title"),
        (titled("fire = \"amy\""), "S107", "variants/what.toml, line 2, fire"),
        (titled("cut = \"-5%\""), "S801", "variants/what.toml, line 2, cut"),
        (titled("cut = 0"), "S110", "variants/what.toml, line 2, cut"),
        (titled("volume = \"NaN\""), "S801", "variants/what.toml, line 2, volume"),
        (titled("volume = nan"), "S109", "variants/what.toml, line 2, volume"),
        (titled("volume = \"-100%\""), "S801", "variants/what.toml, line 2, volume"),
        (titled("hire = { css1 = 0 }"), "S110", "hire.css1"),
        (titled("hire = { css9 = 1 }"), "S802", "variants/what.toml, hire"),
        (titled("cut = { css9 = 1 }"), "S802", "variants/what.toml, cut"),
        (titled("close = [\"fax\"]"), "S803", "variants/what.toml, close"),
        (titled("hours = { fax = \"mon 09:00-17:00\" }"), "S803", "variants/what.toml, hours"),
        (titled("hours = { phone = \"mon 9-5\" }"), "S801", "hours.phone"),
        (titled("target = { phone = \"100/20s\" }"), "S801", "target.phone"),
        (titled("cut = { css1 = 5 }"), "S804", "variants/what.toml, cut"),
        (titled("cut = \"1%\""), "S804", "variants/what.toml, cut"),
        (titled("cut = \"100%\""), "S805", "variants/what.toml, cut"),
        (titled("cut = { senior-css = 2 }"), "S805", "variants/what.toml, cut"),
        (titled("hire = { lead = 1 }\n[[scenario.tiers]]\nid = \"lead\"\ntakes = [\"simple\"]\nwage_per_hour = 20"), "S806", "variants/what.toml, hire"),
        (titled("move = { phone = \"mail\" }"), "S807", "variants/what.toml, move"),
        (titled("move = { mail = \"phone\" }\n[[scenario.queues]]\nid = \"phone\"\nhours = \"mon 09:00-10:00\"\nhandle_minutes = { complex = 9 }"), "S808", "variants/what.toml, move"),
        (titled("move = { phone = \"phone\" }"), "S808", "variants/what.toml, move"),
        (titled("close = [\"phone\", \"mail\"]"), "S809", "variants/what.toml, close"),
        (scenario("frobnicate = 1"), "S107", "variants/what.toml, line 3, frobnicate"),
        (scenario("[[scenario.queues]]\nid = \"phone\"\nmix = { simple = 0.9 }"), "S402", "queues.phone.mix"),
        (scenario("[[scenario.queues]]\nid = \"fax\"\nchannel = \"voice\""), "S108", "queues.fax.mix"),
        (titled("scenario = 3"), "S109", "variants/what.toml, line 2, scenario"),
    ]
}
