//! A document as a tree with resolved namespaces.
//!
//! What could be read in two ways is refused: document types and entities beyond the five of XML, processing
//! instructions, prefixes without a namespace, duplicate attributes. Comments are dropped and the text around them is
//! one text, which is what the canonical form says (a comment in a name must not cut it short).

use std::rc::Rc;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS_NAMESPACE: &str = "http://www.w3.org/2000/xmlns/";

/// Depth of elements. SAML nests ten deep; the tree is walked by recursion.
const DEPTH_MAX: usize = 64;

/// Attributes of one element, declarations included: they are compared with each other.
const ATTRIBUTES_MAX: usize = 64;

/// How large a document may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes of text.
    pub(crate) bytes_max: usize,
    /// Elements.
    pub(crate) elements_max: usize,
}

#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) prefix: String,
    pub(crate) local: String,
    pub(crate) namespace: Rc<str>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) children: Vec<Node>,
    /// The namespaces in scope.
    scope: Rc<Scope>,
}

#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) prefix: String,
    pub(crate) local: String,
    pub(crate) namespace: Rc<str>,
    pub(crate) value: String,
}

/// The declarations of an element and, through `outer`, of those around it.
#[derive(Debug, Default)]
struct Scope {
    declared: Vec<(String, Rc<str>)>,
    outer: Option<Rc<Scope>>,
}

impl Scope {
    fn find(&self, prefix: &str) -> Option<&Rc<str>> {
        let mut scope = Some(self);
        while let Some(here) = scope {
            if let Some((_, namespace)) = here.declared.iter().find(|(declared, _)| declared == prefix) {
                return Some(namespace);
            }
            scope = here.outer.as_deref();
        }
        None
    }
}

impl Element {
    pub(crate) fn is(&self, namespace: &str, local: &str) -> bool {
        self.local == local && &*self.namespace == namespace
    }

    /// The value of an attribute without namespace.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|a| a.local == name && a.namespace.is_empty());
        found.map(|attribute| attribute.value.as_str())
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub(crate) fn all<'e>(&'e self, namespace: &'e str, local: &'e str) -> impl Iterator<Item = &'e Element> {
        self.elements().filter(move |element| element.is(namespace, local))
    }

    /// The one child of that name; `Err` when there are several.
    pub(crate) fn one<'e>(
        &'e self,
        namespace: &'e str,
        local: &'e str,
    ) -> Result<Option<&'e Element>, String> {
        let mut all = self.all(namespace, local);
        let first = all.next();
        if all.next().is_some() { Err(format!("two elements {local}")) } else { Ok(first) }
    }

    /// The text of an element that has nothing else; `None` when it has elements.
    pub(crate) fn text(&self) -> Option<String> {
        let mut text = String::new();
        for node in &self.children {
            match node {
                Node::Text(part) => text.push_str(part),
                Node::Element(_) => return None,
            }
        }
        Some(text)
    }

    /// The namespace that a prefix stands for here.
    pub(crate) fn namespace_of(&self, prefix: &str) -> Option<&Rc<str>> {
        self.scope.find(prefix)
    }

    /// This element and all below it.
    pub(crate) fn each<'e>(&'e self, visit: &mut dyn FnMut(&'e Element)) {
        visit(self);
        for element in self.elements() {
            element.each(visit);
        }
    }
}

/// XML 1.0, production 2.
fn is_character(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

fn checked(text: &str) -> Result<&str, String> {
    if text.chars().all(is_character) { Ok(text) } else { Err("a control character".to_owned()) }
}

fn is_name(name: &str) -> bool {
    let is_start = |c: char| c.is_alphabetic() || c == '_';
    let mut characters = name.chars();
    characters.next().is_some_and(is_start)
        && characters.all(|c| is_start(c) || c.is_numeric() || matches!(c, '-' | '.' | '\u{B7}'))
}

fn split(name: &str) -> Result<(&str, &str), String> {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    if is_name(local) && (prefix.is_empty() && !name.starts_with(':') || is_name(prefix)) {
        Ok((prefix, local))
    } else {
        Err(format!("{name:?} is not a name"))
    }
}

/// Reads a document. The error is for the log.
pub(crate) fn parse(text: &str, limits: Limits) -> Result<Element, String> {
    if text.len() > limits.bytes_max {
        return Err(format!("{} bytes of XML", text.len()));
    }
    checked(text)?;
    let mut builder = Builder { open: Vec::new(), root: None, elements: 0, limits, scope: Rc::default() };
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut first = true;
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(start) => builder.start(&start)?,
            Event::End(_) => builder.end()?,
            Event::Text(part) => {
                // Only in a CDATA section may these three stand.
                if part.contains("]]>") {
                    return Err("]]> in a text".to_owned());
                }
                builder.text(&part.xml10_content())?;
            }
            Event::CData(part) => builder.text(&part.xml10_content())?,
            Event::GeneralRef(entity) => builder.text(resolve(&entity)?.encode_utf8(&mut [0; 4]))?,
            Event::Comment(_) => {}
            Event::Decl(declaration) if first => match declaration.encoding() {
                Some(Ok(name)) if !name.eq_ignore_ascii_case("utf-8") => {
                    return Err("an encoding other than UTF-8".to_owned());
                }
                Some(Err(e)) => return Err(e.to_string()),
                _ => {}
            },
            Event::Decl(_) => return Err("a declaration within the document".to_owned()),
            Event::PI(_) => return Err("a processing instruction".to_owned()),
            Event::DocType(_) => return Err("a document type".to_owned()),
            Event::Empty(_) => return Err("an empty element that was not expanded".to_owned()),
            Event::Eof => break,
        }
        first = false;
    }
    if !builder.open.is_empty() {
        return Err("an element without end".to_owned());
    }
    builder.root.ok_or_else(|| "no element".to_owned())
}

