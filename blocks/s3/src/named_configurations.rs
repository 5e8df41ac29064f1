//! Put, Get, List and Delete of the configurations that have ids: a family of sixteen, written once.

use api_s3::{
    DeleteBucketAnalyticsConfiguration, DeleteBucketAnalyticsConfigurationRequest,
    DeleteBucketIntelligentTieringConfiguration, DeleteBucketIntelligentTieringConfigurationRequest,
    DeleteBucketInventoryConfiguration, DeleteBucketInventoryConfigurationRequest,
    DeleteBucketMetricsConfiguration, DeleteBucketMetricsConfigurationRequest,
    GetBucketAnalyticsConfiguration, GetBucketAnalyticsConfigurationOutput,
    GetBucketAnalyticsConfigurationRequest, GetBucketIntelligentTieringConfiguration,
    GetBucketIntelligentTieringConfigurationOutput, GetBucketIntelligentTieringConfigurationRequest,
    GetBucketInventoryConfiguration, GetBucketInventoryConfigurationOutput,
    GetBucketInventoryConfigurationRequest, GetBucketMetricsConfiguration,
    GetBucketMetricsConfigurationOutput, GetBucketMetricsConfigurationRequest,
    ListBucketAnalyticsConfigurations, ListBucketAnalyticsConfigurationsOutput,
    ListBucketAnalyticsConfigurationsRequest, ListBucketIntelligentTieringConfigurations,
    ListBucketIntelligentTieringConfigurationsOutput, ListBucketIntelligentTieringConfigurationsRequest,
    ListBucketInventoryConfigurations, ListBucketInventoryConfigurationsOutput,
    ListBucketInventoryConfigurationsRequest, ListBucketMetricsConfigurations,
    ListBucketMetricsConfigurationsOutput, ListBucketMetricsConfigurationsRequest,
    PutBucketAnalyticsConfiguration, PutBucketAnalyticsConfigurationRequest,
    PutBucketIntelligentTieringConfiguration, PutBucketIntelligentTieringConfigurationRequest,
    PutBucketInventoryConfiguration, PutBucketInventoryConfigurationRequest, PutBucketMetricsConfiguration,
    PutBucketMetricsConfigurationRequest,
};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::{Answer, Empty};

use crate::{
    S3,
    analyses::{Analytics, Metrics, Tiering},
    bucket::{InBucket, in_bucket, place},
    contents,
    inventory::Inventory,
    many::Named,
};

macro_rules! configurations {
    ($kind:ty: $change:literal, $see:literal;
     $put:ident($put_request:ident), $get:ident($get_request:ident) -> $get_output:ident . $one:ident,
     $list:ident($list_request:ident) -> $list_output:ident . $all:ident, $delete:ident($delete_request:ident)) => {
        impl Handle<$put> for S3 {
            type Loaded = InBucket;

            const ACTIONS: &'static [&'static str] = &[$change];

            fn place(&self, caller: &Caller, input: &$put_request) -> Answer<Placement> {
                place(caller, &input.bucket)
            }

            async fn resource<R: Get>(
                &self,
                _: &Caller,
                read: &R,
                input: &$put_request,
            ) -> Answer<Target<InBucket>> {
                let owner = input.expected_bucket_owner.as_deref();
                self.in_bucket(read, &input.bucket, owner, |bucket| {
                    vec![<$kind>::keys(bucket.check($change), &input.$one)]
                })
                .await
            }

            async fn handle(
                &self,
                cx: &mut Cx,
                at: Admitted<$put, Self>,
                input: $put_request,
            ) -> Answer<Empty> {
                at.loaded.or_elsewhere(cx, &input.bucket).await?;
                let one = <$kind>::read(&input.$one, &input.id)?;
                self.put_named(cx, &at, &input, &input.bucket, &one).await
            }
        }

        impl Handle<$get> for S3 {
            in_bucket!($get_request, $see);

            async fn handle(
                &self,
                cx: &mut Cx,
                at: Admitted<$get, Self>,
                input: $get_request,
            ) -> Answer<$get_output> {
                let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
                let one: $kind = self.named(&cx.view(&at.place).await?, bucket, &input.id).await?;
                Ok($get_output { $one: Some(one.shown()) })
            }
        }

        impl Handle<$list> for S3 {
            in_bucket!($list_request, $see);

            async fn handle(
                &self,
                cx: &mut Cx,
                at: Admitted<$list, Self>,
                input: $list_request,
            ) -> Answer<$list_output> {
                let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
                let view = cx.view(&at.place).await?;
                let page =
                    self.all_named::<$kind, _>(&view, bucket, input.continuation_token.as_deref()).await?;
                Ok($list_output {
                    is_truncated: Some(page.next.is_some()),
                    continuation_token: input.continuation_token,
                    next_continuation_token: page.next,
                    $all: contents::some(page.found.iter().map(Named::shown).collect()),
                })
            }
        }

        impl Handle<$delete> for S3 {
            in_bucket!($delete_request, $change);

            async fn handle(
                &self,
                cx: &mut Cx,
                at: Admitted<$delete, Self>,
                input: $delete_request,
            ) -> Answer<Empty> {
                at.loaded.or_elsewhere(cx, &input.bucket).await?;
                self.delete_named::<$kind, _>(cx, &at, &input, &input.bucket, &input.id).await
            }
        }
    };
}

