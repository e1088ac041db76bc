use rustls::{ServerConfig, ServerConnection, StreamOwned};
use socket2::SockRef;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a client may take to notice the end of a connection.
const FAREWELL: Duration = Duration::from_secs(1);

/// A connection to a client, with or without TLS.
pub(crate) trait Wire: Read + Write {
    /// What is below TLS.
    fn socket(&self) -> &TcpStream;

    /// Says that no more bytes follow, where TLS has words for that.
    fn say_goodbye(&mut self) -> io::Result<()>;
}

impl Wire for TcpStream {
    fn socket(&self) -> &TcpStream {
        self
    }

    fn say_goodbye(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Wire for StreamOwned<ServerConnection, TcpStream> {
    fn socket(&self) -> &TcpStream {
        &self.sock
    }

    fn say_goodbye(&mut self) -> io::Result<()> {
        self.conn.send_close_notify();
        self.flush()
    }
}

/// The server's end of a TLS connection; the handshake comes with the first read.
pub(crate) fn with_tls(socket: TcpStream, config: &Arc<ServerConfig>) -> io::Result<Box<dyn Wire>> {
    let mut connection = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
    // With no limit, one write takes a whole response.
    connection.set_buffer_limit(None);
    Ok(Box::new(StreamOwned::new(connection, socket)))
}

/// Closes a connection such that the client gets all that was written.
///
/// A close while bytes of the client are unread would be a reset, which overtakes what was written.
pub(crate) fn close(socket: &TcpStream) {
    let until = Instant::now() + FAREWELL;
    if socket.shutdown(Shutdown::Write).is_ok() && socket.set_read_timeout(Some(FAREWELL)).is_ok() {
        read_to_end(socket, || Instant::now() < until);
    }
}

/// Waits until the client leaves, or the socket is shut down.
pub(crate) fn wait_for_end(socket: &TcpStream) {
    read_to_end(socket, || true);
}

fn read_to_end(mut socket: &TcpStream, go_on: impl Fn() -> bool) {
    let mut ignored = [0; 4096];
    while go_on() && matches!(socket.read(&mut ignored), Ok(1..)) {}
}

/// Makes the end of the connection a reset: it comes when the last owner of the socket drops it.
pub(crate) fn reset_at_end(socket: &TcpStream) -> io::Result<()> {
    SockRef::from(socket).set_linger(Some(Duration::ZERO))
}
