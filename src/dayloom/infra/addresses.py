"""Which internet addresses lie outside: everything that no registry has set aside."""

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

# The IANA special-purpose registries, and forms of IPv6 that smuggle an IPv4 address: Python's
# own `is_global` lets several of them through (NAT64, 6to4, IPv4-compatible, site-local).
_SET_ASIDE = """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24
    224.0.0.0/4 240.0.0.0/4
    ::/96 ::ffff:0:0/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64
    2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8
"""
PRIVATE: tuple[IPv4Network | IPv6Network, ...] = tuple(map(ip_network, _SET_ASIDE.split()))


def is_public(address: str) -> bool:
    """Tell whether a numeric address belongs to a machine on the open internet."""
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return parsed.is_global and not any(parsed in network for network in PRIVATE)


def is_loopback(host: str) -> bool:
    """Tell whether a name or number in a web address means this very machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
