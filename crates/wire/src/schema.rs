//! What a structure looks like on the wire: data only, written by `cargo xtask codegen`.

/// A structure of a service's model.
#[derive(Debug)]
pub struct Schema {
    /// The model's name of the structure; empty for [`crate::Empty`].
    pub name: &'static str,
    /// The listed members, in the model's order. At most 64.
    pub members: &'static [Member],
    /// Members of the model that are not listed: refused by name when a request carries them.
    pub unlisted: &'static [Unlisted],
    /// The headers among both, sorted by name; see [`sorted_headers`].
    pub headers: &'static [HeaderRow],
    /// How the structure stands at the root of an XML document.
    pub root: Root,
}

/// A header and where it stands: a position among the members, or behind [`UNLISTED`] among the unlisted ones.
pub type HeaderRow = (&'static str, u16);

/// Positions from here on are those of unlisted members.
pub const UNLISTED: u16 = 1 << 8;

/// How many members stand in headers of their own.
#[must_use]
pub const fn count_headers(members: &[Member], unlisted: &[Unlisted]) -> usize {
    let (mut count, mut i) = (0, 0);
    while i < members.len() {
        count += matches!(members[i].at, At::Header(_)) as usize;
        i += 1;
    }
    i = 0;
    while i < unlisted.len() {
        count += matches!(unlisted[i].at, At::Header(_)) as usize;
        i += 1;
    }
    count
}

/// The table of [`Schema::headers`], made when the program is compiled. `N` is [`count_headers`].
#[must_use]
pub const fn sorted_headers<const N: usize>(members: &[Member], unlisted: &[Unlisted]) -> [HeaderRow; N] {
    let mut rows: [HeaderRow; N] = [("", 0); N];
    let (mut count, mut i) = (0, 0);
    while i < members.len() + unlisted.len() {
        let (at, place) = if i < members.len() {
            (members[i].at, i as u16)
        } else {
            (unlisted[i - members.len()].at, UNLISTED + (i - members.len()) as u16)
        };
        if let At::Header(name) = at {
            let mut slot = count;
            while slot > 0 && before(name, rows[slot - 1].0) {
                rows[slot] = rows[slot - 1];
                slot -= 1;
            }
            rows[slot] = (name, place);
            count += 1;
        }
        i += 1;
    }
    rows
}

/// Byte order of two names; `str`'s own is not const.
const fn before(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return a[i] < b[i];
        }
        i += 1;
    }
    a.len() < b.len()
}

/// How a structure stands at the root of an XML document.
#[derive(Debug, Clone, Copy)]
pub struct Root {
    /// Element name.
    pub name: &'static str,
    /// Exactly one member may be present (a Smithy union).
    pub union: bool,
    /// The only member is itself the root element (S3's `GetBucketLocation`).
    pub unwrapped: bool,
    /// Prefix and address of the structure's own XML namespace; both empty without one.
    pub namespace: (&'static str, &'static str),
}

impl Root {
    /// A plain root element.
    #[must_use]
    pub const fn named(name: &'static str) -> Root {
        Root { name, union: false, unwrapped: false, namespace: ("", "") }
    }

    /// Exactly one member may be present.
    #[must_use]
    pub const fn union(mut self) -> Root {
        self.union = true;
        self
    }

    /// The only member is itself the root element.
    #[must_use]
    pub const fn unwrapped(mut self) -> Root {
        self.unwrapped = true;
        self
    }

    /// The structure brings its own XML namespace.
    #[must_use]
    pub const fn namespace(mut self, prefix: &'static str, address: &'static str) -> Root {
        self.namespace = (prefix, address);
        self
    }
}

/// A member of the model that is not listed.
#[derive(Debug, Clone, Copy)]
pub struct Unlisted {
    /// The model's name.
    pub name: &'static str,
    /// Its element or form name, where that differs; otherwise the same.
    pub wire: &'static str,
    /// Where it would stand in a request.
    pub at: At,
}

/// An unlisted member of the body.
#[must_use]
pub const fn unlisted(name: &'static str) -> Unlisted {
    Unlisted { name, wire: name, at: At::Body }
}

