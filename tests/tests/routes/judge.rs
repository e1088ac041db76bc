//! Whether a request goes where it should, or is rightly not made.

use keyvault_codegen::Api;
use keyvault_codegen::api::{Operation, Parameter, Presence, Service};
use keyvault_rest::runtime::BuildErrorKind;
use keyvault_rest::runtime::http::Request;
use keyvault_rest::{BuildError, Endpoint, OperationMeta};
use keyvault_tests::described::{Described, described};
use keyvault_tests::given::{Given, Make};
use regex_lite::Regex;
use serde_json::Value;

use super::counts::Outcome;
use super::made::{Extent, Maker};
use super::reached::reach;
use super::target::{Target, endpoint, expect};
use super::values::is_typed;

/// An operation that is tried.
pub struct Subject<'a> {
    pub service: &'a Service,
    pub operation: &'a Operation,
    make: Make,
}

/// How the optional parameters are that are not tried themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    Given,
    LeftOut,
    Empty,
}

/// All operations of the description.
pub fn subjects<'a>(api: &'a Api) -> Vec<Subject<'a>> {
    let subject = |one: Described<'a>| Subject {
        service: one.service,
        operation: one.operation,
        make: one.make,
    };
    described(api).unwrap().into_iter().map(subject).collect()
}

impl Subject<'_> {
    /// Arguments that no operation refuses, with as little of a body as there can be.
    pub fn arguments(&self, api: &Api, others: Others) -> Given {
        let made = |extent| {
            let maker = Maker {
                api,
                extent,
                read_only: false,
            };
            maker.given(self.operation)
        };
        let mut given = made(Extent::Least);
        if others == Others::Given {
            given.parameters = made(Extent::Whole).parameters;
        }
        if others == Others::Empty {
            let empty = self.parameters().filter(|one| !is_typed(one));
            let empty = empty.filter(|one| one.presence == Presence::Optional);
            let empty = empty.map(|one| (one.wire.clone(), "".into()));
            given.parameters.extend(empty);
        }
        given
    }

    pub fn parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.operation.parameters.iter()
    }

    pub fn has_optional(&self) -> bool {
        self.parameters()
            .any(|one| one.presence == Presence::Optional)
    }

    /// Tries these arguments. An error must name one of the suspects.
    pub fn judge(&self, given: &Given, suspects: &[&Parameter]) -> Result<Outcome, String> {
        let version = &self.service.api_version;
        let judged = self.judged(given, version, &endpoint(), suspects);
        judged.map_err(|problem| {
            let values = suspects.iter().map(|one| given.parameters.get(&one.wire));
            let values: Vec<_> = values.map(shortened).collect();
            let id = &self.operation.id;
            format!("{} {id} {values:?}: {problem}", self.service.name)
        })
    }

    /// Tries these arguments at an endpoint that asks for this version.
    pub fn judge_version(&self, given: &Given, version: &str) -> Result<Outcome, String> {
        let endpoint = endpoint().with_api_version(version);
        let judged = self.judged(given, version, &endpoint, &[]);
        judged.map_err(|problem| format!("{} {version:?}: {problem}", self.operation.id))
    }

    fn judged(
        &self,
        given: &Given,
        version: &str,
        endpoint: &Endpoint,
        suspects: &[&Parameter],
    ) -> Result<Outcome, String> {
        let call = match (self.make)(given) {
            Ok(call) => call,
            Err(_) if suspects.iter().any(|one| is_typed(one)) => return Ok(Outcome::Typed),
            Err(reason) => return Err(format!("it cannot be given: {reason}")),
        };
        let target = Target::new(self.operation, version, &given.parameters);
        match (call.request)(endpoint) {
            Err(error) => self.refused(&target, given, &error, suspects),
            Ok(request) => self.reached(&target, &request, endpoint, suspects),
        }
    }

    fn reached(
        &self,
        target: &Target,
        request: &Request<Vec<u8>>,
        endpoint: &Endpoint,
        suspects: &[&Parameter],
    ) -> Result<Outcome, String> {
        target.check(request)?;
        let method = self.operation.method.as_str();
        expect("the method", request.method().as_str(), method)?;
        let reached = reach(&self.service.name, request).map_err(|error| error.to_string())?;
        if !self.is(reached.operation.meta()) {
            return Err(format!("it reached {}", reached.operation.meta().id()));
        }
        let texts = reached.texts.into_iter();
        let texts = texts.map(|(name, text)| (name.to_owned(), text)).collect();
        expect("the parameters", &texts, &target.texts)?;
        let again = reached.operation.build(endpoint);
        let again = again.map_err(|error| format!("it cannot be built again: {error}"))?;
        expect("the URL, built again,", again.uri(), request.uri())?;
        expect("the body, built again,", again.body(), request.body())?;
        let is_constant = |one: &&Parameter| matches!(one.presence, Presence::Constant(_));
        Ok(
            match suspects.iter().copied().any(|one| is_constant(&one)) {
                true => Outcome::Constant,
                false => Outcome::Reached,
            },
        )
    }

    /// Whether it is this operation, or one that nothing on the wire tells from it.
    fn is(&self, meta: &OperationMeta) -> bool {
        let route = (
            self.operation.method.as_str(),
            self.operation.path.to_string(),
        );
        let same_route = (meta.method().as_str(), meta.path().to_owned()) == route;
        let same_name =
            (meta.service().name, meta.id()) == (&self.service.name, &self.operation.id);
        same_name || same_route
    }

    fn refused(
        &self,
        target: &Target,
        given: &Given,
        error: &BuildError,
        suspects: &[&Parameter],
    ) -> Result<Outcome, String> {
        expect("the operation", error.operation(), &self.operation.id)?;
        let name = name(error.kind()).ok_or_else(|| format!("unexpected: {error}"))?;
        let named = suspects
            .iter()
            .any(|one| error.parameter() == Some(&one.wire));
        // A URL is too long as a whole.
        if !named && name != "TooLong" {
            return Err(format!("another parameter is blamed: {error}"));
        }
        let told = format!("{error} {error:?}");
        if told.len() > 500 || told.contains("evil") {
            return Err("the error quotes the value".to_owned());
        }
        match self.is_justified(target, given, error) {
            true => Ok(Outcome::Refused(name)),
            false => Err(format!("it is refused without need: {error}")),
        }
    }

    /// Whether the value would lead elsewhere, or is declared to be another one.
    fn is_justified(&self, target: &Target, given: &Given, error: &BuildError) -> bool {
        let mut parameters = self.parameters();
        let blamed = parameters.find(|one| error.parameter() == Some(&one.wire));
        let limits = blamed.map(|one| &one.constraints);
        let text = blamed.and_then(|one| given.parameters.get(&one.wire));
        let text = text.map(|text| text.as_str().map_or(text.to_string(), str::to_owned));
        let has = |wanted: &[&str]| target.segments.iter().any(|own| wanted.contains(&&**own));
        match error.kind() {
            BuildErrorKind::Empty => text.as_deref() == Some("") || has(&[""]),
            BuildErrorKind::DotSegment => has(&[".", ".."]),
            BuildErrorKind::Rival { .. } => self.leads_elsewhere(target, given),
            BuildErrorKind::TooLong { max } => target.len() > *max,
            BuildErrorKind::Pattern { pattern } => {
                let is_declared =
                    limits.is_some_and(|limits| limits.pattern.as_deref() == Some(pattern));
                let declared = Regex::new(pattern).unwrap();
                is_declared && text.is_some_and(|text| !declared.is_match(&text))
            }
            BuildErrorKind::Length { min, max } => {
                let length = text.map(|text| text.chars().count());
                length.is_some_and(|length| length < *min || length > *max)
            }
            BuildErrorKind::Range { min, max } => {
                let number = text.and_then(|text| text.parse().ok());
                number.is_some_and(|number: i64| number < *min || number > *max)
            }
            _ => false,
        }
    }

    /// Whether the service would take the path for another operation's.
    fn leads_elsewhere(&self, target: &Target, given: &Given) -> bool {
        let request = Request::builder()
            .method(self.operation.method.as_str())
            .uri(target.path())
            .body(given.body.to_string().into_bytes());
        match reach(&self.service.name, &request.unwrap()) {
            Ok(reached) => !self.is(reached.operation.meta()),
            Err(error) => error.operation() != Some(&self.operation.id),
        }
    }
}

/// The kinds that can hold nothing of a value. `None` for all others.
fn name(kind: &BuildErrorKind) -> Option<&'static str> {
    Some(match kind {
        BuildErrorKind::Empty => "Empty",
        BuildErrorKind::DotSegment => "DotSegment",
        BuildErrorKind::Pattern { .. } => "Pattern",
        BuildErrorKind::Length { .. } => "Length",
        BuildErrorKind::Range { .. } => "Range",
        BuildErrorKind::Rival { .. } => "Rival",
        BuildErrorKind::TooLong { .. } => "TooLong",
        _ => return None,
    })
}

fn shortened(value: Option<&Value>) -> String {
    let text = value.map_or_else(|| "left out".to_owned(), Value::to_string);
    text.chars().take(60).collect()
}
