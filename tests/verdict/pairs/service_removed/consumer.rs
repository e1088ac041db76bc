use keyvault_rest::others::ListOthers;

pub fn list() -> ListOthers {
    ListOthers::new()
}
