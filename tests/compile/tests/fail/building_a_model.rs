//! Models may get members, so they are not built from a list of all of them.

use keyvault_rest::keys::models::KeyAttestation;

fn main() {
    let _ = KeyAttestation {
        certificate_pem_file: None,
        private_key_attestation: None,
        public_key_attestation: None,
        version: None,
    };
}
