//! What `kumiki drives` and `kumiki durability` say.

use std::fmt::Write as _;

use floor::{Floor, Health, upkeep::Found};

/// Hours of a year.
const YEAR_HOURS: f64 = 365.25 * 24.0;

/// The drives, their health, and what the scrub found.
pub(crate) async fn shown(floor: &Floor) -> String {
    let Some(drives) = floor.cells.drives() else {
        return format!("objects are in the data directory: no drives, no parity\n{}", scrubbed(floor));
    };
    let (data, parity) = drives.layout();
    let mut out = format!(
        "{} drives: {data} are enough to read, {parity} may be lost\n\n{:>5} {:<10} {:<24} {:>9} {:>9} {:>7} {:>8} {:>6} {:>8}  path\n",
        data + parity,
        "drive",
        "az",
        "health",
        "free GiB",
        "of GiB",
        "errors",
        "damaged",
        "slow",
        "rebuilt"
    );
    let all = drives.health().await;
    for drive in &all {
        let gib = |bytes: u64| format!("{:.1}", bytes as f64 / f64::from(1 << 30));
        let (free, total) =
            drive.space.map_or(("-".into(), "-".into()), |(free, total)| (gib(free), gib(total)));
        let _ = writeln!(
            out,
            "{:>5} {:<10} {:<24} {free:>9} {total:>9} {:>7} {:>8} {:>6} {:>8}  {}",
            drive.number,
            drive.az,
            health(drive),
            drive.errors,
            drive.damaged,
            drive.slow,
            drive.rebuilt,
            drive.path.display()
        );
    }
    for drive in &all {
        if let Some(why) = &drive.away {
            let _ = writeln!(out, "\ndrive {} is away: {why}", drive.number);
        }
    }
    let away = all.iter().filter(|drive| drive.away.is_some()).count();
    let lacking = all.iter().filter(|drive| is_lacking(drive)).count();
    if away > parity {
        let _ =
            writeln!(out, "\n{away} drives are away: objects above 32 KiB can be neither read nor written");
    } else if lacking > parity {
        let _ = writeln!(out, "\nnone more may be lost until the drives are rebuilt");
    } else if lacking > 0 {
        let _ = writeln!(out, "\n{} more may be lost", parity - lacking);
    }
    if all.iter().any(|drive| matches!(drive, Health { is_behind: true, is_rebuilt: false, away: None, .. }))
    {
        let _ = writeln!(
            out,
            "\nsince the start, names are being compared: until then nobody knows whether a drive lacks something"
        );
    }
    let _ = write!(out, "\n{}", scrubbed(floor));
    out
}

/// Whether a drive does not have all that it should have, as far as is known.
fn is_lacking(drive: &Health) -> bool {
    drive.away.is_some() || (drive.is_behind && drive.is_rebuilt)
}

fn health(drive: &Health) -> &'static str {
    match drive {
        Health { away: Some(_), .. } => "away",
        Health { is_full: true, .. } => "full",
        Health { is_behind: true, is_rebuilt: true, .. } => "well, being rebuilt",
        Health { is_behind: true, .. } => "well, being compared",
        _ => "well",
    }
}

/// What the scrub found since the start.
pub(crate) fn scrubbed(floor: &Floor) -> String {
    let found = Found::of(&floor.env.metrics);
    format!(
        "scrub since the start: {} blobs, {} MiB read, {} damaged or missing, {} rebuilt, {} lost; {} whole passes",
        found.blobs.get(),
        found.bytes.get() >> 20,
        found.wrong.get(),
        found.rebuilt.get(),
        found.lost.get(),
        found.passes.get()
    )
}

