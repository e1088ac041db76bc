mod own {
    #[derive(Default)]
    pub struct Other;
}

#[allow(unused_imports)]
use keyvault_rest::things::models::*;
#[allow(unused_imports)]
use own::*;

pub fn make() -> Other {
    Default::default()
}
