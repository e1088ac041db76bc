use super::*;
use crate::api::{Service, Shape};
use serde_json::{Value, json};

/// A service with one operation, the models of its body and its result, and an enumeration.
fn api() -> Value {
    json!({"services": [{
        "name": "keys", "document": "keys.yaml", "title": "Keys", "api_version": "7.5",
        "groups": [{"operations": [{
            "id": "CreateKey", "method": "POST", "path": "/keys/{key-name}/create",
            "parameters": [
                {"wire": "key-name", "location": "path", "type": "string", "presence": "required"},
                {"wire": "maxresults", "location": "query", "type": "i32", "presence": "optional",
                 "constraints": {"maximum": 25}},
            ],
            "takes_api_version": true,
            "body": {"name": "parameters", "type": {"named": "keys.Create"}, "required": true},
            "successes": [{"status": 200, "type": {"named": "keys.Key"}}],
            "payload": {"always": {"named": "keys.Key"}},
            "idempotent": false,
        }]}],
        "types": [
            {"name": "Create", "usage": "input", "model": [
                {"wire": "kty", "type": {"named": "keys.Kind"}, "presence": "required"},
                {"wire": "size", "type": "i32", "presence": "optional"},
            ]},
            {"name": "Key", "usage": "output", "model": [
                {"wire": "kid", "type": "string", "presence": "optional"},
                {"wire": "created", "type": "unix_seconds", "presence": "required"},
            ]},
            {"name": "Kind", "usage": "both", "enum": {"open": true, "variants": [{"wire": "EC"}, {"wire": "RSA"}]}},
        ],
    }]})
}

fn read(json: Value) -> Api {
    serde_json::from_value(json).unwrap()
}

/// The lines of the changes that `change` makes.
fn after(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut new = api();
    change(&mut new["services"][0]);
    let changes = compare(&read(api()), &read(new));
    let short = |impact: Impact| match impact {
        Impact::Breaking => "B",
        Impact::Additive => "A",
        Impact::Invisible => "-",
    };
    let line = |change: &Change| {
        let what = match &change.what {
            What::Added => "added".to_owned(),
            What::Removed => "removed".to_owned(),
            What::Renamed { from } => format!("was {from}"),
            What::Changed { aspect, from, to } => format!("{aspect} {from} -> {to}"),
        };
        format!(
            "{} {what} {}{}",
            change.place,
            short(change.rust),
            short(change.wire)
        )
    };
    changes.changes.iter().map(line).collect()
}

fn operation(service: &mut Value) -> &mut Value {
    &mut service["groups"][0]["operations"][0]
}

fn push(list: &mut Value, item: Value) {
    list.as_array_mut().unwrap().push(item);
}

fn field(wire: &str, presence: &str) -> Value {
    json!({"wire": wire, "type": "string", "presence": presence})
}

#[test]
fn the_same_has_no_changes() {
    assert_eq!(after(|_| {}), Vec::<String>::new());
    assert_eq!(
        compare(&read(api()), &read(api())).verdict(),
        Verdict::Patch
    );
}

#[test]
fn prose_does_not_count() {
    assert_eq!(
        after(|service| service["types"][0]["doc"] = "Other words.".into()),
        Vec::<String>::new()
    );
}

#[test]
fn another_api_version_is_told() {
    assert_eq!(
        after(|service| service["api_version"] = "7.6".into()),
        ["keys api-version 7.5 -> 7.6 --"]
    );
}

#[test]
fn operations_come_go_and_are_renamed() {
    let renamed = after(|service| operation(service)["id"] = "MakeKey".into());
    assert_eq!(renamed, ["keys.MakeKey was CreateKey B-"]);
    let gone = after(|service| service["groups"] = json!([]));
    assert_eq!(
        gone[..2],
        [
            "keys feature its own -> none B-",
            "keys.CreateKey removed BB"
        ]
    );
    let more = after(|service| {
        let mut other = operation(service).clone();
        other["id"] = "Other".into();
        other["path"] = "/other/{key-name}".into();
        push(&mut service["groups"][0]["operations"], other);
    });
    assert_eq!(more, ["keys.Other added AA"]);
    let moved = after(|service| operation(service)["path"] = "/keys/{key-name}/make".into());
    assert_eq!(
        moved,
        ["keys.CreateKey route POST /keys/{}/create -> POST /keys/{}/make -B"]
    );
}

