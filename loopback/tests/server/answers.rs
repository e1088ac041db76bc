use crate::client::{Client, End, HOST};
use keyvault_loopback::{Answer, Delivery, Server};
use std::time::{Duration, Instant};

fn answering(answer: Answer) -> (Server, Client) {
    let server = Server::start(&[HOST], move |_| answer.clone()).unwrap();
    let client = Client::connect(&server);
    (server, client)
}

#[test]
fn an_answer_arrives_as_the_handler_made_it() {
    let json = serde_json::json!({ "value": "x" });
    let (_server, mut client) = answering(Answer::new(201).header("X-Mine", "1").json(&json));
    let reply = client.get("/");
    assert_eq!(
        reply.head,
        "HTTP/1.1 201 Created\r\nX-Mine: 1\r\n\
         content-type: application/json; charset=utf-8\r\ncontent-length: 13\r\n\r\n"
    );
    assert_eq!(reply.body, r#"{"value":"x"}"#);
}

#[test]
fn a_connection_is_kept_for_more_requests() {
    let server = Server::start(&[HOST], |request| Answer::new(200).body(request.path())).unwrap();
    let mut client = Client::connect(&server);
    assert_eq!(client.get("/one").body, "/one");
    assert_eq!(client.get("/two").body, "/two");
    assert_eq!(Client::connect(&server).get("/three").body, "/three");
    let connections: Vec<usize> = server.received().iter().map(|r| r.connection).collect();
    assert_eq!(connections, [0, 0, 1]);
    assert_eq!(server.connections(), 2);
}

#[test]
fn a_large_answer_arrives_whole() {
    let (_server, mut client) = answering(Answer::new(200).body("y".repeat(3_000_000)));
    let body = client.get("/").body;
    assert_eq!(body.len(), 3_000_000);
    assert!(body.bytes().all(|byte| byte == b'y'));
}

#[test]
fn an_answer_to_head_announces_its_body_only() {
    let (_server, mut client) = answering(Answer::new(200).body("four"));
    client.send(&format!("HEAD / HTTP/1.1\r\nHost: {HOST}\r\n\r\n"));
    assert_eq!(
        client.head(),
        "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n"
    );
    assert_eq!(client.get("/").body, "four");
}

#[test]
fn the_connection_closes_when_the_client_wants_it() {
    let (_server, mut client) = answering(Answer::new(200).body("last"));
    client.send(&format!(
        "GET / HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n"
    ));
    let reply = client.reply();
    assert!(reply.head.contains("connection: close"), "{}", reply.head);
    assert_eq!(client.rest(), (String::new(), End::Goodbye));
}

#[test]
fn the_connection_closes_when_the_handler_wants_it() {
    let (_server, mut client) = answering(Answer::new(200).header("Connection", "close"));
    client.get("/");
    assert_eq!(client.rest(), (String::new(), End::Goodbye));
}

#[test]
fn a_chunked_answer_keeps_the_connection() {
    let answer = Answer::new(200).body("hello").deliver(Delivery::Chunked);
    let (_server, mut client) = answering(answer);
    for _ in 0..2 {
        client.ask("/");
        assert_eq!(
            client.head(),
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
        );
        let chunks: Vec<u8> = (0..15).map(|_| client.byte()).collect();
        assert_eq!(chunks, b"5\r\nhello\r\n0\r\n\r\n");
    }
}

#[test]
fn a_delayed_answer_comes_after_its_time() {
    let delay = Duration::from_millis(100);
    let (_server, mut client) = answering(Answer::new(200).body("late").delay(delay));
    let asked = Instant::now();
    assert_eq!(client.get("/").body, "late");
    assert!(asked.elapsed() >= delay);
}
