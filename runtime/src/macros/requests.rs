/// Declares an enum of the requests of a service, as an [`AnyRequest`](crate::server::AnyRequest).
#[macro_export]
macro_rules! requests {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $($(#[$variant_attribute:meta])* $variant:ident($operation:ty),)*
        }
    ) => {
        $(#[$attribute])*
        #[allow(clippy::large_enum_variant, reason = "a request is one at a time")]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_attribute])* $variant($operation),)*
        }
        impl $crate::server::AnyRequest for $name {
            fn routes(to: &mut impl $crate::server::Routes<Self>) {
                $(to.operation(Self::$variant);)*
            }
            fn operation(&self) -> &dyn $crate::server::AnyOperation {
                match self { $(Self::$variant(request) => request,)* }
            }
        }
    };
}
