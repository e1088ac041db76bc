//! How long models take to read and write bodies. They take turns within rounds.
#![forbid(unsafe_code)]

mod codecs;

use codecs::{Failure, WORKS};
use std::time::{Duration, Instant};
use table::Sheet;

/// Odd, so that there is a round in the middle.
const ROUNDS: usize = 21;

/// How long each one works at once.
const TURN: Duration = Duration::from_millis(40);

/// How much is done between two looks at the clock.
const BATCH: u32 = 64;

fn main() -> Result<(), Failure> {
    let codecs = codecs::all()?;
    let mut sheet = Sheet::default();
    for (index, (work, unit, nanoseconds)) in WORKS.into_iter().enumerate() {
        let mut times = vec![Vec::new(); codecs.len()];
        for codec in &codecs {
            turn(&codec.works[index]);
        }
        for round in 0..ROUNDS {
            // Another one begins in each round, so that none has always the same one before it.
            for turn in 0..codecs.len() {
                let codec = (turn + round) % codecs.len();
                times[codec].push(self::turn(&codecs[codec].works[index]) / nanoseconds);
            }
        }
        for (codec, times) in codecs.iter().zip(times) {
            sheet.add(&format!("{work}, {unit}"), codec.name, times);
        }
    }
    print!("{sheet}");
    Ok(())
}

/// Nanoseconds of each.
fn turn(work: &dyn Fn()) -> f64 {
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < TURN {
        (0..BATCH).for_each(|_| work());
        count += BATCH;
    }
    begun.elapsed().as_secs_f64() * 1e9 / f64::from(count)
}
