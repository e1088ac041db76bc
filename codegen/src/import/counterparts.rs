//! What a thing of a new document was in the present one, wherever it stood there: found by its
//! use, not by its place.
//!
//! Operations lead to parameters, bodies and responses, these to schemas, and these to members
//! and further schemas.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::operations::{self, Operation};
use super::parts;
use super::prose;
use super::world::World;
use crate::source::At;

/// One way in which a thing was another.
pub(super) struct Counterpart {
    pub(super) at: At,
    /// Whether only something that inherits the thing, or became one with it, says so.
    pub(super) distant: bool,
}

/// What each thing was, as often as it is used.
pub(super) type Counterparts = BTreeMap<At, Vec<Counterpart>>;

/// Finds what the things of `new` were in `old`.
pub(super) fn counterparts(new: &World<'_>, old: &World<'_>) -> Counterparts {
    let mut finder = Finder {
        new,
        old,
        found: Counterparts::new(),
        definitions: IndexMap::new(),
        taken: HashSet::new(),
        uses: IndexMap::new(),
    };
    for (new, old) in operations::pairs(finder.new.root(), finder.old.root()) {
        finder.operation(&new, &old);
    }
    finder.definitions();
    finder.found
}

struct Finder<'a> {
    new: &'a World<'a>,
    old: &'a World<'a>,
    found: Counterparts,
    /// What each definition was.
    definitions: IndexMap<At, At>,
    /// The old definitions among them.
    taken: HashSet<At>,
    /// What stood where a definition is used, and how often.
    uses: IndexMap<At, IndexMap<At, usize>>,
}

