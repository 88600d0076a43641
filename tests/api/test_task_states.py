"""Starting, stopping, finishing, reopening, pinning, and asking why."""

from datetime import timedelta

import pytest

from tests.api.conftest import Api
from tests.fakes import FakeClock

AT_TWO = "2026-11-24T14:00:00+01:00"


class TestTimer:
    def test_starts_and_stops_and_adds_up(self, api: Api, clock: FakeClock) -> None:
        task = api.add("Write")
        started = api.post(f"/tasks/{task['id']}/timer")
        assert started["status"] == "started"
        assert started["worked"] == [{"start": "2026-11-23T08:00:00+01:00", "end": None}]
        clock.advance(timedelta(minutes=25))
        stopped = api.ask("DELETE", f"/tasks/{task['id']}/timer")
        assert (stopped["status"], stopped["worked_minutes"]) == ("open", 25)
        assert stopped["worked"][0]["end"] == "2026-11-23T08:25:00+01:00"

    def test_starting_another_stops_the_first(self, api: Api) -> None:
        first, second = api.add("a"), api.add("b")
        api.post(f"/tasks/{first['id']}/timer")
        api.post(f"/tasks/{second['id']}/timer")
        states = [task["status"] for task in api.get("/tasks")["tasks"]]
        assert states == ["open", "started"]

    def test_stops_as_of_a_moment_gone_by(self, api: Api, clock: FakeClock) -> None:
        task = api.add("Write")
        api.post(f"/tasks/{task['id']}/timer")
        clock.advance(timedelta(hours=5))
        path = f"/tasks/{task['id']}/timer?at=2026-11-23T08:25:00%2B01:00"
        assert api.ask("DELETE", path)["worked_minutes"] == 25

    def test_a_moment_at_which_it_did_not_run_is_refused(self, api: Api) -> None:
        task = api.add("Write")
        api.post(f"/tasks/{task['id']}/timer")
        path = f"/tasks/{task['id']}/timer?at=2026-11-22T08:25:00%2B01:00"
        assert api.ask("DELETE", path, status=422)["code"] == "invalid"

    def test_a_quarter_of_an_hour_is_added(self, api: Api) -> None:
        task = api.add("Write", duration_minutes=60)
        assert api.post(f"/tasks/{task['id']}/extension")["duration_minutes"] == 75

    def test_a_finished_task_does_not_start(self, api: Api) -> None:
        task = api.add("Write")
        api.post(f"/tasks/{task['id']}/completion")
        problem = api.post(f"/tasks/{task['id']}/timer", status=409)
        assert problem["code"] == "conflict"


class TestCompletion:
    def test_finishes_and_reopens(self, api: Api) -> None:
        task = api.add("Write")
        done = api.post(f"/tasks/{task['id']}/completion")
        assert (done["status"], done["needs_scheduling"]) == ("completed", False)
        assert done["actual_end_time"] == "2026-11-23T08:00:00+01:00"
        back = api.ask("DELETE", f"/tasks/{task['id']}/completion")
        assert (back["status"], back["actual_end_time"]) == ("open", None)


class TestPin:
    def test_puts_the_task_there_and_says_what_moved(self, api: Api) -> None:
        task = api.add("Write", duration_minutes=60)
        pinned = api.post(f"/tasks/{task['id']}/pin", {"start": AT_TWO})
        assert pinned["task"]["pinned_start"] == AT_TWO
        assert pinned["task"]["scheduled_start_time"] == AT_TWO
        assert pinned["proposal"]["changes"][0]["after"][0]["start"] == AT_TWO

    def test_may_change_the_length(self, api: Api) -> None:
        task = api.add("Write", duration_minutes=60)
        pinned = api.post(f"/tasks/{task['id']}/pin", {"start": AT_TWO, "duration_minutes": 90})
        assert pinned["task"]["duration_minutes"] == 90

    def test_lets_go(self, api: Api) -> None:
        task = api.add("Write", pinned_start=AT_TWO)
        free = api.ask("DELETE", f"/tasks/{task['id']}/pin")
        assert (free["task"]["pinned_start"], free["task"]["pins"]) == (None, [])

    def test_makes_the_one_below_move_and_undo_puts_it_back(self, api: Api) -> None:
        below = api.add("Below", duration_minutes=60)
        there = below["scheduled_start_time"]
        task = api.add("Above", duration_minutes=60)
        api.post(f"/tasks/{task['id']}/pin", {"start": there})
        assert api.get(f"/tasks/{below['id']}")["scheduled_start_time"] != there
        api.post("/plan/undo")
        assert api.get(f"/tasks/{task['id']}")["pinned_start"] is None

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"start": "2026-11-24T14:00:00"},
            {"start": "2026-11-24"},
            {"start": 1795532400},
            {"start": AT_TWO, "duration_minutes": 0},
            {"start": AT_TWO, "duration_minutes": "60"},
            {"start": AT_TWO, "over_events": 1},
            {"start": AT_TWO, "where": "here"},
        ],
    )
    def test_refuses_a_bad_wish(self, api: Api, body: dict[str, object]) -> None:
        task = api.add("Write")
        assert api.post(f"/tasks/{task['id']}/pin", body, status=422)["errors"]

    def test_refuses_a_time_gone_by(self, api: Api) -> None:
        task = api.add("Write")
        problem = api.post(
            f"/tasks/{task['id']}/pin", {"start": "2026-11-20T14:00:00+01:00"}, status=422
        )
        assert problem["errors"][0]["field"] == "start"

    def test_a_running_task_stays(self, api: Api) -> None:
        task = api.add("Write")
        api.post(f"/tasks/{task['id']}/timer")
        api.post(f"/tasks/{task['id']}/pin", {"start": AT_TWO}, status=409)


