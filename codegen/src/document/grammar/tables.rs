//! What OpenAPI 3.0.3 allows where, and which of it the generator speaks.

/// What a node may be.
pub(super) enum Kind {
    Text,
    TextOrNull,
    Bool,
    Whole,
    Number,
    Any,
    Texts,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    Object(&'static Rule),
    /// An object, or a `$ref` to one.
    Referable(&'static Rule),
    /// An object, or a `$ref` to one beside which Swagger files put more.
    Qualified(&'static Rule),
    /// A schema of Swagger, or whether further members are allowed at all.
    QualifiedOrBool,
    Map(&'static Kind),
    /// A mapping whose keys are fixed by the specification, and so may be extensions.
    Extensible(&'static Kind),
    List(&'static Kind),
    /// A schema, or whether further members are allowed at all.
    SchemaOrBool,
}

/// What a kind of object may hold.
pub(super) struct Rule {
    /// What it is called, with its article.
    pub(super) name: &'static str,
    pub(super) required: &'static [&'static str],
    pub(super) keys: &'static [(&'static str, Kind)],
    /// Known extensions.
    pub(super) extensions: &'static [(&'static str, Kind)],
    /// Keys of the specification that have no mapping to Rust.
    pub(super) unsupported: &'static [&'static str],
}

impl Rule {
    /// What a key may hold, if it is known.
    pub(super) fn kind(&self, key: &str) -> Option<&'static Kind> {
        let find = |table: &'static [(&'static str, Kind)]| {
            let known = table.iter().find(|(known, _)| *known == key);
            known.map(|(_, kind)| kind)
        };
        find(self.keys).or_else(|| find(self.extensions))
    }
}

const STYLES: &[&str] = &[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];

pub(super) static TEXT: Kind = Kind::Text;
pub(super) static SCHEMA_OR_REF: Kind = Kind::Referable(&SCHEMA);
static PARAMETER_OR_REF: Kind = Kind::Referable(&PARAMETER);
static RESPONSE_OR_REF: Kind = Kind::Referable(&RESPONSE);

pub(super) static ROOT: Rule = Rule {
    name: "the document",
    required: &["openapi", "info", "paths"],
    keys: &[
        ("openapi", Kind::Text),
        ("info", Kind::Object(&INFO)),
        ("servers", Kind::List(&Kind::Object(&SERVER))),
        ("security", Kind::Any),
        ("tags", Kind::Any),
        ("externalDocs", Kind::Any),
        ("paths", Kind::Extensible(&Kind::Object(&PATH_ITEM))),
        ("components", Kind::Object(&COMPONENTS)),
    ],
    extensions: &[
        ("x-ms-paths", Kind::Map(&Kind::Object(&PATH_ITEM))),
        ("x-runtime-exports", Kind::Texts),
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
    extensions: &[],
    unsupported: &[],
};

static SERVER: Rule = Rule {
    name: "a server",
    required: &["url"],
    keys: &[
        ("url", Kind::Text),
        ("description", Kind::Text),
        ("variables", Kind::Map(&Kind::Object(&SERVER_VARIABLE))),
    ],
    extensions: &[],
    unsupported: &[],
};

static SERVER_VARIABLE: Rule = Rule {
    name: "a variable of a server",
    required: &["default"],
    keys: &[
        ("default", Kind::Text),
        ("description", Kind::Text),
        ("enum", Kind::Texts),
    ],
    extensions: &[],
    unsupported: &[],
};

static COMPONENTS: Rule = Rule {
    name: "`components`",
    required: &[],
    keys: &[
        ("schemas", Kind::Map(&SCHEMA_OR_REF)),
        ("parameters", Kind::Map(&PARAMETER_OR_REF)),
        ("responses", Kind::Map(&RESPONSE_OR_REF)),
        ("requestBodies", Kind::Map(&Kind::Referable(&REQUEST_BODY))),
        ("headers", Kind::Map(&Kind::Referable(&HEADER))),
        ("securitySchemes", Kind::Any),
        ("examples", Kind::Any),
    ],
    extensions: &[],
    unsupported: &["links", "callbacks"],
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
        ("parameters", Kind::List(&PARAMETER_OR_REF)),
    ],
    extensions: &[],
    unsupported: &[
        "$ref",
        "summary",
        "description",
        "servers",
        "options",
        "trace",
    ],
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
        ("parameters", Kind::List(&PARAMETER_OR_REF)),
        ("requestBody", Kind::Referable(&REQUEST_BODY)),
        ("responses", Kind::Extensible(&RESPONSE_OR_REF)),
    ],
    extensions: &[
        ("x-ms-client-name", Kind::Text),
        ("x-ms-examples", Kind::Any),
        ("x-ms-requestBody-name", Kind::Text),
        ("x-ms-pageable", Kind::Object(&PAGEABLE)),
        ("x-ms-long-running-operation", Kind::Bool),
        (
            "x-ms-long-running-operation-options",
            Kind::Object(&LONG_RUNNING),
        ),
        ("x-required-permission", Kind::Text),
        ("x-idempotent", Kind::Bool),
        ("x-long-running", Kind::Object(&PROTOCOL)),
        ("x-settled-by", Kind::Text),
    ],
    unsupported: &["callbacks", "security", "servers"],
};

static PAGEABLE: Rule = Rule {
    name: "`x-ms-pageable`",
    required: &["nextLinkName"],
    keys: &[("nextLinkName", Kind::TextOrNull), ("itemName", Kind::Text)],
    extensions: &[],
    unsupported: &["operationName"],
};

