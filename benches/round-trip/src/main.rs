//! Round trips per second: get a key, one after the other and 64 at once, with each client against the same server.
#![forbid(unsafe_code)]

use cpu_time::ProcessTime;
use round_trip::{Failure, Peer, PeerKind, Server, runtime, serve_if_asked_to};
use std::time::{Duration, Instant};
use table::{RATIO, Table, median};
use tokio::runtime::Runtime;

/// Odd, so that there is a round in the middle.
const ROUNDS: usize = 11;

/// How long each client is measured in each round and mode.
const TURN: Duration = Duration::from_millis(700);

/// How long each client is warmed up in each mode.
const WARM_UP: Duration = Duration::from_millis(700);

/// How many requests are under way at once.
const MODES: [usize; 2] = [1, 64];

fn main() -> Result<(), Failure> {
    if serve_if_asked_to()? {
        return Ok(());
    }
    let server = Server::start()?;
    let runtime = runtime()?;
    let peers = PeerKind::ALL.map(|kind| Peer::new(kind, server.host()).map(|peer| (kind, peer)));
    let peers = peers.into_iter().collect::<Result<Vec<_>, _>>()?;
    for at_once in MODES {
        for (_, peer) in &peers {
            turn(&runtime, peer, at_once, WARM_UP)?;
        }
        let rounds = (0..ROUNDS).map(|round| self::round(&runtime, &peers, at_once, round));
        let rounds = rounds.collect::<Result<Vec<_>, _>>()?;
        println!("{}\n\n{}", heading(at_once), table(&rounds));
    }
    Ok(())
}

/// What one client did in its turn.
#[derive(Clone, Copy)]
struct Turn {
    per_second: f64,
    /// Microseconds of this process, all threads together, for each round trip.
    cpu: f64,
}

/// The turns of one round, in the order of the table.
type Round = Vec<(PeerKind, Turn)>;

/// Each client has a turn. Another one begins in each round, so that none has always the same one before it.
fn round(
    runtime: &Runtime,
    peers: &[(PeerKind, Peer)],
    at_once: usize,
    round: usize,
) -> Result<Round, Failure> {
    let mut turns = Vec::new();
    for index in 0..peers.len() {
        let (kind, peer) = &peers[(index + round) % peers.len()];
        turns.push((*kind, turn(runtime, peer, at_once, TURN)?));
    }
    Ok(turns)
}

fn turn(
    runtime: &Runtime,
    peer: &Peer,
    at_once: usize,
    duration: Duration,
) -> Result<Turn, Failure> {
    let (begun, cpu) = (Instant::now(), ProcessTime::now());
    let until = begun + duration;
    let tasks: Vec<_> = (0..at_once)
        .map(|_| runtime.spawn(work(peer.clone(), until)))
        .collect();
    let mut count = 0;
    for task in tasks {
        count += runtime.block_on(task)??;
    }
    let (elapsed, cpu) = (begun.elapsed(), cpu.elapsed());
    Ok(Turn {
        per_second: f64::from(count) / elapsed.as_secs_f64(),
        cpu: cpu.as_secs_f64() * 1e6 / f64::from(count),
    })
}

/// Round trips, one after the other.
async fn work(peer: Peer, until: Instant) -> Result<u32, Failure> {
    let mut count = 0;
    while Instant::now() < until {
        peer.get_key().await?;
        count += 1;
    }
    Ok(count)
}

fn heading(at_once: usize) -> String {
    match at_once {
        1 => "### Round trips one after the other".to_owned(),
        _ => format!("### Round trips {at_once} at once"),
    }
}

fn table(rounds: &[Round]) -> Table {
    let mut table = Table::new(&[
        "client",
        "per second",
        "lowest",
        "highest",
        "to bare reqwest",
        "to the official client",
        "µs of CPU each",
        RATIO,
    ]);
    for kind in PeerKind::ALL {
        let rates = || of(rounds, kind).map(|turn| turn.per_second);
        table.row([
            kind.name().to_owned(),
            format!("{:.0}", median(rates())),
            format!("{:.0}", rates().fold(f64::INFINITY, f64::min)),
            format!("{:.0}", rates().fold(0.0, f64::max)),
            format!("{:.2}", ratio(rounds, kind, PeerKind::Bare)),
            format!("{:.2}", ratio(rounds, kind, PeerKind::Official)),
            format!("{:.1}", median(of(rounds, kind).map(|turn| turn.cpu))),
            // Of time, like all columns of that name.
            format!("{:.2}", ratio(rounds, PeerKind::Ours, kind)),
        ]);
    }
    table
}

fn of(rounds: &[Round], kind: PeerKind) -> impl Iterator<Item = Turn> {
    let turns = rounds.iter().flatten();
    turns
        .filter(move |(other, _)| *other == kind)
        .map(|(_, turn)| *turn)
}

/// The median of the ratios in each round: what slows the whole machine down for a while slows both.
fn ratio(rounds: &[Round], kind: PeerKind, to: PeerKind) -> f64 {
    let pairs = of(rounds, kind).zip(of(rounds, to));
    median(pairs.map(|(turn, to)| turn.per_second / to.per_second))
}
