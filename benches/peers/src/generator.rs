//! The generators: how they are installed and started.

use crate::places::Places;
use crate::{Failure, child};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Ours and its peers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Generator {
    Ours,
    Progenitor,
    Oas3Gen,
    OpenapiToRust,
}

use Generator::{Oas3Gen, OpenapiToRust, Ours, Progenitor};

/// What is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All that the generator makes of a description for those who call the service.
    Client,
    /// Only what needs no HTTP client.
    Types,
}

impl Generator {
    /// Those of others, in the order of the tables.
    pub const PEERS: [Self; 3] = [Progenitor, Oas3Gen, OpenapiToRust];

    /// What the tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Ours => "keyvault-rest",
            Progenitor => "progenitor",
            Oas3Gen => "oas3-gen",
            OpenapiToRust => "openapi-to-rust",
        }
    }

    /// The crate that has its program, in the version that is measured.
    pub fn package(self) -> &'static str {
        match self {
            Ours => "xtask",
            Progenitor => "cargo-progenitor@0.15.1",
            Oas3Gen => "oas3-gen@0.29.0",
            OpenapiToRust => "openapi-to-rust@0.23.0",
        }
    }

    /// Why it writes nothing that does without an HTTP client, if so.
    pub fn needs_client(self) -> Option<&'static str> {
        match self {
            Ours | OpenapiToRust => None,
            Progenitor => Some("it writes models and client as one"),
            Oas3Gen => Some("its models read the answers of reqwest"),
        }
    }

    /// The crate that it writes.
    pub fn bindings(self, part: Part) -> &'static str {
        match (self, part) {
            (Ours, _) => "of-keyvault-rest",
            (Progenitor, _) => "of-progenitor",
            (Oas3Gen, _) => "of-oas3-gen",
            (OpenapiToRust, Part::Client) => "of-openapi-to-rust",
            (OpenapiToRust, Part::Types) => "of-openapi-to-rust-types",
        }
    }

    fn program(self, places: &Places) -> PathBuf {
        match self {
            Ours => places.made("install/release/xtask"),
            Progenitor => places.made("tools/bin/cargo-progenitor"),
            Oas3Gen => places.made("tools/bin/oas3-gen"),
            OpenapiToRust => places.made("tools/bin/openapi-to-rust"),
        }
    }

    /// Builds the program; what is there already is not built again.
    ///
    /// # Errors
    /// If it cannot be built.
    pub fn install(self, places: &Places) -> Result<(), Failure> {
        let mut cargo = Command::new("cargo");
        match self {
            Ours => cargo.args(["build", "--release", "--package"]),
            _ => cargo.args(["install", "--root"]).arg(places.made("tools")),
        };
        cargo
            .arg(self.package())
            .arg("--locked")
            .arg("--target-dir")
            .arg(places.made("install"));
        cargo.current_dir(places.repository());
        child::run(&mut cargo, &places.log()).map(|_| ())
    }

    /// The command that writes the bindings of a description into a folder: of ours, the folder of the documents; of
    /// the others, one document.
    pub fn command(self, places: &Places, part: Part, description: &Path, out: &Path) -> Command {
        let mut command = Command::new(self.program(places));
        match (self, part) {
            (Ours, _) => command
                .args(["codegen", "--spec"])
                .arg(description)
                .arg("--out")
                .arg(out),
            (Progenitor, _) => command
                .args([
                    "progenitor",
                    "--name",
                    self.bindings(part),
                    "--version",
                    "0.1.0",
                ])
                .arg("--input")
                .arg(description)
                .arg("--output")
                .arg(out),
            (Oas3Gen, _) => command
                .args(["generate", "client-mod", "--workspace", "--input"])
                .arg(description)
                .arg("--output")
                .arg(out),
            (OpenapiToRust, _) => {
                command.arg("generate").arg(description);
                command.arg("--output-dir").arg(out.join("src/generated"));
                match part {
                    Part::Client => &mut command,
                    Part::Types => command.arg("--types-only"),
                }
            }
        };
        command
    }
}