static PROTOCOL: Rule = Rule {
    name: "`x-long-running`",
    required: &["poll"],
    keys: &[
        (
            "poll",
            Kind::OneOf(&[
                "azure-async-operation",
                "operation-location",
                "location",
                "original-uri",
            ]),
        ),
        ("status", Kind::Text),
        ("succeeded", Kind::Texts),
        ("failed", Kind::Texts),
        (
            "outcome",
            Kind::OneOf(&[
                "first-body",
                "last-body",
                "original-uri",
                "linked",
                "nothing",
            ]),
        ),
        ("link", Kind::Text),
        ("result", Kind::Text),
        ("pauses", Kind::Object(&PAUSE)),
    ],
    extensions: &[],
    unsupported: &[],
};

static PAUSE: Rule = Rule {
    name: "`pauses`",
    required: &["member", "values"],
    keys: &[("member", Kind::Text), ("values", Kind::Texts)],
    extensions: &[],
    unsupported: &[],
};

pub(super) static LONG_RUNNING: Rule = Rule {
    name: "`x-ms-long-running-operation-options`",
    required: &[],
    keys: &[
        (
            "final-state-via",
            Kind::OneOf(&[
                "azure-async-operation",
                "operation-location",
                "location",
                "original-uri",
            ]),
        ),
        ("final-state-schema", Kind::Text),
    ],
    extensions: &[],
    unsupported: &[],
};

pub(super) static PARAMETER: Rule = Rule {
    name: "a parameter",
    required: &["name", "in", "schema"],
    keys: &[
        ("name", Kind::Text),
        ("in", Kind::OneOf(&["path", "query", "header", "cookie"])),
        ("description", Kind::Text),
        ("required", Kind::Bool),
        ("deprecated", Kind::Bool),
        ("style", Kind::OneOf(STYLES)),
        ("explode", Kind::Bool),
        ("schema", Kind::Referable(&SCHEMA)),
        ("example", Kind::Any),
        ("examples", Kind::Any),
    ],
    extensions: &[
        ("x-ms-client-name", Kind::Text),
        ("x-ms-parameter-location", Kind::Text),
        ("x-ms-skip-url-encoding", Kind::Bool),
        ("x-ms-secret", Kind::Bool),
        ("x-optional-segment", Kind::Bool),
    ],
    unsupported: &["content", "allowReserved", "allowEmptyValue"],
};

pub(super) static HEADER: Rule = Rule {
    name: "a header",
    required: &["schema"],
    keys: &[
        ("description", Kind::Text),
        ("required", Kind::Bool),
        ("deprecated", Kind::Bool),
        ("style", Kind::OneOf(STYLES)),
        ("explode", Kind::Bool),
        ("schema", Kind::Referable(&SCHEMA)),
        ("example", Kind::Any),
        ("examples", Kind::Any),
    ],
    extensions: &[("x-ms-client-name", Kind::Text)],
    unsupported: &["content"],
};

static REQUEST_BODY: Rule = Rule {
    name: "a request body",
    required: &["content"],
    keys: &[
        ("description", Kind::Text),
        ("required", Kind::Bool),
        ("content", Kind::Map(&Kind::Object(&MEDIA_TYPE))),
    ],
    extensions: &[],
    unsupported: &[],
};

static RESPONSE: Rule = Rule {
    name: "a response",
    required: &["description"],
    keys: &[
        ("description", Kind::Text),
        ("headers", Kind::Map(&Kind::Referable(&HEADER))),
        ("content", Kind::Map(&Kind::Object(&MEDIA_TYPE))),
    ],
    extensions: &[("x-ms-error-response", Kind::Bool)],
    unsupported: &["links"],
};

static MEDIA_TYPE: Rule = Rule {
    name: "a media type",
    required: &["schema"],
    keys: &[
        ("schema", Kind::Referable(&SCHEMA)),
        ("example", Kind::Any),
        ("examples", Kind::Any),
    ],
    extensions: &[],
    unsupported: &["encoding"],
};

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
        ("properties", Kind::Map(&SCHEMA_OR_REF)),
        ("additionalProperties", Kind::SchemaOrBool),
        ("items", Kind::Referable(&SCHEMA)),
        ("allOf", Kind::List(&SCHEMA_OR_REF)),
        ("enum", Kind::List(&Kind::Any)),
        ("default", Kind::Any),
        ("nullable", Kind::Bool),
        ("readOnly", Kind::Bool),
        ("deprecated", Kind::Bool),
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
    extensions: &[
        ("x-ms-enum", Kind::Object(&ENUM)),
        ("x-ms-client-name", Kind::Text),
        ("x-ms-client-flatten", Kind::Bool),
        (
            "x-ms-mutability",
            Kind::List(&Kind::OneOf(&["create", "read", "update"])),
        ),
        ("x-ms-secret", Kind::Bool),
        ("x-secret-query", Kind::Bool),
        ("x-ms-azure-resource", Kind::Bool),
    ],
    unsupported: &[
        "oneOf",
        "anyOf",
        "not",
        "discriminator",
        "xml",
        "writeOnly",
        "multipleOf",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minProperties",
        "maxProperties",
    ],
};

pub(super) static ENUM: Rule = Rule {
    name: "`x-ms-enum`",
    required: &["name"],
    keys: &[
        ("name", Kind::Text),
        ("modelAsString", Kind::Bool),
        ("values", Kind::List(&Kind::Object(&ENUM_VALUE))),
    ],
    extensions: &[],
    unsupported: &[],
};

static ENUM_VALUE: Rule = Rule {
    name: "a value of `x-ms-enum`",
    required: &["value"],
    keys: &[
        ("value", Kind::Text),
        ("name", Kind::Text),
        ("description", Kind::Text),
    ],
    extensions: &[],
    unsupported: &[],
};
