//! Every target over every seed, over what is left of it when it is cut off, and over it with bytes broken: what can be
//! found without libFuzzer, in seconds.

use std::path::Path;

use pullquote_fuzz::{TARGETS, seeds::SEEDS};

/// Damaged copies of each seed, so many that the whole takes seconds.
const COPIES: usize = 60;

/// Bytes that mean something to one parser or another.
const TELLING: &[u8] = b"\0\t\n\r\x1b \"#'()*+-./0:<>[\\]`{|}~\x80\x9b\xc2\xe2\xf0\xff";

/// Numbers that look random and are the same in every run (the generator of Steele and others, splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap()
    }
}

/// A part of `seed` with some bytes replaced, put in or taken out.
fn damaged(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let from = numbers.below(seed.len());
    let length = numbers.below(seed.len().min(600) + 1);
    let mut bytes: Vec<u8> = seed.iter().copied().skip(from).take(length).collect();
    for _ in 0..numbers.below(6) {
        let at = numbers.below(bytes.len() + 1);
        let byte = TELLING[numbers.below(TELLING.len())];
        match numbers.below(3) {
            0 => bytes.insert(at, byte),
            1 if at < bytes.len() => bytes[at] = byte,
            _ if at < bytes.len() => drop(bytes.remove(at)),
            _ => {}
        }
    }
    bytes
}

#[test]
fn targets_hold_on_the_seeds() {
    for (name, target) in TARGETS {
        let mut numbers = Numbers(1);
        for (n, seed) in SEEDS.iter().enumerate() {
            println!("{name}, seed {n}");
            target(seed);
            for _ in 0..COPIES {
                let bytes = damaged(seed, &mut numbers);
                // Shown only where the target fails.
                println!("{:?}", String::from_utf8_lossy(&bytes));
                target(&bytes);
            }
        }
    }
}

#[test]
fn every_target_has_its_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    for (name, _) in TARGETS {
        let file = std::fs::read_to_string(root.join(format!("fuzz_targets/{name}.rs"))).unwrap_or_default();
        assert!(file.contains(&format!("pullquote_fuzz::{name}(")), "fuzz_targets/{name}.rs does not call it");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "Cargo.toml does not name {name}");
    }
    let files = std::fs::read_dir(root.join("fuzz_targets")).unwrap().count();
    assert_eq!(files, TARGETS.len(), "a file in fuzz_targets/ that TARGETS does not name");
}
