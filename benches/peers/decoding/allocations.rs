//! How much models allocate to read and write bodies, in a program of its own: counting takes time.
#![forbid(unsafe_code)]

mod codecs;

use codecs::WORKS;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use table::Sheet;

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    let codecs = codecs::all();
    let mut sheet = Sheet::default();
    for (index, (work, ..)) in WORKS.into_iter().enumerate() {
        let measure = format!("{work}, allocations");
        for codec in &codecs {
            match &codec.works {
                Ok(works) => sheet.add(&measure, codec.name, vec![count(&works[index])]),
                Err(why) => sheet.fails(&measure, codec.name, why),
            }
        }
    }
    // Below the times, as one table.
    sheet
        .to_string()
        .lines()
        .skip(2)
        .for_each(|line| println!("{line}"));
}

/// How often it asks for memory.
fn count(work: &dyn Fn()) -> f64 {
    work();
    let region = Region::new(COUNTED);
    work();
    let change = region.change();
    (change.allocations + change.reallocations) as f64
}
