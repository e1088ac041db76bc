//! Arguments and bodies made from the description, so that every operation and every member is met.

use keyvault_codegen::Api;
use keyvault_codegen::api::{
    Access, Field, Operation, Parameter, Presence, Scalar, Shape, Type, TypeRef,
};
use keyvault_tests::given::Given;
use serde_json::{Map, Value, json};

const UUID: &str = "5a1f7c1e-8f3b-4a53-9a53-2f4f0e6d9c01";
const HEX: &str = "0123456789abcdef0123456789abcdef";
/// What a value without a pattern may be: everything that means something in a URL.
const HOSTILE: &str = "a b/é%2F+&=?#~";

/// How much of a value there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What is required.
    Least,
    /// All that is declared.
    Whole,
}

/// Makes values for a description.
pub struct Maker<'a> {
    pub api: &'a Api,
    pub extent: Extent,
    /// Whether members are there that only the service sets.
    pub read_only: bool,
}

impl Maker<'_> {
    /// The arguments of an operation.
    pub fn given(&self, operation: &Operation) -> Given {
        let wanted = |parameter: &&Parameter| match parameter.presence {
            Presence::Required => true,
            Presence::Optional => self.extent == Extent::Whole,
            Presence::Constant(_) => false,
        };
        let parameters = operation.parameters.iter().filter(wanted);
        let parameters = parameters.map(|one| (one.wire.clone(), self.argument(one)));
        let body = operation.body.as_ref();
        let body = body.filter(|body| body.required || self.extent == Extent::Whole);
        Given {
            parameters: parameters.collect(),
            body: body.map_or(Value::Null, |body| self.value(&body.ty, 0)),
        }
    }

    fn argument(&self, parameter: &Parameter) -> Value {
        let limits = &parameter.constraints;
        let text = match limits.pattern.as_deref() {
            _ if parameter.raw => "/keys/k 1é",
            Some(pattern) if pattern.contains("{32}") => HEX,
            Some(_) => "abc",
            None => HOSTILE,
        };
        match parameter.ty {
            Type::Scalar(Scalar::String) => text.into(),
            Type::Scalar(Scalar::I32 | Scalar::I64) => limits.minimum.unwrap_or(7).into(),
            _ => self.value(&parameter.ty, 0),
        }
    }

    /// A value of a type. What is too deep within itself is left out.
    pub fn value(&self, ty: &Type, depth: usize) -> Value {
        match ty {
            Type::Named(reference) => self.named(reference, depth),
            Type::List(item) => json!([self.value(item, depth + 1)]),
            Type::Map(value) => json!({"é \"": self.value(value, depth + 1)}),
            Type::Json => json!({"any": [1, null, {"x": "y"}]}),
            Type::Scalar(scalar) => scalar_value(*scalar),
        }
    }

    fn named(&self, reference: &TypeRef, depth: usize) -> Value {
        let index = self.api.index();
        let Some(def) = index.get(reference) else {
            return Value::Null;
        };
        match &def.shape {
            Shape::Model(fields) => {
                let members = fields.iter().filter(|field| self.is_wanted(field, depth));
                let members =
                    members.map(|field| (field.wire.clone(), self.value(&field.ty, depth + 1)));
                Value::Object(members.collect::<Map<_, _>>())
            }
            Shape::Alias(ty) => self.value(ty, depth),
            Shape::Enum(def) => match def.variants.last() {
                Some(variant) if !(def.open && self.extent == Extent::Whole) => {
                    variant.wire.clone().into()
                }
                _ => "newer than the crate".into(),
            },
        }
    }

    fn is_wanted(&self, field: &Field, depth: usize) -> bool {
        let is_set = self.read_only || field.access != Access::ReadOnly;
        let is_deep = depth > 6;
        match field.presence {
            Presence::Required => is_set,
            _ => is_set && !is_deep && self.extent == Extent::Whole,
        }
    }
}

fn scalar_value(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Bool => true.into(),
        Scalar::I32 => i32::MIN.into(),
        Scalar::I64 => i64::MAX.into(),
        Scalar::F64 => 0.5.into(),
        Scalar::String => "é\n\"".into(),
        Scalar::Uuid => UUID.into(),
        Scalar::Uri => "https://host/a?b=c".into(),
        Scalar::Duration => "P90D".into(),
        Scalar::Rfc3339 => "2026-01-02T03:04:05.678Z".into(),
        Scalar::UnixSeconds => 1_500_000_000.into(),
        Scalar::Base64 => "+/8=".into(),
        Scalar::Base64Url => "-_8".into(),
    }
}
