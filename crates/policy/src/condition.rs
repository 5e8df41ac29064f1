//! The `Condition` element: every operator of "IAM JSON policy elements: Condition operators".
//!
//! The rules for absent keys, from the same page: a positive operator fails, a negated one holds, `...IfExists`
//! holds, `ForAllValues:` holds, `ForAnyValue:` fails.

use crate::{
    arn::{Arn, ArnPattern},
    pattern::{BadVariable, Pattern, Syntax},
    request::Context,
    value::{Network, Number, date_ms},
};
use std::{borrow::Cow, cmp::Ordering, net::IpAddr};

/// One operator with one key and its operands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    /// As the policy has them.
    pub(crate) operator: String,
    pub(crate) key: String,
    pub(crate) operands: Vec<String>,
    /// The key as [`Context::get`] wants it.
    lookup: String,
    quantifier: Quantifier,
    if_exists: bool,
    is_negated: bool,
    test: Test,
}

/// For keys with several values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quantifier {
    None,
    All,
    Any,
}

/// What one value is compared with.
#[derive(Clone, Debug, PartialEq)]
enum Test {
    Equals(Vec<Pattern>),
    EqualsIgnoringCase(Vec<Pattern>),
    Numbers(Compare, Vec<Number>),
    Dates(Compare, Vec<i64>),
    Bools(Vec<bool>),
    Binary(Vec<String>),
    Networks(Vec<Network>),
    Arns(Vec<ArnPattern>),
    /// Whether the key is absent.
    Null(Vec<bool>),
}

/// How an ordered value has to stand to its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compare {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Compare {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Compare::Equal => order.is_eq(),
            Compare::Less => order.is_lt(),
            Compare::LessOrEqual => order.is_le(),
            Compare::Greater => order.is_gt(),
            Compare::GreaterOrEqual => order.is_ge(),
        }
    }

    /// `Equals`, `LessThan`, ... and whether it is negated.
    fn parse(word: &str) -> Option<(Compare, bool)> {
        Some(match word {
            "Equals" => (Compare::Equal, false),
            "NotEquals" => (Compare::Equal, true),
            "LessThan" => (Compare::Less, false),
            "LessThanEquals" => (Compare::LessOrEqual, false),
            "GreaterThan" => (Compare::Greater, false),
            "GreaterThanEquals" => (Compare::GreaterOrEqual, false),
            _ => return None,
        })
    }
}

/// What is wrong with a condition.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BadCondition {
    Operator,
    Operand(String),
    Variable,
}

impl From<BadVariable> for BadCondition {
    fn from(_: BadVariable) -> Self {
        BadCondition::Variable
    }
}

impl Condition {
    /// Compiles one operator of a policy of version 2012-10-17 (`variables`) or before.
    pub(crate) fn parse(
        operator: &str,
        key: &str,
        operands: Vec<String>,
        variables: bool,
    ) -> Result<Condition, BadCondition> {
        let (quantifier, word) = match operator.split_once(':') {
            None => (Quantifier::None, operator),
            Some(("ForAllValues", word)) => (Quantifier::All, word),
            Some(("ForAnyValue", word)) => (Quantifier::Any, word),
            Some(_) => return Err(BadCondition::Operator),
        };
        let (word, if_exists) = match word.strip_suffix("IfExists") {
            Some(word) => (word, true),
            None => (word, false),
        };
        if word == "Null" && (if_exists || quantifier != Quantifier::None) {
            return Err(BadCondition::Operator);
        }
        let (test, is_negated) = Test::parse(word, &operands, variables)?;
        Ok(Condition {
            operator: operator.to_owned(),
            key: key.to_owned(),
            lookup: crate::pattern::fold_key(key),
            operands,
            quantifier,
            if_exists,
            is_negated,
            test,
        })
    }

