use super::Client;
use crate::{
    Error, LongRunningError, LongRunningErrorKind, Operation, Response, ServiceError, Settled,
    SettlingOperation, Until,
};
use std::time::{Duration, Instant};

/// Waiting for effects that show some time after the response: soft delete, recovery, purge.
impl Client {
    /// Deletes or recovers an object, and waits until that has taken effect.
    ///
    /// After a deletion the object can be recovered or purged then, after a recovery it can be used. A caller who may not
    /// read the object waits for 403 instead, which shows it as well.
    ///
    /// # Errors
    /// As for [`send`](Self::send), and [`Error::LongRunning`] if the effect has not shown when the time of
    /// [`wait_at_most`](super::CallOptions::wait_at_most) is up.
    pub async fn send_and_settle<O>(&self, operation: O) -> Result<Response<O::Output>, Error>
    where
        O: SettlingOperation + Send + Sync,
        O::Probe: Send + Sync,
        O::Output: Send,
    {
        let response = self.send_ref(&operation).await?;
        self.wait_until_found(operation.probe()).await?;
        Ok(response)
    }

    /// Asks until the object can be found, and gives the response: `None` if it is there but the caller may not read it.
    ///
    /// # Errors
    /// As for [`send_and_settle`](Self::send_and_settle).
    pub async fn wait_until_found<O: Operation>(
        &self,
        probe: O,
    ) -> Result<Option<Response<O::Output>>, Error> {
        self.wait_until(&probe, Until::Found).await
    }

    /// Asks until the object cannot be found.
    ///
    /// # Errors
    /// As for [`send_and_settle`](Self::send_and_settle).
    pub async fn wait_until_gone<O: Operation>(&self, probe: O) -> Result<(), Error> {
        self.wait_until(&probe, Until::Gone).await.map(drop)
    }

    /// Sends a request, again and again as long as an object that is being deleted, purged or recovered stands in its
    /// way. A purge has no other sign of its end: its name is free some 30 seconds later.
    ///
    /// # Errors
    /// As for [`send_and_settle`](Self::send_and_settle). A deleted object that nobody purges stays in the way for as long
    /// as the service keeps it.
    pub async fn send_once_free<O: Operation>(
        &self,
        operation: O,
    ) -> Result<Response<O::Output>, Error> {
        loop {
            if let Some(response) = self.wait_until(&operation, Until::Free).await? {
                return Ok(response);
            }
        }
    }

    async fn wait_until<O: Operation>(
        &self,
        probe: &O,
        until: Until,
    ) -> Result<Option<Response<O::Output>>, Error> {
        let begun = Instant::now();
        loop {
            let last = match self.send_ref(probe).await {
                Ok(response) if until.success() == Settled::Yes => return Ok(Some(response)),
                Ok(response) => {
                    ServiceError::new(response.status(), response.headers().clone(), Vec::new())
                }
                Err(Error::Service(error)) => match until.error(&error) {
                    Settled::Yes => return Ok(None),
                    Settled::NotYet => *error,
                    Settled::Error => return Err(Error::Service(error)),
                },
                Err(error) => return Err(error),
            };
            let interval = self.settle_interval();
            if begun.elapsed().saturating_add(interval) >= self.options.wait_at_most {
                let kind = LongRunningErrorKind::StillRunning;
                return Err(LongRunningError::new(O::META.id(), kind, None, last).into());
            }
            self.shared.transport.sleep(interval).await;
        }
    }

    fn settle_interval(&self) -> Duration {
        const USUAL: Duration = Duration::from_secs(2);
        let interval = self.options.poll_interval.unwrap_or(USUAL);
        interval.min(self.options.longest_poll_interval)
    }
}
