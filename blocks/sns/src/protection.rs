//! Data protection policies: kept and given back; nothing scans messages by them.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-message-data-protection-policies.html>

use floor::Answer;
use serde_json::{Map, Value};

use crate::{fault, limits};

/// Whether a topic may have this policy.
pub(crate) fn check(policy: &str, fifo: bool) -> Answer<()> {
    if fifo {
        return Err(fault::invalid(
            "DataProtectionPolicy Reason: FIFO topics do not support data protection policies",
        ));
    }
    if policy.len() > limits::PROTECTION_BYTES_MAX {
        return Err(fault::invalid("DataProtectionPolicy Reason: Maximum length of 30,720 exceeded"));
    }
    let bad = || fault::invalid("DataProtectionPolicy Reason: failed to parse JSON.");
    let policy: Map<String, Value> = serde_json::from_str(policy).map_err(|_| bad())?;
    for name in ["Name", "Version"] {
        if !policy.get(name).is_some_and(Value::is_string) {
            return Err(fault::invalid(format!("DataProtectionPolicy Reason: {name} is required")));
        }
    }
    if policy.get("Statement").and_then(Value::as_array).is_none_or(Vec::is_empty) {
        return Err(fault::invalid("DataProtectionPolicy Reason: Statement is required"));
    }
    Ok(())
}
