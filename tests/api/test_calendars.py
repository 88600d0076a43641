"""Calendars by address and by file, their rules, and their events."""

from datetime import UTC, datetime

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from dayloom.calendars.repository import CalendarRepository
from dayloom.infra.work import Work
from tests.api.conftest import Api
from tests.conftest import Desk

URL = "https://example.com/private/secret-token/calendar.ics"
ICS = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


def upload(
    client: TestClient, content: bytes = ICS, *, data: dict[str, str] | None = None
) -> Response:
    files = {"file": ("work.ics", content, "text/calendar")}
    return client.post("/api/v1/calendars", files=files, data=data)


def moment(hour: int) -> datetime:
    return datetime(2026, 11, 23, hour, tzinfo=UTC)


class TestAdd:
    def test_by_address_keeps_its_secret(self, api: Api) -> None:
        added = api.post("/calendars", {"name": "Work", "url": URL}, status=201)
        assert (added["name"], added["kind"]) == ("Work", "url")
        assert added["url"] == "https://example.com/…"
        assert "secret-token" not in str(api.get("/calendars"))

    def test_without_a_name_the_host_names_it(self, api: Api) -> None:
        assert api.post("/calendars", {"url": URL}, status=201)["name"] == "example.com"

    def test_as_a_file(self, client: TestClient, api: Api) -> None:
        response = upload(client)
        assert response.status_code == 201
        assert (response.json()["name"], response.json()["kind"]) == ("work", "file")
        assert api.get(response.headers["location"].removeprefix("/api/v1")) == response.json()

    def test_a_file_may_be_named(self, client: TestClient) -> None:
        assert upload(client, data={"name": "Mine"}).json()["name"] == "Mine"

    def test_the_worker_is_asked_to_read_it(self, api: Api, desk: Desk) -> None:
        added = api.post("/calendars", {"url": URL}, status=201)
        wanted = desk.read(lambda s: {row.key for row in s.session.query(Work)})
        assert str(added["id"]) in wanted

    def test_the_same_address_twice_is_a_conflict(self, api: Api) -> None:
        api.post("/calendars", {"url": URL}, status=201)
        api.post("/calendars", {"url": URL}, status=409)

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"name": "Work"},
            {"url": ""},
            {"url": 5},
            {"url": "ftp://example.com/a.ics"},
            {"url": "https://"},
            {"url": "https://[::1/a.ics"},
            {"url": "javascript:alert(1)"},
            {"url": "https://example.com/" + "x" * 2_000},
            {"url": URL, "name": "x" * 101},
            {"url": URL, "name": None},
            {"url": URL, "secret": 1},
            [],
            "https://example.com",
        ],
    )
    def test_a_bad_address_is_refused(self, api: Api, body: object) -> None:
        assert api.post("/calendars", body, status=422)["errors"]

    @pytest.mark.parametrize("content", [b"", b"hello", b"<html>", b"\x00" * 100])
    def test_a_file_that_is_no_calendar_is_refused(
        self, client: TestClient, content: bytes
    ) -> None:
        problem = upload(client, content).json()
        assert (problem["status"], problem["errors"][0]["field"]) == (422, "file")

    def test_a_form_without_a_file_is_refused(self, client: TestClient) -> None:
        files = {"other": ("a.ics", ICS, "text/calendar")}
        response = client.post("/api/v1/calendars", files=files)
        assert (response.status_code, response.json()["code"]) == (422, "invalid")

    def test_a_file_above_the_limit_is_refused(self, client: TestClient) -> None:
        response = upload(client, ICS + b" " * (10 * 1024 * 1024))
        assert response.status_code == 422
        response = upload(client, ICS + b" " * (11 * 1024 * 1024))
        assert (response.status_code, response.json()["code"]) == (413, "too_large")

    @pytest.mark.parametrize("kind", ["text/calendar", "application/x-www-form-urlencoded", ""])
    def test_other_kinds_of_bodies_are_refused(self, client: TestClient, kind: str) -> None:
        response = client.post("/api/v1/calendars", content=ICS, headers={"Content-Type": kind})
        assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")

    @pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"--x"])
    def test_broken_bodies_are_refused(self, client: TestClient, body: bytes) -> None:
        for kind in ("application/json", "multipart/form-data; boundary=x", "multipart/form-data"):
            headers = {"Content-Type": kind}
            response = client.post("/api/v1/calendars", content=body, headers=headers)
            assert response.status_code in (400, 422), response.text
            assert response.headers["content-type"] == "application/problem+json"


