//! JSON with a canary in every text and in all bytes, made from the description.

use keyvault_codegen::Api;
use keyvault_codegen::api::{
    Constraints, Field, Operation, Parameter, Presence, Scalar, Shape, Type, TypeRef,
};
use keyvault_rest::{Base64, Base64Url};
use keyvault_tests::given::Given;
use serde_json::{Map, Value, json};

/// How often a type may stand within itself.
const MAX_REPEATS: usize = 2;

/// A text of which nobody else would think, and where it was put.
#[derive(Clone, Debug)]
pub struct Canary {
    /// How it could be shown: as it is, encoded, and as bytes.
    forms: [String; 5],
    /// For whom it shows in a failure: `keys.JsonWebKey.d`
    #[expect(dead_code, reason = "it is shown by `Debug`")]
    place: String,
    is_secret: bool,
}

impl Canary {
    fn new(text: &str, place: &str, is_secret: bool) -> Self {
        let bytes = text.as_bytes();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let numbers: Vec<_> = bytes.iter().map(u8::to_string).collect();
        let encoded = Base64::from(bytes).encode();
        Self {
            forms: [
                text.to_owned(),
                encoded,
                hex,
                numbers.join(", "),
                numbers.join(","),
            ],
            place: place.to_owned(),
            is_secret,
        }
    }

    pub fn is_in(&self, shown: &Searched) -> bool {
        self.forms.iter().any(|form| shown.0.contains(form))
    }
}

/// A text in which canaries are looked for, as it is and without blanks: `{:#?}` shows bytes one a line.
pub struct Searched(String);

impl Searched {
    pub fn new(shown: &str) -> Self {
        let flat = shown.chars().filter(|c| !c.is_whitespace());
        Self(shown.chars().chain(['\n']).chain(flat).collect())
    }
}

/// Makes values, and remembers the canaries in them.
pub struct Made<'a> {
    api: &'a Api,
    pub canaries: Vec<Canary>,
    /// The types around the value that is made.
    around: Vec<TypeRef>,
}

impl<'a> Made<'a> {
    pub fn new(api: &'a Api) -> Self {
        Self {
            api,
            canaries: Vec::new(),
            around: Vec::new(),
        }
    }

    pub fn secrets(&self) -> impl Iterator<Item = &Canary> {
        self.canaries.iter().filter(|canary| canary.is_secret)
    }

    pub fn harmless(&self) -> impl Iterator<Item = &Canary> {
        self.canaries.iter().filter(|canary| !canary.is_secret)
    }

    fn canary(&mut self, place: &str, is_secret: bool) -> String {
        let kind = if is_secret { 's' } else { 'h' };
        // Nine bytes, so that base64 needs no padding: what is around leaves its form alone.
        let text = format!("{kind}Qx{:05}Z", self.canaries.len());
        self.remember(place, is_secret, text)
    }

    fn remember(&mut self, place: &str, is_secret: bool, text: String) -> String {
        self.canaries.push(Canary::new(&text, place, is_secret));
        text
    }

    /// A named type with all its members.
    pub fn named(&mut self, reference: &TypeRef) -> Value {
        let api = self.api;
        let index = api.index();
        let def = index.get(reference).unwrap();
        match &def.shape {
            Shape::Enum(def) => json!(def.variants[0].wire),
            Shape::Alias(ty) => self.value(&String::from(reference.clone()), ty, false),
            Shape::Model(fields) => {
                self.around.push(reference.clone());
                let object = self.object(reference, fields);
                self.around.pop();
                object
            }
        }
    }

    fn object(&mut self, reference: &TypeRef, fields: &[Field]) -> Value {
        let mut object = Map::new();
        for field in fields {
            if !self.is_too_deep(&field.ty) {
                let place = format!("{}.{}", String::from(reference.clone()), field.wire);
                let value = match field.secret_query {
                    true => self.url(&place),
                    false => self.value(&place, &field.ty, field.secret),
                };
                object.insert(field.wire.clone(), value);
            }
        }
        Value::Object(object)
    }

