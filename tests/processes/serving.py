"""The whole product in real processes: a `dayloom serve` that can be asked, killed and revived."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.waiting import wait_until

HOST = "127.0.0.1"
PATIENCE = 60.0
LONGEST_COMPILATION = 180.0  # the very first solver on a machine compiles itself
DAYLOOM = (sys.executable, "-m", "dayloom")
WORKER, CHILD = "dayloom.worker", "dayloom.infra.process_child"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: the body is empty where it is no JSON."""

    status: int
    headers: Mapping[str, str]
    body: Json


class Served:
    """One `dayloom serve` over a folder of its own; the second `start` finds what the first left.

    Processes are found in `/proc`. A killed web process is started again by the test, as its
    owner would do; worker and solver are started again by the product.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self.data = folder / "data"
        self.log = folder / "log"
        self.environment = {
            **_outside(),
            "DAYLOOM_DATA_DIR": str(self.data),
            "DAYLOOM_PORT": str(self.port),
            "DAYLOOM_TIME_ZONE": "Europe/Berlin",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> Path:
        return self.data / "dayloom.db"

    @property
    def web(self) -> int:
        """Return the process id of the web process that was started last."""
        assert self._process is not None
        return self._process.pid

    @property
    def worker(self) -> int | None:
        return next(iter(children(self.web, WORKER)), None)

    @property
    def solver(self) -> int | None:
        """Return the worker's first child: feeds get theirs when the first one is read."""
        worker = self.worker
        return next(iter(children(worker, CHILD)), None) if worker else None

    def family(self) -> list[int]:
        """Return the process ids of web, worker, and the worker's children."""
        worker = self.worker
        return [self.web, *([worker, *children(worker, CHILD)] if worker else [])]

    def start(self) -> None:
        """Start it, without waiting until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*DAYLOOM, "serve"],
                cwd=self.log.parent,  # where no `.env` lies
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    def wait_until_answering(self) -> None:
        wait_until(lambda: self._status("/health") == 200, "it answers", patience=PATIENCE)

    def wait_until_ready(self) -> None:
        wait_until(lambda: self._status("/ready") == 200, "it is ready", patience=PATIENCE)

    def wait_until_solved(self) -> None:
        """Wait until the plan is more than the instant answer."""
        wait_until(
            lambda: self.get("/plan")["status"] != "provisional",
            "the plan is solved",
            patience=LONGEST_COMPILATION,
        )

    def kill_web(self) -> None:
        """Kill the web process with `kill -9`."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """Ask it to end, and return its exit status."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(PATIENCE)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Return the answer. Raises `OSError` or `HTTPException` where none comes.

        The names of headers are written with `_`; bytes are sent as they are, all else as JSON.
        """
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = body if isinstance(body, bytes) else _as_json(body, named)
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, content, named)
            response = connection.getresponse()
            return Answer(
                status=response.status,
                headers={name.lower(): value for name, value in response.getheaders()},
                body=_read_json(response),
            )
        finally:
            connection.close()

    def get(self, path: str) -> Json:
        """Return what is at a path of the REST interface."""
        return self._expect("GET", path, None, 200)

    def post(self, path: str, body: object = None, *, status: int = 200, **headers: str) -> Json:
        return self._expect("POST", path, body, status, **headers)

    def delete(self, path: str, *, status: int = 200) -> Json:
        return self._expect("DELETE", path, None, status)

    def patch(self, path: str, body: object) -> Json:
        return self._expect("PATCH", path, body, 200)

    def _expect(self, method: str, path: str, body: object, status: int, **headers: str) -> Json:
        answer = self.ask(method, f"/api/v1{path}", body, **headers)
        assert answer.status == status, (method, path, answer.status, answer.body)
        return answer.body

    def _status(self, path: str) -> int:
        assert self._process is not None
        assert self._process.poll() is None, self.log.read_text()
        try:
            return self.ask("GET", path).status
        except (OSError, http.client.HTTPException):
            return 0


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Served]:
    """Yield a server that is ready, and end it however the test ends."""
    served = Served(folder, **settings)
    served.start()
    try:
        served.wait_until_ready()
        yield served
    finally:
        worker = served.worker
        served.kill_web()
        if worker is not None:
            kill(worker)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def children(parent: int, module: str) -> list[int]:
    """Return the living children of a process that run a module, oldest first."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may end while we look
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            arguments = (folder / "cmdline").read_text().split("\0")
            if int(after_name[1]) == parent and after_name[0] != "Z" and module in arguments:
                found.append((int(after_name[19]), int(folder.name)))
    return [pid for _, pid in sorted(found)]


def is_alive(pid: int) -> bool:
    """Tell whether a process, of whoever's children, still runs."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def kill(pid: int) -> bool:
    """Kill a process with `kill -9`; tell whether it was still there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _outside() -> dict[str, str]:
    """Return the environment without settings of the machine, and with compiled code kept."""
    models = ("OPENROUTER_", "OPENAI_", "OLLAMA_")
    ours = ("DAYLOOM_", "DATABASE_URL", "LOG_FORMAT", "PYTHONDONTWRITEBYTECODE", *models)
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _as_json(body: object, headers: dict[str, str]) -> bytes | None:
    if body is None:
        return None
    headers.setdefault("Content-Type", "application/json")
    return json.dumps(body).encode()


def _read_json(response: http.client.HTTPResponse) -> Json:
    content = response.read()
    found: Json = json.loads(content) if "json" in response.headers.get("content-type", "") else {}
    return found
