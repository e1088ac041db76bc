use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, excerpt, steers};
use super::{Diagnostic, Related, Severity, scope};
use crate::source::{Source, Sources};

/// How many letters of a text are shown; keys and values of a description may be of any length.
const LONGEST: usize = 300;

/// Renders diagnostics, a blank line behind each.
pub(super) fn report<'a>(
    diagnostics: impl Iterator<Item = &'a Diagnostic>,
    sources: &Sources,
    colour: bool,
) -> String {
    let renderer = match colour {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let mut text = String::new();
    for diagnostic in diagnostics {
        let mut shifts = Vec::new();
        let mut rendered = renderer.render(&[group(diagnostic, sources, &mut shifts)]);
        for Shift { shown, meant } in shifts {
            rendered = rendered.replacen(&shown, &meant, 1);
        }
        text.push_str(&rendered);
        text.push_str("\n\n");
    }
    text
}

/// Where the renderer takes the column of what it is shown for that in the file.
struct Shift {
    shown: String,
    meant: String,
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &Sources, shifts: &mut Vec<Shift>) -> Group<'a> {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    let mut notes = Vec::new();
    let source = sources.get(&diagnostic.at.file);
    match source {
        Some(source) => group = place(group, diagnostic, source, &mut notes, shifts),
        None => group = group.element(Origin::path(visible(&diagnostic.at.file))),
    }
    for related in &diagnostic.related {
        if let Some(source) = sources.get(&related.at.file)
            && !is_near(diagnostic, related, source)
        {
            group = elsewhere(group, related, source, shifts);
        }
    }
    notes.extend(address(diagnostic, source));
    for note in notes {
        group = group.element(Level::NOTE.message(visible(&note)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    group
}

/// How many lines apart two places of a file may be to be shown as one piece of it.
const NEAR: usize = 100;

/// Whether another place is shown together with that of the diagnostic itself.
fn is_near(diagnostic: &Diagnostic, related: &Related, source: &Source) -> bool {
    let (own, _) = source.position(&diagnostic.at.pointer, &diagnostic.part);
    let (other, _) = source.position(&related.at.pointer, &related.part);
    related.at.file == diagnostic.at.file && own.abs_diff(other) <= NEAR
}

/// The place itself, and what else is to be seen near it.
fn place<'a>(
    group: Group<'a>,
    diagnostic: &Diagnostic,
    source: &Source,
    notes: &mut Vec<String>,
    shifts: &mut Vec<Shift>,
) -> Group<'a> {
    let near = diagnostic.related.iter();
    let near: Vec<_> = near.filter(|r| is_near(diagnostic, r, source)).collect();
    let mut spans = vec![source.span(&diagnostic.at.pointer, &diagnostic.part)];
    spans.extend(near.iter().map(|r| source.span(&r.at.pointer, &r.part)));
    let excerpt = cut(source, &spans);
    let mut others = Vec::new();
    for (related, span) in near.iter().zip(&excerpt.spans[1..]) {
        match span {
            Some(span) => others.push((span.clone(), visible(&related.label))),
            None => {
                let (line, column) = source.position(&related.at.pointer, &related.part);
                notes.push(format!("{} (line {line}, column {column})", related.label));
            }
        }
    }
    let first = excerpt.spans[0].clone().unwrap_or_default();
    let snippet = shown(&excerpt, source, shifts);
    let snippet = snippet.annotation(AnnotationKind::Primary.span(first));
    let others = others
        .into_iter()
        .map(|(span, label)| AnnotationKind::Context.span(span).label(label));
    group.element(snippet.annotations(others))
}

/// The lines from the first to the last of some places.
fn cut(source: &Source, spans: &[Range<usize>]) -> Excerpt {
    let first = spans.iter().map(|span| span.start).min().unwrap_or(0);
    excerpt(&source.text, source.line(first), spans)
}

/// What is to be seen in another file, or far away.
fn elsewhere<'a>(
    group: Group<'a>,
    related: &Related,
    source: &Source,
    shifts: &mut Vec<Shift>,
) -> Group<'a> {
    let span = source.span(&related.at.pointer, &related.part);
    let excerpt = cut(source, &[span]);
    let snippet = shown(&excerpt, source, shifts);
    let span = excerpt.spans[0].clone().unwrap_or_default();
    let annotation = AnnotationKind::Context.span(span);
    group.element(snippet.annotation(annotation.label(visible(&related.label))))
}

/// An excerpt under the path of its file.
fn shown<'a>(
    excerpt: &Excerpt,
    source: &Source,
    shifts: &mut Vec<Shift>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let path = visible(&source.path);
    if let (Some((line, column)), Some(span)) = (excerpt.shifted, &excerpt.spans[0]) {
        let line_start = excerpt.text[..span.start]
            .rfind('\n')
            .map_or(0, |end| end + 1);
        let shown = excerpt.text[line_start..span.start].chars().count() + 1;
        shifts.push(Shift {
            shown: format!("{path}:{line}:{shown}"),
            meant: format!("{path}:{line}:{column}"),
        });
    }
    let snippet = Snippet::source(excerpt.text.clone());
    snippet.line_start(excerpt.first_line).path(path)
}

