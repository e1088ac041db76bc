//! The mini service, as the generator would emit it.

use keyvault_runtime as rt;

pub const SERVICE: rt::Service = rt::Service {
    name: "keys",
    api_version: "2025-07-01",
    scopes: &["https://vault.azure.net/.default"],
};

pub mod operations {
    use super::{SERVICE, models};
    use keyvault_runtime as rt;

    rt::operation! {
        /// Reads a key.
        pub struct GetKey {
            /// Name of the key.
            key_name: String = path("key-name").pattern("^[0-9a-zA-Z-]+$"),
        }
        optional {
            /// Version of the key.
            key_version: Option<String> = path("key-version"),
        }
        -> models::KeyBundle = SERVICE.get("GetKey", "/keys/{key-name}/{key-version}")
            .rivals(&["/keys/{key-name}/versions", "/keys/{key-name}/rotationpolicy"])
            .permission("keys/get")
            .idempotent()
    }

    rt::operation! {
        /// Makes a key.
        pub struct CreateKey {
            /// Scope of the key.
            scope: String = path("scope").raw(),
            /// Kind of the key.
            kind: models::JsonWebKeyType = path("kind"),
            /// A token.
            token: rt::Secret<String> = header("x-token").length(1, 128).secret(),
        }
        optional {
            /// Largest number.
            max_results: Option<i32> = query("maxresults").between(1, 25),
        }
        body {
            /// The key.
            parameters: models::KeyBundle,
        }
        constant {
            query("fixed").constant("a b"),
        }
        -> Option<models::Error> = SERVICE.post("CreateKey", "/{scope}/keys/{kind}")
            .accepts(&[200, 204])
            .paging("value", Some("nextLink"))
            .long_running(rt::LongRunning::new(rt::Poll::AzureAsyncOperation))
    }

    rt::operation! {
        /// Changes a key, or not.
        #[derive(Default)]
        pub struct UpdateKey {}
        optional_body {
            /// The key.
            parameters: Option<models::KeyBundle>,
        }
        -> () = SERVICE.patch("UpdateKey", "/key")
    }
}

pub mod models {
    use keyvault_runtime as rt;

    rt::model! {
        /// What went wrong.
        pub struct Error {
            /// A word for it.
            code: Option<String> = read_only,
            /// Why.
            inner_error: Option<Box<Error>> = read_only("innererror"),
        }
    }

    rt::model! {
        /// A key.
        pub struct JsonWebKey new(key_type: JsonWebKeyType) {
            /// Its type.
            key_type: JsonWebKeyType = required("kty"),
            /// Its modulus.
            n: Option<rt::Base64Url> = optional,
            /// Its value.
            k: Option<rt::Secret<rt::Base64Url>> = optional,
        }
    }

    rt::open_enum! {
        /// Type of a key.
        pub enum JsonWebKeyType {
            /// Elliptic curve.
            Ec = "EC",
            /// In an HSM.
            EcHsm = "EC-HSM",
        }
    }

    rt::model! {
        /// A key with what belongs to it.
        pub struct KeyBundle new(key: JsonWebKey, size: i32) {
            /// The key.
            key: JsonWebKey = required,
            /// What to do.
            actions: Option<Vec<KeyRotationPolicyAction>> = optional,
            /// When it was made.
            created: Option<rt::UnixTime> = optional,
            /// When it was changed.
            updated: Option<rt::Rfc3339> = optional,
            /// Its certificate.
            certificate: Option<rt::Base64> = optional("cer"),
            /// Names and values.
            tags: Option<std::collections::BTreeMap<String, String>> = optional,
            /// Bits.
            size: i32 = required("key_size"),
            /// Anything.
            any: Option<rt::Json> = optional,
            /// Whether the service manages it.
            managed: Option<bool> = read_only,
        }
    }

    rt::closed_enum! {
        /// What to do.
        pub enum KeyRotationPolicyAction {
            /// Make a new one.
            Rotate,
            /// Tell.
            Notify,
        }
    }
}