    /// Whether the condition holds. An operand whose variable has no value fails an `Allow`, also where the operator
    /// is negated: nothing is granted by comparing with what is not there.
    pub(crate) fn holds(&self, context: &dyn Context, is_allow: bool) -> bool {
        let found = context.get(&self.lookup);
        let values = found.as_ref().map(|values| values.as_slice()).filter(|values| !values.is_empty());
        if let Test::Null(operands) = &self.test {
            return operands.contains(&values.is_none());
        }
        let Some(values) = values else {
            return self.if_exists
                || match self.quantifier {
                    Quantifier::All => true,
                    Quantifier::Any => false,
                    Quantifier::None => self.is_negated,
                };
        };
        if is_allow && self.is_negated && self.test.is_unfilled(context) {
            return false;
        }
        let one = |value: &Cow<'_, str>| self.test.matches(value, context);
        match self.quantifier {
            Quantifier::None => values.iter().any(one) != self.is_negated,
            Quantifier::All => values.iter().all(|value| one(value) != self.is_negated),
            Quantifier::Any => values.iter().any(|value| one(value) != self.is_negated),
        }
    }
}

impl Test {
    fn parse(word: &str, operands: &[String], variables: bool) -> Result<(Test, bool), BadCondition> {
        let texts = |wildcards| patterns(operands, Syntax { wildcards, variables });
        Ok(match word {
            "StringEquals" => (Test::Equals(texts(false)?), false),
            "StringNotEquals" => (Test::Equals(texts(false)?), true),
            "StringEqualsIgnoreCase" => (Test::EqualsIgnoringCase(texts(false)?), false),
            "StringNotEqualsIgnoreCase" => (Test::EqualsIgnoringCase(texts(false)?), true),
            "StringLike" => (Test::Equals(texts(true)?), false),
            "StringNotLike" => (Test::Equals(texts(true)?), true),
            "Bool" => (Test::Bools(each(operands, bool_of)?), false),
            "BinaryEquals" => (Test::Binary(each(operands, binary_of)?), false),
            "IpAddress" => (Test::Networks(each(operands, Network::parse)?), false),
            "NotIpAddress" => (Test::Networks(each(operands, Network::parse)?), true),
            "ArnEquals" | "ArnLike" => (Test::Arns(arns(operands, variables)?), false),
            "ArnNotEquals" | "ArnNotLike" => (Test::Arns(arns(operands, variables)?), true),
            "Null" => (Test::Null(each(operands, bool_of)?), false),
            _ => {
                if let Some(rest) = word.strip_prefix("Numeric") {
                    let (compare, is_negated) = Compare::parse(rest).ok_or(BadCondition::Operator)?;
                    (Test::Numbers(compare, each(operands, Number::parse)?), is_negated)
                } else {
                    let rest = word.strip_prefix("Date").ok_or(BadCondition::Operator)?;
                    let (compare, is_negated) = Compare::parse(rest).ok_or(BadCondition::Operator)?;
                    (Test::Dates(compare, each(operands, date_ms)?), is_negated)
                }
            }
        })
    }

    /// Whether `value` is like any of the operands. A value that is not of the operator's type is like none.
    fn matches(&self, value: &str, context: &dyn Context) -> bool {
        match self {
            Test::Equals(operands) => operands.iter().any(|operand| operand.matches(value, context)),
            Test::EqualsIgnoringCase(operands) => {
                operands.iter().any(|operand| operand.equals_ignoring_case(value, context))
            }
            Test::Numbers(compare, operands) => Number::parse(value)
                .is_some_and(|value| operands.iter().any(|operand| compare.holds(value.compare(operand)))),
            Test::Dates(compare, operands) => date_ms(value)
                .is_some_and(|value| operands.iter().any(|operand| compare.holds(value.cmp(operand)))),
            Test::Bools(operands) => bool_of(value).is_some_and(|value| operands.contains(&value)),
            Test::Binary(operands) => operands.iter().any(|operand| operand == value),
            Test::Networks(operands) => value
                .parse::<IpAddr>()
                .is_ok_and(|address| operands.iter().any(|network| network.contains(address))),
            Test::Arns(operands) => {
                let arn = Arn::new(value);
                operands.iter().any(|operand| operand.matches(&arn, context))
            }
            Test::Null(_) => false,
        }
    }

    fn is_unfilled(&self, context: &dyn Context) -> bool {
        match self {
            Test::Equals(operands) | Test::EqualsIgnoringCase(operands) => {
                operands.iter().any(|operand| operand.is_unfilled(context))
            }
            Test::Arns(operands) => operands.iter().any(|operand| operand.is_unfilled(context)),
            _ => false,
        }
    }
}

fn patterns(operands: &[String], syntax: Syntax) -> Result<Vec<Pattern>, BadCondition> {
    operands.iter().map(|text| Ok(Pattern::parse(text, syntax)?)).collect()
}