/// What the place belongs to, and its address.
fn address(diagnostic: &Diagnostic, source: Option<&Source>) -> Option<String> {
    let pointer = &diagnostic.at.pointer;
    if pointer.is_root() {
        return None;
    }
    let scope = source.and_then(|source| scope::of(pointer, source));
    Some(match scope {
        Some(scope) => format!("{scope}, at #{pointer}"),
        None => format!("at #{pointer}"),
    })
}

/// A text that is safe to show: one line, no end of it out of sight, nothing that moves letters about.
fn visible(text: &str) -> String {
    let mut visible = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == LONGEST {
            visible.push('…');
            break;
        }
        match steers(c) {
            true => visible.extend(c.escape_default()),
            false => visible.push(c),
        }
    }
    visible
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Diagnostic};
    use super::{report, visible};
    use crate::source::{At, Source, Sources};

    fn render(text: &str, diagnostic: &Diagnostic) -> String {
        let mut sources = Sources::default();
        let source = Source::new("spec/a.yaml".to_owned(), text.to_owned());
        sources.insert("a.yaml".to_owned(), source);
        report([diagnostic].into_iter(), &sources, false)
    }

    fn wrong(key: &str) -> Diagnostic {
        let at = At::file("a.yaml").child(key);
        Diagnostic::new(Code::UnknownKey, at, "wrong")
    }

    #[test]
    fn a_place_on_a_long_line_has_its_true_column() {
        let long = format!("{{\"a\": \"{}\", \"b\": 1, \"c\": 2}}", "x".repeat(200_000));
        let text = render(
            &long,
            &wrong("b").see(At::file("a.yaml").child("a"), "the other"),
        );
        assert!(text.contains("--> spec/a.yaml:1:200011\n"), "{text}");
        assert!(
            text.contains("note: the other (line 1, column 2)"),
            "{text}"
        );
        assert!(text.len() < 2000, "{text}");
        let lines: Vec<_> = text.lines().collect();
        let shown = lines
            .iter()
            .position(|line| line.starts_with("1 |"))
            .unwrap();
        let carets = lines[shown + 1].find("^^^").unwrap();
        // `…` has three bytes and one column.
        assert_eq!(lines[shown].find("\"b\""), Some(carets + 2), "{text}");
    }

    #[test]
    fn what_is_far_away_is_shown_without_the_lines_between() {
        let between = "# between\n".repeat(20_000);
        let text = format!("a: 1\n{between}k: 1\nb: 1\n");
        let (a, b) = (At::file("a.yaml").child("a"), At::file("a.yaml").child("b"));
        let diagnostic = wrong("k").see(a, "far").see(b, "near");
        let shown = render(&text, &diagnostic);
        assert!(shown.contains("--> spec/a.yaml:20002:1\n"), "{shown}");
        assert!(shown.contains("::: spec/a.yaml:1:1\n"), "{shown}");
        assert!(!shown.contains("between"), "{shown}");
        assert!(
            shown.contains("- far") && shown.contains("- near"),
            "{shown}"
        );
    }

    #[test]
    fn nothing_in_a_description_steers_the_terminal() {
        let hostile = "evil\u{202e}\u{1b}[31m\u{7}\u{2066}\u{85}\u{61c}\u{200b}\u{7f}x";
        let mut diagnostic = wrong("k")
            .help(hostile)
            .see(At::file("a.yaml").child("l"), hostile);
        diagnostic.message = hostile.to_owned();
        let yaml = format!("\"k\": \"{hostile}\"\nl: 1\n");
        let text = render(&yaml, &diagnostic);
        let text = text.replace('\n', "");
        assert!(!text.contains(super::steers), "{text:?}");
    }

    #[test]
    fn wide_letters_and_tabs_do_not_misplace_the_underline() {
        let text = render("{'漢字': 1,\t\"k\": 2}\r\n", &wrong("k"));
        assert!(text.contains("--> spec/a.yaml:1:11"), "{text}");
    }

    #[test]
    fn a_text_of_any_length_is_shown_in_one_line() {
        assert_eq!(visible("a\nb"), "a\\nb");
        assert_eq!(visible(&"x".repeat(10_000)).chars().count(), 301);
    }

    #[test]
    fn any_place_in_any_text_can_be_shown() {
        for text in [
            "",
            "\n",
            "\t",
            "a",
            "a:",
            "k",
            "\u{feff}",
            "k: [",
            "\r\n",
            "k:\r\n",
            "\u{2028}k: 1",
        ] {
            assert!(render(text, &wrong("k")).contains("error[unknown-key]: wrong"));
        }
    }
}