impl Unlisted {
    /// Its element or form name.
    #[must_use]
    pub const fn wire(mut self, wire: &'static str) -> Unlisted {
        self.wire = wire;
        self
    }

    /// It stands in a header.
    #[must_use]
    pub const fn header(mut self, header: &'static str) -> Unlisted {
        self.at = At::Header(header);
        self
    }

    /// It stands in headers with this prefix.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Unlisted {
        self.at = At::Prefix(prefix);
        self
    }

    /// It stands in the query string.
    #[must_use]
    pub const fn query(mut self, key: &'static str) -> Unlisted {
        self.at = At::Query(key);
        self
    }
}

/// Where a member stands in an HTTP message; RPC protocols put all of them into the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// In the document of the body.
    Body,
    /// In the path, under this label.
    Label(&'static str),
    /// In the query string, under this key.
    Query(&'static str),
    /// Every parameter of the query string, those of other members too (as Smithy's servers do).
    QueryMap,
    /// In this header (lower case).
    Header(&'static str),
    /// In all headers with this prefix (lower case).
    Prefix(&'static str),
    /// It is the whole body.
    Payload,
    /// The HTTP status.
    Status,
}

/// What kind of value a member holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    Text,
    Blob,
    Time,
    Document,
    Stream,
    List,
    Map,
    Shape,
}

/// How a point in time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFormat {
    /// What the place and protocol say: HTTP date in headers, seconds in JSON and CBOR, ISO 8601 elsewhere.
    ByPlace,
    /// `2009-10-12T17:50:30Z`.
    Iso,
    /// `Mon, 12 Oct 2009 17:50:30 GMT`.
    Http,
    /// Seconds since 1970, with a fraction when there is one.
    Epoch,
}

/// Names that differ by protocol.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    /// Element name in XML, and name in `awsQuery` forms.
    pub xml: &'static str,
    /// Name in `ec2Query` forms.
    pub ec2: &'static str,
    /// Element of a list.
    pub item: &'static str,
    /// Key of a map's entry.
    pub key: &'static str,
    /// Value of a map's entry.
    pub value: &'static str,
}

/// What the model allows a value to be. Services own the wording of a violation.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Shortest text, blob (bytes), list or map, or smallest number.
    pub min: Option<i64>,
    /// Longest text (characters), blob (bytes), list or map, or largest number.
    pub max: Option<i64>,
    /// The words allowed in a text; empty when any is.
    pub words: &'static [&'static str],
    /// The regular expression of the model, as it stands there; empty when there is none. Not checked here.
    pub pattern: &'static str,
    /// Limits of a list's items or a map's values.
    pub item: Option<&'static Limits>,
    /// Limits of a map's keys.
    pub key: Option<&'static Limits>,
}

impl Limits {
    /// No limit at all, to start from.
    pub const NONE: Limits = Limits { min: None, max: None, words: &[], pattern: "", item: None, key: None };
}

/// One member of a structure.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is a trait of the model")]
pub struct Member {
    /// The model's name; the key in JSON and CBOR.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Where it stands.
    pub at: At,
    /// Its other names.
    pub names: Names,
    /// A request without it is refused.
    pub required: bool,
    /// A list or map without an element of its own: its items stand side by side.
    pub flat: bool,
    /// Not to be shown in logs.
    pub sensitive: bool,
    /// An XML attribute.
    pub attribute: bool,
    /// In `awsQuery`, the request's own URL when absent (SQS's `QueueUrl`).
    pub from_url: bool,
    /// A text that is JSON: in base64 when it stands in a header.
    pub media: bool,
    /// Its format, when it is (or holds) a point in time.
    pub time: TimeFormat,
    /// XML namespace of its element: prefix and address, both empty without one.
    pub namespace: (&'static str, &'static str),
    /// What the model allows.
    pub limits: &'static Limits,
}

/// Stands where no member has been entered yet.
pub static ROOT: Member = Member::new("", Kind::Shape);

