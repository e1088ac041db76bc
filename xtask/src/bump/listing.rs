//! What upstream's documents say, in a list that the tests compare the bindings with. It is made past the importer, which
//! could not be compared with itself.

use std::fmt::Write;
use std::path::Path;

use keyvault_codegen::{File, Survey};

/// Where it is.
const PATH: &str = "tests/tests/upstream.txt";

/// The list, with the services that were found as they are now, and the others as they were.
pub(super) fn file(root: &Path, survey: &Survey) -> Result<File, String> {
    let old = std::fs::read_to_string(root.join(PATH));
    let old = old.map_err(|error| format!("cannot read {PATH}: {error}"))?;
    Ok(File {
        path: PATH.to_owned(),
        text: list(&old, survey),
    })
}

fn list(old: &str, survey: &Survey) -> String {
    let (comments, lines): (Vec<_>, Vec<_>) = old.lines().partition(|line| line.starts_with('#'));
    let service = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let others = lines
        .into_iter()
        .map(|line| (service(line), line.to_owned()));
    let mut all: Vec<_> = others
        .filter(|(service, _)| !survey.services.contains_key(service))
        .collect();
    for (name, found) in &survey.services {
        all.push((name.clone(), format!("{name} {}", found.new)));
        let routes = found.routes.iter();
        all.extend(routes.map(|route| {
            let line = format!("{name} {} {} {}", route.id, route.method, route.path);
            (name.clone(), line)
        }));
    }
    // Stable: the lines of a service stay in their order.
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut text = String::new();
    let lines = comments
        .into_iter()
        .chain(all.iter().map(|(_, line)| line.as_str()));
    lines.for_each(|line| _ = writeln!(text, "{line}"));
    text
}

#[cfg(test)]
mod tests {
    use keyvault_codegen::{Found, Route, Survey};

    use super::list;

    #[test]
    fn found_services_are_listed_anew_and_others_stay() {
        let old =
            "# What it is.\neggs 1\neggs GetEgg GET /eggs\nhens 1\nhens Gone GET /gone\nowls 1\n";
        let route = Route {
            id: "GetHen".to_owned(),
            method: "GET".to_owned(),
            path: "/hens".to_owned(),
        };
        let hens = Found {
            new: "2".to_owned(),
            routes: vec![route],
            ..Found::default()
        };
        let mut survey = Survey::default();
        survey.services.insert("hens".to_owned(), hens);
        assert_eq!(
            list(old, &survey),
            "# What it is.\neggs 1\neggs GetEgg GET /eggs\nhens 2\nhens GetHen GET /hens\nowls 1\n"
        );
    }
}
