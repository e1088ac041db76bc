use keyvault_rest::Operation;
use keyvault_rest::things::GetThing;

pub fn is_done(output: <GetThing as Operation>::Output) {
    let () = output;
}
