//! Encrypts, signs, wraps and releases.

use keyvault_rest::keys::models::{
    JsonWebKeyEncryptionAlgorithm, JsonWebKeySignatureAlgorithm, KeyEncryptionAlgorithm,
    KeyOperationResult, KeyOperationsParameters, KeyReleaseParameters, KeySignParameters,
    KeyVerifyParameters,
};
use keyvault_rest::keys::{Decrypt, Encrypt, Release, Sign, UnwrapKey, Verify, WrapKey};
use keyvault_rest::{Base64Url, Secret};

fn requests(digest: &[u8; 32], plaintext: Vec<u8>, signature: Base64Url) {
    let gcm = || JsonWebKeyEncryptionAlgorithm::A256Gcm;
    let _ = Encrypt::new(
        "k",
        KeyOperationsParameters::new(gcm(), plaintext).aad([1, 2, 3]),
    );
    let _ = Decrypt::new(
        "k",
        KeyOperationsParameters::new(gcm(), digest)
            .iv(vec![0; 12])
            .tag([0; 16]),
    )
    .key_version("v");
    // A name that the crate does not know, or that comes from a configuration file.
    let _ = WrapKey::new("k", KeyOperationsParameters::new("RSA-OAEP-512", digest));
    let _ = UnwrapKey::new("k", KeyOperationsParameters::new(gcm(), digest));

    let es256 = || JsonWebKeySignatureAlgorithm::Es256K;
    let _ = Sign::new("k", KeySignParameters::new(es256(), digest));
    let _ = Verify::new("k", KeyVerifyParameters::new(es256(), digest, signature));

    let target = KeyReleaseParameters::new(String::from("token"))
        .enc(KeyEncryptionAlgorithm::RsaAesKeyWrap256)
        .nonce("nonce");
    let _ = Release::new("k", target);
}

fn plaintext(result: KeyOperationResult) -> Option<Vec<u8>> {
    let secret: Secret<Base64Url> = result.result?;
    Some(secret.into_exposed().into_vec())
}

fn main() {
    let _ = (requests, plaintext);
}
