//! Registers certificate authorities with a vault, and whom to mail about its certificates.

use keyvault_rest::Secret;
use keyvault_rest::certificates::models::{
    AdministratorDetails, CertificateIssuerListResult, CertificateIssuerSetParameters,
    CertificateIssuerUpdateParameters, Contact, Contacts, IssuerAttributes, IssuerBundle,
    IssuerCredentials, OrganizationDetails,
};
use keyvault_rest::certificates::{
    DeleteCertificateContacts, DeleteCertificateIssuer, GetCertificateContacts,
    GetCertificateIssuer, GetCertificateIssuers, SetCertificateContacts, SetCertificateIssuer,
    UpdateCertificateIssuer,
};

fn register(password: Secret<String>) -> SetCertificateIssuer {
    let admin = AdministratorDetails::default()
        .first_name("John")
        .last_name("Doe")
        .email_address("admin@contoso.com")
        .phone("4255555555");
    let parameters = CertificateIssuerSetParameters::new("DigiCert")
        .credentials(
            IssuerCredentials::default()
                .account_id("keyvaultuser")
                .password(password),
        )
        .organization_details(
            OrganizationDetails::default()
                .id("42")
                .admin_details([admin]),
        )
        .attributes(IssuerAttributes::default().enabled(true));
    SetCertificateIssuer::new("digicert", parameters)
}

fn pause() -> UpdateCertificateIssuer {
    let off = IssuerAttributes::default().enabled(false);
    UpdateCertificateIssuer::new(
        "digicert",
        CertificateIssuerUpdateParameters::default().attributes(off),
    )
}

fn mail(addresses: &[&str]) -> SetCertificateContacts {
    let contacts = addresses
        .iter()
        .map(|address| Contact::default().email_address(*address).name("On call"));
    SetCertificateContacts::new(Contacts::default().contact_list(contacts))
}

fn administrators(issuer: IssuerBundle) -> Vec<String> {
    let organization = issuer.organization_details.unwrap_or_default();
    let administrators = organization.admin_details.into_iter().flatten();
    administrators.filter_map(|a| a.email_address).collect()
}

fn providers(page: CertificateIssuerListResult) -> Vec<(String, String)> {
    let issuers = page.value.into_iter().flatten();
    issuers.filter_map(|i| i.id.zip(i.provider)).collect()
}

fn addresses(contacts: Contacts) -> Vec<String> {
    let contacts = contacts.contact_list.into_iter().flatten();
    contacts
        .filter_map(|contact| contact.email_address)
        .collect()
}

fn main() {
    let shown = format!("{:?}", register(Secret::from("pass phrase")));
    assert!(!shown.contains("pass phrase"));
    let _ = (pause(), mail(&["a@contoso.com", "b@contoso.com"]));
    let _ = GetCertificateIssuer::new("digicert");
    let _ = GetCertificateIssuers::new().maxresults(25);
    let _ = DeleteCertificateIssuer::new("digicert");
    let _ = (
        GetCertificateContacts::new(),
        DeleteCertificateContacts::new(),
    );
    let _ = (administrators, providers, addresses);
}
