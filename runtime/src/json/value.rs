use super::scalars::NUMBER;
use super::slot::{Items, Members, Stop, View};
use super::wire::{Scalar, Wire};
use crate::{Json, ParseError};
use serde_json::{Map, Number};

/// Not serde_json's own reading, whose errors quote the value.
impl Wire for Json {
    const EXPECTED: &'static str = "any value";

    fn blank() -> Self {
        Self::Null
    }

    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        Ok(match scalar {
            Scalar::Null => Self::Null,
            Scalar::Bool(value) => Self::Bool(value),
            Scalar::I64(value) => Self::Number(value.into()),
            Scalar::U64(value) => Self::Number(value.into()),
            Scalar::F64(value) => {
                Self::Number(Number::from_f64(value).ok_or(scalar.unfit::<Self>())?)
            }
            Scalar::Text(text) => Self::String(text.to_owned()),
        })
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), Stop> {
        let mut list = Vec::new();
        Wire::list(&mut list, items)?;
        *self = Self::Array(list);
        Ok(())
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop> {
        let mut map = Map::new();
        while let Some(name) = members.name()? {
            let mut value = Self::Null;
            members.value(&mut value, false)?;
            map.insert(name, value);
        }
        *self = undisguised(map);
        Ok(())
    }

    fn view(&self) -> View<'_> {
        View::Json(self)
    }
}

/// The number that `serde_json` hands out as an object with the feature `arbitrary_precision`; else the object.
fn undisguised(map: Map<String, Json>) -> Json {
    let number: Option<Number> = match map.get(NUMBER) {
        Some(Json::String(digits)) if map.len() == 1 => digits.parse().ok(),
        _ => None,
    };
    number.map_or(Json::Object(map), Json::Number)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read, refusal, written};
    use super::*;

    #[test]
    fn any_value_comes_back_as_it_was() {
        let json = r#"{"a":[null,true,-1,18446744073709551615,0.5,"x"],"b":{}}"#;
        assert_eq!(written(&read::<Json>(json)), json);
    }

    #[test]
    fn errors_do_not_quote() {
        let error = refusal::<Json>(r#"{"a": "hunter2" "hunter3"}"#);
        assert_eq!(error, "expected `,` or `}` at line 1 column 17");
    }

    #[test]
    fn a_number_in_disguise_is_read() {
        assert_eq!(
            read::<Json>(&format!(r#"[{{"{NUMBER}": "12"}}]"#)),
            serde_json::json!([12])
        );
        assert!(read::<Json>(&format!(r#"{{"{NUMBER}": "x"}}"#)).is_object());
        assert!(read::<Json>(&format!(r#"{{"{NUMBER}": "12", "a": 1}}"#)).is_object());
    }
}
