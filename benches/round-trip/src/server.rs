use crate::Failure;
use crate::host::{Host, NAME};
use keyvault_loopback::{Answer, Received};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

/// The argument that makes this program the server.
const SERVE: &str = "serve";

const KEY: &str = include_str!("key.json");

const CHALLENGE: &str = r#"Bearer authorization="https://login.microsoftonline.com/5b1e9e3c-90fd-4c0c-9f3f-8a6f2d1f7a11", resource="https://vault.azure.net""#;

/// The server in a process of its own, so that neither its time nor its allocations are those of the clients.
///
/// It ends when this is dropped, or when this process ends in whatever way: then its standard input does.
pub struct Server {
    child: Child,
    lifeline: Option<ChildStdin>,
    host: Host,
}

impl Server {
    /// Starts this program once more, as the server.
    ///
    /// # Errors
    /// If that fails, or the server does not say where it is.
    pub fn start() -> Result<Self, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(SERVE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let lifeline = child.stdin.take();
        let told = child.stdout.take().ok_or("the server has no output")?;
        let host = hear(BufReader::new(told))?;
        Ok(Self {
            child,
            lifeline,
            host,
        })
    }

    /// Where it is.
    #[must_use]
    pub fn host(&self) -> &Host {
        &self.host
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        // It has nothing to tell any more.
        let _ = self.child.wait();
    }
}

/// Serves until standard input ends, if this process was started for that, and says whether it was.
///
/// # Errors
/// If the server cannot be started.
pub fn serve_if_asked_to() -> Result<bool, Failure> {
    if std::env::args().nth(1).as_deref() != Some(SERVE) {
        return Ok(false);
    }
    let (key, challenge) = (key(), challenge());
    let answer = move |request: &Received| match request.headers.contains_key("authorization") {
        true => key.clone(),
        false => challenge.clone(),
    };
    let server = keyvault_loopback::Server::builder()
        .unlogged()
        .hosts(&[NAME])
        .start(answer)?;
    tell(&server)?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(true)
}

fn tell(server: &keyvault_loopback::Server) -> io::Result<()> {
    let mut out = io::stdout().lock();
    write!(out, "{}\n{}", server.address(), server.certificate())?;
    writeln!(out)?;
    out.flush()
}

/// The address, the certificate, and an empty line.
fn hear(told: impl BufRead) -> Result<Host, Failure> {
    let mut lines = told.lines();
    let address = lines.next().ok_or("the server did not start")??;
    let lines = lines.map_while(|line| line.ok().filter(|line| !line.is_empty()));
    Ok(Host {
        address: address.parse()?,
        certificate: lines.map(|line| line + "\n").collect(),
    })
}

fn key() -> Answer {
    as_the_service(Answer::new(200)).body(KEY)
}

fn challenge() -> Answer {
    let body = r#"{"error":{"code":"Unauthorized","message":"AKV10000: Request is missing a Bearer or PoP token."}}"#;
    as_the_service(Answer::new(401))
        .header("WWW-Authenticate", CHALLENGE)
        .body(body)
}

/// With the headers that the service sends.
fn as_the_service(answer: Answer) -> Answer {
    [
        ("Cache-Control", "no-cache"),
        ("Pragma", "no-cache"),
        ("Content-Type", "application/json; charset=utf-8"),
        ("Expires", "-1"),
        ("x-ms-keyvault-region", "westeurope"),
        (
            "x-ms-client-request-id",
            "0b6b7a10-6f57-4c1c-9a5e-3f6f1c6f9d02",
        ),
        ("x-ms-request-id", "8d8e3bb1-43a1-4b0a-9d7b-5f0f6a4ad3b9"),
        ("x-ms-keyvault-service-version", "1.9.2000.1"),
        (
            "x-ms-keyvault-network-info",
            "conn_type=Ipv4;addr=203.0.113.7;act_addr_fam=InterNetwork;",
        ),
        ("X-Content-Type-Options", "nosniff"),
        (
            "Strict-Transport-Security",
            "max-age=31536000;includeSubDomains",
        ),
        ("Date", "Wed, 21 Oct 2015 07:28:00 GMT"),
    ]
    .into_iter()
    .fold(answer, |answer, (name, value)| answer.header(name, value))
}
