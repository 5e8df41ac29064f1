//! A structure whose table is made while the test runs.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value as Json;
use wire::format::{Reader, Writer};
use wire::{Blob, Document, Field, Reject, Schema, Shape, Stream, Time};
use xtask::codegen::lower::Type;

/// The plans of a model, by the name of the structure. Leaked: schemas are static.
pub type Plans = &'static OnceLock<BTreeMap<String, Plan>>;

/// What a structure is made from.
pub struct Plan {
    pub schema: &'static Schema,
    pub types: Vec<Type>,
    /// Names of the model, which differ from those of the wire.
    pub names: Vec<String>,
}

pub struct Dynamic {
    plan: &'static Plan,
    slots: Vec<Slot>,
}

/// A field: a type, and perhaps a value.
pub struct Slot {
    ty: &'static Type,
    plans: Plans,
    value: Option<Value>,
}

enum Value {
    Boolean(bool),
    Integer(i32),
    Long(i64),
    Float(f32),
    Double(f64),
    Text(String),
    Blob(Blob),
    Time(Time),
    Document(Document),
    Stream(Stream),
    List(Vec<Slot>),
    Map(BTreeMap<String, Slot>),
    Shape(Box<Dynamic>),
}

impl Dynamic {
    pub fn new(plans: Plans, name: &str) -> Dynamic {
        let plan = &plans.get().unwrap()[name];
        let slots = plan.types.iter().map(|ty| Slot { ty, plans, value: None }).collect();
        Dynamic { plan, slots }
    }

    /// Takes the values of a test vector, under the model's names.
    pub fn fill(&mut self, values: &Json) {
        for (name, value) in values.as_object().into_iter().flatten() {
            let i = self.plan.names.iter().position(|n| n == name);
            let i = i.unwrap_or_else(|| panic!("{} has no member {name}", self.plan.schema.name));
            if !value.is_null() {
                self.slots[i].fill(value);
            }
        }
    }
}

impl Slot {
    fn empty(&self, ty: &'static Type) -> Slot {
        Slot { ty, plans: self.plans, value: None }
    }

    fn fill(&mut self, json: &Json) {
        let number = || json.as_f64().or_else(|| json.as_str()?.parse().ok()).unwrap();
        let text = || json.as_str().unwrap_or_default().to_owned();
        self.value = Some(match self.ty {
            Type::Boolean => Value::Boolean(json.as_bool().unwrap()),
            Type::Integer => Value::Integer(json.as_i64().unwrap() as i32),
            Type::Long => Value::Long(json.as_i64().unwrap()),
            Type::Float => Value::Float(number() as f32),
            Type::Double => Value::Double(number()),
            Type::Text if json.is_string() => Value::Text(text()),
            // A `jsonvalue` is given as what it says.
            Type::Text => Value::Text(json.to_string()),
            Type::Blob => Value::Blob(Blob::from(text())),
            Type::Time => Value::Time(Time::from_epoch(number()).unwrap()),
            Type::Document => Value::Document(Document::new(&json.to_string()).unwrap()),
            Type::Stream => Value::Stream(Stream::from(Blob::from(text()))),
            Type::List(item) => Value::List(
                (json.as_array().unwrap().iter())
                    .filter(|json| !json.is_null())
                    .map(|json| {
                        let mut slot = self.empty(item);
                        slot.fill(json);
                        slot
                    })
                    .collect(),
            ),
            Type::Map(value) => Value::Map(
                (json.as_object().unwrap().iter())
                    .filter(|(_, json)| !json.is_null())
                    .map(|(key, json)| {
                        let mut slot = self.empty(value);
                        slot.fill(json);
                        (key.clone(), slot)
                    })
                    .collect(),
            ),
            Type::Shape(name) => {
                let mut inner = Dynamic::new(self.plans, name);
                inner.fill(json);
                Value::Shape(Box::new(inner))
            }
        });
    }
}

impl Shape for Dynamic {
    fn schema(&self) -> &'static Schema {
        self.plan.schema
    }
    fn field(&self, i: usize) -> &dyn Field {
        &self.slots[i]
    }
    fn field_mut(&mut self, i: usize) -> &mut dyn Field {
        &mut self.slots[i]
    }
}

impl Field for Slot {
    fn read(&mut self, from: &mut dyn Reader) -> Result<(), Reject> {
        let value = match self.ty {
            Type::Boolean => Value::Boolean(from.boolean()?),
            Type::Integer => {
                let mut number = 0_i32;
                number.read(from)?;
                Value::Integer(number)
            }
            Type::Long => Value::Long(from.long()?),
            Type::Float => Value::Float(from.double()? as f32),
            Type::Double => Value::Double(from.double()?),
            Type::Text => Value::Text(from.text()?),
            Type::Blob => Value::Blob(from.blob()?),
            Type::Time => Value::Time(from.time()?),
            Type::Document => Value::Document(from.document()?),
            Type::Stream => Value::Stream(from.stream()?),
            Type::List(item) => {
                let mut list =
                    if let Some(Value::List(list)) = self.value.take() { list } else { Vec::new() };
                from.list(&mut |reader| {
                    let mut slot = self.empty(item);
                    slot.read(reader)?;
                    list.push(slot);
                    Ok(())
                })?;
                Value::List(list)
            }
            Type::Map(inner) => {
                let mut map =
                    if let Some(Value::Map(map)) = self.value.take() { map } else { BTreeMap::new() };
                from.map(&mut |key, reader| {
                    let mut slot = self.empty(inner);
                    slot.read(reader)?;
                    map.insert(key, slot);
                    Ok(())
                })?;
                Value::Map(map)
            }
            Type::Shape(name) => {
                let mut inner = Dynamic::new(self.plans, name);
                from.shape(&mut inner)?;
                Value::Shape(Box::new(inner))
            }
        };
        self.value = Some(value);
        Ok(())
    }

    fn write(&self, to: &mut dyn Writer) {
        match self.value.as_ref().unwrap() {
            Value::Boolean(value) => to.boolean(*value),
            Value::Integer(value) => to.long(i64::from(*value)),
            Value::Long(value) => to.long(*value),
            Value::Float(value) => to.float(*value),
            Value::Double(value) => to.double(*value),
            Value::Text(value) => to.text(value),
            Value::Blob(value) => to.blob(value),
            Value::Time(value) => to.time(*value),
            Value::Document(value) => to.document(value),
            Value::Stream(value) => to.stream(value),
            Value::List(list) => to.list(&mut list.iter().map(|item| item as &dyn Field)),
            Value::Map(map) => {
                to.map(&mut map.iter().map(|(key, value)| (key.as_str(), value as &dyn Field)));
            }
            Value::Shape(inner) => to.shape(&**inner),
        }
    }

    fn is_absent(&self) -> bool {
        match &self.value {
            None => true,
            Some(Value::Stream(stream)) => !stream.is_present(),
            Some(_) => false,
        }
    }
}
