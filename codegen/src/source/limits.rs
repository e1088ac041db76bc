//! How much of what a description may have. Each is far beyond any real one, and small enough that
//! a text within all of them is read in reasonable time and room.

/// How deep a text may nest; the reader of YAML takes no more.
pub(crate) const DEPTH: usize = 120;

/// How many mappings, lists, keys and texts a file may have.
pub(crate) const NODES: usize = 1_000_000;

/// How many characters a key may have; YAML itself allows no more without a question mark.
pub(crate) const KEY: usize = 1024;

/// How many bytes the keys that lead to a node may have together.
pub(crate) const ADDRESS: usize = 4096;

/// How many bytes a text may have.
pub(crate) const TEXT: usize = 256 << 10;

/// How many bytes aliases may stand for.
pub(crate) const ALIASED: usize = 16 << 20;

/// How many bytes references may stand for.
pub(crate) const REFERRED: usize = 256 << 20;

/// What a node takes besides its text, in bytes and roughly.
pub(crate) const NODE: usize = 64;
