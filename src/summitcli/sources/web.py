"""What a server answers: fetched with every limit that a hostile one, or a bad connection, makes necessary.

The transfer runs in a thread of its own, so that nothing that a server or a resolver of names does can keep
the program waiting longer than it will.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from summitcli import __version__
from summitcli.errors import Unreachable, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.sources.addresses import address, is_webcal, shown
from summitcli.sources.packed import Damaged, TooLarge, UnknownCoding, unpackers
from summitcli.sources.statuses import meaning, refused_by_proxy

if TYPE_CHECKING:
    import httpx

    from summitcli.sources.transport import Network, Reach


class Limits(NamedTuple):
    """How much of a server is put up with."""

    largest: int = 20 * 2**20
    """In bytes, packed or not."""
    connect: float = 10.0
    """Seconds until there is a connection."""
    whole: float = 30.0
    """Seconds until everything is there, names resolved and redirects followed."""
    redirects: int = 5


class Validators(NamedTuple):
    """What an earlier answer had that tells whether a new one would be the same (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


class Response(NamedTuple):
    """What a server answered."""

    content: bytes
    url: str
    """Where it came from, after redirects, without a name and password."""
    content_type: str
    validators: Validators
    is_local: bool = False
    """Whether it came from the reader's own network, with all redirects on the way; what answers there may
    name other addresses of that network."""


class Refused(Unreachable):
    """An address in the reader's own network that a server of the public internet named.

    Args:
        url: what was to be fetched.
        target: the address that was named.
        linked: whether a page links to it; else it is redirected to.
    """

    def __init__(self, url: str, target: str, linked: bool = False) -> None:
        self.target = target
        links = _("it links to {url} in a private network; if you trust it, run `summit use` with that URL")
        redirects = _(
            "it redirects to {url} in a private network; if you trust it, run `summit use` with that URL"
        )
        reason = (links if linked else redirects).format(url=shown(target))
        super().__init__(_("can't download {url}").format(url=shown(url)), reason)


LIMITS = Limits()
LONGEST_ADDRESS = 4096
"""In characters; to find out that much longer ones name no server takes minutes."""
LONGEST_VALIDATOR = 1024
"""In characters; servers refuse requests whose headers are longer than some thousand."""
NO_VALIDATORS = Validators()

Progress = Callable[[int, int | None], None]
"""Told some times a second how many bytes are there, and how many there will be where that is known."""

# A pretalx event's address answers who asks for JSON first with a redirect to its schedule.
_ACCEPT = (
    "application/json, text/calendar;q=0.9, application/calendar+xml;q=0.9, application/xml;q=0.8,"
    " text/xml;q=0.8, text/html;q=0.5, */*;q=0.2"
)
_GLANCE = 0.05
"""How often the waiting thread looks up, in seconds."""


def fetch(
    url: str,
    validators: Validators = NO_VALIDATORS,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    may_be_local: bool = True,
    network: Network | None = None,
) -> Response | None:
    """What the server answers at ``url``; None where that is what it answered before.

    A server of the public internet may not redirect to the reader's own network, which is not asked anything
    then. A server in that network may, as long as every other one on the way is in it as well.

    Args:
        url: an http or https address.
        validators: what the earlier answer had.
        limits: how much of the server is put up with.
        progress: is told how far it is.
        may_be_local: whether ``url`` may be in the reader's own network, because the user gave it, or a
            server of that network named it.
        network: how names are resolved and connections made; None for the system's way.

    Raises:
        Refused: it is in the reader's own network, or redirects to that, and may not.
        Unreachable: there is no answer, or none that is of use.
        UsageError: it is not an address.
    """
    transfer = _Transfer(url, validators, limits, may_be_local, network)
    thread = threading.Thread(target=transfer.run, daemon=True)
    end = time.monotonic() + limits.whole
    try:
        thread.start()
    except RuntimeError:
        raise _failed(url, _("can't start another thread")) from None
    while thread.is_alive():
        thread.join(max(0.0, min(_GLANCE, end - time.monotonic())))
        if progress:
            progress(transfer.received, transfer.expected)
        if thread.is_alive() and time.monotonic() >= end:
            transfer.abandoned = True
            raise _too_slow(url, limits.whole)
    if transfer.error:
        raise transfer.error
    return transfer.response


def redirected(url: str, location: str) -> str:
    """The address that a server's ``location`` leads to from ``url``.

    A name and password go along only to the same server, and never from https to anything else.

    Raises:
        Unreachable: it leads to what is not followed.
    """
    import httpx

    before = httpx.URL(url)
    try:
        after = before.join(_short(address(location) if is_webcal(location) else location))
    except (httpx.InvalidURL, ValueError):
        raise _failed(url, _("redirects to an invalid URL")) from None
    if after.scheme not in ("http", "https") or not after.host:
        raise _failed(url, _("redirects to something that is not a web URL; not followed"))
    if before.scheme == "https" and after.scheme == "http":
        raise _failed(url, _("redirects from https to http; not followed"))
    same = (before.host, before.port) == (after.host, after.port)
    return str(after.copy_with(userinfo=before.userinfo if same else b"", fragment=None))


def host_of(url: str) -> str:
    """Return the host of an address in ASCII, without a dot at the end; empty if it has none."""
    import httpx

    try:
        return httpx.URL(_short(url)).raw_host.decode("ascii").rstrip(".")
    except (httpx.InvalidURL, ValueError):
        return ""


def _short(address: str) -> str:
    """``address``, if it is no longer than one can be.

    Raises:
        httpx.InvalidURL: it is longer.
    """
    import httpx

    if len(address) > LONGEST_ADDRESS:
        raise httpx.InvalidURL("it is too long")
    return address


class _Transfer:
    """One answer on its way, in a thread of its own; the other thread only looks."""

    def __init__(
        self, url: str, validators: Validators, limits: Limits, may_be_local: bool, network: Network | None
    ) -> None:
        self._url = url
        self._may_be_local = may_be_local
        self._network = network
        self._limits = limits
        self._asked = Validators(*map(_sendable, validators))
        self._next = url
        self.received = 0
        self.expected: int | None = None
        self.abandoned = False
        self.response: Response | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Fetch, and keep what came of it."""
        try:
            self.response = self._fetch()
        except BaseException as error:
            self.error = self._ours(error)

    def _ours(self, error: BaseException) -> BaseException:
        import httpx

        if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | UnicodeError | OverflowError):
            return UsageError(_("{url} is not a valid URL").format(url=shown(self._url)))
        if isinstance(error, httpx.HTTPError | OSError):
            return _failed(self._url, self._reason(error))
        return error

    def _reason(self, error: BaseException) -> str:
        """Why there is no answer, in the reader's words."""
        import socket
        import ssl

        import httpx

        from summitcli.sources.transport import ProxyUnreachable

        if isinstance(error, httpx.ConnectTimeout):
            return _("no connection after {n} seconds").format(n=f"{self._limits.connect:g}")
        if isinstance(error, httpx.TimeoutException):
            return _("timed out after {n} seconds").format(n=f"{self._limits.whole:g}")
        if isinstance(error, ProxyUnreachable):
            return _("can't reach the proxy set in the environment")
        if isinstance(error, httpx.ProxyError):
            return refused_by_proxy(str(error))
        if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError):
            return _("the connection was cut off, or the server does not speak HTTP")
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, socket.gaierror):
                return _("can't resolve the host name; check your connection")
            if isinstance(cause, ssl.SSLCertVerificationError):
                return _("untrusted certificate: {reason}").format(reason=cause.verify_message)
            if isinstance(cause, ssl.SSLError):
                return _("can't establish a secure connection")
            if isinstance(cause, OSError) and cause.strerror:
                return cause.strerror
            cause = cause.__cause__ or cause.__context__
        return _("connection failed")

    def _fetch(self) -> Response | None:
        import httpx

        from summitcli.sources.transport import LocalHost, Reach

        url = self._url
        if not httpx.URL(_short(url)).host:
            raise httpx.InvalidURL("no host")
        reach = Reach(self._may_be_local)
        with self._client(reach) as client:
            for _hop in range(self._limits.redirects + 1):
                try:
                    with client.stream("GET", url) as response:
                        # Once a server of the public internet has answered, it decides what comes next.
                        reach.may_be_local &= reach.was_local
                        if not response.has_redirect_location:
                            return self._answer(response, reach.may_be_local)
                except LocalHost:
                    raise Refused(self._url, url) from None
                url = self._next
        sentence = _("more than {n} redirects")
        raise _failed(self._url, sentence.format(n=self._limits.redirects))

    def _client(self, reach: Reach) -> httpx.Client:
        import httpx

        from summitcli.sources.transport import SYSTEM, client

        headers = {
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip",
            "User-Agent": f"summitcli/{__version__}",
        }
        if self._asked.etag:
            headers["If-None-Match"] = self._asked.etag
        if self._asked.last_modified:
            headers["If-Modified-Since"] = self._asked.last_modified
        timeout = httpx.Timeout(self._limits.whole, connect=self._limits.connect)
        try:
            made = client(reach, self._network or SYSTEM, headers, timeout)
        except (ValueError, ImportError):
            raise _failed(self._url, _("can't use the proxy set in the environment")) from None
        # Where a redirect leads is judged before httpx looks at it, which has other words for it.
        made.event_hooks = {"response": [self._judge]}
        return made

    def _judge(self, response: httpx.Response) -> None:
        if response.has_redirect_location:
            self._next = redirected(str(response.request.url), response.headers["location"])

    def _answer(self, response: httpx.Response, is_local: bool) -> Response | None:
        from http import HTTPStatus

        if response.status_code == HTTPStatus.NOT_MODIFIED and any(self._asked):
            return None
        if response.status_code not in (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION):
            raise _failed(self._url, meaning(response.status_code))
        headers = response.headers
        return Response(
            self._body(response),
            str(response.url.copy_with(userinfo=b"")),
            headers.get("content-type", ""),
            Validators(headers.get("etag"), headers.get("last-modified")),
            is_local,
        )

    def _body(self, response: httpx.Response) -> bytes:
        try:
            unpacking = unpackers(response.headers.get("content-encoding", ""), self._limits.largest)
        except UnknownCoding:
            raise _failed(self._url, _("unsupported content encoding")) from None
        length = response.headers.get("content-length", "")
        self.expected = int(length) if length.isascii() and length.isdigit() and len(length) < 20 else None
        if self.expected is not None and self.expected > self._limits.largest:
            raise self._too_large()
        pieces = []
        try:
            for piece in response.iter_raw():
                self.received += len(piece)
                if self.abandoned:
                    raise _too_slow(self._url, self._limits.whole)
                if self.received > self._limits.largest:
                    raise TooLarge
                for unpacker in unpacking:
                    piece = unpacker.feed(piece)
                pieces.append(piece)
            for unpacker in unpacking:
                unpacker.finish()
        except TooLarge:
            raise self._too_large() from None
        except Damaged:
            raise _failed(self._url, _("damaged or incomplete gzip data")) from None
        return b"".join(pieces)

    def _too_large(self) -> Unreachable:
        sentence = _("it is larger than {n} MB")
        return _failed(self._url, sentence.format(n=f"{self._limits.largest / 2**20:g}"))


def _sendable(validator: str | None) -> str | None:
    """``validator``, where it can be sent back: servers say what none would take (RFC 9110, 5.5)."""
    fit = (
        validator and len(validator) <= LONGEST_VALIDATOR and validator.isascii() and validator.isprintable()
    )
    return validator if fit else None


def _failed(url: str, reason: str) -> Unreachable:
    return Unreachable(_("can't download {url}").format(url=shown(url)), reason)


def _too_slow(url: str, seconds: float) -> Unreachable:
    return _failed(url, _("timed out after {n} seconds").format(n=f"{seconds:g}"))