#[test]
fn parameters_change() {
    let of = |change: fn(&mut Value)| {
        after(move |service| change(&mut operation(service)["parameters"]))
    };
    let new = |presence: &str| json!({"wire": "x", "location": "query", "type": "string", "presence": presence});
    let added = |presence: &'static str| {
        let new = new(presence);
        after(move |service| push(&mut operation(service)["parameters"], new))
    };
    assert_eq!(added("optional"), ["keys.CreateKey(x) added AA"]);
    assert_eq!(added("required"), ["keys.CreateKey(x) added BB"]);
    let removed = of(|list| drop(list.as_array_mut().unwrap().pop()));
    assert_eq!(removed, ["keys.CreateKey(maxresults) removed BB"]);
    let required = of(|list| list[1]["presence"] = "required".into());
    assert_eq!(
        required,
        ["keys.CreateKey(maxresults) presence optional -> required BB"]
    );
    let tighter = of(|list| list[1]["constraints"]["maximum"] = 20.into());
    assert_eq!(tighter, ["keys.CreateKey(maxresults) maximum 25 -> 20 -B"]);
    let looser = of(|list| list[1]["constraints"] = json!({}));
    assert_eq!(looser, ["keys.CreateKey(maxresults) maximum 25 -> none -A"]);
    let type_changed = of(|list| list[1]["type"] = "i64".into());
    assert_eq!(
        type_changed,
        ["keys.CreateKey(maxresults) type int32 -> int64 B-"]
    );
}

#[test]
fn a_parameter_of_the_path_may_change_its_name_on_the_wire() {
    let renamed = after(|service| {
        let operation = operation(service);
        operation["path"] = "/keys/{keyName}/create".into();
        operation["parameters"][0]["wire"] = "keyName".into();
    });
    assert_eq!(renamed, ["keys.CreateKey(keyName) was key-name --"]);
}

#[test]
fn arguments_must_not_change_places() {
    let two = |first: &str, second: &str| {
        let mut api = api();
        let fields = json!([field(first, "required"), field(second, "required")]);
        api["services"][0]["types"][0]["model"] = fields;
        read(api)
    };
    let changes = compare(&two("a", "b"), &two("b", "a"));
    assert_eq!(changes.changes.len(), 1);
    assert_eq!(
        (changes.changes[0].place.as_str(), changes.verdict()),
        ("keys.Create", Verdict::Major)
    );
}

#[test]
fn members_come_and_go() {
    let added = |index: usize, presence: &'static str| {
        after(move |service| push(&mut service["types"][index]["model"], field("x", presence)))
    };
    assert_eq!(added(0, "optional"), ["keys.Create.x added AA"]);
    assert_eq!(added(0, "required"), ["keys.Create.x added BB"]);
    assert_eq!(
        added(1, "required"),
        ["keys.Key.x added BA"],
        "only received"
    );
    let removed = after(|service| {
        drop(
            service["types"][1]["model"]
                .as_array_mut()
                .unwrap()
                .remove(0),
        )
    });
    assert_eq!(removed, ["keys.Key.kid removed BB"]);
    let renamed = after(|service| {
        service["types"][1]["model"][0]["wire"] = "KID".into();
        service["types"][1]["model"][0]["client_name"] = "kid".into();
    });
    assert_eq!(renamed, ["keys.Key.KID was kid -B"]);
}

#[test]
fn members_change() {
    let of = |index: usize, member: usize, change: fn(&mut Value)| {
        after(move |service| change(&mut service["types"][index]["model"][member]))
    };
    assert_eq!(
        of(0, 1, |field| field["presence"] = "required".into()),
        ["keys.Create.size presence optional -> required BB"]
    );
    assert_eq!(
        of(1, 1, |field| field["presence"] = "optional".into()),
        ["keys.Key.created presence required -> optional BB"]
    );
    assert_eq!(
        of(1, 0, |field| field["type"] = "uri".into()),
        ["keys.Key.kid type string -> uri --"]
    );
    assert_eq!(
        of(1, 0, |field| field["secret"] = true.into()),
        ["keys.Key.kid type string -> secret string B-"]
    );
    assert_eq!(
        of(1, 1, |field| field["type"] = "rfc3339".into()),
        ["keys.Key.created type unix time -> date-time BB"]
    );
    assert_eq!(
        of(0, 1, |field| field["access"] = "read_only".into()),
        ["keys.Create.size access read and write -> read-only BB"]
    );
    assert_eq!(
        of(0, 1, |field| field["default"] = "2048".into()),
        ["keys.Create.size default none -> 2048 -B"]
    );
}

