//! How long models take to read and write bodies. They take turns within rounds.
#![forbid(unsafe_code)]

mod codecs;

use codecs::WORKS;
use std::time::{Duration, Instant};
use table::Sheet;

/// Odd, so that there is a round in the middle.
const ROUNDS: usize = 21;

/// How long each one works at once.
const TURN: Duration = Duration::from_millis(40);

/// How much is done between two looks at the clock.
const BATCH: u32 = 64;

fn main() {
    let codecs = codecs::all();
    let mut sheet = Sheet::default();
    for (index, (work, unit, nanoseconds)) in WORKS.into_iter().enumerate() {
        let mut times = vec![Vec::new(); codecs.len()];
        // One more round than counts: the first one warms up.
        for round in 0..=ROUNDS {
            // Another one begins in each round, so that none has always the same one before it.
            for turn in 0..codecs.len() {
                let codec = (turn + round) % codecs.len();
                if let Ok(works) = &codecs[codec].works {
                    times[codec].push(self::turn(&works[index]) / nanoseconds);
                }
            }
        }
        let measure = format!("{work}, {unit}");
        for (codec, times) in codecs.iter().zip(times) {
            match &codec.works {
                Ok(_) => sheet.add(&measure, codec.name, times[1..].to_vec()),
                Err(why) => sheet.fails(&measure, codec.name, why),
            }
        }
    }
    print!("{sheet}");
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
