//! Comparison of recorded JSON with what the bindings make of it, member by member along the description.

use std::collections::BTreeSet;

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use keyvault_codegen::Api;
use keyvault_codegen::api::{Access, Field, Scalar, Shape, Type, TypeRef};
use keyvault_rest::runtime::time::OffsetDateTime;
use keyvault_rest::runtime::time::format_description::well_known::Rfc3339;
use serde_json::{Map, Value};

/// Which way the JSON goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Request,
    Response,
}

pub(super) struct Comparison<'a> {
    pub(super) api: &'a Api,
    pub(super) way: Way,
    pub(super) exceptions: &'a mut BTreeSet<String>,
}

/// The first difference that has no reason.
type Compared = Result<(), String>;

impl Comparison<'_> {
    /// Compares a recorded value of a declared type with what the bindings wrote.
    pub(super) fn compare(
        &mut self,
        ty: &Type,
        at: &str,
        recorded: &Value,
        written: &Value,
    ) -> Compared {
        if recorded.is_null() && !matches!(ty, Type::Json) {
            self.except("an explicit null is as good as nothing");
            return match written.is_null() {
                true => Ok(()),
                false => Err(format!("{at}: null became {}", shown(written))),
            };
        }
        match ty {
            Type::Named(reference) => self.named(reference, at, recorded, written),
            Type::List(item) => self.list(item, at, recorded, written),
            Type::Map(value) => self.map(value, at, recorded, written),
            Type::Json => same(at, recorded, written),
            Type::Scalar(scalar) => self.scalar(*scalar, at, recorded, written),
        }
    }

    fn except(&mut self, what: &str) {
        self.exceptions.insert(what.to_owned());
    }

    fn named(
        &mut self,
        reference: &TypeRef,
        at: &str,
        recorded: &Value,
        written: &Value,
    ) -> Compared {
        let api = self.api;
        let def = api.index().get(reference).map(|def| def.shape.clone());
        match def.ok_or_else(|| format!("{at}: there is no type {}", reference.name))? {
            Shape::Model(fields) => self.model(&fields, at, recorded, written),
            Shape::Alias(ty) => self.compare(&ty, at, recorded, written),
            Shape::Enum(_) => self.letters(at, recorded, written),
        }
    }

    fn model(&mut self, fields: &[Field], at: &str, recorded: &Value, written: &Value) -> Compared {
        match (recorded, written) {
            (Value::Object(recorded), Value::Object(written)) => {
                self.members(fields, at, recorded, written)
            }
            (Value::String(text), Value::Object(written)) => {
                let within: Value = serde_json::from_str(text)
                    .map_err(|_| format!("{at}: a text became an object"))?;
                let within = within.as_object();
                let within = within.ok_or_else(|| format!("{at}: a text became an object"))?;
                self.except("an object that comes as JSON within a text is written as an object");
                self.members(fields, at, within, written)
            }
            _ => differ(at, recorded, written),
        }
    }

    fn members(
        &mut self,
        fields: &[Field],
        at: &str,
        recorded: &Map<String, Value>,
        written: &Map<String, Value>,
    ) -> Compared {
        for (name, value) in recorded {
            let at = format!("{at}.{name}");
            let own = written.get(name);
            let Some(field) = fields.iter().find(|field| field.wire == *name) else {
                self.undeclared(&at, own)?;
                continue;
            };
            match own {
                Some(own) => self.compare(&field.ty, &at, value, own)?,
                None if value.is_null() => self.except("an explicit null is as good as nothing"),
                None if self.way == Way::Request && field.access == Access::ReadOnly => {
                    self.except("a member that only the service sets is not sent");
                }
                None => return Err(format!("{at} is lost")),
            }
        }
        no_more(at, recorded, written)
    }

    fn undeclared(&mut self, at: &str, written: Option<&Value>) -> Compared {
        self.except("a member that is not declared is passed over");
        match written {
            None => Ok(()),
            Some(_) => Err(format!("{at} is not declared, but written")),
        }
    }

    fn list(&mut self, item: &Type, at: &str, recorded: &Value, written: &Value) -> Compared {
        let (Value::Array(recorded), Value::Array(written)) = (recorded, written) else {
            return differ(at, recorded, written);
        };
        if recorded.len() != written.len() {
            let (before, after) = (recorded.len(), written.len());
            return Err(format!("{at}: {before} items became {after}"));
        }
        let mut pairs = recorded.iter().zip(written).enumerate();
        pairs.try_for_each(|(index, (recorded, written))| {
            self.compare(item, &format!("{at}[{index}]"), recorded, written)
        })
    }

    fn map(&mut self, value: &Type, at: &str, recorded: &Value, written: &Value) -> Compared {
        let (Value::Object(recorded), Value::Object(written)) = (recorded, written) else {
            return differ(at, recorded, written);
        };
        for (name, recorded) in recorded {
            let at = format!("{at}.{name}");
            match written.get(name) {
                Some(written) => self.compare(value, &at, recorded, written)?,
                None if recorded.is_null() => self.except("an explicit null is as good as nothing"),
                None => return Err(format!("{at} is lost")),
            }
        }
        no_more(at, recorded, written)
    }

    fn scalar(&mut self, scalar: Scalar, at: &str, recorded: &Value, written: &Value) -> Compared {
        if recorded == written {
            return Ok(());
        }
        let (same, what) = match scalar {
            Scalar::Bool => (
                plain(recorded).eq_ignore_ascii_case(&plain(written)),
                "a boolean that comes as a text is written as a boolean",
            ),
            Scalar::I32 | Scalar::I64 | Scalar::F64 => (
                number(recorded) == number(written) && written.is_number(),
                "a number is written in another spelling",
            ),
            Scalar::UnixSeconds => (
                number(recorded).map(f64::floor) == number(written) && written.is_number(),
                "a time is written in another spelling",
            ),
            Scalar::Rfc3339 => (
                instant(recorded) == instant(written) && instant(written).is_some(),
                "a time is written in another spelling",
            ),
            Scalar::Base64 | Scalar::Base64Url => (
                bytes(recorded) == bytes(written) && written.is_string(),
                "bytes are written in another spelling",
            ),
            Scalar::String | Scalar::Uuid | Scalar::Uri | Scalar::Duration => (false, ""),
        };
        if !same {
            return differ(at, recorded, written);
        }
        self.except(what);
        Ok(())
    }

    /// Values of enumerations, whose letter case is the service's.
    fn letters(&mut self, at: &str, recorded: &Value, written: &Value) -> Compared {
        match (recorded.as_str(), written.as_str()) {
            (Some(recorded), Some(written)) if recorded == written => Ok(()),
            (Some(recorded), Some(written)) if recorded.eq_ignore_ascii_case(written) => {
                self.except("a value of an enumeration is written in its declared letter case");
                Ok(())
            }
            _ => differ(at, recorded, written),
        }
    }
}

