use super::{AuthPolicy, Challenge, Challenges, TokenRequest};
use crate::{Endpoint, RefusedError};
use http::{HeaderMap, StatusCode};
use std::sync::Arc;

/// The bearer challenge of one request: says how to send it, and after each response whether to send it again.
///
/// A request is sent four times at most, so that no sequence of challenges keeps it going.
#[derive(Debug)]
pub struct Handshake {
    wanted: Option<Arc<TokenRequest>>,
    probing: bool,
    /// Each of these is done once.
    renewed: bool,
    moved: bool,
    claimed: bool,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthStep {
    /// Send the request without token, body, content type and content length: the answer tells what token is wanted,
    /// and the body must not go to somebody who may not be trusted.
    Probe,
    /// Send the request whole, with such a token.
    Authorize {
        /// What the token has to be for.
        token: Arc<TokenRequest>,
        /// The token of before is of no use, even if it has not expired.
        renew: bool,
    },
    /// The response stands.
    Accept,
}

impl Handshake {
    /// Begins a request: with a token at once if what the origin wants is stated or known.
    #[must_use]
    pub fn begin(policy: &AuthPolicy, known: &Challenges, endpoint: &Endpoint) -> (Self, AuthStep) {
        let wanted = known
            .get(endpoint)
            .or_else(|| policy.stated.clone().map(Arc::new));
        let step = match &wanted {
            Some(wanted) => authorize(wanted, false),
            None => AuthStep::Probe,
        };
        let probing = wanted.is_none();
        (
            Self {
                wanted,
                probing,
                renewed: false,
                moved: false,
                claimed: false,
            },
            step,
        )
    }

    /// Takes in a response. `withheld` says whether the request that it answers was sent without its body.
    ///
    /// # Errors
    /// If a challenge cannot be read or verified, or a request without its body was carried out.
    pub fn answer(
        &mut self,
        policy: &AuthPolicy,
        known: &Challenges,
        endpoint: &Endpoint,
        response: (StatusCode, &HeaderMap),
        withheld: bool,
    ) -> Result<AuthStep, RefusedError> {
        let (status, headers) = response;
        let probing = std::mem::take(&mut self.probing);
        if status != StatusCode::UNAUTHORIZED {
            return match probing && withheld && status.is_success() {
                true => Err(RefusedError::Unchallenged),
                false => Ok(AuthStep::Accept),
            };
        }
        let Some(challenge) = Challenge::of(headers)? else {
            return Ok(self.renew(probing));
        };
        if !policy.unverified {
            challenge.verify(endpoint)?;
        }
        let Some(wanted) = challenge.request(self.wanted.as_deref()) else {
            return Ok(AuthStep::Accept);
        };
        let moved = self.wanted.as_deref() != Some(&wanted);
        if moved {
            let wanted = Arc::new(wanted);
            known.put(endpoint, Arc::clone(&wanted));
            self.wanted = Some(wanted);
        }
        Ok(match challenge.claims() {
            Some(claims) => self.claim(claims),
            None if moved => self.follow(),
            None => self.renew(probing),
        })
    }

    /// The service wants another token than before: it moved to another tenant, or it is the answer to the first
    /// request.
    fn follow(&mut self) -> AuthStep {
        match (std::mem::replace(&mut self.moved, true), &self.wanted) {
            (false, Some(wanted)) => authorize(wanted, false),
            _ => AuthStep::Accept,
        }
    }

    /// The service wants claims of which the token of before knows nothing.
    fn claim(&mut self, claims: &str) -> AuthStep {
        match (std::mem::replace(&mut self.claimed, true), &self.wanted) {
            (false, Some(wanted)) => {
                let request = TokenRequest::clone(wanted).claims(claims);
                AuthStep::Authorize {
                    token: Arc::new(request),
                    renew: true,
                }
            }
            _ => AuthStep::Accept,
        }
    }

