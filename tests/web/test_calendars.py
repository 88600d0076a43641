"""Calendars on the settings page."""

from datetime import UTC, datetime, timedelta

import pytest

from dayloom.bootstrap import Container
from dayloom.calendars.models import AllDayRule, Calendar
from tests.conftest import Desk
from tests.web.visiting import Visitor, toast

FILE = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
ADDRESS = "https://example.com/private-4711/calendar.ics"


@pytest.fixture
def visitor(container: Container) -> Visitor:
    return Visitor(container)


@pytest.fixture
def calendar(desk: Desk) -> Calendar:
    return desk.write(lambda s: s.calendars.add_url("Work", ADDRESS))


def calendars(desk: Desk) -> list[Calendar]:
    return list(desk.read(lambda s: s.calendars.all()))


def test_none_yet_says_what_to_do(visitor: Visitor) -> None:
    assert "None yet." in visitor.look()


def test_a_file_is_added_under_its_own_name(visitor: Visitor, desk: Desk) -> None:
    answer = visitor.send("/settings/calendars", {}, files={"file": ("Family.ics", FILE)})
    assert toast(answer)["text"] == "Added Family"
    assert [row.name for row in calendars(desk)] == ["Family"]


def test_an_address_is_added_and_shown_without_its_secret(visitor: Visitor) -> None:
    visitor.send("/settings/calendars", {"url": ADDRESS, "name": "Work"})
    page = visitor.part("/settings/calendars")
    assert "https://example.com/…" in page
    assert "4711" not in page


@pytest.mark.parametrize(
    ("data", "files", "field"),
    [
        ({}, {}, "url"),
        ({"url": "no address"}, {}, "url"),
        ({}, {"file": ("notes.txt", b"hello")}, "file"),
    ],
)
def test_a_mistake_is_told_beside_its_field(
    visitor: Visitor, data: dict[str, str], files: dict[str, tuple[str, bytes]], field: str
) -> None:
    answer = visitor.send("/settings/calendars", data, status=422, files=files)
    assert answer.headers["HX-Retarget"] == f"#new-calendar-{field}-error"
    assert answer.text.strip()


def test_a_mistake_without_scripts_keeps_the_address(visitor: Visitor) -> None:
    page = visitor.send_plainly("/settings/calendars", {"url": "gopher://x"}, status=422).text
    assert 'value="gopher://x"' in page


def test_removal_can_be_undone(visitor: Visitor, desk: Desk, calendar: Calendar) -> None:
    answer = visitor.send(f"/settings/calendars/{calendar.id}/removal", {})
    assert calendars(desk) == []
    visitor.undo(answer)
    assert [row.name for row in calendars(desk)] == ["Work"]


def test_rules_are_changed_together(visitor: Visitor, desk: Desk, calendar: Calendar) -> None:
    given = {
        "name": "Office",
        "all_day": "busy",
        "declined_busy": "on",
        "free_busy": "on",
        "own_address": "ann@example.com",
    }
    visitor.send(f"/settings/calendars/{calendar.id}", given)
    [row] = calendars(desk)
    assert (row.name, row.all_day) == ("Office", AllDayRule.BUSY)
    assert (row.enabled, row.tentative_busy, row.declined_busy) == (False, False, True)
    assert (row.free_busy, row.own_address) == (True, "ann@example.com")


def test_how_often_it_is_read_is_chosen(visitor: Visitor, desk: Desk, calendar: Calendar) -> None:
    visitor.send(f"/settings/calendars/{calendar.id}", {"name": "Work", "refresh_every": "180"})
    assert calendars(desk)[0].refresh_every == timedelta(hours=3)
    assert '<option value="180" selected>every 3 h</option>' in visitor.part("/settings/calendars")


@pytest.mark.parametrize("pace", ["4", "10081", "often", "nan", ""])
def test_a_pace_out_of_range_is_refused(visitor: Visitor, calendar: Calendar, pace: str) -> None:
    given = {"name": "Work", "refresh_every": pace}
    answer = visitor.send(f"/settings/calendars/{calendar.id}", given, status=422)
    assert answer.headers["HX-Retarget"] == f"#calendar-{calendar.id}-refresh_every-error"


def test_a_rule_refused_without_scripts_keeps_what_was_typed(
    visitor: Visitor, calendar: Calendar
) -> None:
    given = {"name": "Office", "own_address": "nobody"}
    page = visitor.send_plainly(f"/settings/calendars/{calendar.id}", given, status=422).text
    assert 'value="Office"' in page
    assert 'value="nobody"' in page
    assert "Give one e-mail address" in page


def test_a_file_is_not_read_again_by_itself(visitor: Visitor) -> None:
    visitor.send("/settings/calendars", {}, files={"file": ("Family.ics", FILE)})
    assert 'name="refresh_every"' not in visitor.part("/settings/calendars")


def test_an_unknown_rule_is_refused(visitor: Visitor, calendar: Calendar) -> None:
    given = {"name": "Work", "all_day": "maybe"}
    visitor.send(f"/settings/calendars/{calendar.id}", given, status=422)


def test_a_failed_reading_says_why_and_since_when(
    visitor: Visitor, desk: Desk, calendar: Calendar
) -> None:
    def fail(row: Calendar) -> None:
        row.error, row.stale = "The server does not answer.", True
        row.refreshed_at = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
        row.warnings = [f"warning {number}" for number in range(25)]
        row.unread = 3

    desk.write(lambda s: fail(s.calendars.require(calendar.id)))
    page = visitor.part("/settings/calendars")
    assert "The server does not answer. Last read Sun 22 Nov 12:30." in page
    assert "<summary>3 events could not be read</summary>" in page
    assert "And 5 more." in page


def test_a_shrunk_calendar_asks(visitor: Visitor, desk: Desk, calendar: Calendar) -> None:
    desk.write(lambda s: setattr(s.calendars.require(calendar.id), "shrunk", True))
    assert "Yes, they are gone" in visitor.part("/settings/calendars")
    visitor.send(f"/settings/calendars/{calendar.id}/shrinking", {})
    assert calendars(desk)[0].shrink_agreed


@pytest.mark.parametrize("act", ["", "/refresh", "/removal", "/restoration", "/shrinking"])
def test_an_unknown_calendar_is_not_found(visitor: Visitor, act: str) -> None:
    visitor.send(f"/settings/calendars/999{act}", {"name": "x"}, status=404)
