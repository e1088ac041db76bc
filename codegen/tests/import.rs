//! The importer on small Swagger files, one test per thing that it must understand or refuse.
#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reports by panicking"
)]

use std::fs;

use keyvault_codegen::{At, Import, Imported, Part, Plan, generate, import, load};
use tempfile::TempDir;

/// A folder with Swagger files under `up/` and a description under `spec/`.
struct Scratch(TempDir);

impl Scratch {
    fn new(files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(dir)
    }

    fn import(&self, services: &[(&str, &[&str])]) -> Imported {
        let up = self.0.path().join("up");
        let mut order = Import {
            services: Default::default(),
            spec: self.0.path().join("spec"),
            keep_descriptions: false,
        };
        for (name, files) in services {
            let files = files.iter().map(|file| up.join(file).into()).collect();
            order.services.insert((*name).to_owned(), files);
        }
        import(&order)
    }

    fn spec(&self) -> std::path::PathBuf {
        self.0.path().join("spec")
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.spec().join(file)).unwrap()
    }
}

fn names(places: &[At]) -> Vec<String> {
    places.iter().map(|at| at.pointer.last()).collect()
}

fn write(scratch: &Scratch, imported: Imported) {
    assert!(
        !imported.report.has_errors(),
        "{}",
        imported.report.render(false)
    );
    let plan = Plan::replacing(&scratch.spec(), &imported.files).unwrap();
    plan.apply().unwrap();
}

const THINGS: &str = include_str!("import/things.json");

const COMMON: &str = include_str!("import/common.json");

fn things() -> Scratch {
    Scratch::new(&[("up/things.json", THINGS), ("up/common.json", COMMON)])
}

#[test]
fn a_service_becomes_a_document_of_our_form() {
    let scratch = things();
    let imported = scratch.import(&[("things", &["things.json"])]);
    assert_eq!(names(&imported.unreached), ["Unused"]);
    write(&scratch, imported);
    let expected = include_str!("import/things.yaml");
    assert_eq!(scratch.text("things.yaml"), expected);
    let loaded = load(&scratch.spec());
    assert!(
        !loaded.report.has_errors(),
        "{}",
        loaded.report.render(false)
    );
    generate(&loaded.api).unwrap();
}

/// What upstream cannot say of an operation.
const OURS: &str = "\
operationId: SetThing
      x-long-running:
        poll: location
        outcome: linked
        link: target
        result: '#/components/schemas/Thing'
        pauses:
          member: issuer.name
          values:
          - Unknown
      x-settled-by: GetThing
";

#[test]
fn importing_twice_changes_nothing_and_keeps_our_words() {
    let scratch = things();
    write(&scratch, scratch.import(&[("things", &["things.json"])]));
    let ours = scratch
        .text("things.yaml")
        .replace(
            "operationId: GetThing\n",
            "operationId: GetThing\n      summary: Reads a thing.\n      x-idempotent: true\n",
        )
        .replace("operationId: SetThing\n", OURS)
        .replace(
            "title: ThingClient",
            "title: Things\n  description: All things.",
        );
    fs::write(scratch.spec().join("things.yaml"), &ours).unwrap();
    let imported = scratch.import(&[("things", &["things.json"])]);
    assert!(imported.removed.is_empty());
    write(&scratch, imported);
    let once = scratch.text("things.yaml");
    assert!(once.contains("summary: Reads a thing.") && once.contains("x-idempotent: true"));
    assert!(once.contains("description: All things."));
    for key in OURS.lines().skip(1) {
        assert!(
            once.contains(&format!("\n{key}\n")),
            "{key} is gone:\n{once}"
        );
    }
    write(&scratch, scratch.import(&[("things", &["things.json"])]));
    assert_eq!(scratch.text("things.yaml"), once);
}

