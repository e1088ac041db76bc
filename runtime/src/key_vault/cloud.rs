//! The hosts that vaults and managed HSMs have in each cloud.

use crate::Cloud;

/// What differs from cloud to cloud.
struct Hosts {
    vault_suffix: &'static str,
    vault_scope: &'static str,
    hsm_suffix: &'static str,
    hsm_scope: &'static str,
}

const PUBLIC: Hosts = Hosts {
    vault_suffix: "vault.azure.net",
    vault_scope: "https://vault.azure.net/.default",
    hsm_suffix: "managedhsm.azure.net",
    hsm_scope: "https://managedhsm.azure.net/.default",
};

const CHINA: Hosts = Hosts {
    vault_suffix: "vault.azure.cn",
    vault_scope: "https://vault.azure.cn/.default",
    hsm_suffix: "managedhsm.azure.cn",
    hsm_scope: "https://managedhsm.azure.cn/.default",
};

const US_GOVERNMENT: Hosts = Hosts {
    vault_suffix: "vault.usgovcloudapi.net",
    vault_scope: "https://vault.usgovcloudapi.net/.default",
    hsm_suffix: "managedhsm.usgovcloudapi.net",
    hsm_scope: "https://managedhsm.usgovcloudapi.net/.default",
};

/// Vaults and managed HSMs.
///
/// ```
/// use keyvault_runtime::Cloud;
///
/// let cloud = Cloud::of_host("myvault.vault.azure.cn");
/// assert_eq!(cloud, Some(Cloud::China));
/// assert_eq!(Cloud::China.vault_scope(), "https://vault.azure.cn/.default");
/// ```
impl Cloud {
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
        hosts(self).vault_suffix
    }

    /// The scope of tokens for vaults: `https://vault.azure.net/.default`.
    #[must_use]
    pub fn vault_scope(self) -> &'static str {
        hosts(self).vault_scope
    }

    /// What the host of a managed HSM ends with: `managedhsm.azure.net`.
    #[must_use]
    pub fn hsm_suffix(self) -> &'static str {
        hosts(self).hsm_suffix
    }

    /// The scope of tokens for managed HSMs: `https://managedhsm.azure.net/.default`.
    #[must_use]
    pub fn hsm_scope(self) -> &'static str {
        hosts(self).hsm_scope
    }

    fn has(self, host: &str) -> bool {
        is_within(host, self.vault_suffix())
            || is_within(host, self.hsm_suffix())
            || host == self.management_host()
            || host == self.authority_host()
    }
}

fn hosts(cloud: Cloud) -> &'static Hosts {
    match cloud {
        Cloud::Public => &PUBLIC,
        Cloud::China => &CHINA,
        Cloud::UsGovernment => &US_GOVERNMENT,
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
    fn the_scopes_are_those_of_the_hosts() {
        for cloud in Cloud::ALL {
            for (host, scope) in [
                (cloud.vault_suffix(), cloud.vault_scope()),
                (cloud.hsm_suffix(), cloud.hsm_scope()),
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
        let suffixes = Cloud::ALL.map(|cloud| [cloud.vault_suffix(), cloud.hsm_suffix()]);
        assert_eq!(
            suffixes,
            [
                ["vault.azure.net", "managedhsm.azure.net"],
                ["vault.azure.cn", "managedhsm.azure.cn"],
                ["vault.usgovcloudapi.net", "managedhsm.usgovcloudapi.net"],
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
