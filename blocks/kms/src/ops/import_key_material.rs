//! ImportKeyMaterial: key material from outside.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html>

use api_kms::{ImportKeyMaterial, ImportKeyMaterialRequest, ImportKeyMaterialResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    fault::Refused,
    importing::{self, Arrived, ImportToken},
    keyed::{About, on_key},
    material,
    spec::Origin,
    store::{off, sealed},
};

impl Handle<ImportKeyMaterial> for Kms {
    on_key!(ImportKeyMaterialRequest, "kms:ImportKeyMaterial", |caller, input| About::key(
        caller,
        &input.key_id
    )
    .with_some("kms:ExpirationModel", input.expiration_model.clone())
    .with_some("kms:ValidTo", input.valid_to.map(|to| to.seconds().to_string())));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ImportKeyMaterial, Self>,
        input: ImportKeyMaterialRequest,
    ) -> Answer<ImportKeyMaterialResponse> {
        let key = &at.loaded.key;
        key.must_be_of(Origin::External)?;
        key.staying()?;
        let now = cx.now().0;
        let expires = importing::expires(&input, now)?;
        let token = ImportToken::open(cx.seal(), key, &input.import_token, now)?;
        let (spec, wrapped) = (key.spec, input.encrypted_key_material.clone());
        let unwrapped = off(move || {
            let bytes = material::unwrap(&token.private, token.algorithm, &wrapped)
                .map_err(|_| Refused::Ciphertext)?;
            material::open(spec, &bytes).map_err(|_| importing::not_of(spec))?;
            Ok::<_, Refused>(bytes)
        });
        let bytes = unwrapped.await??;
        let (id, sealed) = sealed(cx.seal(), key.account, key.id, &bytes);
        let arrived = Arrived { id, sealed, expires, now };
        let (given, arrived) = (&input, &arrived);
        let key = self.change(cx, &at, given, |key| importing::arrive(key, given, arrived)).await?;
        Ok(ImportKeyMaterialResponse { key_id: Some(key.arn()), key_material_id: Some(hex::encode(id)) })
    }
}
