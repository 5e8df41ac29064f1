//! Configurations that say of which objects something is measured or moved: analytics, metrics and archive tiers. They
//! are kept and given back; nothing is measured, since there is no CloudWatch yet, and no object changes its tier.

use api_s3::{
    AnalyticsAndOperator, AnalyticsConfiguration, AnalyticsExportDestination, AnalyticsFilter,
    AnalyticsS3BucketDestination, IntelligentTieringAndOperator, IntelligentTieringConfiguration,
    IntelligentTieringFilter, MetricsAndOperator, MetricsConfiguration, MetricsFilter, StorageClassAnalysis,
    StorageClassAnalysisDataExport, Tag,
};
use floor::{Arn, first_format};
use serde::{Deserialize, Serialize};
use wire::Answer;

use crate::{
    answer, fault,
    limits::{ARCHIVE_DAYS, DEEP_ARCHIVE_DAYS},
    many::{Kind, Named},
    tags::{self, Tagged, Tags},
};

/// Which objects a configuration is about.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Filter {
    /// What follows stands inside of `And`.
    pub is_joined: bool,
    /// Those whose keys begin like this.
    pub prefix: Option<String>,
    /// Those with all of these tags.
    pub tags: Tags,
    /// Those that are reached through this access point.
    pub access_point_arn: Option<String>,
}

impl Filter {
    /// One of the three by itself, or at least two of them together.
    fn checked(self) -> Answer<Self> {
        let said = usize::from(self.prefix.is_some())
            + self.tags.len()
            + usize::from(self.access_point_arn.is_some());
        let is_good = if self.is_joined { said >= 2 } else { said == 1 };
        let is_point =
            |arn: &String| Arn::parse(arn).is_some_and(|arn| arn.resource().starts_with("accesspoint/"));
        if !is_good || !self.access_point_arn.as_ref().is_none_or(is_point) {
            return Err(fault::malformed_xml());
        }
        let tags = tags::checked(self.tags, Tagged::Object)?;
        Ok(Self { tags, ..self })
    }
}

fn pair(tag: &Tag) -> (String, String) {
    (tag.key.clone(), tag.value.clone())
}

/// Between [`Filter`] and the types of the model, which differ only in their names and in what they may name.
macro_rules! filters {
    ($read:ident, $shown:ident, $filter:ident, $and:ident $(, $point:ident)?) => {
        fn $read(given: Option<&$filter>) -> Answer<Option<Filter>> {
            let Some(given) = given else { return Ok(None) };
            let plain = Filter {
                is_joined: false,
                prefix: given.prefix.clone(),
                tags: given.tag.iter().map(pair).collect(),
                access_point_arn: None,
            };
            $(let plain = Filter { access_point_arn: given.$point.clone(), ..plain };)?
            let Some(and) = &given.and else { return plain.checked().map(Some) };
            if plain != Filter::default() {
                return Err(fault::malformed_xml());
            }
            let joined = Filter {
                is_joined: true,
                prefix: and.prefix.clone(),
                tags: and.tags.iter().flatten().map(pair).collect(),
                access_point_arn: None,
            };
            $(let joined = Filter { access_point_arn: and.$point.clone(), ..joined };)?
            joined.checked().map(Some)
        }

        fn $shown(filter: Option<&Filter>) -> Option<$filter> {
            let filter = filter?;
            let (prefix, tags) = (filter.prefix.clone(), answer::tag_set(&filter.tags));
            if filter.is_joined {
                let tags = crate::contents::some(tags);
                let and = $and { prefix, tags, $($point: filter.$point.clone())? };
                return Some($filter { and: Some(and), ..$filter::default() });
            }
            let tag = tags.into_iter().next();
            Some($filter { prefix, tag, and: None, $($point: filter.$point.clone())? })
        }
    };
}

filters!(read_analytics, shown_analytics, AnalyticsFilter, AnalyticsAndOperator);
filters!(read_metrics, shown_metrics, MetricsFilter, MetricsAndOperator, access_point_arn);
filters!(read_tiering, shown_tiering, IntelligentTieringFilter, IntelligentTieringAndOperator);

/// `AnalyticsConfiguration`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Analytics {
    /// Its id.
    pub id: String,
    /// Which objects.
    pub filter: Option<Filter>,
    /// Where reports would go.
    pub export: Option<Export>,
}

/// Where reports go.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Export {
    /// The ARN of the bucket.
    pub bucket: String,
    /// The account that it is expected to be of.
    pub account: Option<String>,
    /// What the keys begin with.
    pub prefix: Option<String>,
}

/// `MetricsConfiguration`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Metrics {
    /// Its id.
    pub id: String,
    /// Which objects.
    pub filter: Option<Filter>,
}

/// `IntelligentTieringConfiguration`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tiering {
    /// Its id.
    pub id: String,
    /// Which objects.
    pub filter: Option<Filter>,
    /// Whether it counts.
    pub is_enabled: bool,
    /// After how many days without access an object goes to which tier.
    pub tiers: Vec<(String, i32)>,
}

first_format!(Analytics, Metrics, Tiering);

/// The name of the bucket in an ARN.
pub fn bucket_of_arn(arn: &str) -> Answer<&str> {
    let name = arn.strip_prefix("arn:aws:s3:::").filter(|name| !name.is_empty() && !name.contains('/'));
    name.ok_or_else(fault::invalid_destination)
}

