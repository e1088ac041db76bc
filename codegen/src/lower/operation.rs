use std::collections::HashMap;

use openapiv3::{Operation as Source, RequestBody};
use serde_json::Value;

use super::{Context, extensions, long_running, parameter, path, response};
use crate::api::{
    Body, Location, Method, Operation, Paging, Parameter, PathTemplate, Presence, Scalar, Segment,
    Type,
};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::At;

const METHODS: [(&str, Method); 6] = [
    ("get", Method::Get),
    ("put", Method::Put),
    ("post", Method::Post),
    ("delete", Method::Delete),
    ("head", Method::Head),
    ("patch", Method::Patch),
];

const PAGEABLE: &str = "x-ms-pageable";
const SETTLED_BY: &str = "x-settled-by";

/// Lowers all operations of a path item, in the order in which they stand.
pub(super) fn lower_path(
    cx: &mut Context<'_>,
    service: &str,
    at: &At,
    key: &str,
    node: &Value,
) -> Vec<Operation> {
    let members = node.as_object().into_iter().flatten();
    let nodes: Vec<_> = members
        .filter_map(|(member, node)| {
            let (name, method) = METHODS.iter().find(|(name, _)| name == member)?;
            Some((at.child(name), *method, node))
        })
        .collect();
    for (at, _, node) in &nodes {
        note_id(cx, service, at, node);
    }
    let Some(path) = path::parse(cx, at, key) else {
        return Vec::new();
    };
    let mut operations = Vec::new();
    for (member, method, node) in nodes {
        let place = Place {
            service,
            path: &path,
            shared: at.child("parameters"),
            at: member,
        };
        operations.extend(lower(cx, &place, method, node));
    }
    operations
}

/// Notes where an operation stands, whatever is wrong with it: others may refer to it.
fn note_id(cx: &mut Context<'_>, service: &str, at: &At, node: &Value) {
    if let Some(id) = node.get("operationId").and_then(Value::as_str) {
        cx.origins.insert(&[service, "operations", id], at);
    }
}

/// Where an operation stands.
struct Place<'a> {
    service: &'a str,
    path: &'a path::Path,
    /// The parameters that all operations of the path share.
    shared: At,
    at: At,
}

impl Place<'_> {
    /// The path item, whose key is the path.
    fn path_at(&self) -> At {
        let pointer = self.at.pointer.parent().unwrap_or_default();
        At {
            file: self.at.file.clone(),
            pointer,
        }
    }
}

fn lower(
    cx: &mut Context<'_>,
    place: &Place<'_>,
    method: Method,
    node: &Value,
) -> Option<Operation> {
    let at = &place.at;
    let source: Source = cx.typed(at, node)?;
    let id = source.operation_id.clone()?;
    let item = [place.service, "operations", id.as_str()];
    let first = cx.origins.get(&item);
    if first != *at {
        let message = format!("two operations have the id `{id}`");
        let at = at.child("operationId");
        let diagnostic = Diagnostic::new(Code::DuplicateOperation, at, message).value();
        let diagnostic = diagnostic.see_value(first.child("operationId"), "the first one");
        cx.push(diagnostic.help("give one of the two another `operationId`"));
        return None;
    }
    let (parameters, takes_api_version) = parameters(cx, place, &id);
    check_path(cx, place, &id, &parameters);
    check_constants(cx, place, &id, &parameters);
    for (part, key) in [
        ("body", "requestBody"),
        (PAGEABLE, PAGEABLE),
        (SETTLED_BY, SETTLED_BY),
    ] {
        let item = [place.service, "operations", &id, part];
        cx.origins.insert(&item, &at.child(key));
    }
    let responses = response::lower(cx, &at.child("responses"), node.get("responses")?)?;
    Some(Operation {
        client_name: extensions::text(&source.extensions, "x-ms-client-name"),
        method,
        path: place.path.template.clone(),
        rivals: Vec::new(),
        overload: at.pointer.as_str().starts_with("/x-ms-paths/"),
        parameters,
        takes_api_version,
        body: body(cx, at, &source),
        successes: responses.successes,
        error: responses.error,
        paging: paging(&source),
        long_running: long_running::lower(cx, at, &source.extensions, &responses.payload),
        payload: responses.payload,
        settled_by: extensions::text(&source.extensions, SETTLED_BY),
        idempotent: idempotent(&source, method),
        permission: extensions::text(&source.extensions, "x-required-permission"),
        deprecated: source.deprecated,
        doc: doc(&source),
        id,
    })
}

