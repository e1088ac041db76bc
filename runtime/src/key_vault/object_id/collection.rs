/// What an [`ObjectId`](super::ObjectId) names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Collection {
    /// `/keys/{name}` and `/deletedkeys/{name}`.
    Keys,
    /// `/keys/{name}/rotationpolicy`: when the key is rotated.
    RotationPolicies,
    /// `/secrets/{name}` and `/deletedsecrets/{name}`.
    Secrets,
    /// `/certificates/{name}` and `/deletedcertificates/{name}`.
    Certificates,
    /// `/certificates/{name}/pending`: the creation of the certificate.
    CertificateOperations,
    /// `/certificates/{name}/policy`: how the certificate is made and renewed.
    CertificatePolicies,
    /// `/certificates/issuers/{name}`.
    Issuers,
    /// `/certificates/contacts`, of which a vault has one.
    Contacts,
    /// `/storage/{name}` and `/deletedstorage/{name}`.
    StorageAccounts,
    /// `/storage/{account}/sas/{name}` and `/deletedstorage/{account}/sas/{name}`.
    SasDefinitions,
}
