//! The machine and the build that figures were measured on, and the commands that measure them.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::models::{Problem, output};

/// Where `cargo` puts what it builds.
pub(crate) fn target(root: &Path) -> PathBuf {
    root.join(std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from))
}

/// Builds packages with `--release`.
pub(crate) fn build(root: &Path, packages: &[&str]) -> Result<(), Problem> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["build", "--release"]);
    for package in packages {
        cargo.args(["--package", package]);
    }
    let status = cargo.status().map_err(|e| format!("cargo: {e}"))?;
    if status.success() { Ok(()) } else { Err("the build failed".to_owned()) }
}

/// Runs a command, shows its output as it comes and answers it, with whether the command ended well.
pub(crate) fn shown(command: &mut Command) -> Result<(String, bool), Problem> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|e| format!("{command:?}: {e}"))?;
    let mut text = String::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|e| format!("{command:?}: {e}"))?;
            println!("{line}");
            text.push_str(&line);
            text.push('\n');
        }
    }
    let status = child.wait().map_err(|e| format!("{command:?}: {e}"))?;
    Ok((text, status.success()))
}

/// What stands above figures: the day, the build and the machine.
pub(crate) fn description(root: &Path) -> Result<String, Problem> {
    let said = |program: &str, arguments: &[&str]| -> Result<String, Problem> {
        let text = output(Command::new(program).current_dir(root).args(arguments))?;
        Ok(String::from_utf8_lossy(&text).trim().to_owned())
    };
    let changed = if said("git", &["status", "--porcelain", "--untracked-files=no"])?.is_empty() {
        ""
    } else {
        " and changes"
    };
    Ok(format!(
        "{}, commit {}{changed}, {}, {} cores of {}, {:.0} GiB of memory, Linux {}.",
        said("date", &["-u", "+%Y-%m-%d"])?,
        said("git", &["rev-parse", "--short=12", "HEAD"])?,
        said("rustc", &["--version"])?.split(' ').take(2).collect::<Vec<_>>().join(" "),
        std::thread::available_parallelism().map_or(0, usize::from),
        processor(&read("/proc/cpuinfo")?),
        memory_gib(&read("/proc/meminfo")?),
        said("uname", &["-r"])?,
    ))
}

fn read(path: &str) -> Result<String, Problem> {
    fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))
}

fn processor(cpuinfo: &str) -> String {
    let model =
        cpuinfo.lines().filter_map(|l| l.split_once(':')).find(|(name, _)| name.trim() == "model name");
    model.map_or("an unnamed processor", |(_, model)| model.trim()).to_owned()
}

fn memory_gib(meminfo: &str) -> f64 {
    let total = meminfo.lines().find_map(|l| l.strip_prefix("MemTotal:"));
    let kib = total.and_then(|t| t.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0);
    kib / 1024.0 / 1024.0
}

/// `page` with what stands between the markers of `name` replaced by `text`.
pub(crate) fn replaced(page: &str, name: &str, text: &str) -> Result<String, Problem> {
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let place = page.find(&begin).map(|at| at + begin.len());
    let (Some(from), Some(to)) = (place, page.find(&end)) else {
        return Err(format!("the page has no {} and {end}", begin.trim_end()));
    };
    if to < from {
        return Err(format!("{end} stands above its beginning"));
    }
    Ok(format!("{}\n{}\n\n{}", &page[..from], text.trim(), &page[to..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_goes_between_its_markers() {
        let page = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n";
        let new = "a\n<!-- x: begin -->\n\nnew\n\n<!-- x: end -->\nb\n";
        assert_eq!(replaced(page, "x", "new\n").unwrap(), new);
        assert_eq!(replaced(new, "x", "new").unwrap(), new);
        assert!(replaced(page, "y", "new").is_err());
        assert!(replaced("<!-- x: end --><!-- x: begin -->\n", "x", "new").is_err());
    }

    #[test]
    fn machines_are_described() {
        assert_eq!(processor("processor : 0\nmodel name\t: A B\nmodel name\t: C\n"), "A B");
        assert_eq!(processor("BogoMIPS : 1\n"), "an unnamed processor");
        assert!((memory_gib("MemTotal:       16777216 kB\n") - 16.0).abs() < 1e-9);
    }
}
