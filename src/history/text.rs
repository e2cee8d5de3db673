//! Bytes of a file as text, whichever of the usual encodings a spreadsheet wrote.

use std::borrow::Cow;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::scenario::Problem;

/// The text of a file: UTF-8 or UTF-16 by its byte order mark, else UTF-8, else Windows-1252.
///
/// UTF-16 without a mark is known by the zero byte of its first letter, which files here begin with.
/// `None` where the bytes are none of these, as in pictures and archives.
#[must_use]
pub fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let strict = |encoding: &'static encoding_rs::Encoding, bytes| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes)
    };
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => strict(UTF_8, rest),
        [0xFF, 0xFE, rest @ ..] => strict(UTF_16LE, rest),
        [0xFE, 0xFF, rest @ ..] => strict(UTF_16BE, rest),
        [letter, 0, ..] if letter.is_ascii() && *letter != 0 => strict(UTF_16LE, bytes),
        [0, letter, ..] if letter.is_ascii() && *letter != 0 => strict(UTF_16BE, bytes),
        _ => strict(UTF_8, bytes).or_else(|| strict(WINDOWS_1252, bytes)),
    };
    text.filter(|text| !text.contains('\0'))
}

/// The text of a history file.
pub(super) fn of_file<'a>(bytes: &'a [u8], file: &str) -> Result<Cow<'a, str>, Vec<Problem>> {
    decoded(bytes).ok_or_else(|| {
        vec![Problem {
            code: "S601",
            place: file.to_owned(),
            cause: "the file is not text".to_owned(),
            fix: "save it as CSV in UTF-8".to_owned(),
        }]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_umlaut_survives_every_encoding() {
        let word = "Köln,1";
        let wide = |swap: bool, marked: bool| -> Vec<u8> {
            let mark = if marked { "\u{feff}" } else { "" };
            let units = format!("{mark}{word}").encode_utf16().collect::<Vec<u16>>();
            units
                .into_iter()
                .flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        let western: Vec<u8> = b"K\xf6ln,1".to_vec();
        let all = [
            word.as_bytes().to_vec(),
            format!("\u{feff}{word}").into_bytes(),
            western,
            wide(false, true),
            wide(true, true),
            wide(false, false),
            wide(true, false),
        ];
        for bytes in all {
            assert_eq!(decoded(&bytes).as_deref(), Some(word), "{bytes:?}");
        }
    }

    #[test]
    fn a_picture_is_not_text() {
        assert_eq!(decoded(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), None);
    }
}
