"""A server of calendars on this machine, whose answers a test changes while it runs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Feeds(ThreadingHTTPServer):
    """Answers with the status and the body that `answers` has for a path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.answers: dict[str, tuple[int, bytes]] = {}

    def url(self, host: str, name: str) -> str:
        return f"http://{host}:{self.server_port}/{name}.ics"


class _Answers(BaseHTTPRequestHandler):
    server: Feeds

    def do_GET(self) -> None:
        status, body = self.server.answers.get(self.path, (404, b""))
        self.send_response(status)
        self.send_header("Content-Type", "text/calendar")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — its name there
        """Keep the output clean."""


@contextmanager
def feeding() -> Iterator[Feeds]:
    with Feeds() as feeds:
        thread = threading.Thread(target=feeds.serve_forever, args=(0.05,))
        thread.start()
        yield feeds
        feeds.shutdown()
        thread.join()
