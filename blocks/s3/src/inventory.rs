//! Inventories: what is reported of a bucket's objects, how often and where to.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/configure-inventory.html>

use api_s3::{
    InventoryConfiguration, InventoryDestination, InventoryEncryption, InventoryFilter,
    InventoryS3BucketDestination, InventorySchedule, SSEKMS, SSES3,
};
use floor::{Check, Tx, first_format};
use serde::{Deserialize, Serialize};
use wire::Answer;

use crate::{
    analyses::{Export, bucket_of_arn},
    bucket::Bucket,
    fault,
    many::{Kind, Named, Now},
    reporting::{self, Report},
};

/// `InventoryConfiguration`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Inventory {
    /// Its id.
    pub id: String,
    /// Whether reports are made.
    pub is_enabled: bool,
    /// Only objects whose keys begin like this.
    pub prefix: Option<String>,
    /// All versions, or the current ones only.
    pub all_versions: bool,
    /// Once a week, or once a day.
    pub is_weekly: bool,
    /// `OptionalFields`, in the order in which they were given; none: there was no such list.
    pub fields: Option<Vec<String>>,
    /// Where reports go.
    pub to: Export,
    /// How reports are encrypted; none: as their bucket says.
    pub encryption: Option<Encryption>,
}

/// How reports are encrypted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Encryption {
    /// `SSE-S3`.
    S3,
    /// `SSE-KMS`, with this key.
    Kms(String),
}

first_format!(Inventory);

impl Named for Inventory {
    const KIND: Kind = Kind::Inventory;
    type Wire = InventoryConfiguration;

    fn read(given: &InventoryConfiguration, id: &str) -> Answer<Self> {
        let to = &given.destination.s3_bucket_destination;
        let fields = given.optional_fields.as_deref().unwrap_or_default();
        if fields.iter().enumerate().any(|(i, field)| fields[..i].contains(field)) {
            return Err(fault::malformed_xml());
        }
        let encryption = match &to.encryption {
            None => None,
            Some(InventoryEncryption { sses3: Some(_), sse_kms: None }) => Some(Encryption::S3),
            Some(InventoryEncryption { sses3: None, sse_kms: Some(kms) }) => {
                Some(Encryption::Kms(kms.key_id.clone()))
            }
            Some(_) => return Err(fault::malformed_xml()),
        };
        if given.id != id {
            return Err(fault::id_mismatch());
        }
        bucket_of_arn(&to.bucket)?;
        if to.format != "CSV" {
            return Err(fault::not_implemented(format!("An inventory in the format {}", to.format)));
        }
        Ok(Self {
            id: given.id.clone(),
            is_enabled: given.is_enabled,
            prefix: given.filter.as_ref().map(|filter| filter.prefix.clone()),
            all_versions: given.included_object_versions == "All",
            is_weekly: given.schedule.frequency == "Weekly",
            fields: given.optional_fields.clone(),
            to: Export {
                bucket: to.bucket.clone(),
                account: to.account_id.clone(),
                prefix: to.prefix.clone(),
            },
            encryption,
        })
    }

    fn shown(&self) -> InventoryConfiguration {
        let encryption = self.encryption.as_ref().map(|encryption| match encryption {
            Encryption::S3 => InventoryEncryption { sses3: Some(SSES3 {}), sse_kms: None },
            Encryption::Kms(key) => {
                InventoryEncryption { sses3: None, sse_kms: Some(SSEKMS { key_id: key.clone() }) }
            }
        });
        let s3_bucket_destination = InventoryS3BucketDestination {
            account_id: self.to.account.clone(),
            bucket: self.to.bucket.clone(),
            format: "CSV".to_owned(),
            prefix: self.to.prefix.clone(),
            encryption,
        };
        InventoryConfiguration {
            destination: InventoryDestination { s3_bucket_destination },
            is_enabled: self.is_enabled,
            filter: self.prefix.clone().map(|prefix| InventoryFilter { prefix }),
            id: self.id.clone(),
            included_object_versions: if self.all_versions { "All" } else { "Current" }.to_owned(),
            optional_fields: self.fields.clone(),
            schedule: InventorySchedule {
                frequency: if self.is_weekly { "Weekly" } else { "Daily" }.to_owned(),
            },
        }
    }

    fn id(&self) -> &str {
        &self.id
    }

    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html#example-bucket-policies-s3-inventory-2>
    fn keys(check: Check, given: &InventoryConfiguration) -> Check {
        match &given.optional_fields {
            Some(fields) if !fields.is_empty() => {
                check.key("s3:InventoryAccessibleOptionalFields", fields.clone())
            }
            _ => check,
        }
    }

    /// The first report is made soon.
    fn follow(&self, tx: &Tx, bucket: &Bucket, now: &Now) {
        let (region, id) = (now.region.clone(), bucket.record.id);
        let next = Report { region, bucket: id, due_ms: now.ms, running: None };
        tx.save(&reporting::report(&bucket.name, &self.id), &next);
    }
}