impl Finder<'_> {
    fn note(&mut self, new: &At, old: &At, distant: bool) {
        let at = old.clone();
        let found = self.found.entry(new.clone()).or_default();
        found.push(Counterpart { at, distant });
    }

    fn operation(&mut self, new: &Operation<'_>, old: &Operation<'_>) {
        let at = (
            self.new.at(new.pointer.clone()),
            self.old.at(old.pointer.clone()),
        );
        self.note(&at.0, &at.1, false);
        self.parameters(new, old);
        let (new, old) = (at.0.child("requestBody"), at.1.child("requestBody"));
        self.content(&new, &old);
        self.each_of_same_name(
            &at.0.child("responses"),
            &at.1.child("responses"),
            Self::response,
        );
    }

    fn parameters(&mut self, new: &Operation<'_>, old: &Operation<'_>) {
        for (pointer, _) in new.parameters() {
            let Some((at, node)) = self.new.meant(&self.new.at(pointer)) else {
                continue;
            };
            let known = old.parameters();
            let known = known.filter_map(|(pointer, _)| self.old.meant(&self.old.at(pointer)));
            let mut same = known.filter(|(_, known)| new.same_parameter(node, old, known));
            if let Some((known, _)) = same.next() {
                self.note(&at, &known, false);
                self.schema(&at.child("schema"), &known.child("schema"));
            }
        }
    }

    /// A body or a response.
    fn content(&mut self, new: &At, old: &At) -> Option<(At, At)> {
        let (new, _) = self.new.meant(new)?;
        let (old, _) = self.old.meant(old)?;
        self.note(&new, &old, false);
        let schema = |at: &At| {
            at.child("content")
                .child("application/json")
                .child("schema")
        };
        self.schema(&schema(&new), &schema(&old));
        Some((new, old))
    }

    fn response(&mut self, new: &At, old: &At) {
        if let Some((new, old)) = self.content(new, old) {
            self.each_of_same_name(&new.child("headers"), &old.child("headers"), Self::header);
        }
    }

    fn header(&mut self, new: &At, old: &At) {
        self.note(new, old, false);
        self.schema(&new.child("schema"), &old.child("schema"));
    }

    /// Names of headers have no letter case; statuses have none to differ in.
    fn each_of_same_name(&mut self, new: &At, old: &At, visit: fn(&mut Self, &At, &At)) {
        let keys = |world: &World<'_>, at: &At| -> Vec<String> {
            let members = world.node(at).and_then(Value::as_object);
            members
                .into_iter()
                .flat_map(|m| m.keys().cloned())
                .collect()
        };
        // Of two that differ in case alone the first counts, and so comes last here.
        let known = keys(self.old, old).into_iter().rev();
        let known: HashMap<_, _> = known.map(|key| (key.to_ascii_lowercase(), key)).collect();
        for key in keys(self.new, new) {
            if let Some(known) = known.get(&key.to_ascii_lowercase()) {
                visit(self, &new.child(&key), &old.child(known));
            }
        }
    }

    /// Two schemas of one use.
    fn schema(&mut self, new: &At, old: &At) {
        match (self.new.definition(new), self.old.definition(old)) {
            (Some(new), Some(old)) => self.use_of(new, old),
            (None, None) => self.inner(new, old),
            _ => {}
        }
    }

    /// What two lists or maps hold.
    fn inner(&mut self, new: &At, old: &At) {
        for key in ["items", "additionalProperties"] {
            let (new, old) = (new.child(key), old.child(key));
            if self.new.node(&new).is_some() && self.old.node(&old).is_some() {
                self.schema(&new, &old);
            }
        }
    }

    fn use_of(&mut self, new: At, old: At) {
        *self.uses.entry(new).or_default().entry(old).or_default() += 1;
    }

    /// Definitions of one name are the same; then those of one use; then those that look the same;
    /// at last those that became one with another.
    fn definitions(&mut self) {
        self.pair(self.of_same_name());
        while self.pair(self.of_same_use()) || self.pair(self.of_same_look()) {}
        self.merged();
    }

    /// Whether there is a pair at all.
    fn pair(&mut self, pairs: Vec<(At, At)>) -> bool {
        let any = !pairs.is_empty();
        for (new, old) in &pairs {
            self.text_of_definition(new, old);
            self.definition(new, old, false);
        }
        self.taken.extend(pairs.iter().map(|(_, old)| old.clone()));
        self.definitions.extend(pairs);
        any
    }

    /// What is said of a definition that stays does not fit one that was split off, unless the
    /// two are made up of the same.
    fn text_of_definition(&mut self, new: &At, old: &At) {
        if !self.is_taken(old) || content(self.new, new) == content(self.old, old) {
            self.note(new, old, false);
        }
    }

    fn merged(&mut self) {
        let mut done = BTreeSet::new();
        loop {
            let uses = self.uses.iter();
            let uses = uses.flat_map(|(new, uses)| uses.keys().map(move |old| (new, old)));
            let open = uses.filter(|(new, old)| !self.is_taken(old) && self.alike(new, old));
            let open = open.map(|(new, old)| (new.clone(), old.clone()));
            let open: Vec<_> = open.filter(|pair| !done.contains(pair)).collect();
            if open.is_empty() {
                return;
            }
            for (new, old) in open {
                self.note(&new, &old, true);
                self.definition(&new, &old, true);
                done.insert((new, old));
            }
        }
    }

    fn of_same_name(&self) -> Vec<(At, At)> {
        let new = names(self.new).into_iter();
        let new = new.filter(|at| self.old.node(&self.old.at(at.pointer.clone())).is_some());
        new.map(|at| (at.clone(), self.old.at(at.pointer)))
            .collect()
    }

    fn of_same_use(&self) -> Vec<(At, At)> {
        let open = self.uses.iter();
        let open = open.filter(|(new, _)| !self.definitions.contains_key(*new));
        let best = open.filter_map(|(new, uses)| {
            let uses = uses.iter().filter(|(old, _)| self.alike(new, old));
            let best = uses
                .rev()
                .max_by_key(|(old, count)| (!self.is_taken(old), **count))?;
            Some((new.clone(), best.0.clone()))
        });
        best.collect()
    }

    /// What is new under its name, and looks like the only one that is gone under its own.
    fn of_same_look(&self) -> Vec<(At, At)> {
        let look = |world: &World<'_>, at: &At| {
            let look = look(world.node(at).unwrap_or(&Value::Null));
            parts::looks(&look)
        };
        let new = names(self.new).into_iter();
        let new = new.filter(|at| !self.definitions.contains_key(at));
        let new: Vec<_> = new.map(|at| (look(self.new, &at), at)).collect();
        let old = names(self.old).into_iter();
        let old = old.filter(|at| !self.is_taken(at));
        let old: Vec<_> = old.map(|at| (look(self.old, &at), at)).collect();
        let (all_new, all_old) = (by_look(&new), by_look(&old));
        let pairs = new.iter().filter_map(|(look, at)| {
            match (all_new.get(look)?.as_slice(), all_old.get(look)?.as_slice()) {
                ([_], [old]) => Some((at.clone(), (*old).clone())),
                _ => None,
            }
        });
        pairs.collect()
    }

    /// Whether an old definition is the counterpart of a new one already.
    fn is_taken(&self, old: &At) -> bool {
        self.taken.contains(old)
    }

    /// Whether two definitions share half of what makes them up.
    fn alike(&self, new: &At, old: &At) -> bool {
        let (new, old) = (content(self.new, new), content(self.old, old));
        match new.len().min(old.len()) {
            0 => new.len() == old.len(),
            fewer => 2 * new.intersection(&old).count() >= fewer,
        }
    }

    /// What two definitions have in common inside.
    fn definition(&mut self, new: &At, old: &At, distant: bool) {
        self.inner(new, old);
        self.values(new, old, distant);
        let known = self.old.members(old).into_iter();
        let known: HashMap<_, _> = known.map(|known| (known.name.clone(), known)).collect();
        for member in self.new.members(new) {
            if let Some(known) = known.get(&member.name) {
                self.note(&member.at, &known.at, distant || member.inherited);
                self.schema(&member.at, &known.at);
            }
        }
        for new in self.new.parents(new) {
            for old in self.old.parents(old) {
                self.use_of(new.clone(), old);
            }
        }
    }

    /// The values of two enumerations.
    fn values(&mut self, new: &At, old: &At, distant: bool) {
        let inside = |at: &At| at.child("x-ms-enum").child("values");
        let values = |world: &World<'_>, at: &At| -> Vec<Value> {
            let values = world.node(at).and_then(Value::as_array);
            let values = values.into_iter().flatten();
            values.map(|value| value["value"].clone()).collect()
        };
        let (new, old) = (inside(new), inside(old));
        // Of two equal ones the first counts, and so comes last here.
        let known = values(self.old, &old).into_iter().enumerate().rev();
        let known: HashMap<_, _> = known.map(|(position, value)| (value, position)).collect();
        for (index, value) in values(self.new, &new).iter().enumerate() {
            if let Some(position) = known.get(value) {
                self.note(&new.item(index), &old.item(*position), distant);
            }
        }
    }
}

/// The definitions of each look.
fn by_look(list: &[(String, At)]) -> HashMap<&String, Vec<&At>> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for (look, at) in list {
        found.entry(look).or_default().push(at);
    }
    found
}

/// The definitions of a document.
fn names(world: &World<'_>) -> Vec<At> {
    let root = At::file(world.file()).child("components").child("schemas");
    let definitions = world.node(&root).and_then(Value::as_object);
    let names = definitions.into_iter().flat_map(|d| d.keys());
    names.map(|name| root.child(name)).collect()
}

/// What makes a definition up: the names of its members, or its texts.
fn content(world: &World<'_>, at: &At) -> BTreeSet<String> {
    let members = world.members(at).into_iter().map(|member| member.name);
    let texts = world.texts(at).into_iter().map(str::to_owned);
    members.chain(texts).collect()
}

/// A definition without its name, which an enumeration repeats inside.
fn look(definition: &Value) -> Value {
    let mut look = prose::structure(definition);
    if let Some(extension) = look.get_mut("x-ms-enum").and_then(Value::as_object_mut) {
        extension.shift_remove("name");
    }
    look
}
