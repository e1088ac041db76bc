//! Where the state of a long-running operation can be asked for, as the headers of an answer say.

use crate::link::{LinkKind, follow};
use crate::{Endpoint, RefusedError};
use http::{HeaderMap, Uri};

/// In the order in which they count.
const HEADERS: [&str; 3] = ["azure-asyncoperation", "operation-location", "location"];

/// A URL for the state, and the header that it came from.
#[derive(Clone, Debug)]
pub(super) struct StatusUrl {
    pub(super) header: &'static str,
    pub(super) url: Uri,
}

/// The URL of the first of the headers that is there.
pub(super) fn first(
    endpoint: &Endpoint,
    headers: &HeaderMap,
) -> Result<Option<StatusUrl>, RefusedError> {
    for header in HEADERS {
        if let Some(url) = of(endpoint, headers, header)? {
            return Ok(Some(StatusUrl { header, url }));
        }
    }
    Ok(None)
}

/// The URL of one header.
pub(super) fn of(
    endpoint: &Endpoint,
    headers: &HeaderMap,
    header: &str,
) -> Result<Option<Uri>, RefusedError> {
    let Some(value) = headers.get(header) else {
        return Ok(None);
    };
    let kind = LinkKind::Status;
    let link = value
        .to_str()
        .map_err(|_| RefusedError::MalformedLink { kind })?;
    follow(endpoint, link, kind).map(Some)
}

/// The header of that name, if it is one of those.
pub(super) fn known(name: Option<&str>) -> Option<&'static str> {
    HEADERS.into_iter().find(|header| Some(*header) == name)
}

impl StatusUrl {
    /// Whether the operation goes on apart from the resource, whatever the resource says of itself.
    pub(super) fn is_apart(&self) -> bool {
        self.header != "location"
    }
}