#[test]
fn what_is_gone_upstream_is_listed_with_our_words() {
    let scratch = things();
    write(&scratch, scratch.import(&[("things", &["things.json"])]));
    let ours = scratch.text("things.yaml").replace(
        "  schemas:\n    Failure:\n",
        "  schemas:\n    Failure:\n      description: Our words.\n",
    );
    fs::write(scratch.spec().join("things.yaml"), ours).unwrap();
    let upstream = |text: String| fs::write(scratch.0.path().join("up/things.json"), text).unwrap();
    upstream(THINGS.replace("Failure", "Fault"));
    let imported = scratch.import(&[("things", &["things.json"])]);
    // Only the name is another.
    assert!(imported.removed.is_empty(), "{:?}", imported.removed);
    let fault = "    Fault:\n      type: object\n      description: Our words.\n";
    assert!(imported.files[0].text.contains(fault));
    upstream(
        THINGS
            .replace("Failure", "Fault")
            .replace("\"code\"", "\"reason\""),
    );
    let imported = scratch.import(&[("things", &["things.json"])]);
    let removed: Vec<_> = imported.removed.iter().map(|(_, text)| text).collect();
    assert_eq!(removed, ["Our words."]);
}

#[test]
fn what_services_share_is_referred_to() {
    let scratch = things();
    fs::create_dir(scratch.spec()).unwrap();
    let shared = "openapi: 3.0.3\ninfo: {title: Shared, version: '2'}\npaths: {}\ncomponents:\n  schemas:\n    Failure:\n      type: object\n      description: Our failure.\n      properties:\n        code: {type: string, description: Why.}\n";
    fs::write(scratch.spec().join("shared.yaml"), shared).unwrap();
    write(&scratch, scratch.import(&[("things", &["things.json"])]));
    let text = scratch.text("things.yaml");
    assert!(
        text.contains("$ref: shared.yaml#/components/schemas/Failure"),
        "{text}"
    );
    assert!(!text.contains("schemas:\n    Failure:\n"), "{text}");
    assert!(!load(&scratch.spec()).report.has_errors());
}

#[test]
fn an_operation_with_the_name_of_a_schema_gets_another_one() {
    let scratch = Scratch::new(&[
        ("up/things.json", &THINGS.replace("GetThing", "Thing")),
        ("up/common.json", COMMON),
    ]);
    write(&scratch, scratch.import(&[("things", &["things.json"])]));
    assert!(
        scratch
            .text("things.yaml")
            .contains("x-ms-client-name: ThingRequest")
    );
    assert!(!load(&scratch.spec()).report.has_errors());
}

#[test]
fn files_of_one_name_are_merged() {
    let scratch = things();
    let more = THINGS
        .replace("/things/", "/more/")
        .replace("GetThing", "GetMore");
    let more = more.replace("SetThing", "SetMore");
    fs::write(scratch.0.path().join("up/more.json"), more).unwrap();
    let imported = scratch.import(&[("all", &["things.json", "more.json"])]);
    write(&scratch, imported);
    let loaded = load(&scratch.spec());
    assert_eq!(loaded.api.services[0].operations().count(), 4);
}

/// Imports changed files and gives the report.
fn refusal(things: &str, common: &str) -> String {
    let scratch = Scratch::new(&[("up/things.json", things), ("up/common.json", common)]);
    let imported = scratch.import(&[("things", &["things.json"])]);
    assert!(imported.report.has_errors(), "it was accepted");
    let report = imported.report.render(false);
    report.replace(&scratch.0.path().display().to_string(), "")
}

#[test]
fn a_dangling_reference_across_files_is_located() {
    let report = refusal(
        &THINGS.replace("common.json#/definitions/Thing", "gone.json#/x"),
        COMMON,
    );
    assert!(
        report.contains("there is no file /up/gone.json"),
        "{report}"
    );
    assert!(report.contains("/up/things.json:12:"), "{report}");
    let report = refusal(
        THINGS,
        &COMMON.replace("\"Azure.Core.uuid\":", "\"Azure.Core.guid\":"),
    );
    assert!(report.contains("/up/common.json:9:"), "{report}");
}

#[test]
fn what_is_not_understood_is_not_passed_over() {
    let things = THINGS.replace("\"x-ms-client-name\"", "\"x-ms-clint-name\"");
    let scratch = Scratch::new(&[("up/things.json", &things), ("up/common.json", COMMON)]);
    let imported = scratch.import(&[("things", &["things.json"])]);
    let report = imported.report.render(false);
    assert!(
        report.contains("did you mean `x-ms-client-name`?"),
        "{report}"
    );
    let report = refusal(
        THINGS,
        &COMMON.replace("\"required\": [\"kind\"]", "\"discriminator\": \"kind\""),
    );
    assert!(
        report.contains("`discriminator` is not supported"),
        "{report}"
    );
}

