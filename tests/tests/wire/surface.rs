//! Where the other services differ from keys.

use keyvault_rest::certificates::models::{
    CertificateCreateParameters, CertificateImportParameters, CertificatePolicy, IssuerParameters,
    KeyProperties, SecretProperties, SubjectAlternativeNames, X509CertificateProperties,
};
use keyvault_rest::certificates::{
    CreateCertificate, DeleteCertificate, DeleteCertificateOperation, GetCertificate,
    GetCertificatePolicy, GetCertificates, ImportCertificate,
};
use keyvault_rest::management::models::{
    AccessPolicyEntry, AccessPolicyUpdateKind, ManagedHsmSku, Permissions, ProvisioningState,
    VaultAccessPolicyParameters, VaultAccessPolicyProperties,
};
use keyvault_rest::management::{managed_hsms, private_endpoint_connections, vaults};
use keyvault_rest::rbac::models::{
    RoleAssignmentCreateParameters, RoleAssignmentProperties, RoleScope,
};
use keyvault_rest::rbac::{role_assignments, role_definitions};
use keyvault_rest::runtime::http::Response;
use keyvault_rest::runtime::{LongRunning, Outcome, Paging, Poll};
use keyvault_rest::secrets::models::{
    ContentType, DeletionRecoveryLevel, SecretAttributes, SecretSetParameters,
};
use keyvault_rest::secrets::{
    GetSecret, GetSecrets, RecoverDeletedSecret, SetSecret, UpdateSecret,
};
use keyvault_rest::security_domain::hsm_security_domain as security_domain;
use keyvault_rest::security_domain::models::{CertificateInfoObject, SecurityDomainJsonWebKey};
use keyvault_rest::settings::models::{SettingTypeEnum, UpdateSettingRequest};
use keyvault_rest::settings::{GetSettings, UpdateSetting};
use keyvault_rest::storage::models::{SasDefinitionCreateParameters, SasTokenType};
use keyvault_rest::storage::{DeleteSasDefinition, GetStorageAccount, SetSasDefinition};
use keyvault_rest::{
    Endpoint, Operation, OperationMeta, SettlingOperation, UnixTime, backup, keys, management,
};
use serde_json::json;

use super::{answer, sent, target, vault, written};

const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";
const SECRET_VERSION: &str = "4387e9f3d6e14c459867679a90fd0f79";

fn arm() -> Endpoint {
    Endpoint::new("https://management.azure.com").unwrap()
}

/// What an operation sends to Azure Resource Manager.
fn managed(operation: &impl Operation) -> String {
    written(&operation.request(&arm()).unwrap())
}

/// An answer of the service that has no body.
fn empty(status: u16) -> Response<Vec<u8>> {
    let answer = Response::builder().status(status);
    answer.body(Vec::new()).unwrap()
}

#[test]
fn a_secret_is_read_with_or_without_its_version_and_in_another_format() {
    let get = || GetSecret::new("mysecretname");
    let version = || get().secret_version(SECRET_VERSION);
    for (request, target) in [
        (get(), "?".to_owned()),
        (version(), format!("/{SECRET_VERSION}?")),
        (
            version().out_content_type(ContentType::Pem),
            format!("/{SECRET_VERSION}?outContentType=application%2Fx-pem-file&"),
        ),
        (
            get().out_content_type("application/x-pkcs12"),
            "?outContentType=application%2Fx-pkcs12&".to_owned(),
        ),
    ] {
        assert_eq!(
            written(&sent(&request)),
            format!(
                "GET https://myvault.vault.azure.net/secrets/mysecretname{target}\
                 api-version=described\naccept: application/json\n"
            )
        );
    }
}

#[test]
fn a_secret_that_was_read_is_exposed_on_demand_alone() {
    let sample = json!({
        "value": "mysecretvalue",
        "id": format!("https://myvault.vault.azure.net/secrets/mysecretname/{SECRET_VERSION}"),
        "attributes": {
            "enabled": true,
            "created": 1493938410,
            "updated": 1493938410,
            "recoveryLevel": "Recoverable+Purgeable"
        }
    });
    let get = GetSecret::new("mysecretname");
    let response = get.response(answer(200, &sample)).unwrap();
    assert!(!format!("{response:?}").contains("mysecretvalue"));
    let bundle = response.into_body();
    assert_eq!(serde_json::to_value(&bundle).unwrap(), sample);
    assert_eq!(bundle.value.unwrap().expose(), "mysecretvalue");
    let attributes = bundle.attributes.unwrap();
    assert_eq!(attributes.created.unwrap().seconds(), 1_493_938_410);
    assert_eq!(
        attributes.recovery_level,
        Some(DeletionRecoveryLevel::RecoverablePurgeable)
    );
}

