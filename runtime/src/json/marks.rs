use super::table::Member;

/// Which members were there, and which of them hold a value.
pub(super) struct Marks {
    seen: u64,
    valued: u64,
    /// Those from the 65th member on, in models that have so many.
    rest: Vec<(bool, bool)>,
}

impl Marks {
    const FIRST: usize = 64;

    pub(super) fn new(members: usize) -> Self {
        Self {
            seen: 0,
            valued: 0,
            rest: vec![(false, false); members.saturating_sub(Self::FIRST)],
        }
    }

    /// Notes that a member was there.
    pub(super) fn mark(&mut self, index: usize, has_value: bool) {
        if index >= Self::FIRST {
            self.rest[index - Self::FIRST] = (true, has_value);
            return;
        }
        let bit = 1 << index;
        self.seen |= bit;
        self.valued = match has_value {
            true => self.valued | bit,
            false => self.valued & !bit,
        };
    }

    /// Whether a member was there before.
    pub(super) fn is_seen(&self, index: usize) -> bool {
        match index < Self::FIRST {
            true => self.seen & (1 << index) != 0,
            false => self.rest[index - Self::FIRST].0,
        }
    }

    /// The first of the required members that has no value.
    pub(super) fn missing(&self, members: &'static [Member]) -> Option<&'static Member> {
        let mut members = members.iter().enumerate();
        let missing =
            members.find(|(index, member)| member.is_required() && !self.has_value(*index));
        missing.map(|(_, member)| member)
    }

    fn has_value(&self, index: usize) -> bool {
        match index < Self::FIRST {
            true => self.valued & (1 << index) != 0,
            false => self.rest[index - Self::FIRST].1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn members_beyond_the_first_64_are_marked_too() {
        let mut marks = Marks::new(300);
        for index in [0, 63, 64, 299] {
            assert!(!marks.is_seen(index) && !marks.has_value(index));
            marks.mark(index, true);
            assert!(marks.is_seen(index) && marks.has_value(index));
            marks.mark(index, false);
            assert!(marks.is_seen(index) && !marks.has_value(index));
        }
        assert!(!marks.is_seen(1) && !marks.is_seen(65));
    }
}