struct Builder {
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
    limits: Limits,
    scope: Rc<Scope>,
}

impl Builder {
    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        self.elements += 1;
        if self.root.is_some() {
            return Err("two roots".to_owned());
        }
        if self.open.len() >= DEPTH_MAX {
            return Err("nested too deep".to_owned());
        }
        if self.elements > self.limits.elements_max {
            return Err("too many elements".to_owned());
        }
        let outer = self.open.last().map_or(&self.scope, |parent| &parent.scope);
        let element = element(start, outer)?;
        self.open.push(element);
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        let element = self.open.pop().ok_or("an end without a start")?;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn text(&mut self, part: &str) -> Result<(), String> {
        checked(part)?;
        match self.open.last_mut() {
            // Around a comment, an entity or a CDATA section it is still one text.
            Some(parent) => match parent.children.last_mut() {
                Some(Node::Text(text)) => text.push_str(part),
                _ => parent.children.push(Node::Text(part.to_owned())),
            },
            None if part.bytes().all(|b| b.is_ascii_whitespace()) => {}
            None => return Err("text outside of the root".to_owned()),
        }
        Ok(())
    }
}

fn element(start: &BytesStart<'_>, outer: &Rc<Scope>) -> Result<Element, String> {
    let mut declared: Vec<(String, Rc<str>)> = Vec::new();
    let mut plain = Vec::new();
    for (n, attribute) in start.attributes().enumerate() {
        let attribute = attribute.map_err(|e| e.to_string())?;
        if n >= ATTRIBUTES_MAX {
            return Err("too many attributes".to_owned());
        }
        if attribute.value.contains('<') {
            return Err("< in an attribute".to_owned());
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|e| e.to_string())?;
        checked(&value)?;
        let (prefix, local) = split(attribute.key.into_inner())?;
        match (prefix, local) {
            ("", "xmlns") => declared.push((String::new(), declaration("", &value)?)),
            ("xmlns", prefix) => declared.push((prefix.to_owned(), declaration(prefix, &value)?)),
            _ => plain.push((prefix.to_owned(), local.to_owned(), value.into_owned())),
        }
    }
    let scope = if declared.is_empty() {
        Rc::clone(outer)
    } else {
        Rc::new(Scope { declared, outer: Some(Rc::clone(outer)) })
    };
    let mut attributes: Vec<Attribute> = Vec::with_capacity(plain.len());
    for (prefix, local, value) in plain {
        let namespace = if prefix.is_empty() { "".into() } else { resolve_prefix(&scope, &prefix)? };
        if attributes.iter().any(|other| other.local == local && other.namespace == namespace) {
            return Err(format!("two attributes {local}"));
        }
        attributes.push(Attribute { prefix, local, namespace, value });
    }
    let (prefix, local) = split(start.name().into_inner())?;
    let namespace = resolve_prefix(&scope, prefix)?;
    let (prefix, local) = (prefix.to_owned(), local.to_owned());
    Ok(Element { prefix, local, namespace, attributes, children: Vec::new(), scope })
}

fn declaration(prefix: &str, namespace: &str) -> Result<Rc<str>, String> {
    let reserved = matches!(prefix, "xml" | "xmlns");
    let undeclares = !prefix.is_empty() && namespace.is_empty();
    if reserved || undeclares || matches!(namespace, XML_NAMESPACE | XMLNS_NAMESPACE) {
        return Err(format!("the prefix {prefix:?} cannot stand for {namespace:?}"));
    }
    Ok(namespace.into())
}

fn resolve_prefix(scope: &Scope, prefix: &str) -> Result<Rc<str>, String> {
    match prefix {
        "xml" => Ok(XML_NAMESPACE.into()),
        "" => Ok(scope.find("").cloned().unwrap_or_default()),
        _ => scope.find(prefix).cloned().ok_or_else(|| format!("the prefix {prefix:?} is not declared")),
    }
}

/// A numeric character reference, or one of the five entities that XML itself defines.
fn resolve(entity: &BytesRef<'_>) -> Result<char, String> {
    if let Some(character) = entity.resolve_char_ref().map_err(|e| e.to_string())? {
        return Ok(character);
    }
    match &**entity {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        other => Err(format!("the entity {other:?}")),
    }
}
