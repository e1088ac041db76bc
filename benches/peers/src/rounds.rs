//! Who is measured, and in what order.

use crate::Failure;
use table::Sheet;

/// One who is measured, or why not.
#[derive(Clone)]
pub struct Subject<S> {
    /// What the table calls it.
    pub name: String,
    /// What is measured of it.
    pub what: Result<S, String>,
}

impl<S> Subject<S> {
    /// One that may have failed already.
    pub fn new(name: impl Into<String>, what: Result<S, Failure>) -> Self {
        Self {
            name: name.into(),
            what: what.map_err(|why| why.to_string()),
        }
    }
}

/// Lets all take turns, so many times, and adds to the sheet what was measured: one value for each of the measures.
///
/// Who fails is not measured any further, and the sheet says why.
///
/// # Errors
/// If the first one fails, which is ours.
pub fn rounds<S>(
    sheet: &mut Sheet,
    measures: &[&str],
    subjects: &[Subject<S>],
    count: usize,
    measure: impl Fn(&S) -> Result<Vec<f64>, Failure>,
) -> Result<(), Failure> {
    let mut outcomes: Vec<_> = subjects.iter().map(begin).collect();
    for round in 0..count {
        for turn in 0..subjects.len() {
            // Another one begins in each round, so that none has always the same one before it.
            let index = (turn + round) % subjects.len();
            if let (Ok(subject), Ok(values)) = (&subjects[index].what, &mut outcomes[index]) {
                match measure(subject) {
                    Ok(value) => values.push(value),
                    Err(why) => outcomes[index] = Err(why.to_string()),
                }
            }
        }
    }
    if let Some(Err(why)) = outcomes.first() {
        return Err(why.clone().into());
    }
    for (number, name) in measures.iter().enumerate() {
        for (subject, outcome) in subjects.iter().zip(&outcomes) {
            match outcome {
                Ok(values) => sheet.add(name, &subject.name, column(values, number)),
                Err(why) => sheet.fails(name, &subject.name, why),
            }
        }
    }
    Ok(())
}

/// What was measured in each round, or why nothing was.
type Outcome = Result<Vec<Vec<f64>>, String>;

fn begin<S>(subject: &Subject<S>) -> Outcome {
    subject
        .what
        .as_ref()
        .map(|_| Vec::new())
        .map_err(Clone::clone)
}

fn column(rounds: &[Vec<f64>], number: usize) -> Vec<f64> {
    rounds
        .iter()
        .filter_map(|values| values.get(number).copied())
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn sheet(subjects: &[Subject<f64>]) -> Result<String, Failure> {
        let mut sheet = Sheet::default();
        let measure = |value: &f64| match value {
            0.0 => Err("why".into()),
            _ => Ok(vec![*value, 10.0]),
        };
        rounds(&mut sheet, &["a", "b"], subjects, 2, measure)?;
        Ok(sheet.to_string())
    }

    fn subject(name: &str, value: f64) -> Subject<f64> {
        Subject::new(name, Ok(value))
    }

    #[test]
    fn each_measure_has_a_row_for_each_subject() {
        let text = sheet(&[subject("x", 1.0), subject("y", 2.0)]).unwrap();
        assert!(
            text.contains("| a | y | 2.00 | 2.00 | 2.00 |\n| b | x | 10.0 |"),
            "{text}"
        );
    }

    #[test]
    fn who_fails_is_told_and_the_others_go_on() {
        let never = Subject::new("n", Err("never".into()));
        let text = sheet(&[subject("x", 1.0), subject("y", 0.0), never]).unwrap();
        assert!(text.contains("| a | y | fails: why |"), "{text}");
        assert!(text.contains("| b | n | fails: never |"), "{text}");
    }

    #[test]
    fn nothing_is_shown_without_ours() {
        assert!(sheet(&[subject("x", 0.0), subject("y", 1.0)]).is_err());
    }
}
