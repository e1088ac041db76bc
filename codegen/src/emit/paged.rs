use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::rust_type::{self, Here};
use crate::api::{Operation, Page, Paging, Payload, Type};
use crate::naming::{self, Name, NoIdentifier};

/// ```text
/// impl rt::PagedOperation for GetKeys {
///     type Item = models::KeyItem;
///     #[inline]
///     fn page(page: Self::Output) -> rt::Page<Self::Item> {
///         rt::Page::new(page.value, page.next_link)
///     }
/// }
/// ```
pub(super) fn emit(
    cx: &Context<'_>,
    here: Here<'_>,
    operation: &Operation,
    paging: &Paging,
    name: &Name,
) -> Result<TokenStream, NoIdentifier> {
    let page = cx.types.page(&operation.payload, paging);
    // A list without pages was refused by the validation.
    let page = page.map_err(|_| NoIdentifier(paging.items.clone()))?;
    let item = rust_type::emit(cx, here, page.item)?;
    let body = body(&page, &operation.payload)?;
    Ok(quote! {
        impl rt::PagedOperation for #name {
            type Item = #item;
            #[inline]
            fn page(page: Self::Output) -> rt::Page<Self::Item> {
                #body
            }
        }
    })
}

/// What the pages of an operation hold, if it has any.
pub(super) fn item<'a>(cx: &Context<'a>, operation: &'a Operation) -> Option<&'a Type> {
    let paging = operation.paging.as_ref()?;
    let page = cx.types.page(&operation.payload, paging).ok()?;
    Some(page.item)
}

fn body(page: &Page<'_>, payload: &Payload) -> Result<TokenStream, NoIdentifier> {
    let items = naming::field(page.items)?;
    let next_link = match page.next_link {
        Some(field) => {
            let next_link = naming::field(field)?;
            quote!(page.#next_link)
        }
        None => quote!(None),
    };
    let page = quote!(rt::Page::new(page.#items, #next_link));
    Ok(match payload {
        Payload::Maybe(_) => quote! {
            match page {
                Some(page) => #page,
                None => rt::Page::new(None, None),
            }
        },
        Payload::None | Payload::Always(_) => page,
    })
}
