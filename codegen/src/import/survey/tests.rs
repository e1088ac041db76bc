use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Survey, Wanted, survey};

/// A folder with a description of two services, and upstream's files.
fn folder(files: &[(&str, Value)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let described = [
        (
            "spec/hens.yaml",
            document("1", &[("GetHen", "/hens/{name}")]),
        ),
        (
            "spec/eggs.yaml",
            document("1", &[("GetEgg", "/eggs/{name}")]),
        ),
        ("spec/common.yaml", document("1", &[])),
    ];
    let all = described.iter().chain(files);
    for (name, root) in all {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, root.to_string()).unwrap();
    }
    dir
}

fn document(version: &str, operations: &[(&str, &str)]) -> Value {
    let path = |(id, path): &(&str, &str)| {
        let item = json!({"get": {"operationId": id, "responses": {"200": {"description": ""}}}});
        ((*path).to_owned(), item)
    };
    let paths: serde_json::Map<_, _> = operations.iter().map(path).collect();
    json!({"swagger": "2.0", "info": {"title": "T", "version": version}, "paths": paths})
}

fn look(dir: &Path, change: impl FnOnce(&mut Wanted)) -> Survey {
    let mut wanted = Wanted {
        folders: vec![dir.join("up")],
        spec: dir.join("spec"),
        ..Wanted::default()
    };
    change(&mut wanted);
    survey(&wanted)
}

/// The operations of each service, with its versions.
fn summary(survey: &Survey) -> Vec<String> {
    assert!(
        !survey.report.has_errors(),
        "{}",
        survey.report.render(false)
    );
    let line = |(name, found): (&String, &super::Found)| {
        let ids: Vec<_> = found.routes.iter().map(|route| route.id.as_str()).collect();
        let old = found.old.as_deref().unwrap_or("new");
        format!("{name} {old}->{}: {}", found.new, ids.join(" "))
    };
    survey.services.iter().map(line).collect()
}

#[test]
fn a_file_belongs_to_the_service_that_has_its_operations_whatever_it_is_called() {
    let moved = document("2", &[("GetHen", "/hens/{hen-name}"), ("FeedHen", "/feed")]);
    let dir = folder(&[
        ("up/poultry/renamed.json", moved),
        ("up/poultry/examples/x.json", json!({"parameters": {}})),
        (
            "up/types.json",
            json!({"swagger": "2.0", "info": {"title": "T", "version": "9"}, "paths": {}}),
        ),
    ]);
    let survey = look(dir.path(), |_| ());
    assert_eq!(summary(&survey), ["hens 1->2: FeedHen GetHen"]);
    assert_eq!(survey.services["hens"].parts[0].only, None);
    assert_eq!(survey.absent, ["eggs"]);
}

#[test]
fn a_file_of_two_services_is_split_and_new_operations_go_to_the_most_similar_paths() {
    let both = document(
        "2",
        &[
            ("GetHen", "/hens/{name}"),
            ("GetEgg", "/eggs/{name}"),
            ("BoilEgg", "/eggs/{name}/boil"),
        ],
    );
    let dir = folder(&[("up/farm.json", both)]);
    let survey = look(dir.path(), |_| ());
    assert_eq!(
        summary(&survey),
        ["eggs 1->2: BoilEgg GetEgg", "hens 1->2: GetHen"]
    );
    let only = survey.services["hens"].parts[0].only.clone().unwrap();
    assert_eq!(only.into_iter().collect::<Vec<_>>(), ["GetHen"]);
}

#[test]
fn an_operation_that_could_be_of_either_service_is_asked_for() {
    let both = document(
        "2",
        &[
            ("GetHen", "/hens/{name}"),
            ("GetEgg", "/eggs/{name}"),
            ("Feed", "/feed"),
        ],
    );
    let dir = folder(&[("up/farm.json", both)]);
    let refused = look(dir.path(), |_| ()).report.render(false);
    assert!(refused.contains("--assign Feed=eggs"), "{refused}");
    let assigned = BTreeMap::from([("Feed".to_owned(), "hens".to_owned())]);
    let survey = look(dir.path(), |wanted| wanted.assigned = assigned);
    assert_eq!(
        summary(&survey),
        ["eggs 1->2: GetEgg", "hens 1->2: Feed GetHen"]
    );
}

#[test]
fn a_file_of_unknown_operations_is_a_new_service_with_the_name_of_the_file() {
    let dir = folder(&[("up/farmDogs.json", document("2", &[("GetDog", "/dogs")]))]);
    let survey = look(dir.path(), |_| ());
    assert_eq!(summary(&survey), ["farm_dogs new->2: GetDog"]);
}

#[test]
fn of_several_versions_one_must_be_meant() {
    let hens = |version| document(version, &[("GetHen", "/hens/{name}")]);
    let dir = folder(&[("up/2/hens.json", hens("2")), ("up/3/hens.json", hens("3"))]);
    let refused = look(dir.path(), |_| ()).report.render(false);
    assert!(refused.contains("versions 2 and 3"), "{refused}");
    let survey = look(dir.path(), |wanted| {
        wanted.versions.insert("3".to_owned());
    });
    assert_eq!(summary(&survey), ["hens 1->3: GetHen"]);
}

#[test]
fn a_folder_without_upstreams_files_or_with_broken_ones_is_told() {
    let dir = folder(&[("up/x.json", json!({"openapi": "3.1.0"}))]);
    let refused = look(dir.path(), |_| ()).report.render(false);
    assert!(refused.contains("no Swagger 2.0 file"), "{refused}");
    fs::write(dir.path().join("up/y.json"), "{\"swagger\": ").unwrap();
    let refused = look(dir.path(), |_| ()).report.render(false);
    assert!(refused.contains("y.json"), "{refused}");
    let refused = look(dir.path(), |wanted| wanted.folders = vec!["no/such".into()]);
    assert!(refused.report.has_errors());
}

#[test]
fn what_is_wrong_with_a_version_that_is_not_meant_does_not_matter() {
    let mut broken = document("2", &[("GetHen", "/hens/{name}")]);
    broken["definitions"] = json!({"Hen": {"type": "object", "discriminator": "kind"}});
    let whole = document("3", &[("GetHen", "/hens/{name}")]);
    let dir = folder(&[("up/2/hens.json", broken), ("up/3/hens.json", whole)]);
    assert!(look(dir.path(), |_| ()).report.has_errors());
    let survey = look(dir.path(), |wanted| {
        wanted.versions = ["3".to_owned()].into()
    });
    assert_eq!(summary(&survey), ["hens 1->3: GetHen"]);
}

#[test]
fn a_version_without_operations_is_told_though_there_are_warnings() {
    let mut types = document("2", &[]);
    types["x-colour"] = json!("green");
    let dir = folder(&[
        ("up/2/types.json", types),
        (
            "up/3/hens.json",
            document("3", &[("GetHen", "/hens/{name}")]),
        ),
    ]);
    let refused = look(dir.path(), |wanted| {
        wanted.versions = ["2".to_owned()].into()
    });
    let refused = refused.report.render(false);
    assert!(refused.contains("unknown-extension"), "{refused}");
    assert!(
        refused.contains("no Swagger 2.0 file of that version"),
        "{refused}"
    );
}
