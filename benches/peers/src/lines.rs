//! How much a generator writes.

use crate::Failure;
use std::fs;
use std::path::Path;

/// Lines of Rust.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// All of them.
    pub all: usize,
    /// Those that are documentation.
    pub documentation: usize,
}

/// Counts the lines of the Rust files in a folder whose names are wanted, at any depth.
///
/// # Errors
/// If a file cannot be read.
pub fn count(folder: &Path, wanted: &impl Fn(&str) -> bool) -> Result<Lines, Failure> {
    let mut lines = Lines::default();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let found = match path.is_dir() {
            true => count(&path, wanted)?,
            false if name.ends_with(".rs") && wanted(&name) => of(&fs::read_to_string(&path)?),
            false => Lines::default(),
        };
        lines.all += found.all;
        lines.documentation += found.documentation;
    }
    Ok(lines)
}

fn of(text: &str) -> Lines {
    let mut lines = Lines::default();
    let mut in_block = false;
    for line in text.lines().map(str::trim) {
        in_block |= line.starts_with("/**");
        lines.all += 1;
        lines.documentation += usize::from(in_block || documents(line));
        in_block &= !line.ends_with("*/");
    }
    lines
}

fn documents(line: &str) -> bool {
    let starts = ["///", "//!", "#[doc ="];
    starts.iter().any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_is_counted_and_comments_are_not() {
        let text = "//! a\n/// b\n// c\n    #[doc = \"d\"]\nstruct E;\n\n/** f\ng */\nstruct H;\n";
        let counted = Lines {
            all: 9,
            documentation: 5,
        };
        assert_eq!(of(text), counted);
    }
}
