//! Descriptions that are valid, with a text of choice in every place that takes one.

use arbitrary::Unstructured;
use serde_json::{Map, Value, json};

use super::words;

/// Which texts a description has. Its structure is the same with both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Harmless,
    Hostile,
}

/// The documents of a description: file name and content.
pub fn description(u: &mut Unstructured<'_>, style: Style) -> Vec<(String, Value)> {
    let mut writer = Writer {
        schemas: u.int_in_range(1..=4).unwrap_or(1),
        u,
        style,
    };
    let count = writer.upto(1);
    (0..=count)
        .map(|index| (format!("s{index}.yaml"), writer.document(index)))
        .collect()
}

struct Writer<'a, 'u> {
    u: &'a mut Unstructured<'u>,
    style: Style,
    /// How many schemas of each kind there are.
    schemas: usize,
}

impl Writer<'_, '_> {
    fn upto(&mut self, most: usize) -> usize {
        self.u.int_in_range(0..=most).unwrap_or(0)
    }

    fn flag(&mut self) -> bool {
        self.u.arbitrary().unwrap_or(false)
    }

    /// A text that the generator only repeats.
    fn prose(&mut self) -> String {
        let mut text = "Text".to_owned();
        for _ in 0..=self.upto(3) {
            let word = *self.u.choose(words::HOSTILE).unwrap_or(&"\u{202e}");
            let lead = if self.flag() { " " } else { "" };
            if self.style == Style::Hostile {
                text.push_str(lead);
                text.push_str(word);
            }
        }
        text
    }

    /// A name of which `stem` and one letter make the identifier, whatever stands between them.
    fn name(&mut self, stem: &str) -> String {
        let junk = *self.u.choose(words::HOSTILE).unwrap_or(&"`");
        let junk: String = junk
            .chars()
            .filter(|c| !c.is_ascii_alphanumeric() && !"_{}/?".contains(*c))
            .collect();
        match self.style {
            Style::Hostile if !junk.is_empty() => format!("{stem}{junk}x"),
            _ => format!("{stem}-x"),
        }
    }

    fn document(&mut self, index: usize) -> Value {
        let names = Names::of(self);
        let mut paths = Map::new();
        for operation in 0..=self.upto(2) {
            let (path, item) = self.path(&names, operation);
            paths.insert(path, item);
        }
        let mut root = json!({
            "openapi": "3.0.3",
            "info": {"title": self.prose(), "version": self.prose()},
            // Services of one host are told apart from others, whatever their texts are.
            "servers": [{"url": format!("{index} {}", self.prose())}],
            "security": [{"OAuth": [self.prose()]}],
            "paths": paths,
            "components": {
                "schemas": self.schemas(&names),
                "parameters": {"Shared": self.parameter("shared", "query")},
                "responses": {"Failure": self.success(&names)},
            },
        });
        if self.flag() {
            root["info"]["description"] = json!(self.prose());
        }
        if self.flag() {
            let key = format!("/over{index}?_overload=x&fixed=a");
            root["x-ms-paths"] = json!({ key: {"get": self.operation(&names, 90, &[])} });
        }
        root
    }

    fn path(&mut self, names: &Names, operation: usize) -> (String, Value) {
        let parameter = self.name("p");
        let path = format!("/lit{operation}/{{{parameter}}}");
        let mut own = self.parameter("p", "path");
        own["name"] = json!(parameter);
        own["required"] = json!(true);
        let mut item = json!({"get": self.operation(names, operation * 10, &[])});
        if self.flag() {
            item["put"] = self.operation(names, operation * 10 + 1, &["body"]);
        }
        if self.flag() {
            item["post"] = self.operation(names, operation * 10 + 2, &["body", "long"]);
        }
        item["parameters"] = json!([own]);
        (path, item)
    }

