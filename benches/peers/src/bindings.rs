//! What the generators write, as crates that cargo builds.

use crate::generator::{Generator, Part};
use crate::places::{Places, empty_crate};
use crate::{Failure, child};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A crate that a generator wrote.
#[derive(Clone, Debug)]
pub struct Bindings {
    /// Whose it is.
    pub generator: Generator,
    /// The name of the crate, and of its folder.
    pub name: &'static str,
    /// The features that it is built with, besides the default ones.
    features: &'static str,
    folder: PathBuf,
}

impl Bindings {
    /// Runs a generator on a description and makes its crate complete: manifest, lock file, dependencies at hand.
    ///
    /// # Errors
    /// If the generator fails, or cargo does not understand what it wrote.
    pub fn make(
        generator: Generator,
        part: Part,
        description: &Path,
        places: &Places,
    ) -> Result<Self, Failure> {
        if let (Part::Types, Some(why)) = (part, generator.needs_client()) {
            return Err(why.into());
        }
        let name = generator.bindings(part);
        let folder = places.made("bindings").join(name);
        empty_crate(&folder)?;
        let mut command = generator.command(places, part, description, &folder);
        child::run(&mut command, &places.log())?;
        let bindings = Self {
            generator,
            name,
            features: features(generator, part),
            folder,
        };
        bindings.complete()?;
        // What all of them depend on is one version.
        fs::copy(
            places.benches().join("Cargo.lock"),
            bindings.folder.join("Cargo.lock"),
        )?;
        child::run(&mut bindings.cargo("fetch"), &places.log())?;
        // Whether it compiles is known before anything is measured.
        let mut check = bindings.compile("check", &places.made("target"));
        child::run(&mut check, &places.log())?;
        Ok(bindings)
    }

    fn complete(&self) -> Result<(), Failure> {
        match self.generator {
            Generator::Ours => return Ok(()),
            Generator::OpenapiToRust => {
                let needed =
                    fs::read_to_string(self.folder.join("src/generated/REQUIRED_DEPS.toml"))?;
                self.write("Cargo.toml", &format!("{}{needed}", self.package()))?;
                self.write("src/lib.rs", "pub mod generated;\npub use generated::*;\n")?;
            }
            _ => {}
        }
        let manifest = fs::read_to_string(self.manifest())?;
        // A crate of its own, whatever folder it is in.
        self.write("Cargo.toml", &format!("{manifest}\n[workspace]\n"))
    }

    fn package(&self) -> String {
        format!(
            "[package]\nname = {:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n",
            self.name
        )
    }

    fn write(&self, file: &str, text: &str) -> Result<(), Failure> {
        Ok(fs::write(self.folder.join(file), text)?)
    }

    /// The same, built with other features.
    pub fn with(self, features: &'static str) -> Self {
        Self { features, ..self }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn manifest(&self) -> PathBuf {
        self.folder.join("Cargo.toml")
    }

    /// A command of cargo on this crate.
    pub fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new("cargo");
        cargo
            .arg(command)
            .arg("--manifest-path")
            .arg(self.manifest());
        // The toolchain is that of the repository.
        cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
        cargo
    }

    /// The same, which compiles into a folder.
    pub fn compile(&self, command: &str, target: &Path) -> Command {
        let mut cargo = self.cargo(command);
        cargo.args([
            "--offline",
            "--locked",
            "--jobs",
            "2",
            "--features",
            self.features,
        ]);
        cargo.arg("--target-dir").arg(target);
        cargo
    }
}

fn features(generator: Generator, part: Part) -> &'static str {
    match (generator, part) {
        (Generator::Ours, Part::Client) => "full,client",
        (Generator::Ours, Part::Types) => "full",
        _ => "",
    }
}
