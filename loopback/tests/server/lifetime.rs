use crate::client::{Client, End, HOST};
use keyvault_loopback::{Answer, Delivery, Server};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

const HOUR: Duration = Duration::from_secs(3600);

/// Drops the server while a client waits for this answer; how that ends for the client.
fn dropped_while_waiting(answer: Answer) -> (String, End) {
    let server = Server::start(&[HOST], move |_| answer.clone()).unwrap();
    let mut client = Client::connect(&server);
    client.ask("/");
    while server.received().is_empty() {
        thread::sleep(Duration::from_millis(1));
    }
    let dropped = Instant::now();
    drop(server);
    assert!(dropped.elapsed() < Duration::from_millis(900));
    client.rest()
}

#[test]
fn dropping_the_server_ends_a_hanging_connection() {
    let answer = Answer::new(200).deliver(Delivery::Hang);
    assert_eq!(dropped_while_waiting(answer), (String::new(), End::Cut));
}

#[test]
fn dropping_the_server_ends_a_delay() {
    let answer = Answer::new(200).delay(HOUR);
    assert_eq!(dropped_while_waiting(answer), (String::new(), End::Cut));
}

#[test]
fn dropping_the_server_ends_a_drip() {
    let answer = Answer::new(200).body("slow").deliver(Delivery::Drip {
        bytes: 1,
        every: HOUR,
    });
    assert_eq!(dropped_while_waiting(answer).1, End::Cut);
}

#[test]
fn dropping_the_server_ends_a_stream_that_nobody_reads() {
    let answer = Answer::new(200).deliver(Delivery::Endless { length: u64::MAX });
    assert_eq!(dropped_while_waiting(answer).1, End::Cut);
}

#[test]
fn dropping_the_server_ends_an_idle_connection() {
    let server = Server::start(&[HOST], |_| Answer::new(200).body("ok")).unwrap();
    let mut client = Client::connect(&server);
    client.get("/");
    drop(server);
    assert_eq!(client.rest(), (String::new(), End::Cut));
}

#[test]
fn dropping_the_server_does_not_wait_for_a_handler_at_work() {
    let server = Server::start(&[HOST], |_| {
        thread::sleep(HOUR);
        Answer::new(200)
    })
    .unwrap();
    let mut client = Client::connect(&server);
    client.ask("/");
    while server.received().is_empty() {
        thread::sleep(Duration::from_millis(1));
    }
    let dropped = Instant::now();
    drop(server);
    assert!(dropped.elapsed() < Duration::from_secs(5));
    assert_eq!(client.rest(), (String::new(), End::Cut));
}

#[test]
fn nobody_listens_after_the_server_is_dropped() {
    let server = Server::start(&[HOST], |_| Answer::new(200)).unwrap();
    let address = server.address();
    assert!(address.ip().is_loopback());
    drop(server);
    assert!(TcpStream::connect(address).is_err());
}
