"""A simulated internet: names resolve as the test says, and servers have public addresses."""

from collections.abc import Iterable, Mapping, Sequence

import httpcore

from summitcli.sources.transport import Network

PUBLIC = "8.8.8.8"
OTHER = "2606:4700::1111"
"""Public addresses that no test connects to."""


class Internet(httpcore.NetworkBackend):
    """A resolver of names that connects public addresses to local servers.

    Args:
        names: for each name, the addresses of consecutive look-ups; the last ones are repeated.
        servers: the local port for each public address; others refuse the connection.
    """

    def __init__(self, names: Mapping[str, Sequence[Sequence[str]]], servers: Mapping[str, int]) -> None:
        self._names = {name: list(answers) for name, answers in names.items()}
        self._servers = servers
        self._machine = httpcore.SyncBackend()
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []

    @property
    def network(self) -> Network:
        """Return the network that a download is given."""
        return Network(self.resolve, self)

    def resolve(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host; an IP address resolves to itself."""
        self.resolved.append(host)
        answers = self._names.get(host, [[host]])
        return list(answers.pop(0) if len(answers) > 1 else answers[0])

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the server with the address."""
        self.connected.append((host, port))
        if host in self._servers:
            return self._machine.connect_tcp("127.0.0.1", self._servers[host], timeout)
        if host in ("127.0.0.1", "::1"):
            return self._machine.connect_tcp(host, port, timeout)
        raise httpcore.ConnectError("no server of the test has this address")
