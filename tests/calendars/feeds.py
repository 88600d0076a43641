"""A server of calendars on this machine, and calendars in few words."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FeedServer(ThreadingHTTPServer):
    """Serves `body` with its ETag, or whatever `status` and `headers` say instead."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.body = calendar()
        self.status = 200
        self.headers: dict[str, str] = {}
        self.with_etag = True
        self.answered: list[int] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/private-5ecret/basic.ics?key=t0ken"


class _Answers(BaseHTTPRequestHandler):
    server: FeedServer

    def do_GET(self) -> None:
        server = self.server
        etag = f'"{sha256(server.body).hexdigest()}"'
        known = server.with_etag and self.headers.get("If-None-Match") == etag
        status = 304 if known and server.status == 200 else server.status
        body = b"" if status == 304 else server.body
        self.send_response(status)
        if server.with_etag:
            self.send_header("ETag", etag)
        for name, value in server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        server.answered.append(status)
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — its name there
        """Keep the output clean."""


@contextmanager
def serving_feed() -> Iterator[FeedServer]:
    """Serve meanwhile."""
    server = FeedServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def calendar(*events: str, name: str | None = None) -> bytes:
    title = [f"X-WR-CALNAME:{name}"] if name else []
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *title, *events, "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


def meeting(start: datetime, *more: str, uid: str = "a", summary: str = "Meeting") -> str:
    """Return an event of one hour."""
    return _event(
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
        f"DTEND:{start + timedelta(hours=1):%Y%m%dT%H%M%SZ}",
        *more,
        uid=uid,
        summary=summary,
    )


def whole_day(on: datetime, *more: str, uid: str = "a", summary: str = "Day") -> str:
    return _event(f"DTSTART;VALUE=DATE:{on:%Y%m%d}", *more, uid=uid, summary=summary)


def _event(*lines: str, uid: str, summary: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{summary}", *lines, "END:VEVENT"))
