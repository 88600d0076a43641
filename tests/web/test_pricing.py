"""What a place would cost, as the timeline and the details of a task ask for it."""

import json
from datetime import UTC, datetime

import pytest

from dayloom.tasks.models import Task
from tests.conftest import Desk
from tests.web.visiting import Visitor, put_event

NINE = "day=2026-11-23&minute=540"


@pytest.fixture
def two(desk: Desk) -> tuple[Task, Task]:
    """A report from nine to eleven, and a call after it."""
    first, second = desk.write(lambda s: s.capture.add_lines("Write report 2h\nCall Kim 1h")).tasks
    return first, second


def test_a_moving_block_learns_who_would_go_where(
    visitor: Visitor, two: tuple[Task, Task]
) -> None:
    report, call = two
    answer = json.loads(visitor.look(f"/tasks/{call.id}/price?{NINE}"))
    assert answer["line"] == f"moves #{report.id}"
    ghost = {
        "task": report.id,
        "title": "Write report",
        "day": "2026-11-23",
        "start": 600,
        "length": 120,
    }
    assert answer["ghosts"] == [ghost]


def test_a_longer_one_and_an_event_are_told(
    visitor: Visitor, desk: Desk, two: tuple[Task, Task]
) -> None:
    _, call = two
    put_event(desk, "Standup", datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
    at_three = f"/tasks/{call.id}/price?day=2026-11-23&minute=900"
    assert json.loads(visitor.look(at_three))["line"] == "costs nothing"
    longer = json.loads(visitor.look(f"{at_three}&length=120"))
    assert longer == {"line": "“Standup” is in the way there", "ghosts": []}


@pytest.mark.parametrize(
    "query", ["", "day=x&minute=1", "day=2026-11-23&minute=1440", "day=0001-01-01&minute=0"]
)
def test_a_place_that_is_none_is_refused(
    visitor: Visitor, two: tuple[Task, Task], query: str
) -> None:
    assert visitor.client.get(f"/tasks/{two[0].id}/price?{query}").status_code == 422
    assert visitor.client.get(f"/tasks/99/price?{NINE}").status_code == 404


def test_the_details_say_what_a_place_costs_and_put_it_there(
    visitor: Visitor, desk: Desk, two: tuple[Task, Task]
) -> None:
    report, call = two
    part = visitor.part(f"/tasks/{call.id}/place?about=2026-11-23T09:00")
    assert f"Moves “Write report” (#{report.id}) to 10:00." in part
    assert "Put it there</button>" in part
    visitor.send(f"/tasks/{call.id}/pin", {"day": "2026-11-23", "minute": "540"})
    slots = desk.read(lambda s: s.placements.slots_of([report.id, call.id]))
    starts = [slots[task.id][0].start.hour for task in two]
    assert starts == [9, 8]  # in UTC


def test_the_page_answers_a_plain_form(visitor: Visitor, two: tuple[Task, Task]) -> None:
    page = visitor.look(f"/tasks/{two[1].id}?about=2026-11-23T09:00")
    assert "Moves “Write report”" in page
    assert 'value="2026-11-23T09:00"' in page


def test_where_an_event_lies_it_is_offered_all_the_same(
    visitor: Visitor, desk: Desk, two: tuple[Task, Task]
) -> None:
    put_event(desk, "Standup", datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
    part = visitor.part(f"/tasks/{two[1].id}/place?about=2026-11-23T16:00")
    assert "“Standup” is in the way there." in part
    assert "Put it there anyway" in part
    assert 'name="over_events" value="true"' in part


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("", "Choose a day and a time."),
        ("soon", "Choose a day and a time."),
        ("2026-11-20T09:00", "That time is over; choose a later one."),
        ("9999-12-31T23:59", "Choose a time in the years 1970 to 2100."),
        ("0001-01-01T00:00", "Choose a time in the years 1970 to 2100."),
    ],
)
def test_a_time_that_cannot_be_is_told(
    visitor: Visitor, two: tuple[Task, Task], about: str, said: str
) -> None:
    part = visitor.part(f"/tasks/{two[0].id}/place?about={about}")
    assert said in part
    assert "Put it there" not in part


def test_what_is_said_is_text(visitor: Visitor, desk: Desk) -> None:
    desk.write(lambda s: s.capture.add_lines("<b>Bold</b> 1h\nCall 1h"))
    part = visitor.part("/tasks/2/place?about=2026-11-23T09:00")
    assert "&lt;b&gt;Bold" in part
    assert "<b>Bold" not in part
