//! Bytes of a file as text, whichever program saved it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The text in these bytes: UTF-8, UTF-16 with its mark, or else Windows-1252, as older spreadsheets save.
///
/// # Errors
/// A sentence where the bytes are no text at all.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let (text, is_broken) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]),
        None if std::str::from_utf8(bytes).is_ok() => UTF_8.decode_without_bom_handling(bytes),
        None => WINDOWS_1252.decode_without_bom_handling(bytes),
    };
    if is_broken {
        return Err("its marks say UTF-8 or UTF-16, but its bytes are not".to_owned());
    }
    match text.bytes().position(|byte| byte == 0) {
        Some(at) => Err(format!("byte {} of its text is zero, as in no text", at + 1)),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_four_programs_read_the_same() {
        let utf16: Vec<u8> = "\u{feff}Zoë".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode("Zoë".as_bytes()).unwrap(), "Zoë");
        assert_eq!(decode("\u{feff}Zoë".as_bytes()).unwrap(), "Zoë");
        assert_eq!(decode(&utf16).unwrap(), "Zoë");
        assert_eq!(decode(b"Zo\xeb").unwrap(), "Zoë");
    }

    #[test]
    fn zero_bytes_are_no_text() {
        assert!(decode(b"id,tier\0").is_err());
        assert!(decode(b"\xff\xfe\x00\xd8").is_err());
    }
}
