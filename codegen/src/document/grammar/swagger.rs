//! What Swagger 2.0, in the dialect of Azure, allows where, and which of it can be imported.

use serde_json::{Map, Value};

use super::Checker;
use super::tables::{ENUM, Kind, LONG_RUNNING, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::At;

/// Reports a list in a parameter or header once; returns the keys that describe it.
pub(super) fn check_list<'a>(
    checker: &mut Checker<'_>,
    at: &At,
    members: &'a Map<String, Value>,
    rule: &Rule,
) -> Vec<&'a String> {
    let takes_texts = std::ptr::eq(rule, &PARAMETER) || std::ptr::eq(rule, &HEADER);
    if !takes_texts || members.get("type").and_then(Value::as_str) != Some("array") {
        return Vec::new();
    }
    let message = format!("a list in {} is not supported", rule.name);
    let diagnostic = Diagnostic::new(Code::Unsupported, at.child("type"), message).value();
    checker.push(diagnostic.help("write `type: string`, with commas between the values"));
    let keys = members.keys();
    keys.filter(|key| matches!(key.as_str(), "type" | "items" | "collectionFormat"))
        .collect()
}

static SCHEMA_KIND: Kind = Kind::Qualified(&SCHEMA);
static PARAMETER_KIND: Kind = Kind::Referable(&PARAMETER);
static RESPONSE_KIND: Kind = Kind::Referable(&RESPONSE);

pub(super) static ROOT: Rule = Rule {
    name: "the document",
    required: &["swagger", "info", "paths"],
    keys: &[
        ("swagger", Kind::Text),
        ("info", Kind::Object(&INFO)),
        ("host", Kind::Text),
        ("basePath", Kind::Text),
        ("schemes", Kind::Texts),
        ("consumes", Kind::Texts),
        ("produces", Kind::Texts),
        ("security", Kind::Any),
        ("securityDefinitions", Kind::Map(&Kind::Object(&SECURITY))),
        ("tags", Kind::Any),
        ("externalDocs", Kind::Any),
        ("paths", Kind::Extensible(&Kind::Object(&PATH_ITEM))),
        ("definitions", Kind::Map(&SCHEMA_KIND)),
        ("parameters", Kind::Map(&PARAMETER_KIND)),
        ("responses", Kind::Map(&RESPONSE_KIND)),
    ],
    extensions: &[
        ("x-ms-paths", Kind::Map(&Kind::Object(&PATH_ITEM))),
        ("x-ms-parameterized-host", Kind::Object(&HOST)),
    ],
    unsupported: &[],
};

static INFO: Rule = Rule {
    name: "`info`",
    required: &["title", "version"],
    keys: &[
        ("title", Kind::Text),
        ("version", Kind::Text),
        ("description", Kind::Text),
        ("termsOfService", Kind::Text),
        ("contact", Kind::Any),
        ("license", Kind::Any),
    ],
    extensions: &[
        ("x-typespec-generated", Kind::Any),
        ("x-cadl-generated", Kind::Any),
        ("x-ms-code-generation-settings", Kind::Any),
    ],
    unsupported: &[],
};

static HOST: Rule = Rule {
    name: "`x-ms-parameterized-host`",
    required: &["hostTemplate"],
    keys: &[
        ("hostTemplate", Kind::Text),
        ("useSchemePrefix", Kind::Bool),
        ("positionInOperation", Kind::Text),
        ("parameters", Kind::List(&PARAMETER_KIND)),
    ],
    extensions: &[],
    unsupported: &[],
};

static SECURITY: Rule = Rule {
    name: "a security scheme",
    required: &["type"],
    keys: &[
        ("type", Kind::Text),
        ("description", Kind::Text),
        ("flow", Kind::Text),
        ("authorizationUrl", Kind::Text),
        ("tokenUrl", Kind::Text),
        ("scopes", Kind::Map(&Kind::Text)),
        ("name", Kind::Text),
        ("in", Kind::Text),
    ],
    extensions: &[],
    unsupported: &[],
};

