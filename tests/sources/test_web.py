"""Downloads, and each of their limits, with real servers."""

import errno
import gzip
import io
import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpcore
import pytest

from summitcli import __version__
from summitcli.errors import Status, SummitError, Unreachable, UsageError
from summitcli.i18n import using_language
from summitcli.sources.statuses import refused_by_proxy
from summitcli.sources.transport import Network
from summitcli.sources.web import (
    LIMITS,
    Limits,
    Refused,
    Response,
    Validators,
    fetch,
    host_of,
    redirected,
)
from tests.internet import PUBLIC
from tests.limits import in_proportion
from tests.webserver import (
    Answer,
    Site,
    breaks_off,
    dated,
    drips_body,
    drips_headers,
    endless,
    no_http,
    packed,
    page,
    redirect,
    says_nothing,
    status,
    tagged,
)

MB = 2**20
NONE = Validators()
SMALL = Limits(max_size=MB, connect=0.5, total=0.5)


def refused(url: str, limits: Limits = LIMITS) -> str:
    """Return the reason why ``url`` can't be downloaded."""
    with pytest.raises(Unreachable) as caught:
        fetch(url, limits=limits)
    assert caught.value.status == Status.UNREACHABLE
    beginning = f"can't download {url}: "
    assert str(caught.value).startswith(beginning)
    return str(caught.value).removeprefix(beginning)


def test_the_limits_are_those_that_are_documented() -> None:
    assert Limits(20 * MB, 10.0, 30.0, 5) == LIMITS


def test_a_response_is_returned(site: Site) -> None:
    site["/s.json"] = page(b"{}", ETag='"1"', Last_Modified="Wed, 01 May 2024 10:00:00 GMT")
    assert fetch(f"{site.url}/s.json") == Response(
        b"{}",
        f"{site.url}/s.json",
        "application/json",
        Validators('"1"', "Wed, 01 May 2024 10:00:00 GMT"),
        is_local=True,
    )
    ((_path, headers),) = site.requests
    assert headers["User-Agent"] == f"summitcli/{__version__}"
    assert headers["Accept"].split(",")[0] == "application/json"
    assert headers["Accept-Encoding"] == "gzip"
    assert {"If-None-Match", "If-Modified-Since", "Authorization"} & set(headers) == set()


def test_an_unchanged_response_is_none(site: Site) -> None:
    when = "Wed, 01 May 2024 10:00:00 GMT"
    site["/tagged"], site["/dated"] = tagged(b"new", '"2"'), dated(b"new", when)
    assert fetch(f"{site.url}/tagged", Validators('"2"')) is None
    assert fetch(f"{site.url}/dated", Validators(None, when)) is None
    for path, earlier in (("tagged", Validators('"1"')), ("dated", Validators(None, "Mon"))):
        answer = fetch(f"{site.url}/{path}", earlier)
        assert answer and answer.content == b"new"


@pytest.mark.parametrize("said", ['"é"', "a\tb", "x" * 5000, "\x7f", "a\r\nX: y", ""])
def test_unsendable_validators_are_dropped(site: Site, said: str) -> None:
    site["/s"] = page(b"new")
    answer = fetch(f"{site.url}/s", Validators(said, said))
    assert answer and answer.content == b"new"
    ((_path, headers),) = site.requests
    assert {"If-None-Match", "If-Modified-Since", "X"} & set(headers) == set()


def test_not_modified_is_an_error_without_validators(site: Site) -> None:
    site["/s"] = status(304)
    assert refused(f"{site.url}/s") == "Not Modified (304)"


def test_five_redirects_are_followed(site: Site) -> None:
    for number in range(6):
        site[f"/{number}"] = redirect(
            f"/{number + 1}" if number % 2 else f"{site.url}/{number + 1}", 301 + number % 2
        )
    site["/6"] = page(b"there")
    answer = fetch(f"{site.url}/1")
    assert answer and (answer.content, answer.url) == (b"there", f"{site.url}/6")
    assert refused(f"{site.url}/0") == "more than 5 redirects"
    site["/loop"] = redirect("/loop")
    assert refused(f"{site.url}/loop") == "more than 5 redirects"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "redirects to something that is not a web URL, so it was not followed"),
        ("ftp://127.0.0.1/x", "redirects to something that is not a web URL, so it was not followed"),
        ("https:///x", "redirects to something that is not a web URL, so it was not followed"),
        ("javascript:alert(1)", "redirects to something that is not a web URL, so it was not followed"),
        ("http://[::1", "redirects to an invalid URL"),
        ("http://" + "x" * 60_000, "redirects to an invalid URL"),
    ],
)
def test_redirects_that_are_not_followed(site: Site, location: str, reason: str) -> None:
    site["/s"] = redirect(location)
    assert refused(f"{site.url}/s") == reason


