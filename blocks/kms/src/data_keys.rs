//! What the GenerateDataKey operations share.

use floor::{Answer, Cx, fault::internal};

use crate::{
    fault::Refused,
    material::{self, Secret},
    records::Key,
    spec::{Spec, Usage},
    store::off,
};

/// How many bytes are asked for.
pub(crate) fn bytes(spec: Option<&str>, number: Option<i32>) -> Result<usize, Refused> {
    match (spec, number) {
        (Some("AES_256"), None) => Ok(32),
        (Some(_), None) => Ok(16), // AES_128; others are none of the model's
        (None, Some(number)) => Ok(usize::try_from(number).unwrap_or(0)),
        _ => Err(Refused::validation("Please specify either number of bytes or key spec.")),
    }
}

/// Data keys are encrypted by symmetric keys only.
pub(crate) fn must_be_symmetric(key: &Key) -> Result<(), Refused> {
    if key.spec == Spec::Symmetric {
        return Ok(());
    }
    Err(Refused::Algorithm { algorithm: "SYMMETRIC_DEFAULT".into(), spec: key.spec.text() })
}

/// The kind of key pair that is asked for.
pub(crate) fn pair_spec(name: &str) -> Result<Spec, Refused> {
    Spec::parse(name)
        .ok_or_else(|| Refused::Unsupported(format!("KeyPairSpec {name} is not supported in this region.")))
}

/// A key pair: PKCS #8 and SubjectPublicKeyInfo.
pub(crate) struct DataPair {
    pub(crate) private: Secret,
    pub(crate) public: Vec<u8>,
}

/// Makes one.
pub(crate) async fn pair(cx: &Cx, spec: Spec) -> Answer<DataPair> {
    if spec.usages() == [Usage::EncapsulateDecapsulate] {
        // Its private key has a standard form (RFC 9935), which none of the libraries here writes.
        let why = format!("KeyPairSpec {} is not supported.", spec.text());
        return Err(Refused::Unsupported(why).into());
    }
    let random = cx.env().random.clone();
    let made = off(move || {
        let private = material::generate(spec, &random)?;
        let public = material::open(spec, &private)?.public()?;
        Ok::<_, material::Unusable>(DataPair { private, public })
    });
    made.await?.map_err(|e| internal(e.to_string()))
}