static PATH_ITEM: Rule = Rule {
    name: "a path",
    required: &[],
    keys: &[
        ("get", Kind::Object(&OPERATION)),
        ("put", Kind::Object(&OPERATION)),
        ("post", Kind::Object(&OPERATION)),
        ("delete", Kind::Object(&OPERATION)),
        ("head", Kind::Object(&OPERATION)),
        ("patch", Kind::Object(&OPERATION)),
        ("parameters", Kind::List(&PARAMETER_KIND)),
    ],
    extensions: &[],
    unsupported: &["$ref", "options"],
};

static OPERATION: Rule = Rule {
    name: "an operation",
    required: &["operationId", "responses"],
    keys: &[
        ("operationId", Kind::Text),
        ("summary", Kind::Text),
        ("description", Kind::Text),
        ("deprecated", Kind::Bool),
        ("tags", Kind::Texts),
        ("externalDocs", Kind::Any),
        ("consumes", Kind::Texts),
        ("produces", Kind::Texts),
        ("schemes", Kind::Texts),
        ("security", Kind::Any),
        ("parameters", Kind::List(&PARAMETER_KIND)),
        ("responses", Kind::Extensible(&RESPONSE_KIND)),
    ],
    extensions: &[
        ("x-ms-examples", Kind::Any),
        ("x-ms-client-name", Kind::Text),
        ("x-ms-pageable", Kind::Object(&PAGEABLE)),
        ("x-ms-long-running-operation", Kind::Bool),
        (
            "x-ms-long-running-operation-options",
            Kind::Object(&LONG_RUNNING),
        ),
        ("x-ms-odata", Kind::Any),
        ("x-ms-request-id", Kind::Any),
    ],
    unsupported: &[],
};

/// Upstream leaves the name out now and then; the place of the enumeration gives one.
static NAMELESS_ENUM: Rule = Rule {
    name: ENUM.name,
    required: &[],
    keys: ENUM.keys,
    extensions: ENUM.extensions,
    unsupported: ENUM.unsupported,
};

static PAGEABLE: Rule = Rule {
    name: "`x-ms-pageable`",
    required: &["nextLinkName"],
    keys: &[
        ("nextLinkName", Kind::TextOrNull),
        ("itemName", Kind::Text),
        ("operationName", Kind::Text),
    ],
    extensions: &[],
    unsupported: &[],
};

static PARAMETER: Rule = Rule {
    name: "a parameter",
    required: &["name", "in"],
    keys: &[
        ("name", Kind::Text),
        ("in", Kind::OneOf(&["path", "query", "header", "body"])),
        ("description", Kind::Text),
        ("required", Kind::Bool),
        ("schema", Kind::Qualified(&SCHEMA)),
        (
            "type",
            Kind::OneOf(&["string", "integer", "number", "boolean"]),
        ),
        ("format", Kind::Text),
        ("enum", Kind::List(&Kind::Any)),
        ("default", Kind::Any),
        ("minimum", Kind::Number),
        ("maximum", Kind::Number),
        ("minLength", Kind::Whole),
        ("maxLength", Kind::Whole),
        ("pattern", Kind::Text),
    ],
    extensions: &[
        ("x-ms-enum", Kind::Object(&NAMELESS_ENUM)),
        ("x-ms-client-name", Kind::Text),
        ("x-ms-client-flatten", Kind::Bool),
        ("x-ms-client-request-id", Kind::Any),
        ("x-ms-parameter-location", Kind::Text),
        ("x-ms-parameter-grouping", Kind::Any),
        ("x-ms-skip-url-encoding", Kind::Bool),
        ("x-ms-api-version", Kind::Bool),
        ("x-ms-secret", Kind::Bool),
        ("x-ms-client-default", Kind::Any),
        ("x-ms-format", Kind::Text),
        ("x-nullable", Kind::Bool),
    ],
    unsupported: &["items", "collectionFormat", "allowEmptyValue"],
};

