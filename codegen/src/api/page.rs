//! Which members of a result make it a page of a list.

use super::{Field, Paging, Payload, Scalar, Shape, Type, TypeIndex};

/// The members that make a model a page.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The member that holds the items.
    pub items: &'a Field,
    /// What an item is.
    pub item: &'a Type,
    /// The member that holds the URL of the next page; `None` when there is never one.
    pub next_link: Option<&'a Field>,
}

/// Why a result is no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPage {
    /// It is nothing, or no model.
    NoModel,
    /// It has no member of this name.
    NoMember(String),
    /// This member holds no list.
    NoList(String),
    /// This member holds no text that may be shown.
    NoText(String),
}

impl<'a> TypeIndex<'a> {
    /// The members that `paging` names of what an operation gives back.
    pub fn page(&self, payload: &'a Payload, paging: &Paging) -> Result<Page<'a>, NoPage> {
        let fields = self.members(payload).ok_or(NoPage::NoModel)?;
        let member = |wire: &String| {
            let mut fields = fields.iter();
            let found = fields.find(|field| field.wire == *wire);
            found.ok_or_else(|| NoPage::NoMember(wire.clone()))
        };
        let items = member(&paging.items)?;
        let Some(Type::List(item)) = self.behind_aliases(&items.ty) else {
            return Err(NoPage::NoList(items.wire.clone()));
        };
        let next_link = paging.next_link.as_ref().map(member).transpose()?;
        if let Some(field) = next_link.filter(|field| !self.is_plain_text(field)) {
            return Err(NoPage::NoText(field.wire.clone()));
        }
        Ok(Page {
            items,
            item,
            next_link,
        })
    }

    /// The members of what an operation gives back, if it is a model.
    pub fn members(&self, payload: &'a Payload) -> Option<&'a [Field]> {
        let Type::Named(reference) = self.behind_aliases(payload.ty()?)? else {
            return None;
        };
        match &self.get(reference)?.shape {
            Shape::Model(fields) => Some(fields),
            Shape::Enum(_) | Shape::Alias(_) => None,
        }
    }

    fn is_plain_text(&self, field: &'a Field) -> bool {
        let ty = self.behind_aliases(&field.ty);
        let text = matches!(ty, Some(Type::Scalar(Scalar::String | Scalar::Uri)));
        text && !field.secret
    }
}
