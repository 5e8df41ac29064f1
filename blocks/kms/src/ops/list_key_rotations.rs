//! ListKeyRotations: every time a key got new material.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html>

use api_kms::{ListKeyRotations, ListKeyRotationsRequest, ListKeyRotationsResponse, RotationsListEntry};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    key::time,
    keyed::{About, on_key},
    limits::ROTATIONS_PER_PAGE,
    metadata,
    paging::Page,
    records::{How, Key, Version},
    spec::{Origin, Spec},
};

impl Handle<ListKeyRotations> for Kms {
    on_key!(ListKeyRotationsRequest, "kms:ListKeyRotations", |caller, input| About::key(
        caller,
        &input.key_id
    ));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListKeyRotations, Self>,
        input: ListKeyRotationsRequest,
    ) -> Answer<ListKeyRotationsResponse> {
        let key = &at.loaded.key;
        if key.spec != Spec::Symmetric {
            key.must_rotate()?;
        }
        let all = input.include_key_material.as_deref() == Some("ALL_KEY_MATERIAL");
        let page = Page::read(input.limit, input.marker.as_deref(), ROTATIONS_PER_PAGE)?;
        let versions =
            key.materials.iter().filter(|version| all || version.how != How::First && !version.is_pending);
        let (versions, next) = page.of(versions, |version| hex::encode(version.id));
        let now = cx.now().0;
        Ok(ListKeyRotationsResponse {
            rotations: Some(versions.into_iter().map(|version| entry(key, version, now)).collect()),
            truncated: Some(next.is_some()),
            next_marker: next,
        })
    }
}

fn entry(key: &Key, version: &Version, now_ms: u64) -> RotationsListEntry {
    let is_imported = key.origin == Origin::External;
    let is_current = key.current().is_some_and(|current| current.id == version.id);
    let state = match () {
        () if version.is_pending => "PENDING_ROTATION",
        () if is_current => "CURRENT",
        () => "NON_CURRENT",
    };
    let import = if version.is_there(now_ms) { "IMPORTED" } else { "PENDING_IMPORT" };
    let expires = version.expires_ms.filter(|_| version.is_there(now_ms));
    let rotated = version.how != How::First && !version.is_pending;
    RotationsListEntry {
        key_id: Some(key.arn()),
        key_material_id: Some(hex::encode(version.id)),
        key_material_description: version.description.clone(),
        import_state: is_imported.then(|| import.into()),
        key_material_state: Some(state.into()),
        expiration_model: (is_imported && version.is_there(now_ms))
            .then(|| metadata::expiration_model(expires).into()),
        valid_to: expires.and_then(time),
        rotation_date: if rotated { time(version.since_ms) } else { None },
        rotation_type: rotated
            .then(|| if version.how == How::Automatic { "AUTOMATIC" } else { "ON_DEMAND" }.into()),
    }
}
