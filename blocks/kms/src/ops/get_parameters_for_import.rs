//! GetParametersForImport: a public key to wrap key material with.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html>

use api_kms::{GetParametersForImport, GetParametersForImportRequest, GetParametersForImportResponse};
use floor::fault::internal;
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    fault::Refused,
    importing::ImportToken,
    key::time,
    keyed::{About, on_key},
    limits::IMPORT_TOKEN_MS,
    material::{self, WrappingAlgorithm},
    spec::{Origin, Spec},
    store::off,
};

impl Handle<GetParametersForImport> for Kms {
    on_key!(GetParametersForImportRequest, "kms:GetParametersForImport", |caller, input| About::key(
        caller,
        &input.key_id
    )
    .with("kms:WrappingAlgorithm", input.wrapping_algorithm.clone())
    .with("kms:WrappingKeySpec", input.wrapping_key_spec.clone()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetParametersForImport, Self>,
        input: GetParametersForImportRequest,
    ) -> Answer<GetParametersForImportResponse> {
        let key = &at.loaded.key;
        key.must_be_of(Origin::External)?;
        key.staying()?;
        let spec = Spec::parse(&input.wrapping_key_spec).filter(|spec| spec.modulus_bytes().is_some());
        let algorithm = WrappingAlgorithm::parse(&input.wrapping_algorithm).filter(|a| a.is_for(key.spec));
        let (Some(spec), Some(algorithm)) = (spec, algorithm) else {
            return Err(Refused::Unsupported(format!(
                "Wrapping algorithm {} with wrapping key spec {} is not supported for key spec {}.",
                input.wrapping_algorithm,
                input.wrapping_key_spec,
                key.spec.text()
            ))
            .into());
        };
        let wrapping = off(move || material::wrapping_key(spec)).await?;
        let (private, public) = wrapping.map_err(|e| internal(e.to_string()))?;
        let valid_to_ms = cx.now().0 + IMPORT_TOKEN_MS;
        let token = ImportToken { private: private.to_vec(), algorithm, valid_to_ms };
        Ok(GetParametersForImportResponse {
            key_id: Some(key.arn()),
            import_token: Some(token.sealed(cx.seal(), key).into()),
            public_key: Some(public.into()),
            parameters_valid_to: time(valid_to_ms),
        })
    }
}
