"""The proxies that environment variables set, and the choice of a proxy for each server."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address, ip_network

from summitcli.lazy_typing import NamedTuple


class Proxies(NamedTuple):
    """The proxy for each URL scheme, and the hosts that are contacted without a proxy."""

    by_scheme: Mapping[str, str]
    """The URLs of the proxies, by the scheme of the requests: ``http``, ``https``, or ``all`` for both."""
    without: tuple[str, ...] = ()
    """The entries of ``NO_PROXY``: hosts, domains or networks that are contacted without a proxy."""

    def of(self, scheme: str, host: str, port: int | None = None) -> str:
        """Return the URL of the proxy for a server; empty for a direct connection.

        Args:
            scheme: ``http`` or ``https``.
            host: a name or an IP address, without the brackets of IPv6.
            port: the port in the URL; None if it has none.
        """
        proxy = self.by_scheme.get(scheme) or self.by_scheme.get("all", "")
        if not proxy:
            return ""
        place = port or {"https": 443}.get(scheme, 80)
        return "" if any(_matches(entry, scheme, host.lower(), place) for entry in self.without) else proxy


def from_environment() -> Proxies:
    """Return the proxies in ``HTTP_PROXY`` and similar variables, or else in the system's settings."""
    from urllib.request import getproxies

    found = getproxies()
    named = {scheme: found[scheme].strip() for scheme in ("http", "https", "all") if found.get(scheme)}
    proxies = {scheme: proxy if "://" in proxy else f"http://{proxy}" for scheme, proxy in named.items()}
    return Proxies(proxies, tuple(found.get("no", "").replace(",", " ").split()))


def _matches(entry: str, scheme: str, host: str, port: int) -> bool:
    """Return whether an entry of ``NO_PROXY`` matches a host.

    There is no standard for these entries. Programs accept:

    - ``*`` for all hosts;
    - a host or a domain, with or without ``.`` or ``*.`` before it and a port after it;
    - an IP address with or without brackets, or a network such as ``10.0.0.0/8``;
    - a URL (httpx does).
    """
    entry = entry.lower()
    if entry == "*":
        return True
    wanted, separator, rest = entry.partition("://")
    if separator:
        if wanted not in ("all", scheme):
            return False
        entry = rest.rstrip("/")
    name, wanted_port = _split_port(entry)
    if wanted_port and wanted_port != str(port):
        return False
    if (at := _is_within(host, name)) is not None:
        return at
    domain = name.removeprefix("*").strip(".")
    return bool(domain) and (host.rstrip(".") == domain or host.rstrip(".").endswith(f".{domain}"))


def _split_port(entry: str) -> tuple[str, str]:
    """Return the host (without brackets) and the port in an entry of ``NO_PROXY``; the port may be empty."""
    if entry.startswith("["):
        name, _bracket, rest = entry[1:].partition("]")
        return name + (rest if rest.startswith("/") else ""), rest.removeprefix(":") if rest[
            :1
        ] == ":" else ""
    name, colon, port = entry.rpartition(":")
    return (name, port) if colon and port.isdigit() and ":" not in name else (entry, "")


def _is_within(host: str, name: str) -> bool | None:
    """Return whether ``host``, an IP address, is the address ``name``, or is in the network ``name``.

    Return None if ``host`` is not an IP address, or if ``name`` is neither an address nor a network.
    """
    try:
        address = ip_address(host.strip("[]").partition("%")[0])
        network = ip_network(name, strict=False)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return any(ip.version == network.version and ip in network for ip in (address, mapped) if ip)
