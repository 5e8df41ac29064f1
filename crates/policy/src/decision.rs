//! What comes out of a decision.

/// A statement, for explanations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementId {
    /// Which of the policies given to the decision, from 0.
    pub policy: usize,
    /// Which statement of that policy, from 0.
    pub statement: usize,
    /// Its `Sid`, if it has one.
    pub sid: Option<String>,
}

/// The outcome of the policies of one kind (of one resource, or of one identity).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A statement allows and none denies.
    Allow {
        /// Of the principals by which allowing statements name the caller, the one that grants most.
        by: Grant,
        /// The first statement that names it so.
        statement: StatementId,
    },
    /// A statement denies.
    ExplicitDeny {
        /// The first that does.
        statement: StatementId,
    },
    /// No statement applies.
    ImplicitDeny,
}

impl Decision {
    /// Whether it is [`Decision::Allow`].
    pub fn is_allow(&self) -> bool {
        matches!(self, Decision::Allow { .. })
    }

    /// Whether it is [`Decision::ExplicitDeny`].
    pub fn is_explicit_deny(&self) -> bool {
        matches!(self, Decision::ExplicitDeny { .. })
    }
}

/// By which principal a statement applies to the caller, from the one that grants least to the one that grants most.
/// AWS's evaluation logic treats them differently within one account: what names the account only hands the decision
/// to the identity's own policies; what names a role is limited by permissions boundary and session policy; what names
/// a user or a session itself, or everybody, allows in spite of an implicit deny in either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grant {
    /// The statement has no principal (a policy attached to an identity).
    Attached,
    /// The account: `arn:aws:iam::ACCOUNT:root`, the account id, or the canonical user id.
    Account,
    /// The ARN of the role whose session the caller is.
    Role,
    /// `NotPrincipal` leaves the caller in.
    NotExcluded,
    /// `"*"`.
    Everyone,
    /// The identity provider that vouches for the caller.
    Federated,
    /// The service principal.
    Service,
    /// The caller's own ARN: user, role session, federated user.
    Itself,
}
