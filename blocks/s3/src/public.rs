//! Whether a policy is public, by S3's own rules.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>, "The meaning of
//! public".

use policy::{Effect, Name, Policy, Statement};

/// One public statement makes the policy public. What is denied elsewhere does not count.
pub fn is_public(policy: &Policy) -> bool {
    policy.statements().iter().any(|s| s.effect() == Effect::Allow && !is_bound(s))
}

/// Whether a statement grants to fixed values only: of its principals, or of a condition.
fn is_bound(statement: &Statement) -> bool {
    let names_all = |name: &Name| matches!(name, Name::Everyone | Name::EveryAws);
    let names_some = !statement.is_not_principal() && !statement.principals().iter().any(names_all);
    names_some || statement.conditions().any(|(operator, key, operands)| binds(operator, key, operands))
}

/// Whether a condition holds for fixed values only. An operator that holds where the key is absent binds nobody.
fn binds(operator: &str, key: &str, operands: &[String]) -> bool {
    let operator = operator.strip_prefix("ForAnyValue:").unwrap_or(operator);
    let compares =
        ["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"].contains(&operator);
    match key.to_ascii_lowercase().as_str() {
        "aws:sourceip" => operator == "IpAddress" && operands.iter().all(|o| is_narrow(o)),
        "s3:dataaccesspointarn" => compares && operands.iter().all(|o| is_of_an_account(o)),
        "aws:principalaccount"
        | "aws:principalarn"
        | "aws:principalorgid"
        | "aws:sourceaccount"
        | "aws:sourcearn"
        | "aws:sourceowner"
        | "aws:sourcevpc"
        | "aws:sourcevpce"
        | "aws:userid"
        | "s3:dataaccesspointaccount" => compares && operands.iter().all(|o| is_fixed(o)),
        _ => false,
    }
}

/// Without wildcards and variables.
fn is_fixed(text: &str) -> bool {
    !text.contains(['*', '?']) && !text.contains("${")
}

/// An address, or a network not "broader than `/8` for IPv4 and `/32` for IPv6".
fn is_narrow(network: &str) -> bool {
    let Some((address, bits)) = network.split_once('/') else { return true };
    let bits_min = if address.contains(':') { 32 } else { 8 };
    bits.parse::<u8>().is_ok_and(|bits| bits >= bits_min)
}

/// An access point's ARN "can contain a wildcard for the access point name [..] as long as the account ID is fixed".
fn is_of_an_account(arn: &str) -> bool {
    arn.split(':').nth(4).is_some_and(|account| !account.is_empty() && is_fixed(account))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(statement: &str) -> bool {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"s3:*","Resource":"*",{statement}}}]}}"#
        );
        is_public(&Policy::parse(&text).unwrap())
    }

    #[test]
    fn principals() {
        for (principal, expected) in [
            (r#""Principal":"*""#, true),
            (r#""Principal":{"AWS":"*"}"#, true),
            (r#""Principal":{"AWS":["111122223333","*"]}"#, true),
            (r#""NotPrincipal":{"AWS":"111122223333"}"#, true),
            (r#""Principal":{"AWS":"111122223333"}"#, false),
            (r#""Principal":{"AWS":"arn:aws:iam::111122223333:role/r"}"#, false),
            (r#""Principal":{"Service":"cloudtrail.amazonaws.com"}"#, false),
        ] {
            assert_eq!(public(principal), expected, "{principal}");
        }
    }

    #[test]
    fn conditions() {
        for (condition, expected) in [
            (r#""StringEquals":{"aws:SourceVpc":"vpc-91237329"}"#, false),
            (r#""StringLike":{"aws:SourceVpc":"vpc-91237329"}"#, false),
            (r#""StringLike":{"aws:SourceVpc":"vpc-*"}"#, true),
            (r#""StringLike":{"aws:SourceVpc":["vpc-91237329","vpc-?"]}"#, true),
            (r#""StringNotEquals":{"aws:SourceVpc":"vpc-91237329"}"#, true),
            (r#""StringEqualsIfExists":{"aws:SourceVpc":"vpc-91237329"}"#, true),
            (r#""ForAnyValue:StringEquals":{"AWS:SourceVPCe":"vpce-1"}"#, false),
            (r#""ForAllValues:StringEquals":{"aws:SourceVpce":"vpce-1"}"#, true),
            (r#""StringEquals":{"aws:SourceAccount":"${aws:PrincipalAccount}"}"#, true),
            (r#""StringEquals":{"aws:PrincipalOrgID":"o-1"}"#, false),
            (r#""StringEquals":{"aws:userid":"AIDAEXAMPLE"}"#, false),
            (r#""StringLike":{"aws:userid":"AROAEXAMPLE:*"}"#, true),
            (r#""ArnLike":{"aws:SourceArn":"arn:aws:sns:us-east-1:111122223333:t"}"#, false),
            (r#""ArnLike":{"aws:SourceArn":"arn:aws:sns:us-east-1:111122223333:*"}"#, true),
            (
                r#""ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-west-2:123456789012:accesspoint/*"}"#,
                false,
            ),
            (r#""ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-west-2:*:accesspoint/a"}"#, true),
            (r#""IpAddress":{"aws:SourceIp":"203.0.113.7"}"#, false),
            (r#""IpAddress":{"aws:SourceIp":["10.0.0.0/8","2001:db8::/32"]}"#, false),
            (r#""IpAddress":{"aws:SourceIp":["10.0.0.0/8","0.0.0.0/1"]}"#, true),
            (r#""IpAddress":{"aws:SourceIp":"2000::/31"}"#, true),
            (r#""NotIpAddress":{"aws:SourceIp":"203.0.113.7"}"#, true),
            (r#""StringEquals":{"s3:prefix":"open/"}"#, true),
            (r#""StringEquals":{"s3:prefix":"open/","aws:SourceVpc":"vpc-1"}"#, false),
        ] {
            let statement = format!(r#""Principal":"*","Condition":{{{condition}}}"#);
            assert_eq!(public(&statement), expected, "{condition}");
        }
    }

    #[test]
    fn one_public_statement_is_enough_and_denials_do_not_count() {
        let statement = |effect: &str, principal: &str| {
            format!(r#"{{"Effect":"{effect}","Action":"s3:*","Resource":"*","Principal":{principal}}}"#)
        };
        let public = |statements: &[String]| {
            let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
            is_public(&Policy::parse(&text).unwrap())
        };
        let (own, all) = (r#"{"AWS":"111122223333"}"#, r#""*""#);
        assert!(public(&[statement("Allow", own), statement("Allow", all)]));
        assert!(public(&[statement("Allow", all), statement("Deny", all)]));
        assert!(!public(&[statement("Allow", own), statement("Deny", all)]));
    }
}
