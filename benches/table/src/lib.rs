//! How the benchmarks show what they measured.
#![forbid(unsafe_code)]

mod sheet;

pub use sheet::{RATIO, Sheet};

use std::fmt;

/// A table in Markdown.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns; the first one is text, the others are numbers.
    #[must_use]
    pub fn new(columns: &[&str]) -> Self {
        Self::of_text(1, columns)
    }

    /// A table with these columns; the first ones are text, the others are numbers.
    #[must_use]
    pub fn of_text(texts: usize, columns: &[&str]) -> Self {
        let mut rule = vec!["---:".to_owned(); columns.len()];
        rule.iter_mut()
            .take(texts)
            .for_each(|column| *column = "---".to_owned());
        let head = columns.iter().map(|&column| column.to_owned()).collect();
        Self {
            rows: vec![head, rule],
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = self.rows.iter();
        rows.try_for_each(|row| writeln!(f, "| {} |", row.join(" | ")))
    }
}

/// The value in the middle; of an even number of values, the upper one of the two.
#[must_use]
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_markdown() {
        let mut table = Table::new(&["a", "b"]);
        table.row(["x".to_owned(), "1".to_owned()]);
        assert_eq!(table.to_string(), "| a | b |\n| --- | ---: |\n| x | 1 |\n");
    }

    #[test]
    fn the_median_is_the_value_in_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0]), 2.0);
        assert!(median([]).is_nan());
    }
}