    fn is_too_deep(&self, ty: &Type) -> bool {
        let Some(reference) = ty.named() else {
            return false;
        };
        let repeats = self.around.iter().filter(|around| *around == reference);
        repeats.count() >= MAX_REPEATS
    }

    /// A URL of which all may be shown but what stands behind the question mark.
    fn url(&mut self, place: &str) -> Value {
        let (path, query) = (self.canary(place, false), self.canary(place, true));
        let fragment = self.canary(place, true);
        json!(format!(
            "https://myvault.vault.azure.net/{path}?sig={query}#{fragment}"
        ))
    }

    /// Any value.
    pub fn value(&mut self, place: &str, ty: &Type, is_secret: bool) -> Value {
        match ty {
            Type::Named(reference) => self.named(reference),
            Type::List(item) => {
                let items = [0, 1].map(|_| self.value(place, item, is_secret));
                Value::Array(items.into())
            }
            Type::Map(value) => {
                let name = self.canary(place, is_secret);
                json!({name: self.value(place, value, is_secret)})
            }
            Type::Json => json!({"any": [self.canary(place, is_secret)]}),
            Type::Scalar(scalar) => self.scalar(place, *scalar, is_secret),
        }
    }

    fn scalar(&mut self, place: &str, scalar: Scalar, is_secret: bool) -> Value {
        match scalar {
            Scalar::Bool => json!(true),
            Scalar::I32 | Scalar::I64 | Scalar::F64 => json!(7),
            Scalar::Rfc3339 => json!("2024-05-06T07:08:09Z"),
            Scalar::UnixSeconds => json!(1_715_000_000),
            Scalar::String | Scalar::Uuid | Scalar::Uri | Scalar::Duration => {
                json!(self.canary(place, is_secret))
            }
            Scalar::Base64 => {
                json!(Base64::from(self.canary(place, is_secret).as_bytes()).encode())
            }
            Scalar::Base64Url => {
                json!(Base64Url::from(self.canary(place, is_secret).as_bytes()).encode())
            }
        }
    }

    /// All arguments of an operation.
    pub fn arguments(&mut self, operation: &Operation) -> Given {
        let mut given = Given::default();
        for parameter in &operation.parameters {
            if !matches!(parameter.presence, Presence::Constant(_)) {
                let value = self.parameter(operation, parameter);
                given.parameters.insert(parameter.wire.clone(), value);
            }
        }
        if let Some(body) = &operation.body {
            given.body = self.value(&operation.id, &body.ty, false);
        }
        given
    }

    fn parameter(&mut self, operation: &Operation, parameter: &Parameter) -> Value {
        let place = format!("{}({})", operation.id, parameter.wire);
        match &parameter.ty {
            Type::Scalar(Scalar::I32 | Scalar::I64) => json!(least(&parameter.constraints)),
            Type::Scalar(_) if is_hexadecimal(&parameter.constraints) => {
                let text = format!("{:032x}", 0xca_9a_12 + self.canaries.len());
                json!(self.remember(&place, parameter.secret, text))
            }
            ty => self.value(&place, ty, parameter.secret),
        }
    }
}

fn least(constraints: &Constraints) -> i64 {
    constraints.minimum.unwrap_or(1)
}

/// Whether only the name of a version fits.
fn is_hexadecimal(constraints: &Constraints) -> bool {
    let pattern = constraints.pattern.as_deref();
    pattern.is_some_and(|pattern| pattern.contains("a-f") && !pattern.contains("a-z"))
}

/// That no secret is shown, and all else is.
pub fn assert_discreet(made: &Made<'_>, shown: &str, what: &str) {
    assert_silent(made.secrets(), shown, what);
    let searched = Searched::new(shown);
    for canary in made.harmless() {
        assert!(
            canary.is_in(&searched),
            "{what} does not show {canary:?}: {shown}"
        );
    }
}

/// That none of them is shown.
pub fn assert_silent<'a>(canaries: impl Iterator<Item = &'a Canary>, shown: &str, what: &str) {
    let searched = Searched::new(shown);
    for canary in canaries {
        assert!(!canary.is_in(&searched), "{what} shows {canary:?}: {shown}");
    }
}
