"""The plan, requests for a better one, and what becomes of proposals."""

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from dayloom.accounts.changes import REQUEST
from dayloom.bootstrap import Container
from dayloom.infra.work import Work
from tests.api.conftest import Api, Body

NINE, TEN = "2026-11-23T09:00:00+01:00", "2026-11-23T10:00:00+01:00"


class TestPlan:
    def test_is_empty_before_the_first_task(self, api: Api) -> None:
        plan = api.get("/plan")
        assert (plan["version"], plan["slots"], plan["unplaced"]) == (0, [], [])
        assert (plan["certificate"], plan["pending"]) == (None, None)
        assert plan["start"] == "2026-11-23T00:00:00+01:00"
        assert plan["end"] == "2026-11-30T00:00:00+01:00"

    def test_shows_a_provisional_slot_at_once(self, api: Api) -> None:
        task = api.add("Write", duration_minutes=60)
        (slot,) = api.get("/plan")["slots"]
        assert (slot["task_id"], slot["title"]) == (task["id"], "Write")
        assert (slot["start"], slot["end"], slot["provisional"]) == (NINE, TEN, True)

    def test_shows_only_the_window_that_was_asked_for(self, api: Api) -> None:
        api.add("Write", duration_minutes=60)
        query = "start=2026-11-24T00:00:00%2B01:00&end=2026-11-25T00:00:00%2B01:00"
        assert api.get(f"/plan?{query}")["slots"] == []

    def test_takes_a_plus_that_was_not_escaped(self, api: Api) -> None:
        plan = api.get("/plan?start=2026-11-24T08:00:00+01:00")
        assert plan["start"] == "2026-11-24T08:00:00+01:00"
        assert plan["end"] == "2026-12-01T08:00:00+01:00"

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("start=today", "start"),
            ("start=2026-11-24", "start"),
            ("start=2026-11-24T00:00:00", "start"),
            ("start=0001-01-01T00:00:00Z", "start"),
            ("start=9999-12-31T23:59:59-14:00", "start"),
            ("end=2020-01-01T00:00:00Z", "end"),
            ("end=2099-01-01T00:00:00Z", "end"),
        ],
    )
    def test_refuses_a_bad_window(self, api: Api, query: str, field: str) -> None:
        assert api.get(f"/plan?{query}", status=422)["errors"][0]["field"] == field


class TestRequest:
    def test_the_answer_of_the_worker_comes_back(self, api: Api, worker: None) -> None:
        api.add("Write", duration_minutes=60)
        proposal = api.post("/plan/proposals", status=201)
        assert (proposal["state"], proposal["by_mode"]) == ("accepted", True)
        assert proposal["certificate"]["objective"]["total"] > 0
        plan = api.get("/plan")
        assert plan["version"] == proposal["applied_version"] == 1
        assert plan["slots"][0]["provisional"] is False
        assert plan["slots"][0]["reason"]

    def test_without_a_worker_it_says_where_to_look(self, client: TestClient, api: Api) -> None:
        response = client.post("/api/v1/plan/proposals?wait_seconds=0")
        assert response.status_code == 202
        told = response.json()
        assert (told["state"], told["proposal"]) == ("waiting", None)
        assert response.headers["location"] == told["location"] == "/api/v1/plan/requests/1"
        assert api.get("/plan/requests/1") == told

    def test_a_request_that_never_was_is_not_found(self, api: Api) -> None:
        api.get("/plan/requests/1", status=404)
        api.post("/plan/proposals?wait_seconds=0", status=202)
        api.get("/plan/requests/2", status=404)

    def test_an_answered_request_names_its_proposal(self, api: Api, worker: None) -> None:
        api.add("Write")
        proposal = api.post("/plan/proposals", status=201)
        told = api.get("/plan/requests/1")
        assert (told["state"], told["proposal"]) == ("answered", proposal)
        assert told["location"] == f"/api/v1/plan/proposals/{proposal['id']}"

    def test_an_answer_that_is_forgotten_is_none(self, api: Api, container: Container) -> None:
        api.post("/plan/proposals?wait_seconds=0", status=202)
        done = update(Work).where(Work.kind == REQUEST).values(done=Work.want)
        container.db.write_now(lambda session: session.execute(done))
        told = api.get("/plan/requests/1")
        assert (told["state"], told["proposal"]) == ("answered", None)
        assert told["location"] == "/api/v1/plan/requests/1"

    @pytest.mark.parametrize("wait", ["-1", "61", "x"])
    def test_waits_within_reason(self, api: Api, wait: str) -> None:
        api.post(f"/plan/proposals?wait_seconds={wait}", status=422)


