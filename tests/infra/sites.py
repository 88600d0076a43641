"""Real servers on this machine that behave well or badly."""

import gzip
import ssl
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from trustme import LeafCert

MIB = 1 << 20
Headers = dict[str, str]


class Site(ThreadingHTTPServer):
    """Serves the behaviours below by path, and counts the connections it gets."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, certificate: LeafCert | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.scheme = "https" if certificate else "http"
        if certificate:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(tls)
            self.socket = tls.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )
        self.connections = 0
        self.paths: list[str] = []
        self.headers: list[Headers] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def process_request(self, request: object, client_address: object) -> None:
        self.connections += 1
        super().process_request(request, client_address)  # type: ignore[arg-type]  # any socket

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are what these tests are about."""


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        self.server.headers.append(dict(self.headers))
        name = self.path.partition("?")[0].strip("/") or "plain"
        getattr(self, f"answer_{name}", self.answer_missing)()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — its name there
        """Keep the output clean."""

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_plain(self) -> None:
        self.send(200, b"hello", ETag='"1"', Last_Modified="Mon, 23 Nov 2026 08:00:00 GMT")

    def answer_cached(self) -> None:
        fresh = self.headers.get("If-None-Match") == '"1"'
        self.send(304 if fresh else 200, b"" if fresh else b"new", ETag='"1"')

    def answer_missing(self) -> None:
        self.send(404, b"not here")

    def answer_zipped(self) -> None:
        self.send(200, gzip.compress(b"hello " * 100), Content_Encoding="gzip")

    def answer_bomb(self) -> None:
        packer = zlib.compressobj(wbits=31)
        packed = b"".join([packer.compress(bytes(MIB)) for _ in range(200)] + [packer.flush()])
        self.send(200, packed, Content_Encoding="gzip")

    def answer_garbage(self) -> None:
        self.send(200, b"this is not gzip", Content_Encoding="gzip")

    def answer_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        self._feed(b"x" * 65536)

    def answer_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        self._feed(b"x", pause=0.05)

    def answer_silence(self) -> None:
        self.server.closing.wait()

    def answer_cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"only this")
        self.close_connection = True

    def answer_moved(self) -> None:
        self.send(302, Location="/plain")

    def answer_circle(self) -> None:
        self.send(302, Location="/circle")

    def answer_away(self) -> None:
        self.send(302, Location=self.path.partition("?")[2])

    def _feed(self, piece: bytes, *, pause: float = 0) -> None:
        while not self.server.closing.wait(pause):
            self.wfile.write(piece)


@contextmanager
def serving(certificate: LeafCert | None = None) -> Iterator[Site]:
    """Serve meanwhile, with a certificate by TLS."""
    site = Site(certificate)
    thread = threading.Thread(target=site.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        site.shutdown()
        thread.join()
        site.server_close()
