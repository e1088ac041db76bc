//! What a long-running operation brings about has a type, whatever its answers on the way hold.

use keyvault_rest::backup::{FullBackup, models::FullBackupOperation};
use keyvault_rest::certificates::CreateCertificate;
use keyvault_rest::certificates::models::{CertificateBundle, CertificateOperation};
use keyvault_rest::management::models::ManagedHsm;
use keyvault_rest::management::{managed_hsms, vaults};
use keyvault_rest::security_domain::hsm_security_domain;
use keyvault_rest::security_domain::models::SecurityDomainObject;
use keyvault_rest::{LongRunningOperation, Operation};

fn brings<O: LongRunningOperation<Final = T>, T>() {
    assert!(O::META.protocol().is_some());
}

fn answers<O: Operation<Output = T>, T>() {}

fn main() {
    answers::<CreateCertificate, CertificateOperation>();
    brings::<CreateCertificate, CertificateBundle>();
    answers::<managed_hsms::CreateOrUpdate, Option<ManagedHsm>>();
    brings::<managed_hsms::CreateOrUpdate, ManagedHsm>();
    brings::<FullBackup, FullBackupOperation>();
    brings::<hsm_security_domain::Download, SecurityDomainObject>();
    brings::<hsm_security_domain::Upload, ()>();
    brings::<vaults::PurgeDeleted, ()>();
}