/// The nines of the present layout, and what was assumed.
pub(crate) async fn durability(
    floor: &Floor,
    failing_percent: f64,
    repair_hours: f64,
) -> Result<String, String> {
    let is_share = failing_percent > 0.0 && failing_percent < 100.0;
    if !is_share || repair_hours <= 0.0 || repair_hours.is_nan() || repair_hours > YEAR_HOURS {
        return Err(
            "failing drives are more than 0 and less than 100 percent a year, a repair takes up to a year"
                .into(),
        );
    }
    let (data, parity, away, az) = match floor.cells.drives() {
        None => (1, 0, 0, 0),
        Some(drives) => {
            let all = drives.health().await;
            let (data, parity) = drives.layout();
            (data, parity, all.iter().filter(|drive| is_lacking(drive)).count(), largest_group(&all))
        }
    };
    let mut out = format!("{data} drives with data, {parity} with parity\n\n");
    let mut line = |what: &str, left: usize, spare: Option<usize>| {
        let loss = spare.map_or(1.0, |spare| loss_a_year(left, spare, failing_percent / 100.0, repair_hours));
        let _ =
            writeln!(out, "{what:<44} {:>16} a year  ({:.1} nines)", share(1.0 - loss, loss), nines(loss));
    };
    let count = data + parity;
    line("all drives well", count, Some(parity));
    if az > 0 {
        line("one AZ group away for the whole year", count - az, parity.checked_sub(az));
    }
    if away > 0 {
        let what = format!("as now, {away} away or not rebuilt for the whole year");
        line(&what, count - away, parity.checked_sub(away));
    }
    let _ = write!(
        out,
        "\nAssumed: drives fail independently, {failing_percent} % of them a year (--failing-percent); one that failed is \
         replaced and rebuilt within {repair_hours} h (--repair-hours); damage is found by the scrub and mended before another \
         drive fails. An object is lost when more than {parity} drives fail within one such time. With p the chance that a \
         drive fails in it, that is the sum of C(n,i) p^i (1-p)^(n-i) over i > {parity}, n = {count}, and a year has {:.0} \
         such times (the calculation that Backblaze published for its vaults: \
         https://www.backblaze.com/blog/cloud-storage-durability/).\n\
         Not in it: fires and other causes that take several drives at once (AZ groups are for those), mistakes, and what is \
         in the data directory: records and objects up to 32 KiB, which are as durable as the disk that it is on.",
        YEAR_HOURS / repair_hours
    );
    Ok(out)
}

/// The drives of the largest AZ group, where there are three groups or more.
fn largest_group(all: &[Health]) -> usize {
    let mut names: Vec<&str> = all.iter().map(|drive| drive.az.as_str()).collect();
    names.sort_unstable();
    let size = |az: &&str| all.iter().filter(|drive| drive.az == *az).count();
    let largest = names.iter().map(size).max().unwrap_or(0);
    names.dedup();
    if names.len() >= 3 { largest } else { 0 }
}

/// The chance that in a year, within some time of repair, more than `spare` of `count` drives fail.
fn loss_a_year(count: usize, spare: usize, failing_a_year: f64, repair_hours: f64) -> f64 {
    let times = YEAR_HOURS / repair_hours;
    // 1 - (1 - f)^(1/times), without losing small numbers.
    let p = -((1.0 - failing_a_year).ln() / times).exp_m1();
    let mut chance = 0.0;
    for failed in spare + 1..=count {
        chance += choose(count, failed) * p.powi(failed as i32) * (1.0 - p).powi((count - failed) as i32);
    }
    // 1 - (1 - chance)^times, likewise.
    -((-chance).ln_1p() * times).exp_m1()
}

fn choose(n: usize, k: usize) -> f64 {
    (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product()
}

fn nines(loss: f64) -> f64 {
    if loss >= 1.0 { 0.0 } else { -loss.log10() }
}

/// As percent, with one digit more than the nines.
fn share(kept: f64, loss: f64) -> String {
    let digits = (nines(loss).floor() as usize).saturating_sub(1).min(13);
    format!("{:.digits$} %", (kept * 100.0 * 10f64.powi(digits as i32)).floor() / 10f64.powi(digits as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Backblaze's figures: 17+3, 0.405 % a year, 6.5 days to rebuild: eleven nines.
    #[test]
    fn a_published_example_comes_out() {
        let loss = loss_a_year(20, 3, 0.004_05, 156.0);
        assert!((10.5..11.9).contains(&nines(loss)), "{}", nines(loss));
    }

    #[test]
    fn more_spare_drives_and_quicker_repairs_are_better() {
        let one = loss_a_year(1, 0, 0.02, 72.0);
        assert!((one - 0.02).abs() < 1e-9, "a single drive is lost as often as drives fail: {one}");
        let mut before = 1.0;
        for spare in 0..4 {
            let loss = loss_a_year(6, spare, 0.02, 72.0);
            // Without a spare drive the time of a repair does not matter.
            assert!(loss < before && (spare == 0 || loss > loss_a_year(6, spare, 0.02, 24.0)));
            before = loss;
        }
        assert!(loss_a_year(3, 3, 0.02, 72.0) < f64::MIN_POSITIVE);
        assert!((choose(6, 2) - 15.0).abs() < 1e-9);
    }
}
