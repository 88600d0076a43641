"""Named hours on the settings page."""

from typing import Any

import pytest

from dayloom.bootstrap import Container
from dayloom.preferences.models import HourMap
from tests.conftest import Desk
from tests.web.visiting import Visitor, toast

WEEK: dict[str, Any] = {
    "monday": "8-12, 13-16",
    "tuesday": "closed",
    "wednesday": "09:00–17:00",
    "thursday": "9am–5pm",
    "friday": "",
    "saturday": "",
    "sunday": "",
    "exception_on": ["2026-12-24", "2026-12-31", ""],
    "exception_hours": ["closed", "9–12", ""],
    "daily_cap": "5",
}


@pytest.fixture
def visitor(container: Container) -> Visitor:
    return Visitor(container)


def hour_map(desk: Desk, name: str) -> HourMap | None:
    rows = desk.read(lambda s: s.preferences.hour_maps())
    return next((row for row in rows if row.name == name), None)


def require(desk: Desk, name: str) -> HourMap:
    found = hour_map(desk, name)
    assert found is not None
    return found


def test_a_week_is_saved_with_its_exceptions(visitor: Visitor, desk: Desk) -> None:
    visitor.send(f"/settings/hours/{require(desk, 'work').id}", WEEK)
    now = require(desk, "work")
    assert now.weekly[0] == [["08:00", "12:00"], ["13:00", "16:00"]]
    assert now.weekly[1] == []
    assert now.exceptions == {"2026-12-24": [], "2026-12-31": [["09:00", "12:00"]]}


def test_undo_puts_the_week_back(visitor: Visitor, desk: Desk) -> None:
    before = require(desk, "work")
    saved = visitor.send(f"/settings/hours/{before.id}", WEEK)
    again = visitor.send(f"/settings/hours/{before.id}", WEEK | {"exception_on": []})
    visitor.undo(again)
    assert require(desk, "work").exceptions == {
        "2026-12-24": [],
        "2026-12-31": [["09:00", "12:00"]],
    }
    visitor.undo(saved)
    assert require(desk, "work").weekly == before.weekly


def test_the_day_at_fault_is_named(visitor: Visitor, desk: Desk) -> None:
    work = require(desk, "work")
    answer = visitor.send(f"/settings/hours/{work.id}", WEEK | {"thursday": "late"}, status=422)
    assert answer.headers["HX-Retarget"] == f"#hours-{work.id}-thursday-error"


def test_overlapping_hours_are_refused(visitor: Visitor, desk: Desk) -> None:
    work = require(desk, "work")
    answer = visitor.send(
        f"/settings/hours/{work.id}", WEEK | {"monday": "9-12, 11-13"}, status=422
    )
    assert "overlap" in answer.text
    assert f'id="{answer.headers["HX-Retarget"].removeprefix("#")}"' in visitor.look()


def test_hours_are_added_and_removed_with_undo(visitor: Visitor, desk: Desk) -> None:
    added = visitor.send("/settings/hours", {"name": "Deep work"})
    assert toast(added)["text"] == "Added deep work hours"
    row = require(desk, "deep work")
    visitor.send(f"/settings/hours/{row.id}", WEEK)
    removed = visitor.send(f"/settings/hours/{row.id}/removal", {})
    assert hour_map(desk, "deep work") is None
    visitor.undo(removed)
    assert require(desk, "deep work").exceptions["2026-12-24"] == []


def test_a_name_in_use_is_kept_without_scripts(visitor: Visitor) -> None:
    page = visitor.send_plainly("/settings/hours", {"name": "personal"}, status=422).text
    assert 'id="new-hours-name" name="name" value="personal"' in page


def test_a_name_in_use_is_refused_beside_its_field(visitor: Visitor) -> None:
    answer = visitor.send("/settings/hours", {"name": "work"}, status=422)
    assert answer.headers["HX-Retarget"] == "#new-hours-name-error"
    assert "already" in answer.text


def test_the_default_hours_stay(visitor: Visitor, desk: Desk) -> None:
    work = require(desk, "work")
    visitor.send(f"/settings/hours/{work.id}/removal", {}, status=409)
    assert hour_map(desk, "work") is not None


def test_a_mistake_without_scripts_keeps_what_was_typed(visitor: Visitor, desk: Desk) -> None:
    work = require(desk, "work")
    page = visitor.send_plainly(
        f"/settings/hours/{work.id}", WEEK | {"friday": "sometimes"}, status=422
    ).text
    assert 'value="sometimes"' in page
    assert 'value="8-12, 13-16"' in page
    assert 'value="2026-12-24"' in page


def test_saving_without_scripts_leads_back_to_the_page(visitor: Visitor, desk: Desk) -> None:
    answer = visitor.send_plainly(f"/settings/hours/{require(desk, 'work').id}", WEEK)
    assert answer.headers["Location"] == "/settings#hours"
