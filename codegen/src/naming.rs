//! Names of the description -> Rust identifiers. The only user of heck.
//!
//! Pure functions: the same name gives the same identifier, whatever stands beside it. What two
//! names of a scope would share is a diagnostic of [`crate::validate`], never a number behind one.

use std::fmt;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

use crate::api::{Body, Field, Group, Operation, Parameter, Service, TypeDef, Variant};

/// A Rust identifier, made for one kind of item. It can be used in tokens and compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// The identifier as text, with `r#` where it needs one.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier as a token.
    pub fn ident(&self) -> Ident {
        match self.0.strip_prefix("r#") {
            Some(raw) => Ident::new_raw(raw, Span::call_site()),
            None => Ident::new(&self.0, Span::call_site()),
        }
    }
}

impl quote::ToTokens for Name {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        self.ident().to_tokens(tokens);
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name in which there is nothing to make an identifier from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoIdentifier(pub String);

/// A name, or why there is none.
pub type Named = Result<Name, NoIdentifier>;

/// The module of a service; also its feature.
pub fn service(service: &Service) -> Named {
    module(&service.name)
}

/// The module of a group of operations.
pub fn group(group: &Group) -> Named {
    module(group.name.as_deref().unwrap_or("operations"))
}

/// The module of the group of this name.
pub fn group_name(name: &str) -> Named {
    module(name)
}

/// A model, enumeration or alias.
pub fn type_def(def: &TypeDef) -> Named {
    type_name(def.client_name.as_deref().unwrap_or(&def.name))
}

/// A request builder.
pub fn operation(operation: &Operation) -> Named {
    let own = operation.split_id().1;
    camel(operation.client_name.as_deref().unwrap_or(own))
}

/// A request builder among those of its whole service, group included.
pub fn request(operation: &Operation) -> Named {
    match operation.split_id() {
        (Some(group), _) => camel(&format!("{group}_{}", self::operation(operation)?)),
        (None, _) => self::operation(operation),
    }
}

/// The requests of a service among those of its host.
pub fn service_request(service: &Service) -> Named {
    camel(&service.name)
}

/// The requests of a host that several services share.
pub fn host_request_alone() -> Name {
    Name("Request".to_owned())
}

/// The same where there is more than one such host, by its first service.
pub fn host_request(first: &Service) -> Named {
    camel(&format!("{}_host_request", first.name))
}

/// A value of an enumeration.
pub fn variant(variant: &Variant) -> Named {
    camel(variant.client_name.as_deref().unwrap_or(&variant.wire))
}

/// A member of a model.
pub fn field(field: &Field) -> Named {
    value(field.client_name.as_deref().unwrap_or(&field.wire))
}

/// A parameter of a request.
pub fn parameter(parameter: &Parameter) -> Named {
    value(parameter.client_name.as_deref().unwrap_or(&parameter.wire))
}

/// The body of a request.
pub fn body(body: &Body) -> Named {
    value(&body.name)
}

/// A path inside the runtime: the modules around an item, and the item. Its words are taken as they are, and so have to
/// be identifiers already.
pub fn runtime_path(path: &str) -> Result<(Vec<Name>, Name), NoIdentifier> {
    let is_word = |word: &str| {
        let begins = word.starts_with(|c: char| c.is_ascii_alphabetic());
        let goes_on = word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        begins && goes_on && !is_keyword(word)
    };
    let words = path.split("::").map(|word| match is_word(word) {
        true => Ok(Name(word.to_owned())),
        false => Err(NoIdentifier(path.to_owned())),
    });
    let mut words = words.collect::<Result<Vec<_>, _>>()?;
    let item = words.pop().ok_or_else(|| NoIdentifier(path.to_owned()))?;
    Ok((words, item))
}

/// What the service of a file is called: the file's stem in snake case, if that can be a module.
pub(crate) fn service_text(stem: &str) -> Option<String> {
    let name = stem.to_snake_case();
    let fits = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.is_ascii();
    fits.then_some(name)
}

/// The name that an operation, or type, with this name in the description would have.
pub(crate) fn operation_text(id: &str) -> Option<String> {
    camel(id).ok().map(|name| name.to_string())
}

/// The name that a type with this name in the description would have.
pub(crate) fn type_text(name: &str) -> Option<String> {
    type_name(name).ok().map(|name| name.to_string())
}

/// Types keep the service's name as it is, if it is one in Rust.
fn type_name(name: &str) -> Named {
    let fits = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric());
    match fits && !is_keyword(name) {
        true => Ok(Name(name.to_owned())),
        false => camel(name),
    }
}

