use super::BoxFuture;
use crate::Error;
use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// What a step makes of the state: the state again, and an item, an error or the end.
pub(super) type Step<S, T> = (S, Option<Result<T, Error>>);

/// A stream that takes one step after the other, each when it is asked for. It ends with the first error.
///
/// A step that was begun goes on when it is asked for again, whoever stopped waiting in between.
pub(super) struct Steps<S, T> {
    state: Option<S>,
    running: Option<BoxFuture<'static, Step<S, T>>>,
    take: fn(S) -> BoxFuture<'static, Step<S, T>>,
    over: bool,
}

impl<S, T> Steps<S, T> {
    pub(super) fn new(state: S, take: fn(S) -> BoxFuture<'static, Step<S, T>>) -> Self {
        Self {
            state: Some(state),
            running: None,
            take,
            over: false,
        }
    }

    /// The state, unless a step is under way.
    pub(super) fn state(&self) -> Option<&S> {
        self.state.as_ref()
    }

    /// Goes on after an error or the end.
    pub(super) fn reopen(&mut self) {
        self.over = false;
    }

    pub(super) fn poll_step(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        if self.over {
            return Poll::Ready(None);
        }
        if let Some(state) = self.state.take() {
            self.running = Some((self.take)(state));
        }
        let Some(running) = &mut self.running else {
            return Poll::Ready(None);
        };
        let (state, item) = ready!(running.as_mut().poll(cx));
        self.running = None;
        self.state = Some(state);
        self.over = !matches!(item, Some(Ok(_)));
        Poll::Ready(item)
    }
}

impl<S: Unpin, T> Stream for Steps<S, T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_step(cx)
    }
}
