//! Servers under test, as processes.

use std::{
    error::Error,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A server that is killed when it is dropped.
pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub address: String,
}

impl Server {
    /// Starts a command that prints its address, alone or at the end of a line, when it is ready.
    pub fn start(command: &mut Command) -> Result<Self, Box<dyn Error>> {
        let mut child = without_settings(command).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let address = line.trim().rsplit([' ', '/']).next().unwrap_or_default().to_owned();
        if address.is_empty() {
            return Err(format!("{command:?} did not start").into());
        }
        Ok(Self { child, address })
    }

    /// Starts a command that listens at `address` sooner or later.
    pub async fn listening(command: &mut Command, address: String) -> Result<Self, Box<dyn Error>> {
        let child = without_settings(command).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let server = Self { child, address };
        for _ in 0..600 {
            if tokio::net::TcpStream::connect(&server.address).await.is_ok() {
                return Ok(server);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(format!("{command:?} does not listen").into())
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Without the variables of this process that a server would take for its settings.
pub fn without_settings(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("KUMIKI_") {
            command.env_remove(name);
        }
    }
    command
}
