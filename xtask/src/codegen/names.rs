//! Names of the model as names of Rust.

/// `MD5OfMessageBody` as `md5_of_message_body`.
#[must_use]
pub fn snake(name: &str) -> String {
    // Names that the rule below would tear apart.
    let name = name.replace("ETag", "Etag").replace("SSEKMS", "SseKms").replace("SSECustomer", "SseCustomer");
    let chars: Vec<char> = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let mut snake = String::new();
    for (i, c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(i + 1);
        let starts_word = c.is_ascii_uppercase()
            && before.is_some_and(|b| {
                b.is_ascii_lowercase()
                    || (b != '_' && after.is_some_and(char::is_ascii_lowercase) && !is_plural(&chars, i))
            });
        if starts_word {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

/// `ARNs`, `IDs`: the last capital belongs to the word before.
fn is_plural(chars: &[char], i: usize) -> bool {
    chars.get(i + 1) == Some(&'s') && chars.get(i + 2).is_none_or(char::is_ascii_uppercase)
}

/// A field's name; words that Rust keeps for itself are escaped.
#[must_use]
pub fn field(name: &str) -> String {
    let snake = snake(name);
    match snake.as_str() {
        "type" | "match" | "ref" | "use" | "where" | "async" | "as" | "in" | "for" | "loop" | "mod"
        | "move" | "static" | "struct" | "enum" | "fn" | "impl" | "trait" | "true" | "false" | "return"
        | "const" | "continue" | "break" | "else" | "if" | "let" | "mut" | "pub" | "while" | "dyn"
        | "yield" | "final" | "override" | "macro" | "box" | "priv" | "virtual" | "abstract" | "do"
        | "typeof" | "unsized" | "try" | "await" | "extern" | "unsafe" | "gen" => format!("r#{snake}"),
        "self" | "super" | "crate" => format!("{snake}_"),
        _ => snake,
    }
}

/// A constant's name.
#[must_use]
pub fn constant(name: &str) -> String {
    snake(name).to_ascii_uppercase()
}

/// A type's name: the model's, starting with a capital.
#[must_use]
pub fn type_name(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_words_as_people_do() {
        for (name, expected) in [
            ("QueueUrl", "queue_url"),
            ("queueUrls", "queue_urls"),
            ("MD5OfMessageBody", "md5_of_message_body"),
            ("ETag", "etag"),
            ("ChecksumCRC32C", "checksum_crc32c"),
            ("ChecksumCRC64NVME", "checksum_crc64nvme"),
            ("AWSAccountIds", "aws_account_ids"),
            ("MFADelete", "mfa_delete"),
            ("SSEKMSKeyId", "sse_kms_key_id"),
            ("ContentMD5", "content_md5"),
            ("TopicARNs", "topic_arns"),
            ("Key", "key"),
        ] {
            assert_eq!(snake(name), expected);
        }
        assert_eq!(field("Type"), "r#type");
        assert_eq!(type_name("topicARN"), "TopicARN");
    }
}
