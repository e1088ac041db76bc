//! The clouds of Azure, and the hosts that are the same for all services.

/// A cloud of Azure: which hosts its services have, and which scopes their tokens.
///
/// ```
/// use keyvault_runtime::Cloud;
///
/// assert_eq!(Cloud::China.management_host(), "management.chinacloudapi.cn");
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
    management: &'static str,
    management_scope: &'static str,
    authority: &'static str,
}

const PUBLIC: Hosts = Hosts {
    management: "management.azure.com",
    management_scope: "https://management.azure.com/.default",
    authority: "login.microsoftonline.com",
};

const CHINA: Hosts = Hosts {
    management: "management.chinacloudapi.cn",
    management_scope: "https://management.chinacloudapi.cn/.default",
    authority: "login.chinacloudapi.cn",
};

const US_GOVERNMENT: Hosts = Hosts {
    management: "management.usgovcloudapi.net",
    management_scope: "https://management.usgovcloudapi.net/.default",
    authority: "login.microsoftonline.us",
};

impl Cloud {
    pub(crate) const ALL: [Self; 3] = [Self::Public, Self::China, Self::UsGovernment];

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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_the_public_cloud() {
        assert_eq!(Cloud::default(), Cloud::Public);
    }

    #[test]
    fn the_scope_is_that_of_the_host() {
        for cloud in Cloud::ALL {
            let scope = format!("https://{}/.default", cloud.management_host());
            assert_eq!(cloud.management_scope(), scope);
        }
    }

    #[test]
    fn the_hosts_are_those_of_the_service() {
        let hosts = Cloud::ALL.map(|cloud| [cloud.management_host(), cloud.authority_host()]);
        assert_eq!(
            hosts,
            [
                ["management.azure.com", "login.microsoftonline.com"],
                ["management.chinacloudapi.cn", "login.chinacloudapi.cn"],
                ["management.usgovcloudapi.net", "login.microsoftonline.us"],
            ]
        );
    }
}
