//! Draws the ratios of results: `plot RESULTS.md > RESULTS.svg`.
//!
//! Each row of a table with a column "times ours" is a bar: to the left is what costs less than ours does, to the right
//! what costs more.
#![forbid(unsafe_code)]

use std::fmt::Write;
use table::RATIO;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// One row of a table.
#[derive(Debug, PartialEq)]
struct Bar {
    measure: String,
    program: String,
    ratio: f64,
}

const WIDTH: f64 = 1000.0;

/// Where the names of the measures end.
const LABELS: f64 = 470.0;

/// Where 1 is.
const AXIS: f64 = 620.0;

/// How wide ten times as much is.
const DECADE: f64 = 130.0;

const ROW: f64 = 15.0;

/// One for each program, in the order in which they occur.
const COLOURS: [&str; 7] = [
    "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#777777",
];

fn main() -> Result<(), Failure> {
    let results = std::env::args()
        .nth(1)
        .ok_or("which results? `plot RESULTS.md`")?;
    let bars = bars(&std::fs::read_to_string(results)?);
    match bars.is_empty() {
        true => Err(format!("no table has a column {RATIO:?}").into()),
        false => {
            print!("{}", svg(&bars)?);
            Ok(())
        }
    }
}

/// The rows that have a ratio, but for ours, of which it is 1.
fn bars(results: &str) -> Vec<Bar> {
    let (mut bars, mut heading, mut columns) = (Vec::new(), "", Vec::new());
    for line in results.lines() {
        let cells = cells(line);
        if let Some(text) = line.strip_prefix("### ") {
            heading = text;
        } else if cells.is_empty() {
            columns.clear();
        } else if columns.is_empty() {
            columns = cells;
        } else {
            bars.extend(bar(heading, &columns, &cells));
        }
    }
    bars
}

fn cells(line: &str) -> Vec<&str> {
    let inside = line
        .strip_prefix("| ")
        .and_then(|line| line.strip_suffix(" |"));
    inside
        .map(|inside| inside.split(" | ").map(str::trim).collect())
        .unwrap_or_default()
}

fn bar(heading: &str, columns: &[&str], cells: &[&str]) -> Option<Bar> {
    let ratio = columns.iter().position(|column| *column == RATIO)?;
    let ratio: f64 = cells.get(ratio)?.parse().ok()?;
    let (measure, program) = match columns.first() {
        Some(&"measure") => (*cells.first()?, *cells.get(1)?),
        _ => (heading, *cells.first()?),
    };
    (ratio > 0.0 && program != "keyvault-rest").then(|| Bar {
        measure: measure.replace('`', ""),
        program: program.replace('`', ""),
        ratio,
    })
}

fn svg(bars: &[Bar]) -> Result<String, std::fmt::Error> {
    let mut programs: Vec<_> = Vec::new();
    let (mut body, mut y, mut measure) = (String::new(), 40.0, "");
    for bar in bars {
        if bar.measure != measure {
            measure = &bar.measure;
            y += ROW * 0.4;
            text(&mut body, LABELS, y - 2.0, "end", measure)?;
        }
        let known = programs.iter().position(|program| *program == bar.program);
        let colour = COLOURS[known.unwrap_or(programs.len()) % COLOURS.len()];
        if known.is_none() {
            programs.push(bar.program.clone());
        }
        draw(&mut body, bar, y, colour)?;
        y += ROW;
    }
    let mut all = String::new();
    writeln!(
        all,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" font-size=\"10\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
        height = y + ROW,
    )?;
    for (ratio, name) in [
        (0.1, "0.1"),
        (1.0, "as much as keyvault-rest"),
        (10.0, "10 times"),
        (100.0, "100 times"),
    ] {
        let x = place(ratio);
        writeln!(
            all,
            "<line x1=\"{x:.1}\" y1=\"26\" x2=\"{x:.1}\" y2=\"{y:.1}\" stroke=\"#bbbbbb\"/>"
        )?;
        text(&mut all, x, 20.0, "middle", name)?;
    }
    Ok(all + &body + "</svg>\n")
}

fn draw(to: &mut String, bar: &Bar, y: f64, colour: &str) -> std::fmt::Result {
    let (begin, end) = (place(1.0), place(bar.ratio));
    let (x, width) = (begin.min(end), (end - begin).abs().max(0.5));
    let top = y - ROW * 0.7;
    writeln!(
        to,
        "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"11\" fill=\"{colour}\"/>"
    )?;
    let label = format!("{} {}", bar.program, bar.ratio);
    match bar.ratio < 1.0 {
        true => text(to, begin + 4.0, y - 2.0, "start", &label),
        false => text(to, end + 4.0, y - 2.0, "start", &label),
    }
}

/// Where a ratio is, on a logarithmic scale.
fn place(ratio: f64) -> f64 {
    AXIS + (ratio.log10() * DECADE).clamp(-140.0, 270.0)
}

fn text(to: &mut String, x: f64, y: f64, anchor: &str, text: &str) -> std::fmt::Result {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    writeln!(
        to,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESULTS: &str = "### Trips\n\n| client | rate | times ours |\n| --- | ---: | ---: |\n\
        | keyvault-rest | 1 | 1.00 |\n| a & b | 2 | 0.50 |\n\n\
        | measure | program | times ours |\n| --- | --- | ---: |\n| time | c | 20.00 |\n| time | d |  |\n";

    #[test]
    fn each_row_with_a_ratio_is_a_bar() {
        let found: Vec<_> = bars(RESULTS)
            .into_iter()
            .map(|bar| (bar.measure, bar.program, bar.ratio))
            .collect();
        let expected = [("Trips", "a & b", 0.5), ("time", "c", 20.0)];
        let expected = expected
            .map(|(measure, program, ratio)| (measure.to_owned(), program.to_owned(), ratio));
        assert_eq!(found, expected);
    }

    #[test]
    fn less_is_to_the_left_and_text_is_escaped() -> std::fmt::Result {
        assert!(place(0.5) < place(1.0) && place(1.0) < place(2.0));
        assert!(svg(&bars(RESULTS))?.contains(">a &amp; b 0.5<"));
        Ok(())
    }
}
