use keyvault_loopback::Server;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

/// No test waits longer than this for a byte.
const PATIENCE: Duration = Duration::from_secs(20);

pub const HOST: &str = "myvault.vault.azure.net";

/// A client with TLS that does only what it is told, and hides nothing.
pub struct Client {
    stream: StreamOwned<ClientConnection, TcpStream>,
}

/// How a connection ended.
#[derive(Debug, PartialEq)]
pub enum End {
    /// With the goodbye of TLS.
    Goodbye,
    /// Closed without one.
    Cut,
    /// Reset.
    Reset,
}

pub struct Reply {
    pub head: String,
    pub body: String,
}

impl Client {
    pub fn connect(server: &Server) -> Self {
        Self::connect_as(server, HOST, server.certificate()).unwrap()
    }

    /// With the handshake done, or the error of it.
    pub fn connect_as(server: &Server, host: &str, trusted: &str) -> io::Result<Self> {
        let name = ServerName::try_from(host.to_owned()).unwrap();
        let mut connection = ClientConnection::new(config(trusted), name).unwrap();
        let mut socket = TcpStream::connect(server.address())?;
        socket.set_read_timeout(Some(PATIENCE))?;
        while connection.is_handshaking() {
            connection.complete_io(&mut socket)?;
        }
        Ok(Self {
            stream: StreamOwned::new(connection, socket),
        })
    }

    pub fn send(&mut self, bytes: &str) {
        self.stream.write_all(bytes.as_bytes()).unwrap();
        self.stream.flush().unwrap();
    }

    /// Asks for a path, and leaves the answer to be read.
    pub fn ask(&mut self, path: &str) {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"));
    }

    /// Asks for a path, and reads the answer and not a byte more.
    pub fn get(&mut self, path: &str) -> Reply {
        self.ask(path);
        self.reply()
    }

    /// An answer with the length that it announces.
    pub fn reply(&mut self) -> Reply {
        let head = self.head();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        Reply {
            head,
            body: String::from_utf8(body).unwrap(),
        }
    }

    pub fn head(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(self.byte());
        }
        String::from_utf8(head).unwrap()
    }

    pub fn byte(&mut self) -> u8 {
        let mut byte = [0];
        self.stream.read_exact(&mut byte).unwrap();
        byte[0]
    }

    /// Gives up sooner on a byte that does not come.
    pub fn wait_at_most(&self, patience: Duration) {
        self.stream.sock.set_read_timeout(Some(patience)).unwrap();
    }

    /// Whether the connection is open, and no byte came while this waited.
    pub fn hears_nothing(&mut self) -> bool {
        let waited = self.stream.read(&mut [0]).map_err(|error| error.kind());
        matches!(
            waited,
            Err(io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
        )
    }

    /// All that still comes, and how that ends.
    pub fn rest(&mut self) -> (String, End) {
        let mut bytes = Vec::new();
        let end = match self.stream.read_to_end(&mut bytes) {
            Ok(_) => End::Goodbye,
            Err(error) => match error.kind() {
                io::ErrorKind::UnexpectedEof => End::Cut,
                io::ErrorKind::ConnectionReset => End::Reset,
                _ => panic!("{error}"),
            },
        };
        (String::from_utf8(bytes).unwrap(), end)
    }
}

fn config(trusted: &str) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(trusted.as_bytes()).unwrap())
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(config)
}
