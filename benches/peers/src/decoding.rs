//! Reading and writing bodies with the models of each generator: programs of their own, since what they are made of is
//! not there before.

use crate::bindings::Bindings;
use crate::generator::Generator;
use crate::places::Places;
use crate::rounds::Subject;
use crate::{Failure, child};
use std::fs;
use std::process::Command;
use table::Sheet;

/// The programs: what they print is one table.
const PROGRAMS: [&str; 2] = ["time", "allocations"];

/// The table; who is not there has rows that say why.
pub fn measure(bindings: &[Subject<Bindings>], places: &Places) -> Result<String, Failure> {
    let folder = places.made("decoding");
    fs::create_dir_all(&folder)?;
    let manifest = folder.join("Cargo.toml");
    fs::write(&manifest, self::manifest(bindings, places)?)?;
    fs::copy(
        places.benches().join("Cargo.lock"),
        folder.join("Cargo.lock"),
    )?;
    let target = places.made("target");
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--release", "--manifest-path"])
        .arg(&manifest);
    cargo
        .arg("--target-dir")
        .arg(&target)
        .current_dir(places.benches());
    child::run(&mut cargo, &places.log())?;
    let mut table = String::new();
    for program in PROGRAMS {
        child::run(
            &mut Command::new(target.join("release").join(program)),
            &places.log(),
        )?;
        table.push_str(&fs::read_to_string(places.log())?);
    }
    Ok(table + &missing(bindings))
}

fn missing(bindings: &[Subject<Bindings>]) -> String {
    let mut sheet = Sheet::default();
    for subject in bindings {
        if let Err(why) = &subject.what {
            sheet.fails("read and write bodies", &subject.name, why);
        }
    }
    sheet
        .to_string()
        .lines()
        .skip(2)
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The manifest of the programs, which are compiled with all models that there are.
fn manifest(bindings: &[Subject<Bindings>], places: &Places) -> Result<String, Failure> {
    let benches = places.benches();
    let sources = benches.join("peers/decoding");
    let mut text =
        "[package]\nname = \"decoding\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n".to_owned();
    for program in PROGRAMS {
        let path = sources.join(program).with_extension("rs");
        text += &format!("[[bin]]\nname = {program:?}\npath = {path:?}\n\n");
    }
    text += &format!(
        "[dependencies]\nazure_security_keyvault_keys = {{ version = \"1.0\", default-features = false }}\n\
         serde = \"1.0\"\nserde_json = \"1.0\"\nstats_alloc = \"0.1\"\ntable = {{ path = {:?} }}\n",
        benches.join("table")
    );
    let there: Vec<_> = bindings
        .iter()
        .filter_map(|subject| subject.what.as_ref().ok())
        .collect();
    for bindings in &there {
        text += &format!("{} = {{ path = {:?} }}\n", bindings.name, bindings.folder());
    }
    let peers = there
        .iter()
        .filter(|bindings| bindings.generator != Generator::Ours);
    let features: Vec<_> = peers.map(|bindings| bindings.generator.name()).collect();
    let declared: String = features
        .iter()
        .map(|name| format!("{name} = []\n"))
        .collect();
    text += &format!("\n[features]\ndefault = {features:?}\n{declared}\n[workspace]\n");
    Ok(text)
}
