//! The record of a call: what was asked by whom, how it ended, how long it took.

use std::time::Duration;

use wire::{Fault, Meta};

use crate::{Cx, call::Figures, journal::Event};

pub(crate) fn record(meta: &'static Meta, cx: &Cx, figures: &Figures, took: Duration, fault: Option<&Fault>) {
    figures.took.note_us(took.as_micros() as u64);
    match fault {
        None => {}
        Some(f) if f.status() >= 500 => figures.faults_server.add(1),
        Some(_) => figures.faults_client.add(1),
    }
    cx.floor.journal.note(&Event {
        at: cx.env().clocks.auth.now(),
        request_id: cx.request_id(),
        operation: (Some(meta.service.id), Some(meta.name)),
        caller: Some(&cx.caller),
        origin: &cx.caller.origin,
        checks: &cx.asked.lock(),
        fault,
        took_us: took.as_micros() as u64,
    });
    if fault.is_some_and(|f| f.status() >= 500) {
        tracing::warn!(
            target: "kumiki::served",
            service = meta.service.id,
            operation = meta.name,
            request_id = cx.request_id(),
            region = cx.region().as_str(),
            took_us = took.as_micros() as u64,
            fault = fault.map(Fault::code),
            cause = fault.and_then(Fault::cause),
        );
    } else {
        tracing::debug!(
            target: "kumiki::served",
            service = meta.service.id,
            operation = meta.name,
            request_id = cx.request_id(),
            region = cx.region().as_str(),
            principal = %cx.caller.who.arn(),
            took_us = took.as_micros() as u64,
            fault = fault.map(Fault::code),
        );
    }
}