def test_a_redirect_to_webcal_means_https() -> None:
    assert redirected("https://h/s", "webcal://i/s.ics") == "https://i/s.ics"


def test_no_redirect_from_https_to_http_is_followed() -> None:
    with pytest.raises(Unreachable) as caught:
        redirected("https://u:p@h/s", "http://h/s")
    assert str(caught.value) == (
        "can't download https://u:***@h/s: redirects from https to http, so it was not followed"
    )
    assert redirected("http://h/s", "https://h/t") == "https://h/t"


def test_a_login_is_passed_on_only_to_the_same_server() -> None:
    url = "https://u:p@h/a/b"
    there = [
        redirected(url, location) for location in ("/c", "d#e", "https://h/x", "//o/x", "https://v:q@o/x")
    ]
    there += [redirected(url, "https://h:444/x"), redirected("http://u:p@h/", "https://h/")]
    assert there == [
        "https://u:p@h/c", "https://u:p@h/a/d", "https://u:p@h/x", "https://o/x", "https://o/x",
        "https://h:444/x",
        "https://u:p@h/",
    ]  # fmt: skip


def test_a_login_is_sent_and_not_shown(site: Site) -> None:
    url = site.url.replace("//", "//me:secret@")
    site["/s"] = page(b"{}")
    answer = fetch(f"{url}/s")
    assert answer and answer.url == f"{site.url}/s"
    assert site.requests[0][1]["Authorization"] == "Basic bWU6c2VjcmV0"
    site["/r"] = redirect("/s")
    answer = fetch(f"{url}/r")
    assert answer and answer.url == f"{site.url}/s"
    assert [headers["Authorization"] for _path, headers in site.requests] == ["Basic bWU6c2VjcmV0"] * 3
    site["/s"] = status(401)
    with pytest.raises(Unreachable) as caught:
        fetch(f"{url}/s")
    assert str(caught.value) == (
        f"can't download {site.url.replace('//', '//me:***@')}/s:"
        " login required; use https://USER:PASSWORD@… (401)"
    )


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (404, "not found (404)"),
        (500, "server error; try again later (500)"),
        (503, "server error; try again later (503)"), (403, "access denied (403)"),
        (410, "permanently removed (410)"),
        (204, "the server sent an empty response (204)"),
        (206, "the server sent only a part of the file (206)"), (300, "multiple choices (300)"),
        (418, "I'm a Teapot (418)"), (599, "server error; try again later (599)"), (299, "(299)"),
        (407, "the proxy set in an environment variable requires a login (407)"),
        (429, "too many requests; try again later (429)"),
    ],
)  # fmt: skip
def test_a_status_is_described(site: Site, code: int, meaning: str) -> None:
    site["/s"] = status(code)
    assert refused(f"{site.url}/s") == meaning


def test_a_compressed_response_is_decompressed(site: Site) -> None:
    site["/s"] = packed(b"schedule" * 1000)
    answer = fetch(f"{site.url}/s")
    assert answer and answer.content == b"schedule" * 1000


def test_a_non_authoritative_response_is_accepted(site: Site) -> None:
    site["/s"] = lambda handler: handler.reply(203, {}, b"{}")
    answer = fetch(f"{site.url}/s")
    assert answer and answer.content == b"{}"


@pytest.mark.parametrize(
    "coding", ["", "none", "UTF-8", "aws-chunked", "identity", "identity, Identity", "binary,", "utf-8, none"]
)
def test_unknown_values_of_content_encoding_are_ignored(site: Site, coding: str) -> None:
    site["/s"] = page(b"{}", Content_Encoding=coding)
    answer = fetch(f"{site.url}/s")
    assert answer and answer.content == b"{}"


@pytest.mark.parametrize(
    ("coding", "times"),
    [("GZIP", 1), ("identity, gzip", 1), ("gzip, x-gzip", 2), ("aws-chunked,gzip,gzip,gzip", 3)],
)
def test_a_response_may_be_compressed_several_times(site: Site, coding: str, times: int) -> None:
    body = b"schedule" * 1000
    for _time in range(times):
        body = gzip.compress(body)
    site["/s"] = page(body, Content_Encoding=coding)
    answer = fetch(f"{site.url}/s")
    assert answer and answer.content == b"schedule" * 1000


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "gzip, br", "gzip, gzip, gzip, gzip"])
def test_another_content_coding_is_refused(site: Site, coding: str) -> None:
    site["/s"] = page(b"x", Content_Encoding=coding)
    assert refused(f"{site.url}/s") == "the server compressed the file in an unsupported way"


