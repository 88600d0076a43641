"""Starting, stopping and refusing: `dayloom serve` as its owner and its neighbours meet it."""

import http.client
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.processes.serving import DAYLOOM, HOST, PATIENCE, Served, is_alive, kill, serving
from tests.waiting import wait_until

pytestmark = pytest.mark.processes
REFUSED, CONFLICT = 1, 4


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served")) as opened:
        yield opened


def serve_in_vain(served: Served, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DAYLOOM, "serve"],
        env={**served.environment, **settings},
        cwd=served.data,
        timeout=PATIENCE,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "dayloom.example"])
def test_a_host_that_others_could_reach_is_refused_in_a_sentence(
    served: Served, host: str
) -> None:
    ended = serve_in_vain(served, DAYLOOM_HOST=host)
    assert ended.returncode == REFUSED
    assert ended.stderr.startswith(f"DAYLOOM_HOST is {host}, but without accounts")
    assert "Traceback" not in ended.stderr


def test_a_port_in_use_is_a_sentence_and_a_status(served: Served) -> None:
    ended = serve_in_vain(served)
    assert ended.returncode == CONFLICT
    assert ended.stderr.startswith(f"Port {served.port} of {HOST} cannot be used")
    assert "Traceback" not in ended.stderr
    served.get("/tasks")


def test_a_wrong_setting_is_a_sentence(served: Served) -> None:
    ended = serve_in_vain(served, DAYLOOM_TIME_ZONE="Europe/Atlantis")
    assert (ended.returncode, "Europe/Atlantis" in ended.stderr) == (REFUSED, True)
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8081", "127.0.0.1.evil.example"])
def test_a_foreign_host_name_is_no_way_in(served: Served, host: str) -> None:
    answer = served.ask("GET", "/api/v1/tasks", Host=host)
    assert (answer.status, answer.body["code"]) == (421, "misdirected")


@pytest.mark.parametrize(
    "headers",
    [{"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
    ids=str,
)
def test_a_foreign_page_cannot_write(served: Served, headers: dict[str, str]) -> None:
    before = served.get("/tasks")
    answer = served.ask("POST", "/api/v1/tasks", {"title": "Mischief"}, **headers)
    assert (answer.status, answer.body["code"]) == (403, "cross_site")
    assert served.get("/tasks") == before


def test_our_own_page_can(served: Served) -> None:
    headers = {"Sec_Fetch_Site": "same-origin", "Origin": f"http://{HOST}:{served.port}"}
    served.post("/tasks", {"title": "Water the plants"}, status=201, **headers)


def test_a_solver_and_a_worker_that_die_are_replaced(served: Served) -> None:
    wait_until(lambda: served.solver, "there is a solver", patience=PATIENCE)
    solver, worker = served.solver, served.worker
    assert solver is not None
    assert worker is not None
    kill(worker)
    wait_until(lambda: not is_alive(solver), "the solver ends with its worker")
    wait_until(lambda: served.worker not in (None, worker), "there is a new worker")
    wait_until(lambda: served.solver, "there is a new solver", patience=PATIENCE)


def test_a_solver_that_dies_before_it_is_ready_gets_another_chance(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        served.post("/tasks", {"title": "Mow the lawn"}, status=201)
        wait_until(lambda: served.get("/plan")["version"], "an instant plan", patience=PATIENCE)
        solver = served.solver
        assert solver is not None
        kill(solver)
        served.wait_until_solved()


def test_it_ends_by_itself_while_pages_listen(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        family = served.family()
        with listening(served) as stream:
            assert stream.readline().startswith(b'data: {"seq":')
            assert served.stop() == os.EX_OK
            assert b"data: " not in stream.read()
        assert [pid for pid in family if is_alive(pid)] == []
        assert list((served.data / "workers").iterdir()) == []


def test_a_second_start_finds_everything_and_does_nothing_twice(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        task = served.post("/tasks", {"title": "Sow beans"}, status=201)
        assert served.stop() == os.EX_OK
        made = tree(served.data)
        served.start()
        served.wait_until_ready()
        assert [one["id"] for one in served.get("/tasks")["tasks"]] == [task["id"]]
        assert served.stop() == os.EX_OK
        assert tree(served.data) == made


def test_a_worker_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        wait_until(lambda: served.solver, "there is a solver", patience=PATIENCE)
        family = served.family()
        served.kill_web()
        wait_until(lambda: not any(map(is_alive, family)), "nothing is left", patience=PATIENCE)


@contextmanager
def listening(served: Served) -> Iterator[http.client.HTTPResponse]:
    """Open the stream that a page listens to."""
    connection = http.client.HTTPConnection(HOST, served.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/live", headers={"Accept": "text/event-stream"})
        yield connection.getresponse()
    finally:
        connection.close()


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}
