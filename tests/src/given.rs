//! Arguments as JSON, and calls whose operation is not known by type.

use keyvault_rest::client::{BoxFuture, Pages, Poller, Progress};
use keyvault_rest::runtime::WipedBody;
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::{
    BuildError, Client, Endpoint, Error, LongRunningOperation, Operation, PagedOperation,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt::Debug;

/// The arguments of a call.
#[derive(Debug, Default)]
pub struct Given {
    /// Parameters by their names on the wire.
    pub parameters: Map<String, Value>,
    /// The body, null if there is none.
    pub body: Value,
}

impl Given {
    /// An argument that must be there.
    pub fn required<T: DeserializeOwned>(&self, name: &str) -> Result<T, String> {
        let value = self.optional(name)?;
        value.ok_or_else(|| format!("the argument `{name}` is missing"))
    }

    /// An argument that may be left out.
    pub fn optional<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, String> {
        let Some(value) = self.parameters.get(name) else {
            return Ok(None);
        };
        let failed = |error| format!("the argument `{name}`: {error}");
        match serde_json::from_value(value.clone()) {
            Ok(read) => Ok(Some(read)),
            // Numbers and booleans are sometimes written as texts.
            Err(error) => match value.as_str().map(serde_json::from_str) {
                Some(Ok(read)) => Ok(Some(read)),
                _ => Err(failed(error)),
            },
        }
    }

    /// A body that must be there.
    pub fn required_body<T: DeserializeOwned>(&self) -> Result<T, String> {
        let body = self.body()?;
        body.ok_or_else(|| "the body is missing".to_owned())
    }

    /// A body that may be left out.
    pub fn body<T: DeserializeOwned>(&self) -> Result<Option<T>, String> {
        if self.body.is_null() {
            return Ok(None);
        }
        let read = serde_json::from_value(self.body.clone());
        read.map(Some).map_err(|error| format!("the body: {error}"))
    }
}

/// Makes a call of arguments.
pub type Make = fn(&Given) -> Result<Call, String>;

/// An operation: its service, its id, and what makes a call of it.
pub type Entry = (&'static str, &'static str, Make);

/// Reads a model from a JSON text, and shows it; or the error, in both of its forms.
pub type Show = fn(&str) -> Result<String, String>;

/// A model: its service, its name, and what reads and shows it.
pub type Model = (&'static str, &'static str, Show);

/// Makes a request.
pub type MakeRequest = dyn Fn(&Endpoint) -> Result<Request<Vec<u8>>, BuildError>;

/// Makes a request that is wiped.
pub type MakeWiped = dyn Fn(&Endpoint) -> Result<Request<WipedBody>, BuildError>;

/// Shows something.
pub type Shown = dyn Fn() -> String;

/// Reads a response and shows it.
pub type ShowResponse = dyn Fn(Response<Vec<u8>>) -> Result<String, Error>;

/// Reads a response and writes its body again.
pub type Reread = dyn Fn(Response<Vec<u8>>) -> Result<Value, Error>;

/// Sends, and writes the body of the response again.
pub type Send = dyn Fn(Client) -> BoxFuture<'static, Result<Value, Error>>;

/// Asks until the object can be found.
pub type Find = dyn Fn(Client) -> BoxFuture<'static, Result<(), Error>>;

/// Goes through pages, from the first one or from that of a link.
pub type List = dyn Fn(&Client, Option<&str>) -> Result<Box<dyn AnyPages>, Error>;

/// Sends, and goes with the operation to its end.
pub type Begin = dyn Fn(Client) -> BoxFuture<'static, Result<Box<dyn AnyPoller>, Error>>;

/// A request builder behind functions.
pub struct Call {
    /// Makes the request.
    pub request: Box<MakeRequest>,
    /// Makes the request with a body that is wiped.
    pub wiped_request: Box<MakeWiped>,
    /// Shows the request builder, and what is known of its operation.
    pub shown: Box<Shown>,
    /// Reads a response and shows it, with its page if it is one.
    pub show: Box<ShowResponse>,
    /// Reads a response and writes its body again.
    pub reread: Box<Reread>,
    /// Sends with a client.
    pub send: Box<Send>,
    /// Waits with a client until the object can be found.
    pub find: Box<Find>,
    /// Lists with a client, if the result comes in pages.
    pub list: Option<Box<List>>,
    /// Begins with a client, if the operation goes on after its first response.
    pub begin: Option<Box<Begin>>,
}

/// Pages whose items are counted alone.
pub trait AnyPages {
    /// The number of items of the next page, and whether another one follows.
    fn next(&mut self) -> BoxFuture<'_, Option<Result<(usize, bool), Error>>>;
}

impl<O: PagedOperation<Item: std::marker::Send> + std::marker::Send + Sync> AnyPages for Pages<O> {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<(usize, bool), Error>>> {
        Box::pin(async {
            let page = Pages::next(self).await?;
            Some(page.map(|page| (page.items().len(), page.next_link().is_some())))
        })
    }
}

/// A poller whose result is JSON.
pub trait AnyPoller {
    /// One poll.
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Progress, Error>>>;

    /// To the end.
    fn wait(&mut self) -> BoxFuture<'_, Result<Value, Error>>;
}

impl<O: LongRunningOperation<Final: Serialize>> AnyPoller for Poller<O> {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Progress, Error>>> {
        Box::pin(Poller::next(self))
    }

    fn wait(&mut self) -> BoxFuture<'_, Result<Value, Error>> {
        Box::pin(async { Poller::wait(self).await.map(written) })
    }
}

