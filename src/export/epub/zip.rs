//! Files in one archive, as they are: the part of ZIP (PKWARE APPNOTE 6.3) that an EPUB needs. Nothing is compressed, and no
//! moment is noted: what is written depends on the files alone.

/// CRC-32 of each byte (polynomial 0xEDB88320, as ZIP has it).
const TABLE: [u32; 256] = table();
/// The first of January 1980, the earliest day that ZIP knows.
const DAY: u16 = 0x21;
/// Version 2.0 of the format.
const VERSION: u16 = 20;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;

/// An archive that is given away piece by piece.
#[derive(Debug, Default)]
pub struct Archive {
    /// What stands at the end for the files so far.
    directory: Vec<u8>,
    files: u16,
    /// Bytes given away so far.
    length: u32,
}

impl Archive {
    /// The piece that holds the file `name`; `None` where ZIP can count no more: 65,535 files, 4 GiB.
    pub fn file(&mut self, name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        let (size, name_size) = (u32::try_from(bytes.len()).ok()?, u16::try_from(name.len()).ok()?);
        let mut shared = Vec::new();
        for number in [VERSION, UTF8, 0, 0, DAY] {
            shared.extend(number.to_le_bytes());
        }
        for number in [crc(bytes), size, size] {
            shared.extend(number.to_le_bytes());
        }
        for number in [name_size, 0] {
            shared.extend(number.to_le_bytes());
        }
        let piece = [b"PK\x03\x04", shared.as_slice(), name.as_bytes(), bytes].concat();
        let length = self.length.checked_add(u32::try_from(piece.len()).ok()?)?;
        self.files = self.files.checked_add(1)?;
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(shared);
        // No remark, the first of one disk, nothing known of what is inside or who may read it.
        self.directory.extend([0; 10]);
        self.directory.extend(self.length.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.length = length;
        Some(piece)
    }

    /// The last piece.
    pub fn end(self) -> Option<Vec<u8>> {
        let mut piece = self.directory;
        let size = u32::try_from(piece.len()).ok()?;
        piece.extend(b"PK\x05\x06");
        for number in [0, 0, self.files, self.files] {
            piece.extend(number.to_le_bytes());
        }
        piece.extend(size.to_le_bytes());
        piece.extend(self.length.to_le_bytes());
        piece.extend([0; 2]);
        Some(piece)
    }
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        let [low, ..] = crc.to_le_bytes();
        TABLE.get(usize::from(low ^ byte)).map_or(crc, |known| known ^ (crc >> 8))
    })
}

#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "made at compile time, of 256 entries")]
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_is_that_of_the_standard() {
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc(b""), 0);
    }

    #[test]
    fn what_cannot_be_counted_is_not_written() {
        let mut archive = Archive { files: u16::MAX, ..Archive::default() };
        assert_eq!(archive.file("a", b""), None);
        let mut archive = Archive { length: u32::MAX - 20, ..Archive::default() };
        assert_eq!(archive.file("a", b""), None);
    }
}