@pytest.mark.parametrize("body", [gzip.compress(b"x" * 99, mtime=0)[:-9], b"plain", b""])
def test_a_damaged_compressed_response_is_refused(site: Site, body: bytes) -> None:
    site["/s"] = page(body, Content_Encoding="gzip")
    assert refused(f"{site.url}/s") == "damaged or incomplete gzip data"


def bomb() -> bytes:
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb") as packer:
        for _ in range(40):
            packer.write(bytes(MB))
    return file.getvalue()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(endless(b"x" * 65536), id="endless"),
        pytest.param(endless(gzip.compress(bytes(MB)), Content_Encoding="gzip"), id="endless and packed"),
        pytest.param(page(bomb(), Content_Encoding="gzip"), id="bomb"),
        pytest.param(page(b"", Content_Length="99999999999"), id="announced"),
        pytest.param(page(bytes(MB + 1)), id="one byte more"),
    ],
)
def test_a_response_that_is_too_large_is_refused(site: Site, answer: Answer) -> None:
    site["/s"] = answer
    assert refused(f"{site.url}/s", Limits(max_size=MB)) == "it is larger than 1 MB"


def test_a_response_at_the_size_limit_is_accepted(site: Site) -> None:
    site["/s"] = page(bytes(MB))
    answer = fetch(f"{site.url}/s", limits=Limits(max_size=MB))
    assert answer and len(answer.content) == MB


@pytest.mark.parametrize("answer", [drips_body, drips_headers], ids=["body", "headers"])
def test_a_dripping_server_times_out(site: Site, answer: Answer) -> None:
    site["/s"] = answer
    assert refused(f"{site.url}/s", SMALL) == "timed out after 0.5 seconds"


def test_a_name_that_never_resolves_times_out(monkeypatch: pytest.MonkeyPatch) -> None:
    # A resolver that hangs can't be played by a server of one's own.
    woken = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_options: woken.wait(5) and [])
    assert refused("http://conf.example/s", SMALL) == "timed out after 0.5 seconds"
    woken.set()


def test_an_unknown_host_name_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    reason = "can't resolve the host name; check your connection"
    assert refused("https://conf.example/s") == reason


def test_a_thread_that_can_not_be_started_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", full)
    assert refused("http://127.0.0.1:1/") == "the system allows no more threads; close other programs"


def test_a_connection_that_is_never_accepted_times_out(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as silent:
        address = silent.getsockname()
        waiting = [socket.create_connection(address, timeout=5) for _ in range(1)]
        limits = Limits(connect=0.2, total=5)
        assert refused(f"http://127.0.0.1:{address[1]}/s", limits) in (
            "no connection after 0.2 seconds", "timed out after 5 seconds",
        )  # fmt: skip
        for one in waiting:
            one.close()


def test_a_closed_port_is_reported() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/s") == "Connection refused"


@pytest.mark.parametrize("answer", [breaks_off, no_http, says_nothing])
def test_a_server_without_valid_http_is_reported(site: Site, answer: Answer) -> None:
    site["/s"] = answer
    assert refused(f"{site.url}/s") == "the connection was cut off, or the server does not speak HTTP"


def test_a_server_without_tls_is_reported(site: Site) -> None:
    url = site.url.replace("http:", "https:")
    assert refused(f"{url}/s") == "can't establish a secure connection"


class _Empty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *_args: object) -> None:  # noqa: A002
        """Don't log."""


