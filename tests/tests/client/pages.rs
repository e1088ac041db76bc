//! Lists, and services that lead away from them or never end them.

use crate::support::*;
use keyvault_loopback::{Answer, Received, Server};
use keyvault_rest::Error;
use keyvault_rest::client::Client;
use keyvault_rest::runtime::{LinkKind, RefusedError};
use keyvault_rest::secrets::GetSecrets;
use serde_json::json;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A page with so many items.
fn page(items: usize, next: Option<&str>) -> Answer {
    let items = (0..items).map(|n| json!({"id": format!("https://{HOST}/secrets/s{n}")}));
    ok(&json!({"value": items.collect::<Vec<_>>(), "nextLink": next}))
}

fn link(number: usize) -> String {
    format!(
        "https://{HOST}:443/secrets?api-version=7.5&$skiptoken={SKIP_TOKEN}-{number}&maxresults=2"
    )
}

/// Three pages: two items, none, one.
fn list(request: &Received) -> Answer {
    match request.target.split("canary-skiptoken-").nth(1) {
        Some(rest) if rest.starts_with('1') => page(0, Some(&link(2))),
        Some(_) => page(1, None),
        None => page(2, Some(&link(1))),
    }
}

/// The error after the first page, which must come whole; nothing comes after it.
async fn error_after_first_page(client: &Client) -> Error {
    let mut pages = client.pages(GetSecrets::new());
    let first = bounded(pages.next()).await.unwrap().unwrap();
    assert_eq!(first.items().len(), 2);
    let error = failed(async { pages.next().await.unwrap() }).await;
    assert!(bounded(pages.next()).await.is_none());
    error
}

#[tokio::test]
async fn links_are_followed_as_they_are_until_the_end() {
    let server = vault(list);
    let mut pages = client(&server).pages(GetSecrets::new().maxresults(2));
    let mut lengths = Vec::new();
    while let Some(page) = bounded(pages.next()).await {
        lengths.push(page.unwrap().items().len());
    }
    assert_eq!(lengths, [2, 0, 1]);
    let targets: Vec<_> = authorized(&server)
        .into_iter()
        .map(|request| request.target)
        .collect();
    let path = |number| link(number).split_once(":443").unwrap().1.to_owned();
    assert_eq!(targets[1..], [path(1), path(2)]);
}

#[tokio::test]
async fn items_come_one_by_one_across_pages() {
    let server = vault(list);
    let mut items = client(&server).items(GetSecrets::new());
    let mut ids = Vec::new();
    while let Some(item) = bounded(items.next()).await {
        ids.push(item.unwrap().id.unwrap());
    }
    let ends: Vec<_> = ids.iter().map(|id| &id[id.len() - 2..]).collect();
    assert_eq!(ends, ["s0", "s1", "s0"]);
}

#[tokio::test]
async fn a_list_is_resumed_from_a_saved_link() {
    let server = vault(list);
    let client = client(&server);
    let mut pages = client.pages_from(GetSecrets::new(), &link(2)).unwrap();
    assert_eq!(
        bounded(pages.next()).await.unwrap().unwrap().items().len(),
        1
    );
    assert!(bounded(pages.next()).await.is_none());
    assert!(server.received()[0].target.contains("canary-skiptoken-2"));
}

