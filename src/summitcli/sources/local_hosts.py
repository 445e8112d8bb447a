"""Classification of hosts: public, or in the user's own network.

A page or a redirect of a public server must not make the program send requests into the user's own network,
which the server itself could not send (CWE-918, server-side request forgery). Addresses are classified by the
registries of IANA, not by :mod:`ipaddress`, whose tables differ between Python versions. A host that is not
known to be public is local.
"""

import re
import unicodedata
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import unquote

_NOT_PUBLIC_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this host on this network (RFC 791, 3.2)
        "10.0.0.0/8",  # private use (RFC 1918)
        "100.64.0.0/10",  # shared address space of carriers (RFC 6598)
        "127.0.0.0/8",  # loopback (RFC 1122, 3.2.1.3)
        "169.254.0.0/16",  # link-local, cloud metadata services (RFC 3927)
        "172.16.0.0/12",  # private use (RFC 1918)
        "192.0.0.0/24",  # IETF protocol assignments (RFC 6890)
        "192.0.2.0/24",  # documentation (RFC 5737)
        "192.88.99.0/24",  # relays of 6to4, withdrawn (RFC 7526)
        "192.168.0.0/16",  # private use (RFC 1918)
        "198.18.0.0/15",  # benchmarking (RFC 2544)
        "198.51.100.0/24",  # documentation (RFC 5737)
        "203.0.113.0/24",  # documentation (RFC 5737)
        "224.0.0.0/4",  # multicast (RFC 5771)
        "240.0.0.0/4",  # reserved, and the limited broadcast (RFC 1112, 4)
    )
)
"""The IPv4 networks that are not public, from the IANA IPv4 Special-Purpose Address Registry."""

_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""The only IPv6 addresses assigned to hosts on the internet (RFC 4291, 2.4, and IANA's registry)."""
_NOT_PUBLIC_V6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocol assignments, Teredo among them (RFC 2928, RFC 4380)
        "2001:db8::/32",  # documentation (RFC 3849)
        "3fff::/20",  # documentation (RFC 9637)
    )
)
"""The networks inside :data:`_GLOBAL_UNICAST` that are not public, from the IANA IPv6 registry."""
_WITH_IPV4 = (
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped (RFC 4291, 2.5.5.2)
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64 (RFC 6052, 2.1)
    (IPv6Network("2002::/16"), 80),  # 6to4 (RFC 3056, 2)
)
"""The IPv6 networks whose addresses contain an IPv4 address, and the number of bits that follow it."""
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)
"""The third 32 bits of an IPv6 address whose last 32 bits are an IPv4 address (ISATAP; RFC 5214, 6.1)."""

_LOCAL_DOMAINS = (
    "localhost",  # RFC 6761, 6.3
    "localdomain",  # what /etc/hosts of many systems calls this machine
    "local",  # multicast DNS (RFC 6762)
    "internal",  # reserved by ICANN for private use
    "home.arpa",  # RFC 8375
)
_DOTS = re.compile("[\u3002\uff0e\uff61]")
"""The pattern of characters that IDNA treats as dots (RFC 3490, 3.1)."""
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_MAX_PARTS = 4
"""The maximum number of parts of an IPv4 address (WHATWG URL, 3.5, and inet_aton)."""


def is_public(address: str) -> bool:
    """Return whether an IP address, such as ``192.0.2.1`` or ``2001:db8::1``, is reachable from everywhere.

    An address with a zone, such as ``fe80::1%eth0``, is local. Some IPv6 addresses contain an IPv4 address
    (mapped, NAT64, 6to4, ISATAP): they are public only if both addresses are.

    Raises:
        ValueError: ``address`` is not an IP address.
    """
    found = ip_address(address)
    return _is_public_v4(found) if isinstance(found, IPv4Address) else _is_public_v6(found)


def is_local_name(host: str) -> bool:
    """Return whether the text of ``host`` alone shows that it is in the user's own network.

    That is so for

    - an IP address that is not public, in any spelling (``127.1``, ``0x7f000001``, ``2130706433``,
      full-width, percent-encoded, with a final dot);
    - a name in a domain that is reserved for local use;
    - a name without a dot, to which the network may add a domain of its own;
    - an invalid address that ends in a number, as other programs may interpret it in any way.

    Args:
        host: the host as in a URL; an IPv6 address may be in brackets.
    """
    text = _DOTS.sub(".", unicodedata.normalize("NFKC", unquote(host))).lower().strip().strip("[]")
    if ":" in text or "%" in text:
        return not _is_public_literal(text)
    labels = text.rstrip(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return not _is_public_number(labels)
    name = ".".join(labels)
    return len(labels) == 1 or name.endswith(tuple(f".{domain}" for domain in _LOCAL_DOMAINS))


def _is_public_literal(text: str) -> bool:
    try:
        return is_public(text)
    except ValueError:
        return False


def _is_public_v4(address: IPv4Address) -> bool:
    return not any(address in network for network in _NOT_PUBLIC_V4)


def _is_public_v6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    number = int(address)
    for network, behind in _WITH_IPV4:
        if address in network:
            return _is_public_v4(IPv4Address(number >> behind & 0xFFFF_FFFF))
    if number >> 32 & 0xFFFF_FFFF in _ISATAP and not _is_public_v4(IPv4Address(number & 0xFFFF_FFFF)):
        return False
    return address in _GLOBAL_UNICAST and not any(address in network for network in _NOT_PUBLIC_V6)


def _is_public_number(labels: list[str]) -> bool:
    """Return whether a host is a public IPv4 address, given its parts between dots (two for ``127.1``).

    The parts are read as in WHATWG URL 3.5 and ``inet_aton``: octal after ``0``, hexadecimal after ``0x``;
    the last part fills all bytes that are left.
    """
    if len(labels) > _MAX_PARTS or not all(map(_NUMBER.fullmatch, labels)):
        return False
    try:
        *first, last = (_number(label) for label in labels)
    except ValueError:
        return False
    if any(part > 0xFF for part in first) or last >= 256 ** (_MAX_PARTS + 1 - len(labels)):
        return False
    number = last
    for place, part in enumerate(first):
        number += part << 8 * (_MAX_PARTS - 1 - place)
    return _is_public_v4(IPv4Address(number))


def _number(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if label.startswith("0") else 10)