/// The parameters of the path item and of the operation, which may replace the former.
fn parameters(cx: &mut Context<'_>, place: &Place<'_>, id: &str) -> (Vec<Parameter>, bool) {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut known = HashMap::new();
    let mut takes_api_version = false;
    for list in [&place.shared, &place.at.child("parameters")] {
        let nodes = cx.documents.get(list).and_then(Value::as_array);
        for index in 0..nodes.map_or(0, Vec::len) {
            let at = list.item(index);
            match parameter::lower(cx, &at) {
                Some(parameter::Lowered::ApiVersion) => takes_api_version = true,
                Some(parameter::Lowered::Parameter(parameter)) => {
                    note(cx, place, id, &parameter, &at);
                    let place = *known.entry(parameter.key()).or_insert(parameters.len());
                    match parameters.get_mut(place) {
                        Some(shared) => *shared = *parameter,
                        None => parameters.push(*parameter),
                    }
                }
                None => {}
            }
        }
    }
    parameters.extend(place.path.constants.iter().map(constant));
    (parameters, takes_api_version)
}

/// Notes where a parameter stands; what stands there twice in one list is one too many.
fn note(cx: &mut Context<'_>, place: &Place<'_>, id: &str, parameter: &Parameter, at: &At) {
    let key = parameter.key();
    let item = [place.service, "operations", id, key.as_str()];
    let before = cx.origins.get(&item);
    let same_list = before.pointer.parent() == at.pointer.parent() && before.file == at.file;
    if same_list && before != *at {
        let message = format!("the parameter `{}` is declared twice", parameter.wire);
        let diagnostic = Diagnostic::new(Code::Inconsistent, at.clone(), message);
        let diagnostic = diagnostic.see(before, "the first one");
        cx.push(diagnostic.help("remove one of the two"));
    }
    cx.origins.replace(&item, at);
}

fn constant((key, value): &(String, String)) -> Parameter {
    Parameter {
        wire: key.clone(),
        client_name: None,
        location: Location::Query,
        ty: Type::Scalar(Scalar::String),
        presence: Presence::Constant(value.clone()),
        raw: false,
        secret: false,
        deprecated: false,
        default: None,
        constraints: Default::default(),
        doc: String::new(),
    }
}

