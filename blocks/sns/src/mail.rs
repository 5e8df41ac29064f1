//! E-mail: to the server that the settings name.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html>

use std::sync::Arc;

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, MIME_VERSION_1_0},
    },
};

use tokio::sync::Semaphore;

use crate::{limits, post::Failure};

/// The server that takes mail, and who sends it.
#[derive(Clone)]
pub struct Mail {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    connections: Arc<Semaphore>,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "mail from {}", self.from)
    }
}

/// What is sent.
pub(crate) struct Letter {
    /// The same each time that it is tried.
    pub(crate) id: String,
    pub(crate) to: String,
    /// What the sender is called, where that is not what the settings say.
    pub(crate) from_name: Option<String>,
    pub(crate) subject: String,
    pub(crate) body: String,
}

/// Whether it can be an address. One in quotes or at a number could hold what ends it elsewhere (`"a,b>"@example.com`).
pub(crate) fn is_address(text: &str) -> bool {
    text.len() <= limits::ADDRESS_BYTES_MAX && !text.contains(['"', '[']) && text.parse::<Address>().is_ok()
}

/// A name or a subject as it may stand in a header: on one line.
fn on_one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

impl Mail {
    /// A server at `url` (`smtp://localhost:1025`, `smtps://user:password@host`, `smtp://host?tls=required`).
    ///
    /// # Errors
    /// A text for whoever set it, where that is no such address.
    pub fn new(url: &str, from: &str) -> Result<Self, String> {
        let from = from.parse().map_err(|e| format!("{from:?} is no address of e-mail: {e}"))?;
        let connections = Arc::new(Semaphore::new(limits::MAIL_CONNECTIONS_MAX));
        // The address may have a password in it, and is not repeated.
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|e| format!("it is no address of a mail server (smtp://HOST:PORT): {e}"))?;
        Ok(Self { server: server.timeout(Some(limits::MAIL_TIME_MAX)).build(), from, connections })
    }

    fn written(&self, letter: Letter) -> Result<Message, lettre::error::Error> {
        let name = letter.from_name.map(|name| on_one_line(&name)).or_else(|| self.from.name.clone());
        let to: Address = letter.to.parse().map_err(|_| lettre::error::Error::MissingTo)?;
        Message::builder()
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .from(Mailbox::new(name, self.from.email.clone()))
            .to(Mailbox::new(None, to))
            .subject(on_one_line(&letter.subject))
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body)
    }

    /// One try. What the server refuses for good is not tried again: on AWS, errors of the endpoint's own.
    pub(crate) async fn send(&self, letter: Letter) -> Result<(), Failure> {
        let message = self.written(letter).map_err(|e| Failure::ForGood(e.to_string()))?;
        let _one = self.connections.acquire().await.map_err(|e| Failure::Later(e.to_string()))?;
        match self.server.send(message).await {
            Ok(_) => Ok(()),
            Err(e) if e.is_permanent() => Err(Failure::ForGood(e.to_string())),
            Err(e) => Err(Failure::Later(e.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mail() -> Mail {
        Mail::new("smtp://localhost:1025", "AWS Notifications <no-reply@example.com>").unwrap()
    }

    fn letter() -> Letter {
        let text = |text: &str| text.to_owned();
        Letter {
            id: text("1-2"),
            to: text("me@example.com"),
            from_name: None,
            subject: text("s"),
            body: text("b"),
        }
    }

    fn head(letter: Letter) -> String {
        let text = String::from_utf8(mail().written(letter).unwrap().formatted()).unwrap();
        text.split_once("\r\n\r\n").unwrap().0.to_owned()
    }

    #[test]
    fn addresses_and_servers_are_read() {
        for fits in ["me@example.com", "a.b+c@sub.example.com"] {
            assert!(is_address(fits), "{fits}");
        }
        for wrong in [
            "",
            "me",
            "me@",
            "@example.com",
            "a@b@c",
            "Me <me@example.com>",
            "a\r\nb@example.com",
            "\"a\"@example.com",
            "a@[::1]",
        ] {
            assert!(!is_address(wrong), "{wrong:?}");
        }
        assert!(!is_address(&format!("{}@example.com", "a".repeat(400))));
        for url in
            ["smtp://localhost:1025", "smtps://user:p%40ss@example.com", "smtp://example.com?tls=required"]
        {
            assert!(Mail::new(url, "a@example.com").is_ok(), "{url}");
        }
        for (url, from) in
            [("http://localhost", "a@example.com"), ("localhost", "a@b"), ("smtp://h", "nobody")]
        {
            assert!(Mail::new(url, from).is_err(), "{url} {from}");
        }
        let why = Mail::new("smtpx://user:secret@host", "a@example.com").unwrap_err();
        assert!(!why.contains("secret"), "{why}");
    }

    #[test]
    fn a_letter_has_its_heads() {
        let text = head(letter());
        for line in [
            "Message-ID: <1-2@example.com>",
            "From: \"AWS Notifications\" <no-reply@example.com>",
            "To: me@example.com",
            "Subject: s",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
        ] {
            assert!(text.lines().any(|one| one == line), "{line}\n{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_adds_a_head(name in "\\PC{0,40}|.{0,20}(\r|\n|\r\n)Bcc: x@example.com", subject in "(?s).{0,80}|a\r\nBcc: x@example.com") {
            let text = head(Letter { from_name: Some(name), subject, ..letter() });
            let names = text.lines().filter(|line| !line.starts_with([' ', '\t']));
            let known = ["Message-ID", "From", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "Date", "MIME-Version"];
            for line in names {
                prop_assert!(known.contains(&line.split(':').next().unwrap_or_default()), "{}", line);
            }
        }
    }
}
