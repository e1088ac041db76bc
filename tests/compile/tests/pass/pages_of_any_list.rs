//! Whatever a list holds, its pages are taken apart alike.

use keyvault_rest::keys::GetKeys;
use keyvault_rest::keys::models::{KeyItem, KeyListResult};
use keyvault_rest::management::models::{Vault, VaultListResult};
use keyvault_rest::management::vaults::ListBySubscription;
use keyvault_rest::{Page, PagedOperation};

fn names<O: PagedOperation>(output: O::Output, name: fn(&O::Item) -> Option<&str>) -> Vec<String> {
    let page: Page<O::Item> = O::page(output);
    let names = page.items().iter().filter_map(name);
    names.map(str::to_owned).collect()
}

fn main() {
    let json = r#"{"value": [{"kid": "https://v/keys/a"}, {}], "nextLink": "https://v/keys?more"}"#;
    let read = || -> KeyListResult { serde_json::from_str(json).unwrap() };
    assert_eq!(names::<GetKeys>(read(), |key| key.kid.as_deref()), ["https://v/keys/a"]);

    let page: Page<KeyItem> = GetKeys::page(read());
    assert_eq!(page.next_link(), Some("https://v/keys?more"));
    assert_eq!(page.into_items().len(), 2);

    let last: VaultListResult = serde_json::from_str(r#"{"value": [], "nextLink": ""}"#).unwrap();
    let last: Page<Vault> = ListBySubscription::page(last);
    assert!(last.items().is_empty() && last.next_link().is_none());
}