    fn operation(&mut self, names: &Names, number: usize, traits: &[&str]) -> Value {
        let own = self.name(&format!("op{number}"));
        let id = match self.flag() {
            true => format!("{}_{own}", names.group),
            false => own,
        };
        let mut parameters = vec![json!({"$ref": "#/components/parameters/Shared"})];
        for index in 0..self.upto(3) {
            parameters.push(self.parameter(&format!("q{index}"), "query"));
        }
        parameters.push(json!({
            "name": "x-fixed", "in": "query", "required": true,
            "schema": {"type": "string", "enum": [self.prose()]},
        }));
        parameters.push(json!({
            "name": "X-Head", "in": "header", "description": self.prose(),
            "schema": {"type": "string", "pattern": self.pattern()},
        }));
        let mut node = json!({
            "operationId": id,
            "summary": self.prose(),
            "description": self.prose(),
            "x-required-permission": self.prose(),
            "parameters": parameters,
            "responses": {
                "200": self.success(names),
                "default": {"$ref": "#/components/responses/Failure"},
            },
        });
        if self.flag() {
            node["deprecated"] = json!(true);
        }
        if self.flag() {
            node["x-ms-client-name"] = json!(self.name(&format!("call{number}")));
        }
        if self.flag() {
            let names = names.page();
            node["x-ms-pageable"] = json!({"nextLinkName": names.1, "itemName": names.0});
        }
        if traits.contains(&"body") {
            node["x-ms-requestBody-name"] = json!(self.name("load"));
            node["requestBody"] = json!({
                "required": self.flag(),
                "description": self.prose(),
                "content": {"application/json": {"schema": names.model_ref(0)}},
            });
        }
        if traits.contains(&"long") {
            node["x-long-running"] = json!({
                "poll": "location", "outcome": "linked",
                "status": self.prose(), "succeeded": [self.prose()], "failed": [self.prose()],
                "link": self.prose(), "result": names.model_ref(0)["$ref"],
                "pauses": {"member": self.prose(), "values": [self.prose()]},
            });
        }
        node
    }

    fn success(&mut self, names: &Names) -> Value {
        let header = self.name("h");
        json!({
            "description": self.prose(),
            "headers": { header: {"description": self.prose(), "schema": {"type": "string"}} },
            "content": {"application/json": {"schema": names.model_ref(0), "example": self.prose()}},
        })
    }

    fn parameter(&mut self, stem: &str, place: &str) -> Value {
        let mut schema = json!({"type": "string"});
        if self.flag() {
            schema["pattern"] = json!(self.pattern());
            schema["default"] = json!(self.prose());
        }
        let mut node = json!({
            "name": self.name(stem), "in": place, "description": self.prose(), "schema": schema,
        });
        if self.flag() {
            node["x-ms-secret"] = json!(true);
        }
        if self.flag() {
            node["x-ms-client-name"] = json!(self.name(&format!("arg-{stem}")));
        }
        node
    }

