//! The engines for base64, with the vector units of the processor where there are any: without them, to decode the
//! modulus takes a sixth of the time in which a key is read.

use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};
use std::sync::LazyLock;

#[cfg(any(
    target_arch = "x86_64",
    all(target_arch = "aarch64", target_feature = "neon")
))]
mod best {
    pub(crate) use base64::engine::Simd as Engine;

    pub(super) fn url_safe(config: super::GeneralPurposeConfig) -> Engine {
        Engine::url_safe(config)
    }

    pub(super) fn standard(config: super::GeneralPurposeConfig) -> Engine {
        Engine::standard(config)
    }
}

#[cfg(not(any(
    target_arch = "x86_64",
    all(target_arch = "aarch64", target_feature = "neon")
)))]
mod best {
    use base64::alphabet;
    pub(crate) use base64::engine::GeneralPurpose as Engine;

    pub(super) fn url_safe(config: super::GeneralPurposeConfig) -> Engine {
        Engine::new(&alphabet::URL_SAFE, config)
    }

    pub(super) fn standard(config: super::GeneralPurposeConfig) -> Engine {
        Engine::new(&alphabet::STANDARD, config)
    }
}

pub(crate) use best::Engine as BestEngine;

/// base64url, written without padding.
pub(crate) static URL_SAFE: LazyLock<BestEngine> = LazyLock::new(|| best::url_safe(config(false)));

/// Standard base64, written with padding.
pub(crate) static STANDARD: LazyLock<BestEngine> = LazyLock::new(|| best::standard(config(true)));

/// Engines write as the service does and read more: with padding or without, and with bits left over in the last
/// character, since the service's own samples are cut off in the middle.
const fn config(padding: bool) -> GeneralPurposeConfig {
    GeneralPurposeConfig::new()
        .with_encode_padding(padding)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true)
}
