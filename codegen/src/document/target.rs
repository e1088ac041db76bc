//! What a reference that leads nowhere was probably meant to lead to.

use serde_json::Value;

use crate::diagnostic::nearest;
use crate::source::Pointer;

/// The node of a document whose address is most like one that is not there.
pub(crate) fn nearest_node(root: &Value, pointer: &Pointer) -> Option<Pointer> {
    let mut found = Pointer::default();
    let mut node = root;
    for key in pointer.keys() {
        let key = match node.get(&*key) {
            Some(_) => key,
            None => nearest(&key, node.as_object()?.keys().map(String::as_str))?
                .to_owned()
                .into(),
        };
        node = node.get(&*key)?;
        found = found.child(&key);
    }
    (found != *pointer).then_some(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::nearest_node;
    use crate::source::Pointer;

    #[test]
    fn any_step_of_the_way_may_be_misspelt() {
        let root = json!({"components": {"schemas": {"Name": {}, "Other": {}}}});
        let nearest = |text: &str| {
            let found = nearest_node(&root, &Pointer::parse(text).unwrap());
            found.map(|pointer| pointer.to_string())
        };
        let meant = Some("/components/schemas/Name".to_owned());
        assert_eq!(nearest("/components/schemas/Nmae"), meant);
        assert_eq!(nearest("/component/schema/name"), meant);
        assert_eq!(nearest("/components/schemas/Thing"), None);
        assert_eq!(nearest("/definitions/Name"), None);
    }
}
