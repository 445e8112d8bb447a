"""What a client may connect to: a public server never leads into the user's own network."""

import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from summitcli.errors import Status, Unreachable
from summitcli.sources.transport import MAX_ADDRESSES, resolve
from summitcli.sources.web import Limits, Refused, Response, fetch
from tests.internet import OTHER, PUBLIC, Internet
from tests.webserver import Site, page, redirect, serving

ASKED = "http://conf.example/"


def port(site: Site) -> int:
    found = urlsplit(site.url).port
    assert found
    return found


def refused(internet: Internet, url: str = ASKED, may_be_local: bool = True) -> str:
    """Return the URL that is refused, and the message."""
    with pytest.raises(Refused) as caught:
        fetch(url, may_be_local=may_be_local, network=internet.network)
    assert caught.value.status == Status.UNREACHABLE
    target = caught.value.target
    assert str(caught.value) == (
        f"can't download {url}: it redirects to {target} in a private network;"
        " if you trust it, run `summit use` with that URL"
    )
    return target


@pytest.fixture
def inside() -> Iterator[Site]:
    """Yield a server on this machine that must not receive requests."""
    with serving() as inside:
        inside["/"] = page(b"secret")
        yield inside


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "localhost.", "127.1", "0x7f000001", "2130706433", "017700000001", "0",
     "[::1]",
     "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "127。0。0。1", "127.0.0.1."],
)  # fmt: skip
def test_a_public_server_does_not_redirect_to_this_machine(site: Site, inside: Site, host: str) -> None:
    # A header is sent in Latin-1, and read as UTF-8.
    site["/"] = redirect(f"http://{host}:{port(inside)}/".encode().decode("latin-1"))
    internet = Internet({"conf.example": [[PUBLIC]]}, {PUBLIC: port(site)})
    assert urlsplit(refused(internet)).port == port(inside)
    assert (inside.asked(), internet.connected) == ([], [(PUBLIC, 80)])


@pytest.mark.parametrize(
    "answer",
    [["127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"], ["fe80::1%2"],
     [PUBLIC, "127.0.0.1"], [OTHER, "192.168.1.1", PUBLIC]],
    ids=" ".join,
)  # fmt: skip
def test_a_name_with_any_local_address_is_refused(site: Site, inside: Site, answer: list[str]) -> None:
    site["/"] = redirect(f"http://trap.example:{port(inside)}/")
    internet = Internet({"conf.example": [[PUBLIC]], "trap.example": [answer]}, {PUBLIC: port(site)})
    assert refused(internet) == f"http://trap.example:{port(inside)}/"
    assert (inside.asked(), internet.connected) == ([], [(PUBLIC, 80)])


def test_a_name_that_resolves_differently_the_second_time_is_resolved_once(site: Site, inside: Site) -> None:
    site["/"] = redirect(f"http://conf.example:{port(inside)}/")
    internet = Internet({"conf.example": [[PUBLIC], ["127.0.0.1"]]}, {PUBLIC: port(site)})
    refused(internet)
    assert internet.resolved == ["conf.example", "conf.example"]
    assert (inside.asked(), internet.connected) == ([], [(PUBLIC, 80)])


def test_the_address_that_was_checked_is_connected_to(site: Site, inside: Site) -> None:
    # Whoever asked for the name again to connect to it would be led to this machine.
    site["/"], site["/s"] = redirect("http://twice.example/s"), page(b"{}")
    names = {"conf.example": [[PUBLIC]], "twice.example": [[OTHER], ["127.0.0.1"]]}
    internet = Internet(names, {PUBLIC: port(site), OTHER: port(site)})
    answer = fetch(ASKED, network=internet.network)
    assert answer == Response(b"{}", "http://twice.example/s", "application/json", answer.validators)  # type: ignore[union-attr]
    assert internet.resolved == ["conf.example", "twice.example"]
    assert internet.connected == [(PUBLIC, 80), (OTHER, 80)]
    assert (site.requests[1][1]["Host"], inside.asked()) == ("twice.example", [])


def test_a_url_that_the_user_gave_may_be_local(site: Site, inside: Site) -> None:
    site["/"] = redirect(f"{inside.url}/")
    for host in ("127.0.0.1", "conf.example"):
        internet = Internet({"conf.example": [["127.0.0.1"]]}, {})
        answer = fetch(f"http://{host}:{port(site)}/", network=internet.network)
        assert answer and (answer.content, answer.is_local) == (b"secret", True)


def test_a_link_of_a_public_page_may_not_be_local(inside: Site) -> None:
    internet = Internet({"conf.example": [["127.0.0.1"]]}, {})
    for url in (f"{inside.url}/", f"http://conf.example:{port(inside)}/"):
        assert refused(internet, url, may_be_local=False) == url
    assert (inside.asked(), internet.connected) == ([], [])


def test_a_public_server_may_not_redirect_back_to_a_local_one(site: Site, inside: Site) -> None:
    inside["/out"], site["/"] = redirect(ASKED), redirect(f"{inside.url}/")
    internet = Internet({"conf.example": [[PUBLIC]]}, {PUBLIC: port(site)})
    assert refused(internet, f"{inside.url}/out") == f"{inside.url}/"
    assert inside.asked() == ["/out"]