configurations!(Analytics: "s3:PutAnalyticsConfiguration", "s3:GetAnalyticsConfiguration";
    PutBucketAnalyticsConfiguration(PutBucketAnalyticsConfigurationRequest),
    GetBucketAnalyticsConfiguration(GetBucketAnalyticsConfigurationRequest)
        -> GetBucketAnalyticsConfigurationOutput.analytics_configuration,
    ListBucketAnalyticsConfigurations(ListBucketAnalyticsConfigurationsRequest)
        -> ListBucketAnalyticsConfigurationsOutput.analytics_configuration_list,
    DeleteBucketAnalyticsConfiguration(DeleteBucketAnalyticsConfigurationRequest));

configurations!(Metrics: "s3:PutMetricsConfiguration", "s3:GetMetricsConfiguration";
    PutBucketMetricsConfiguration(PutBucketMetricsConfigurationRequest),
    GetBucketMetricsConfiguration(GetBucketMetricsConfigurationRequest)
        -> GetBucketMetricsConfigurationOutput.metrics_configuration,
    ListBucketMetricsConfigurations(ListBucketMetricsConfigurationsRequest)
        -> ListBucketMetricsConfigurationsOutput.metrics_configuration_list,
    DeleteBucketMetricsConfiguration(DeleteBucketMetricsConfigurationRequest));

configurations!(Tiering: "s3:PutIntelligentTieringConfiguration", "s3:GetIntelligentTieringConfiguration";
    PutBucketIntelligentTieringConfiguration(PutBucketIntelligentTieringConfigurationRequest),
    GetBucketIntelligentTieringConfiguration(GetBucketIntelligentTieringConfigurationRequest)
        -> GetBucketIntelligentTieringConfigurationOutput.intelligent_tiering_configuration,
    ListBucketIntelligentTieringConfigurations(ListBucketIntelligentTieringConfigurationsRequest)
        -> ListBucketIntelligentTieringConfigurationsOutput.intelligent_tiering_configuration_list,
    DeleteBucketIntelligentTieringConfiguration(DeleteBucketIntelligentTieringConfigurationRequest));

configurations!(Inventory: "s3:PutInventoryConfiguration", "s3:GetInventoryConfiguration";
    PutBucketInventoryConfiguration(PutBucketInventoryConfigurationRequest),
    GetBucketInventoryConfiguration(GetBucketInventoryConfigurationRequest)
        -> GetBucketInventoryConfigurationOutput.inventory_configuration,
    ListBucketInventoryConfigurations(ListBucketInventoryConfigurationsRequest)
        -> ListBucketInventoryConfigurationsOutput.inventory_configuration_list,
    DeleteBucketInventoryConfiguration(DeleteBucketInventoryConfigurationRequest));
