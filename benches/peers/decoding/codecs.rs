//! Reads and writes the same bodies with the models of each generator.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::hint::black_box;

/// Whatever ends a benchmark early.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// An answer of "get key": 1 kB.
const KEY: &str = include_str!("../../round-trip/src/key.json");

/// How many keys a page has.
const PAGE: usize = 25;

/// The models of one generator, at work on the bodies.
pub struct Codec {
    /// Whose models they are.
    pub name: &'static str,
    /// What is done with them, or why they cannot do it.
    pub works: Result<Works, String>,
}

/// In the order of [`WORKS`].
pub type Works = [Box<dyn Fn()>; 3];

/// Each work of a codec: its name, and how many nanoseconds the unit of its time has.
pub const WORKS: [(&str, &str, f64); 3] = [
    ("read a key of 1 kB", "ns", 1.0),
    ("read a page of 25 keys", "µs", 1e3),
    ("write the body of \"create key\"", "ns", 1.0),
];

/// All that are there; ours is the first.
pub fn all() -> Vec<Codec> {
    vec![
        ours(),
        official(),
        #[cfg(feature = "progenitor")]
        progenitor(),
        #[cfg(feature = "oas3-gen")]
        oas3_gen(),
        #[cfg(feature = "openapi-to-rust")]
        openapi_to_rust(),
    ]
}

/// By the functions of its own, as its requests and responses are made of.
fn ours() -> Codec {
    use of_keyvault_rest::keys::models::{KeyBundle, KeyCreateParameters, KeyListResult};
    use of_keyvault_rest::runtime::{Wire, from_json, to_json};
    fn reader<T: Wire>(text: &str) -> Result<T, serde_json::Error> {
        from_json(text)
    }
    let works = works_by(
        |key: &KeyBundle| key.key.as_ref()?.kid.clone(),
        || Ok(from_json::<KeyCreateParameters>(create().to_string())?),
        reader::<KeyBundle>,
        reader::<KeyListResult>,
        |create| to_json(create).map(String::into_bytes),
    );
    codec("keyvault-rest", works)
}

fn official() -> Codec {
    use azure_security_keyvault_keys::models::{CreateKeyParameters, Key, ListKeyPropertiesResult};
    let key_id = |key: &Key| key.key.as_ref()?.kid.clone();
    let works = works::<_, ListKeyPropertiesResult, CreateKeyParameters>(key_id, read_create);
    codec("azure_security_keyvault_keys", works)
}

#[cfg(feature = "progenitor")]
fn progenitor() -> Codec {
    use of_progenitor::types::{KeyBundle, KeyCreateParametersOfKeys, KeyListResultOfKeys};
    let works = works::<KeyBundle, KeyListResultOfKeys, KeyCreateParametersOfKeys>(
        |key| key.key.as_ref()?.kid.clone(),
        read_create,
    );
    codec("progenitor", works)
}

/// What it only sends cannot be read: it is made member by member.
#[cfg(feature = "oas3-gen")]
fn oas3_gen() -> Codec {
    use of_oas3_gen::{
        JsonWebKeyOperationOfKeys as Use, KeyBundle, KeyCreateParametersOfKeys, KeyListResultOfKeys,
    };
    let create = || {
        let member = |name| create()[name].take();
        Ok(KeyCreateParametersOfKeys {
            kty: serde_json::from_value(member("kty"))?,
            key_size: serde_json::from_value(member("key_size"))?,
            key_ops: Some(vec![
                Use::Encrypt,
                Use::Decrypt,
                Use::Sign,
                Use::Verify,
                Use::WrapKey,
                Use::UnwrapKey,
            ]),
            attributes: serde_json::from_value(member("attributes"))?,
            tags: serde_json::from_value(member("tags"))?,
            ..Default::default()
        })
    };
    let works =
        works::<KeyBundle, KeyListResultOfKeys, _>(|key| key.key.as_ref()?.kid.clone(), create);
    codec("oas3-gen", works)
}

#[cfg(feature = "openapi-to-rust")]
fn openapi_to_rust() -> Codec {
    use of_openapi_to_rust::{KeyBundle, KeyCreateParametersOfKeys, KeyListResultOfKeys};
    let works = works::<KeyBundle, KeyListResultOfKeys, KeyCreateParametersOfKeys>(
        |key| key.key.as_ref()?.kid.clone(),
        read_create,
    );
    codec("openapi-to-rust", works)
}

fn codec(name: &'static str, works: Result<Works, Failure>) -> Codec {
    let works = works.map_err(|why| why.to_string());
    Codec { name, works }
}

/// What a key is made from, by a model that can also be read.
fn read_create<C: DeserializeOwned>() -> Result<C, Failure> {
    Ok(serde_json::from_value(create())?)
}

/// The models of a key, of a page of keys, and of what a key is made from, by serde.
fn works<K, P, C>(
    key_id: impl Fn(&K) -> Option<String>,
    make: impl Fn() -> Result<C, Failure>,
) -> Result<Works, Failure>
where
    K: DeserializeOwned + 'static,
    P: DeserializeOwned + 'static,
    C: Serialize + 'static,
{
    fn reader<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
        serde_json::from_slice(text.as_bytes())
    }
    works_by(key_id, make, reader::<K>, reader::<P>, |create| {
        serde_json::to_vec(create)
    })
}

/// What reads a body.
type Reader<T> = fn(&str) -> Result<T, serde_json::Error>;

/// What writes a body.
type Writer<T> = fn(&T) -> Result<Vec<u8>, serde_json::Error>;

/// The same by any functions. The models must say what the bodies say.
fn works_by<K: 'static, P: 'static, C: 'static>(
    key_id: impl Fn(&K) -> Option<String>,
    make: impl Fn() -> Result<C, Failure>,
    read_key: Reader<K>,
    read_page: Reader<P>,
    write: Writer<C>,
) -> Result<Works, Failure> {
    let key = read_key(KEY)?;
    let expected: Value = serde_json::from_str(KEY)?;
    if key_id(&key).as_deref() != expected["key"]["kid"].as_str() {
        return Err("does not read the key".into());
    }
    let page = page();
    read_page(&page)?;
    let create = make()?;
    if serde_json::from_slice::<Value>(&write(&create)?)? != self::create() {
        return Err("does not write what it should".into());
    }
    Ok([
        Box::new(move || read(read_key, KEY)),
        Box::new(move || read(read_page, &page)),
        Box::new(move || drop(black_box(write(black_box(&create))))),
    ])
}

fn read<T>(reader: Reader<T>, text: &str) {
    drop(black_box(reader(black_box(text))));
}

fn page() -> String {
    let key = |number| {
        json!({
            "kid": format!("https://bench.vault.azure.net/keys/key-{number}"),
            "attributes": {
                "enabled": true,
                "created": 1_700_000_001,
                "updated": 1_700_000_002,
                "recoveryLevel": "Recoverable+Purgeable",
                "recoverableDays": 90,
                "exportable": false,
            },
            "tags": {"team": "payments", "environment": "benchmark"},
        })
    };
    let keys: Vec<_> = (0..PAGE).map(key).collect();
    let next = "https://bench.vault.azure.net/keys?api-version=2025-07-01&$skiptoken=abc";
    json!({"value": keys, "nextLink": next}).to_string()
}

fn create() -> Value {
    json!({
        "kty": "RSA",
        "key_size": 3072,
        "key_ops": ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"],
        "attributes": {"enabled": true, "exp": 1_900_000_000},
        "tags": {"team": "payments", "environment": "benchmark"},
    })
}
