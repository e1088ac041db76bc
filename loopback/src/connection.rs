use crate::connections::Open;
use crate::delivery::{After, Deliverer};
use crate::head::{Body, says_close};
use crate::request::{Reader, Unread, wants_close};
use crate::server::Service;
use crate::wire::{Wire, close, reset_at_end, with_tls};
use crate::{Answer, Received};
use std::io;
use std::net::TcpStream;

/// Answers the requests of one client until either side ends the connection.
///
/// There is nobody to tell of an error: the client that caused it is gone.
pub(crate) fn serve(socket: TcpStream, open: &Open, service: &Service) {
    let Ok(wire) = wire(socket, service) else {
        return;
    };
    let mut connection = Connection {
        wire,
        open,
        service,
        reader: Reader::new(),
        out: Vec::new(),
    };
    let after = connection.run().unwrap_or(After::Abandon);
    connection.end(&after);
}

fn wire(socket: TcpStream, service: &Service) -> io::Result<Box<dyn Wire>> {
    // Otherwise what a delivery sends in pieces waits for acknowledgements.
    socket.set_nodelay(true)?;
    match &service.tls {
        Some(config) => with_tls(socket, config),
        None => Ok(Box::new(socket)),
    }
}

struct Connection<'a> {
    wire: Box<dyn Wire>,
    open: &'a Open,
    service: &'a Service,
    reader: Reader,
    out: Vec<u8>,
}

impl Connection<'_> {
    fn run(&mut self) -> io::Result<After> {
        loop {
            let after = match self.reader.read(&mut *self.wire, self.open.index) {
                Ok(request) => self.answer(&request)?,
                Err(Unread::Refused { status, why }) => {
                    self.deliver(&Answer::new(status).body(why), "", true)?
                }
                Err(Unread::Gone) => After::Abandon,
            };
            if after != After::Keep {
                return Ok(after);
            }
        }
    }

    fn answer(&mut self, request: &Received) -> io::Result<After> {
        self.service.log(request);
        let answer = (self.service.handler)(request);
        let closing = wants_close(&request.headers) || says_close(&answer);
        self.deliver(&answer, &request.method, closing)
    }

    fn deliver(&mut self, answer: &Answer, method: &str, closing: bool) -> io::Result<After> {
        let deliverer = Deliverer {
            wire: &mut *self.wire,
            connections: &self.open.connections,
            out: &mut self.out,
            body: Body::of(answer, method),
            closing,
        };
        deliverer.deliver(answer)
    }

    fn end(mut self, after: &After) {
        // A client that is gone already makes these fail, and that is as good an end.
        match after {
            After::Reset => {
                let _ = reset_at_end(self.wire.socket());
            }
            After::Close => {
                let _ = self.wire.say_goodbye();
                close(self.wire.socket());
            }
            After::Keep | After::Abandon => close(self.wire.socket()),
        }
    }
}
