use std::collections::HashMap;
use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The open connections of a server, and whether it is at its end.
///
/// Whatever a connection waits for, the end of the server ends it: pauses watch the flag, and reads and writes
/// fail once their socket is shut down.
#[derive(Default)]
pub(crate) struct Connections {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    stopped: bool,
    accepted: usize,
    open: HashMap<usize, TcpStream>,
}

impl Connections {
    /// Takes up a connection; nothing if the server is at its end.
    pub(crate) fn open(self: &Arc<Self>, socket: &TcpStream) -> io::Result<Option<Open>> {
        let copy = socket.try_clone()?;
        let mut state = self.state();
        if state.stopped {
            return Ok(None);
        }
        let index = state.accepted;
        state.accepted += 1;
        state.open.insert(index, copy);
        Ok(Some(Open {
            index,
            connections: Arc::clone(self),
        }))
    }

    /// How many connections there have been.
    pub(crate) fn accepted(&self) -> usize {
        self.state().accepted
    }

    pub(crate) fn stopped(&self) -> bool {
        self.state().stopped
    }

    /// Ends all connections, and whatever they wait for.
    pub(crate) fn stop(&self) {
        let mut state = self.state();
        state.stopped = true;
        for socket in state.open.values() {
            // It fails for a connection that is closed already.
            let _ = socket.shutdown(Shutdown::Both);
        }
        self.changed.notify_all();
    }

    /// Waits until all connections are closed, for so long at most: a handler may take its time.
    pub(crate) fn wait_until_closed(&self, at_most: Duration) {
        drop(
            self.changed
                .wait_timeout_while(self.state(), at_most, |state| !state.open.is_empty()),
        );
    }

    /// Waits; false if the server came to its end meanwhile.
    pub(crate) fn pause(&self, duration: Duration) -> bool {
        if duration.is_zero() {
            return true;
        }
        let (state, _) = self
            .changed
            .wait_timeout_while(self.state(), duration, |state| !state.stopped)
            .unwrap_or_else(PoisonError::into_inner);
        !state.stopped
    }

    fn close(&self, index: usize) {
        self.state().open.remove(&index);
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that the server knows of, for as long as this lives.
pub(crate) struct Open {
    pub(crate) index: usize,
    pub(crate) connections: Arc<Connections>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.connections.close(self.index);
    }
}
