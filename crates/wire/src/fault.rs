//! What a caller is told when an operation fails, and what only the log may know.

use std::borrow::Cow;
use std::fmt;

use http::{HeaderName, HeaderValue};

use crate::operation::ErrorMeta;
use crate::shape::Shape;

/// The result of an operation.
pub type Answer<T> = Result<T, Fault>;

/// A failure as the caller will read it, with a private cause for the log.
///
/// `Display` shows code and message only; `Debug` shows the cause too.
pub struct Fault(Box<Parts>);

struct Parts {
    meta: Option<&'static ErrorMeta>,
    code: Cow<'static, str>,
    status: u16,
    message: Cow<'static, str>,
    in_query: Option<Cow<'static, str>>,
    fields: Vec<(Cow<'static, str>, String)>,
    detail: Option<Box<dyn Shape>>,
    headers: Vec<(HeaderName, HeaderValue)>,
    cause: Option<String>,
    by_policy: bool,
}

impl Fault {
    /// An error of the model.
    pub fn new(meta: &'static ErrorMeta, message: impl Into<Cow<'static, str>>) -> Fault {
        Fault::parts(Some(meta), Cow::Borrowed(meta.code), meta.status, message.into())
    }

    /// An error that the model does not have, by its code.
    pub fn coded(
        code: impl Into<Cow<'static, str>>,
        status: u16,
        message: impl Into<Cow<'static, str>>,
    ) -> Fault {
        Fault::parts(None, code.into(), status, message.into())
    }

    fn parts(
        meta: Option<&'static ErrorMeta>,
        code: Cow<'static, str>,
        status: u16,
        message: Cow<'static, str>,
    ) -> Fault {
        let (fields, headers) = (Vec::new(), Vec::new());
        Fault(Box::new(Parts {
            meta,
            code,
            status,
            message,
            in_query: None,
            fields,
            detail: None,
            headers,
            cause: None,
            by_policy: false,
        }))
    }

    /// A further member of the error's document, such as S3's `BucketName`.
    #[must_use]
    pub fn with(mut self, field: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Fault {
        self.0.fields.push((field.into(), value.into()));
        self
    }

    /// The error's own structure, for those of the model that say more than a message.
    #[must_use]
    pub fn carrying(mut self, detail: Box<dyn Shape>) -> Fault {
        self.0.detail = Some(detail);
        self
    }

    /// Other words for callers of the query protocol, where a service has kept the old ones there.
    #[must_use]
    pub fn in_query(mut self, message: impl Into<Cow<'static, str>>) -> Fault {
        self.0.in_query = Some(message.into());
        self
    }

    /// A header of the answer. A value that no header can carry is left out.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: &str) -> Fault {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.0.headers.push((name, value));
        }
        self
    }

    /// What only the log may know.
    #[must_use]
    pub fn because(mut self, cause: impl fmt::Display) -> Fault {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// Policies refused the caller.
    #[must_use]
    pub fn by_policy(mut self) -> Fault {
        self.0.by_policy = true;
        self
    }

    /// Whether policies refused the caller; other things too are answered with the codes of denial.
    pub fn is_by_policy(&self) -> bool {
        self.0.by_policy
    }

    /// The error of the model, when it is one.
    pub fn meta(&self) -> Option<&'static ErrorMeta> {
        self.0.meta
    }

    /// The code in XML and query answers.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The name in JSON and CBOR answers: the model's name of the error, or else the code.
    pub fn shape(&self) -> &str {
        self.0.meta.map_or(&self.0.code, |meta| meta.shape)
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// Whether the sender is to blame.
    pub fn sender(&self) -> bool {
        self.0.meta.map_or(self.0.status < 500, |meta| meta.sender)
    }

    /// What the caller may read.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The message, unless it is empty or the error's own structure says it.
    pub(crate) fn plain_message(&self) -> Option<&str> {
        let said = self.detail().is_some_and(|detail| {
            let mut members = detail.schema().members.iter().enumerate();
            members.any(|(i, member)| {
                member.name.eq_ignore_ascii_case("message") && !detail.field(i).is_absent()
            })
        });
        (!said && !self.0.message.is_empty()).then_some(&*self.0.message)
    }

    /// The words for callers of the query protocol, where they are others.
    pub fn query_message(&self) -> Option<&str> {
        self.0.in_query.as_deref()
    }

    /// Further members of the error's document.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.fields.iter().map(|(name, value)| (name.as_ref(), value.as_str()))
    }

    /// The error's own structure.
    pub fn detail(&self) -> Option<&dyn Shape> {
        self.0.detail.as_deref()
    }

    /// Headers of the answer.
    pub fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.0.headers
    }

    /// What only the log may know.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.message())
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.status(), self.code(), self.message())?;
        for (name, value) in self.fields() {
            write!(f, ", {name}: {value:?}")?;
        }
        match self.cause() {
            Some(cause) => write!(f, " (because {cause})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}