#[test]
fn limits_and_defaults_of_what_is_only_received_refuse_nothing() {
    let limited = |field: &mut Value| {
        field["constraints"] = json!({"max_length": 5, "pattern": "^a", "unique_items": true});
        field["default"] = "a".into();
    };
    let told = |place: &str, impact: &str| {
        [
            format!("{place} maxLength none -> 5 {impact}"),
            format!("{place} pattern none -> ^a {impact}"),
            format!("{place} uniqueItems false -> true {impact}"),
            format!("{place} default none -> a {impact}"),
        ]
    };
    let sent = after(|service| limited(&mut service["types"][0]["model"][1]));
    assert_eq!(sent, told("keys.Create.size", "-B"));
    let received = after(|service| limited(&mut service["types"][1]["model"][0]));
    assert_eq!(received, told("keys.Key.kid", "--"));
    let read_only = |changed: bool| {
        let mut api = api();
        let field = &mut api["services"][0]["types"][0]["model"][1];
        field["access"] = "read_only".into();
        if changed {
            limited(field);
        }
        read(api)
    };
    let changes = compare(&read_only(false), &read_only(true)).changes;
    assert_eq!(changes.len(), 4);
    assert!(
        changes
            .iter()
            .all(|change| change.wire == Impact::Invisible)
    );
}

#[test]
fn what_callers_lacked_and_is_only_received_now_is_an_option_no_longer() {
    let version = |usage: &str, access: &str| {
        let mut api = api();
        let def = &mut api["services"][0]["types"][1];
        def["usage"] = usage.into();
        def["model"] =
            json!([{"wire": "kid", "type": "string", "presence": "required", "access": access}]);
        read(api)
    };
    let (both, received) = (
        version("both", "read_only"),
        version("output", "read_write"),
    );
    let changes = compare(&both, &received);
    assert_eq!(changes.verdict(), Verdict::Major);
    let access: Vec<_> = changes
        .changes
        .iter()
        .filter(|change| change.subject == Subject::Field)
        .map(|change| (change.rust, change.wire, change.reason.as_str()))
        .collect();
    let reason = "it is no longer an `Option`, and must be given";
    assert_eq!(access, [(Impact::Breaking, Impact::Invisible, reason)]);
    assert_eq!(compare(&received, &both).verdict(), Verdict::Major);
}

#[test]
fn types_are_renamed_with_what_refers_to_them() {
    let renamed = after(|service| {
        service["types"][1]["name"] = "KeyBundle".into();
        let operation = operation(service);
        operation["payload"] = json!({"always": {"named": "keys.KeyBundle"}});
        operation["successes"][0]["type"] = json!({"named": "keys.KeyBundle"});
    });
    assert_eq!(renamed, ["keys.KeyBundle was Key B-"]);
}

#[test]
fn values_come_and_go() {
    let values =
        |change: fn(&mut Value)| after(move |service| change(&mut service["types"][2]["enum"]));
    assert_eq!(
        values(|values| push(&mut values["variants"], json!({"wire": "oct"}))),
        ["keys.Kind.oct added AA"]
    );
    assert_eq!(
        values(|values| drop(values["variants"].as_array_mut().unwrap().pop())),
        ["keys.Kind.RSA removed BB"]
    );
    assert_eq!(
        values(|values| values["open"] = false.into()),
        ["keys.Kind open true -> false BB"]
    );
    let renamed = values(|values| values["variants"][0]["client_name"] = "EllipticCurve".into());
    assert_eq!(renamed, ["keys.Kind.EC was EC B-"]);
}

#[test]
fn protocols_come_and_go() {
    let paging = after(|service| {
        operation(service)["paging"] = json!({"items": "value", "next_link": "nextLink"})
    });
    assert_eq!(
        paging,
        ["keys.CreateKey paging none -> value, next at nextLink AA"]
    );
    let lost = {
        let mut old = api();
        operation(&mut old["services"][0])["paging"] = json!({"items": "value"});
        compare(&read(old), &read(api()))
    };
    assert_eq!(lost.verdict(), Verdict::Major);
}