static RESPONSE: Rule = Rule {
    name: "a response",
    required: &["description"],
    keys: &[
        ("description", Kind::Text),
        ("schema", Kind::Qualified(&SCHEMA)),
        ("headers", Kind::Map(&Kind::Object(&HEADER))),
        ("examples", Kind::Any),
    ],
    extensions: &[
        ("x-ms-error-response", Kind::Bool),
        ("x-nullable", Kind::Bool),
    ],
    unsupported: &[],
};

static HEADER: Rule = Rule {
    name: "a header",
    required: &["type"],
    keys: &[
        (
            "type",
            Kind::OneOf(&["string", "integer", "number", "boolean"]),
        ),
        ("format", Kind::Text),
        ("description", Kind::Text),
        ("enum", Kind::List(&Kind::Any)),
        ("default", Kind::Any),
    ],
    extensions: &[
        ("x-ms-enum", Kind::Object(&NAMELESS_ENUM)),
        ("x-ms-client-name", Kind::Text),
    ],
    unsupported: &["items", "collectionFormat"],
};

/// What stands beside a `$ref` to a schema.
pub(super) static QUALIFIED: Rule = Rule {
    name: "a reference",
    required: &["$ref"],
    keys: &[
        ("$ref", Kind::Text),
        ("title", Kind::Text),
        ("description", Kind::Text),
        ("default", Kind::Any),
        ("readOnly", Kind::Bool),
        ("minLength", Kind::Whole),
        ("maxLength", Kind::Whole),
        ("type", Kind::Text),
        ("example", Kind::Any),
    ],
    extensions: SCHEMA_EXTENSIONS,
    unsupported: &[],
};

const SCHEMA_EXTENSIONS: &[(&str, Kind)] = &[
    ("x-ms-enum", Kind::Object(&NAMELESS_ENUM)),
    ("x-ms-client-name", Kind::Text),
    ("x-ms-client-flatten", Kind::Bool),
    ("x-ms-client-default", Kind::Any),
    (
        "x-ms-mutability",
        Kind::List(&Kind::OneOf(&["create", "read", "update"])),
    ),
    ("x-ms-secret", Kind::Bool),
    ("x-ms-azure-resource", Kind::Bool),
    ("x-ms-identifiers", Kind::Any),
    ("x-ms-arm-id-details", Kind::Any),
    ("x-ms-external", Kind::Bool),
    ("x-nullable", Kind::Bool),
];

pub(super) static SCHEMA: Rule = Rule {
    name: "a schema",
    required: &[],
    keys: &[
        (
            "type",
            Kind::OneOf(&["string", "integer", "number", "boolean", "array", "object"]),
        ),
        ("format", Kind::Text),
        ("title", Kind::Text),
        ("description", Kind::Text),
        ("required", Kind::Texts),
        ("properties", Kind::Map(&SCHEMA_KIND)),
        ("additionalProperties", Kind::QualifiedOrBool),
        ("items", Kind::Qualified(&SCHEMA)),
        ("allOf", Kind::List(&SCHEMA_KIND)),
        ("enum", Kind::List(&Kind::Any)),
        ("default", Kind::Any),
        ("readOnly", Kind::Bool),
        ("minimum", Kind::Number),
        ("maximum", Kind::Number),
        ("minLength", Kind::Whole),
        ("maxLength", Kind::Whole),
        ("pattern", Kind::Text),
        ("minItems", Kind::Whole),
        ("maxItems", Kind::Whole),
        ("uniqueItems", Kind::Bool),
        ("example", Kind::Any),
        ("externalDocs", Kind::Any),
    ],
    extensions: SCHEMA_EXTENSIONS,
    unsupported: &[
        "discriminator",
        "x-ms-discriminator-value",
        "xml",
        "multipleOf",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minProperties",
        "maxProperties",
    ],
};
