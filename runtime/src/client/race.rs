use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// The result of the work, unless the end is ready before it. Work that is done at once has no end begun for it.
pub(super) async fn race<T, E: Future<Output = ()>>(
    work: impl Future<Output = T>,
    end: impl FnOnce() -> E,
) -> Option<T> {
    let mut work = pin!(work);
    if let Poll::Ready(result) = poll_fn(|cx| Poll::Ready(work.as_mut().poll(cx))).await {
        return Some(result);
    }
    let mut end = pin!(end());
    poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(result) => Poll::Ready(Some(result)),
        Poll::Pending => end.as_mut().poll(cx).map(|()| None),
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::{pending, ready};
    use std::task::{Context, Waker};

    fn first<T>(race: impl Future<Output = Option<T>>) -> Option<T> {
        match pin!(race).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => result,
            Poll::Pending => panic!("neither the work nor the end is ready"),
        }
    }

    #[test]
    fn work_that_is_done_at_once_needs_no_end() {
        let end = || -> std::future::Ready<()> { panic!("an end was begun") };
        assert_eq!(first(race(ready(1), end)), Some(1));
    }

    #[test]
    fn work_that_goes_on_is_ended() {
        assert_eq!(first(race(pending::<u8>(), || ready(()))), None);
    }
}