    /// The token did not please although it was for the right resource: it may have expired or been revoked.
    fn renew(&mut self, probing: bool) -> AuthStep {
        match (std::mem::replace(&mut self.renewed, true), &self.wanted) {
            (false, Some(wanted)) if !probing => authorize(wanted, true),
            _ => AuthStep::Accept,
        }
    }
}

fn authorize(wanted: &Arc<TokenRequest>, renew: bool) -> AuthStep {
    AuthStep::Authorize {
        token: Arc::clone(wanted),
        renew,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::WWW_AUTHENTICATE;

    const VAULT: &str = r#"Bearer authorization="https://login.windows.net/t1", resource="https://vault.azure.net""#;
    const MOVED: &str = r#"Bearer authorization="https://login.windows.net/t2", resource="https://vault.azure.net""#;
    /// The claims are `{"a":1}`.
    const CLAIMS: &str = r#"Bearer authorization="https://login.windows.net/t1", error="insufficient_claims", claims="eyJhIjoxfQ==""#;
    const SCOPE: &str = "https://vault.azure.net/.default";

    struct Case {
        policy: AuthPolicy,
        known: Challenges,
        endpoint: Endpoint,
        handshake: Handshake,
    }

    impl Case {
        fn begin(policy: AuthPolicy, known: Challenges, host: &str) -> (Self, AuthStep) {
            let endpoint = Endpoint::new(&format!("https://{host}")).unwrap();
            let (handshake, step) = Handshake::begin(&policy, &known, &endpoint);
            (
                Self {
                    policy,
                    known,
                    endpoint,
                    handshake,
                },
                step,
            )
        }

        fn probed() -> Self {
            let (case, step) = Self::begin(
                AuthPolicy::challenge(),
                Challenges::default(),
                "v.vault.azure.net",
            );
            assert_eq!(step, AuthStep::Probe);
            case
        }

        fn answer(&mut self, status: u16, challenge: &str) -> Result<AuthStep, RefusedError> {
            let headers = match challenge {
                "" => HeaderMap::new(),
                text => HeaderMap::from_iter([(WWW_AUTHENTICATE, text.parse().unwrap())]),
            };
            let response = (StatusCode::from_u16(status).unwrap(), &headers);
            self.handshake
                .answer(&self.policy, &self.known, &self.endpoint, response, true)
        }
    }

    fn token(tenant: &str, renew: bool) -> Result<AuthStep, RefusedError> {
        let token = Arc::new(TokenRequest::new(SCOPE).tenant(tenant));
        Ok(AuthStep::Authorize { token, renew })
    }

    #[test]
    fn an_unknown_origin_is_probed_and_its_verified_challenge_kept() {
        let mut case = Case::probed();
        assert_eq!(case.answer(401, VAULT), token("t1", false));
        assert_eq!(case.answer(200, ""), Ok(AuthStep::Accept));
        let (_, step) = Handshake::begin(&case.policy, &case.known, &case.endpoint);
        assert_eq!(Ok(step), token("t1", false));
    }

    #[test]
    fn a_challenge_for_another_host_is_refused_and_not_kept() {
        let (mut case, _) = Case::begin(
            AuthPolicy::challenge(),
            Challenges::default(),
            "evil.example",
        );
        let error = case.answer(401, VAULT).unwrap_err();
        let (resource, host) = ("vault.azure.net".to_owned(), "evil.example".to_owned());
        assert_eq!(error, RefusedError::UnverifiedResource { resource, host });
        assert_eq!(case.known.get(&case.endpoint), None);
    }

    #[test]
    fn the_check_can_be_switched_off() {
        let policy = AuthPolicy::challenge().without_resource_check();
        let (mut case, _) = Case::begin(policy, Challenges::default(), "vault.corp.example");
        assert_eq!(case.answer(401, VAULT), token("t1", false));
    }

    #[test]
    fn a_stated_token_saves_the_probe_and_a_later_challenge_is_followed() {
        let policy = AuthPolicy::stated(TokenRequest::new(SCOPE).tenant("t1"));
        let (mut case, step) = Case::begin(policy, Challenges::default(), "v.vault.azure.net");
        assert_eq!(Ok(step), token("t1", false));
        assert_eq!(case.answer(401, MOVED), token("t2", false));
        let (_, step) = Handshake::begin(&case.policy, &case.known, &case.endpoint);
        assert_eq!(
            Ok(step),
            token("t2", false),
            "what the service said last counts"
        );
    }

    #[test]
    fn a_token_that_does_not_please_is_renewed_once() {
        let mut case = Case::probed();
        assert_eq!(case.answer(401, VAULT), token("t1", false));
        assert_eq!(case.answer(401, VAULT), token("t1", true));
        assert_eq!(case.answer(401, VAULT), Ok(AuthStep::Accept));
    }

    #[test]
    fn a_refusal_without_challenge_renews_too() {
        let mut case = Case::probed();
        assert_eq!(case.answer(401, VAULT), token("t1", false));
        assert_eq!(
            case.answer(401, r#"Bearer error="invalid_token""#),
            token("t1", true)
        );
        assert_eq!(case.answer(401, ""), Ok(AuthStep::Accept));
    }

    #[test]
    fn claims_are_fulfilled_once() {
        let mut case = Case::probed();
        assert_eq!(case.answer(401, VAULT), token("t1", false));
        let claimed = Arc::new(TokenRequest::new(SCOPE).tenant("t1").claims(r#"{"a":1}"#));
        assert_eq!(
            case.answer(401, CLAIMS),
            Ok(AuthStep::Authorize {
                token: claimed,
                renew: true
            })
        );
        assert_eq!(case.answer(401, CLAIMS), Ok(AuthStep::Accept));
        assert_eq!(
            case.known.get(&case.endpoint).unwrap().wanted_claims(),
            None
        );
    }

    #[test]
    fn changing_challenges_come_to_an_end() {
        let mut case = Case::probed();
        let steps = [VAULT, MOVED, VAULT, MOVED, CLAIMS, VAULT, MOVED]
            .map(|text| case.answer(401, text).unwrap());
        let sent = steps
            .iter()
            .filter(|step| **step != AuthStep::Accept)
            .count();
        assert!(sent <= 3, "{steps:?}");
    }

    #[test]
    fn a_request_without_its_body_must_not_be_carried_out() {
        assert_eq!(
            Case::probed().answer(200, ""),
            Err(RefusedError::Unchallenged)
        );
        assert_eq!(Case::probed().answer(403, ""), Ok(AuthStep::Accept));
        assert_eq!(Case::probed().answer(401, ""), Ok(AuthStep::Accept));
    }
}
