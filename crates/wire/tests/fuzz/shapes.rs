//! Structures with every kind of member, for the targets.

use wire::schema::TimeFormat;
use wire::{Blob, Map, Time, shape};

shape! {
    #[derive(Clone)]
    Root {
        0 text: Option<String> = text("Text");
        1 flag: Option<bool> = boolean("Flag");
        2 small: Option<i32> = integer("Small");
        3 large: Option<i64> = long("Large");
        4 float: Option<f32> = float("Float");
        5 double: Option<f64> = double("Double");
        6 blob: Option<Blob> = blob("Blob");
        7 time: Option<Time> = time("Time").time(TimeFormat::Iso);
        8 list: Option<Vec<String>> = list("List");
        9 flat: Option<Vec<Inner>> = list("Flat").xml("Item").flat();
        10 map: Option<Map<i32>> = map("Map");
        11 entries: Option<Map<Inner>> = map("Entries").xml("Entry").entry("Name", "Value").flat();
        12 inner: Option<Inner> = shape("Inner");
        13 again: Option<Box<Root>> = shape("Again");
        14 nested: Option<Vec<Vec<i32>>> = list("Nested").item("item");
        unlisted "Hidden".wire("Hide");
    }
}

shape! {
    #[derive(Clone)]
    Inner {
        0 key: String = text("Key").required();
        1 value: Option<String> = text("Value");
        2 mark: Option<String> = text("Mark").attribute();
    }
}

shape! {
    #[derive(Clone)]
    Http {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key");
        2 text: Option<String> = text("Text").query("text");
        3 numbers: Option<Vec<i32>> = list("Numbers").query("n");
        4 words: Option<Vec<String>> = list("Words").header("x-words");
        5 times: Option<Vec<Time>> = list("Times").header("x-times");
        6 since: Option<Time> = time("Since").header("if-modified-since");
        7 meta: Option<Map<String>> = map("Meta").prefix("x-meta-");
        8 size: Option<i64> = long("Size").header("x-size");
        9 all: Option<Map<Vec<String>>> = map("All").query_map();
        unlisted "Acl".wire("x-acl").header("x-acl");
    }
}
