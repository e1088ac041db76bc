use crate::parameter::{Parameter, Place};
use crate::{Argument, BuildError, BuildErrorKind, OperationMeta, WipedBody, Wire, json};
use zeroize::Zeroizing;

/// Collects the arguments of an operation: texts by the name of their parameter, and the body.
pub struct Arguments<'a> {
    pub(super) meta: &'a OperationMeta,
    texts: Vec<Option<Zeroizing<String>>>,
    body: Option<WipedBody>,
    failure: Option<BuildError>,
}

impl<'a> Arguments<'a> {
    pub(crate) fn new(meta: &'a OperationMeta) -> Self {
        let texts = meta.declared_parameters().iter().map(|_| None).collect();
        Self {
            meta,
            texts,
            body: None,
            failure: None,
        }
    }

    /// Sets the value of a parameter. A constant keeps its own.
    pub fn put(&mut self, name: &'static str, value: &dyn Argument) {
        let text = value.text().map(|text| Zeroizing::new(text.into_owned()));
        match self
            .meta
            .declared_parameters()
            .iter()
            .position(|parameter| parameter.name == name)
        {
            Some(index) => self.texts[index] = text,
            None => self.fail(BuildError::of_parameter(
                self.meta.id(),
                name,
                BuildErrorKind::Undeclared,
            )),
        }
    }

    /// Sets the body. Members that only the service sets are left out.
    pub fn json<T: Wire>(&mut self, body: &T) {
        if body.is_absent() {
            return;
        }
        match json::to_request_body(body) {
            Ok(body) => self.body = Some(body),
            Err(error) => self.fail_body(&error),
        }
    }

    fn fail_body(&mut self, error: &serde_json::Error) {
        let kind = BuildErrorKind::Body {
            reason: error.to_string(),
        };
        self.fail(BuildError::of_operation(self.meta.id(), kind));
    }

    /// Keeps the first failure for [`finish`](Self::finish).
    fn fail(&mut self, error: BuildError) {
        self.failure.get_or_insert(error);
    }

    /// Hands out the body, unless something failed on the way.
    pub(super) fn finish(mut self) -> Result<(Self, Option<WipedBody>), BuildError> {
        match self.failure.take() {
            Some(error) => Err(error),
            None => {
                let body = self.body.take();
                Ok((self, body))
            }
        }
    }

    /// The declared parameters of one place with their values, in order.
    pub(super) fn of(
        &self,
        place: Place,
    ) -> impl Iterator<Item = (&'static Parameter, Option<&str>)> {
        let declared = self.meta.declared_parameters().iter().zip(&self.texts);
        declared
            .filter(move |(parameter, _)| parameter.place == place)
            .map(|(parameter, text)| {
                (
                    parameter,
                    parameter
                        .constant
                        .or(text.as_ref().map(|text| text.as_str())),
                )
            })
    }

    /// The error for a parameter.
    pub(super) fn refuse(&self, parameter: &Parameter, kind: BuildErrorKind) -> BuildError {
        BuildError::of_parameter(self.meta.id(), parameter.name, kind)
    }

    /// The error for the operation as a whole.
    pub(super) fn refuse_all(&self, kind: BuildErrorKind) -> BuildError {
        BuildError::of_operation(self.meta.id(), kind)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{meta, refusal, target};
    use super::*;
    use crate::Json;
    use crate::wiped::watch;

    #[test]
    fn an_undeclared_parameter_is_an_error() {
        let error = refusal(meta("/a", &[]), &[("x", "hunter2")]);
        assert_eq!(error.to_string(), "Test: the parameter `x` is not declared");
    }

    #[test]
    fn a_constant_keeps_its_value() {
        let x = Parameter::query("x").constant("1");
        assert_eq!(
            target(meta("/a", &[x]).without_api_version(), &[]),
            "/a?x=1"
        );
        assert_eq!(
            target(meta("/a", &[x]).without_api_version(), &[("x", "2")]),
            "/a?x=1"
        );
    }

    #[test]
    fn a_body_that_is_no_json_is_an_error() {
        let meta = meta("/a", &[]);
        let mut arguments = Arguments::new(&meta);
        arguments.json(&f64::NAN);
        arguments.put("x", &1_i64);
        let error = arguments.finish().err().unwrap();
        assert_eq!(
            error.to_string(),
            "Test: the body cannot be written as JSON: a number is not finite"
        );
    }

    #[test]
    fn a_body_is_wiped_in_each_place_that_it_was_written_to() {
        let secret = crate::Secret::base64("canary".repeat(1000));
        let meta = meta("/a", &[]);
        watch::begin();
        let mut arguments = Arguments::new(&meta);
        arguments.json(&secret);
        let body = arguments.finish().unwrap().1.unwrap();
        assert_eq!(body.len(), secret.expose().len() + 2);
        drop(body);
        let seen = watch::end();
        let holders = seen.iter().filter(|gone| gone.held_any_of(secret.expose()));
        assert!(holders.count() >= 2, "it did not grow, or was not let go");
        assert!(seen.iter().all(watch::LetGo::is_wiped));
    }

    #[test]
    fn a_body_that_is_not_sent_is_wiped() {
        let meta = meta("/a", &[]);
        watch::begin();
        let mut arguments = Arguments::new(&meta);
        arguments.json(&crate::Secret::from("canary"));
        arguments.put("x", &1_i64);
        assert!(arguments.finish().is_err());
        let seen = watch::end();
        assert!(
            seen.iter()
                .any(|gone| gone.held_any_of("canary") && gone.is_wiped())
        );
    }

    #[test]
    fn an_absent_body_is_none() {
        let meta = meta("/a", &[]);
        let mut arguments = Arguments::new(&meta);
        arguments.json(&Option::<Json>::None);
        assert!(arguments.finish().unwrap().1.is_none());
    }
}
