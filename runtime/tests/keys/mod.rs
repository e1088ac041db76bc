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

    #[derive(Clone, Debug, PartialEq)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct GetKey {
        pub key_name: String,
        pub key_version: Option<String>,
    }

    impl rt::Operation for GetKey {
        type Output = models::KeyBundle;
        const META: &'static rt::OperationMeta = &SERVICE
            .get("GetKey", "/keys/{key-name}/{key-version}")
            .parameters(&[
                rt::Parameter::path("key-name").pattern("^[0-9a-zA-Z-]+$"),
                rt::Parameter::path("key-version").optional(),
            ])
            .rivals(&[
                "/keys/{key-name}/versions",
                "/keys/{key-name}/rotationpolicy",
            ])
            .permission("keys/get")
            .idempotent();

        fn arguments(&self, to: &mut rt::Arguments<'_>) {
            to.put("key-name", &self.key_name);
            to.put("key-version", &self.key_version);
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct CreateKey {
        pub scope: String,
        pub kind: models::JsonWebKeyType,
        pub max_results: Option<i32>,
        pub token: rt::Secret<String>,
        pub parameters: models::KeyBundle,
    }

    impl rt::Operation for CreateKey {
        type Output = Option<models::Error>;
        const META: &'static rt::OperationMeta = &SERVICE
            .post("CreateKey", "/{scope}/keys/{kind}")
            .parameters(&[
                rt::Parameter::path("scope").raw(),
                rt::Parameter::path("kind"),
                rt::Parameter::query("maxresults").optional().between(1, 25),
                rt::Parameter::header("x-token").length(1, 128).secret(),
                rt::Parameter::query("fixed").constant("a b"),
            ])
            .accepts(&[200, 204])
            .paging("value", Some("nextLink"))
            .long_running(rt::LongRunning::new(rt::Poll::AzureAsyncOperation));

        fn arguments(&self, to: &mut rt::Arguments<'_>) {
            to.put("scope", &self.scope);
            to.put("kind", &self.kind);
            to.put("maxresults", &self.max_results);
            to.put("x-token", &self.token);
            to.json(&self.parameters);
        }
    }
}

pub mod models {
    mod error {
        use keyvault_runtime as rt;

        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct Error {
            pub code: Option<String>,
            pub inner_error: Option<Box<super::Error>>,
        }

        rt::model! {
            Error as "Error" {
                code: read_only("code"),
                inner_error: read_only("innererror"),
            }
        }
    }
    mod json_web_key {
        use keyvault_runtime as rt;

        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct JsonWebKey {
            pub key_type: super::JsonWebKeyType,
            pub n: Option<rt::Base64Url>,
            pub k: Option<rt::Secret<rt::Base64Url>>,
        }

        rt::model! {
            JsonWebKey as "JsonWebKey" {
                key_type: required("kty"),
                n: optional("n"),
                k: optional("k"),
            }
        }
    }
    mod json_web_key_type {
        use keyvault_runtime as rt;

        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum JsonWebKeyType {
            Ec,
            EcHsm,
            UnknownValue(rt::UnknownValue),
        }

        impl rt::OpenEnum for JsonWebKeyType {
            const NAME: &'static str = "JsonWebKeyType";
            const VALUES: &'static [(&'static str, Self)] =
                &[("EC", Self::Ec), ("EC-HSM", Self::EcHsm)];
        }

        rt::open_enum!(JsonWebKeyType);
    }
    mod key_bundle {
        use keyvault_runtime as rt;

        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct KeyBundle {
            pub key: super::JsonWebKey,
            pub actions: Option<Vec<super::KeyRotationPolicyAction>>,
            pub created: Option<rt::UnixTime>,
            pub updated: Option<rt::Rfc3339>,
            pub certificate: Option<rt::Base64>,
            pub tags: Option<std::collections::BTreeMap<String, String>>,
            pub size: i32,
            pub any: Option<rt::Json>,
            pub managed: Option<bool>,
        }

        impl KeyBundle {
            pub fn new(key: super::JsonWebKey, size: i32) -> Self {
                Self {
                    key,
                    size,
                    ..rt::Model::blank()
                }
            }
        }

        rt::model! {
            KeyBundle as "KeyBundle" {
                key: required("key"),
                actions: optional("actions"),
                created: optional("created"),
                updated: optional("updated"),
                certificate: optional("cer"),
                tags: optional("tags"),
                size: required("key_size"),
                any: optional("any"),
                managed: read_only("managed"),
            }
        }
    }
    mod key_rotation_policy_action {
        use keyvault_runtime as rt;

        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum KeyRotationPolicyAction {
            Rotate,
            Notify,
        }

        impl rt::ClosedEnum for KeyRotationPolicyAction {
            const NAME: &'static str = "KeyRotationPolicyAction";
            const VALUES: &'static [(&'static str, Self)] =
                &[("Rotate", Self::Rotate), ("Notify", Self::Notify)];
        }

        rt::closed_enum!(KeyRotationPolicyAction);
    }

    pub use error::Error;
    pub use json_web_key::JsonWebKey;
    pub use json_web_key_type::JsonWebKeyType;
    pub use key_bundle::KeyBundle;
    pub use key_rotation_policy_action::KeyRotationPolicyAction;
}