#[test]
fn a_secret_that_is_set_goes_out_but_does_not_show() {
    let attributes = SecretAttributes::default()
        .enabled(true)
        .expires(UnixTime::from_seconds(1_893_456_000).unwrap());
    let parameters = SecretSetParameters::new("mysecretvalue")
        .tags([("team", "payments")])
        .content_type("password")
        .secret_attributes(attributes);
    let set = SetSecret::new("crpsecret", parameters);
    assert_eq!(
        written(&sent(&set)),
        "PUT https://myvault.vault.azure.net/secrets/crpsecret?api-version=described\n\
         accept: application/json\n\
         content-type: application/json\n\
         {\"value\":\"mysecretvalue\",\"tags\":{\"team\":\"payments\"},\
         \"contentType\":\"password\",\
         \"attributes\":{\"enabled\":true,\"exp\":1893456000}}"
    );
    let shown = format!("{set:?} {set:#?}");
    assert!(!shown.contains("mysecretvalue"), "{shown}");
    assert!(shown.contains("payments"), "{shown}");
}

#[test]
fn a_secret_may_be_an_empty_text() {
    let set = SetSecret::new("s", SecretSetParameters::new(""));
    assert_eq!(sent(&set).body(), br#"{"value":""}"#);
}

fn policy() -> CertificatePolicy {
    let key = KeyProperties::default()
        .exportable(true)
        .key_type("RSA")
        .key_size(2048)
        .reuse_key(false);
    CertificatePolicy::default()
        .key_properties(key)
        .secret_properties(SecretProperties::default().content_type("application/x-pkcs12"))
}

#[test]
fn an_import_of_a_certificate_is_that_of_the_reference() {
    let parameters = CertificateImportParameters::new("MIIJ...")
        .password("123-canary")
        .certificate_policy(policy());
    let import = ImportCertificate::new("importCert01", parameters);
    assert_eq!(
        written(&sent(&import)),
        "POST https://myvault.vault.azure.net/certificates/importCert01/import\
         ?api-version=described\n\
         accept: application/json\n\
         content-type: application/json\n\
         {\"value\":\"MIIJ...\",\"pwd\":\"123-canary\",\"policy\":{\
         \"key_props\":{\"exportable\":true,\"kty\":\"RSA\",\"key_size\":2048,\
         \"reuse_key\":false},\
         \"secret_props\":{\"contentType\":\"application/x-pkcs12\"}}}"
    );
    let shown = format!("{import:?}");
    assert!(!shown.contains("MIIJ") && !shown.contains("123-canary"));
}

#[test]
fn a_creation_of_a_certificate_is_that_of_the_reference() {
    let names = SubjectAlternativeNames::default()
        .dns_names(["onedrive.microsoft.com", "xbox.microsoft.com"]);
    let certificate = X509CertificateProperties::default()
        .subject("CN=*.microsoft.com")
        .subject_alternative_names(names);
    let policy = policy()
        .x509_certificate_properties(certificate)
        .issuer_parameters(IssuerParameters::default().name("Self"));
    let parameters = CertificateCreateParameters::default().certificate_policy(policy);
    let create = CreateCertificate::new("selfSignedCert01", parameters);
    assert_eq!(
        written(&sent(&create)),
        "POST https://myvault.vault.azure.net/certificates/selfSignedCert01/create\
         ?api-version=described\n\
         accept: application/json\n\
         content-type: application/json\n\
         {\"policy\":{\
         \"key_props\":{\"exportable\":true,\"kty\":\"RSA\",\"key_size\":2048,\
         \"reuse_key\":false},\
         \"secret_props\":{\"contentType\":\"application/x-pkcs12\"},\
         \"x509_props\":{\"subject\":\"CN=*.microsoft.com\",\"sans\":{\
         \"dns_names\":[\"onedrive.microsoft.com\",\"xbox.microsoft.com\"]}},\
         \"issuer\":{\"name\":\"Self\"}}}"
    );
}

#[test]
fn a_certificate_under_way_tells_its_state() {
    let sample = json!({
        "id": "https://myvault.vault.azure.net/certificates/selfSignedCert01/pending",
        "issuer": {"name": "Self"},
        "csr": "MIIC4zCCAcs=",
        "cancellation_requested": false,
        "status": "inProgress",
        "request_id": "6faacd568ab049a2803861e8dd3ae21f"
    });
    let create = CreateCertificate::new("c", CertificateCreateParameters::default());
    let response = create.response(answer(202, &sample)).unwrap();
    let operation = response.into_body();
    assert_eq!(operation.status.as_deref(), Some("inProgress"));
    assert_eq!(
        operation.csr.as_deref(),
        Some(&b"0\x82\x02\xe30\x82\x01\xcb"[..])
    );
    assert_eq!(operation.target, None);
    assert_eq!(serde_json::to_value(&operation).unwrap(), sample);
}

#[test]
fn a_certificate_is_not_taken_for_contacts_or_issuers() {
    let vault = vault();
    assert!(DeleteCertificate::new("contacts").request(&vault).is_err());
    assert!(DeleteCertificate::new("issuers").request(&vault).is_ok());
    for name in ["contacts", "issuers", "Issuers"] {
        assert!(GetCertificate::new(name).request(&vault).is_err(), "{name}");
    }
    for version in ["versions", "policy", "pending"] {
        let get = GetCertificate::new("c").certificate_version(version);
        assert!(get.request(&vault).is_err(), "{version}");
    }
    let get = GetCertificate::new("issuers").certificate_version("v");
    assert!(get.request(&vault).is_err());
    assert!(
        GetCertificatePolicy::new("issuers")
            .request(&vault)
            .is_err()
    );
    let delete = DeleteCertificateOperation::new("issuers");
    assert!(delete.request(&vault).is_err());
}

#[test]
fn flags_go_into_the_query_as_words() {
    let list = GetCertificates::new().include_pending(true).maxresults(1);
    let uri = target(&sent(&list));
    assert!(
        uri.ends_with("/certificates?maxresults=1&includePending=true&api-version=described"),
        "{uri}"
    );
}

#[test]
fn the_slashes_of_a_scope_part_segments() {
    for (scope, start) in [
        ("/", ""),
        ("/keys", "/keys"),
        ("keys", "/keys"),
        ("/keys/my-key", "/keys/my-key"),
        (RoleScope::Keys.as_str(), "/keys"),
    ] {
        let origin = "https://myvault.vault.azure.net";
        let path = "providers/Microsoft.Authorization";
        assert_eq!(
            target(&sent(&role_assignments::Get::new(scope, "a"))),
            format!("{origin}{start}/{path}/roleAssignments/a?api-version=described")
        );
        let list = role_definitions::List::new(scope).filter("type eq 'CustomRole'");
        assert_eq!(
            target(&sent(&list)),
            format!(
                "{origin}{start}/{path}/roleDefinitions\
                 ?$filter=type%20eq%20%27CustomRole%27&api-version=described"
            )
        );
    }
}

#[test]
fn a_scope_leads_nowhere_else() {
    for scope in [
        "",
        "/..",
        "/keys/..",
        "/../secrets",
        "/keys/.",
        "/keys/",
        "//",
        "/keys//my-key",
    ] {
        let get = role_assignments::Get::new(scope, "a");
        let error = get.request(&vault()).unwrap_err();
        assert!(error.to_string().contains("scope"), "{scope}: {error}");
    }
    let odd = role_assignments::Get::new("/keys/%2e%2e/a?b#c", "../a");
    assert_eq!(
        sent(&odd).uri().path(),
        "/keys/%252e%252e/a%3Fb%23c/providers/Microsoft.Authorization/roleAssignments/..%2Fa"
    );
}

#[test]
fn a_role_assignment_is_that_of_the_reference() {
    let role = "/keys/providers/Microsoft.Authorization/roleDefinitions/roleDefinitionId";
    let properties = RoleAssignmentProperties::new(role, "principalId");
    let parameters = RoleAssignmentCreateParameters::new(properties);
    let create = role_assignments::Create::new("/keys", "roleAssignmentName", parameters);
    assert_eq!(
        written(&sent(&create)),
        format!(
            "PUT https://myvault.vault.azure.net/keys/providers/Microsoft.Authorization/\
             roleAssignments/roleAssignmentName?api-version=described\n\
             accept: application/json\n\
             content-type: application/json\n\
             {{\"properties\":{{\"roleDefinitionId\":\"{role}\",\
             \"principalId\":\"principalId\"}}}}"
        )
    );
    let sample = json!({
        "id": "/keys/providers/Microsoft.Authorization/roleAssignments/roleAssignmentId",
        "name": "roleAssignmentId",
        "type": "Microsoft.Authorization/roleAssignments",
        "properties": {"scope": "/keys/k", "roleDefinitionId": role, "principalId": "principalId"}
    });
    let assignment = create.response(answer(201, &sample)).unwrap().into_body();
    assert_eq!(serde_json::to_value(&assignment).unwrap(), sample);
    let scope = assignment.properties.unwrap().scope.unwrap();
    assert_eq!(scope.as_str(), "/keys/k");
}

#[test]
fn the_list_of_resources_has_its_own_version_and_filter() {
    let expected = format!(
        "GET https://management.azure.com/subscriptions/{SUBSCRIPTION}/resources\
         ?$filter=resourceType%20eq%20%27Microsoft.KeyVault%2Fvaults%27\
         &$top=1&api-version=2015-11-01\n\
         accept: application/json\n"
    );
    let list = vaults::List::new(SUBSCRIPTION).top(1);
    for endpoint in [arm(), arm().with_api_version("2023-07-01")] {
        assert_eq!(written(&list.request(&endpoint).unwrap()), expected);
    }
}

#[test]
fn an_endpoint_may_ask_for_another_version() {
    let older = vault().with_api_version("7.5");
    let get = GetSecret::new("s").request(&older).unwrap();
    assert_eq!(get.uri().query(), Some("api-version=7.5"));
    let older = arm().with_api_version("2023-07-01");
    let get = vaults::Get::new(SUBSCRIPTION, "group", "sample-vault");
    let get = get.request(&older).unwrap();
    assert_eq!(get.uri().query(), Some("api-version=2023-07-01"));
    let get = vaults::Get::new(SUBSCRIPTION, "group", "sample-vault");
    assert_eq!(
        managed(&get),
        format!(
            "GET https://management.azure.com/subscriptions/{SUBSCRIPTION}/resourceGroups/group/\
             providers/Microsoft.KeyVault/vaults/sample-vault?api-version=described\n\
             accept: application/json\n"
        )
    );
}

#[test]
fn nothing_there_is_none() {
    let get = managed_hsms::Get::new(SUBSCRIPTION, "hsm-group", "hsm1");
    assert_eq!(get.response(empty(204)).unwrap().into_body(), None);
    let get = private_endpoint_connections::Get::new(SUBSCRIPTION, "group", "vault", "pec");
    assert_eq!(get.response(empty(204)).unwrap().into_body(), None);
    let delete = private_endpoint_connections::Delete::new(SUBSCRIPTION, "group", "vault", "pec");
    for status in [202, 204] {
        assert_eq!(delete.response(empty(status)).unwrap().into_body(), None);
    }
}

#[test]
fn a_managed_hsm_that_is_being_made_is_none() {
    let hsm = management::models::ManagedHsm::default();
    let create = managed_hsms::CreateOrUpdate::new(SUBSCRIPTION, "hsm-group", "hsm1", hsm);
    assert_eq!(create.response(empty(202)).unwrap().into_body(), None);
}

#[test]
fn a_managed_hsm_is_that_of_the_reference() {
    let sample = json!({
        "id": format!(
            "/subscriptions/{SUBSCRIPTION}/resourceGroups/hsm-group/providers/\
             Microsoft.KeyVault/managedHSMs/hsm1"
        ),
        "name": "hsm1",
        "type": "Microsoft.KeyVault/managedHSMs",
        "location": "westus",
        "tags": {"Dept": "hsm", "Environment": "dogfood"},
        "sku": {"family": "B", "name": "Standard_B1"},
        "properties": {
            "tenantId": SUBSCRIPTION,
            "initialAdminObjectIds": [SUBSCRIPTION],
            "enableSoftDelete": true,
            "softDeleteRetentionInDays": 90,
            "enablePurgeProtection": false,
            "hsmUri": "https://westus.hsm1.managedhsm.azure.net",
            "provisioningState": "Succeeded",
            "statusMessage": "ManagedHsm is functional."
        }
    });
    let get = managed_hsms::Get::new(SUBSCRIPTION, "hsm-group", "hsm1");
    let hsm = get.response(answer(200, &sample)).unwrap().into_body();
    let hsm = hsm.unwrap();
    assert_eq!(serde_json::to_value(&hsm).unwrap(), sample);
    assert_eq!(hsm.sku, Some(ManagedHsmSku::new("b", "standard_b1")));
    let properties = hsm.properties.as_ref().unwrap();
    let state = properties.provisioning_state.as_ref();
    assert_eq!(state, Some(&ProvisioningState::Succeeded));

    // What the service sets is read, but not sent back.
    let update = managed_hsms::Update::new(SUBSCRIPTION, "hsm-group", "hsm1", hsm);
    let body = update.request(&arm()).unwrap().into_body();
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["id"], json!(null));
    assert_eq!(body["properties"]["provisioningState"], json!(null));
    assert_eq!(
        body["properties"]["tenantId"],
        sample["properties"]["tenantId"]
    );
    assert_eq!(body["tags"], sample["tags"]);
}

