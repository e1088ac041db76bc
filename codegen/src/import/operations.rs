//! The operations of a document, and which operation of another document is the same one.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::world::World;
use crate::source::Pointer;

/// An operation and where it stands.
#[derive(Clone)]
pub(super) struct Operation<'a> {
    pub(super) pointer: Pointer,
    pub(super) node: &'a Value,
    path: &'a str,
    method: &'a str,
}

impl<'a> Operation<'a> {
    fn id(&self) -> Option<&'a str> {
        self.node.get("operationId").and_then(Value::as_str)
    }

    /// Its method and path, where the names of path parameters do not count.
    fn route(&self) -> (&'a str, String) {
        let parts = self.path.split('{').enumerate();
        let parts = parts.map(|(index, part)| match part.split_once('}') {
            Some((_, rest)) if index > 0 => rest,
            _ => part,
        });
        (self.method, parts.collect::<Vec<_>>().join("{}"))
    }

    /// Whether a parameter is the same as one of another operation: by place and name, in equal
    /// paths by its position.
    pub(super) fn same_parameter(&self, own: &Value, other: &Self, known: &Value) -> bool {
        let positions = (self.position(own), other.position(known));
        if let (Some(own), Some(known)) = positions
            && self.route() == other.route()
        {
            return own == known;
        }
        own.get("in") == known.get("in") && own.get("name") == known.get("name")
    }

    /// Which of the variables in the path a parameter is.
    fn position(&self, parameter: &Value) -> Option<usize> {
        let text = |key: &str| parameter.get(key).and_then(Value::as_str);
        let name = text("name").filter(|_| text("in") == Some("path"))?;
        let start = self.path.find(&format!("{{{name}}}"))?;
        Some(self.path[..start].matches('{').count())
    }

    /// The items of `parameters`, and where they stand.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (Pointer, &'a Value)> {
        let pointer = self.pointer.child("parameters");
        let items = self.node.get("parameters").and_then(Value::as_array);
        let items = items.into_iter().flatten().enumerate();
        items.map(move |(index, item)| (pointer.child(&index.to_string()), item))
    }
}

/// All operations, in the order of the document.
pub(super) fn operations(root: &Value) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    for section in ["paths", "x-ms-paths"] {
        for (path, item) in root.get(section).into_iter().flat_map(members) {
            let pointer = Pointer::default().child(section).child(path);
            let methods = members(item).filter(|(_, node)| node.is_object());
            operations.extend(methods.map(|(method, node)| Operation {
                pointer: pointer.child(method),
                node,
                path,
                method,
            }));
        }
    }
    operations
}

/// What tells an operation from others, if it has it.
type Mark = fn(&Operation<'_>) -> Option<String>;

/// The operations that both documents have: by their ids, those left by place, then by method and path.
pub(super) fn pairs<'a>(new: &'a Value, old: &'a Value) -> Vec<(Operation<'a>, Operation<'a>)> {
    let (new, old) = (operations(new), operations(old));
    let mut paired: Vec<Option<usize>> = vec![None; new.len()];
    let mut free = vec![true; old.len()];
    let marks: [Mark; 3] = [
        |operation| operation.id().map(str::to_owned),
        |operation| Some(operation.pointer.to_string()),
        |operation| {
            let (method, path) = operation.route();
            Some(format!("{method} {path}"))
        },
    ];
    for mark in marks {
        // The free ones of each mark, the first last.
        let mut known: HashMap<String, Vec<usize>> = HashMap::new();
        for (o, operation) in old.iter().enumerate().rev().filter(|(o, _)| free[*o]) {
            if let Some(mark) = mark(operation) {
                known.entry(mark).or_default().push(o);
            }
        }
        for (n, operation) in new.iter().enumerate() {
            if paired[n].is_none()
                && let Some(mark) = mark(operation)
                && let Some(o) = known.get_mut(&mark).and_then(Vec::pop)
            {
                paired[n] = Some(o);
                free[o] = false;
            }
        }
    }
    let pairs = paired.into_iter().enumerate();
    pairs
        .filter_map(|(n, o)| Some((new[n].clone(), old[o?].clone())))
        .collect()
}