#[test]
fn each_fact_of_a_long_running_operation_is_told_by_itself() {
    let protocol = |poll: &str, outcome: Value| {
        let mut api = api();
        operation(&mut api["services"][0])["long_running"] = json!({
            "poll": poll, "succeeded": ["Succeeded"], "failed": ["Failed"], "outcome": outcome,
        });
        read(api)
    };
    let places = |old: &Api, new: &Api| -> Vec<_> {
        let changes = compare(old, new).changes.into_iter();
        let aspect = |change: Change| match change.what {
            What::Changed { aspect, .. } => (aspect, change.rust, change.wire),
            other => panic!("{other:?}"),
        };
        changes.map(aspect).collect()
    };
    let unspecified = protocol("unspecified", "last-body".into());
    let location = protocol("location", "last-body".into());
    let nothing = protocol("location", "nothing".into());
    let (invisible, breaking) = (Impact::Invisible, Impact::Breaking);
    assert_eq!(
        places(&unspecified, &location),
        [("poll", invisible, invisible)]
    );
    assert_eq!(
        places(&location, &unspecified),
        [("poll", invisible, breaking)]
    );
    assert_eq!(
        places(&location, &nothing),
        [("result", breaking, breaking)]
    );
    assert_eq!(
        places(&read(api()), &location),
        [("long-running", Impact::Additive, Impact::Additive)]
    );
}

#[test]
fn a_service_may_be_new_or_gone() {
    let none = Api {
        services: Vec::new(),
    };
    assert_eq!(compare(&none, &read(api())).verdict(), Verdict::Minor);
    assert_eq!(compare(&read(api()), &none).verdict(), Verdict::Major);
}

#[test]
fn the_report_groups_by_what_is_worst() {
    let mut new = api();
    push(
        &mut new["services"][0]["types"][0]["model"],
        field("x", "optional"),
    );
    operation(&mut new["services"][0])["path"] = "/k/{key-name}".into();
    let changes = compare(&read(api()), &read(new));
    let text = render(&changes, Format::Terminal { colour: false });
    assert_eq!(
        text,
        "Breaking\n  operation keys.CreateKey: route POST /keys/{}/create -> POST /k/{} (wire: requests go elsewhere)\n\n\
         Added\n  field keys.Create.x added\n\n\
         2 changes: 1 breaking, 1 additive, 0 invisible\nverdict: minor: more than before\n"
    );
    let markdown = render(&changes, Format::Markdown);
    assert!(
        markdown.starts_with("### Breaking\n\n- operation `keys.CreateKey`: route `POST"),
        "{markdown}"
    );
    let json: Value = serde_json::from_str(&render(&changes, Format::Json)).unwrap();
    assert_eq!(
        (&json["verdict"], &json["changes"][1]["place"]),
        (&"minor".into(), &"keys.Create.x".into())
    );
    assert!(changes.is_breaking());
}

#[test]
fn what_is_the_same_in_many_places_is_told_once() {
    let mut new = api();
    for name in ["a", "b", "c"] {
        let mut operation = operation(&mut new["services"][0]).clone();
        operation["id"] = name.into();
        operation["path"] = format!("/{name}/{{key-name}}").into();
        push(
            &mut new["services"][0]["groups"][0]["operations"],
            operation,
        );
    }
    let old = read(new.clone());
    for operation in new["services"][0]["groups"][0]["operations"]
        .as_array_mut()
        .unwrap()
    {
        operation["parameters"][1]["constraints"]["maximum"] = 20.into();
    }
    let text = render(&compare(&old, &read(new)), Format::Markdown);
    assert_eq!(
        text,
        "### Breaking\n\n- parameter `maxresults` of 4 operations: maximum `25` -> `20` \
         (wire: values that were taken are refused)\n\n"
    );
}

/// What the tests above build is what the generator writes.
#[test]
fn the_fixture_is_an_api() {
    let api = read(api());
    let types = &api
        .service("keys")
        .map(|service: &Service| &service.types)
        .unwrap();
    assert!(matches!(types[2].shape, Shape::Enum(_)));
}
