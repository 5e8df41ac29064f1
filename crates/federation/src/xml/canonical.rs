//! Exclusive XML Canonicalization 1.0 without comments.
//!
//! A declaration is written where an element or its attributes use the prefix and no element around it, within what is
//! written, has written the same one. The prefixes of `InclusiveNamespaces` are written where they are in scope, used
//! or not.
//!
//! Source: <https://www.w3.org/TR/xml-exc-c14n/>, <https://www.w3.org/TR/xml-c14n>.

use std::collections::BTreeMap;

use super::tree::{Element, Node};

/// The canonical form of an element. `without` is a child that the enveloped-signature transform takes out;
/// `inclusive` the prefixes of `InclusiveNamespaces`, the default namespace being the empty one.
pub(crate) fn canonical(apex: &Element, without: Option<&Element>, inclusive: &[&str]) -> Vec<u8> {
    let mut writer = Writer { out: String::new(), without, inclusive, written: Vec::new() };
    writer.element(apex);
    writer.out.into_bytes()
}

struct Writer<'e> {
    out: String,
    without: Option<&'e Element>,
    inclusive: &'e [&'e str],
    /// Declarations on the way from the apex to here; the last of a prefix counts.
    written: Vec<(&'e str, &'e str)>,
}

impl<'e> Writer<'e> {
    fn element(&mut self, element: &'e Element) {
        if self.without.is_some_and(|without| std::ptr::eq(without, element)) {
            return;
        }
        let outer = self.written.len();
        self.out.push('<');
        self.name(&element.prefix, &element.local);
        for (prefix, namespace) in self.declarations(element) {
            self.out.push_str(" xmlns");
            if !prefix.is_empty() {
                self.out.push(':');
                self.out.push_str(prefix);
            }
            self.out.push_str("=\"");
            escape_attribute(&mut self.out, namespace);
            self.out.push('"');
            self.written.push((prefix, namespace));
        }
        let mut attributes: Vec<_> = element.attributes.iter().collect();
        attributes.sort_by(|a, b| (&*a.namespace, &a.local).cmp(&(&*b.namespace, &b.local)));
        for attribute in attributes {
            self.out.push(' ');
            self.name(&attribute.prefix, &attribute.local);
            self.out.push_str("=\"");
            escape_attribute(&mut self.out, &attribute.value);
            self.out.push('"');
        }
        self.out.push('>');
        for child in &element.children {
            match child {
                Node::Element(element) => self.element(element),
                Node::Text(text) => escape_text(&mut self.out, text),
            }
        }
        self.out.push_str("</");
        self.name(&element.prefix, &element.local);
        self.out.push('>');
        self.written.truncate(outer);
    }

    fn name(&mut self, prefix: &str, local: &str) {
        if !prefix.is_empty() {
            self.out.push_str(prefix);
            self.out.push(':');
        }
        self.out.push_str(local);
    }

    /// The declarations to write at an element, in the order of their prefixes.
    fn declarations(&self, element: &'e Element) -> BTreeMap<&'e str, &'e str> {
        let mut needed = BTreeMap::new();
        needed.insert(element.prefix.as_str(), &*element.namespace);
        for attribute in element.attributes.iter().filter(|attribute| !attribute.prefix.is_empty()) {
            needed.insert(attribute.prefix.as_str(), &*attribute.namespace);
        }
        for prefix in self.inclusive {
            if let Some(namespace) = element.namespace_of(prefix) {
                needed.insert(prefix, namespace);
            }
        }
        needed.retain(|prefix, namespace| *prefix != "xml" && self.in_force(prefix) != Some(namespace));
        needed
    }

    /// What a prefix stands for in the output so far. Without a declaration, no prefix is no namespace.
    fn in_force(&self, prefix: &str) -> Option<&'e str> {
        let last = self.written.iter().rev().find(|(written, _)| *written == prefix);
        last.map(|(_, namespace)| *namespace).or(prefix.is_empty().then_some(""))
    }
}

fn escape_text(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#xD;"),
            other => out.push(other),
        }
    }
}

fn escape_attribute(out: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#x9;"),
            '\n' => out.push_str("&#xA;"),
            '\r' => out.push_str("&#xD;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::canonical;
    use crate::xml::{Limits, parse};

    const LIMITS: Limits = Limits { bytes_max: 100_000, elements_max: 1000 };

    /// Random documents and what libxml2 makes of them (`tests/it/data/make_saml.py`).
    #[test]
    fn as_libxml2() {
        let mut count = 0;
        for line in include_str!("../../tests/it/data/canonical.tsv").lines() {
            let [xml, prefixes, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let text = |encoded| String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap();
            let xml = text(xml);
            let prefixes: Vec<&str> = prefixes.split_whitespace().collect();
            let root = parse(&xml, LIMITS).unwrap_or_else(|e| panic!("{e}: {xml}"));
            let form = String::from_utf8(canonical(&root, None, &prefixes)).unwrap();
            assert_eq!(form, text(expected), "{xml}");
            // The canonical form is its own.
            let again = parse(&form, LIMITS).unwrap();
            assert_eq!(String::from_utf8(canonical(&again, None, &prefixes)).unwrap(), form);
            count += 1;
        }
        assert!(count >= 100);
    }

    fn form(xml: &str, prefixes: &[&str]) -> String {
        let root = parse(xml, LIMITS).unwrap();
        let apex = root.elements().next().unwrap_or(&root);
        String::from_utf8(canonical(apex, None, prefixes)).unwrap()
    }

    /// Exclusive XML Canonicalization, section 3: a prefix that is listed is written where it is in scope.
    #[test]
    fn inclusive_prefixes() {
        let xml = "<n0:root xmlns=\"urn:d\" xmlns:n0=\"urn:0\" xmlns:n1=\"urn:1\"><n0:a><b/><n0:c xmlns=\"\"/></n0:a></n0:root>";
        let plain = "<n0:a xmlns:n0=\"urn:0\"><b xmlns=\"urn:d\"></b><n0:c></n0:c></n0:a>";
        assert_eq!(form(xml, &[]), plain);
        assert_eq!(form(xml, &["other"]), plain);
        let listed = "<n0:a xmlns=\"urn:d\" xmlns:n0=\"urn:0\"><b></b><n0:c xmlns=\"\"></n0:c></n0:a>";
        assert_eq!(form(xml, &[""]), listed);
        let other = "<n0:a xmlns:n0=\"urn:0\" xmlns:n1=\"urn:1\"><b xmlns=\"urn:d\"></b><n0:c></n0:c></n0:a>";
        assert_eq!(form(xml, &["n1"]), other);
    }

    #[test]
    fn names_of_namespaces_are_escaped() {
        assert_eq!(form("<a xmlns=\"urn:a?b&amp;c\"/>", &[]), "<a xmlns=\"urn:a?b&amp;c\"></a>");
    }
}