def test_the_next_address_is_tried_if_one_does_not_answer(site: Site) -> None:
    site["/"] = page(b"{}")
    internet = Internet({"conf.example": [[OTHER, PUBLIC]]}, {PUBLIC: port(site)})
    for may_be_local in (True, False):
        answer = fetch(ASKED, may_be_local=may_be_local, network=internet.network)
        assert answer and (answer.content, answer.is_local) == (b"{}", False)
    assert internet.connected == [(OTHER, 80), (PUBLIC, 80)] * 2


def test_only_a_limited_number_of_addresses_is_tried(site: Site) -> None:
    internet = Internet({"conf.example": [[f"8.8.8.{n}" for n in range(100)]]}, {})
    with pytest.raises(Unreachable, match="connection failed"):
        fetch(ASKED, network=internet.network)
    assert internet.connected == [(f"8.8.8.{n}", 80) for n in range(MAX_ADDRESSES)]


def test_a_name_without_addresses_is_unreachable() -> None:
    with pytest.raises(Unreachable, match="connection failed"):
        fetch(ASKED, network=Internet({"conf.example": [[]]}, {}).network)


def test_a_hanging_resolver_times_out(site: Site) -> None:
    site["/"] = redirect("http://slow.example/")
    internet, woken = Internet({"conf.example": [[PUBLIC]]}, {PUBLIC: port(site)}), threading.Event()

    def hangs(host: str, port: int) -> list[str]:
        if host == "slow.example":
            woken.wait(60)
        return internet.resolve(host, port)

    network = internet.network._replace(resolve=hangs)
    with pytest.raises(Unreachable, match=r"timed out after 0\.5 seconds"):
        fetch(ASKED, limits=Limits(total=0.5), network=network)
    woken.set()


def test_the_systems_resolver_is_used() -> None:
    assert resolve("127.0.0.1", 80) == ["127.0.0.1"]
    assert resolve("127.1", 80) == ["127.0.0.1"]
    assert resolve("::1", 80) == ["::1"]
    assert set(resolve("localhost", 80)) <= {"127.0.0.1", "::1"}
    with pytest.raises(OSError):
        resolve("no such host", 80)


@pytest.mark.skipif(sys.platform != "linux", reason="names the loopback interface as Linux does")
def test_a_link_local_address_keeps_its_zone() -> None:
    assert resolve("fe80::1%lo", 80) == [f"fe80::1%{socket.if_nametoindex('lo')}"]


class _Named(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = self.headers["Host"].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *_args: object) -> None:  # noqa: A002
        """Don't log."""


@contextmanager
def secure(folder: Path, name: str) -> Iterator[tuple[int, list[str], Path]]:
    """Yield a TLS server for ``name``: its port, the hosts requested, and its certificate."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
         "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    asked: list[str] = []
    context.sni_callback = lambda _socket, said, _context: asked.append(said)
    server = HTTPServer(("127.0.0.1", 0), _Named)
    server.handle_error = lambda *_arguments: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1], asked, certificate
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl to make a certificate")
def test_tls_is_with_the_name_and_not_with_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with secure(tmp_path, "conf.example") as (secured, asked, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        names = {"conf.example": [[PUBLIC]], "other.example": [[PUBLIC]]}
        internet = Internet(names, {PUBLIC: secured})
        answer = fetch("https://conf.example/", may_be_local=False, network=internet.network)
        assert answer and answer.content == b"conf.example"
        with pytest.raises(Unreachable, match="untrusted certificate: issued for another host name"):
            fetch("https://other.example/", may_be_local=False, network=internet.network)
    assert asked == ["conf.example", "other.example"]


PROXIED = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


@pytest.mark.parametrize("variable", PROXIED)
def test_through_a_proxy_only_the_text_of_a_host_is_checked(
    site: Site, inside: Site, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, site.url)
    for host in ("127.0.0.1", "localhost", "wiki", "0x7f.1", "a.internal", "[fd00::1]", "%31%32%37.0.0.1"):
        target = f"http://{host}:{port(inside)}/"
        site[ASKED] = redirect(target)
        assert refused(Internet({}, {})).endswith(f":{port(inside)}/")
        assert site.asked() == [ASKED]
    site[ASKED] = redirect("http://other.example/s")
    site["http://other.example/s"] = page(b"{}")
    answer = fetch(ASKED)
    assert answer and (answer.url, answer.is_local) == ("http://other.example/s", False)
    assert inside.asked() == []


def test_through_a_proxy_a_local_url_of_the_user_may_redirect_to_local_ones(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", site.url)
    site["http://wiki/"], site["http://10.0.0.1/s"] = redirect("http://10.0.0.1/s"), page(b"{}")
    answer = fetch("http://wiki/")
    assert answer and (answer.content, answer.is_local) == (b"{}", True)


@pytest.mark.parametrize("without", ["127.0.0.1", "conf.example, 127.0.0.1", "localhost,127.0.0.1"])
def test_a_host_in_no_proxy_is_checked_as_without_a_proxy(
    site: Site, inside: Site, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", site.url)
    monkeypatch.setenv("NO_PROXY", without)
    target = f"{inside.url}/"
    site[ASKED], site["/"] = redirect(target), redirect(target)
    internet = Internet({"conf.example": [[PUBLIC]]}, {PUBLIC: port(site)})
    assert refused(internet) == target
    assert inside.asked() == []
