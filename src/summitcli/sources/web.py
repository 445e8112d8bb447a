"""Downloads over HTTP, with limits that protect against harmful servers and bad connections.

A download runs in its own thread, so that neither a server nor the resolution of a name can block the program
for longer than the time limit.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from summitcli import __version__
from summitcli.errors import Unreachable, UsageError, system_message
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.sources.addresses import http_url, is_webcal, without_password
from summitcli.sources.packed import Damaged, TooLarge, UnknownCoding, decompressors
from summitcli.sources.statuses import describe_certificate, describe_status, refused_by_proxy

if TYPE_CHECKING:
    import httpx

    from summitcli.sources.transport import Network, Reach


class Limits(NamedTuple):
    """The limits of a download."""

    max_size: int = 20 * 2**20
    """The maximum size of a response in bytes, both compressed and decompressed."""
    connect: float = 10.0
    """The time limit for connecting, in seconds."""
    total: float = 30.0
    """The time limit for the whole download, including name resolution and redirects, in seconds."""
    redirects: int = 5


class Validators(NamedTuple):
    """Headers of a response, to ask the server later whether the content has changed (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


class Response(NamedTuple):
    """A server's response."""

    content: bytes
    url: str
    """The final URL, after redirects, without user name and password."""
    content_type: str
    validators: Validators
    is_local: bool = False
    """True if the response and all redirects before it came from the user's own network.

    Then a page may link to other hosts of that network.
    """


class Refused(Unreachable):
    """The error that a public server redirects or links to the user's own network.

    Args:
        url: the URL that was to be downloaded.
        target: the URL in the user's own network.
        linked: True if a page links to ``target``, False if a server redirects to it.
    """

    def __init__(self, url: str, target: str, linked: bool = False) -> None:
        self.target = target
        links = _("it links to {url} in a private network; if you trust it, run `summit use` with that URL")
        redirects = _(
            "it redirects to {url} in a private network; if you trust it, run `summit use` with that URL"
        )
        reason = (links if linked else redirects).format(url=without_password(target))
        super().__init__(_("can't download {url}").format(url=without_password(url)), reason)


LIMITS = Limits()
MAX_URL_LENGTH = 4096
"""The maximum length of a URL, in characters. Checking a URL that is much longer may take minutes."""
MAX_VALIDATOR_LENGTH = 1024
"""The maximum length, in characters, of an ETag or Last-Modified that is sent back to a server.

Servers refuse long headers.
"""
NO_VALIDATORS = Validators()

Progress = Callable[[int, int | None], None]
"""A function that is called several times a second with the bytes received so far, and with their total.

The total is None if it is unknown.
"""

# The URL of a pretalx event redirects to its schedule if JSON is preferred.
_ACCEPT = (
    "application/json, text/calendar;q=0.9, application/calendar+xml;q=0.9, application/xml;q=0.8,"
    " text/xml;q=0.8, text/html;q=0.5, */*;q=0.2"
)
_POLL_INTERVAL = 0.05
"""The time after which the waiting thread looks at the download again, in seconds."""


def fetch(
    url: str,
    validators: Validators = NO_VALIDATORS,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    may_be_local: bool = True,
    network: Network | None = None,
) -> Response | None:
    """Download ``url`` and return the response; None if the server says that it has not changed.

    A redirect into the user's own network is followed only if all servers so far were in that network, too.

    Args:
        url: an http or https URL.
        validators: the headers of an earlier response; :data:`NO_VALIDATORS` if there is no such response, or
            if it is no longer stored.
        limits: the limits of the download.
        progress: a function that is called several times a second; see :data:`Progress`. None for no calls.
        may_be_local: True if ``url`` may be in the user's own network, because the user or a server of that
            network gave it.
        network: the way to reach the network; None for the usual one.

    Raises:
        Refused: ``url`` or a redirect is in the user's own network, which is not allowed.
        Unreachable: there is no usable response.
        UsageError: ``url`` is invalid.
    """
    transfer = _Transfer(url, validators, limits, may_be_local, network)
    thread = threading.Thread(target=transfer.run, daemon=True)
    end = time.monotonic() + limits.total
    try:
        thread.start()
    except RuntimeError:
        raise _failed(url, _("the system allows no more threads; close other programs")) from None
    while thread.is_alive():
        thread.join(max(0.0, min(_POLL_INTERVAL, end - time.monotonic())))
        if progress:
            progress(transfer.received, transfer.expected)
        if thread.is_alive() and time.monotonic() >= end:
            transfer.abandoned = True
            raise _too_slow(url, limits.total)
    if transfer.error:
        raise transfer.error
    return transfer.response


def redirected(url: str, location: str) -> str:
    """Return the URL to which ``url`` redirects; ``location`` is its Location header.

    User name and password are only passed on to the same host and port.

    Raises:
        Unreachable: the target is invalid, or this kind of redirect is not followed.
    """
    import httpx

    before = httpx.URL(url)
    try:
        after = before.join(_limited(http_url(location) if is_webcal(location) else location))
    except (httpx.InvalidURL, ValueError):
        raise _failed(url, _("redirects to an invalid URL")) from None
    if after.scheme not in ("http", "https") or not after.host:
        raise _failed(url, _("redirects to something that is not a web URL, so it was not followed"))
    if before.scheme == "https" and after.scheme == "http":
        raise _failed(url, _("redirects from https to http, so it was not followed"))
    same = (before.host, before.port) == (after.host, after.port)
    return str(after.copy_with(userinfo=before.userinfo if same else b"", fragment=None))


def host_of(url: str) -> str:
    """Return the host of ``url`` in ASCII, without a final dot; empty if ``url`` has no host."""
    import httpx

    try:
        return httpx.URL(_limited(url)).raw_host.decode("ascii").rstrip(".")
    except (httpx.InvalidURL, ValueError):
        return ""


def _limited(url: str) -> str:
    """Return ``url`` if it is not too long.

    Raises:
        httpx.InvalidURL: it is longer than :data:`MAX_URL_LENGTH`.
    """
    import httpx

    if len(url) > MAX_URL_LENGTH:
        raise httpx.InvalidURL("it is too long")
    return url


class _Transfer:
    """A download in its own thread. The thread that waits for it reads only the attributes."""

    def __init__(
        self, url: str, validators: Validators, limits: Limits, may_be_local: bool, network: Network | None
    ) -> None:
        self._url = url
        self._may_be_local = may_be_local
        self._network = network
        self._limits = limits
        self._validators = Validators(*map(_sendable, validators))
        self._next = url
        self.received = 0
        self.expected: int | None = None
        self.abandoned = False
        self.response: Response | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Download the URL, and store the response or the error in this object."""
        try:
            self.response = self._fetch()
        except BaseException as error:
            self.error = self._converted(error)

    def _converted(self, error: BaseException) -> BaseException:
        import httpx

        if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | UnicodeError | OverflowError):
            return UsageError(_("{url} is not a valid URL").format(url=without_password(self._url)))
        if isinstance(error, httpx.HTTPError | OSError):
            return _failed(self._url, self._reason(error))
        return error

    def _reason(self, error: BaseException) -> str:
        """Return the reason why the download failed with ``error``, in the user's language."""
        import socket
        import ssl

        import httpx

        from summitcli.sources.transport import ProxyUnreachable

        if isinstance(error, httpx.ConnectTimeout):
            return _("no connection after {n} seconds").format(n=f"{self._limits.connect:g}")
        if isinstance(error, httpx.TimeoutException):
            return _("timed out after {n} seconds").format(n=f"{self._limits.total:g}")
        if isinstance(error, ProxyUnreachable):
            return _("can't reach the proxy set in an environment variable")
        if isinstance(error, httpx.ProxyError):
            return refused_by_proxy(str(error))
        if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError):
            return _("the connection was cut off, or the server does not speak HTTP")
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, socket.gaierror):
                return _("can't resolve the host name; check your connection")
            if isinstance(cause, ssl.SSLCertVerificationError):
                return _("untrusted certificate: {reason}").format(reason=describe_certificate(cause))
            if isinstance(cause, ssl.SSLError):
                return _("can't establish a secure connection")
            if isinstance(cause, OSError) and cause.strerror:
                return system_message(cause)
            cause = cause.__cause__ or cause.__context__
        return _("connection failed")

    def _fetch(self) -> Response | None:
        import httpx

        from summitcli.sources.transport import LocalHost, Reach

        url = self._url
        if not httpx.URL(_limited(url)).host:
            raise httpx.InvalidURL("no host")
        reach = Reach(self._may_be_local)
        with self._client(reach) as client:
            for _hop in range(self._limits.redirects + 1):
                try:
                    with client.stream("GET", url) as response:
                        # A redirect of a public server must not lead to local hosts.
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
        if self._validators.etag:
            headers["If-None-Match"] = self._validators.etag
        if self._validators.last_modified:
            headers["If-Modified-Since"] = self._validators.last_modified
        timeout = httpx.Timeout(self._limits.total, connect=self._limits.connect)
        try:
            made = client(reach, self._network or SYSTEM, headers, timeout)
        except (ValueError, ImportError):
            raise _failed(self._url, _("can't use the proxy set in an environment variable")) from None
        # Check redirects before httpx does, whose errors are worded differently.
        made.event_hooks = {"response": [self._check_redirect]}
        return made

    def _check_redirect(self, response: httpx.Response) -> None:
        if response.has_redirect_location:
            self._next = redirected(str(response.request.url), response.headers["location"])

    def _answer(self, response: httpx.Response, is_local: bool) -> Response | None:
        from http import HTTPStatus

        if response.status_code == HTTPStatus.NOT_MODIFIED and any(self._validators):
            return None
        if response.status_code not in (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION):
            raise _failed(self._url, describe_status(response.status_code))
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
            chain = decompressors(response.headers.get("content-encoding", ""), self._limits.max_size)
        except UnknownCoding:
            raise _failed(self._url, _("the server compressed the file in an unsupported way")) from None
        length = response.headers.get("content-length", "")
        self.expected = int(length) if length.isascii() and length.isdigit() and len(length) < 20 else None
        if self.expected is not None and self.expected > self._limits.max_size:
            raise self._too_large()
        pieces = []
        try:
            for piece in response.iter_raw():
                self.received += len(piece)
                if self.abandoned:
                    raise _too_slow(self._url, self._limits.total)
                if self.received > self._limits.max_size:
                    raise TooLarge
                for decompressor in chain:
                    piece = decompressor.feed(piece)
                pieces.append(piece)
            for decompressor in chain:
                decompressor.finish()
        except TooLarge:
            raise self._too_large() from None
        except Damaged:
            raise _failed(self._url, _("damaged or incomplete gzip data")) from None
        return b"".join(pieces)

    def _too_large(self) -> Unreachable:
        sentence = _("it is larger than {n} MB")
        return _failed(self._url, sentence.format(n=f"{self._limits.max_size / 2**20:g}"))


def _sendable(validator: str | None) -> str | None:
    """Return ``validator`` (an ETag or date) if it may be sent in a header (RFC 9110, 5.5), or None."""
    if not validator or len(validator) > MAX_VALIDATOR_LENGTH:
        return None
    return validator if validator.isascii() and validator.isprintable() else None


def _failed(url: str, reason: str) -> Unreachable:
    return Unreachable(_("can't download {url}").format(url=without_password(url)), reason)


def _too_slow(url: str, seconds: float) -> Unreachable:
    return _failed(url, _("timed out after {n} seconds").format(n=f"{seconds:g}"))
