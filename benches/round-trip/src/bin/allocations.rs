//! Allocations per round trip, in a program of its own: counting takes time.
#![forbid(unsafe_code)]

use round_trip::{Failure, Peer, PeerKind, Server, runtime, serve_if_asked_to};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, Stats, StatsAlloc};
use std::alloc::System;
use table::{RATIO, Table};
use tokio::runtime::Runtime;

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const WARM_UP: u32 = 200;

const COUNT: u32 = 2_000;

fn main() -> Result<(), Failure> {
    if serve_if_asked_to()? {
        return Ok(());
    }
    let server = Server::start()?;
    let runtime = runtime()?;
    let mut table = Table::new(&["client", "allocations", "reallocations", "bytes", RATIO]);
    let mut all = Vec::new();
    for kind in PeerKind::ALL {
        let peer = Peer::new(kind, server.host())?;
        round_trips(&runtime, &peer, WARM_UP)?;
        let region = Region::new(COUNTED);
        round_trips(&runtime, &peer, COUNT)?;
        all.push((kind, region.change()));
    }
    let ours = all.iter().find(|(kind, _)| *kind == PeerKind::Ours);
    let ours = ours.map_or(0, |(_, stats)| stats.allocations);
    for (kind, stats) in &all {
        table.row(row(*kind, stats, ours));
    }
    println!("### Allocations for each round trip, one after the other\n\n{table}");
    Ok(())
}

fn round_trips(runtime: &Runtime, peer: &Peer, count: u32) -> Result<(), Failure> {
    let peer = peer.clone();
    let work = async move {
        for _ in 0..count {
            peer.get_key().await?;
        }
        Ok(())
    };
    runtime.block_on(runtime.spawn(work))?
}

fn row(kind: PeerKind, stats: &Stats, ours: usize) -> [String; 5] {
    let each = |number: usize| format!("{:.1}", number as f64 / f64::from(COUNT));
    [
        kind.name().to_owned(),
        each(stats.allocations),
        each(stats.reallocations),
        format!("{:.0}", stats.bytes_allocated as f64 / f64::from(COUNT)),
        format!("{:.2}", stats.allocations as f64 / ours as f64),
    ]
}
