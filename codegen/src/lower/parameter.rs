use openapiv3::{Parameter as Source, ParameterSchemaOrContent, Schema};

use super::suspects::{self, Suspect};
use super::{Context, extensions, schema};
use crate::api::{Constraints, Location, Parameter, Presence, Scalar, Type};
use crate::source::At;

/// The name under which Azure services take the version of their API.
pub(super) const API_VERSION: &str = "api-version";

/// A parameter, or the `api-version` that the runtime fills in.
pub(super) enum Lowered {
    ApiVersion,
    Parameter(Box<Parameter>),
}

pub(super) fn lower(cx: &mut Context<'_>, at: &At) -> Option<Lowered> {
    let (at, node) = cx.resolve(at, "parameters")?;
    let source: Source = cx.typed(&at, node)?;
    let location = location(cx, &at, &source)?;
    let data = source.parameter_data();
    let ParameterSchemaOrContent::Schema(node) = &data.format else {
        return None; // The document stage has refused `content` already.
    };
    let schema_at = at.child("schema");
    let (ty, used, presence) = match constant(node, data.required) {
        Some(text) => (Type::Scalar(Scalar::String), None, Presence::Constant(text)),
        None => {
            let used = schema::lower(cx, &schema_at, node)?;
            let presence = presence(cx, &at, location, &data);
            (used.ty.clone(), Some(used), presence)
        }
    };
    if location == Location::Query && data.name == API_VERSION && presence == Presence::Required {
        return Some(Lowered::ApiVersion);
    }
    check_type(cx, &schema_at, &ty)?;
    check_name(cx, &at, location, &data.name, &presence);
    let schema_data = match node {
        openapiv3::ReferenceOr::Item(schema) => Some(&schema.schema_data),
        openapiv3::ReferenceOr::Reference { .. } => None,
    };
    let constraints = used.as_ref().map(|used| used.constraints.clone());
    let constraints = constraints.unwrap_or_default();
    check_pattern(cx, &schema_at, &constraints);
    let mark = extensions::decided(&data.extensions, schema::SECRET);
    let secret = mark == Some(true) || used.as_ref().is_some_and(|used| used.password);
    check_secret(cx, &at, secret, &ty)?;
    let client_name =
        extensions::text(&data.extensions, "x-ms-client-name").filter(|name| *name != data.name);
    // A constant is no secret: it stands in the description.
    if mark.is_none() && used.as_ref().is_some_and(|used| !used.decided) {
        let suspect = Suspect {
            kind: "the parameter",
            name: &data.name,
            client_name: client_name.as_deref(),
            ty: &ty,
            in_key: false,
        };
        suspects::report(cx, &at, &suspect);
    }
    Some(Lowered::Parameter(Box::new(Parameter {
        client_name,
        location,
        ty,
        presence,
        raw: location == Location::Path
            && extensions::flag(&data.extensions, "x-ms-skip-url-encoding"),
        secret,
        deprecated: data.deprecated == Some(true),
        default: schema_data.and_then(|data| data.default.as_ref().map(ToString::to_string)),
        constraints,
        doc: data.description.unwrap_or_default().trim().to_owned(),
        wire: data.name,
    })))
}

fn location(cx: &mut Context<'_>, at: &At, source: &Source) -> Option<Location> {
    match source {
        Source::Path { .. } => Some(Location::Path),
        Source::Query { .. } => Some(Location::Query),
        Source::Header { .. } => Some(Location::Header),
        Source::Cookie { .. } => {
            let help = "send the value in a header, the query or the path";
            let message = "a parameter in a cookie is not supported";
            cx.unsupported_value(&at.child("in"), message, help);
            None
        }
    }
}

/// A required parameter with a single possible value is not asked for.
fn constant(node: &openapiv3::ReferenceOr<Schema>, required: bool) -> Option<String> {
    use openapiv3::{ReferenceOr, SchemaKind, Type};
    let ReferenceOr::Item(schema) = node else {
        return None;
    };
    let SchemaKind::Type(Type::String(string)) = &schema.schema_kind else {
        return None;
    };
    match string.enumeration.as_slice() {
        [Some(value)] if required => Some(value.clone()),
        _ => None,
    }
}