#[test]
fn what_to_do_with_access_policies_stands_in_the_path() {
    let update = |kind: AccessPolicyUpdateKind| {
        let permissions = Permissions::default()
            .keys(["encrypt"])
            .secrets(["get"])
            .certificates(["get"]);
        let entry = AccessPolicyEntry::new(SUBSCRIPTION, SUBSCRIPTION, permissions);
        let parameters =
            VaultAccessPolicyParameters::new(VaultAccessPolicyProperties::new([entry]));
        vaults::UpdateAccessPolicy::new(SUBSCRIPTION, "g", "sample-vault", kind, parameters)
    };
    assert_eq!(
        managed(&update(AccessPolicyUpdateKind::Add)),
        format!(
            "PUT https://management.azure.com/subscriptions/{SUBSCRIPTION}/resourceGroups/g/\
             providers/Microsoft.KeyVault/vaults/sample-vault/accessPolicies/add\
             ?api-version=described\n\
             accept: application/json\n\
             content-type: application/json\n\
             {{\"properties\":{{\"accessPolicies\":[{{\"tenantId\":\"{SUBSCRIPTION}\",\
             \"objectId\":\"{SUBSCRIPTION}\",\"permissions\":{{\"keys\":[\"encrypt\"],\
             \"secrets\":[\"get\"],\"certificates\":[\"get\"]}}}}]}}}}"
        )
    );
    for (kind, segment) in [
        ("REPLACE", "/accessPolicies/replace"),
        ("remove", "/accessPolicies/remove"),
        ("merge", "/accessPolicies/merge"),
        ("../x", "/accessPolicies/..%2Fx"),
    ] {
        let request = update(kind.into()).request(&arm()).unwrap();
        assert!(request.uri().path().ends_with(segment), "{kind}");
    }
}

