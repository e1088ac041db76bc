//! How much models allocate to read and write bodies, in a program of its own: counting takes time.
#![forbid(unsafe_code)]

mod codecs;

use codecs::{Failure, WORKS};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use table::Sheet;

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> Result<(), Failure> {
    let codecs = codecs::all()?;
    let mut sheet = Sheet::default();
    for (index, (work, ..)) in WORKS.into_iter().enumerate() {
        for codec in &codecs {
            codec.works[index]();
            let region = Region::new(COUNTED);
            codec.works[index]();
            let change = region.change();
            let count = change.allocations + change.reallocations;
            sheet.add(&format!("{work}, allocations"), codec.name, vec![count as f64]);
        }
    }
    // Below the times, as one table.
    sheet.to_string().lines().skip(2).for_each(|line| println!("{line}"));
    Ok(())
}
