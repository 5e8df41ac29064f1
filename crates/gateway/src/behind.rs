//! Where a request goes to: the region of its bucket, and the bucket behind an access point.

use std::borrow::Cow;

use floor::{Cx, registry::Address};
use wire::{Fault, ServiceMeta, text::percent_decode};

use crate::{
    fault,
    front::Front,
    host::{self, Endpoint},
    job::Visit,
};

impl Front {
    /// A request that names no region is for the one where its bucket is.
    pub(crate) async fn go_home(
        &self,
        cx: &mut Cx,
        service: &'static ServiceMeta,
        request: &wire::Request,
        is_named: bool,
    ) -> Result<(), Fault> {
        if is_named {
            return Ok(());
        }
        let in_path = || percent_decode(request.head.uri.path().split('/').nth(1)?, false);
        let Some(name) = request.bucket.as_deref().map(Cow::Borrowed).or_else(in_path) else { return Ok(()) };
        if let Some(region) = self.floor.registry.home(service.id, cx, &name).await? {
            cx.caller.region = region;
        }
        Ok(())
    }

    /// A request to an access point is one to the bucket behind it, which the caller comes to through it.
    pub(crate) async fn go_through(
        &self,
        cx: &mut Cx,
        visit: &Visit,
        service: &'static ServiceMeta,
        request: &mut wire::Request,
    ) -> Result<(), Fault> {
        if !service.objects {
            return Ok(());
        }
        let is_at_endpoint = visit.endpoint == Endpoint::AccessPoint;
        let in_path = request.head.uri.path().split('/').nth(1).unwrap_or_default();
        let name = request.bucket.as_deref().unwrap_or(in_path);
        if !is_at_endpoint && !host::may_be_access_point(name, request.bucket.is_some()) {
            return Ok(());
        }
        let asked = Address { name: name.to_owned(), is_at_endpoint, is_in_host: request.bucket.is_some() };
        let Some(behind) = self.floor.registry.behind(service.id, cx, &asked).await? else { return Ok(()) };
        cx.caller.through = Some(behind.through);
        if !asked.is_in_host {
            // The name is plain text: the path goes on right behind it.
            let rest = request.head.uri.path_and_query().map_or("/", |whole| whole.as_str());
            let rest = rest.get(1 + name.len()..).unwrap_or_default();
            let rest = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
            request.head.uri = rest.parse().map_err(|_| fault::internal())?;
        }
        request.bucket = Some(behind.name.into());
        Ok(())
    }
}