#[test]
fn an_enumeration_without_a_name_is_called_by_its_place() {
    let kind = r#""a": {"type": "string", "enum": ["x"], "x-ms-enum": {"modelAsString": true}}"#;
    let things = THINGS.replace(r#""a": {"type": "string"}"#, kind);
    assert_ne!(things, THINGS);
    let scratch = Scratch::new(&[("up/things.json", &things), ("up/common.json", COMMON)]);
    let imported = scratch.import(&[("things", &["things.json"])]);
    assert!(
        !imported.report.has_errors(),
        "{}",
        imported.report.render(false)
    );
}

#[test]
fn openapi_3_is_no_input() {
    let report = refusal(
        &THINGS.replace("\"swagger\": \"2.0\"", "\"openapi\": \"3.0.3\""),
        COMMON,
    );
    assert!(report.contains("an OpenAPI document already"), "{report}");
}

#[test]
fn two_shapes_of_one_name_are_refused() {
    let things = THINGS.replace("\"Unused\":", "\"Thing\":").replace(
        "{\"description\": \"\"},",
        "{\"description\": \"\", \"schema\": {\"$ref\": \"#/definitions/Thing\"}},",
    );
    let report = refusal(&things, COMMON);
    assert!(
        report.contains("two different schemas are called `Thing`"),
        "{report}"
    );
}

#[test]
fn a_document_that_cannot_be_read_is_not_written_over() {
    let scratch = things();
    fs::create_dir(scratch.spec()).unwrap();
    fs::write(scratch.spec().join("things.yaml"), "a: [1\n").unwrap();
    let imported = scratch.import(&[("things", &["things.json"])]);
    assert!(imported.report.has_errors());
}

#[test]
fn a_folder_that_cannot_be_seen_is_not_written_to() {
    let scratch = things();
    fs::write(scratch.spec(), "no folder").unwrap();
    let imported = scratch.import(&[("things", &["things.json"])]);
    let report = imported.report.render(false);
    assert!(report.contains("cannot be read"), "{report}");
}

#[test]
fn a_service_without_operations_is_named() {
    let scratch = things();
    let imported = scratch.import(&[("common", &["common.json"]), ("things", &["things.json"])]);
    assert!(!imported.report.has_errors());
    assert_eq!(imported.without_operations, ["common"]);
    assert_eq!(imported.files.len(), 1);
}

#[test]
fn a_file_can_be_split_among_services() {
    let operation = |id: &str, model: &str| {
        format!(
            r##"{{"get": {{"operationId": "{id}", "responses": {{"200": {{"description": "",
            "schema": {{"$ref": "#/definitions/{model}"}}}}}}}}}}"##
        )
    };
    let file = format!(
        r#"{{"swagger": "2.0", "info": {{"title": "Farm", "version": "1"}}, "host": "farm.example",
        "paths": {{"/hens": {}, "/eggs": {}}},
        "definitions": {{"Hen": {}, "Egg": {}, "Fox": {}}}}}"#,
        operation("GetHens", "Hen"),
        operation("GetEggs", "Egg"),
        r#"{"properties": {"name": {"type": "string"}}}"#,
        r#"{"properties": {"size": {"type": "string"}}}"#,
        r#"{"properties": {"hunger": {"type": "string"}}}"#,
    );
    let scratch = Scratch::new(&[("up/farm.json", &file)]);
    let part = |id: &str| Part {
        file: scratch.0.path().join("up/farm.json"),
        only: Some([id.to_owned()].into()),
    };
    let imported = import(&Import {
        services: [("hens", "GetHens"), ("eggs", "GetEggs")]
            .map(|(name, id)| (name.to_owned(), vec![part(id)]))
            .into(),
        spec: scratch.spec(),
        keep_descriptions: false,
    });
    assert_eq!(names(&imported.unreached), ["Fox"], "no service reaches it");
    write(&scratch, imported);
    let hens = scratch.text("hens.yaml");
    assert!(hens.contains("GetHens") && hens.contains("Hen:"), "{hens}");
    assert!(
        !hens.contains("GetEggs") && !hens.contains("Egg:"),
        "{hens}"
    );
    assert!(scratch.text("eggs.yaml").contains("GetEggs"));
}
