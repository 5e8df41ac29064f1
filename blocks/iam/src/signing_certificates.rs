//! Signing certificates of users, and of the root.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html>

use api_iam::{
    DeleteSigningCertificate, DeleteSigningCertificateRequest, ListSigningCertificates,
    ListSigningCertificatesRequest, ListSigningCertificatesResponse, SigningCertificate,
    UpdateSigningCertificate, UpdateSigningCertificateRequest, UploadSigningCertificate,
    UploadSigningCertificateRequest, UploadSigningCertificateResponse, errors,
};
use aws_lc_rs::digest;
use floor::{Answer, Check, Fault, Get, Key};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    certificates, fault,
    holdings::{self, Keeper},
    limits, names, paging,
};

fn shown(user: Option<&String>, certificate: &holdings::SigningCertificate) -> SigningCertificate {
    SigningCertificate {
        user_name: user.cloned(),
        certificate_id: Some(certificate.id.clone()),
        certificate_body: Some(certificate.body.clone()),
        status: Some(holdings::status(certificate.is_active)),
        upload_date: Some(Time::from_millis(certificate.uploaded_ms as i64)),
    }
}

/// Where among the keeper's certificates `id` is.
fn at(keeper: &Keeper, id: &str) -> Answer<usize> {
    let found = keeper.holdings.certificates.iter().position(|one| one.id == id);
    found.ok_or_else(|| fault::no_such_entity(format!("The Certificate with id {id} cannot be found.")))
}

impl Books {
    /// The key that says that somebody in the account has this certificate.
    fn has_certificate(&self, der: &[u8]) -> Key {
        let hash = digest::digest(&digest::SHA256, der);
        Key::of("signing-certificate").text(self.account().as_str()).bytes(hash.as_ref())
    }
}

impl Act for UploadSigningCertificate {
    const ACTION: &'static str = "iam:UploadSigningCertificate";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UploadSigningCertificateRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(
        books: &Books,
        input: &UploadSigningCertificateRequest,
    ) -> Answer<UploadSigningCertificateResponse> {
        let mut keeper = books.keeper(input.user_name.as_ref()).await?;
        let der = certificates::read(&input.certificate_body)?;
        let key = books.has_certificate(&der);
        if books.get(&key).await?.is_some() {
            let why = "The same certificate is associated with an IAM user in the account.";
            return Err(Fault::new(&errors::DUPLICATE_CERTIFICATE_EXCEPTION, why));
        }
        if keeper.holdings.certificates.len() >= limits::CERTIFICATES_PER_USER_MAX {
            return Err(fault::quota("CertificatesPerUser", limits::CERTIFICATES_PER_USER_MAX));
        }
        // 32 letters without a meaning, as AWS's.
        let certificate = holdings::SigningCertificate {
            id: names::unique_id("", &books.account(), 32, &books.random()),
            body: input.certificate_body.clone(),
            is_active: true,
            uploaded_ms: books.now.0 / 1000 * 1000,
        };
        books.put(&key, Vec::new());
        let answer = shown(keeper.name.as_ref(), &certificate);
        keeper.holdings.certificates.push(certificate);
        books.save_keeper(&keeper);
        Ok(UploadSigningCertificateResponse { certificate: Some(answer) })
    }
}

impl Act for ListSigningCertificates {
    const ACTION: &'static str = "iam:ListSigningCertificates";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListSigningCertificatesRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(
        books: &Books,
        input: &ListSigningCertificatesRequest,
    ) -> Answer<ListSigningCertificatesResponse> {
        let keeper = books.keeper(input.user_name.as_ref()).await?;
        let all = keeper.holdings.certificates.iter().map(|one| shown(keeper.name.as_ref(), one)).collect();
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListSigningCertificatesResponse {
            is_truncated: Some(page.is_truncated()),
            certificates: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for UpdateSigningCertificate {
    const ACTION: &'static str = "iam:UpdateSigningCertificate";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UpdateSigningCertificateRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &UpdateSigningCertificateRequest) -> Answer<Empty> {
        let mut keeper = books.keeper(input.user_name.as_ref()).await?;
        let at = at(&keeper, &input.certificate_id)?;
        keeper.holdings.certificates[at].is_active = input.status == "Active";
        books.save_keeper(&keeper);
        Ok(Empty)
    }
}

impl Act for DeleteSigningCertificate {
    const ACTION: &'static str = "iam:DeleteSigningCertificate";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteSigningCertificateRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &DeleteSigningCertificateRequest) -> Answer<Empty> {
        let mut keeper = books.keeper(input.user_name.as_ref()).await?;
        let at = at(&keeper, &input.certificate_id)?;
        let gone = keeper.holdings.certificates.remove(at);
        books.delete(&books.has_certificate(&certificates::read(&gone.body)?));
        books.save_keeper(&keeper);
        Ok(Empty)
    }
}