@contextmanager
def secure(folder: Path) -> Iterator[str]:
    """Yield the URL of a server with a self-signed certificate."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
         "-days", "1", "-subj", "/CN=127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = HTTPServer(("127.0.0.1", 0), _Empty)
    server.handle_error = lambda *_arguments: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl to make a certificate")
def test_a_self_signed_certificate_is_refused(tmp_path: Path) -> None:
    with secure(tmp_path) as url:
        assert refused(f"{url}/s") == "untrusted certificate: self-signed"


@pytest.mark.parametrize(
    "url",
    ["http://", "http:///s", "https://h:99999/", "http://[::1", "http://h:x/", "http://a b/", "http://\0/"],
)
def test_an_invalid_url_is_refused(url: str) -> None:
    with pytest.raises((UsageError, Unreachable)) as caught:
        fetch(url)
    assert str(caught.value).count("\n") == 0
    if not isinstance(caught.value, Unreachable):
        assert str(caught.value) == f"{url} is not a valid URL"


@pytest.mark.parametrize("host", ["x" * 100_000, "é" * 50_000, "x." * 50_000], ids=lambda host: host[:2])
@in_proportion()
def test_a_url_that_is_too_long_is_refused_in_moments(host: str) -> None:
    with pytest.raises(UsageError):
        fetch(f"http://{host}/")


def test_an_unusable_proxy_is_reported_without_its_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "gopher://me:secret@h:1")
    assert refused("http://conf.example/s") == "can't use the proxy set in an environment variable"


def test_an_unreachable_proxy_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{free.getsockname()[1]}")
    for url in ("http://conf.example/s", "https://conf.example/s"):
        assert refused(url) == "can't reach the proxy set in an environment variable"


def test_a_proxy_that_requires_a_login_is_reported(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", site.url)
    site["http://conf.example/s"] = status(407)
    reason = "the proxy set in an environment variable requires a login (407)"
    assert refused("http://conf.example/s") == reason
    assert refused_by_proxy("407 Proxy Authentication Required") == reason
    reason = "the proxy set in an environment variable refused the connection"
    assert refused_by_proxy("403 Forbidden") == f"{reason} (403)"
    assert refused_by_proxy("") == reason


def test_progress_is_reported(site: Site) -> None:
    site["/s"] = drips_body
    told: list[tuple[int, int | None]] = []
    with pytest.raises(SummitError):
        fetch(f"{site.url}/s", limits=SMALL, progress=lambda *now: told.append(now))
    assert len(told) > 3
    assert told == sorted(told, key=lambda now: now[0])
    assert told[-1][0] > 1
    site["/t"] = page(bytes(1000))
    fetch(f"{site.url}/t", progress=lambda *now: told.append(now))
    assert told[-1] == (1000, 1000)


def test_an_abandoned_transfer_writes_nothing(site: Site) -> None:
    script = (
        "import sys\nfrom summitcli.sources.web import fetch, Limits\n"
        "try:\n    fetch(sys.argv[1], limits=Limits(total=0.3))\n"
        "except Exception as error:\n    print(error)\n"
    )
    site["/s"] = drips_body
    done = subprocess.run(
        [os.sys.executable, "-c", script, f"{site.url}/s"],  # type: ignore[attr-defined]
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (
        f"can't download {site.url}/s: timed out after 0.3 seconds\n", "",
    )  # fmt: skip


class Played(httpcore.NetworkStream, httpcore.NetworkBackend):
    """A network backend with one server that sends given pieces, or fails.

    Args:
        pieces: the results of successive reads; an error is raised, an event is waited for.
        fault: the error of every attempt to connect, if any.
    """

    def __init__(
        self, pieces: Iterable[bytes | Exception | threading.Event] = (), fault: Exception | None = None
    ) -> None:
        self._pieces = iter(pieces)
        self._fault = fault
        self.timeouts: list[tuple[str, float | None]] = []
        self.threads: set[threading.Thread] = set()
        self.read_after: list[bytes] = []
        """What was read since something was waited for."""
        self._has_waited = False

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        self.timeouts.append(("connect", timeout))
        if self._fault:
            raise self._fault
        return self

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.threads.add(threading.current_thread())
        self.timeouts.append(("read", timeout))
        piece = next(self._pieces, b"")
        if isinstance(piece, threading.Event):
            piece.wait(60)
            self._has_waited = True
            piece = next(self._pieces, b"")
        if isinstance(piece, Exception):
            raise piece
        assert isinstance(piece, bytes)
        if self._has_waited:
            self.read_after.append(piece)
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Accept a request."""

    def close(self) -> None:
        """Do nothing."""

    def get_extra_info(self, info: str) -> Any:
        return None

    def fetch(self, limits: Limits = LIMITS) -> Response | None:
        return fetch("http://conf.example/s", limits=limits, network=Network(lambda *_host: [PUBLIC], self))


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"


