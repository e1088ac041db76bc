//! What a misspelt word was probably meant to be.

/// Longer words are not compared: who misspells them will see it.
const LONGEST: usize = 64;

/// How many words are compared: each wrong word is compared with all that may be meant.
const MOST: usize = 1000;

/// The candidate that a word was probably meant to be: the first of the most similar ones.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_lowercase();
    let candidates = candidates
        .into_iter()
        .take(MOST)
        .filter(|candidate| candidate.len() <= LONGEST && *candidate != word);
    let near = candidates.filter_map(|candidate| {
        let distance = strsim::osa_distance(&lower, &candidate.to_lowercase());
        let longest = word.chars().count().max(candidate.chars().count());
        // A third of the letters may differ, but of a word there must be something left.
        let is_near = distance <= (longest / 3).max(1) && distance < longest;
        is_near.then_some((distance, candidate))
    });
    let nearest = near.min_by_key(|(distance, _)| *distance);
    nearest.map(|(_, candidate)| candidate)
}

/// The advice that names the nearest candidate, if one is near.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn letters_may_be_swapped_missing_wrong_or_of_another_case() {
        let known = ["maxLength", "minLength", "required", "title"];
        for (word, meant) in [
            ("maxlength", "maxLength"),
            ("maxLenght", "maxLength"),
            ("requird", "required"),
            ("titel", "title"),
        ] {
            assert_eq!(nearest(word, known), Some(meant), "{word}");
        }
    }

    #[test]
    fn what_is_not_alike_is_not_proposed() {
        assert_eq!(nearest("colour", ["type", "format"]), None);
        assert_eq!(nearest("a", ["b"]), None);
        assert_eq!(nearest("", ["b"]), None);
        assert_eq!(nearest(&"x".repeat(100), ["x"]), None);
    }

    #[test]
    fn the_first_of_equals_is_proposed_and_never_the_word_itself() {
        assert_eq!(nearest("bit", ["bat", "but"]), Some("bat"));
        assert_eq!(nearest("bat", ["bat"]), None);
    }
}
