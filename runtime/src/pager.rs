//! Going through a list page by page.

use crate::link::{LinkKind, follow};
use crate::{Endpoint, RefusedError};
use http::Uri;
use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// How many pages in a row may be empty. The service has been seen to send some.
const EMPTY_PAGES: u32 = 1000;

/// The way through a list: says which page to ask for, and takes in what the page says of the next one.
#[derive(Clone, Debug)]
pub struct Pager {
    next: PageRequest,
    /// Hashes alone: the links can be long, and hold tokens.
    seen: HashSet<u64>,
    empty: u32,
}

/// Which page to ask for.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageRequest {
    /// The first one, with the request of the operation itself.
    First,
    /// The one at this URL, with `GET`.
    At(Uri),
    /// None: the list is at its end.
    End,
}

impl std::fmt::Debug for PageRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::First => f.write_str("First"),
            Self::At(uri) => write!(f, "At({})", uri.path()),
            Self::End => f.write_str("End"),
        }
    }
}

impl Default for Pager {
    fn default() -> Self {
        Self::new()
    }
}

impl Pager {
    /// From the first page on.
    #[must_use]
    pub fn new() -> Self {
        Self {
            next: PageRequest::First,
            seen: HashSet::new(),
            empty: 0,
        }
    }

    /// From the page of a saved link on.
    ///
    /// # Errors
    /// If the link leads to another origin than that of the endpoint.
    pub fn resume(endpoint: &Endpoint, link: &str) -> Result<Self, RefusedError> {
        let mut pager = Self::new();
        pager.advance(endpoint, link)?;
        Ok(pager)
    }

    /// Which page to ask for.
    #[must_use]
    pub fn next(&self) -> &PageRequest {
        &self.next
    }

    /// Takes in a page: the link to the next one, and the number of its items.
    ///
    /// # Errors
    /// If the link leads to another origin or to a page that was there before, or too many pages in a row are empty.
    /// The list is at its end then.
    pub fn answer(
        &mut self,
        endpoint: &Endpoint,
        next_link: Option<&str>,
        items: usize,
    ) -> Result<(), RefusedError> {
        self.next = PageRequest::End;
        let Some(link) = next_link.filter(|link| !link.is_empty()) else {
            return Ok(());
        };
        self.empty = if items == 0 { self.empty + 1 } else { 0 };
        if self.empty >= EMPTY_PAGES {
            return Err(RefusedError::EmptyPages { count: self.empty });
        }
        self.advance(endpoint, link)
    }

    fn advance(&mut self, endpoint: &Endpoint, link: &str) -> Result<(), RefusedError> {
        let uri = follow(endpoint, link, LinkKind::NextPage)?;
        let mut hasher = DefaultHasher::new();
        uri.hash(&mut hasher);
        if !self.seen.insert(hasher.finish()) {
            return Err(RefusedError::EndlessPages);
        }
        self.next = PageRequest::At(uri);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault() -> Endpoint {
        Endpoint::new("https://myvault.vault.azure.net").unwrap()
    }

    /// As the service writes it, with the port.
    fn link(token: usize) -> String {
        format!(
            "https://myvault.vault.azure.net:443/secrets?api-version=7.0&$skiptoken={token}&maxresults=1"
        )
    }

    #[test]
    fn the_link_of_each_page_leads_to_the_next() {
        let mut pager = Pager::new();
        assert_eq!(pager.next(), &PageRequest::First);
        pager.answer(&vault(), Some(&link(1)), 1).unwrap();
        let expected = link(1).replace(":443", "").parse().unwrap();
        assert_eq!(pager.next(), &PageRequest::At(expected));
        pager.answer(&vault(), None, 1).unwrap();
        assert_eq!(pager.next(), &PageRequest::End);
    }

    #[test]
    fn an_empty_link_is_the_end_and_an_empty_page_is_not() {
        let mut pager = Pager::new();
        pager.answer(&vault(), Some(&link(1)), 0).unwrap();
        assert!(matches!(pager.next(), PageRequest::At(_)));
        pager.answer(&vault(), Some(""), 0).unwrap();
        assert_eq!(pager.next(), &PageRequest::End);
    }

    #[test]
    fn a_list_is_resumed_from_a_saved_link_of_the_same_origin() {
        assert!(matches!(
            Pager::resume(&vault(), &link(7)).unwrap().next(),
            PageRequest::At(_)
        ));
        let error = Pager::resume(&vault(), "https://evil.example/secrets").unwrap_err();
        assert!(matches!(error, RefusedError::ForeignLink { .. }));
    }

    #[test]
    fn a_link_to_another_origin_ends_the_list() {
        let mut pager = Pager::new();
        assert!(
            pager
                .answer(&vault(), Some("https://evil.example/secrets"), 1)
                .is_err()
        );
        assert_eq!(pager.next(), &PageRequest::End);
    }

    #[test]
    fn a_list_that_goes_in_circles_is_left() {
        let mut pager = Pager::new();
        pager.answer(&vault(), Some(&link(1)), 1).unwrap();
        pager.answer(&vault(), Some(&link(2)), 1).unwrap();
        assert_eq!(
            pager.answer(&vault(), Some(&link(1)), 1),
            Err(RefusedError::EndlessPages)
        );
        assert_eq!(pager.next(), &PageRequest::End);
    }

    #[test]
    fn a_list_of_empty_pages_is_left() {
        let mut pager = Pager::new();
        let ends = (0..).find(|n| pager.answer(&vault(), Some(&link(*n)), 0).is_err());
        assert_eq!(ends, Some(999));
    }

    #[test]
    fn debug_hides_the_token_of_the_link() {
        assert_eq!(
            format!("{:?}", Pager::resume(&vault(), &link(5)).unwrap().next()),
            "At(/secrets)"
        );
    }
}
