//! The members of a model: its own, and those that it inherits.

use std::collections::{HashMap, HashSet};

use openapiv3::{AdditionalProperties, ObjectType};
use serde_json::Value;

use super::suspects::{self, Suspect};
use super::type_def::doc;
use super::{Context, extensions, schema};
use crate::api::{Access, Field, Presence, Type as ApiType};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::source::At;

/// The members of all parts of a schema so far. What is required is known when all parts are: a part may
/// require what another one has.
#[derive(Default)]
pub(super) struct Members {
    members: Vec<Member>,
    /// Where among them that of each name is.
    places: HashMap<String, usize>,
    /// The names of all properties, those that cannot be used among them.
    described: HashSet<String>,
    /// What is required, and where that is said.
    required: Vec<(String, At)>,
}

struct Member {
    /// Optional, for the time being.
    field: Field,
    nullable: bool,
}

impl Members {
    /// Adds the members of an object to those that it inherits.
    pub(super) fn add_object(
        &mut self,
        cx: &mut Context<'_>,
        item: &[&str],
        at: &At,
        object: &ObjectType,
    ) {
        check_free(cx, at, object);
        self.require(at, object);
        let in_key = object.properties.contains_key(suspects::KEY_TYPE)
            || self.described.contains(suspects::KEY_TYPE);
        let mut own = Vec::new();
        for (name, node) in &object.properties {
            let at = at.child("properties").child(name);
            cx.origins.insert(&[item, &[name]].concat(), &at);
            own.extend(member(cx, &at, name, node.into(), in_key));
        }
        self.described.extend(object.properties.keys().cloned());
        for member in own {
            self.add(cx, item, at, member);
        }
    }

    /// A member of a child replaces the parent's of the same name.
    fn add(&mut self, cx: &mut Context<'_>, item: &[&str], at: &At, member: Member) {
        let wire = &member.field.wire;
        let place = self.places.get(wire);
        match place.and_then(|place| self.members.get_mut(*place)) {
            None => {
                self.places.insert(wire.clone(), self.members.len());
                self.members.push(member);
            }
            Some(inherited) if inherited.field.ty == member.field.ty => *inherited = member,
            Some(_) => {
                let message = format!("`{wire}` has another type in a schema above");
                let place = at.child("properties").child(wire);
                let above = cx.origins.get(&[item, &[wire]].concat());
                let diagnostic = Diagnostic::new(Code::Inconsistent, place, message);
                let diagnostic = diagnostic.see(above, "the other type");
                let help = "give the property one type, or do not extend that schema";
                cx.push(diagnostic.help(help));
            }
        }
    }

    /// Notes what an object requires, its own or not.
    pub(super) fn require(&mut self, at: &At, object: &ObjectType) {
        let at = at.child("required");
        let names = object.required.iter().enumerate();
        let names = names.map(|(index, name)| (name.clone(), at.item(index)));
        self.required.extend(names);
    }

    /// All members. What is required must be one of them, and may be null all the same.
    pub(super) fn finish(mut self, cx: &mut Context<'_>) -> Vec<Field> {
        for (name, at) in &self.required {
            let place = self.places.get(name);
            match place.and_then(|place| self.members.get_mut(*place)) {
                Some(member) if !member.nullable => member.field.presence = Presence::Required,
                Some(_) => {}
                None if self.described.contains(name) => {}
                None => {
                    let message = format!("`{name}` is required, but is not among the properties");
                    let known = self.members.iter().map(|member| member.field.wire.as_str());
                    let help = did_you_mean(name, known).unwrap_or_else(|| {
                        format!("add `{name}` to `properties`, or remove it from `required`")
                    });
                    cx.inconsistent(at, message, &help);
                }
            }
        }
        let members = self.members.into_iter();
        members.map(|member| member.field).collect()
    }
}