fn no_more(at: &str, recorded: &Map<String, Value>, written: &Map<String, Value>) -> Compared {
    let mut names = written.keys();
    let new = names.find(|name| !recorded.contains_key(*name));
    new.map_or(Ok(()), |name| Err(format!("{at}.{name} is new")))
}

fn same(at: &str, recorded: &Value, written: &Value) -> Compared {
    match recorded == written {
        true => Ok(()),
        false => differ(at, recorded, written),
    }
}

fn differ(at: &str, recorded: &Value, written: &Value) -> Compared {
    let (recorded, written) = (shown(recorded), shown(written));
    Err(format!("{at}: {recorded} became {written}"))
}

/// As much of a value as helps to find it.
pub(super) fn shown(value: &Value) -> String {
    value.to_string().chars().take(60).collect()
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn number(value: &Value) -> Option<f64> {
    plain(value).parse().ok()
}

fn instant(value: &Value) -> Option<OffsetDateTime> {
    let text = value.as_str()?.trim().replacen(' ', "T", 1);
    OffsetDateTime::parse(&text, &Rfc3339).ok()
}

/// The bytes of a text, whatever its alphabet and its padding. Bits behind the last byte, which placeholders of recordings
/// have, say nothing.
fn bytes(value: &Value) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let text = value.as_str()?.trim().replace('+', "-").replace('/', "_");
    GeneralPurpose::new(&URL_SAFE, config).decode(text).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails may panic")]
mod tests {
    use super::*;
    use serde_json::json;

    fn compared(
        ty: &str,
        way: Way,
        recorded: Value,
        written: Value,
    ) -> Result<Vec<String>, String> {
        let api: Api = serde_json::from_str(crate::conformance::DESCRIPTION).unwrap();
        let mut exceptions = BTreeSet::new();
        let mut comparison = Comparison {
            api: &api,
            way,
            exceptions: &mut exceptions,
        };
        let ty = Type::Named(ty.to_owned().try_into().unwrap());
        comparison.compare(&ty, "body", &recorded, &written)?;
        Ok(exceptions.into_iter().collect())
    }

    #[test]
    fn what_is_lost_new_or_changed_is_told() {
        let there = json!({"value": "v", "tags": {"a": "1"}});
        for (written, difference) in [
            (json!({"tags": {"a": "1"}}), "body.value is lost"),
            (
                json!({"value": "w", "tags": {"a": "1"}}),
                r#"body.value: "v" became "w""#,
            ),
            (json!({"value": "v", "tags": {}}), "body.tags.a is lost"),
            (
                json!({"value": "v", "tags": {"a": "1", "b": "2"}}),
                "body.tags.b is new",
            ),
            (
                json!({"value": "v", "tags": {"a": "1"}, "contentType": "t"}),
                "body.contentType is new",
            ),
            (
                json!({"value": "v", "tags": "a"}),
                r#"body.tags: {"a":"1"} became "a""#,
            ),
        ] {
            let found = compared(
                "secrets.SecretSetParameters",
                Way::Request,
                there.clone(),
                written,
            );
            assert_eq!(found, Err(difference.to_owned()));
        }
    }

    #[test]
    fn letter_case_counts_everywhere_but_in_enumerations() {
        let key = |kty: &str, kid: &str| json!({"key": {"kty": kty, "kid": kid}});
        let compare = |kty, kid| {
            let recorded = key("rsa-hsm", "https://v/keys/K");
            compared("keys.KeyBundle", Way::Response, recorded, key(kty, kid))
        };
        let case = "a value of an enumeration is written in its declared letter case";
        assert_eq!(
            compare("RSA-HSM", "https://v/keys/K"),
            Ok(vec![case.to_owned()])
        );
        assert!(compare("RSA", "https://v/keys/K").is_err());
        assert!(compare("RSA-HSM", "https://v/keys/k").is_err());
    }

    #[test]
    fn a_spelling_is_another_one_only_for_the_same_value() {
        let bundle = |nbf: Value, n: &str| json!({"attributes": {"nbf": nbf}, "key": {"n": n}});
        let compare = |nbf, n| {
            let recorded = bundle(json!("1500000000.5"), "AQ+/");
            compared("keys.KeyBundle", Way::Response, recorded, bundle(nbf, n))
        };
        assert_eq!(
            compare(json!(1_500_000_000), "AQ-_").map(|found| found.len()),
            Ok(2)
        );
        assert!(compare(json!(1_500_000_001), "AQ-_").is_err());
        assert!(compare(json!(1_500_000_000), "AQ-A").is_err());
    }

    #[test]
    fn only_members_that_the_service_sets_may_be_missing_from_a_request() {
        let recorded =
            json!({"id": "https://v/certificates/c/policy", "key_props": {"kty": "RSA"}});
        let written = json!({"key_props": {"kty": "RSA"}});
        let compare = |way| {
            compared(
                "certificates.CertificatePolicy",
                way,
                recorded.clone(),
                written.clone(),
            )
        };
        assert_eq!(compare(Way::Request).map(|found| found.len()), Ok(1));
        assert_eq!(compare(Way::Response), Err("body.id is lost".to_owned()));
    }

    #[test]
    fn what_is_not_declared_must_not_be_written() {
        let recorded = json!({"value": "v", "new": 1});
        let compare = |written| {
            compared(
                "secrets.SecretSetParameters",
                Way::Request,
                recorded.clone(),
                written,
            )
        };
        assert_eq!(
            compare(json!({"value": "v"})).map(|found| found.len()),
            Ok(1)
        );
        assert!(compare(json!({"value": "v", "new": 1})).is_err());
    }
}
