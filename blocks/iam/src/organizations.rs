//! What the management account of an organization decides about the roots of its members. There are no organizations
//! here, and so every account gets what AWS answers to one that is in none.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management>

use api_iam::{
    DisableOrganizationsRootCredentialsManagement, DisableOrganizationsRootSessions,
    EnableOrganizationsRootCredentialsManagement, EnableOrganizationsRootSessions, ListOrganizationsFeatures,
    errors,
};
use floor::{Answer, Check, Fault, Get};

use crate::act::{Act, Ask, Books};

/// The error's description in the model; AWS's own message has not been seen.
fn no_organization() -> Fault {
    let why = "The request was rejected because no organization is associated with your account.";
    Fault::new(&errors::ORGANIZATION_NOT_FOUND_EXCEPTION, why)
}

macro_rules! in_no_organization {
    ($($operation:ident $action:literal;)*) => {$(
        impl Act for $operation {
            const ACTION: &'static str = $action;

            async fn about<R: Get>(ask: &Ask<'_, R>, _: &Self::Input) -> Answer<Check> {
                Ok(ask.check(Self::ACTION, "*"))
            }

            async fn act(_: &Books, _: &Self::Input) -> Answer<Self::Output> {
                Err(no_organization())
            }
        }
    )*};
}

in_no_organization! {
    DisableOrganizationsRootCredentialsManagement "iam:DisableOrganizationsRootCredentialsManagement";
    DisableOrganizationsRootSessions "iam:DisableOrganizationsRootSessions";
    EnableOrganizationsRootCredentialsManagement "iam:EnableOrganizationsRootCredentialsManagement";
    EnableOrganizationsRootSessions "iam:EnableOrganizationsRootSessions";
    ListOrganizationsFeatures "iam:ListOrganizationsFeatures";
}