@pytest.fixture
def pending(api: Api, worker: None) -> Body:  # noqa: ARG001 — it answers
    """A proposal that waits: in manual mode nothing is applied without consent."""
    api.add("Write", duration_minutes=60)
    api.add("Call", duration_minutes=30)
    api.post("/plan/proposals", status=201)
    api.ask("PATCH", "/settings", {"plan_mode": "manual", "buffer_minutes": 15})
    return api.post("/plan/proposals", status=201)


class TestDecision:
    def test_a_proposal_waits_with_its_difference(self, api: Api, pending: Body) -> None:
        assert pending["state"] == "pending"
        assert [change["title"] for change in pending["changes"]] == ["Write"]
        for change in pending["changes"]:
            assert change["kind"] == "moved"
            assert change["before"] != change["after"]
            assert change["reason"]
        assert api.get("/plan")["pending"] == pending
        assert api.get(f"/plan/proposals/{pending['id']}") == pending
        assert api.get("/plan/proposals")["proposals"][0] == pending

    def test_accepting_applies_it(self, api: Api, pending: Body) -> None:
        applied = api.post(f"/plan/proposals/{pending['id']}/acceptance")
        assert (applied["state"], applied["applied_version"]) == ("accepted", 2)
        moved = api.get(f"/tasks/{pending['changes'][0]['task_id']}")
        assert moved["scheduled_start_time"] == pending["changes"][0]["after"][0]["start"]
        assert api.get("/plan")["pending"] is None

    def test_some_changes_can_be_accepted(self, api: Api, pending: Body) -> None:
        chosen = [change["id"] for change in pending["changes"]]
        applied = api.post(f"/plan/proposals/{pending['id']}/acceptance", {"changes": chosen})
        assert applied["state"] == "accepted"

    def test_an_unknown_change_is_not_found(self, api: Api, pending: Body) -> None:
        body = {"changes": [99]}
        api.post(f"/plan/proposals/{pending['id']}/acceptance", body, status=404)

    @pytest.mark.parametrize("body", [{"changes": ["1"]}, {"changes": 1}, {"all": True}, [], 1])
    def test_a_bad_choice_is_refused(self, api: Api, pending: Body, body: object) -> None:
        api.post(f"/plan/proposals/{pending['id']}/acceptance", body, status=422)

    def test_rejecting_leaves_everything(self, api: Api, pending: Body) -> None:
        before = api.get("/plan")["slots"]
        rejected = api.ask("DELETE", f"/plan/proposals/{pending['id']}")
        assert rejected["state"] == "rejected"
        assert api.get("/plan")["slots"] == before

    def test_what_is_decided_stays_decided(self, api: Api, pending: Body) -> None:
        api.ask("DELETE", f"/plan/proposals/{pending['id']}")
        api.post(f"/plan/proposals/{pending['id']}/acceptance", status=409)
        api.ask("DELETE", f"/plan/proposals/{pending['id']}", status=409)

    def test_undo_puts_back_what_was_moved(self, api: Api, pending: Body) -> None:
        api.post(f"/plan/proposals/{pending['id']}/acceptance")
        api.ask("PATCH", "/settings", {"buffer_minutes": 0})  # which alone kept them apart
        undone = api.post("/plan/undo")
        assert undone["cause"] == "undo"
        for change in pending["changes"]:
            task = api.get(f"/tasks/{change['task_id']}")
            assert task["scheduled_start_time"] == change["before"][0]["start"]


class TestNothingThere:
    def test_an_unknown_proposal_is_not_found(self, api: Api) -> None:
        api.get("/plan/proposals/9", status=404)
        api.post("/plan/proposals/9/acceptance", status=404)
        api.ask("DELETE", "/plan/proposals/9", status=404)

    def test_nothing_to_undo_is_a_conflict(self, api: Api) -> None:
        assert api.post("/plan/undo", status=409)["detail"] == "There is no move to undo."

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("POST", "/plan"),
            ("DELETE", "/plan/proposals"),
            ("GET", "/plan/proposals/1/acceptance"),
            ("GET", "/plan/undo"),
        ],
    )
    def test_other_methods_are_refused(self, api: Api, method: str, path: str) -> None:
        api.ask(method, path, status=405)
