//! Which item of the old version a change is about.

use keyvault_codegen::api::{Api, Service, Shape, TypeDef};
use keyvault_codegen::changes::{Change, Subject, What};

/// The place of a change under the names of the old version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At {
    /// A service, an operation or a type.
    pub(crate) item: String,
    /// A parameter, member or value of it.
    pub(crate) member: Option<String>,
}

/// Where changes were before renaming.
pub(crate) struct Places<'a> {
    old: &'a Api,
    /// Items by the name of now, with that of before.
    renamed: Vec<(bool, String, String)>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(old: &'a Api, changes: &[Change]) -> Self {
        let mut places = Self {
            old,
            renamed: Vec::new(),
        };
        let items = changes.iter().filter(|change| is_item(change.subject));
        for change in items {
            if let What::Renamed { from } = &change.what
                && let Some((service, _)) = change.place.split_once('.')
            {
                let before = format!("{service}.{from}");
                // A name for Rust alone changes under the same id.
                if places.is_item(change.subject, &before) {
                    let is_type = is_of_type(change.subject);
                    places.renamed.push((is_type, change.place.clone(), before));
                }
            }
        }
        places
    }

    pub(crate) fn at(&self, change: &Change) -> At {
        let place = change.place.as_str();
        let (item, member) = match change.subject {
            Subject::Parameter => split(place.strip_suffix(')').unwrap_or(place), '('),
            Subject::Field | Subject::Value => match place.match_indices('.').nth(1) {
                Some((dot, _)) => (&place[..dot], Some(&place[dot + 1..])),
                None => (place, None),
            },
            // The headers of a status follow a blank.
            Subject::Result => (split(place, ' ').0, None),
            _ => (place, None),
        };
        let item = self.before(is_of_type(change.subject), item);
        let renamed = match &change.what {
            What::Renamed { from } if self.is_member(change.subject, &item, from) => Some(from),
            _ => None,
        };
        At {
            member: renamed.cloned().or_else(|| member.map(str::to_owned)),
            item,
        }
    }

    fn before(&self, is_type: bool, item: &str) -> String {
        let mut renamed = self.renamed.iter();
        let found = renamed.find(|(of_type, now, _)| *of_type == is_type && now == item);
        found.map_or(item, |(_, _, before)| before).to_owned()
    }

    fn service(&self, item: &str) -> Option<(&'a Service, String)> {
        let (service, name) = item.split_once('.')?;
        Some((self.old.service(service)?, name.to_owned()))
    }

    fn is_item(&self, subject: Subject, item: &str) -> bool {
        match is_of_type(subject) {
            true => self.type_def(item).is_some(),
            false => self
                .service(item)
                .is_some_and(|(service, id)| service.operation(&id).is_some()),
        }
    }

    fn type_def(&self, item: &str) -> Option<&'a TypeDef> {
        let (service, name) = self.service(item)?;
        service.types.iter().find(|def| def.name == name)
    }

    fn is_member(&self, subject: Subject, item: &str, wire: &str) -> bool {
        if subject == Subject::Parameter {
            let operation = self.service(item);
            let operation = operation.and_then(|(service, id)| service.operation(&id));
            return operation.is_some_and(|operation| {
                let mut parameters = operation.parameters.iter();
                parameters.any(|parameter| parameter.wire == wire)
            });
        }
        match self.type_def(item).map(|def| &def.shape) {
            Some(Shape::Model(fields)) => fields.iter().any(|field| field.wire == wire),
            Some(Shape::Enum(values)) => values.variants.iter().any(|value| value.wire == wire),
            _ => false,
        }
    }
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((item, member)) => (item, Some(member)),
        None => (text, None),
    }
}

fn is_item(subject: Subject) -> bool {
    use Subject::{Alias, Enumeration, Model, Operation};
    matches!(subject, Operation | Model | Enumeration | Alias)
}

/// Whether a change is about a type or a part of one.
pub(crate) fn is_of_type(subject: Subject) -> bool {
    use Subject::{Alias, Enumeration, Field, Model, Value};
    matches!(subject, Model | Enumeration | Alias | Field | Value)
}
