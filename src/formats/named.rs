//! Charsets by the names that pages, feeds and servers give them: those of the Encoding Standard (WHATWG), and the code pages
//! of DOS that it leaves out.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::charset;

/// What the bytes from 80 on mean, by the names of the code page (IBM; as Unicode's mapping tables have them).
#[rustfmt::skip]
const CODE_PAGES: [(&[&str], &str); 4] = [
    (&["cp437", "ibm437", "437", "dos-437"], "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}"),
    (&["cp850", "ibm850", "850", "dos-850"], "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}"),
    (&["cp852", "ibm852", "852", "dos-852"], "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{AD}˝˛ˇ˘§÷¸°¨˙űŘř■\u{A0}"),
    (&["cp858", "ibm858", "ibm00858", "858"], "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}"),
];

/// `bytes` in the charset that is called `name`; `None` where that is not known here, is not true, or is not needed.
#[must_use]
pub fn decode_named<'a>(name: &str, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    Named::of(name.as_bytes())?.decode(bytes)
}

/// A charset that something is said to be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Standard(&'static Encoding),
    /// The 128 letters of the bytes from 80 on.
    CodePage(&'static str),
}

impl Named {
    /// The charset of this name, in any case, with `_` for `-`. `None` where it is not known here. Text whose name could be
    /// read byte by byte is no UTF-16, whatever it says.
    pub fn of(name: &[u8]) -> Option<Self> {
        let name: Vec<u8> = name.iter().map(|byte| if *byte == b'_' { b'-' } else { *byte }).collect();
        let name = name.trim_ascii().to_ascii_lowercase();
        if let Some(encoding) = Encoding::for_label(&name) {
            let encoding = if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding };
            return Some(Self::Standard(encoding));
        }
        // As the standard spells some of them: `cs` before, a hyphen in between.
        let name = name.strip_prefix(b"cs").unwrap_or(&name);
        let name: Vec<u8> = name.iter().copied().filter(|byte| *byte != b'-').collect();
        let known = |names: &[&str]| {
            names.iter().any(|known| known.bytes().filter(|byte| *byte != b'-').eq(name.iter().copied()))
        };
        CODE_PAGES.iter().find(|(names, _)| known(names)).map(|(_, letters)| Self::CodePage(letters))
    }

    /// `bytes` as text; `None` where the name is not true, or nobody needs it: bytes that are UTF-8 beyond doubt are that,
    /// but for the double bytes of East Asia, which may look like it. A few faults do not make UTF-8 anything else.
    pub fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Standard(encoding) if !encoding.is_single_byte() && encoding != UTF_8 => {
                encoding.decode_without_bom_handling_and_without_replacement(bytes)
            }
            _ if std::str::from_utf8(bytes).is_ok() => None,
            Self::Standard(encoding) if encoding == UTF_8 => charset::mostly_utf8(bytes),
            Self::Standard(encoding) => Some(encoding.decode_without_bom_handling(bytes).0),
            Self::CodePage(letters) => {
                let letters: Vec<char> = letters.chars().collect();
                let letter = |byte: &u8| {
                    let high = byte.checked_sub(0x80).and_then(|at| letters.get(usize::from(at)));
                    high.copied().unwrap_or(char::from(*byte))
                };
                Some(Cow::Owned(bytes.iter().map(letter).collect()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_known_by_their_names() {
        let table: &[(&str, &[u8], Option<&str>)] = &[
            ("UTF-8", "Größe".as_bytes(), None),
            ("utf-8", b"Gr\xc3\xb6\xdfe", Some("Grö\u{fffd}e")),
            ("utf-8", b"Gr\xf6\xdfe", None),
            ("iso-8859-1", "Größe".as_bytes(), None),
            ("windows_1251", b"\xcf\xf0\xe8", Some("При")),
            ("gbk", b"\xc1\xaa\xcd\xa8", Some("联通")),
            ("gbk", b"\xff\xff", None),
            ("CP437", b"Gr\x94\xe1e", Some("Größe")),
            ("IBM-850", b"Gr\x94\xe1e \xd5", Some("Größe ı")),
            ("cp858", b"5 \xd5", Some("5 €")),
            ("IBM852", b"\x9da\xa4", Some("ŁaĄ")),
            ("cp866", b"\x8f\xe0\xa8", Some("При")),
            ("csIBM866", b"\x8f\xe0\xa8", Some("При")),
            ("macintosh", b"Gr\x9a\xa7e", Some("Größe")),
            ("x-mac-cyrillic", b"\x8f\xf0\xe8", Some("При")),
            ("utf-16", b"Gr\xc3\xb6\xdfe", Some("Grö\u{fffd}e")),
        ];
        for (name, bytes, expected) in table {
            assert_eq!(Named::of(name.as_bytes()).unwrap().decode(bytes).as_deref(), *expected, "{name}");
        }
        for name in ["", "nonsense", "ebcdic-cp-us", "cp", "-"] {
            assert_eq!(Named::of(name.as_bytes()), None, "{name}");
        }
        assert!(CODE_PAGES.iter().all(|(_, letters)| letters.chars().count() == 128));
    }
}