impl Named for Analytics {
    const KIND: Kind = Kind::Analytics;
    type Wire = AnalyticsConfiguration;

    fn read(given: &AnalyticsConfiguration, id: &str) -> Answer<Self> {
        if given.id != id {
            return Err(fault::malformed_xml());
        }
        let filter = read_analytics(given.filter.as_ref())?;
        let export = given.storage_class_analysis.data_export.as_ref().map(|export| -> Answer<Export> {
            let to = &export.destination.s3_bucket_destination;
            bucket_of_arn(&to.bucket)?;
            let (bucket, account) = (to.bucket.clone(), to.bucket_account_id.clone());
            Ok(Export { bucket, account, prefix: to.prefix.clone() })
        });
        Ok(Self { id: given.id.clone(), filter, export: export.transpose()? })
    }

    fn shown(&self) -> AnalyticsConfiguration {
        let export = self.export.as_ref().map(|export| StorageClassAnalysisDataExport {
            output_schema_version: "V_1".to_owned(),
            destination: AnalyticsExportDestination {
                s3_bucket_destination: AnalyticsS3BucketDestination {
                    format: "CSV".to_owned(),
                    bucket_account_id: export.account.clone(),
                    bucket: export.bucket.clone(),
                    prefix: export.prefix.clone(),
                },
            },
        });
        AnalyticsConfiguration {
            id: self.id.clone(),
            filter: shown_analytics(self.filter.as_ref()),
            storage_class_analysis: StorageClassAnalysis { data_export: export },
        }
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl Named for Metrics {
    const KIND: Kind = Kind::Metrics;
    type Wire = MetricsConfiguration;

    fn read(given: &MetricsConfiguration, id: &str) -> Answer<Self> {
        if given.id != id {
            return Err(fault::id_mismatch());
        }
        Ok(Self { id: given.id.clone(), filter: read_metrics(given.filter.as_ref())? })
    }

    fn shown(&self) -> MetricsConfiguration {
        MetricsConfiguration { id: self.id.clone(), filter: shown_metrics(self.filter.as_ref()) }
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl Named for Tiering {
    const KIND: Kind = Kind::Tiering;
    type Wire = IntelligentTieringConfiguration;

    fn read(given: &IntelligentTieringConfiguration, id: &str) -> Answer<Self> {
        if given.id != id || given.tierings.is_empty() {
            return Err(fault::malformed_xml());
        }
        let filter = read_tiering(given.filter.as_ref())?;
        let tiers: Vec<_> = given.tierings.iter().map(|t| (t.access_tier.clone(), t.days)).collect();
        for (i, (tier, days)) in tiers.iter().enumerate() {
            if tiers[..i].iter().any(|(earlier, _)| earlier == tier) {
                return Err(fault::malformed_xml());
            }
            let range = if tier == "DEEP_ARCHIVE_ACCESS" { DEEP_ARCHIVE_DAYS } else { ARCHIVE_DAYS };
            if !range.contains(days) {
                let message = format!(
                    "'Days' for the {tier} tier must be between {} and {}",
                    range.start(),
                    range.end()
                );
                return Err(fault::invalid_argument(message, "Days", days.to_string()));
            }
        }
        Ok(Self { id: given.id.clone(), filter, is_enabled: given.status == "Enabled", tiers })
    }

    fn shown(&self) -> IntelligentTieringConfiguration {
        let tier = |(access_tier, days): &(String, i32)| api_s3::Tiering {
            days: *days,
            access_tier: access_tier.clone(),
        };
        IntelligentTieringConfiguration {
            id: self.id.clone(),
            filter: shown_tiering(self.filter.as_ref()),
            status: if self.is_enabled { "Enabled" } else { "Disabled" }.to_owned(),
            tierings: self.tiers.iter().map(tier).collect(),
        }
    }

    fn id(&self) -> &str {
        &self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(prefix: Option<&str>, tags: usize, is_joined: bool) -> Filter {
        let tags = (0..tags).map(|i| (i.to_string(), String::new())).collect();
        Filter { is_joined, prefix: prefix.map(str::to_owned), tags, access_point_arn: None }
    }

    #[test]
    fn filters_say_one_thing_or_join_several() {
        for good in [filter(Some("a"), 0, false), filter(None, 1, false), filter(Some("a"), 1, true)] {
            assert!(good.checked().is_ok());
        }
        let alone = [filter(None, 0, false), filter(Some("a"), 1, false), filter(Some("a"), 0, true)];
        let point = Filter { access_point_arn: Some("arn:aws:s3:::bucket".into()), ..Filter::default() };
        for wrong in alone.into_iter().chain([point]) {
            assert_eq!(wrong.checked().unwrap_err().code(), "MalformedXML");
        }
    }

    #[test]
    fn destinations_are_arns_of_buckets() {
        assert_eq!(bucket_of_arn("arn:aws:s3:::b").unwrap(), "b");
        for wrong in ["b", "arn:aws:s3:::", "arn:aws:s3:::b/k", "arn:aws:sqs:us-east-1:1:q"] {
            assert_eq!(bucket_of_arn(wrong).unwrap_err().code(), "InvalidS3DestinationBucket");
        }
    }
}