/// Path and parameters must name each other.
fn check_path(cx: &mut Context<'_>, place: &Place<'_>, id: &str, parameters: &[Parameter]) {
    let PathTemplate(segments) = &place.path.template;
    let named: Vec<_> = segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Parameter(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
        .collect();
    let in_path = parameters.iter().filter(|p| p.location == Location::Path);
    let mut unused: Vec<_> = in_path
        .filter(|parameter| !named.contains(&parameter.wire.as_str()))
        .collect();
    let declared = declared(cx, place);
    for name in named {
        if declared
            .iter()
            .any(|declared| declared.as_deref().is_none_or(|d| d == name))
        {
            continue;
        }
        let wires = unused.iter().map(|parameter| parameter.wire.as_str());
        let meant = nearest(name, wires).map(str::to_owned);
        let meant = meant.and_then(|meant| {
            let index = unused
                .iter()
                .position(|parameter| parameter.wire == meant)?;
            Some(unused.remove(index))
        });
        undeclared(cx, place, id, name, meant);
    }
    for parameter in unused {
        let wire = &parameter.wire;
        let message = format!("the path does not name its parameter `{wire}`");
        let help = format!("put `{{{wire}}}` into the path, or remove the parameter");
        let at = place_of(cx, place, id, parameter);
        let diagnostic = Diagnostic::new(Code::UnusedParameter, at, message).value();
        cx.push(diagnostic.see(place.path_at(), "the path").help(help));
    }
}

/// The names of all path parameters, those that cannot be used among them; `None` for one whose name
/// cannot be known.
fn declared(cx: &Context<'_>, place: &Place<'_>) -> Vec<Option<String>> {
    let mut names = Vec::new();
    for list in [&place.shared, &place.at.child("parameters")] {
        let nodes = cx.documents.get(list).and_then(Value::as_array);
        for node in nodes.into_iter().flatten() {
            let target = match node.get("$ref").and_then(Value::as_str) {
                Some(reference) => cx.documents.target(&list.file, reference),
                None => None,
            };
            let node = match target {
                Some(target) => cx.documents.get(&target).unwrap_or(node),
                None => node,
            };
            let text = |key: &str| node.get(key).and_then(Value::as_str).map(str::to_owned);
            match text("in") {
                Some(location) if location != "path" => {}
                _ => names.push(text("name")),
            }
        }
    }
    names
}

fn undeclared(
    cx: &mut Context<'_>,
    place: &Place<'_>,
    id: &str,
    name: &str,
    meant: Option<&Parameter>,
) {
    let diagnostic = |message| {
        let diagnostic = Diagnostic::new(Code::UndeclaredParameter, place.path_at(), message);
        diagnostic.word(format!("{{{name}}}"))
    };
    let diagnostic = match meant {
        Some(parameter) => {
            let wire = &parameter.wire;
            let message = format!("the path says `{name}`, but the parameter is called `{wire}`");
            let at = place_of(cx, place, id, parameter);
            diagnostic(message)
                .see_value(at, "the parameter")
                .help(format!("did you mean `{{{wire}}}`?"))
        }
        None => {
            let message = format!("the path names `{name}`, but no parameter is called so");
            let example =
                format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}");
            diagnostic(message)
                .see(place.at.clone(), "this operation does not declare it")
                .help(format!(
                    "declare it under `parameters`, such as `- {example}`"
                ))
        }
    };
    cx.push(diagnostic);
}

/// Where the name of a parameter stands.
fn place_of(cx: &Context<'_>, place: &Place<'_>, id: &str, parameter: &Parameter) -> At {
    let item = [place.service, "operations", id, &parameter.key()];
    cx.origins.get(&item).child("name")
}

/// What the key of the path says already is not asked for.
fn check_constants(cx: &mut Context<'_>, place: &Place<'_>, id: &str, parameters: &[Parameter]) {
    for (key, _) in &place.path.constants {
        let query = |p: &&Parameter| p.location == Location::Query && p.wire == *key;
        if parameters.iter().filter(query).count() > 1 {
            let message = format!("the path says what `{key}` is, and so does a parameter");
            let help = "remove the parameter, or the value in the path";
            let at = cx
                .origins
                .get(&[place.service, "operations", id, &format!("query {key}")]);
            cx.inconsistent(&at, message, help);
        }
    }
}

fn body(cx: &mut Context<'_>, at: &At, source: &Source) -> Option<Body> {
    source.request_body.as_ref()?;
    let at = at.child("requestBody");
    let (at, node) = cx.resolve(&at, "requestBodies")?;
    let body: RequestBody = cx.typed(&at, node)?;
    Some(Body {
        name: extensions::text(&source.extensions, "x-ms-requestBody-name")
            .unwrap_or_else(|| "body".to_owned()),
        ty: response::json_content(cx, &at.child("content"))?,
        required: body.required,
        doc: body.description.unwrap_or_default().trim().to_owned(),
    })
}

fn paging(source: &Source) -> Option<Paging> {
    let pageable = source.extensions.get(PAGEABLE)?;
    let text = |key: &str| pageable.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(Paging {
        items: text("itemName").unwrap_or_else(|| "value".to_owned()),
        next_link: text("nextLinkName"),
    })
}

fn idempotent(source: &Source, method: Method) -> bool {
    let stated = source
        .extensions
        .get("x-idempotent")
        .and_then(Value::as_bool);
    stated.unwrap_or_else(|| method.is_idempotent())
}

fn doc(source: &Source) -> String {
    let texts = [&source.summary, &source.description];
    let texts: Vec<_> = texts
        .into_iter()
        .flatten()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    texts.join("\n\n")
}
