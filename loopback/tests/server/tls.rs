use crate::client::{Client, HOST};
use keyvault_loopback::{Answer, Server};
use std::io::{Read, Write};
use std::net::TcpStream;

fn server(hosts: &[&str]) -> Server {
    Server::start(hosts, |_| Answer::new(200).body("ok")).unwrap()
}

fn error_of(server: &Server, host: &str, trusted: &str) -> String {
    match Client::connect_as(server, host, trusted) {
        Ok(_) => panic!("{host} was trusted"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_server_is_trusted_by_all_its_names() {
    let server = server(&["*.vault.azure.net", "login.example"]);
    for host in [HOST, "login.example", "localhost", "127.0.0.1"] {
        let mut client = Client::connect_as(&server, host, server.certificate()).unwrap();
        assert_eq!(client.get("/").body, "ok", "{host}");
    }
}

#[test]
fn the_authority_of_another_server_is_refused() {
    let other = server(&[HOST]);
    let server = server(&[HOST]);
    let error = error_of(&server, HOST, other.certificate());
    assert!(error.contains("invalid peer certificate"), "{error}");
    // The failed handshake disturbs nobody.
    assert_eq!(Client::connect(&server).get("/").body, "ok");
    assert_eq!(server.received().len(), 1);
    assert_eq!(server.connections(), 2);
}

#[test]
fn a_name_that_the_server_does_not_have_is_refused() {
    let server = server(&[HOST]);
    let error = error_of(&server, "other.vault.azure.net", server.certificate());
    assert!(error.contains("not valid for name"), "{error}");
}

#[test]
fn a_plain_server_speaks_without_tls() {
    let server = Server::start_plain(|_| Answer::new(200).body("plain")).unwrap();
    assert_eq!(server.certificate(), "");
    let mut socket = TcpStream::connect(server.address()).unwrap();
    socket
        .write_all(b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    assert_eq!(
        answer,
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nplain"
    );
}

#[test]
fn a_host_that_is_no_name_is_an_error() {
    assert!(Server::start(&["ü.example"], |_| Answer::new(200)).is_err());
}
