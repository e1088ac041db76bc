//! The bearer token of an example.

/// The token in `KEYVAULT_TOKEN`. The Azure CLI makes one:
/// `az account get-access-token --resource https://vault.azure.net --query accessToken --output tsv`.
pub fn token() -> Result<String, String> {
    std::env::var("KEYVAULT_TOKEN").map_err(|_| {
        "set KEYVAULT_TOKEN to a bearer token; \
         `az account get-access-token --query accessToken --output tsv --resource URL` makes one, \
         where URL is https://vault.azure.net, https://managedhsm.azure.net or \
         https://management.azure.com"
            .to_owned()
    })
}
