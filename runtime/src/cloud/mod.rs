//! The clouds that Key Vault runs in, and the hosts that follow from them.

mod hsm_url;
mod named_host;
mod vault_url;

pub use hsm_url::HsmUrl;
pub use vault_url::VaultUrl;

/// A cloud of Azure: which hosts its services have, and which scopes their tokens.
///
/// ```
/// use keyvault_runtime::Cloud;
///
/// let cloud = Cloud::of_host("myvault.vault.azure.cn");
/// assert_eq!(cloud, Some(Cloud::China));
/// assert_eq!(Cloud::China.vault_scope(), "https://vault.azure.cn/.default");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cloud {
    /// The worldwide one.
    #[default]
    Public,
    /// The one in China, run by 21Vianet.
    China,
    /// The one for the government of the United States.
    UsGovernment,
}

/// What differs from cloud to cloud.
struct Hosts {
    vault_suffix: &'static str,
    vault_scope: &'static str,
    hsm_suffix: &'static str,
    hsm_scope: &'static str,
    management: &'static str,
    management_scope: &'static str,
    authority: &'static str,
}

const PUBLIC: Hosts = Hosts {
    vault_suffix: "vault.azure.net",
    vault_scope: "https://vault.azure.net/.default",
    hsm_suffix: "managedhsm.azure.net",
    hsm_scope: "https://managedhsm.azure.net/.default",
    management: "management.azure.com",
    management_scope: "https://management.azure.com/.default",
    authority: "login.microsoftonline.com",
};

const CHINA: Hosts = Hosts {
    vault_suffix: "vault.azure.cn",
    vault_scope: "https://vault.azure.cn/.default",
    hsm_suffix: "managedhsm.azure.cn",
    hsm_scope: "https://managedhsm.azure.cn/.default",
    management: "management.chinacloudapi.cn",
    management_scope: "https://management.chinacloudapi.cn/.default",
    authority: "login.chinacloudapi.cn",
};

const US_GOVERNMENT: Hosts = Hosts {
    vault_suffix: "vault.usgovcloudapi.net",
    vault_scope: "https://vault.usgovcloudapi.net/.default",
    hsm_suffix: "managedhsm.usgovcloudapi.net",
    hsm_scope: "https://managedhsm.usgovcloudapi.net/.default",
    management: "management.usgovcloudapi.net",
    management_scope: "https://management.usgovcloudapi.net/.default",
    authority: "login.microsoftonline.us",
};

impl Cloud {
    const ALL: [Self; 3] = [Self::Public, Self::China, Self::UsGovernment];

    /// The cloud that a host belongs to: a vault, a managed HSM, the management plane or the sign-in.
    ///
    /// Case and a dot at the end do not matter. `None` for any host whose name does not tell, such as an address.
    #[must_use]
    pub fn of_host(host: &str) -> Option<Self> {
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        Self::ALL.into_iter().find(|cloud| cloud.has(&host))
    }

    /// What the host of a vault ends with: `vault.azure.net`.
    #[must_use]
    pub fn vault_suffix(self) -> &'static str {
        self.hosts().vault_suffix
    }

    /// The scope of tokens for vaults: `https://vault.azure.net/.default`.
    #[must_use]
    pub fn vault_scope(self) -> &'static str {
        self.hosts().vault_scope
    }

    /// What the host of a managed HSM ends with: `managedhsm.azure.net`.
    #[must_use]
    pub fn hsm_suffix(self) -> &'static str {
        self.hosts().hsm_suffix
    }

    /// The scope of tokens for managed HSMs: `https://managedhsm.azure.net/.default`.
    #[must_use]
    pub fn hsm_scope(self) -> &'static str {
        self.hosts().hsm_scope
    }

    /// The host of the management plane: `management.azure.com`.
    #[must_use]
    pub fn management_host(self) -> &'static str {
        self.hosts().management
    }

    /// The scope of tokens for the management plane: `https://management.azure.com/.default`.
    #[must_use]
    pub fn management_scope(self) -> &'static str {
        self.hosts().management_scope
    }

    /// The host that issues tokens: `login.microsoftonline.com`.
    #[must_use]
    pub fn authority_host(self) -> &'static str {
        self.hosts().authority
    }

    fn hosts(self) -> &'static Hosts {
        match self {
            Self::Public => &PUBLIC,
            Self::China => &CHINA,
            Self::UsGovernment => &US_GOVERNMENT,
        }
    }

    fn has(self, host: &str) -> bool {
        is_within(host, self.vault_suffix())
            || is_within(host, self.hsm_suffix())
            || host == self.management_host()
            || host == self.authority_host()
    }
}

/// Whether a host is a domain or below it. `evilvault.azure.net` is not within `vault.azure.net`.
fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_the_public_cloud() {
        assert_eq!(Cloud::default(), Cloud::Public);
    }

    #[test]
    fn the_scopes_are_those_of_the_hosts() {
        for cloud in Cloud::ALL {
            for (host, scope) in [
                (cloud.vault_suffix(), cloud.vault_scope()),
                (cloud.hsm_suffix(), cloud.hsm_scope()),
                (cloud.management_host(), cloud.management_scope()),
            ] {
                assert_eq!(scope, format!("https://{host}/.default"));
            }
        }
    }

    #[test]
    fn each_cloud_has_hosts_of_its_own() {
        for cloud in Cloud::ALL {
            for host in [
                cloud.vault_suffix(),
                cloud.hsm_suffix(),
                cloud.management_host(),
                cloud.authority_host(),
                &format!("myvault.{}", cloud.vault_suffix()),
                &format!("myhsm.region.{}", cloud.hsm_suffix()),
            ] {
                assert_eq!(Cloud::of_host(host), Some(cloud), "{host}");
            }
        }
    }

    #[test]
    fn the_hosts_are_those_of_the_service() {
        let hosts = |cloud: Cloud| {
            [
                cloud.vault_suffix(),
                cloud.hsm_suffix(),
                cloud.management_host(),
                cloud.authority_host(),
            ]
        };
        assert_eq!(
            hosts(Cloud::China),
            [
                "vault.azure.cn",
                "managedhsm.azure.cn",
                "management.chinacloudapi.cn",
                "login.chinacloudapi.cn"
            ]
        );
        assert_eq!(
            hosts(Cloud::UsGovernment),
            [
                "vault.usgovcloudapi.net",
                "managedhsm.usgovcloudapi.net",
                "management.usgovcloudapi.net",
                "login.microsoftonline.us"
            ]
        );
    }

    #[test]
    fn case_and_the_last_dot_do_not_matter() {
        assert_eq!(
            Cloud::of_host("MyVault.Vault.Azure.NET."),
            Some(Cloud::Public)
        );
    }

    #[test]
    fn a_host_that_only_looks_like_one_has_no_cloud() {
        for host in [
            "",
            ".",
            "127.0.0.1",
            "evilvault.azure.net",
            "vault.azure.net.evil.com",
            "evil.management.azure.com",
            "azure.net",
            "myvault.vault.azure.net..",
        ] {
            assert_eq!(Cloud::of_host(host), None, "{host}");
        }
    }
}
