use super::Client;
use super::steps::{Step, Steps};
use crate::{Error, Page, PageRequest, PagedOperation, Pager, RefusedError};
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The pages of a list, each asked for when it is wanted. Ends with the last page or the first error.
pub struct Pages<O: PagedOperation> {
    steps: Steps<Walk<O>, Page<O::Item>>,
}

struct Walk<O> {
    client: Client,
    operation: O,
    pager: Pager,
    /// What was wrong with the link of the page that was handed out last.
    refused: Option<RefusedError>,
}

impl<O: PagedOperation + Send + Sync + 'static> Pages<O> {
    pub(super) fn new(client: Client, operation: O, pager: Pager) -> Self {
        let walk = Walk {
            client,
            operation,
            pager,
            refused: None,
        };
        Self {
            steps: Steps::new(walk, |walk| Box::pin(walk.step())),
        }
    }
}

impl<O: PagedOperation> Pages<O> {
    /// The next page; `None` after the last one.
    ///
    /// # Errors
    /// As for [`Client::send`]; [`Error::Refused`] if the link leads elsewhere or the list never ends.
    pub async fn next(&mut self) -> Option<Result<Page<O::Item>, Error>> {
        poll_fn(|cx| self.steps.poll_step(cx)).await
    }

    /// The items one by one.
    #[must_use]
    pub fn items(self) -> Items<O> {
        Items {
            pages: self,
            page: Vec::new().into_iter(),
        }
    }
}

impl<O: PagedOperation> Walk<O> {
    async fn step(mut self) -> Step<Self, Page<O::Item>> {
        let page = self.page().await.transpose();
        (self, page)
    }

    async fn page(&mut self) -> Result<Option<Page<O::Item>>, Error> {
        if let Some(refused) = self.refused.take() {
            return Err(refused.into());
        }
        let response = match self.pager.next() {
            PageRequest::First => self.client.exchange_of(&self.operation)?.run().await?,
            PageRequest::At(url) => self.client.get(O::META, url.clone()).await?,
            PageRequest::End => return Ok(None),
        };
        let output = self.operation.response(response)?.into_body();
        let page = O::page(output);
        let advanced =
            self.pager
                .answer(&self.client.endpoint, page.next_link(), page.items().len());
        self.refused = advanced.err();
        Ok(Some(page))
    }
}

impl<O: PagedOperation> Stream for Pages<O> {
    type Item = Result<Page<O::Item>, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().steps.poll_step(cx)
    }
}

// Nothing in it is pinned in place: what runs is on the heap.
impl<O: PagedOperation> Unpin for Pages<O> {}

/// The items of a list, page after page.
pub struct Items<O: PagedOperation> {
    pages: Pages<O>,
    page: std::vec::IntoIter<O::Item>,
}

impl<O: PagedOperation> Items<O> {
    /// The next item; `None` after the last one.
    ///
    /// # Errors
    /// As for [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<O::Item, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.steps.poll_step(cx)) {
                Some(Ok(page)) => self.page = page.into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: PagedOperation> Stream for Items<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

impl<O: PagedOperation> Unpin for Items<O> {}
