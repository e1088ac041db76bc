use crate::EndpointError;
use std::fmt;

/// Why a URL is no [`ObjectId`](super::ObjectId). Never holds the URL, which may contain a password or a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ObjectIdError {
    /// It does not start with an endpoint.
    Endpoint(EndpointError),
    /// There is a query.
    Query,
    /// There is a fragment.
    Fragment,
    /// There is a percent sign: nothing in an identifier is escaped.
    Escape,
    /// The path starts with no collection that has identifiers.
    Collection,
    /// There is no name.
    NoName,
    /// The name of a key, secret, certificate or issuer has other characters than letters, digits and hyphens.
    Name,
    /// The name of a storage account or SAS definition has other characters than letters and digits.
    StorageName,
    /// The version has other characters than letters, digits and hyphens.
    Version,
    /// The path has more segments, or others, than identifiers of its collection.
    Path,
}

impl fmt::Display for ObjectIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Endpoint(error) => return write!(f, "not an identifier: {error}"),
            Self::Query => "the identifier has a query",
            Self::Fragment => "the identifier has a fragment",
            Self::Escape => "the identifier has a percent sign, though nothing in it is escaped",
            Self::Collection => {
                "the path of the identifier starts with none of `keys`, `secrets`, `certificates`, `storage`, or these \
                 after `deleted`"
            }
            Self::NoName => "the identifier has no name",
            Self::Name => {
                "the name in the identifier has other characters than letters, digits and hyphens"
            }
            Self::StorageName => {
                "the name of a storage account or SAS definition in the identifier has other characters than letters \
                 and digits"
            }
            Self::Version => {
                "the version in the identifier has other characters than letters, digits and hyphens"
            }
            Self::Path => "the path of the identifier has more segments than its collection, or others",
        })
    }
}

impl std::error::Error for ObjectIdError {}

impl From<EndpointError> for ObjectIdError {
    fn from(error: EndpointError) -> Self {
        Self::Endpoint(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_endpoint_is_shown_on_the_same_line() {
        assert_eq!(
            ObjectIdError::from(EndpointError::UserInfo).to_string(),
            "not an identifier: the endpoint has a user name or a password"
        );
    }
}
