use super::incoming::Incoming;
use super::router::Found;
use super::{FromArgument, RequestError, RequestErrorKind, ServedOperation};
use crate::parameter::{Parameter, Place};
use crate::{OperationMeta, Wire, json, request};
use std::borrow::Cow;

/// What a request has for the arguments of its operation: the way back from [`Arguments`](crate::Arguments).
pub struct Given<'a> {
    operation: &'static OperationMeta,
    request: &'a Incoming<'a>,
    in_path: Vec<(&'static str, Cow<'a, str>)>,
}

impl<'a> Given<'a> {
    pub(super) fn new(request: &'a Incoming<'a>, found: Found<'a>) -> Self {
        Self {
            operation: found.operation,
            request,
            in_path: found.values,
        }
    }

    /// The operation that the request is one of.
    pub(super) fn operation(&self) -> &'static OperationMeta {
        self.operation
    }

    /// Reads the request of this operation.
    pub(super) fn read<O: ServedOperation>(&self) -> Result<O, RequestError> {
        self.check_route()?;
        self.check_constants()?;
        O::from_arguments(self)
    }

    /// A path that is another operation's once its empty segments are left out is none of this one.
    fn check_route(&self) -> Result<(), RequestError> {
        let segments = self.request.segments.iter().map(|segment| &**segment);
        let segments = segments.filter(|segment| !segment.is_empty());
        match request::rival(self.operation, segments) {
            Some(_) => Err(RequestErrorKind::NoRoute.into()),
            None => Ok(()),
        }
    }

    /// The value of a parameter by its name on the wire.
    ///
    /// # Errors
    /// If it is missing but required, there more than once, or not what the parameter declares.
    pub fn take<T: FromArgument>(&self, name: &'static str) -> Result<T, RequestError> {
        let refuse = |kind| RequestError::of_parameter(self.operation.id(), name, kind);
        let mut parameters = self.operation.declared_parameters().iter();
        let parameter = parameters.find(|parameter| parameter.name == name);
        let parameter = parameter.ok_or_else(|| refuse(RequestErrorKind::Undeclared))?;
        let Some(text) = self.text(parameter).map_err(refuse)? else {
            return T::left_out().ok_or_else(|| refuse(RequestErrorKind::Missing));
        };
        request::check_value(parameter, text)
            .map_err(|kind| refuse(RequestErrorKind::Refused(kind)))?;
        T::from_text(text).map_err(|error| refuse(RequestErrorKind::Type(error)))
    }

    /// The body.
    ///
    /// # Errors
    /// If it is no JSON of this type, or there is none but should be.
    pub fn json<T: Wire>(&self) -> Result<T, RequestError> {
        let refuse = |reason: String| RequestError::of_body(self.operation.id(), reason);
        let body = json::without_mark(self.request.body);
        if body.trim_ascii().is_empty() {
            return T::absent().ok_or_else(|| refuse("it is missing".to_owned()));
        }
        json::from_slice(body).map_err(|error| refuse(error.to_string()))
    }

    /// What can only have one value must have it. The version is up to the caller.
    fn check_constants(&self) -> Result<(), RequestError> {
        let parameters = self.operation.declared_parameters().iter();
        for parameter in parameters.filter(|parameter| parameter.name != "api-version") {
            let Some(expected) = parameter.constant else {
                continue;
            };
            let refuse =
                |kind| RequestError::of_parameter(self.operation.id(), parameter.name, kind);
            match self.text(parameter).map_err(refuse)? {
                Some(text) if text == expected => {}
                Some(_) => return Err(refuse(RequestErrorKind::Constant { expected })),
                None => return Err(refuse(RequestErrorKind::Missing)),
            }
        }
        Ok(())
    }

    /// The text of a parameter, decoded.
    fn text(&self, parameter: &Parameter) -> Result<Option<&str>, RequestErrorKind> {
        match parameter.place {
            Place::Path => Ok(self.in_path(parameter.name)),
            Place::Query => only(self.request.in_query(parameter.name)),
            Place::Header => {
                let values = self.request.headers.get_all(parameter.name).iter();
                let texts: Result<Vec<_>, _> = values.map(|value| value.to_str()).collect();
                only(texts.map_err(|_| RequestErrorKind::Encoding)?.into_iter())
            }
        }
    }

    fn in_path(&self, name: &str) -> Option<&str> {
        let mut values = self.in_path.iter();
        let found = values.find(|(own, _)| *own == name);
        found.map(|(_, text)| &**text)
    }
}

/// The only one, if there is any.
fn only<'a>(
    mut values: impl Iterator<Item = &'a str>,
) -> Result<Option<&'a str>, RequestErrorKind> {
    match (values.next(), values.next()) {
        (value, None) => Ok(value),
        (_, Some(_)) => Err(RequestErrorKind::Repeated),
    }
}
