"""For every field of a task: what it refuses, always with a sentence and never with a crash."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dayloom.asgi import make_app
from dayloom.infra.settings import Settings
from tests.api.conftest import HERE, Api, Body
from tests.conftest import MONDAY_MORNING
from tests.databases import new_container
from tests.fakes import FakeClock

HUGE = 10**30
WRONG: dict[str, list[object]] = {
    "text": ["", None, 5, ["x"], "a\0b", "x" * 40_001, "x" * 4_001],
    "title": ["", "  ", None, 5, True, [], {}, "x" * 501, "a\0b"],
    "notes": [None, 5, [], "x" * 20_001, "a\0b"],
    "context": [None, 5, {}, "x" * 20_001],
    "duration_minutes": [0, -5, 4, 7, 2405, HUGE, "30", 30.0, 30.5, True, [], ""],
    "release": ["", "soon", "2026-11-24", "2026-11-24T10:00:00", 0, True, [], HUGE],
    "due": [
        "2026-11-24T10:00:00",
        "2026-13-24T10:00:00Z",
        "2026-11-24T25:00:00Z",
        "2026-11-24T10:00:00+25:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1969-12-31T00:00:00Z",
        "2101-01-01T00:00:00Z",
        "20261124T100000Z",
        "2026-W48-2T10:00:00Z",
        "2026-11-24T10:00:00+01:00 ",
        1795532400,
    ],
    "deadline": ["2020-01-01", "now", 5, False, {"at": 1}],
    "priority": [-1, 10.5, HUGE, "5", True, None, [], "high"],
    "tags": [None, "x", [5], [None], ["x" * 65], ["x"] * 21, {"a": 1}, ["a\0"]],
    "hour_map": [5, [], "x" * 65, "a\0", "nowhere"],
    "preferred": [
        None,
        ["morning"],
        [{}],
        [{"start": "09:00"}],
        [{"start": "9", "end": "12:00"}],
        [{"start": "09:00", "end": "24:01"}],
        [{"start": "09:00", "end": "12:00", "worth": 1}],
        [{"start": "09:00", "end": "12:00"}] * 11,
    ],
    "after": [
        None,
        5,
        ["1"],
        [0],
        [-1],
        [HUGE],
        [999],
        [True],
        [{}],
        [{"task_id": 1, "gap_minutes": 7}, {"task_id": 1}],
        [{"task_id": 1, "gap_minutes": -5}],
        [{"task_id": 1, "gap_minutes": HUGE}],
        [{"task_id": 1, "lag": 5}],
        [1, 1],
        [1] * 101,
    ],
    "min_chunk_minutes": [0, 4, 7, -5, HUGE, "30", 2405],
    "max_chunk_minutes": [0, 4, 7, -5, HUGE, True, 2405],
    "rrule": [
        "",
        5,
        "x",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;COUNT=1000000000",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=DAILY;BYHOUR=1",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;UNTIL=x",
        "FREQ=DAILY;UNTIL=19700101T000000Z",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY;BYSETPOS=999",
        "RRULE:FREQ=DAILY",
        "FREQ=DAILY\nRRULE:FREQ=DAILY",
        "DTSTART:19700101T000000\nRRULE:FREQ=DAILY",
        "x" * 301,
        "a\0",
    ],
    "times_per_week": [0, 8, -1, "3", 2.0, True],
    "pinned_start": ["noon", "2026-11-24T10:00:00", 5, [], "2200-01-01T00:00:00Z"],
    "id": [7],
    "status": ["completed"],
    "needs_scheduling": [False],
}
CASES = [(name, value) for name, values in WRONG.items() for value in values]
ON_CREATION_ONLY = ("text", "rrule", "times_per_week")


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """One application for all of them: nothing that is refused leaves a trace."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), time_zone="Europe/Berlin")
    container = new_container(settings, clock=FakeClock(MONDAY_MORNING))
    with TestClient(make_app(container), base_url=HERE) as client:
        yield Api(client)
    container.db.close()


@pytest.fixture(scope="module")
def tasks(api: Api) -> list[Body]:
    """Return the two tasks there are: one to wait for, and one to change."""
    return [api.add("There is one task"), api.add("Write")]


@pytest.mark.parametrize(("name", "value"), CASES, ids=lambda part: str(part)[:40])
def test_a_new_task_refuses(api: Api, tasks: list[Body], name: str, value: object) -> None:
    words: Body = {} if name == "text" else {"title": "Write"}
    problem = api.post("/tasks", {**words, name: value}, status=422)
    assert problem["detail"]
    assert api.get("/tasks")["tasks"] == tasks


@pytest.mark.parametrize(
    ("name", "value"),
    [case for case in CASES if case[0] not in ON_CREATION_ONLY],
    ids=lambda part: str(part)[:40],
)
def test_a_change_refuses(api: Api, tasks: list[Body], name: str, value: object) -> None:
    api.ask("PATCH", f"/tasks/{tasks[1]['id']}", {name: value}, status=422)
    assert api.get("/tasks")["tasks"] == tasks


@pytest.mark.parametrize("body", [None, [], "x", 5, True, {}, {"titel": "x"}, [{"title": "x"}]])
def test_a_body_of_another_shape_is_refused(api: Api, body: object) -> None:
    response = api.client.post("/api/v1/tasks", json=body)
    assert response.status_code == 422
    assert response.json()["code"] == "invalid"
