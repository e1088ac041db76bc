use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::Here;
use super::{Context, operation};
use crate::api::{LongRunning, Operation, Outcome, Pause, Payload, Poll, Type};
use crate::naming::{Name, NoIdentifier};

/// ```text
/// impl rt::LongRunningOperation for CreateCertificate {
///     type Final = models::CertificateBundle;
/// }
/// ```
pub(super) fn emit(
    cx: &Context<'_>,
    here: Here<'_>,
    operation: &Operation,
    protocol: &LongRunning,
    name: &Name,
) -> Result<TokenStream, NoIdentifier> {
    let last = operation::output(cx, here, &last(operation, protocol))?;
    Ok(quote! {
        impl rt::LongRunningOperation for #name {
            type Final = #last;
        }
    })
}

/// What an operation has brought about in the end.
pub(crate) fn last(operation: &Operation, protocol: &LongRunning) -> Payload {
    match (&protocol.outcome, operation.payload.ty()) {
        (Outcome::FirstBody | Outcome::LastBody, _) => operation.payload.clone(),
        (Outcome::OriginalUri, Some(ty)) => Payload::Always(ty.clone()),
        (Outcome::OriginalUri, None) | (Outcome::Nothing, _) => Payload::None,
        (Outcome::Linked { result, .. }, _) => Payload::Always(Type::Named(result.clone())),
    }
}

/// A protocol as one constant expression; what is usual is not said.
pub(super) fn protocol(long_running: &LongRunning) -> TokenStream {
    let usual = LongRunning::usual(long_running.poll);
    let poll = match long_running.poll {
        Poll::AzureAsyncOperation => quote!(AzureAsyncOperation),
        Poll::OperationLocation => quote!(OperationLocation),
        Poll::Location => quote!(Location),
        Poll::OriginalUri => quote!(OriginalUri),
        Poll::Unspecified => quote!(Unspecified),
    };
    let mut protocol = quote!(rt::LongRunning::new(rt::Poll::#poll));
    if long_running.status != usual.status
        && let Some(status) = &long_running.status
    {
        protocol = quote!(#protocol.status(#status));
    }
    if long_running.succeeded != usual.succeeded {
        let words = &long_running.succeeded;
        protocol = quote!(#protocol.succeeded(&[#(#words),*]));
    }
    if long_running.failed != usual.failed {
        let words = &long_running.failed;
        protocol = quote!(#protocol.failed(&[#(#words),*]));
    }
    let outcome = match &long_running.outcome {
        Outcome::LastBody => None,
        Outcome::FirstBody => Some(quote!(FirstBody)),
        Outcome::OriginalUri => Some(quote!(OriginalUri)),
        Outcome::Nothing => Some(quote!(Nothing)),
        Outcome::Linked { member, .. } => Some(quote!(Linked(#member))),
    };
    if let Some(outcome) = outcome {
        protocol = quote!(#protocol.outcome(rt::Outcome::#outcome));
    }
    if let Some(Pause { member, values }) = &long_running.pauses {
        protocol = quote!(#protocol.pauses(#member, &[#(#values),*]));
    }
    protocol
}
