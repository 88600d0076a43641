"""Preferences on the settings page."""

from datetime import timedelta

import pytest

from dayloom.bootstrap import Container
from dayloom.preferences.models import PlanMode, Preferences
from tests.conftest import Desk
from tests.web.visiting import Visitor, toast

PLANNING = {
    "plan_mode": "auto",
    "default_duration": "45",
    "buffer": "10",
    "event_buffer": "5",
    "daily_cap": "6.5",
    "freeze": "1,5",
}


@pytest.fixture
def visitor(container: Container) -> Visitor:
    return Visitor(container)


def preferences(desk: Desk) -> Preferences:
    return desk.read(lambda s: s.preferences.require())


def test_the_page_shows_what_holds(visitor: Visitor) -> None:
    page = visitor.look()
    assert 'value="Europe/Berlin"' in page
    assert 'name="plan_mode" value="ask" checked' in page


def test_a_section_is_saved_whole(visitor: Visitor, desk: Desk) -> None:
    answer = visitor.send("/settings/preferences/planning", PLANNING)
    assert toast(answer)["text"] == "Planning saved"
    now = preferences(desk)
    assert (now.plan_mode, now.buffer) == (PlanMode.AUTO, timedelta(minutes=10))
    assert (now.daily_cap, now.freeze) == (timedelta(hours=6.5), timedelta(hours=1.5))


def test_undo_puts_a_section_back(visitor: Visitor, desk: Desk) -> None:
    answer = visitor.send("/settings/preferences/planning", PLANNING)
    visitor.undo(answer)
    now = preferences(desk)
    assert (now.plan_mode, now.buffer, now.daily_cap) == (PlanMode.ASK, timedelta(0), None)


def test_a_kind_of_change_has_a_mode_of_its_own_until_that_is_undone(
    visitor: Visitor, desk: Desk
) -> None:
    own = {"tasks_mode": "auto", "calendars_mode": "manual", "overdue_mode": ""}
    answer = visitor.send("/settings/preferences/planning", PLANNING | own)
    now = preferences(desk)
    assert (now.tasks_mode, now.calendars_mode) == (PlanMode.AUTO, PlanMode.MANUAL)
    assert now.overdue_mode is None
    assert '<option value="manual" selected' in visitor.look()
    visitor.undo(answer)
    assert (preferences(desk).tasks_mode, preferences(desk).calendars_mode) == (None, None)


def test_an_empty_daily_cap_means_no_limit(visitor: Visitor, desk: Desk) -> None:
    visitor.send("/settings/preferences/planning", PLANNING | {"daily_cap": " "})
    assert preferences(desk).daily_cap is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("buffer", "a while", "Write a number here."),
        ("buffer", "nan", "Write a number here."),
        ("buffer", "1e400", "Write a number here."),
        ("buffer", "7", "multiple of 5 minutes"),
        ("default_duration", "100000", "lies between"),
        ("plan_mode", "never", "Choose one of these."),
    ],
)
def test_a_mistake_is_told_beside_its_field(
    visitor: Visitor, desk: Desk, field: str, value: str, sentence: str
) -> None:
    given = PLANNING | {field: value}
    answer = visitor.send("/settings/preferences/planning", given, status=422)
    assert answer.headers["HX-Retarget"] == f"#planning-{field}-error"
    assert sentence in answer.text
    assert preferences(desk).plan_mode is PlanMode.ASK


def test_an_unknown_zone_is_refused(visitor: Visitor) -> None:
    clock = {
        "time_zone": "Mars/Olympus",
        "week_start": "0",
        "hour_cycle": "24",
        "date_order": "dmy",
    }
    answer = visitor.send("/settings/preferences/clock", clock, status=422)
    assert answer.headers["HX-Retarget"] == "#clock-time_zone-error"


def test_a_text_is_shown_as_text(visitor: Visitor) -> None:
    visitor.send("/settings/preferences/context", {"context": "</textarea><b>mine</b>"})
    assert "&lt;b&gt;mine" in visitor.look()


class TestWithoutScripts:
    def test_saving_leads_back_to_the_page(self, visitor: Visitor, desk: Desk) -> None:
        answer = visitor.send_plainly("/settings/preferences/planning", PLANNING)
        assert answer.headers["Location"] == "/settings#planning"
        assert preferences(desk).plan_mode is PlanMode.AUTO

    def test_a_mistake_keeps_what_was_typed(self, visitor: Visitor) -> None:
        given = PLANNING | {"buffer": "a while", "freeze": "3"}
        page = visitor.send_plainly("/settings/preferences/planning", given, status=422).text
        assert 'value="a while"' in page
        assert 'name="freeze" value="3"' in page
        assert "Write a number here." in page

    @pytest.mark.parametrize("part", ["preferences/planning", "hours", "calendars"])
    def test_the_address_of_a_part_leads_to_the_page(self, visitor: Visitor, part: str) -> None:
        assert "<h1>Settings</h1>" in visitor.look(f"/settings/{part}")
        assert "<h1>" not in visitor.part(f"/settings/{part}")

    def test_the_look_is_kept_on_the_device(self, visitor: Visitor) -> None:
        visitor.send_plainly("/settings/theme", {"theme": "dark"})
        assert 'data-theme="dark"' in visitor.look()
        visitor.send_plainly("/settings/theme", {"theme": ""})
        assert "data-theme" not in visitor.look()


@pytest.mark.parametrize("path", ["/settings/preferences/nothing", "/settings/hours/999"])
def test_what_is_not_there_is_not_changed(visitor: Visitor, path: str) -> None:
    answer = visitor.client.post(path, data={}, headers={"HX-Request": "true"})
    assert answer.status_code in (404, 422)