    /// A regular expression that stands for a text.
    fn pattern(&mut self) -> String {
        let mut pattern = "^".to_owned();
        for c in self.prose().chars() {
            if c.is_ascii_punctuation() {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern
    }

    fn schemas(&mut self, names: &Names) -> Map<String, Value> {
        let mut schemas = Map::new();
        for index in 0..self.schemas {
            schemas.insert(names.models[index].clone(), self.model(names));
            schemas.insert(
                names.enums[index].clone(),
                self.enumeration(&names.enums[index]),
            );
        }
        let alias = self.name("Alias");
        let ty = self.ty(names, 0);
        schemas.insert(alias, ty);
        let child = self.name("Child");
        let own = json!({"type": "object", "properties": {"own": {"type": "string"}}});
        schemas.insert(
            child,
            json!({"allOf": [names.model_ref(0), own], "description": self.prose()}),
        );
        schemas
    }

    fn model(&mut self, names: &Names) -> Value {
        let mut properties = Map::new();
        let (items, next) = names.page();
        let list =
            json!({"type": "array", "items": names.model_ref(0), "description": self.prose()});
        properties.insert(items.to_owned(), list);
        properties.insert(
            next.to_owned(),
            json!({"type": "string", "description": self.prose()}),
        );
        let required = self.name("must");
        properties.insert(
            required.clone(),
            json!({"type": "string", "default": self.prose()}),
        );
        for index in 0..self.upto(3) {
            let name = self.name(&format!("m{index}"));
            let member = self.member(names, index);
            properties.insert(name, member);
        }
        let mut model = json!({"type": "object", "required": [required], "properties": properties});
        if self.flag() {
            model["description"] = json!(self.prose());
        }
        if self.flag() {
            model["title"] = json!(self.prose());
        }
        model
    }

    fn member(&mut self, names: &Names, index: usize) -> Value {
        let mut member = self.ty(names, 0);
        if member.get("$ref").is_some() {
            return member;
        }
        if self.flag() {
            member["description"] = json!(self.prose());
        }
        if self.flag() {
            member["x-ms-client-name"] = json!(self.name(&format!("own{index}")));
        }
        if self.flag() {
            member["readOnly"] = json!(true);
        }
        if self.flag() {
            member["deprecated"] = json!(true);
        }
        if member == json!({"type": "string"}) && self.flag() {
            member["x-ms-secret"] = json!(true);
        }
        member["example"] = json!(self.prose());
        member
    }

    fn ty(&mut self, names: &Names, depth: usize) -> Value {
        let list = [
            "string", "int", "unix", "uuid", "time", "bytes", "any", "ref", "list", "map",
        ];
        let most = if depth > 3 { 7 } else { 9 };
        match list[self.upto(most)] {
            "int" => json!({"type": "integer", "format": "int32", "minimum": 0}),
            "unix" => json!({"type": "integer", "format": "unixtime"}),
            "uuid" => json!({"type": "string", "format": "uuid"}),
            "time" => json!({"type": "string", "format": "date-time"}),
            "bytes" => json!({"type": "string", "format": "base64url"}),
            "any" => json!({}),
            "ref" => {
                let index = self.upto(self.schemas - 1);
                names.model_ref(index)
            }
            "list" => json!({"type": "array", "items": self.ty(names, depth + 1)}),
            "map" => json!({"type": "object", "additionalProperties": self.ty(names, depth + 1)}),
            _ => json!({"type": "string"}),
        }
    }

    fn enumeration(&mut self, name: &str) -> Value {
        let values: Vec<_> = (0..=self.upto(3))
            .map(|i| self.name(&format!("v{i}")))
            .collect();
        let mut node = json!({"type": "string", "enum": values, "description": self.prose()});
        if self.flag() {
            let values = values.iter().enumerate().map(|(index, value)| {
                json!({"value": value, "name": self.name(&format!("Value{index}")), "description": self.prose()})
            });
            let values: Vec<_> = values.collect();
            node["x-ms-enum"] =
                json!({"name": name, "modelAsString": self.flag(), "values": values});
        }
        node
    }
}

/// The names that several places of a document share.
struct Names {
    group: String,
    models: Vec<String>,
    enums: Vec<String>,
    items: String,
    next: String,
}

impl Names {
    fn of(writer: &mut Writer<'_, '_>) -> Self {
        let count = writer.schemas;
        Self {
            group: writer.name("group"),
            models: (0..count)
                .map(|i| writer.name(&format!("Model{i}")))
                .collect(),
            enums: (0..count)
                .map(|i| writer.name(&format!("Enum{i}")))
                .collect(),
            items: writer.name("items"),
            next: writer.name("next"),
        }
    }

    fn page(&self) -> (&str, &str) {
        (&self.items, &self.next)
    }

    fn model_ref(&self, index: usize) -> Value {
        let key = self.models[index].replace('~', "~0").replace('/', "~1");
        let key: String = key.bytes().map(percent).collect();
        json!({"$ref": format!("#/components/schemas/{key}")})
    }
}

fn percent(byte: u8) -> String {
    match byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'~' {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    }
}
