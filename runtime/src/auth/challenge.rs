use super::TokenRequest;
use super::header::{self, Parsed};
use crate::base64_engines::{STANDARD, URL_SAFE};
use crate::{Endpoint, Json, RefusedError};
use base64::Engine;
use http::HeaderMap;

/// What a service wants of a token, told with the status 401.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    scope: Option<String>,
    tenant: Option<String>,
    claims: Option<String>,
}

impl Challenge {
    /// The bearer challenge of a response, read from its headers alone: the body may be empty or anything else.
    /// `None` if there is none that says what is wanted.
    ///
    /// # Errors
    /// If what it says cannot be a scope, a tenant or claims.
    pub fn of(headers: &HeaderMap) -> Result<Option<Self>, RefusedError> {
        let challenges = header::challenges(headers);
        let mut bearers = challenges
            .iter()
            .filter(|parsed| parsed.scheme.eq_ignore_ascii_case("Bearer"));
        bearers
            .find(|parsed| says_something(parsed))
            .map(read)
            .transpose()
    }

    /// The scope to ask a token for. None in a challenge that asks for claims alone.
    #[must_use]
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// The tenant to ask a token from.
    #[must_use]
    pub fn tenant(&self) -> Option<&str> {
        self.tenant.as_deref()
    }

    /// The claims that the token has to fulfil, as JSON: continuous access evaluation.
    #[must_use]
    pub fn claims(&self) -> Option<&str> {
        self.claims.as_deref()
    }

    /// Whether the resource is that of the host: the same name, or one above it.
    ///
    /// # Errors
    /// If it is not. A token for it must not go there: whoever runs the host could use it against the resource.
    pub fn verify(&self, endpoint: &Endpoint) -> Result<(), RefusedError> {
        let Some(scope) = &self.scope else {
            return Ok(());
        };
        let resource = resource_host(scope).ok_or(NO_RESOURCE)?;
        let host = endpoint.host();
        let below = host
            .strip_suffix(resource.as_str())
            .is_some_and(|before| before.ends_with('.'));
        if host == resource || below {
            return Ok(());
        }
        Err(RefusedError::UnverifiedResource {
            resource,
            host: host.to_owned(),
        })
    }

    /// The token to ask for, without the claims. The tenant may be missing; what was known of it before stands.
    pub(super) fn request(&self, before: Option<&TokenRequest>) -> Option<TokenRequest> {
        let scope = self
            .scope
            .as_deref()
            .or(before.map(TokenRequest::wanted_scope))?;
        let tenant = self
            .tenant
            .as_deref()
            .or(before.and_then(TokenRequest::wanted_tenant));
        let request = TokenRequest::new(scope);
        Some(match tenant {
            Some(tenant) => request.tenant(tenant),
            None => request,
        })
    }
}

const NO_RESOURCE: RefusedError = RefusedError::MalformedChallenge {
    reason: "the resource is no https URL",
};

fn says_something(parsed: &Parsed) -> bool {
    ["scope", "resource", "claims"]
        .iter()
        .any(|name| parsed.get(name).is_some())
}

fn read(parsed: &Parsed) -> Result<Challenge, RefusedError> {
    let authority = parsed
        .get("authorization")
        .or(parsed.get("authorization_uri"));
    Ok(Challenge {
        scope: scope(parsed)?,
        tenant: authority.map(tenant).transpose()?.flatten(),
        claims: parsed.get("claims").map(claims).transpose()?,
    })
}

fn scope(parsed: &Parsed) -> Result<Option<String>, RefusedError> {
    let stated = parsed.get("scope").map(str::to_owned);
    let derived = || {
        let resource = parsed.get("resource")?;
        Some(format!("{}/.default", resource.trim_end_matches('/')))
    };
    let scope = stated.or_else(derived);
    match scope.as_deref().map(resource_host) {
        Some(None) => Err(NO_RESOURCE),
        Some(Some(_)) | None => Ok(scope),
    }
}

/// The host of a scope, in lower case and without the dot at the end.
fn resource_host(scope: &str) -> Option<String> {
    let (scheme, rest) = scope.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let endpoint =
        Endpoint::of_parts(scheme, authority.strip_suffix('.').unwrap_or(authority)).ok()?;
    let is_plain = scheme.eq_ignore_ascii_case("https") && !scope.contains([' ', '\\', '@']);
    is_plain.then(|| endpoint.host().to_owned())
}

/// The first part of the path of the authority. The names that stand for any tenant are none.
fn tenant(authority: &str) -> Result<Option<String>, RefusedError> {
    let malformed = RefusedError::MalformedChallenge {
        reason: "the authority is no https URL with a tenant",
    };
    let rest = authority
        .split_once("://")
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("https"));
    let Some((_, rest)) = rest else {
        return Err(malformed);
    };
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    let tenant = path.split(['/', '?', '#']).next().unwrap_or_default();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if !tenant.bytes().all(is_name) {
        return Err(malformed);
    }
    let is_any = ["", "common", "organizations", "consumers"].contains(&tenant);
    Ok((!is_any).then(|| tenant.to_owned()))
}

