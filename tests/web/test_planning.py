"""Drops, pins and their undo, as the timeline sends them."""

from datetime import UTC, datetime

import pytest

from dayloom.tasks.models import Task
from tests.conftest import Desk
from tests.web.visiting import Visitor, put_event, toast

DROP = {"day": "2026-11-23", "minute": "840"}  # 14:00 in Berlin


@pytest.fixture
def added(desk: Desk) -> Task:
    return desk.write(lambda s: s.capture.add_lines("Write report 2h")).tasks[0]


def start_of(desk: Desk, task_id: int) -> datetime:
    return desk.read(lambda s: s.placements.slots_of([task_id]))[task_id][0].start


def test_a_drop_pins_and_undo_puts_back(visitor: Visitor, desk: Desk, added: Task) -> None:
    answer = visitor.send(f"/tasks/{added.id}/pin", DROP)
    assert start_of(desk, added.id) == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    assert 'title="Pinned: it stays here"' in visitor.look("/")
    visitor.undo(answer)
    assert start_of(desk, added.id) == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_a_drop_says_how_many_made_room(visitor: Visitor, desk: Desk, added: Task) -> None:
    other = desk.write(lambda s: s.capture.add_lines("Call Kim 1h p9")).tasks[0]
    answer = visitor.send(f"/tasks/{other.id}/pin", DROP | {"minute": "540"})
    assert toast(answer)["text"] == "“Call Kim” pinned 09:00; 1 task made room"
    assert start_of(desk, added.id) > datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_a_resize_changes_how_long_it_takes(visitor: Visitor, added: Task) -> None:
    visitor.send(f"/tasks/{added.id}/pin", DROP | {"length": "45"})
    assert "14:00–14:45" in visitor.look("/")


def test_unpinning_lets_the_planner_move_it(visitor: Visitor, desk: Desk, added: Task) -> None:
    visitor.send(f"/tasks/{added.id}/pin", DROP)
    visitor.send(f"/tasks/{added.id}/unpinning", {})
    assert desk.read(lambda s: s.tasks.require(added.id)).pins == []


def test_an_event_in_the_way_is_named_and_can_be_overruled(
    visitor: Visitor, desk: Desk, added: Task
) -> None:
    put_event(desk, "Standup", datetime(2026, 11, 23, 13, 0, tzinfo=UTC))
    answer = visitor.send(f"/tasks/{added.id}/pin", DROP, status=409)
    told = toast(answer)
    assert told["text"] == "“Standup” is in the way there."
    visitor.send(told["action"]["url"], told["action"]["values"])
    assert start_of(desk, added.id) == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "someday"},
        {"minute": "-5"},
        {"minute": "1440"},
        {"length": "1"},
        {"piece": "then"},
    ],
)
def test_a_drop_nowhere_is_refused(visitor: Visitor, added: Task, wrong: dict[str, str]) -> None:
    answer = visitor.send(f"/tasks/{added.id}/pin", DROP | wrong, status=422)
    assert toast(answer)["kind"] == "error"


def test_a_time_gone_by_is_refused_with_a_sentence(visitor: Visitor, added: Task) -> None:
    answer = visitor.send(f"/tasks/{added.id}/pin", DROP | {"minute": "60"}, status=422)
    assert toast(answer)["text"] == "That time is over; choose a later one."


def test_nothing_to_undo_is_said(visitor: Visitor) -> None:
    assert toast(visitor.send("/plan/undo", {}, status=409))["text"] == "There is no move to undo."


def test_a_request_for_a_plan_is_acknowledged(visitor: Visitor) -> None:
    assert toast(visitor.send("/plan/request", {}))["text"] == "Planning again …"


@pytest.mark.parametrize("answer", ["acceptance", "rejection"])
def test_an_unknown_proposal_is_not_found(visitor: Visitor, answer: str) -> None:
    visitor.send(f"/proposals/99/{answer}", {"change": "1"}, status=404)


class TestWeek:
    def test_it_shows_seven_days_from_the_first_one(self, visitor: Visitor, desk: Desk) -> None:
        desk.write(lambda s: s.preferences.change({"week_start": 6}))
        page = visitor.look("/week?on=2026-11-25")
        assert page.count('<ol class="col') == 7
        assert page.index('data-day="2026-11-22"') < page.index('data-day="2026-11-28"')

    @pytest.mark.parametrize("on", ["nonsense", "0001-01-01", "9999-12-31", ""])
    def test_any_day_gives_a_week(self, visitor: Visitor, on: str) -> None:
        assert visitor.look(f"/week?on={on}").count('<ol class="col') == 7

    def test_the_change_of_clocks_breaks_nothing(self, visitor: Visitor, desk: Desk) -> None:
        desk.write(lambda s: s.preferences.change({"time_zone": "Europe/Berlin"}))
        for sunday in ("2027-03-28", "2027-10-31"):
            assert visitor.look(f"/week?on={sunday}").count('<ol class="col') == 7

    def test_the_night_is_named_above_the_day(self, visitor: Visitor, desk: Desk) -> None:
        put_event(desk, "Deploy", datetime(2026, 11, 23, 22, 30, tzinfo=UTC))
        put_event(desk, "Breakfast", datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
        page = visitor.look("/week")
        assert "--from:480;--to:1020;" in page
        assert "23:30–00:30 Deploy</li>" in page
        assert page.count('<li class="blk event') == 1
