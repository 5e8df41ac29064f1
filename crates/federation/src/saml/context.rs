//! Attributes as condition keys of trust policies.

/// Name of the attribute, condition key ("Mapping SAML attributes to AWS trust policy context keys"), and whether the
/// key may have many values ("Available keys for SAML-based AWS STS federation"), both of the IAM user guide. The
/// identifiers are AWS's, also those that differ from the standards'.
const KEYS: &[(&str, &str, bool)] = &[
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.1", "saml:edupersonaffiliation", true),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.2", "saml:edupersonnickname", true),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.3", "saml:edupersonorgdn", false),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.4", "saml:edupersonorgunitdn", true),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.5", "saml:edupersonprimaryaffiliation", false),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.6", "saml:edupersonprincipalname", false),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.7", "saml:edupersonentitlement", true),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.8", "saml:edupersonprimaryorgunitdn", false),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.9", "saml:edupersonscopedaffiliation", true),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.10", "saml:edupersontargetedid", true),
    ("urn:oid:1.3.6.1.4.1.5923.1.1.1.11", "saml:edupersonassurance", true),
    ("urn:oid:1.3.6.1.4.1.5923.1.2.1.2", "saml:eduorghomepageuri", true),
    ("urn:oid:1.3.6.1.4.1.5923.1.2.1.3", "saml:eduorgidentityauthnpolicyuri", true),
    ("urn:oid:1.3.6.1.4.1.5923.1.2.1.4", "saml:eduorglegalname", true),
    ("urn:oid:1.3.6.1.4.1.5923.1.2.1.5", "saml:eduorgsuperioruri", true),
    ("urn:oid:1.3.6.1.4.1.5923.1.2.1.6", "saml:eduorgwhitepagesuri", true),
    ("urn:oid:2.5.4.3", "saml:cn", true),
    ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "saml:name", true),
    ("http://schemas.xmlsoap.org/claims/CommonName", "saml:commonname", true),
    ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "saml:givenname", true),
    ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", "saml:surname", true),
    ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "saml:mail", true),
    ("http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid", "saml:uid", true),
    ("2.5.4.3", "saml:commonname", true),
    ("2.5.4.4", "saml:surname", true),
    ("2.4.5.42", "saml:givenname", true),
    ("2.5.4.45", "saml:x500uniqueidentifier", true),
    ("0.9.2342.19200300100.1.1", "saml:uid", true),
    ("0.9.2342.19200300100.1.3", "saml:mail", true),
    ("0.9.2342.19200300.100.1.45", "saml:organizationstatus", true),
];

/// The keys that the attributes give. "If you include more than one [claim per key], only one claim will be mapped":
/// here the first.
pub(super) fn keys(attributes: &[(String, Vec<String>)]) -> Vec<(&'static str, Vec<String>)> {
    let mut keys: Vec<(&'static str, Vec<String>)> = Vec::new();
    for (name, values) in attributes.iter().filter(|(_, values)| !values.is_empty()) {
        let Some((_, key, many)) = KEYS.iter().find(|(attribute, ..)| attribute == name) else { continue };
        if keys.iter().all(|(known, _)| known != key) {
            let take = if *many { values.len() } else { 1 };
            keys.push((key, values[..take].to_vec()));
        }
    }
    keys
}
