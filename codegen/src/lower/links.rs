//! Which members hold the link to the next page of a list, whose query can hold a token.

use crate::api::{Api, Operation, Shape, TypeIndex, TypeRef};

/// Hides the queries of all those links.
pub(super) fn hide_queries(api: &mut Api) {
    let types = api.index();
    let operations = api.services.iter().flat_map(|service| service.operations());
    let links: Vec<_> = operations
        .filter_map(|operation| link(&types, operation))
        .collect();
    for (page, member) in links {
        let mut services = api.services.iter_mut();
        let service = services.find(|service| service.name == page.service);
        let types = service.into_iter().flat_map(|service| &mut service.types);
        for def in types.filter(|def| def.name == page.name) {
            if let Shape::Model(fields) = &mut def.shape {
                let links = fields.iter_mut().filter(|field| field.wire == member);
                links.for_each(|field| field.secret_query = !field.secret);
            }
        }
    }
}

/// The model of a page, and the member with the link.
fn link(types: &TypeIndex<'_>, operation: &Operation) -> Option<(TypeRef, String)> {
    let member = operation.paging.as_ref()?.next_link.clone()?;
    let page = types.behind_aliases(operation.payload.ty()?)?.named()?;
    Some((page.clone(), member))
}
