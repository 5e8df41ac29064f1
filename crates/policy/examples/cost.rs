//! What a decision costs, in microseconds of one core: `cargo run --release -p kumiki-policy --example cost`.

use policy::{Account, Policy, Principal, Request, decide};
use std::hint::black_box;

fn policy(n: usize) -> Policy {
    let text = format!(
        r#"{{"Version": "2012-10-17", "Statement": [
            {{"Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::111122223333:user/user{n}"}},
              "Action": ["s3:Get*", "s3:List*"], "Resource": ["arn:aws:s3:::bucket{n}", "arn:aws:s3:::bucket{n}/*"]}},
            {{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::bucket{n}/*",
              "Condition": {{"Bool": {{"aws:SecureTransport": "false"}}}}}}]}}"#
    );
    Policy::parse(&text).expect("a good policy")
}

/// Processor time of this process so far: other processes on a busy machine do not count.
fn cpu_us() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields = stat.rsplit_once(')').expect("a name in brackets").1.split_whitespace();
    fields.skip(11).take(2).map(|ticks| ticks.parse::<f64>().expect("ticks") * 10_000.0).sum()
}

fn time(name: &str, rounds: u32, mut f: impl FnMut()) {
    let start = cpu_us();
    for _ in 0..rounds {
        f();
    }
    println!("{name:<32} {:>8.3} us", (cpu_us() - start) / f64::from(rounds));
}

fn main() {
    let policies: Vec<Policy> = (0..20).map(policy).collect();
    let all: Vec<&Policy> = policies.iter().collect();
    let context: &[(&str, &str)] = &[("aws:securetransport", "true")];
    let request = Request {
        principal: Principal::User {
            account: Account { id: "111122223333", canonical_id: "" },
            arn: "arn:aws:iam::111122223333:user/user19",
        },
        action: "s3:GetObject",
        resource: "arn:aws:s3:::bucket19/photos/2013/cat.jpg",
        context: &context,
    };
    assert!(decide(&all, &request).is_allow());
    time("one policy", 1_000_000, || drop(black_box(decide(&all[19..], &request))));
    time("twenty policies", 200_000, || drop(black_box(decide(&all, &request))));
    time("parsing one", 50_000, || drop(black_box(policy(1))));
}