fn arns(operands: &[String], variables: bool) -> Result<Vec<ArnPattern>, BadCondition> {
    operands.iter().map(|text| Ok(ArnPattern::parse(text, variables)?)).collect()
}

fn each<T>(operands: &[String], parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, BadCondition> {
    operands.iter().map(|text| parse(text).ok_or_else(|| BadCondition::Operand(text.clone()))).collect()
}

fn bool_of(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// Binary values are compared in base64, byte for byte.
fn binary_of(text: &str) -> Option<String> {
    let letters = text.trim_end_matches('=');
    let is_base64 = text.len().is_multiple_of(4)
        && text.len() - letters.len() <= 2
        && letters.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'));
    is_base64.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Values;

    struct Keys<'a>(&'a [(&'a str, &'a [&'a str])]);

    impl Context for Keys<'_> {
        fn get(&self, key: &str) -> Option<Values<'_>> {
            let (_, values) = self.0.iter().find(|(name, _)| *name == key)?;
            Some(match values {
                [one] => Values::from(*one),
                many => Values::Many(many.iter().map(|value| Cow::Borrowed(*value)).collect()),
            })
        }
    }

    /// The request of every row.
    const KEYS: Keys<'static> = Keys(&[
        ("s:text", &["Value"]),
        ("s:number", &["10"]),
        ("s:date", &["2020-01-01T00:00:00Z"]),
        ("s:bool", &["true"]),
        ("s:binary", &["QmluYXJ5"]),
        ("s:ip", &["203.0.113.7"]),
        ("s:arn", &["arn:aws:sns:eu-west-1:111122223333:topic:a"]),
        ("s:tags", &["a", "b"]),
        ("s:empty", &[]),
        ("aws:username", &["Value"]),
        ("aws:many", &["x", "y"]),
    ]);

    fn holds(operator: &str, key: &str, operands: &[&str]) -> bool {
        let operands = operands.iter().map(|text| (*text).to_owned()).collect();
        Condition::parse(operator, key, operands, true).unwrap().holds(&KEYS, true)
    }

    #[test]
    fn operators() {
        let table: &[(&str, &str, &[&str], bool)] = &[
            ("StringEquals", "s:text", &["Value"], true),
            ("StringEquals", "S:TEXT", &["other", "Value"], true),
            ("StringEquals", "s:text", &["value"], false),
            ("StringEquals", "s:text", &["Val*"], false),
            ("StringEquals", "s:text", &["${aws:username}"], true),
            ("StringEquals", "s:text", &[], false),
            ("StringNotEquals", "s:text", &["other"], true),
            ("StringNotEquals", "s:text", &["other", "Value"], false),
            ("StringNotEquals", "s:text", &[], true),
            ("StringNotEquals", "s:text", &["${aws:none}"], false),
            ("StringNotEquals", "s:text", &["${aws:many}"], false),
            ("StringNotEquals", "s:text", &["${aws:none, 'x'}"], true),
            ("StringEqualsIgnoreCase", "s:text", &["vALUE"], true),
            ("StringEqualsIgnoreCase", "s:text", &["vALUES"], false),
            ("StringNotEqualsIgnoreCase", "s:text", &["vALUE"], false),
            ("StringLike", "s:text", &["V?l*"], true),
            ("StringLike", "s:text", &["v?l*"], false),
            ("StringNotLike", "s:text", &["V*"], false),
            ("NumericEquals", "s:number", &["10.0"], true),
            ("NumericNotEquals", "s:number", &["10"], false),
            ("NumericLessThan", "s:number", &["10"], false),
            ("NumericLessThanEquals", "s:number", &["10"], true),
            ("NumericGreaterThan", "s:number", &["9"], true),
            ("NumericGreaterThanEquals", "s:number", &["11"], false),
            ("NumericEquals", "s:text", &["10"], false),
            ("DateEquals", "s:date", &["1577836800"], true),
            ("DateNotEquals", "s:date", &["2020-01-01"], false),
            ("DateLessThan", "s:date", &["2020-01-01T00:00:01Z"], true),
            ("DateLessThanEquals", "s:date", &["2019-12-31"], false),
            ("DateGreaterThan", "s:date", &["2019-12-31"], true),
            ("DateGreaterThanEquals", "s:date", &["2020-01-01"], true),
            ("Bool", "s:bool", &["True"], true),
            ("Bool", "s:bool", &["false"], false),
            ("Bool", "s:none", &["false"], false),
            ("BinaryEquals", "s:binary", &["QmluYXJ5"], true),
            ("BinaryEquals", "s:binary", &["QmluYXJ6"], false),
            ("IpAddress", "s:ip", &["203.0.113.0/24"], true),
            ("NotIpAddress", "s:ip", &["203.0.113.0/24", "10.0.0.0/8"], false),
            ("IpAddress", "s:text", &["0.0.0.0/0"], false),
            ("ArnEquals", "s:arn", &["arn:aws:sns:*:111122223333:topic:*"], true),
            ("ArnLike", "s:arn", &["arn:aws:sns:*:topic:*"], false),
            ("ArnNotEquals", "s:arn", &["arn:aws:sqs"], true),
            ("ArnNotLike", "s:arn", &["arn:aws:sns:*"], false),
            ("ArnLike", "s:text", &["arn:*"], false),
            ("Null", "s:none", &["true"], true),
            ("Null", "s:none", &["false"], false),
            ("Null", "s:text", &["false"], true),
            ("Null", "s:empty", &["true"], true),
        ];
        for (operator, key, operands, expected) in table {
            assert_eq!(holds(operator, key, operands), *expected, "{operator} {key} {operands:?}");
        }
    }

    #[test]
    fn absent_keys_and_sets() {
        let table: &[(&str, &str, &[&str], bool)] = &[
            ("StringEquals", "s:none", &["x"], false),
            ("StringNotEquals", "s:none", &["x"], true),
            ("NotIpAddress", "s:none", &["0.0.0.0/0"], true),
            ("StringEqualsIfExists", "s:none", &["x"], true),
            ("StringEqualsIfExists", "s:text", &["x"], false),
            ("ForAllValues:StringEquals", "s:none", &["x"], true),
            ("ForAllValues:StringEquals", "s:empty", &["x"], true),
            ("ForAnyValue:StringEquals", "s:none", &["x"], false),
            ("ForAnyValue:StringNotEquals", "s:none", &["x"], false),
            ("ForAnyValue:StringEqualsIfExists", "s:none", &["x"], true),
            ("ForAllValues:StringEquals", "s:tags", &["a", "b", "c"], true),
            ("ForAllValues:StringEquals", "s:tags", &["a", "c"], false),
            ("ForAllValues:StringNotEquals", "s:tags", &["c"], true),
            ("ForAllValues:StringNotEquals", "s:tags", &["a"], false),
            ("ForAnyValue:StringEquals", "s:tags", &["b", "c"], true),
            ("ForAnyValue:StringEquals", "s:tags", &["c"], false),
            ("ForAnyValue:StringNotEquals", "s:tags", &["a"], true),
            ("ForAnyValue:StringNotEquals", "s:tags", &["a", "b"], false),
            ("ForAnyValue:StringLike", "s:tags", &["?"], true),
        ];
        for (operator, key, operands, expected) in table {
            assert_eq!(holds(operator, key, operands), *expected, "{operator} {key} {operands:?}");
        }
    }

    #[test]
    fn what_is_no_condition() {
        let parse = |operator: &str, operand: &str| {
            Condition::parse(operator, "aws:x", vec![operand.to_owned()], true).unwrap_err()
        };
        for operator in [
            "",
            "stringEquals",
            "StringEqual",
            "ForSomeValues:StringEquals",
            "NullIfExists",
            "ForAnyValue:Null",
            "NotBool",
            "NumericLike",
            "Date",
            "StringEqualsIfExistsIfExists",
        ] {
            assert_eq!(parse(operator, "x"), BadCondition::Operator, "{operator}");
        }
        for (operator, operand) in [
            ("NumericEquals", "ten"),
            ("DateEquals", "today"),
            ("Bool", "yes"),
            ("BinaryEquals", "a"),
            ("IpAddress", "256.0.0.1"),
            ("Null", "maybe"),
        ] {
            assert_eq!(parse(operator, operand), BadCondition::Operand(operand.to_owned()));
        }
        assert_eq!(parse("StringEquals", "${aws:username"), BadCondition::Variable);
    }
}
