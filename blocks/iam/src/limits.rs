//! Quotas. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

/// Access keys of one user.
pub(crate) const KEYS_PER_USER_MAX: usize = 2;
/// Tags of one entity.
pub(crate) const TAGS_MAX: usize = 50;
/// Entities on one page, unless asked for fewer or more ("Pagination" of the IAM API reference).
pub(crate) const PAGE_DEFAULT: usize = 100;
/// Managed policies attached to one user, group or role.
pub(crate) const ATTACHED_MAX: usize = 10;
/// Characters of all inline policies of a user, without white space.
pub(crate) const INLINE_OF_USER_MAX: usize = 2048;
/// Characters of all inline policies of a group, without white space.
pub(crate) const INLINE_OF_GROUP_MAX: usize = 5120;
/// Characters of all inline policies of a role, without white space.
pub(crate) const INLINE_OF_ROLE_MAX: usize = 10_240;
/// Users of one account.
pub(crate) const USERS_MAX: usize = 5000;
/// Groups of one account.
pub(crate) const GROUPS_MAX: usize = 300;
/// Groups that one user is in.
pub(crate) const GROUPS_PER_USER_MAX: usize = 10;
/// Characters of a trust policy, without white space.
pub(crate) const TRUST_MAX: usize = 2048;
/// Roles of one account.
pub(crate) const ROLES_MAX: usize = 1000;
/// How long a session of a role may last unless it says otherwise, in seconds.
pub(crate) const SESSION_S_DEFAULT: u32 = 3600;
/// Characters of a managed policy, without white space.
pub(crate) const MANAGED_MAX: usize = 6144;
/// Managed policies of one account.
pub(crate) const POLICIES_MAX: usize = 1500;
/// Versions of one managed policy.
pub(crate) const VERSIONS_MAX: usize = 5;
/// MFA devices of one user.
pub(crate) const MFA_PER_USER_MAX: usize = 8;
/// Signing certificates of one user.
pub(crate) const CERTIFICATES_PER_USER_MAX: usize = 2;
/// SSH public keys of one user.
pub(crate) const SSH_KEYS_PER_USER_MAX: usize = 5;
/// Service-specific credentials of one user for one service ("Create service-specific credentials").
pub(crate) const CREDENTIALS_PER_SERVICE_MAX: usize = 2;
/// Server certificates of one account.
pub(crate) const SERVER_CERTIFICATES_MAX: usize = 20;