impl Member {
    /// A member of the body.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind) -> Member {
        Member {
            name,
            kind,
            at: At::Body,
            names: Names { xml: name, ec2: name, item: "member", key: "key", value: "value" },
            required: false,
            flat: false,
            sensitive: false,
            attribute: false,
            from_url: false,
            media: false,
            time: TimeFormat::ByPlace,
            namespace: ("", ""),
            limits: &Limits::NONE,
        }
    }

    /// A request without it is refused.
    #[must_use]
    pub const fn required(mut self) -> Member {
        self.required = true;
        self
    }

    /// Its name in XML and `awsQuery`, and in `ec2Query` unless [`Member::ec2`] follows.
    #[must_use]
    pub const fn xml(mut self, name: &'static str) -> Member {
        self.names.xml = name;
        self
    }

    /// Its name in `ec2Query`.
    #[must_use]
    pub const fn ec2(mut self, name: &'static str) -> Member {
        self.names.ec2 = name;
        self
    }

    /// The element of a list's items.
    #[must_use]
    pub const fn item(mut self, name: &'static str) -> Member {
        self.names.item = name;
        self
    }

    /// The elements of a map's entry.
    #[must_use]
    pub const fn entry(mut self, key: &'static str, value: &'static str) -> Member {
        self.names.key = key;
        self.names.value = value;
        self
    }

    /// Items stand side by side, without an element around them.
    #[must_use]
    pub const fn flat(mut self) -> Member {
        self.flat = true;
        self
    }

    /// Not to be shown in logs.
    #[must_use]
    pub const fn sensitive(mut self) -> Member {
        self.sensitive = true;
        self
    }

    /// An XML attribute.
    #[must_use]
    pub const fn attribute(mut self) -> Member {
        self.attribute = true;
        self
    }

    /// In `awsQuery`, the request's own URL when absent.
    #[must_use]
    pub const fn from_url(mut self) -> Member {
        self.from_url = true;
        self
    }

    /// A text that is JSON: in base64 when it stands in a header.
    #[must_use]
    pub const fn media(mut self) -> Member {
        self.media = true;
        self
    }

    /// Format of a point in time.
    #[must_use]
    pub const fn time(mut self, format: TimeFormat) -> Member {
        self.time = format;
        self
    }

    /// XML namespace of its element.
    #[must_use]
    pub const fn namespace(mut self, prefix: &'static str, address: &'static str) -> Member {
        self.namespace = (prefix, address);
        self
    }

    /// What the model allows.
    #[must_use]
    pub const fn limits(mut self, limits: &'static Limits) -> Member {
        self.limits = limits;
        self
    }

    /// It stands in the path.
    #[must_use]
    pub const fn label(mut self, label: &'static str) -> Member {
        self.at = At::Label(label);
        self
    }

    /// It stands in the query string.
    #[must_use]
    pub const fn query(mut self, key: &'static str) -> Member {
        self.at = At::Query(key);
        self
    }

    /// It takes all that the query string holds.
    #[must_use]
    pub const fn query_map(mut self) -> Member {
        self.at = At::QueryMap;
        self
    }

    /// It stands in a header (lower case).
    #[must_use]
    pub const fn header(mut self, header: &'static str) -> Member {
        self.at = At::Header(header);
        self
    }

    /// It stands in headers with this prefix (lower case).
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Member {
        self.at = At::Prefix(prefix);
        self
    }

    /// It is the whole body.
    #[must_use]
    pub const fn payload(mut self) -> Member {
        self.at = At::Payload;
        self
    }

    /// It is the HTTP status.
    #[must_use]
    pub const fn status(mut self) -> Member {
        self.at = At::Status;
        self
    }
}

macro_rules! kinds {
    ($($function:ident $kind:ident),*) => { $(
        #[doc = concat!("A member that holds a value of kind [`Kind::", stringify!($kind), "`].")]
        #[must_use]
        pub const fn $function(name: &'static str) -> Member {
            Member::new(name, Kind::$kind)
        }
    )* };
}

kinds! {
    boolean Boolean, integer Integer, long Long, float Float, double Double, text Text, blob Blob, time Time,
    document Document, stream Stream, list List, map Map, shape Shape
}