#[tokio::test]
async fn a_list_is_not_resumed_elsewhere() {
    let server = vault(list);
    let link = format!("https://{EVIL}/secrets?$skiptoken={SKIP_TOKEN}");
    let error = refused(async { client(&server).pages_from(GetSecrets::new(), &link) }).await;
    assert!(matches!(error, RefusedError::ForeignLink { .. }));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_link_to_another_origin_is_refused_after_the_page_that_held_it() {
    for (origin, expected) in [
        ("https://evil.example", Some("https://evil.example")),
        (
            "http://myvault.vault.azure.net",
            Some("http://myvault.vault.azure.net"),
        ),
        (
            "https://myvault.vault.azure.net:444",
            Some("https://myvault.vault.azure.net:444"),
        ),
        (
            "https://myvault.vault.azure.net.evil.example",
            Some("https://myvault.vault.azure.net.evil.example"),
        ),
        ("https://myvault.vault.azure.net@evil.example", None),
        ("ftp://evil.example", None),
    ] {
        let link = format!("{origin}/secrets?$skiptoken={SKIP_TOKEN}");
        let (server, evil) = (vault_with([page(2, Some(&link))]), evil());
        let client = client_of_both(&server, &evil, &Tokens::default());
        let Error::Refused(error) = error_after_first_page(&client).await else {
            panic!("not refused: {origin}");
        };
        let expected = RefusedError::ForeignLink {
            kind: LinkKind::NextPage,
            origin: expected.map(str::to_owned),
        };
        assert_eq!(error, expected, "{origin}");
        assert_eq!(authorized(&server).len(), 1);
        assert_untouched(&evil);
    }
}

#[tokio::test]
async fn a_link_that_is_no_url_is_refused() {
    for link in [
        "//evil.example/secrets?canary-skiptoken",
        "secrets?canary-skiptoken",
        "https://myvault.vault.azure.net/a b?canary-skiptoken",
    ] {
        let (server, evil) = (vault_with([page(2, Some(link))]), evil());
        let client = client_of_both(&server, &evil, &Tokens::default());
        let Error::Refused(error) = error_after_first_page(&client).await else {
            panic!("not refused: {link}");
        };
        let kind = LinkKind::NextPage;
        assert_eq!(error, RefusedError::MalformedLink { kind }, "{link}");
        assert_untouched(&evil);
    }
}

#[tokio::test]
async fn a_list_that_leads_to_itself_is_left() {
    let server = vault_with([page(2, Some(&link(1)))]);
    let mut pages = client(&server).pages(GetSecrets::new());
    for _ in 0..2 {
        bounded(pages.next()).await.unwrap().unwrap();
    }
    let error = refused(async { pages.next().await.unwrap() }).await;
    assert_eq!(error, RefusedError::EndlessPages);
    assert_eq!(authorized(&server).len(), 2);
}

#[tokio::test]
async fn a_list_of_ever_new_empty_pages_is_left() {
    let number = AtomicUsize::new(0);
    let server = vault(move |_| page(0, Some(&link(number.fetch_add(1, Ordering::SeqCst)))));
    let mut items = client(&server).items(GetSecrets::new());
    let error = refused(async { items.next().await.unwrap() }).await;
    assert_eq!(error, RefusedError::EmptyPages { count: 1000 });
    assert_eq!(authorized(&server).len(), 1000);
}

#[tokio::test]
async fn a_page_that_fails_ends_the_list() {
    let server = vault_with([page(2, Some(&link(1))), Answer::new(403)]);
    let error = error_after_first_page(&client(&server)).await;
    assert!(error.is_forbidden());
}

#[tokio::test]
async fn a_page_that_fails_for_a_while_is_asked_for_again() {
    let server = vault_with([page(2, Some(&link(1))), Answer::new(503), page(1, Some(""))]);
    let mut pages = client(&server).pages(GetSecrets::new());
    bounded(pages.next()).await.unwrap().unwrap();
    bounded(pages.next()).await.unwrap().unwrap();
    assert!(bounded(pages.next()).await.is_none());
    assert_eq!(authorized(&server).len(), 3);
}

#[tokio::test]
async fn a_page_whose_wait_was_given_up_is_not_lost() {
    let server = vault(|request| list(request).delay(MILLISECOND * 100));
    let mut pages = client(&server).pages(GetSecrets::new());
    let hasty = tokio::time::timeout(MILLISECOND * 20, pages.next()).await;
    assert!(hasty.is_err());
    assert_eq!(
        bounded(pages.next()).await.unwrap().unwrap().items().len(),
        2
    );
    assert_eq!(authorized(&server).len(), 1);
}

#[tokio::test]
async fn a_page_is_shown_without_the_token_in_its_link() {
    let server: Server = vault(list);
    let page = bounded(client(&server).pages(GetSecrets::new()).next()).await;
    let page = page.unwrap().unwrap();
    assert!(page.next_link().unwrap().contains(SKIP_TOKEN));
    assert_no_secret(&page);
}