fn presence(
    cx: &mut Context<'_>,
    at: &At,
    location: Location,
    data: &openapiv3::ParameterData,
) -> Presence {
    let optional_segment = extensions::flag(&data.extensions, "x-optional-segment");
    match location {
        Location::Path if optional_segment => Presence::Optional,
        Location::Path if !data.required => {
            let help = "write `required: true`; a segment that may be left out is marked with \
                        `x-optional-segment: true` beside it";
            let message = format!("the path parameter `{}` must be required", data.name);
            cx.inconsistent(at, message, help);
            Presence::Required
        }
        _ if optional_segment => {
            let help = "write `required: false` instead";
            let at = at.child("x-optional-segment");
            let message = "`x-optional-segment` is for parameters of the path";
            cx.inconsistent(&at, message, help);
            Presence::Optional
        }
        _ if data.required => Presence::Required,
        _ => Presence::Optional,
    }
}

/// A parameter is one text: no list, map, object or bytes.
fn check_type(cx: &mut Context<'_>, at: &At, ty: &Type) -> Option<()> {
    use Scalar::{Bool, Duration, I32, I64, String, Uri, Uuid};
    let fits = match ty {
        Type::Scalar(Bool | I32 | I64 | String | Uuid | Uri | Duration) => true,
        Type::Named(reference) => is_enumeration(cx, reference),
        _ => false,
    };
    if !fits {
        let help = "make it a text, a whole number, a boolean, or a reference to an enumeration";
        let message = "a parameter cannot be of this type";
        cx.unsupported(at, message, help);
    }
    fits.then_some(())
}

/// Names that HTTP gives a meaning of its own.
const RESERVED_HEADERS: [&str; 5] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
];

fn check_name(cx: &mut Context<'_>, at: &At, location: Location, name: &str, presence: &Presence) {
    if location != Location::Header {
        return;
    }
    if let Presence::Constant(value) = presence
        && value.chars().any(char::is_control)
    {
        let help = "remove line ends and other control characters from the value";
        let value = at.child("schema").child("enum").item(0);
        cx.inconsistent(&value, "a header cannot hold this value", help);
    }
    let at = at.child("name");
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(token) {
        let help = "use letters, digits and hyphens alone (RFC 9110 section 5.1)";
        let message = format!("`{name}` cannot be the name of a header");
        cx.inconsistent_value(&at, message, help);
    } else if RESERVED_HEADERS.contains(&name.to_ascii_lowercase().as_str())
        && !matches!(presence, Presence::Constant(_))
    {
        let help = "remove the parameter, or require it with a single `enum` value";
        let message = format!("the client itself sets the header `{name}`");
        cx.unsupported_value(&at, message, help);
    }
}

fn check_secret(cx: &mut Context<'_>, at: &At, secret: bool, ty: &Type) -> Option<()> {
    let text = matches!(
        ty,
        Type::Scalar(Scalar::String | Scalar::Uri | Scalar::Uuid | Scalar::Duration)
    );
    if secret && !text {
        let help = "remove `x-ms-secret`, or make the parameter a text";
        cx.unsupported(at, "only a text can be a secret parameter", help);
        return None;
    }
    Some(())
}

fn is_enumeration(cx: &Context<'_>, reference: &crate::api::TypeRef) -> bool {
    let files = ["yaml", "yml"].map(|ending| format!("{}.{ending}", reference.service));
    files.into_iter().any(|file| {
        let schemas = At::file(file).child("components").child("schemas");
        let schema = cx.documents.get(&schemas.child(&reference.name));
        schema.is_some_and(|schema| schema.get("enum").is_some())
    })
}

fn check_pattern(cx: &mut Context<'_>, at: &At, constraints: &Constraints) {
    let Some(pattern) = &constraints.pattern else {
        return;
    };
    if let Err(error) = regex_lite::Regex::new(pattern) {
        let message = format!("the pattern cannot be checked: {error}");
        let help = "write it in the common part of JavaScript's and Rust's regular expressions";
        cx.unsupported_value(&at.child("pattern"), message, help);
    }
}
