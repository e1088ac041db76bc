/// Declares a struct as an [`Operation`](crate::Operation): the arguments with their places in the request, what comes
/// back, and the facts of the operation.
///
/// ```
/// use keyvault_runtime::{Json, Operation, OperationMeta, Service};
///
/// const SECRETS: Service = Service {
///     name: "secrets",
///     api_version: "2025-07-01",
///     scopes: &["https://vault.azure.net/.default"],
/// };
///
/// keyvault_runtime::operation! {
///     /// Reads a secret.
///     pub struct GetSecret {
///         /// Name of the secret.
///         name: String = path("secret-name").length(1, 127),
///     }
///     optional {
///         /// Version of the secret: the newest one, if it is left out.
///         version: Option<String> = path("secret-version"),
///     }
///     -> Json = SECRETS.get("GetSecret", "/secrets/{secret-name}/{secret-version}").idempotent()
/// }
///
/// let vault = keyvault_runtime::Endpoint::new("https://myvault.vault.azure.net")?;
/// let request = GetSecret::new("db-password").version("1").request(&vault)?;
/// assert_eq!(request.uri().path(), "/secrets/db-password/1");
/// # Ok::<(), keyvault_runtime::Error>(())
/// ```
///
/// | section | arguments |
/// |---|---|
/// | `struct` | required ones, which `new` takes; see [`Parameter`](crate::Parameter) for what stands behind their places |
/// | `optional` | an `Option` each, with a setter |
/// | `body`, or `optional_body` | what goes as JSON |
/// | `constant` | parameters that are always the same |
/// | `example` | none: a request for the documentation, in which the crate is `rest` |
#[macro_export]
macro_rules! operation {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident {
            $(
                $(#[doc = $doc:literal])*
                $field:ident: $type:ty = $place:ident($wire:literal)$(.$check:ident($($value:tt)*))*,
            )*
        }
        $(optional {
            $(
                $(#[$option_attribute:meta])*
                $option:ident: $option_type:ty
                    = $option_place:ident($option_wire:literal)$(.$option_check:ident($($option_value:tt)*))*,
            )*
        })?
        $(body {
            $(#[doc = $body_doc:literal])*
            $body:ident: $body_type:ty $(,)?
        })?
        $(optional_body {
            $(#[$optional_body_attribute:meta])*
            $optional_body:ident: Option<$optional_body_type:ty> $(,)?
        })?
        $(constant {
            $($constant_place:ident($constant_wire:literal)$(.$constant_check:ident($($constant_value:tt)*))*,)*
        })?
        $(example = $example:expr,)?
        -> $output:ty = $meta:expr
    ) => {
        $(#[$attribute])*
        $(
            #[cfg_attr(doc, doc = ::core::concat!(
                "\n```\nuse ", ::core::env!("CARGO_CRATE_NAME"), " as rest;\n\nlet request = ",
                ::core::stringify!($example), ";\n```",
            ))]
        )?
        #[derive(Clone, Debug, PartialEq)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct $name {
            $($field: $type,)*
            $($($option: $option_type,)*)?
            $($body: $body_type,)?
            $($optional_body: Option<$optional_body_type>,)?
        }
        impl $name {
            /// A request with all that it needs.
            ///
            $(#[doc = ::core::concat!("- `", ::core::stringify!($field), "`:" $(, $doc, "\n  ")*)])*
            $(#[doc = ::core::concat!("- `", ::core::stringify!($body), "`:" $(, $body_doc, "\n  ")*)])?
            pub fn new(
                $($field: impl $crate::IntoValue<$type>,)*
                $($body: impl $crate::IntoValue<$body_type>,)?
            ) -> Self {
                Self {
                    $($field: $field.into_value(),)*
                    $($($option: ::core::option::Option::None,)*)?
                    $($body: $body.into_value(),)?
                    $($optional_body: ::core::option::Option::None,)?
                }
            }
            $($(
                $(#[$option_attribute])*
                pub fn $option(mut self, $option: impl $crate::IntoValue<$option_type>) -> Self {
                    $crate::__private::set(&mut self.$option, $option);
                    self
                }
            )*)?
            $(
                $(#[$optional_body_attribute])*
                pub fn $optional_body(
                    mut self,
                    $optional_body: impl $crate::IntoValue<Option<$optional_body_type>>,
                ) -> Self {
                    $crate::__private::set(&mut self.$optional_body, $optional_body);
                    self
                }
            )?
        }
        impl $crate::Operation for $name {
            type Output = $output;
            const META: &'static $crate::OperationMeta = &$meta.parameters(&[
                $($crate::Parameter::$place($wire)$(.$check($($value)*))*,)*
                $($($crate::Parameter::$option_place($option_wire).optional()$(.$option_check($($option_value)*))*,)*)?
                $($($crate::Parameter::$constant_place($constant_wire)$(.$constant_check($($constant_value)*))*,)*)?
            ]);
            #[inline]
            fn arguments(&self, to: &mut $crate::Arguments<'_>) {
                let _ = &to;
                $(to.put($wire, &self.$field);)*
                $($(to.put($option_wire, &self.$option);)*)?
                $(to.json(&self.$body);)?
                $(to.json(&self.$optional_body);)?
            }
        }
        $crate::__served! {
            $name
            { $($field: $type = $wire,)* $($($option: $option_type = $option_wire,)*)? }
            { $($body: $body_type)? }
            { $($optional_body: $optional_body_type)? }
        }
    };
}

/// The side of the service of an operation, if the feature `server` is on.
#[cfg(feature = "server")]
#[doc(hidden)]
#[macro_export]
macro_rules! __served {
    (
        $name:ident
        { $($field:ident: $type:ty = $wire:literal,)* }
        { $($body:ident: $body_type:ty)? }
        { $($optional_body:ident: $optional_body_type:ty)? }
    ) => {
        impl $crate::server::ServedOperation for $name {
            type Inputs<'a> = $crate::__one_or_all!(
                [$(<$type as $crate::server::FromArgument>::Lent<'a>,)*
                $(&'a $body_type,)?
                $(::core::option::Option<&'a $optional_body_type>,)?]
            );
            fn given(&self) -> Self::Inputs<'_> {
                $crate::__one_or_all!({
                    $($crate::server::FromArgument::lend(&self.$field),)*
                    $(&self.$body,)?
                    $(self.$optional_body.as_ref(),)?
                })
            }
            fn from_arguments(
                from: &$crate::server::Given<'_>,
            ) -> ::core::result::Result<Self, $crate::server::RequestError> {
                let _ = from;
                ::core::result::Result::Ok(Self {
                    $($field: from.take($wire)?,)*
                    $($body: from.json()?,)?
                    $($optional_body: from.json()?,)?
                })
            }
        }
    };
}

/// Nothing, for the feature `server` is off.
#[cfg(not(feature = "server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __served {
    ($($declaration:tt)*) => {};
}

/// One type or value as it is, several as a tuple.
#[cfg(feature = "server")]
#[doc(hidden)]
#[macro_export]
macro_rules! __one_or_all {
    ([$one:ty,]) => { $one };
    ([$($type:ty,)*]) => { ($($type,)*) };
    ({ $one:expr, }) => { $one };
    ({ $($value:expr,)* }) => { ($($value,)*) };
}
