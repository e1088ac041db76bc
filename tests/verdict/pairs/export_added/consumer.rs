use keyvault_rest::Retry;

pub fn hold(retry: Retry) -> Retry {
    retry
}
