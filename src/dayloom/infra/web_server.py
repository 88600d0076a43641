"""uvicorn, told when to stop by us: open streams end first, so that nothing has to be cut."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

import uvicorn

from dayloom.infra.errors import Conflict, Invalid

GRACE_SECONDS = 3


def require_loopback(host: str) -> None:
    """Raise `Invalid` for a host that other machines could reach."""
    if host != "localhost" and not _is_loopback(host):
        raise Invalid(
            f"DAYLOOM_HOST is {host}, but without accounts Dayloom serves only the machine it "
            "runs on: use 127.0.0.1, ::1 or localhost.",
            field="host",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """Open the port. Raises `Conflict` with a sentence where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
    except OSError as error:
        opened.close()
        raise Conflict(
            f"Port {port} of {host} cannot be used ({error.strerror}). Is Dayloom running "
            "already? DAYLOOM_PORT chooses another port."
        ) from error
    opened.listen(1024)
    return opened


class WebServer(uvicorn.Server):
    """A server that leaves signals to whoever runs it."""

    def __init__(self, app: Callable[..., Any], *, end_streams: Callable[[], None]) -> None:
        self._end_streams = end_streams
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=GRACE_SECONDS,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def end(self) -> None:
        """Take no more connections, end the open streams, and finish what is under way."""
        self._end_streams()
        self.should_exit = True