class TestChange:
    def test_rules_and_name_change(self, api: Api) -> None:
        added = api.post("/calendars", {"url": URL}, status=201)
        given = {
            "name": "Home",
            "color": 3,
            "enabled": False,
            "all_day": "busy",
            "free_busy": True,
            "tentative_busy": False,
            "declined_busy": True,
            "own_address": "ann@example.com",
            "refresh_every_minutes": 60,
        }
        changed = api.ask("PATCH", f"/calendars/{added['id']}", given)
        assert {name: changed[name] for name in given} == given

    @pytest.mark.parametrize(
        "body",
        [
            {"name": ""},
            {"name": None},
            {"color": 8},
            {"color": "1"},
            {"enabled": 1},
            {"all_day": "sometimes"},
            {"tentative_busy": "yes"},
            {"own_address": "ann"},
            {"refresh_every_minutes": 4},
            {"refresh_every_minutes": 7 * 24 * 60 + 1},
            {"refresh_every_minutes": None},
            {"url": URL},
        ],
    )
    def test_a_bad_rule_is_refused(self, api: Api, body: object) -> None:
        added = api.post("/calendars", {"url": URL}, status=201)
        assert api.ask("PATCH", f"/calendars/{added['id']}", body, status=422)["errors"]

    def test_removing_can_be_taken_back(self, api: Api) -> None:
        added = api.post("/calendars", {"url": URL}, status=201)
        api.ask("DELETE", f"/calendars/{added['id']}", status=204)
        assert api.get("/calendars")["calendars"] == []
        back = api.post(f"/calendars/{added['id']}/restoration")
        assert back["id"] == added["id"]

    def test_refreshing_asks_the_worker(self, api: Api) -> None:
        added = api.post("/calendars", {"url": URL}, status=201)
        assert api.post(f"/calendars/{added['id']}/refresh", status=202)["id"] == added["id"]
        api.post(f"/calendars/{added['id']}/shrink-confirmation", status=202)

    def test_an_uploaded_calendar_takes_a_newer_file(self, client: TestClient) -> None:
        path = upload(client).headers["location"]
        files = {"file": ("b.ics", ICS, "text/calendar")}
        assert client.put(f"{path}/file", files=files).status_code == 202
        assert client.put(f"{path}/file", json={}).status_code == 415

    def test_a_calendar_with_an_address_takes_no_file(self, client: TestClient, api: Api) -> None:
        added = api.post("/calendars", {"url": URL}, status=201)
        files = {"file": ("b.ics", ICS, "text/calendar")}
        response = client.put(f"/api/v1/calendars/{added['id']}/file", files=files)
        assert response.status_code == 409

    def test_an_unknown_calendar_is_not_found(self, api: Api) -> None:
        api.get("/calendars/9", status=404)
        api.ask("PATCH", "/calendars/9", {"name": "x"}, status=404)
        api.ask("DELETE", "/calendars/9", status=404)
        for action in ("restoration", "refresh", "shrink-confirmation"):
            api.post(f"/calendars/9/{action}", status=404)
            api.get(f"/calendars/9/{action}", status=405)


class TestEvents:
    @pytest.fixture
    def calendar_id(self, api: Api, desk: Desk) -> int:
        added = api.post("/calendars", {"name": "Work", "url": URL}, status=201)
        row = {
            "calendar_id": added["id"],
            "key": "k",
            "uid": "u",
            "start": moment(9),
            "end": moment(10),
            "all_day": False,
            "summary": "Standup",
            "location": "",
            "transp": None,
            "status": None,
            "partstat": None,
            "busy": True,
        }
        desk.write(lambda s: CalendarRepository(s.session, s.account_id).add_events([row]))
        found: int = added["id"]
        return found

    def test_are_shown_in_the_persons_zone(self, api: Api, calendar_id: int) -> None:
        (event,) = api.get("/events")["events"]
        assert (event["summary"], event["calendar_id"]) == ("Standup", calendar_id)
        assert event["start"] == "2026-11-23T10:00:00+01:00"

    def test_of_one_calendar_only(self, api: Api, calendar_id: int) -> None:
        assert len(api.get(f"/events?calendar_id={calendar_id}")["events"]) == 1
        assert api.get(f"/events?calendar_id={calendar_id + 1}")["events"] == []

    def test_of_another_time_are_not_shown(self, api: Api, calendar_id: int) -> None:
        assert api.get("/events?start=2026-11-24T00:00:00Z")["events"] == []

    def test_take_time_in_the_plan_and_are_kept_clear_of(self, api: Api, calendar_id: int) -> None:
        (busy,) = api.get("/plan")["busy"]
        assert busy["summary"] == "Standup"
        task = api.add("Write", duration_minutes=120)
        assert task["scheduled_start_time"] == "2026-11-23T11:00:00+01:00"

    def test_stop_a_pin_unless_it_is_meant(self, api: Api, calendar_id: int) -> None:
        task = api.add("Write", duration_minutes=30)
        wish = {"start": "2026-11-23T10:00:00+01:00"}
        problem = api.post(f"/tasks/{task['id']}/pin", wish, status=409)
        assert "Standup" in problem["detail"]
        api.post(f"/tasks/{task['id']}/pin", {**wish, "over_events": True})

    @pytest.mark.parametrize("query", ["start=x", "calendar_id=0", "end=2020-01-01T00:00:00Z"])
    def test_a_bad_query_is_refused(self, api: Api, query: str) -> None:
        api.get(f"/events?{query}", status=422)