#[test]
fn a_setting_is_patched() {
    let name = "AllowKeyManagementOperationsThroughARM";
    let update = UpdateSetting::new(name, UpdateSettingRequest::new("true"));
    assert_eq!(
        written(&sent(&update)),
        format!(
            "PATCH https://myvault.vault.azure.net/settings/{name}?api-version=described\n\
             accept: application/json\n\
             content-type: application/json\n\
             {{\"value\":\"true\"}}"
        )
    );
    let sample = json!({"name": name, "value": "true", "type": "boolean"});
    let setting = update.response(answer(200, &sample)).unwrap().into_body();
    assert_eq!(setting.r#type, Some(SettingTypeEnum::Boolean));
    let list = json!({"settings": [sample]});
    let list = GetSettings::new().response(answer(200, &list)).unwrap();
    assert_eq!(list.into_body().settings, Some(vec![setting]));
}

fn download() -> security_domain::Download {
    let key = |id: &str| {
        SecurityDomainJsonWebKey::new("RSA", ["encrypt"], "AQID", "AQAB", ["MIIE"], "BAUG")
            .kid(id)
            .alg("RSA-OAEP-256")
    };
    let keys = [key("id1"), key("id2"), key("id3")];
    security_domain::Download::new(CertificateInfoObject::new(keys).required(2))
}

#[test]
fn a_download_of_the_security_domain_sends_the_keys_of_its_owners() {
    let key = |id: &str| {
        format!(
            "{{\"kid\":\"{id}\",\"kty\":\"RSA\",\"key_ops\":[\"encrypt\"],\"n\":\"AQID\",\
             \"e\":\"AQAB\",\"x5c\":[\"MIIE\"],\"x5t#S256\":\"BAUG\",\"alg\":\"RSA-OAEP-256\"}}"
        )
    };
    let keys = [key("id1"), key("id2"), key("id3")].join(",");
    assert_eq!(
        written(&sent(&download())),
        format!(
            "POST https://myvault.vault.azure.net/securitydomain/download\
             ?api-version=described\n\
             accept: application/json\n\
             content-type: application/json\n\
             {{\"certificates\":[{keys}],\"required\":2}}"
        )
    );
}

#[test]
fn the_security_domain_comes_with_the_first_answer() {
    let response = download().response(answer(202, &json!({"value": "eyJFbmNEYXRhIjp7"})));
    let response = response.unwrap();
    assert!(!format!("{response:?}").contains("eyJ"));
    assert_eq!(response.into_body().value.expose(), "eyJFbmNEYXRhIjp7");
}

#[test]
fn a_transfer_key_may_come_as_text() {
    let key = json!({
        "kid": "not used", "kty": "RSA", "key_ops": ["encrypt"], "n": "AQID", "e": "AQAB",
        "x5c": ["MIIE"], "x5t#S256": "BAUG"
    });
    for key in [key.clone(), json!(key.to_string())] {
        let answer = answer(200, &json!({"key_format": "jwk", "transfer_key": key}));
        let read = security_domain::TransferKey::new()
            .response(answer)
            .unwrap();
        let key = read.into_body().transfer_key;
        assert_eq!((key.x5t_s256.as_str(), key.alg), ("BAUG", None));
    }
}

#[test]
fn names_of_storage_accounts_have_letters_and_digits_alone() {
    let get = GetStorageAccount::new("setStrg01");
    assert_eq!(sent(&get).uri().path(), "/storage/setStrg01");
    for name in ["set-strg", "set_strg", "set.strg", "sets/sas", "..", ""] {
        let error = GetStorageAccount::new(name).request(&vault()).unwrap_err();
        assert!(error.to_string().contains("storage-account-name"), "{name}");
    }
}

#[test]
fn a_definition_of_sas_tokens_is_that_of_the_reference() {
    let template = "se=2018-02-01T00%3A00Z&spr=https&sv=2017-04-17&sr=b&sig=REDACTED";
    let parameters = SasDefinitionCreateParameters::new(template, SasTokenType::Service, "P15D");
    let set = SetSasDefinition::new("setsas01", "setStrgSasDef01", parameters);
    assert_eq!(
        written(&sent(&set)),
        format!(
            "PUT https://myvault.vault.azure.net/storage/setsas01/sas/setStrgSasDef01\
             ?api-version=described\n\
             accept: application/json\n\
             content-type: application/json\n\
             {{\"templateUri\":\"{template}\",\"sasType\":\"service\",\"validityPeriod\":\"P15D\"}}"
        )
    );
    assert!(!format!("{set:?}").contains("REDACTED"));
}

#[test]
fn long_operations_say_how_they_go_on() {
    let expected = LongRunning::new(Poll::Location)
        .status("status")
        .succeeded(&["completed"])
        .failed(&["cancelled"])
        .outcome(Outcome::Linked("target"))
        .pauses("issuer.name", &["Unknown"]);
    assert_eq!(CreateCertificate::META.protocol(), Some(expected));

    let download = security_domain::Download::META.protocol().unwrap();
    assert_eq!(download.poll, Poll::AzureAsyncOperation);
    assert_eq!(download.outcome, Outcome::FirstBody);
    assert_eq!(download.status, Some("status"));
    assert!(download.succeeded.contains(&"Success"));
    let upload = security_domain::Upload::META.protocol().unwrap();
    assert_eq!(upload.outcome, Outcome::Nothing);

    let create = LongRunning::new(Poll::OriginalUri).status("properties.provisioningState");
    assert_eq!(vaults::CreateOrUpdate::META.protocol(), Some(create));
    let purge = LongRunning::new(Poll::Location).outcome(Outcome::Nothing);
    assert_eq!(vaults::PurgeDeleted::META.protocol(), Some(purge));
    assert_eq!(vaults::Delete::META.protocol(), None);
    assert_eq!(SetSecret::META.protocol(), None);
}

#[test]
fn what_takes_effect_later_is_asked_for_by_the_same_names() {
    let delete = DeleteSasDefinition::new("store", "readers").probe();
    assert_eq!(
        target(&sent(&delete)),
        "https://myvault.vault.azure.net/deletedstorage/store/sas/readers?api-version=described"
    );
    let recover = RecoverDeletedSecret::new("db").probe();
    assert_eq!(
        target(&sent(&recover)),
        "https://myvault.vault.azure.net/secrets/db?api-version=described"
    );
}

#[test]
fn lists_say_how_their_pages_hang_together() {
    let pages = Paging {
        items: "value",
        next_link: Some("nextLink"),
    };
    let lists: [&OperationMeta; 5] = [
        GetSecrets::META,
        GetCertificates::META,
        role_assignments::ListForScope::META,
        vaults::List::META,
        management::operations::List::META,
    ];
    for list in lists {
        assert_eq!(list.pages(), Some(pages), "{}", list.id());
    }
    for single in [GetSettings::META, GetSecret::META] {
        assert_eq!(single.pages(), None, "{}", single.id());
    }
}

#[test]
fn operations_say_where_secrets_go() {
    let flags = |meta: &OperationMeta| (meta.sends_secrets(), meta.receives_secrets());
    assert_eq!(flags(SetSecret::META), (true, true));
    assert_eq!(flags(GetSecret::META), (false, true));
    assert_eq!(flags(GetSecrets::META), (false, false));
    assert_eq!(flags(ImportCertificate::META), (true, false));
    assert_eq!(flags(CreateCertificate::META), (false, false));
    assert_eq!(flags(security_domain::Download::META), (false, true));
    assert_eq!(flags(security_domain::Upload::META), (true, false));
    assert_eq!(flags(SetSasDefinition::META), (true, true));
    assert_eq!(
        flags(management::secrets::CreateOrUpdate::META),
        (true, true)
    );
    assert_eq!(flags(vaults::CreateOrUpdate::META), (false, false));
}

#[test]
fn what_makes_a_new_version_each_time_is_not_repeated() {
    for meta in [
        SetSecret::META,
        CreateCertificate::META,
        ImportCertificate::META,
        keys::CreateKey::META,
        management::secrets::CreateOrUpdate::META,
        backup::FullBackup::META,
    ] {
        assert!(!meta.is_idempotent(), "{}", meta.id());
    }
    for meta in [
        GetSecret::META,
        UpdateSecret::META,
        UpdateSetting::META,
        role_assignments::Create::META,
        vaults::CreateOrUpdate::META,
        vaults::UpdateAccessPolicy::META,
    ] {
        assert!(meta.is_idempotent(), "{}", meta.id());
    }
}

#[test]
fn each_service_says_what_tokens_are_for() {
    for (meta, name, scope) in [
        (
            GetSecret::META,
            "secrets",
            "https://vault.azure.net/.default",
        ),
        (
            role_assignments::Get::META,
            "rbac",
            "https://managedhsm.azure.net/.default",
        ),
        (
            vaults::Get::META,
            "management",
            "https://management.azure.com/.default",
        ),
    ] {
        assert_eq!(meta.service().name, name);
        assert!(meta.service().scopes.contains(&scope), "{name}");
    }
}
