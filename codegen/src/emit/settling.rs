use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::api::{Enum, Operation, Parameter, Presence, Scalar, Service, Shape, Type};
use crate::naming::{self, Name, NoIdentifier};

/// ```text
/// impl rt::SettlingOperation for DeleteKey {
///     type Probe = GetDeletedKey;
///     #[inline]
///     fn probe(&self) -> Self::Probe {
///         GetDeletedKey::new(self.key_name.clone())
///     }
/// }
/// ```
pub(super) fn emit(
    cx: &Context<'_>,
    service: &Service,
    operation: &Operation,
    probe: &str,
    name: &Name,
) -> Result<TokenStream, NoIdentifier> {
    let unknown = || NoIdentifier(probe.to_owned());
    let probe = cx.operation(service, probe).ok_or_else(unknown)?;
    let path = path(operation, probe)?;
    let arguments = probe
        .parameters
        .iter()
        .filter(|parameter| parameter.presence == Presence::Required)
        .map(|wanted| argument(cx, operation, wanted))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(quote! {
        impl rt::SettlingOperation for #name {
            type Probe = #path;
            #[inline]
            fn probe(&self) -> Self::Probe {
                #path::new(#(#arguments),*)
            }
        }
    })
}

/// The path of an operation of the same service, as seen from the file of another.
fn path(from: &Operation, to: &Operation) -> Result<TokenStream, NoIdentifier> {
    let name = naming::operation(to)?;
    let group = to.split_id().0;
    if from.split_id().0 == group {
        return Ok(quote!(#name));
    }
    Ok(match group {
        Some(group) => {
            let module = naming::group_name(group)?;
            quote!(super::#module::#name)
        }
        None => quote!(super::#name),
    })
}

/// The own value for a parameter of the probe.
fn argument(
    cx: &Context<'_>,
    operation: &Operation,
    wanted: &Parameter,
) -> Result<TokenStream, NoIdentifier> {
    let own = operation.value_for(wanted);
    let name = naming::parameter(own.ok_or_else(|| NoIdentifier(wanted.wire.clone()))?)?;
    Ok(match is_copied(cx, wanted) {
        true => quote!(self.#name),
        false => quote!(self.#name.clone()),
    })
}

/// Whether values of a parameter are `Copy`.
fn is_copied(cx: &Context<'_>, parameter: &Parameter) -> bool {
    match &parameter.ty {
        Type::Scalar(Scalar::Bool | Scalar::I32 | Scalar::I64) => true,
        Type::Named(reference) => matches!(
            cx.types.get(reference).map(|def| &def.shape),
            Some(Shape::Enum(Enum { open: false, .. }))
        ),
        _ => false,
    }
}
