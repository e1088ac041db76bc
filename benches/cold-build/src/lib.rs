//! Empty: what is built, and timed, are the dependencies.
#![forbid(unsafe_code)]

// They are used in name, so that the audit can tell them from those that nobody needs.
#[cfg(feature = "official-lean")]
use {
    azure_security_keyvault_certificates as _, azure_security_keyvault_keys as _,
    azure_security_keyvault_secrets as _,
};
#[cfg(feature = "libraries")]
use {
    base64 as _, http as _, percent_encoding as _, regex_lite as _, serde_core as _,
    serde_json as _, time as _, zeroize as _,
};
#[cfg(feature = "libraries-client")]
use {
    bytes as _, fastrand as _, futures_core as _, reqwest as _, rustls as _,
    rustls_platform_verifier as _, tokio as _, tracing as _, uuid as _,
};
