//! DeleteImportedKeyMaterial: the key stays, and is good for nothing until its material is imported again.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteImportedKeyMaterial.html>

use api_kms::{
    DeleteImportedKeyMaterial, DeleteImportedKeyMaterialRequest, DeleteImportedKeyMaterialResponse,
};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms, importing,
    keyed::{About, on_key},
    records::Key,
    spec::Origin,
};

impl Handle<DeleteImportedKeyMaterial> for Kms {
    on_key!(DeleteImportedKeyMaterialRequest, "kms:DeleteImportedKeyMaterial", |caller, input| About::key(
        caller,
        &input.key_id
    ));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteImportedKeyMaterial, Self>,
        input: DeleteImportedKeyMaterialRequest,
    ) -> Answer<DeleteImportedKeyMaterialResponse> {
        let id = input.key_material_id.as_deref().map(importing::material_id).transpose()?;
        let change = |key: &mut Key| {
            key.must_be_of(Origin::External)?;
            importing::delete(key, id)
        };
        let key = self.change(cx, &at, &input, change).await?;
        self.kept.forget(&key);
        let id = id.or_else(|| key.current().map(|version| version.id));
        Ok(DeleteImportedKeyMaterialResponse {
            key_id: Some(key.arn()),
            key_material_id: id.map(hex::encode),
        })
    }
}
