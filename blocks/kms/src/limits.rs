//! Every limit, with its page.

use std::ops::RangeInclusive;

/// Bytes that a symmetric key encrypts at once.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html>
pub const PLAINTEXT_BYTES_MAX: usize = 4096;
/// Days between the schedule and the deletion.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html>
pub const PENDING_DAYS: RangeInclusive<i32> = 7..=30;
/// The default of them.
pub const PENDING_DAYS_DEFAULT: i32 = 30;
/// Days between two automatic rotations.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html>
pub const ROTATION_DAYS_DEFAULT: i32 = 365;
/// Rotations on demand of one key.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html>
pub const ROTATIONS_ON_DEMAND_MAX: usize = 25;
/// Keys that an account's customers have in a region.
pub const KEYS_MAX: usize = 100_000;
/// Bytes of all names and values of an encryption context. AWS's pages name none; policies look at every pair.
pub const CONTEXT_BYTES_MAX: usize = 8192;
/// Pairs of an encryption context in a grant's constraint.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html>
pub const CONSTRAINT_PAIRS_MAX: usize = 8;
/// Characters of a value there.
pub const CONSTRAINT_VALUE_CHARS_MAX: usize = 384;
/// Aliases of one key.
pub const ALIASES_PER_KEY_MAX: usize = 50;
/// Grants of one key.
pub const GRANTS_PER_KEY_MAX: usize = 50_000;
/// Bytes of a key policy.
pub const POLICY_BYTES_MAX: usize = 32_768;
/// Tags of a key.
pub const TAGS_MAX: usize = 50;
/// How long a wrapping key and its import token are good.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html>
pub const IMPORT_TOKEN_MS: u64 = 24 * 3600 * 1000;
/// Imported material may be good for so long at most.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html>
pub const IMPORTED_DAYS_MAX: u64 = 365;
/// A day.
pub const DAY_MS: u64 = 24 * 3600 * 1000;

/// What lists answer at once: the default and the most.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html>
pub const KEYS_PER_PAGE: (usize, usize) = (100, 1000);
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html>
pub const ALIASES_PER_PAGE: (usize, usize) = (50, 100);
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html>
pub const GRANTS_PER_PAGE: (usize, usize) = (50, 100);
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html>
pub const TAGS_PER_PAGE: (usize, usize) = (50, 50);
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html>
pub const ROTATIONS_PER_PAGE: (usize, usize) = (100, 1000);
