//! Which addresses endpoints may have. Who subscribes names them, and this server may stand where the subscriber does
//! not: behind a firewall, beside a cloud's metadata service. `docs/decisions/024-where-endpoints-may-be.md`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// How far deliveries may go.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Reach {
    /// Public addresses only.
    #[default]
    Public,
    /// This machine and private networks too, but no link-local addresses: metadata services have those.
    Private,
    /// Any address.
    Any,
}

impl Reach {
    /// Whether it goes as far as this address.
    pub(crate) fn covers(self, address: IpAddr) -> bool {
        let kind = kind_of(address.to_canonical());
        match self {
            Self::Public => kind == Kind::Public,
            Self::Private => matches!(kind, Kind::Public | Kind::Private),
            Self::Any => true,
        }
    }

    /// The addresses of one name, if it covers them. One that is refused among others that are not is a trick: nobody
    /// is asked then.
    pub(crate) fn choose(self, found: impl Iterator<Item = SocketAddr>) -> Option<Vec<SocketAddr>> {
        let all: Vec<_> = found.collect();
        (!all.is_empty() && all.iter().all(|address| self.covers(address.ip()))).then_some(all)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Public,
    /// Loopback, and what RFC 1918, 4193 and 6598 set apart.
    Private,
    /// Link-local and whatever else no endpoint has.
    Other,
}

fn kind_of(address: IpAddr) -> Kind {
    match address {
        IpAddr::V4(address) => kind_of_v4(address),
        IpAddr::V6(address) => kind_of_v6(address),
    }
}

fn kind_of_v4(address: Ipv4Addr) -> Kind {
    let [a, b, c, _] = address.octets();
    if address.is_loopback() || address.is_private() || (a == 100 && b & 0xc0 == 64) {
        return Kind::Private;
    }
    let is_reserved = a == 0
        || a >= 240
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && b & 0xfe == 18);
    if is_reserved { Kind::Other } else { Kind::Public }
}

fn kind_of_v6(address: Ipv6Addr) -> Kind {
    /// A cloud's metadata service: in a range that is private, and not anybody's endpoint.
    const METADATA: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);
    let parts = address.segments();
    let embedded = |high: u16, low: u16| kind_of_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match parts {
        _ if address == METADATA => Kind::Other,
        _ if address.is_loopback() || parts[0] & 0xfe00 == 0xfc00 => Kind::Private,
        // Translated to an address of the older kind on its way: NAT64, 6to4.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => embedded(high, low),
        // Documentation; Teredo and the like.
        [0x2001, 0xdb8 | 0..=0x1ff, ..] => Kind::Other,
        [first, ..] if first & 0xe000 == 0x2000 => Kind::Public,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart() {
        for (address, kind) in [
            ("93.184.216.34", Kind::Public),
            ("127.0.0.1", Kind::Private),
            ("127.255.0.9", Kind::Private),
            ("10.1.2.3", Kind::Private),
            ("172.31.0.1", Kind::Private),
            ("172.32.0.1", Kind::Public),
            ("192.168.0.1", Kind::Private),
            ("100.64.0.1", Kind::Private),
            ("169.254.169.254", Kind::Other),
            ("0.0.0.0", Kind::Other),
            ("255.255.255.255", Kind::Other),
            ("224.0.0.1", Kind::Other),
            ("198.18.0.1", Kind::Other),
            ("::1", Kind::Private),
            ("::", Kind::Other),
            ("fe80::1", Kind::Other),
            ("fc00::1", Kind::Private),
            ("fd00:ec2::254", Kind::Other),
            ("ff02::1", Kind::Other),
            ("2606:2800:220:1::1", Kind::Public),
            ("64:ff9b::7f00:1", Kind::Private),
            ("64:ff9b::a9fe:a9fe", Kind::Other),
            ("2002:a9fe:a9fe::", Kind::Other),
            ("2001:db8::1", Kind::Other),
        ] {
            assert_eq!(kind_of(address.parse().unwrap()), kind, "{address}");
        }
    }

    #[test]
    fn older_addresses_in_newer_form_are_the_same() {
        assert!(!Reach::Private.covers("::ffff:169.254.169.254".parse().unwrap()));
        assert!(!Reach::Public.covers("::ffff:127.0.0.1".parse().unwrap()));
        assert!(Reach::Private.covers("::ffff:127.0.0.1".parse().unwrap()));
        assert!(Reach::Any.covers("169.254.169.254".parse().unwrap()));
    }

    #[test]
    fn one_address_out_of_reach_spoils_all() {
        let all = |texts: &[&str]| {
            texts.iter().map(|t| t.parse().unwrap()).collect::<Vec<SocketAddr>>().into_iter()
        };
        assert_eq!(Reach::Public.choose(all(&["93.184.216.34:80", "10.0.0.1:80"])), None);
        assert!(Reach::Public.choose(all(&["93.184.216.34:80"])).is_some());
        assert_eq!(Reach::Any.choose(all(&[])), None);
    }
}
