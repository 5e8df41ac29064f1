//! Tags of virtual MFA devices.

use api_iam::{
    ListMFADeviceTags, ListMFADeviceTagsRequest, ListMFADeviceTagsResponse, TagMFADevice,
    TagMFADeviceRequest, UntagMFADevice, UntagMFADeviceRequest,
};
use floor::{Answer, Check, Get};
use wire::Empty;

use crate::{
    act::{Act, Ask, Books},
    paging, tags,
};

impl Act for TagMFADevice {
    const ACTION: &'static str = "iam:TagMFADevice";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &TagMFADeviceRequest) -> Answer<Check> {
        Ok(tags::in_request(ask.on_mfa(Self::ACTION, &input.serial_number).await?, Some(&input.tags)))
    }

    async fn act(books: &Books, input: &TagMFADeviceRequest) -> Answer<Empty> {
        let mut mfa = books.mfa(&input.serial_number).await?;
        tags::add(&mut mfa.tags, &input.tags)?;
        books.save_mfa(&mfa);
        Ok(Empty)
    }
}

impl Act for UntagMFADevice {
    const ACTION: &'static str = "iam:UntagMFADevice";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UntagMFADeviceRequest) -> Answer<Check> {
        let check = ask.on_mfa(Self::ACTION, &input.serial_number).await?;
        Ok(tags::keys_in_request(check, input.tag_keys.clone()))
    }

    async fn act(books: &Books, input: &UntagMFADeviceRequest) -> Answer<Empty> {
        let mut mfa = books.mfa(&input.serial_number).await?;
        tags::remove(&mut mfa.tags, &input.tag_keys);
        books.save_mfa(&mfa);
        Ok(Empty)
    }
}

impl Act for ListMFADeviceTags {
    const ACTION: &'static str = "iam:ListMFADeviceTags";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListMFADeviceTagsRequest) -> Answer<Check> {
        ask.on_mfa(Self::ACTION, &input.serial_number).await
    }

    async fn act(books: &Books, input: &ListMFADeviceTagsRequest) -> Answer<ListMFADeviceTagsResponse> {
        let mfa = books.mfa(&input.serial_number).await?;
        let page = paging::of_list(tags::shown(&mfa.tags), (input.marker.as_ref(), input.max_items))?;
        Ok(ListMFADeviceTagsResponse {
            is_truncated: Some(page.is_truncated()),
            tags: Some(page.items),
            marker: page.marker,
        })
    }
}
