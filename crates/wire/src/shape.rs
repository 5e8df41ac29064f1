//! The two traits that a generated type implements, and `shape!`, which writes both.

use std::fmt;

use crate::format::{Reader, Writer};
use crate::reject::Reject;
use crate::schema::{Root, Schema};
use crate::stream::Stream;
use crate::time::Time;
use crate::value::{Blob, Document, Map};

/// A structure: its table, and its fields by position.
pub trait Shape: Send + Sync {
    /// The table of its members.
    fn schema(&self) -> &'static Schema;
    /// Field `i` of the table. Panics when there is none: tables and fields are written together.
    fn field(&self, i: usize) -> &dyn Field;
    /// Field `i` of the table, to be filled. Panics when there is none.
    fn field_mut(&mut self, i: usize) -> &mut dyn Field;
}

/// A value that a reader can fill and a writer can take.
pub trait Field {
    /// Fills itself. Lists and maps add to what they hold.
    fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject>;
    /// Writes itself.
    fn write(&self, to: &mut dyn Writer);
    /// Not to be written at all.
    fn is_absent(&self) -> bool {
        false
    }
}

macro_rules! scalar {
    ($($type:ty, $read:ident, $write:ident, $take:expr);* $(;)?) => { $(
        impl Field for $type {
            fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject> {
                *self = from.$read()?;
                Ok(())
            }
            fn write(&self, to: &mut dyn Writer) {
                let take: fn(&$type) -> _ = $take;
                to.$write(take(self));
            }
        }
    )* };
}

scalar! {
    bool, boolean, boolean, |v| *v;
    i64, long, long, |v| *v;
    f64, double, double, |v| *v;
    Time, time, time, |v| *v;
}

impl Field for i32 {
    fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject> {
        let long = from.long()?;
        *self = i32::try_from(long).map_err(|_| Reject::malformed(format!("{long} is out of range")))?;
        Ok(())
    }
    fn write(&self, to: &mut dyn Writer) {
        to.long(i64::from(*self));
    }
}

impl Field for f32 {
    fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject> {
        *self = from.double()? as f32;
        Ok(())
    }
    fn write(&self, to: &mut dyn Writer) {
        to.float(*self);
    }
}

impl Field for String {
    fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject> {
        *self = from.text()?;
        Ok(())
    }
    fn write(&self, to: &mut dyn Writer) {
        to.text(self);
    }
}

impl Field for Blob {
    fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject> {
        *self = from.blob()?;
        Ok(())
    }
    fn write(&self, to: &mut dyn Writer) {
        to.blob(self);
    }
}

impl Field for Document {
    fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject> {
        *self = from.document()?;
        Ok(())
    }
    fn write(&self, to: &mut dyn Writer) {
        to.document(self);
    }
}

impl Field for Stream {
    fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject> {
        *self = from.stream()?;
        Ok(())
    }
    fn write(&self, to: &mut dyn Writer) {
        to.stream(self);
    }
    fn is_absent(&self) -> bool {
        !self.is_present()
    }
}

