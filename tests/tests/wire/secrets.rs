//! What is secret does not show.

use keyvault_rest::backup::FullBackup;
use keyvault_rest::backup::models::SASTokenParameter;
use keyvault_rest::keys::models::{
    JsonWebKey, JsonWebKeyEncryptionAlgorithm, KeyImportParameters, KeyOperationsParameters,
    KeyReleaseParameters, KeyRestoreParameters,
};
use keyvault_rest::keys::{Encrypt, ImportKey, Release, RestoreKey};

use super::sent;

const CANARY: &[u8] = b"canary-canary";

#[test]
fn secrets_are_sent_but_not_shown() {
    let encoded = keyvault_rest::Base64Url::from(CANARY).to_string();
    let key = JsonWebKey::default()
        .n(b"public")
        .d(CANARY)
        .dp(CANARY)
        .dq(CANARY)
        .qi(CANARY)
        .p(CANARY)
        .q(CANARY)
        .k(CANARY)
        .t(CANARY);
    let import = ImportKey::new("k", KeyImportParameters::new(key));
    let shown = format!("{import:?} {import:#?}");
    assert!(
        !shown.contains("canary") && !shown.contains(&encoded),
        "{shown}"
    );
    assert!(
        shown.contains("cHVibGlj"),
        "what is public stays visible: {shown}"
    );

    let body = String::from_utf8(sent(&import).into_body()).unwrap();
    assert_eq!(body.matches(&encoded).count(), 8, "{body}");
}

#[test]
fn inputs_of_operations_are_not_shown() {
    let algorithm = JsonWebKeyEncryptionAlgorithm::RsaOaep;
    let shown = [
        format!(
            "{:?}",
            Encrypt::new("k", KeyOperationsParameters::new(algorithm, CANARY))
        ),
        format!("{:?}", RestoreKey::new(KeyRestoreParameters::new(CANARY))),
        format!(
            "{:?}",
            Release::new("k", KeyReleaseParameters::new("canary-canary"))
        ),
        format!(
            "{:?}",
            FullBackup::new(SASTokenParameter::new("https://a.example/b").token("canary-canary"))
        ),
    ];
    let encoded = keyvault_rest::Base64Url::from(CANARY).to_string();
    for shown in shown {
        assert!(
            !shown.contains("canary") && !shown.contains(&encoded),
            "{shown}"
        );
    }
}
