use keyvault_rest::things::models::Thing;

pub fn size(thing: Thing) -> Option<i32> {
    let Thing { size, .. } = thing;
    size
}
