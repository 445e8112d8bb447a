"""Which proxy a server is asked through, as the environment says it."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address, ip_network

from summitcli.lazy_typing import NamedTuple


class Proxies(NamedTuple):
    """The proxies that the environment names, and the hosts that are asked without one."""

    by_scheme: Mapping[str, str]
    """The URL of a proxy for ``http``, ``https`` and ``all``."""
    without: tuple[str, ...] = ()
    """The entries of ``NO_PROXY``."""

    def of(self, scheme: str, host: str, port: int | None = None) -> str:
        """Return the proxy to ask a server through; empty if it is asked without one.

        Args:
            scheme: ``http`` or ``https``.
            host: a name or an IP address, the brackets of IPv6 left out.
            port: the one that the URL has, if any.
        """
        proxy = self.by_scheme.get(scheme) or self.by_scheme.get("all", "")
        if not proxy:
            return ""
        place = port or {"https": 443}.get(scheme, 80)
        return "" if any(_names(entry, scheme, host.lower(), place) for entry in self.without) else proxy


def from_environment() -> Proxies:
    """Return what ``HTTP_PROXY``, ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` say, else the system."""
    from urllib.request import getproxies

    said = getproxies()
    named = {scheme: said[scheme].strip() for scheme in ("http", "https", "all") if said.get(scheme)}
    proxies = {scheme: proxy if "://" in proxy else f"http://{proxy}" for scheme, proxy in named.items()}
    return Proxies(proxies, tuple(said.get("no", "").replace(",", " ").split()))


def _names(entry: str, scheme: str, host: str, port: int) -> bool:
    """Return whether an entry of ``NO_PROXY`` names a host, however it is written.

    No standard says how that is. Programs know ``*``, a host or the end of one, with or without ``.`` or
    ``*.`` before it, a port behind it, an IP address with or without brackets, a network as in
    ``10.0.0.0/8``, and httpx a URL.
    """
    entry = entry.lower()
    if entry == "*":
        return True
    wanted, separator, rest = entry.partition("://")
    if separator:
        if wanted not in ("all", scheme):
            return False
        entry = rest.rstrip("/")
    name, wanted_port = _divided(entry)
    if wanted_port and wanted_port != str(port):
        return False
    if (at := _is_within(host, name)) is not None:
        return at
    domain = name.removeprefix("*").strip(".")
    return bool(domain) and (host.rstrip(".") == domain or host.rstrip(".").endswith(f".{domain}"))


def _divided(entry: str) -> tuple[str, str]:
    """Return the host of an entry, brackets left out, and its port, if it has one."""
    if entry.startswith("["):
        name, _bracket, rest = entry[1:].partition("]")
        return name + (rest if rest.startswith("/") else ""), rest.removeprefix(":") if rest[
            :1
        ] == ":" else ""
    name, colon, port = entry.rpartition(":")
    return (name, port) if colon and port.isdigit() and ":" not in name else (entry, "")


def _is_within(host: str, name: str) -> bool | None:
    """Return whether an IP address is one, or of a network; None if either is none of these."""
    try:
        address = ip_address(host.strip("[]").partition("%")[0])
        network = ip_network(name, strict=False)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return any(one.version == network.version and one in network for one in (address, mapped) if one)