impl<T: Field + Default> Field for Option<T> {
    fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject> {
        self.get_or_insert_with(T::default).read(from)
    }
    fn write(&self, to: &mut dyn Writer) {
        if let Some(value) = self {
            value.write(to);
        }
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Field> Field for Box<T> {
    fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject> {
        (**self).read(from)
    }
    fn write(&self, to: &mut dyn Writer) {
        (**self).write(to);
    }
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Field + Default> Field for Vec<T> {
    fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject> {
        from.list(&mut |reader| {
            let mut item = T::default();
            item.read(reader)?;
            self.push(item);
            Ok(())
        })
    }
    fn write(&self, to: &mut dyn Writer) {
        to.list(&mut self.iter().map(|item| item as &dyn Field));
    }
}

impl<T: Field + Default> Field for Map<T> {
    fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject> {
        from.map(&mut |key, reader| {
            let mut value = T::default();
            value.read(reader)?;
            self.insert(key, value);
            Ok(())
        })
    }
    fn write(&self, to: &mut dyn Writer) {
        to.map(&mut self.iter().map(|(key, value)| (key.as_str(), value as &dyn Field)));
    }
}

/// Writes a structure: its fields, its table and its two functions. One line per member.
///
/// ```
/// wire::shape! { #[derive(Clone)] Tag {
///     0 key: String = text("Key").required();
///     1 value: Option<String> = text("Value");
/// } }
/// let tag = Tag { key: "a".into(), value: None };
/// assert_eq!(format!("{tag:?}"), r#"Tag {"Key":"a"}"#);
/// ```
#[macro_export]
macro_rules! shape {
    ($(#[$attribute:meta])* $name:ident {
        $($i:literal $field:ident : $type:ty = $kind:ident($wire:literal) $(. $with:ident($($arg:expr),*))*;)*
        $(unlisted $hidden:literal $(. $hide:ident($($harg:expr),*))*;)*
        $(root $root:literal $(. $rwith:ident($($rarg:expr),*))*;)?
    }) => {
        $(#[$attribute])*
        #[derive(Default)]
        #[allow(missing_docs, unreachable_pub, reason = "members are AWS's; their page is named by the operation")]
        pub struct $name { $(pub $field: $type),* }

        #[allow(unreachable_pub, reason = "as public as the structure")]
        impl $name {
            /// The table of its members.
            pub const SCHEMA: &'static $crate::schema::Schema = {
                static MEMBERS: &[$crate::schema::Member] = &[$($crate::schema::$kind($wire)$(.$with($($arg),*))*),*];
                static UNLISTED: &[$crate::schema::Unlisted] = &[$($crate::schema::unlisted($hidden)$(.$hide($($harg),*))*),*];
                const HEADERS: usize = $crate::schema::count_headers(MEMBERS, UNLISTED);
                static SCHEMA: $crate::schema::Schema = $crate::schema::Schema {
                    name: stringify!($name),
                    members: MEMBERS,
                    unlisted: UNLISTED,
                    headers: &$crate::schema::sorted_headers::<HEADERS>(MEMBERS, UNLISTED),
                    root: $crate::__root!(stringify!($name) $(, $root $(.$rwith($($rarg),*))*)?),
                };
                &SCHEMA
            };
        }

        impl $crate::shape::Shape for $name {
            fn schema(&self) -> &'static $crate::schema::Schema {
                $name::SCHEMA
            }
            fn field(&self, i: usize) -> &dyn $crate::shape::Field {
                match i { $($i => &self.$field,)* _ => $crate::shape::no_such_field(i) }
            }
            fn field_mut(&mut self, i: usize) -> &mut dyn $crate::shape::Field {
                match i { $($i => &mut self.$field,)* _ => $crate::shape::no_such_field(i) }
            }
        }

        $crate::__shape_traits!($name);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __root {
    ($name:expr) => {
        $crate::schema::Root::named($name)
    };
    ($name:expr, $root:literal $(. $with:ident($($arg:expr),*))*) => {
        $crate::schema::Root::named($root)$(.$with($($arg),*))*
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __shape_traits {
    ($name:ident) => {
        impl $crate::shape::Field for $name {
            fn read(&mut self, from: &mut dyn $crate::format::Reader) -> Result<(), $crate::Reject> {
                from.shape(self)
            }
            fn write(&self, to: &mut dyn $crate::format::Writer) {
                to.shape(self);
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::shape::show(self, f)
            }
        }
    };
}

#[doc(hidden)]
#[cold]
#[track_caller]
pub fn no_such_field(i: usize) -> ! {
    panic!("the structure has no field {i}")
}

/// The structure of an operation without input or output.
#[derive(Default, Clone, Copy)]
pub struct Empty;

impl Empty {
    /// A table without members or name.
    pub const SCHEMA: &'static Schema = {
        static SCHEMA: Schema =
            Schema { name: "", members: &[], unlisted: &[], headers: &[], root: Root::named("") };
        &SCHEMA
    };
}

impl Shape for Empty {
    fn schema(&self) -> &'static Schema {
        Empty::SCHEMA
    }
    fn field(&self, i: usize) -> &dyn Field {
        no_such_field(i)
    }
    fn field_mut(&mut self, i: usize) -> &mut dyn Field {
        no_such_field(i)
    }
}

__shape_traits!(Empty);

/// Shows a structure for logs and tests: its name and its members as JSON, sensitive ones as `***`.
#[doc(hidden)]
pub fn show(value: &dyn Shape, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut json = crate::json::JsonWriter::redacting();
    json.shape(value);
    write!(f, "{} {}", value.schema().name, String::from_utf8_lossy(&json.finish()))
}

/// Collects the required members that a reader has not seen.
///
/// Readers call it at the end of a structure with one bit per member seen.
pub(crate) fn missing(schema: &Schema, seen: u64) -> Result<(), Reject> {
    let absent: Vec<String> = (schema.members.iter().enumerate())
        .filter(|(i, member)| member.required && seen & (1 << i) == 0)
        .map(|(_, member)| member.name.to_owned())
        .collect();
    if !absent.is_empty() {
        return Err(Reject::new(crate::Reason::Missing(absent)));
    }
    if schema.root.union && seen.count_ones() != 1 {
        return Err(Reject::malformed("exactly one member must be set"));
    }
    Ok(())
}
