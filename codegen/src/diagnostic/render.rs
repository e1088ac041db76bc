use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::source::{Source, Sources};

/// Renders all diagnostics, a blank line between two.
pub(super) fn report(diagnostics: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    let renderer = match colour {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&[group(diagnostic, sources)]));
        text.push_str("\n\n");
    }
    text
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str());
    let mut group = match sources.get(&diagnostic.at.file) {
        Some(source) => title.element(snippet(diagnostic, source)),
        None => title.element(Origin::path(diagnostic.at.file.as_str())),
    };
    if !diagnostic.at.pointer.is_root() {
        let at = format!("at #{}", diagnostic.at.pointer);
        group = group.element(Level::NOTE.message(at));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

fn snippet<'a>(
    diagnostic: &Diagnostic,
    source: &'a Source,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let span = source.span(&diagnostic.at.pointer);
    Snippet::source(source.text.as_str())
        .path(source.path.as_str())
        .annotation(AnnotationKind::Primary.span(span))
}