fn written<T: Serialize>(response: keyvault_rest::Response<T>) -> Value {
    serde_json::to_value(response.into_body()).unwrap_or_default()
}

/// Both forms in which `Debug` shows a value.
pub fn debug<T: Debug>(value: &T) -> String {
    format!("{value:?}\n{value:#?}\n")
}

/// Reads a model from a JSON text, and shows it.
pub fn show<T: DeserializeOwned + Debug>(json: &str) -> Result<String, String> {
    let read = serde_json::from_str::<T>(json);
    let again = serde_json::from_str(json).and_then(serde_json::from_value::<T>);
    let shown = [read, again].map(|read| match read {
        Ok(model) => Ok(debug(&model)),
        Err(error) => Err(format!("{error}\n{}", debug(&error))),
    });
    let [read, again] = shown;
    Ok(read? + &again?)
}

/// Hides the type of an operation.
pub fn finish<O>(operation: O) -> Call
where
    O: Operation + Clone + Debug + std::marker::Send + Sync + 'static,
    O::Output: Serialize + Debug + std::marker::Send,
{
    let (reader, sender, finder) = (operation.clone(), operation.clone(), operation.clone());
    let (wiped, built, shower) = (operation.clone(), operation.clone(), operation.clone());
    Call {
        wiped_request: Box::new(move |endpoint| wiped.wiped_request(endpoint)),
        shown: Box::new(move || debug(&built) + &debug(&O::META)),
        show: Box::new(move |response| Ok(debug(&shower.response(response)?))),
        request: Box::new(move |endpoint| operation.request(endpoint)),
        reread: Box::new(move |response| reader.response(response).map(written)),
        send: Box::new(move |client| {
            let operation = sender.clone();
            Box::pin(async move { client.send(operation).await.map(written) })
        }),
        find: Box::new(move |client| {
            let operation = finder.clone();
            Box::pin(async move { client.wait_until_found(operation).await.map(drop) })
        }),
        list: None,
        begin: None,
    }
}

/// Hides the type of an operation whose result comes in pages.
pub fn finish_paged<O>(operation: O) -> Call
where
    O: PagedOperation<Item: Debug + std::marker::Send> + Clone + Debug,
    O: std::marker::Send + Sync + 'static,
    O::Output: Serialize + Debug + std::marker::Send,
{
    let (lister, shower) = (operation.clone(), operation.clone());
    let list: Box<List> = Box::new(move |client, link| {
        Ok(Box::new(match link {
            Some(link) => client.pages_from(lister.clone(), link)?,
            None => client.pages(lister.clone()),
        }))
    });
    Call {
        list: Some(list),
        show: Box::new(move |response| {
            let response = shower.response(response)?;
            Ok(debug(&response) + &debug(&O::page(response.into_body())))
        }),
        ..finish(operation)
    }
}

/// Hides the type of an operation that goes on after its first response.
pub fn finish_long_running<O>(operation: O) -> Call
where
    O: LongRunningOperation<Final: Serialize> + Clone + Debug,
    O: std::marker::Send + Sync + 'static,
    O::Output: Serialize + Debug + std::marker::Send,
{
    let beginner = operation.clone();
    let begin: Box<Begin> = Box::new(move |client| {
        let operation = beginner.clone();
        Box::pin(async move {
            let poller = client.poller(operation).await?;
            Ok(Box::new(poller) as Box<dyn AnyPoller>)
        })
    });
    Call {
        begin: Some(begin),
        ..finish(operation)
    }
}
