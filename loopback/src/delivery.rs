use crate::Answer;
use crate::connections::Connections;
use crate::head::{Body, write_head};
use crate::wire::{Wire, wait_for_end};
use std::fmt;
use std::io::{self, Write};
use std::time::Duration;

/// The pieces in which bodies are streamed.
const PIECE: usize = 16 * 1024;

/// Time for the client to take what was sent before a reset: a reset overtakes what is still on its way.
const BEFORE_RESET: Duration = Duration::from_millis(50);

/// How an answer gets to the client, or does not.
///
/// Where the connection ends early, there is no goodbye of TLS either: as when a machine in between fails.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Delivery {
    /// Head and body at once; the connection stays open.
    #[default]
    Whole,
    /// Closes the connection without an answer.
    CloseBefore,
    /// Resets the connection without an answer.
    ResetBefore,
    /// Announces the whole body, and closes the connection after a part of it.
    Truncate {
        /// How many bytes of the body are sent.
        after: usize,
    },
    /// Announces the whole body, and resets the connection after a part of it.
    Reset {
        /// How many bytes of the body are sent.
        after: usize,
    },
    /// Sends the head at once and the body slowly; the connection stays open.
    Drip {
        /// How many bytes of the body are sent at a time, 1 at least.
        bytes: usize,
        /// How long it waits before each time.
        every: Duration,
    },
    /// Never answers, until the client leaves or the server is dropped.
    Hang,
    /// Announces a body of this length, and sends so many letters `x` instead of the answer's body.
    ///
    /// It stops when the client leaves.
    Endless {
        /// How many bytes.
        length: u64,
    },
    /// The body in chunks, its length not told before; the connection stays open.
    Chunked,
    /// Writes these bytes instead of an answer, and closes the connection in good order.
    Raw(Vec<u8>),
}

/// Shows how many raw bytes there are, but not which: they may hold secrets.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("Whole"),
            Self::CloseBefore => f.write_str("CloseBefore"),
            Self::ResetBefore => f.write_str("ResetBefore"),
            Self::Truncate { after } => write!(f, "Truncate({after})"),
            Self::Reset { after } => write!(f, "Reset({after})"),
            Self::Drip { bytes, every } => write!(f, "Drip({bytes} every {every:?})"),
            Self::Hang => f.write_str("Hang"),
            Self::Endless { length } => write!(f, "Endless({length})"),
            Self::Chunked => f.write_str("Chunked"),
            Self::Raw(bytes) => write!(f, "Raw({} bytes)", bytes.len()),
        }
    }
}

/// What becomes of the connection after an answer.
#[derive(Debug, PartialEq)]
pub(crate) enum After {
    /// It waits for the next request.
    Keep,
    /// It ends in good order.
    Close,
    /// It ends without a word.
    Abandon,
    /// It ends with a reset.
    Reset,
}

/// One answer on its way to a client.
pub(crate) struct Deliverer<'a> {
    pub(crate) wire: &'a mut dyn Wire,
    pub(crate) connections: &'a Connections,
    /// For what is written at once; the same for all answers of a connection.
    pub(crate) out: &'a mut Vec<u8>,
    pub(crate) body: Body,
    /// Whether the connection closes after an answer that would keep it.
    pub(crate) closing: bool,
}

impl Deliverer<'_> {
    /// Delivers the answer; an error says that the client left.
    pub(crate) fn deliver(mut self, answer: &Answer) -> io::Result<After> {
        if !self.connections.pause(answer.delay) {
            return Ok(After::Abandon);
        }
        match answer.delivery {
            Delivery::Whole => self.send_part(answer, usize::MAX)?,
            Delivery::CloseBefore => return Ok(After::Abandon),
            Delivery::ResetBefore => return Ok(After::Reset),
            Delivery::Truncate { after } => return self.truncate(answer, after),
            Delivery::Reset { after } => return self.reset(answer, after),
            Delivery::Drip { bytes, every } => self.drip(answer, bytes.max(1), every)?,
            Delivery::Hang => return Ok(self.hang()),
            Delivery::Endless { length } => self.stream(answer, length)?,
            Delivery::Chunked => self.send_chunks(answer)?,
            Delivery::Raw(ref bytes) => return self.send_raw(bytes),
        }
        Ok(if self.closing {
            After::Close
        } else {
            After::Keep
        })
    }

    fn truncate(&mut self, answer: &Answer, after: usize) -> io::Result<After> {
        self.send_part(answer, after)?;
        Ok(After::Abandon)
    }

    fn reset(&mut self, answer: &Answer, after: usize) -> io::Result<After> {
        self.send_part(answer, after)?;
        self.connections.pause(BEFORE_RESET);
        Ok(After::Reset)
    }

    fn hang(&mut self) -> After {
        wait_for_end(self.wire.socket());
        After::Abandon
    }

    fn send_raw(&mut self, bytes: &[u8]) -> io::Result<After> {
        self.send(bytes)?;
        Ok(After::Close)
    }

    /// The head and so many bytes of the body, in one write.
    fn send_part(&mut self, answer: &Answer, length: usize) -> io::Result<()> {
        self.prepare_head(answer)?;
        let body = self.body_of(answer);
        self.out.extend_from_slice(&body[..length.min(body.len())]);
        self.send_prepared()
    }

    fn drip(&mut self, answer: &Answer, bytes: usize, every: Duration) -> io::Result<()> {
        self.prepare_head(answer)?;
        self.send_prepared()?;
        for piece in self.body_of(answer).chunks(bytes) {
            if !self.connections.pause(every) {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            self.send(piece)?;
        }
        Ok(())
    }

    fn stream(&mut self, answer: &Answer, length: u64) -> io::Result<()> {
        self.prepare_head(answer)?;
        self.send_prepared()?;
        let mut left = match self.body {
            Body::Sent => length,
            Body::Announced | Body::None => 0,
        };
        let filler = vec![b'x'; PIECE];
        while left > 0 {
            let piece = left.min(PIECE as u64);
            self.wire.write_all(&filler[..piece as usize])?;
            left -= piece;
        }
        self.wire.flush()
    }

    fn send_chunks(&mut self, answer: &Answer) -> io::Result<()> {
        self.prepare_head(answer)?;
        for piece in self.body_of(answer).chunks(PIECE) {
            write!(self.out, "{:x}\r\n", piece.len())?;
            self.out.extend_from_slice(piece);
            self.out.extend_from_slice(b"\r\n");
        }
        if self.body == Body::Sent {
            self.out.extend_from_slice(b"0\r\n\r\n");
        }
        self.send_prepared()
    }

    fn prepare_head(&mut self, answer: &Answer) -> io::Result<()> {
        self.out.clear();
        write_head(self.out, answer, self.body, self.closing)
    }

    fn body_of<'a>(&self, answer: &'a Answer) -> &'a [u8] {
        match self.body {
            Body::Sent => &answer.body,
            Body::Announced | Body::None => &[],
        }
    }

    fn send_prepared(&mut self) -> io::Result<()> {
        self.wire.write_all(self.out)?;
        self.wire.flush()
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.wire.write_all(bytes)?;
        self.wire.flush()
    }
}