/// Claims come in base64 of either alphabet, with or without padding.
fn claims(text: &str) -> Result<String, RefusedError> {
    let bytes = STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text));
    let json = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    json.filter(|json| serde_json::from_str::<Json>(json).is_ok_and(|json| json.is_object()))
        .ok_or(RefusedError::MalformedChallenge {
            reason: "the claims are no JSON in base64",
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::WWW_AUTHENTICATE;

    const TENANT: &str = "4ca34ba7-17a4-4cda-8af0-3f23b0b9d6f4";

    fn of(text: &str) -> Result<Option<Challenge>, RefusedError> {
        let headers = [(WWW_AUTHENTICATE, text.parse().unwrap())];
        Challenge::of(&headers.into_iter().collect())
    }

    fn verified(resource: &str, endpoint: &str) -> bool {
        let challenge = of(&format!(r#"Bearer resource="{resource}""#))
            .unwrap()
            .unwrap();
        challenge.verify(&Endpoint::new(endpoint).unwrap()).is_ok()
    }

    #[test]
    fn the_recorded_shapes_are_read() {
        for (authority, resource) in [
            ("https://login.windows.net/", "https://vault.azure.net"),
            (
                "https://login.microsoftonline.com/",
                "https://managedhsm.azure.net",
            ),
            (
                "https://login.windows-ppe.net/",
                "https://managedhsm-int.azure-int.net",
            ),
        ] {
            let text =
                format!(r#"Bearer authorization="{authority}{TENANT}", resource="{resource}""#);
            let challenge = of(&text).unwrap().unwrap();
            assert_eq!(
                challenge.scope(),
                Some(format!("{resource}/.default").as_str())
            );
            assert_eq!(
                (challenge.tenant(), challenge.claims()),
                (Some(TENANT), None)
            );
        }
    }

    #[test]
    fn a_scope_goes_before_a_resource_and_the_authority_has_two_names() {
        let text = r#"Bearer authorization_uri="https://login.microsoftonline.com/contoso.com/oauth2", scope="https://vault.azure.net/.default" resource="https://x""#;
        let challenge = of(text).unwrap().unwrap();
        assert_eq!(challenge.scope(), Some("https://vault.azure.net/.default"));
        assert_eq!(challenge.tenant(), Some("contoso.com"));
    }

    #[test]
    fn claims_come_in_base64_of_any_kind() {
        let json = r#"{"access_token":{"nbf":{"essential":true,"value":"1~?~>"}}}"#;
        for engine in [
            &base64::engine::general_purpose::STANDARD,
            &base64::engine::general_purpose::URL_SAFE_NO_PAD,
        ] {
            let text = format!(
                r#"Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="{}""#,
                engine.encode(json)
            );
            let challenge = of(&text).unwrap().unwrap();
            assert_eq!(challenge.claims(), Some(json));
            assert_eq!((challenge.scope(), challenge.tenant()), (None, None));
        }
        for claims in ["%%", "AAAA", "bm8"] {
            assert!(
                of(&format!(r#"Bearer claims="{claims}""#)).is_err(),
                "{claims}"
            );
        }
    }

    #[test]
    fn a_challenge_of_another_kind_is_none() {
        for text in [
            "Basic realm=\"x\"",
            "PoP resource=\"https://x\"",
            "Bearer",
            "Bearer error=\"invalid_token\"",
        ] {
            assert_eq!(of(text), Ok(None), "{text}");
        }
        let text = r#"Negotiate, Bearer error="x", bearer resource="https://vault.azure.net""#;
        assert_eq!(
            of(text).unwrap().unwrap().scope(),
            Some("https://vault.azure.net/.default")
        );
    }

    #[test]
    fn a_resource_is_verified_against_the_host() {
        assert!(verified(
            "https://vault.azure.net",
            "https://myvault.vault.azure.net"
        ));
        assert!(verified(
            "https://Vault.Azure.NET./",
            "https://MyVault.vault.azure.net:443"
        ));
        assert!(verified(
            "https://vault.azure.net",
            "https://vault.azure.net"
        ));
        for (resource, endpoint) in [
            ("https://vault.azure.net", "https://evil.example"),
            (
                "https://vault.azure.net",
                "https://myvault.vault.azure.net.evil.example",
            ),
            ("https://vault.azure.net", "https://evilvault.azure.net"),
            (
                "https://management.azure.com",
                "https://myvault.vault.azure.net",
            ),
            ("https://myvault.vault.azure.net", "https://vault.azure.net"),
        ] {
            assert!(!verified(resource, endpoint), "{resource} for {endpoint}");
        }
    }

    #[test]
    fn what_cannot_be_a_scope_or_a_tenant_is_refused() {
        for text in [
            r#"Bearer resource="http://vault.azure.net""#,
            r#"Bearer resource="vault.azure.net""#,
            r#"Bearer resource="https://""#,
            r#"Bearer resource="https://a@vault.azure.net""#,
            r#"Bearer scope="https://a b https://c""#,
            r#"Bearer authorization="http://login/t", resource="https://vault.azure.net""#,
            r#"Bearer authorization="https://login/t%2Fx", resource="https://vault.azure.net""#,
        ] {
            assert!(
                matches!(of(text), Err(RefusedError::MalformedChallenge { .. })),
                "{text}"
            );
        }
    }
}
