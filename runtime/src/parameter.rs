/// What an operation declares of one parameter: where it goes and what its value must be.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) optional: bool,
    pub(crate) raw: bool,
    pub(crate) secret: bool,
    pub(crate) constant: Option<&'static str>,
    pub(crate) pattern: Option<&'static str>,
    pub(crate) length: Option<(usize, usize)>,
    pub(crate) between: Option<(i64, i64)>,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
}

impl Parameter {
    /// A segment of the path, `{name}` in the template.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Place::Path)
    }

    /// A parameter of the query.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Place::Query)
    }

    /// A header.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Place::Header)
    }

    const fn new(name: &'static str, place: Place) -> Self {
        Self {
            name,
            place,
            optional: false,
            raw: false,
            secret: false,
            constant: None,
            pattern: None,
            length: None,
            between: None,
        }
    }

    /// It may be left out.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Its slashes part segments of the path, as in the scope of a role: `/`, `/keys`, `/keys/name`.
    #[must_use]
    pub const fn raw(mut self) -> Self {
        self.raw = true;
        self
    }

    /// Its value is secret: a header is marked as sensitive.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// It always has this value.
    #[must_use]
    pub const fn constant(mut self, value: &'static str) -> Self {
        self.constant = Some(value);
        self
    }

    /// The regular expression that must match somewhere in the value.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// The least and the greatest number of characters.
    #[must_use]
    pub const fn length(mut self, min: usize, max: usize) -> Self {
        self.length = Some((min, max));
        self
    }

    /// The value is a whole number, and its least and greatest values are these.
    #[must_use]
    pub const fn between(mut self, min: i64, max: i64) -> Self {
        self.between = Some((min, max));
        self
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Where it goes.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// Whether it may be left out.
    #[must_use]
    pub const fn is_optional(&self) -> bool {
        self.optional
    }

    /// Whether its value is secret, and the URL with it when it stands there.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        self.secret
    }
}
