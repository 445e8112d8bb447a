"""An HTTP client that connects to the user's own network only if that is allowed.

The name of a host is resolved once for each request. All its addresses are checked. Then the connection is
made to one of these addresses, not to the name, so that an attacker can't give another address in between
(DNS rebinding). TLS and the Host header still use the name. All this is done in a network backend of
httpcore, below a transport of httpx; both are documented extension points.
"""

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import httpcore
import httpx

from summitcli.sources.local_hosts import is_local_name, is_public
from summitcli.sources.proxies import Proxies, from_environment

MAX_ADDRESSES = 8
"""The maximum number of addresses of a host that are tried; well-known hosts have up to eight."""

Resolver = Callable[[str, int], list[str]]
"""A function that takes a host and a port, and returns the host's IP addresses, best first.

It raises OSError if there are none.
"""


class LocalHost(Exception):
    """The error that a request would go to the user's own network, which is not allowed."""


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of ``host`` in the order in which to try them (RFC 6724).

    Raises:
        OSError: the name can't be resolved.
    """
    addresses = []
    for _family, _type, _protocol, _name, place in socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM):
        address = str(place[0])
        # Connecting to a link-local address requires its zone (RFC 4007, 11).
        zone = f"%{place[3]}" if len(place) > 3 and place[3] and "%" not in address else ""
        addresses.append(address + zone)
    return list(dict.fromkeys(addresses))


class ProxyUnreachable(httpx.ProxyError):
    """The error that the proxy set in the environment does not accept connections."""


class Network(NamedTuple):
    """The way to reach the network: a function that resolves host names, and an object that connects."""

    resolve: Resolver = resolve
    backend: httpcore.NetworkBackend | None = None
    """The object that connects to an IP address; None for the usual one."""


SYSTEM = Network()


class Reach:
    """The hosts that a client may reach. The client records whether its last request went to a local host.

    The caller may change :attr:`may_be_local` between two requests; the client sets :attr:`was_local`.

    Args:
        may_be_local: True if hosts in the user's own network are allowed.
    """

    def __init__(self, may_be_local: bool) -> None:
        self.may_be_local = may_be_local
        """True if hosts in the user's own network are allowed."""
        self.was_local = False
        """True if the last request went to a host in the user's own network."""


def client(reach: Reach, network: Network, headers: dict[str, str], timeout: httpx.Timeout) -> httpx.Client:
    """Return an HTTP client that connects only to allowed hosts, through proxies if any are set.

    Args:
        reach: the hosts that are allowed.
        network: the way to reach the network.
        headers: the headers of each request.
        timeout: the time limits.

    Raises:
        ValueError, ImportError: a proxy set in the environment can't be used.
    """
    context = httpx.create_ssl_context()
    proxies = from_environment()
    proxied = {
        proxy: _Proxied(httpx.HTTPTransport(verify=context, proxy=httpx.Proxy(proxy)), reach)
        for proxy in proxies.by_scheme.values()
    }
    router = _Router(_Direct(context, _Backend(reach, network)), proxies, proxied)
    return httpx.Client(transport=router, headers=headers, timeout=timeout)


class _Router(httpx.BaseTransport):
    """A transport that sends each request through the proxy for its server, or directly."""

    def __init__(self, direct: "_Direct", proxies: Proxies, proxied: Mapping[str, "_Proxied"]) -> None:
        self._direct = direct
        self._proxies = proxies
        self._proxied = proxied

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        proxy = self._proxies.of(url.scheme, url.raw_host.decode("ascii"), url.port)
        transport = self._proxied[proxy] if proxy else self._direct
        return transport.handle_request(request)

    def close(self) -> None:
        for transport in (self._direct, *self._proxied.values()):
            transport.close()


class _Backend(httpcore.NetworkBackend):
    """A network backend that connects only to addresses that are allowed."""

    def __init__(self, reach: Reach, network: Network) -> None:
        self._reach = reach
        self._resolve = network.resolve
        self._backend = network.backend or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of ``host`` that accepts a connection.

        Args:
            host: a name or an IP address.
            port: the TCP port.
            timeout: the time limit for each address, in seconds.
            local_address: the address of this computer from which to connect.
            socket_options: options of the connection's socket.

        Raises:
            LocalHost: the host is in the user's own network, which is not allowed.
            httpcore.ConnectError, httpcore.ConnectTimeout: no address accepts a connection.
        """
        reach = self._reach
        if not reach.may_be_local and is_local_name(host):
            raise LocalHost
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        if not reach.may_be_local and not all(map(is_public, addresses)):
            raise LocalHost
        failure: Exception = httpcore.ConnectError("the name has no addresses")
        for address in addresses[:MAX_ADDRESSES]:
            try:
                stream = self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                reach.was_local = not is_public(address)
                return stream
        raise failure


class _Direct(httpx.BaseTransport):
    """A transport without a proxy.

    Each request gets a new connection, because its host's addresses are checked for each request.
    """

    def __init__(self, context: ssl.SSLContext, backend: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_keepalive_connections=0, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        assert isinstance(request.stream, httpx.SyncByteStream)  # noqa: S101
        with _as_httpx():
            response = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(
                        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        assert isinstance(response.stream, Iterable)  # noqa: S101
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response.stream),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Proxied(httpx.BaseTransport):
    """A transport that sends requests through a proxy.

    The proxy resolves host names, so only the host names can be checked, not their addresses.
    """

    def __init__(self, transport: httpx.BaseTransport, reach: Reach) -> None:
        self._transport = transport
        self._reach = reach

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request through the proxy, and return the response.

        Raises:
            LocalHost: the host is in the user's own network, which is not allowed.
            ProxyUnreachable: the proxy accepts no connection.
        """
        is_local = is_local_name(request.url.raw_host.decode("ascii"))
        if is_local and not self._reach.may_be_local:
            raise LocalHost
        try:
            response = self._transport.handle_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            if _is_of_tls(error):
                # The TLS handshake is with the server, through the proxy.
                raise
            raise ProxyUnreachable(str(error)) from error
        self._reach.was_local = is_local
        return response

    def close(self) -> None:
        self._transport.close()


class _Body(httpx.SyncByteStream):
    """The body of a response; it is read as it arrives."""

    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            yield from self._stream

    def close(self) -> None:
        """Release the connection."""
        if close := getattr(self._stream, "close", None):
            close()


@contextlib.contextmanager
def _as_httpx() -> Iterator[None]:
    """Turn errors of httpcore in the ``with`` block into the errors of httpx with the same names."""
    try:
        yield
    except Exception as error:
        for kind in type(error).__mro__:
            ours = getattr(httpx, kind.__name__, None)
            if ours is not None and kind.__module__.partition(".")[0] == httpcore.__name__:
                raise ours(str(error)) from error
        raise


def _is_of_tls(error: BaseException | None) -> bool:
    """Return whether ``error``, or an error that caused it, comes from TLS."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
