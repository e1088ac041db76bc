use crate::client::{Client, End, HOST};
use keyvault_loopback::{Answer, Delivery, Server};
use std::time::{Duration, Instant};

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n";

/// A client that has asked for a body of ten bytes, delivered like this.
fn asked(delivery: Delivery) -> (Server, Client) {
    let answer = Answer::new(200).body("0123456789").deliver(delivery);
    let server = Server::start(&[HOST], move |_| answer.clone()).unwrap();
    let mut client = Client::connect(&server);
    client.ask("/");
    (server, client)
}

#[test]
fn close_before_ends_without_an_answer() {
    let (server, mut client) = asked(Delivery::CloseBefore);
    assert_eq!(client.rest(), (String::new(), End::Cut));
    assert_eq!(server.received().len(), 1);
}

#[test]
fn reset_before_ends_without_an_answer() {
    let (server, mut client) = asked(Delivery::ResetBefore);
    assert_eq!(client.rest(), (String::new(), End::Reset));
    assert_eq!(server.received().len(), 1);
}

#[test]
fn truncate_announces_more_than_it_sends() {
    let (_server, mut client) = asked(Delivery::Truncate { after: 4 });
    assert_eq!(client.rest(), (format!("{HEAD}0123"), End::Cut));
}

#[test]
fn truncate_beyond_the_body_sends_it_all() {
    let (_server, mut client) = asked(Delivery::Truncate { after: 99 });
    assert_eq!(client.rest(), (format!("{HEAD}0123456789"), End::Cut));
}

#[test]
fn reset_announces_more_than_it_sends() {
    let (_server, mut client) = asked(Delivery::Reset { after: 4 });
    assert_eq!(client.rest(), (format!("{HEAD}0123"), End::Reset));
}

#[test]
fn drip_takes_its_time_and_keeps_the_connection() {
    let every = Duration::from_millis(20);
    let started = Instant::now();
    let (_server, mut client) = asked(Delivery::Drip { bytes: 3, every });
    assert_eq!(client.reply().body, "0123456789");
    assert!(started.elapsed() >= 4 * every);
    assert_eq!(client.get("/").body, "0123456789");
}

#[test]
fn a_drip_of_nothing_is_one_of_single_bytes() {
    let every = Duration::from_millis(1);
    let (_server, mut client) = asked(Delivery::Drip { bytes: 0, every });
    assert_eq!(client.reply().body, "0123456789");
}

#[test]
fn endless_sends_as_much_as_it_announces() {
    let (_server, mut client) = asked(Delivery::Endless { length: 100_000 });
    assert_eq!(client.reply().body, "x".repeat(100_000));
    assert_eq!(client.get("/").body.len(), 100_000);
}

#[test]
fn endless_stops_when_the_client_leaves() {
    let (server, mut client) = asked(Delivery::Endless { length: u64::MAX });
    assert!(
        client
            .head()
            .contains("content-length: 18446744073709551615")
    );
    assert_eq!(client.byte(), b'x');
    drop(client);
    assert_ends_soon(server);
}

#[test]
fn hang_stays_silent_until_the_client_leaves() {
    let (server, mut client) = asked(Delivery::Hang);
    client.wait_at_most(Duration::from_millis(100));
    assert!(client.hears_nothing());
    drop(client);
    assert_ends_soon(server);
}

#[test]
fn raw_bytes_arrive_as_they_are() {
    let raw = b"ICY 200 OK\r\n\r\nmusic".to_vec();
    let (_server, mut client) = asked(Delivery::Raw(raw));
    assert_eq!(
        client.rest(),
        ("ICY 200 OK\r\n\r\nmusic".to_owned(), End::Goodbye)
    );
}

#[test]
fn a_handler_that_panics_ends_its_connection_only() {
    let server = Server::start(&[HOST], |request| match request.path() {
        "/panic" => panic!("as the test wants it"),
        _ => Answer::new(200).body("ok"),
    })
    .unwrap();
    let mut client = Client::connect(&server);
    client.ask("/panic");
    assert_eq!(client.rest(), (String::new(), End::Cut));
    assert_eq!(Client::connect(&server).get("/").body, "ok");
}

fn assert_ends_soon(server: Server) {
    let dropped = Instant::now();
    drop(server);
    assert!(dropped.elapsed() < Duration::from_millis(900));
}