/// The places that hold one operation in the one document, and another one in the other.
pub(super) fn taken_by_others(new: &Value, old: &Value) -> BTreeSet<Pointer> {
    let places = |root| operations(root).into_iter().map(|o| o.pointer);
    let pairs = pairs(new, old).into_iter();
    let moved: BTreeSet<_> = pairs
        .filter(|(new, old)| new.pointer != old.pointer)
        .flat_map(|(new, old)| [new.pointer, old.pointer])
        .collect();
    let new: BTreeSet<_> = places(new).collect();
    places(old)
        .filter(|place| new.contains(place) && moved.contains(place))
        .collect()
}

/// Puts the parameters of an operation into the order that they have in `old`: it means nothing,
/// and corrections address them by it. A new one stays behind the one it follows.
pub(super) fn order_parameters(document: &mut Value, old: &World<'_>) {
    let mut ordered = Vec::new();
    for (new, operation) in pairs(document, old.root()) {
        let known = operation.parameters();
        let known = known.filter_map(|(pointer, _)| old.meant(&old.at(pointer)));
        let known: Vec<_> = known.map(|(_, parameter)| parameter).collect();
        let place = |item: &Value| {
            let mut known = known.iter();
            known.position(|known| new.same_parameter(item, &operation, known))
        };
        let mut last = None;
        let items = new.parameters().map(|(_, item)| {
            let position = place(item);
            last = position.or(last);
            (last, position.is_none(), item.clone())
        });
        let mut items: Vec<_> = items.collect();
        items.sort_by_key(|(position, added, _)| (*position, *added));
        let items: Vec<_> = items.into_iter().map(|(_, _, item)| item).collect();
        ordered.push((new.pointer.child("parameters"), items));
    }
    for (pointer, items) in ordered {
        if let Some(list) = document.pointer_mut(pointer.as_str()) {
            *list = Value::Array(items);
        }
    }
}

fn members(node: &Value) -> impl Iterator<Item = (&String, &Value)> {
    node.as_object().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use serde_json::{Value, json};

    use super::{World, order_parameters, pairs, taken_by_others};

    fn paired(new: &Value, old: &Value) -> Vec<(String, String)> {
        let pairs = pairs(new, old).into_iter();
        let pairs = pairs.map(|(new, old)| (new.pointer.to_string(), old.pointer.to_string()));
        pairs.collect()
    }

    fn pair(new: &str, old: &str) -> (String, String) {
        (new.to_owned(), old.to_owned())
    }

    #[test]
    fn an_operation_is_known_by_its_id_or_else_by_its_route() {
        let old = json!({"paths": {
            "/a/{x}": {"get": {"operationId": "a"}},
            "/b": {"get": {"operationId": "B"}}
        }});
        let new = json!({"paths": {
            "/a/{y}": {"get": {"operationId": "A"}, "put": {"operationId": "New"}},
            "/c": {"get": {"operationId": "B"}}
        }});
        let a = pair("/paths/~1a~1{y}/get", "/paths/~1a~1{x}/get");
        assert_eq!(
            paired(&new, &old),
            [a, pair("/paths/~1c/get", "/paths/~1b/get")]
        );
    }

    #[test]
    fn a_place_that_another_operation_took_says_nothing_of_it() {
        let old = json!({"paths": {"/a": {"get": {"operationId": "A"}}}});
        let new = json!({"paths": {
            "/a": {"get": {"operationId": "B"}},
            "/b": {"get": {"operationId": "A"}}
        }});
        assert_eq!(
            paired(&new, &old),
            [pair("/paths/~1b/get", "/paths/~1a/get")]
        );
        let taken = taken_by_others(&new, &old).into_iter();
        let taken: Vec<_> = taken.map(|pointer| pointer.to_string()).collect();
        assert_eq!(taken, ["/paths/~1a/get"]);
        assert!(taken_by_others(&old, &old).is_empty());
    }

    #[test]
    fn parameters_keep_their_order_and_new_ones_follow_those_before_them() {
        let parameter = |name: &str, place: &str| json!({"name": name, "in": place});
        let operation = |path: &str, parameters: Value| {
            json!({"paths": {path: {"get": {
                "operationId": "A", "parameters": parameters
            }}}})
        };
        let (v, n) = (parameter("v", "query"), parameter("n", "path"));
        let old = operation("/{n}", json!([v.clone(), n]));
        let (m, new) = (parameter("m", "path"), parameter("new", "query"));
        let mut document = operation("/{m}", json!([m.clone(), new.clone(), v.clone()]));
        order_parameters(&mut document, &World::new("a.yaml", &old, &IndexMap::new()));
        let ordered = &document["paths"]["/{m}"]["get"]["parameters"];
        assert_eq!(*ordered, json!([v, m, new]));
    }
}
