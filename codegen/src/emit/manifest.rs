use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Service, Shape, Type, TypeRef};
use crate::naming::{self, NoIdentifier};

/// A feature of the generated crate: it switches a service on, or what works on all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name; that of a service is the name of its module.
    pub name: String,
    /// The features that it switches on besides.
    pub needs: BTreeSet<String>,
}

/// The feature of every service that has operations; what services share has none.
pub fn features(api: &Api) -> Result<Vec<Feature>, NoIdentifier> {
    let by_name = api.services_by_name();
    let services = api.services.iter().filter(|s| !s.groups.is_empty());
    services.map(|service| feature(&by_name, service)).collect()
}

/// The features that every generated crate has, for the client, for serde and for the side of the service: none of them is on by
/// default.
pub fn common_features() -> Vec<Feature> {
    let feature = |name: &str, needs: &[&str]| Feature {
        name: name.to_owned(),
        needs: needs.iter().map(|need| (*need).to_owned()).collect(),
    };
    vec![
        feature("client", &["keyvault-runtime/client"]),
        feature("azure-core", &["client", "keyvault-runtime/azure-core"]),
        feature("serde", &["keyvault-runtime/serde"]),
        feature("server", &["keyvault-runtime/server"]),
    ]
}

fn feature(
    services: &BTreeMap<&str, &Service>,
    service: &Service,
) -> Result<Feature, NoIdentifier> {
    let references = references(service);
    let others = references
        .iter()
        .map(|reference| reference.service.as_str())
        .filter(|other| *other != service.name)
        .filter_map(|other| services.get(other))
        .filter(|other| !other.groups.is_empty());
    Ok(Feature {
        name: naming::service(service)?.to_string(),
        needs: others
            .map(|other| Ok(naming::service(other)?.to_string()))
            .collect::<Result<_, NoIdentifier>>()?,
    })
}

/// All types that a service names.
fn references(service: &Service) -> BTreeSet<&TypeRef> {
    let operations = service.operations();
    let of_operations = operations.flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
        let body = operation.body.iter().map(|body| &body.ty);
        let inputs = parameters.chain(body).filter_map(Type::named);
        inputs.chain(operation.results())
    });
    let of_types = service.types.iter().flat_map(|def| match &def.shape {
        Shape::Model(fields) => fields.iter().map(|field| &field.ty).collect(),
        Shape::Alias(ty) => vec![ty],
        Shape::Enum(_) => Vec::new(),
    });
    of_operations
        .chain(of_types.filter_map(Type::named))
        .collect()
}

/// `Cargo.toml` of a crate that has none yet.
///
/// `runtime` is the path of the runtime crate as seen from the new one.
pub fn manifest(api: &Api, name: &str, runtime: &str) -> Result<String, NoIdentifier> {
    let (features, common) = (features(api)?, common_features());
    let all: Vec<_> = features.iter().map(|f| format!("{:?}", f.name)).collect();
    let declared = features.iter().chain(&common);
    let declared: String = declared.map(|f| format!("{f}\n")).collect();
    // TOML reads what JSON writes.
    let (name, runtime) = (
        serde_json::Value::from(name),
        serde_json::Value::from(runtime),
    );
    Ok(format!(
        "# Made by `cargo xtask codegen`, which leaves it alone from now on.\n\
         [package]\n\
         name = {name}\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         publish = false\n\
         \n\
         [features]\n\
         default = [{all}]\n\
         full = [{all}]\n\
         {declared}\
         \n\
         [dependencies]\n\
         keyvault-runtime = {{ path = {runtime} }}\n\
         \n\
         # A crate of its own, whatever workspace it is put under.\n\
         [workspace]\n",
        all = all.join(", "),
    ))
}

/// As a manifest declares it.
impl std::fmt::Display for Feature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let needs: Vec<_> = self.needs.iter().map(|need| format!("{need:?}")).collect();
        write!(f, "{} = [{}]", self.name, needs.join(", "))
    }
}
