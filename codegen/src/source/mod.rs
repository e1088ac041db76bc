//! Where things stand in the description: addresses of nodes, and their places in the texts.

mod at;
mod finder;
mod json;
pub(crate) mod limits;
mod places;
mod text;

pub use self::at::{At, Pointer};
pub(crate) use self::json::as_yaml;
pub use self::places::{RefusalKind, Spot};
pub use self::text::{Source, Sources};
