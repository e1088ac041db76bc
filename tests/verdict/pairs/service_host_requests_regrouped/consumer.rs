use keyvault_rest::server::Request;

// Whoever serves the host of both has their requests in one enum.
pub fn is_one(request: &Request) -> bool {
    matches!(request, Request::Ones(_))
}