fn check_free(cx: &mut Context<'_>, at: &At, object: &ObjectType) {
    let free = matches!(
        object.additional_properties,
        Some(AdditionalProperties::Schema(_) | AdditionalProperties::Any(true))
    );
    if free && !object.properties.is_empty() {
        let message = "`additionalProperties` cannot stand beside `properties`";
        let help = "remove one of the two";
        cx.unsupported(&at.child("additionalProperties"), message, help);
    }
}

fn member(
    cx: &mut Context<'_>,
    at: &At,
    wire: &str,
    node: schema::Node<'_>,
    in_key: bool,
) -> Option<Member> {
    let used = schema::lower(cx, at, node)?;
    let data = match node {
        schema::Node::Schema(schema) => Some(&schema.schema_data),
        schema::Node::Reference(_) => None,
    };
    if used.password {
        check_secret(cx, at, &used.ty)?;
    }
    let client_name = data
        .and_then(|data| extensions::text(&data.extensions, "x-ms-client-name"))
        .filter(|name| name != wire);
    if !used.decided {
        let suspect = Suspect {
            kind: "the member",
            name: wire,
            client_name: client_name.as_deref(),
            ty: &used.ty,
            in_key,
        };
        suspects::report(cx, at, &suspect);
    }
    let secret_query = data.is_some_and(|data| secret_query(cx, at, data, &used));
    let nullable = used.nullable;
    let field = Field {
        wire: wire.to_owned(),
        client_name,
        ty: used.ty,
        presence: Presence::Optional,
        access: data.map(|data| access(cx, at, data)).unwrap_or_default(),
        secret: used.password,
        secret_query,
        deprecated: data.is_some_and(|data| data.deprecated),
        default: data.and_then(|data| data.default.as_ref().map(Value::to_string)),
        constraints: used.constraints,
        doc: data.map(doc).unwrap_or_default(),
    };
    Some(Member { field, nullable })
}

fn access(cx: &mut Context<'_>, at: &At, data: &openapiv3::SchemaData) -> Access {
    let mutability = data.extensions.get("x-ms-mutability");
    let Some(mutability) = mutability.and_then(Value::as_array) else {
        return match data.read_only {
            true => Access::ReadOnly,
            false => Access::ReadWrite,
        };
    };
    let has = |word: &str| mutability.iter().any(|m| m == word);
    match (has("create"), has("update")) {
        (_, true) => Access::ReadWrite,
        (true, false) => Access::CreateOnly,
        (false, false) if has("read") => Access::ReadOnly,
        (false, false) => {
            let help = "list some of `read`, `create` and `update`, or remove it";
            let message = "`x-ms-mutability` must list something";
            cx.inconsistent_value(&at.child("x-ms-mutability"), message, help);
            Access::ReadWrite
        }
    }
}

/// Whether the query of the URL that a member holds must not be shown.
fn secret_query(
    cx: &mut Context<'_>,
    at: &At,
    data: &openapiv3::SchemaData,
    used: &schema::Use,
) -> bool {
    use crate::api::Scalar::{String, Uri};
    if !extensions::flag(&data.extensions, schema::SECRET_QUERY) {
        return false;
    }
    let is_text = matches!(used.ty, ApiType::Scalar(String | Uri));
    if !is_text || used.password {
        let help = "remove the mark; it is for a text that is shown, but for what stands behind \
                    its question mark";
        let message = "only a text that is no secret can have a secret query";
        cx.unsupported(&at.child(schema::SECRET_QUERY), message, help);
    }
    is_text
}

fn check_secret(cx: &mut Context<'_>, at: &At, ty: &ApiType) -> Option<()> {
    use crate::api::Scalar::{Base64, Base64Url, String, Uri};
    match ty {
        ApiType::Scalar(String | Uri | Base64 | Base64Url) => Some(()),
        ApiType::List(_) | ApiType::Map(_) => {
            let help = "make the items objects with the secret as a property";
            cx.unsupported(at, "a list or map of secrets is not supported", help);
            None
        }
        _ => {
            let help = "remove the mark; of an object, mark the properties that are secret";
            cx.unsupported(at, "only a text or bytes can be secret", help);
            None
        }
    }
}
