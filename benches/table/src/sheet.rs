use crate::{Table, median};
use std::fmt;

/// Measures of several programs, each beside ours: the first program of a measure.
#[derive(Default)]
pub struct Sheet {
    rows: Vec<Row>,
}

struct Row {
    measure: String,
    who: String,
    outcome: Result<Vec<f64>, String>,
}

impl Sheet {
    /// Adds what was measured of a program, once for each round.
    pub fn add(&mut self, measure: &str, who: &str, rounds: Vec<f64>) {
        self.push(measure, who, Ok(rounds));
    }

    /// Says why there is nothing to measure.
    pub fn fails(&mut self, measure: &str, who: &str, why: &str) {
        self.push(measure, who, Err(why.replace('|', "/")));
    }

    fn push(&mut self, measure: &str, who: &str, outcome: Result<Vec<f64>, String>) {
        self.rows.push(Row {
            measure: measure.to_owned(),
            who: who.to_owned(),
            outcome,
        });
    }

    /// Ours, of one measure.
    fn ours(&self, measure: &str) -> &[f64] {
        let row = self.rows.iter().find(|row| row.measure == measure);
        row.and_then(|row| row.outcome.as_deref().ok())
            .unwrap_or_default()
    }

    fn cells(&self, row: &Row) -> [String; 5] {
        let named = [row.measure.clone(), row.who.clone()];
        let [median, lowest, ratio] = match &row.outcome {
            Err(why) => [format!("fails: {why}"), String::new(), String::new()],
            Ok(rounds) => [
                number(self::median(rounds.iter().copied())),
                number(rounds.iter().copied().fold(f64::INFINITY, f64::min)),
                format!("{:.2}", ratio(rounds, self.ours(&row.measure))),
            ],
        };
        let [measure, who] = named;
        [measure, who, median, lowest, ratio]
    }
}

/// The median of the ratios in each round: what slows the whole machine down for a while slows both.
fn ratio(rounds: &[f64], ours: &[f64]) -> f64 {
    median(rounds.iter().zip(ours).map(|(one, ours)| one / ours))
}

/// Three digits that count.
fn number(value: f64) -> String {
    match value {
        _ if value >= 100.0 => format!("{value:.0}"),
        _ if value >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::of_text(2, &["measure", "program", "median", "lowest", RATIO]);
        for row in &self.rows {
            table.row(self.cells(row));
        }
        table.fmt(f)
    }
}

/// The column of what a program takes, divided by what ours takes.
pub const RATIO: &str = "times ours";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_those_within_a_round() {
        let mut sheet = Sheet::default();
        sheet.add("time", "ours", vec![1.0, 10.0, 100.0]);
        sheet.add("time", "other", vec![2.0, 20.0, 50.0]);
        let text = sheet.to_string();
        assert!(
            text.ends_with("| time | other | 20.0 | 2.00 | 2.00 |\n"),
            "{text}"
        );
    }

    #[test]
    fn what_fails_has_a_row_of_its_own() {
        let mut sheet = Sheet::default();
        sheet.fails("time", "other", "a | b");
        let text = sheet.to_string();
        assert!(
            text.ends_with("| time | other | fails: a / b |  |  |\n"),
            "{text}"
        );
    }
}
