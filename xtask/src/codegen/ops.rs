//! Reads `models/<service>.ops`: what we list of a model.

/// The operations and members that are listed.
#[derive(Debug, Default)]
pub struct Listing {
    /// Listed operations, in the order of the file.
    pub operations: Vec<String>,
    /// Members left out: the structure they are left out of (`*` for any) and a name, `*` at its end for any rest.
    left_out: Vec<(String, String)>,
    everything: bool,
}

impl Listing {
    /// Every operation and member: for tests over whole models.
    #[must_use]
    pub fn everything() -> Listing {
        Listing { everything: true, ..Listing::default() }
    }

    /// Reads the text of an `.ops` file.
    pub fn parse(text: &str) -> Result<Listing, String> {
        let mut listing = Listing::default();
        for (number, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            let mut words = line.split_whitespace();
            let Some(first) = words.next() else { continue };
            let structure = match first.strip_suffix('.') {
                Some(structure) => structure.to_owned(),
                None if first == "*" => first.to_owned(),
                None => {
                    if listing.operations.iter().any(|other| other == first) {
                        return Err(format!("line {}: {first} comes twice", number + 1));
                    }
                    listing.operations.push(first.to_owned());
                    format!("{first}()")
                }
            };
            for word in words {
                let member = word.strip_prefix('-');
                let member =
                    member.ok_or_else(|| format!("line {}: expected -Member, found {word}", number + 1))?;
                listing.left_out.push((structure.clone(), member.to_owned()));
            }
        }
        Ok(listing)
    }

    /// Whether the operation is listed.
    #[must_use]
    pub fn has(&self, operation: &str) -> bool {
        self.everything || self.operations.iter().any(|name| name == operation)
    }

    /// Whether a member of a structure is left out; `operation` when the structure is that one's input or output.
    #[must_use]
    pub fn leaves_out(&self, structure: &str, operation: Option<&str>, member: &str) -> bool {
        self.left_out.iter().any(|(place, pattern)| {
            let here = place == "*"
                || place == structure
                || operation.is_some_and(|name| place.strip_suffix("()") == Some(name));
            here && match pattern.strip_suffix('*') {
                Some(start) => member.starts_with(start),
                None => member == pattern,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_where_it_says() {
        let listing = Listing::parse("# head\n* -ACL -Grant*\nPut -Body # why\nTag. -Value\n").unwrap();
        assert_eq!(listing.operations, ["Put"]);
        assert!(listing.has("Put") && !listing.has("Get"));
        assert!(listing.leaves_out("Any", None, "GrantRead") && !listing.leaves_out("Any", None, "ACLs"));
        assert!(listing.leaves_out("PutRequest", Some("Put"), "Body"));
        assert!(!listing.leaves_out("GetRequest", Some("Get"), "Body"));
        assert!(listing.leaves_out("Tag", None, "Value") && !listing.leaves_out("Tag", None, "Key"));
        assert!(Listing::parse("Put Body").is_err() && Listing::parse("A\nA").is_err());
    }
}
