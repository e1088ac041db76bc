//! The client at work, without an account: it talks with a server on this machine, over TLS, that
//! answers as Key Vault, Managed HSM and Azure Resource Manager do.
//!
//! Each file in `examples/flows/` is a conversation: the requests that are to come, what is answered,
//! and what the client is to conclude. It ends with an error if anything differs.
//!
//! ```sh
//! cargo run -p keyvault-rest --features full,client --example offline
//! ```
#![forbid(unsafe_code)]

use calls::conclude;
use flow::Flow;
use keyvault_rest::client::{AccessToken, CallOptions, RetryPolicy};
use keyvault_rest::{Client, Endpoint};
use stage::Stage;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

mod calls;
mod flow;
mod stage;

/// No host gets to see it.
const TOKEN: &str = "not-a-token";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(count) => {
            println!("all {count} flows went as they should");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<usize, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/flows");
    let flows = flow::read_all(&folder)?;
    let mut failed = Vec::new();
    for flow in &flows {
        println!("{} ({}): {}", flow.name, flow.kinds.join(", "), flow.title);
        match play(flow).await {
            Ok(()) => println!("  = {}\n", flow.concluded),
            Err(error) => {
                println!("  ! {error}\n");
                failed.push(flow.name.as_str());
            }
        }
    }
    match failed.is_empty() {
        true => Ok(flows.len()),
        false => Err(format!("not as they should: {}", failed.join(", ")).into()),
    }
}

async fn play(flow: &Flow) -> Result<(), Box<dyn Error>> {
    let stage = Stage::set(flow)?;
    let concluded = conclude(&flow.name, &client(flow, &stage)?).await;
    // What was wrong with a request says more than what the client made of the answer to it.
    stage.check()?;
    let concluded = concluded?;
    match concluded == flow.concluded {
        true => Ok(()),
        false => Err(format!("concluded: {concluded}\n  instead of: {}", flow.concluded).into()),
    }
}

fn client(flow: &Flow, stage: &Stage) -> Result<Client, Box<dyn Error>> {
    let endpoint = Endpoint::new(&format!("https://{}", flow.host))?;
    let hour = Duration::from_secs(3600);
    let credential = AccessToken::new(TOKEN, SystemTime::now() + hour);
    let client = Client::builder(endpoint, credential)
        .resolve(&flow.host, stage.address())
        .root_certificate(stage.certificate())
        .options(impatient())
        .build()?;
    Ok(client)
}

/// Nothing takes its time here, so neither does the client: not even where it is asked to.
fn impatient() -> CallOptions {
    let moment = Duration::from_millis(10);
    CallOptions::new()
        .retry(RetryPolicy::default().first_delay(moment))
        .poll_interval(moment)
        .longest_poll_interval(moment)
        .timeout(Duration::from_secs(20))
        .wait_at_most(Duration::from_secs(20))
}
