"""A real `dayloom serve` with data of its own, for benches that speak to it over HTTP."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PATIENCE = 60.0


class Browser:
    """One kept-alive connection, as a page has it."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"}
        self._connection.request("POST", path, json.dumps(body), headers)
        response = self._connection.getresponse()
        return response.status, response.read()

    def get(self, path: str) -> tuple[int, bytes]:
        self._connection.request("GET", path, headers={"Accept": "text/html"})
        response = self._connection.getresponse()
        return response.status, response.read()


@contextmanager
def served(**settings: str) -> Iterator[tuple[Browser, Path]]:
    """Yield a connection to a fresh server, with these settings, and the folder of its data."""
    with TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {
            **os.environ,
            "DAYLOOM_DATA_DIR": folder,
            "DAYLOOM_PORT": str(port),
            "DAYLOOM_TIME_ZONE": "Europe/Berlin",
            **settings,
        }
        command = [sys.executable, "-m", "dayloom", "serve"]
        log = Path(folder) / "serve.log"
        with log.open("w") as said:
            process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        try:
            yield _connected(port, process, log), Path(folder)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def _connected(port: int, process: subprocess.Popen[bytes], log: Path) -> Browser:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        browser = Browser(port)
        try:
            status, _ = browser.get("/ready")
        except OSError:
            status = 0
        if status == 200:
            return browser
        time.sleep(0.1)
    raise RuntimeError(f"the server did not become ready; it said:\n{log.read_text()}")


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
