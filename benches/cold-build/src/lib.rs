//! Empty: what is built, and timed, are the dependencies.
#![forbid(unsafe_code)]

// They are used in name, so that the audit can tell them from those that nobody needs.
#[cfg(feature = "official-lean")]
use {
    azure_security_keyvault_certificates as _, azure_security_keyvault_keys as _,
    azure_security_keyvault_secrets as _,
};