def because(cause: Exception) -> Exception:
    """Return a connection error with a cause, as httpcore raises it."""
    try:
        try:
            raise cause
        except Exception as error:
            raise httpcore.ConnectError("no") from error
    except httpcore.ConnectError as error:
        return error


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (httpcore.ConnectTimeout(), "no connection after 2 seconds"),
        (httpcore.ConnectError(), "connection failed"),
        (because(OSError(errno.ENETUNREACH, "Network is unreachable")), "Network is unreachable"),
        (because(OSError("odd")), "connection failed"),
        (because(ssl.SSLError("odd")), "can't establish a secure connection"),
        (because(because(PermissionError(errno.EACCES, "Permission denied"))), "Permission denied"),
        (
            because(socket.gaierror(socket.EAI_NONAME, "Name or service not known")),
            "can't resolve the host name; check your connection",
        ),
    ],
    ids=repr,
)
def test_a_failed_connection_is_described(fault: Exception, reason: str) -> None:
    with pytest.raises(Unreachable) as caught:
        Played(fault=fault).fetch(Limits(connect=2.0, total=7.0))
    assert str(caught.value) == f"can't download http://conf.example/s: {reason}"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (because(ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")), "连接被拒绝"),
        (because(ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")), "连接被对方重置"),
        (because(socket.gaierror(socket.EAI_NONAME, "Name or service not known")),
            "无法解析主机名；请检查网络连接"),
        (because(ssl.SSLError("odd")), "无法建立安全连接"),
        (because(OSError(errno.EXDEV, "Invalid cross-device link")), "Invalid cross-device link"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_failed_connection_is_described_in_chinese(fault: Exception, reason: str) -> None:
    with using_language("zh"), pytest.raises(Unreachable) as caught:
        Played(fault=fault).fetch()
    assert str(caught.value) == f"无法下载 http://conf.example/s：{reason}"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (httpcore.ReadTimeout(), "timed out after 7 seconds"),
        (httpcore.WriteTimeout(), "timed out after 7 seconds"),
        (httpcore.PoolTimeout(), "timed out after 7 seconds"),
        (httpcore.ReadError(), "the connection was cut off, or the server does not speak HTTP"),
        (httpcore.WriteError(), "the connection was cut off, or the server does not speak HTTP"),
        (httpcore.RemoteProtocolError(), "the connection was cut off, or the server does not speak HTTP"),
        (httpcore.ProxyError(), "the proxy set in an environment variable refused the connection"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
    ids=repr,
)
@pytest.mark.parametrize("before", [[], [HEAD, b"begun"]], ids=["at once", "half way"])
def test_a_failed_transfer_is_described(error: Exception, reason: str, before: list[bytes]) -> None:
    with pytest.raises(Unreachable) as caught:
        Played([*before, error]).fetch(Limits(connect=2.0, total=7.0))
    assert str(caught.value) == f"can't download http://conf.example/s: {reason}"


def test_other_errors_are_passed_on() -> None:
    with pytest.raises(ZeroDivisionError):
        Played([ZeroDivisionError()]).fetch()


def test_each_step_has_its_own_limit() -> None:
    played = Played([HEAD, b"{}", b""])
    assert played.fetch(Limits(connect=2.0, total=7.0)) == Response(
        b"{}", "http://conf.example/s", "text/plain", Validators(), is_local=False
    )
    assert set(played.timeouts) == {("connect", 2.0), ("read", 7.0)}


@pytest.mark.parametrize(("digits", "expected"), [(1, 2), (19, 2), (20, None)])
def test_the_expected_size_is_reported_if_known(digits: int, expected: int | None) -> None:
    told: set[int | None] = set()
    length = f"Content-Length: {2:0{digits}}".encode()
    played = Played([HEAD.replace(b"Content-Type: text/plain", length), b"{}", b""])
    network = Network(lambda *_host: [PUBLIC], played)
    answer = fetch("http://conf.example/s", network=network, progress=lambda _there, whole: told.add(whole))
    assert answer and answer.content == b"{}"
    assert expected in told
    assert told <= {None, expected}


def test_a_local_server_is_not_contacted_if_not_allowed() -> None:
    played = Played([HEAD, b"{}", b""])
    network = Network(lambda *_host: ["10.0.0.1"], played)
    with pytest.raises(Refused) as caught:
        fetch("http://conf.example/s", network=network, may_be_local=False)
    assert (caught.value.target, played.timeouts) == ("http://conf.example/s", [])
    answer = fetch("http://conf.example/s", network=network)
    assert answer and answer.is_local


@pytest.mark.parametrize(("first", "is_followed"), [(PUBLIC, False), ("10.0.0.2", True)])
def test_only_a_local_server_may_redirect_to_another(first: str, is_followed: bool) -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://intranet.example/t\r\nContent-Length: 0\r\n\r\n"
    played = Played([moved, HEAD, b"{}", b""])
    network = Network(lambda host, _port: [first if host == "conf.example" else "10.0.0.1"], played)
    if is_followed:
        assert fetch("http://conf.example/s", network=network) == Response(
            b"{}", "http://intranet.example/t", "text/plain", NONE, is_local=True
        )
    else:
        with pytest.raises(Refused) as caught:
            fetch("http://conf.example/s", network=network)
        assert caught.value.target == "http://intranet.example/t"
    assert len([name for name, _limit in played.timeouts if name == "connect"]) == 1 + is_followed


def test_a_download_is_looked_at_every_twentieth_of_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    waits: list[float | None] = []
    told: list[tuple[int, int | None]] = []
    really_join = threading.Thread.join

    def join(thread: threading.Thread, timeout: float | None = None) -> None:
        waits.append(timeout)
        if len(waits) == 3:
            gate.set()
        really_join(thread, timeout)

    monkeypatch.setattr(threading.Thread, "join", join)
    played = Played([HEAD, gate, b"{}", b""])
    network = Network(lambda *_host: [PUBLIC], played)
    assert fetch("http://conf.example/s", network=network, progress=lambda *now: told.append(now))
    (thread,) = played.threads
    # A download that hangs must not keep the process from ending.
    assert (thread.daemon, set(waits), len(told)) == (True, {0.05}, len(waits))
    gate.clear()
    waits[:] = [None] * 3
    with pytest.raises(Unreachable):
        Played([HEAD, gate]).fetch(Limits(total=0.01))
    gate.set()
    del waits[:3]
    assert waits and all(wait is not None and wait <= 0.01 for wait in waits)


def test_an_abandoned_transfer_ends_at_the_next_piece() -> None:
    gate = threading.Event()
    played = Played([HEAD, b"begun", gate, *[b"more"] * 500])
    with pytest.raises(Unreachable, match="timed out after 1 seconds"):
        played.fetch(Limits(total=1.0))
    gate.set()
    (thread,) = played.threads
    thread.join(60)
    assert (thread.is_alive(), played.read_after) == (False, [b"more"])


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://Conf.Example/s", "conf.example"), ("http://conf.example./s", "conf.example"),
        ("http://bücher.example/", "xn--bcher-kva.example"), ("http://[::1]:80/", "::1"),
        ("http://127.0.0.1", "127.0.0.1"), ("conf.example", ""), ("http://[::1", ""), ("http://h:x/", ""),
        ("http://h/" + "x" * (4096 - 9), "h"), ("http://h/" + "x" * (4097 - 9), ""), ("", ""),
    ],
    ids=lambda text: text[:24],
)  # fmt: skip
def test_the_host_of_a_url(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_redirect_may_have_4096_characters() -> None:
    long = "http://h/" + "x" * (4096 - 9)
    assert redirected("http://h/s", long) == long
    with pytest.raises(Unreachable, match="redirects to an invalid URL"):
        redirected("http://h/s", long + "x")


@pytest.mark.parametrize(("letters", "sent"), [(1024, True), (1025, False)])
def test_a_validator_of_up_to_1024_characters_is_sent(letters: int, sent: bool, site: Site) -> None:
    site["/s"] = page(b"new")
    assert fetch(f"{site.url}/s", Validators("x" * letters, "y" * letters)) is not None
    ((_path, headers),) = site.requests
    assert [headers.get(name, "") for name in ("If-None-Match", "If-Modified-Since")] == (
        ["x" * letters, "y" * letters] if sent else ["", ""]
    )


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", " GZIP ", "identity", ""])
def test_a_response_may_be_compressed_with_gzip(coding: str, site: Site) -> None:
    body = gzip.compress(b"schedule", mtime=0) if "gzip" in coding.lower() else b"schedule"
    site["/s"] = page(body, Content_Encoding=coding)
    answer = fetch(f"{site.url}/s")
    assert answer and answer.content == b"schedule"


def test_a_refusal_has_the_url_that_was_linked_or_redirected_to() -> None:
    target = "http://me:x@10.0.0.1/"
    for linked, way in ((True, "links"), (False, "redirects")):
        assert str(Refused("http://a/", target, linked)) == (
            f"can't download http://a/: it {way} to http://me:***@10.0.0.1/ in a private network;"
            " if you trust it, run `summit use` with that URL"
        )
    assert str(Refused("http://a/", target)) == str(Refused("http://a/", target, linked=False))
    assert Refused("http://a/", "http://b/").target == "http://b/"