/// `RSA_AES_KEY_WRAP_256` -> `RsaAesKeyWrap256`; digits stay apart from digits: `Rsa1_5`.
fn camel(name: &str) -> Named {
    let mut camel = String::new();
    for word in words(name).flat_map(capitals_behind_digits) {
        let word = camel_word(word);
        let ends_in_digit = camel.ends_with(|c: char| c.is_ascii_digit());
        if ends_in_digit && word.starts_with(|c: char| c.is_ascii_digit()) {
            camel.push('_');
        }
        camel.push_str(&word);
    }
    identifier(name, camel, "V")
}

/// `x5t#S256` -> `x5t_s256`.
fn value(name: &str) -> Named {
    let snake = match name.bytes().all(is_small) {
        true => name.to_owned(),
        false => words(name).collect::<Vec<_>>().join("_").to_snake_case(),
    };
    identifier(name, snake, "_")
}

/// Whether a byte is one that words have behind their first letter. Words of such bytes are names already, which heck
/// takes long to find out.
fn is_small(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// A word that begins with a capital.
fn camel_word(word: &str) -> String {
    match word.split_at_checked(1) {
        Some((first, rest)) if rest.bytes().all(is_small) => first.to_ascii_uppercase() + rest,
        _ => word.to_upper_camel_case(),
    }
}

/// Like a value, but never raw: `mod r#type` would look odd, and `mod r#mod` names `mod.rs`.
fn module(name: &str) -> Named {
    let module = value(name)?;
    Ok(match module.0.strip_prefix("r#") {
        Some(keyword) => Name(format!("{keyword}_")),
        None => module,
    })
}

/// The words of a name in small letters, with an underscore between any two.
pub fn snake_case(name: &str) -> String {
    name.to_snake_case()
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// A capital behind a digit starts a word: `A128GCM` is `A128` and `GCM`.
fn capitals_behind_digits(word: &str) -> Vec<&str> {
    let starts = word
        .as_bytes()
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0].is_ascii_digit() && pair[1].is_ascii_uppercase())
        .map(|(index, _)| index + 1);
    let mut words = Vec::new();
    let mut from = 0;
    for start in starts {
        words.push(&word[from..start]);
        from = start;
    }
    words.push(&word[from..]);
    words
}

/// Makes `text` an identifier; `lead` goes before a digit.
fn identifier(name: &str, text: String, lead: &str) -> Named {
    if text.is_empty() {
        return Err(NoIdentifier(name.to_owned()));
    }
    let text = match text.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("{lead}{text}"),
        false => text,
    };
    Ok(Name(match text.as_str() {
        "self" | "Self" | "super" | "crate" => format!("{text}_"),
        keyword if is_keyword(keyword) => format!("r#{text}"),
        _ => text,
    }))
}

/// The keywords of edition 2024, strict and reserved.
fn is_keyword(text: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
        "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
        "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv",
        "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try",
        "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    KEYWORDS.binary_search(&text).is_ok()
}

#[cfg(test)]
mod tests {
    use heck::{ToSnakeCase, ToUpperCamelCase};

    use super::{Named, camel, camel_word, is_keyword, module, runtime_path, type_name, value};

    fn check(name: fn(&str) -> Named, table: &[(&str, &str)]) {
        for (from, to) in table {
            assert_eq!(
                name(from).map(|name| name.to_string()).as_deref(),
                Ok(*to),
                "{from}"
            );
        }
    }

    #[test]
    fn a_path_of_the_runtime_is_one_or_more_identifiers() {
        let words = |path| {
            let (modules, item) = runtime_path(path).ok()?;
            let words = modules.iter().chain([&item]).map(ToString::to_string);
            Some(words.collect::<Vec<_>>())
        };
        assert_eq!(words("Retry"), Some(vec!["Retry".to_owned()]));
        assert_eq!(
            words("client::x_1::Y"),
            Some(["client", "x_1", "Y"].map(str::to_owned).to_vec())
        );
        for path in [
            "",
            "::",
            "::A",
            "a::",
            "a:A",
            "a::*",
            "a::{A, B}",
            "A as B",
            "A; mod x",
            "a::A}",
            "_",
            "_a",
            "1a",
            "é",
            "crate::A",
            "self",
            "super::A",
            "r#type",
            "type",
            "A\n",
            " A",
            "A//",
            "A<B>",
        ] {
            assert_eq!(words(path), None, "{path:?}");
        }
    }

    #[test]
    fn words_in_small_letters_are_what_heck_makes_of_them() {
        for word in [
            "a", "kid", "x5t", "5t", "0", "a1b2c3", "p256k", "encrypt", "2025",
        ] {
            let snake = value(word).unwrap().to_string();
            assert_eq!(snake.trim_start_matches('_'), word.to_snake_case());
            for word in [word.to_owned(), camel_word(word)] {
                assert_eq!(camel_word(&word), word.to_upper_camel_case());
            }
        }
    }

