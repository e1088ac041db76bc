use crate::client::{Client, End, HOST};
use keyvault_loopback::{Answer, Server};

fn logging() -> (Server, Client) {
    let server = Server::start(&[HOST], |_| Answer::new(200)).unwrap();
    let client = Client::connect(&server);
    (server, client)
}

#[test]
fn a_request_is_received_as_it_was_sent() {
    let (server, mut client) = logging();
    client.send(&format!(
        "PUT /a%20b?c=d HTTP/1.1\r\nHost: {HOST}\r\nX: 1\r\nX: 2\r\nContent-Length: 4\r\n\r\nbody"
    ));
    client.reply();
    let [request] = &server.received()[..] else {
        panic!("not one request");
    };
    assert_eq!(request.method, "PUT");
    assert_eq!(request.target, "/a%20b?c=d");
    assert_eq!(request.host, HOST);
    assert!(request.headers.get_all("x").iter().eq(["1", "2"]));
    assert_eq!(request.body, b"body");
}

#[test]
fn a_chunked_request_is_put_together() {
    let (server, mut client) = logging();
    client.send(&format!(
        "POST / HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\n"
    ));
    client.send("3\r\nabc\r\n");
    client.send("2\r\nde\r\n0\r\n\r\n");
    client.reply();
    assert_eq!(server.received()[0].body, b"abcde");
}

#[test]
fn a_client_that_asks_is_told_to_go_on() {
    let (server, mut client) = logging();
    client.send(&format!(
        "PUT / HTTP/1.1\r\nHost: {HOST}\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    ));
    assert_eq!(client.head(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    assert!(client.reply().head.starts_with("HTTP/1.1 200 "));
    assert_eq!(server.received()[0].body, b"ok");
}

#[test]
fn a_bad_request_is_refused_and_the_connection_closed() {
    let (server, mut client) = logging();
    client.send("what is this\r\n\r\n");
    let reply = client.reply();
    assert!(
        reply.head.starts_with("HTTP/1.1 400 Bad Request\r\n"),
        "{}",
        reply.head
    );
    assert_eq!(reply.body, "no HTTP/1.1 request");
    assert_eq!(client.rest(), (String::new(), End::Goodbye));
    assert!(server.received().is_empty());
}

#[test]
fn who_sends_too_much_still_reads_the_refusal() {
    let (_server, mut client) = logging();
    client.send(&format!(
        "PUT / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 99999999\r\n\r\n"
    ));
    client.send(&"z".repeat(100_000));
    assert!(client.reply().head.starts_with("HTTP/1.1 413 "));
    assert_eq!(client.rest().1, End::Goodbye);
}

#[test]
fn an_unlogged_server_keeps_nothing() {
    let server = Server::builder()
        .hosts(&[HOST])
        .unlogged()
        .start(|_| Answer::new(200).body("ok"))
        .unwrap();
    assert_eq!(Client::connect(&server).get("/").body, "ok");
    assert!(server.received().is_empty());
}