class TestExplanation:
    def test_tells_the_facts_of_a_planned_task(self, api: Api) -> None:
        task = api.add("Write", duration_minutes=60)
        api.post(f"/tasks/{task['id']}/pin", {"start": AT_TWO})
        told = api.get(f"/tasks/{task['id']}/explanation")
        assert told["slots"][0]["start"] == AT_TWO
        assert "You put it there." in told["slots"][0]["reasons"]
        assert told["unplaced"] is None
        assert told["certificate"]["objective"]["total"] >= 0

    def test_tells_why_a_task_has_no_place(self, api: Api) -> None:
        soon = "2026-11-23T10:00:00+01:00"
        task = api.add("Too long", duration_minutes=240, deadline=soon)
        other = api.add("Other")
        api.post(f"/tasks/{other['id']}/pin", {"start": AT_TWO})  # plans everything at once
        told = api.get(f"/tasks/{task['id']}/explanation")
        assert told["slots"] == []
        assert told["unplaced"]["obstacle"] in ("deadline", "no_hours", "too_long")
        assert told["unplaced"]["reason"]


@pytest.mark.parametrize("state", ["timer", "completion", "pin"])
class TestEveryState:
    def test_of_an_unknown_task_is_not_found(self, api: Api, state: str) -> None:
        body = {"start": AT_TWO} if state == "pin" else None
        api.post(f"/tasks/999/{state}", body, status=404)
        api.ask("DELETE", f"/tasks/999/{state}", status=404)

    @pytest.mark.parametrize("method", ["GET", "PUT", "PATCH"])
    def test_knows_no_other_method(self, api: Api, state: str, method: str) -> None:
        problem = api.ask(method, f"/tasks/1/{state}", status=405)
        assert problem["code"] == "method_not_allowed"

    @pytest.mark.parametrize("task_id", ["0", "-1", "x", "9" * 20, "1.5"])
    def test_needs_a_number(self, api: Api, state: str, task_id: str) -> None:
        api.ask("DELETE", f"/tasks/{task_id}/{state}", status=422)


def test_an_unknown_task_has_no_explanation(api: Api) -> None:
    api.get("/tasks/999/explanation", status=404)


class TestSeries:
    def test_ending_takes_the_future_occurrences_away(self, api: Api) -> None:
        task = api.add("Gym", times_per_week=2)
        api.ask("DELETE", f"/series/{task['series']['id']}", status=204)
        assert api.get("/tasks?status=open")["tasks"] == []

    def test_an_unknown_series_is_not_found(self, api: Api) -> None:
        api.ask("DELETE", "/series/999", status=404)


class TestPostponement:
    @pytest.mark.parametrize(
        ("until", "release"),
        [
            ("tomorrow", "2026-11-24T00:00:00+01:00"),
            ("next-month", "2026-12-01T00:00:00+01:00"),
            ("2026-12-24", "2026-12-24T00:00:00+01:00"),
            ("soon", None),
        ],
    )
    def test_says_from_when_on(self, api: Api, until: str, release: str | None) -> None:
        task = api.add("Write", release="2026-11-25T09:00:00+01:00")
        off = api.post(f"/tasks/{task['id']}/postponement", {"until": until})
        assert off["release"] == release

    @pytest.mark.parametrize("until", ["never", "", 5, None, "2026-02-30"])
    def test_of_no_day_is_refused(self, api: Api, until: object) -> None:
        task = api.add("Write")
        api.post(f"/tasks/{task['id']}/postponement", {"until": until}, status=422)

    def test_to_a_day_gone_by_is_refused(self, api: Api) -> None:
        task = api.add("Write")
        body = {"until": "2026-11-23"}
        problem = api.post(f"/tasks/{task['id']}/postponement", body, status=409)
        assert "is no later day" in problem["detail"]