    #[test]
    fn types_keep_the_names_of_the_service() {
        check(
            type_name,
            &[
                ("KeyBundle", "KeyBundle"),
                ("SASTokenParameter", "SASTokenParameter"),
                (
                    "SelectiveKeyRestoreOperation",
                    "SelectiveKeyRestoreOperation",
                ),
                ("JsonWebKey", "JsonWebKey"),
                ("keyItem", "KeyItem"),
                ("x509_props", "X509Props"),
                ("Self", "Self_"),
            ],
        );
    }

    #[test]
    fn enumeration_values_and_operations_become_camel_case() {
        check(
            camel,
            &[
                // What `x-ms-enum` calls the values of both services.
                ("EC", "Ec"),
                ("EC_HSM", "EcHsm"),
                ("RSA", "Rsa"),
                ("RSA_HSM", "RsaHsm"),
                ("oct", "Oct"),
                ("oct_HSM", "OctHsm"),
                ("P256", "P256"),
                ("P256_K", "P256K"),
                ("RSA_OAEP", "RsaOaep"),
                ("RSA_OAEP256", "RsaOaep256"),
                ("RSA1_5", "Rsa1_5"),
                ("A128_GCM", "A128Gcm"),
                ("A128_KW", "A128Kw"),
                ("A128_CBC", "A128Cbc"),
                ("A128_CBCPAD", "A128Cbcpad"),
                ("CKM_AES_KEY_WRAP", "CkmAesKeyWrap"),
                ("CKM_AES_KEY_WRAP_PAD", "CkmAesKeyWrapPad"),
                ("CKM_RSA_AES_KEY_WRAP", "CkmRsaAesKeyWrap"),
                ("RSA_AES_KEY_WRAP_256", "RsaAesKeyWrap256"),
                ("PS256", "Ps256"),
                ("RS512", "Rs512"),
                ("HS256", "Hs256"),
                ("RSNULL", "Rsnull"),
                ("ES256_K", "Es256K"),
                ("wrapKey", "WrapKey"),
                ("import", "Import"),
                ("RecoverablePurgeable", "RecoverablePurgeable"),
                ("InProgress", "InProgress"),
                // The same values on the wire, for descriptions that give them no names.
                ("EC-HSM", "EcHsm"),
                ("P-256", "P256"),
                ("P-256K", "P256K"),
                ("RSA-OAEP-256", "RsaOaep256"),
                ("A128CBCPAD", "A128Cbcpad"),
                ("ES256K", "Es256K"),
                ("P_256K", "P256K"),
                ("Recoverable+Purgeable", "RecoverablePurgeable"),
                (
                    "CustomizedRecoverable+ProtectedSubscription",
                    "CustomizedRecoverableProtectedSubscription",
                ),
                ("application/x-pkcs12", "ApplicationXPkcs12"),
                ("self", "Self_"),
                ("2019", "V2019"),
                // Operations.
                ("GetKey", "GetKey"),
                ("encrypt", "Encrypt"),
                ("unwrapKey", "UnwrapKey"),
            ],
        );
    }

    #[test]
    fn members_and_parameters_become_snake_case() {
        check(
            value,
            &[
                ("key-name", "key_name"),
                ("keyVersion", "key_version"),
                ("key_ops", "key_ops"),
                ("keyOps", "key_ops"),
                ("Hsm", "hsm"),
                ("notBefore", "not_before"),
                ("innerError", "inner_error"),
                ("x5t#S256", "x5t_s256"),
                ("x5t", "x5t"),
                ("type", "r#type"),
                ("use", "r#use"),
                ("gen", "r#gen"),
                ("crate", "crate_"),
                ("$filter", "filter"),
                (
                    "azureStorageBlobContainerUri",
                    "azure_storage_blob_container_uri",
                ),
                ("timeAfterCreate", "time_after_create"),
                ("maxresults", "maxresults"),
                ("targetAttestationToken", "target_attestation_token"),
                ("certificatePemFile", "certificate_pem_file"),
                ("2fa", "_2fa"),
            ],
        );
    }

    #[test]
    fn modules_are_never_raw() {
        check(
            module,
            &[
                ("SASTokenParameter", "sas_token_parameter"),
                ("Mod", "mod_"),
                ("type", "type_"),
                ("RoleDefinitions", "role_definitions"),
            ],
        );
    }

    #[test]
    fn a_name_without_letters_or_digits_is_refused() {
        assert!(camel("+++").is_err());
        assert!(value("").is_err());
        assert!(value("ключ").is_err());
    }

    #[test]
    fn the_list_of_keywords_is_sorted_and_complete_for_the_compiler() {
        assert!(is_keyword("type") && is_keyword("Self") && is_keyword("yield"));
        for word in [
            "type", "fn", "gen", "async", "try", "await", "dyn", "static",
        ] {
            assert!(is_keyword(word), "{word}");
        }
        for word in ["keys", "union", "auto", "default"] {
            assert!(!is_keyword(word), "{word}");
        }
    }
}
