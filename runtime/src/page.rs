use std::fmt;

/// One page of a list.
#[derive(Clone, PartialEq)]
pub struct Page<T> {
    items: Vec<T>,
    next_link: Option<String>,
}

impl<T> Page<T> {
    /// A page with these items, and the URL of the next one. The service marks the end by leaving the URL out, by null
    /// or by an empty text, and a page without items by leaving the list out.
    pub fn new(items: impl Into<Option<Vec<T>>>, next_link: impl Into<Option<String>>) -> Self {
        Self {
            items: items.into().unwrap_or_default(),
            next_link: next_link.into().filter(|link| !link.is_empty()),
        }
    }

    /// The items; there can be none even though more pages follow.
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The URL of the next page, `None` at the end. It can hold a token: not fit for logs.
    #[must_use]
    pub fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }

    /// The items alone.
    #[must_use]
    pub fn into_items(self) -> Vec<T> {
        self.items
    }
}

/// Without the link, which can hold a token.
impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items)
            .field("next_link", &self.next_link.as_ref().map(|_| "***"))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_marked_by_no_link_or_an_empty_one() {
        assert_eq!(Page::new(vec![1], None).next_link(), None);
        assert_eq!(Page::new(vec![1], Some(String::new())).next_link(), None);
        let link = "https://vault/keys?x".to_owned();
        assert_eq!(Page::new(vec![1], link.clone()).next_link(), Some(&*link));
    }

    #[test]
    fn debug_hides_the_link() {
        let page = Page::new(vec![1], "https://vault/keys?x".to_owned());
        assert_eq!(
            format!("{page:?}"),
            r#"Page { items: [1], next_link: Some("***") }"#
        );
    }

    #[test]
    fn a_page_may_be_empty() {
        let page = Page::<i32>::new(None, None);
        assert!(page.items().is_empty() && page.into_items().is_empty());
    }
}
