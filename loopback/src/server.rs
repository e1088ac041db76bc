use crate::certificates::Certificates;
use crate::connection::serve;
use crate::connections::Connections;
use crate::{Answer, Received};
use rustls::ServerConfig;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long dropping a server waits for handlers that are at work.
const LAST_ANSWERS: Duration = Duration::from_secs(1);

/// Longest wait of the drop for its own connection that wakes the accepting thread.
const WAKE: Duration = Duration::from_secs(1);

/// A server on 127.0.0.1, on a port that was free, until it is dropped.
///
/// Dropping it ends all connections, whatever they wait for.
pub struct Server {
    address: SocketAddr,
    certificate: String,
    connections: Arc<Connections>,
    service: Arc<Service>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    /// A server with TLS for these host names, `localhost` and 127.0.0.1, that logs what it receives.
    ///
    /// Each connection has a thread; the handler may run in many at once. Where it panics, the client sees the
    /// connection closed.
    ///
    /// # Errors
    /// If a name is no host name, or there is no port to be had.
    pub fn start(
        hosts: &[&str],
        handler: impl Fn(&Received) -> Answer + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::builder().hosts(hosts).start(handler)
    }

    /// A server with plain http that logs what it receives.
    ///
    /// # Errors
    /// If there is no port to be had.
    pub fn start_plain(
        handler: impl Fn(&Received) -> Answer + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::builder().plain().start(handler)
    }

    /// For a server with other settings.
    #[must_use]
    pub fn builder() -> Builder {
        Builder {
            hosts: Vec::new(),
            tls: true,
            log: true,
        }
    }

    /// Where it listens. Clients resolve all its host names to this.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate of the server's own authority, for clients to trust, as PEM; empty with plain http.
    #[must_use]
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// All requests so far, in the order in which they were received whole; none with an unlogged server.
    ///
    /// They stay until the server is dropped.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        match &self.service.log {
            Some(log) => log.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            None => Vec::new(),
        }
    }

    /// How many connections there have been so far, those that failed in the TLS handshake among them.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.accepted()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.connections.stop();
        // The accepting thread sees the end with its next connection.
        let woken = TcpStream::connect_timeout(&self.address, WAKE).is_ok();
        if let Some(accepting) = self.accepting.take()
            && woken
        {
            // It runs no code of the handler, and has nothing to tell.
            let _ = accepting.join();
        }
        self.connections.wait_until_closed(LAST_ANSWERS);
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .field("tls", &self.service.tls.is_some())
            .finish_non_exhaustive()
    }
}

/// Settings of a server to be.
#[derive(Clone, Debug)]
pub struct Builder {
    hosts: Vec<String>,
    tls: bool,
    log: bool,
}

impl Builder {
    /// The host names in the server's certificate, besides `localhost` and 127.0.0.1.
    ///
    /// `*.example.org` is all hosts directly below `example.org`.
    #[must_use]
    pub fn hosts(mut self, hosts: &[&str]) -> Self {
        self.hosts = hosts.iter().map(|&host| host.to_owned()).collect();
        self
    }

    /// Plain http, without TLS.
    #[must_use]
    pub fn plain(mut self) -> Self {
        self.tls = false;
        self
    }

    /// Keeps no log of requests: for benchmarks, and for servers that live long.
    #[must_use]
    pub fn unlogged(mut self) -> Self {
        self.log = false;
        self
    }

    /// Starts the server, as [`Server::start`] does.
    ///
    /// # Errors
    /// If a name is no host name, or there is no port to be had.
    pub fn start(
        self,
        handler: impl Fn(&Received) -> Answer + Send + Sync + 'static,
    ) -> io::Result<Server> {
        let certificates = self
            .tls
            .then(|| Certificates::new(&self.hosts))
            .transpose()?;
        let (certificate, tls) = certificates
            .map(|certificates| (certificates.authority, certificates.config))
            .unzip();
        let service = Arc::new(Service {
            handler: Box::new(handler),
            tls,
            log: self.log.then(Mutex::default),
        });
        start(service, certificate.unwrap_or_default())
    }
}

fn start(service: Arc<Service>, certificate: String) -> io::Result<Server> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let connections = Arc::new(Connections::default());
    let accepting = named("accept").spawn({
        let (connections, service) = (Arc::clone(&connections), Arc::clone(&service));
        move || accept(&listener, &connections, &service)
    })?;
    Ok(Server {
        address,
        certificate,
        connections,
        service,
        accepting: Some(accepting),
    })
}

/// What all connections of a server share.
pub(crate) struct Service {
    pub(crate) handler: Box<dyn Fn(&Received) -> Answer + Send + Sync>,
    pub(crate) tls: Option<Arc<ServerConfig>>,
    log: Option<Mutex<Vec<Received>>>,
}

impl Service {
    /// Notes the request, if there is a log.
    pub(crate) fn log(&self, request: &Received) {
        if let Some(log) = &self.log {
            log.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(request.clone());
        }
    }
}

fn accept(listener: &TcpListener, connections: &Arc<Connections>, service: &Arc<Service>) {
    while !connections.stopped() {
        let served = listener
            .accept()
            .and_then(|(socket, _)| serve_in_thread(socket, connections, service));
        if served.is_err() {
            // Out of file handles or threads: that passes when connections end.
            connections.pause(Duration::from_millis(10));
        }
    }
}

fn serve_in_thread(
    socket: TcpStream,
    connections: &Arc<Connections>,
    service: &Arc<Service>,
) -> io::Result<()> {
    if let Some(open) = connections.open(&socket)? {
        let service = Arc::clone(service);
        named("connection").spawn(move || serve(socket, &open, &service))?;
    }
    Ok(())
}

fn named(what: &str) -> thread::Builder {
    thread::Builder::new().name(format!("loopback {what}"))
}
