//! Lists of quotes, speakers, corrections and what is kept, from keys to what stays.

use crate::support::{Harness, articles};

#[test]
fn look() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 40)] {
        let harness = Harness::new(columns, rows, articles::ALL).keys("g q");
        println!("{}", harness.frame());
        let harness = harness.keys("j j H");
        println!("{}", harness.frame());
        let harness = harness.keys("enter");
        println!("{}", harness.frame());
        let harness = harness.keys("w");
        println!("{}", harness.frame());
        let harness = harness.keys("C");
        println!("{}", harness.frame());
        let harness = harness.keys("esc g w");
        println!("{}", harness.frame());
    }
}
