"""A local web server that answers as told, including in ways no server should."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Handler"], None]

DRIP = 0.05
"""The seconds between the bytes of a slow server."""
DRIPS = 60
"""The number of bytes after which a slow server gives up, so that it ends with its test."""


class Handler(BaseHTTPRequestHandler):
    """A request."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send the answer for this path; 404 if there is none."""
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.requests.append((self.path, dict(self.headers)))
        answer = site.pages.get(self.path, status(404))
        try:
            answer(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def reply(self, code: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        """Send a whole answer."""
        self.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Log nothing."""


class Server(ThreadingHTTPServer):
    """A server that ignores closed connections."""

    daemon_threads = True
    site: "Site"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore errors, as tests let clients close their connections."""


class Site:
    """The answers of the server by path, and the requests it received."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pages: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []

    def __setitem__(self, path: str, answer: Answer) -> None:
        self.pages[path] = answer

    def asked(self) -> list[str]:
        """Return the paths requested so far, and clear the list."""
        paths = [path for path, _headers in self.requests]
        self.requests.clear()
        return paths


@contextmanager
def serving() -> Iterator[Site]:
    """Run a server in the block."""
    server = Server(("127.0.0.1", 0), Handler)
    server.site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page(body: bytes, type_: str = "application/json", **headers: str) -> Answer:
    """Return 200 with ``body``; an underscore in the name of a header is a hyphen."""
    said = {"Content-Type": type_, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return lambda handler: handler.reply(200, said, body)


def tagged(body: bytes, etag: str) -> Answer:
    """Return 200 with an ETag, or 304 if the client has that ETag already."""

    def answer(handler: Handler) -> None:
        if handler.headers["If-None-Match"] == etag:
            handler.reply(304, {"ETag": etag})
        else:
            handler.reply(200, {"ETag": etag}, body)

    return answer


def dated(body: bytes, modified: str) -> Answer:
    """Return 200 with a Last-Modified, or 304 if the client has that version already."""

    def answer(handler: Handler) -> None:
        if handler.headers["If-Modified-Since"] == modified:
            handler.reply(304, {"Last-Modified": modified})
        else:
            handler.reply(200, {"Last-Modified": modified}, body)

    return answer


def status(code: int, **headers: str) -> Answer:
    """Return that status with a short HTML page."""
    said = {"Content-Type": "text/html", **headers}
    return lambda handler: handler.reply(code, said, b"<html>sorry</html>" if code not in (204, 304) else b"")


def redirect(location: str, code: int = 302) -> Answer:
    """Return a redirect."""
    return lambda handler: handler.reply(code, {"Location": location})


def for_json(location: str, otherwise: Answer) -> Answer:
    """Return a redirect if JSON is accepted first, as pretalx does, otherwise a page."""

    def answer(handler: Handler) -> None:
        first = handler.headers.get("Accept", "").split(",")[0].strip()
        (redirect(location) if first == "application/json" else otherwise)(handler)

    return answer


def packed(body: bytes, **headers: str) -> Answer:
    """Return ``body`` with gzip transfer coding."""
    return page(gzip.compress(body), Content_Encoding="gzip", **headers)


def endless(piece: bytes, **headers: str) -> Answer:
    """Return a body that repeats ``piece`` without end."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.close_connection = True
        while True:
            handler.wfile.write(piece)

    return answer


def drips_body(handler: Handler) -> None:
    """Send a body byte by byte."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    for _ in range(DRIPS):
        handler.wfile.write(b" ")
        time.sleep(DRIP)


def drips_headers(handler: Handler) -> None:
    """Send headers byte by byte."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    handler.close_connection = True
    for _ in range(DRIPS):
        handler.wfile.write(b"x")
        time.sleep(DRIP)


def breaks_off(handler: Handler) -> None:
    """Send fewer bytes than announced."""
    handler.reply(200, {"Content-Length": "1000"}, b'{"format": ')
    handler.close_connection = True


def no_http(handler: Handler) -> None:
    """Send something that is not HTTP."""
    handler.wfile.write(b"220 mail.example ESMTP\r\n")
    handler.close_connection = True


def says_nothing(handler: Handler) -> None:
    """Close the connection without an answer."""
    handler.close_connection = True
