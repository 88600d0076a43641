"""Preferences and named hours of an account, and what a change of them sets in motion."""

from datetime import timedelta

import pytest

from dayloom.accounts.changes import REPLAN
from dayloom.infra import work
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.preferences.hours import Spans
from dayloom.preferences.models import HourMap, PlanMode
from tests.conftest import Desk

EVENINGS: list[Spans] = [[["19:00", "22:00"]]] * 7


def plans_wanted(desk: Desk) -> int:
    return desk.read(lambda s: work.wanted(s.session, REPLAN, str(s.account_id)))


def add(desk: Desk, name: str, weekly: list[Spans] = EVENINGS) -> HourMap:
    return desk.write(lambda s: s.preferences.add_hour_map(name, weekly=weekly, exceptions={}))


class TestPreferences:
    def test_a_new_account_asks_before_it_moves_anything(self, desk: Desk) -> None:
        preferences = desk.read(lambda s: s.preferences.require())
        assert (preferences.plan_mode, preferences.time_zone) == (PlanMode.ASK, "Europe/Berlin")
        assert [h.name for h in desk.read(lambda s: s.preferences.hour_maps())] == [
            "work",
            "personal",
        ]

    def test_setting_up_twice_changes_nothing(self, desk: Desk) -> None:
        desk.write(lambda s: s.preferences.change({"week_start": 6}))
        desk.write(lambda s: s.preferences.set_up(time_zone="UTC"))
        preferences = desk.read(lambda s: s.preferences.require())
        assert (preferences.week_start, preferences.time_zone) == (6, "Europe/Berlin")

    def test_a_change_asks_for_a_plan(self, desk: Desk) -> None:
        before = plans_wanted(desk)
        desk.write(lambda s: s.preferences.change({"buffer": timedelta(minutes=10)}))
        assert plans_wanted(desk) == before + 1

    def test_one_bad_value_changes_nothing(self, desk: Desk) -> None:
        before = plans_wanted(desk)
        with pytest.raises(Invalid):
            desk.write(lambda s: s.preferences.change({"week_start": 3, "hour_cycle": 13}))
        assert desk.read(lambda s: s.preferences.require()).week_start == 0
        assert plans_wanted(desk) == before


class TestHourMaps:
    def test_names_are_tidied(self, desk: Desk) -> None:
        assert add(desk, "  Late Evenings ").name == "late evenings"

    @pytest.mark.parametrize("name", ["", " ", "-", "ümlaut", "x" * 33, "a/b", "a\nb"])
    def test_a_bad_name_is_said(self, desk: Desk, name: str) -> None:
        with pytest.raises(Invalid, match="1 to 32 letters") as raised:
            add(desk, name)
        assert raised.value.field == "name"

    def test_a_name_is_given_once(self, desk: Desk) -> None:
        with pytest.raises(Conflict, match="“work” already"):
            add(desk, "Work")

    def test_hours_are_replaced_or_stay(self, desk: Desk) -> None:
        made = add(desk, "evenings")
        before = plans_wanted(desk)
        with pytest.raises(Invalid, match="Tuesday"):
            desk.write(
                lambda s: s.preferences.change_hour_map(
                    made.id, weekly=[[], [["x", "y"]], *[[]] * 5], exceptions={}
                )
            )
        assert desk.read(lambda s: s.preferences.require_hour_map(made.id)).weekly == EVENINGS
        assert plans_wanted(desk) == before
        changed = desk.write(
            lambda s: s.preferences.change_hour_map(
                made.id,
                weekly=EVENINGS,
                exceptions={"2026-12-24": []},
                daily_cap=timedelta(hours=1),
            )
        )
        assert (changed.exceptions, changed.daily_cap) == (
            {"2026-12-24": []},
            timedelta(hours=1),
        )
        assert plans_wanted(desk) == before + 1

    @pytest.mark.parametrize("minutes", [0, 25, 31, 1445])
    def test_a_bad_cap_is_said(self, desk: Desk, minutes: int) -> None:
        with pytest.raises(Invalid) as raised:
            desk.write(
                lambda s: s.preferences.add_hour_map(
                    "evenings",
                    weekly=EVENINGS,
                    exceptions={},
                    daily_cap=timedelta(minutes=minutes),
                )
            )
        assert raised.value.field == "daily_cap"

    def test_the_usual_hours_stay(self, desk: Desk) -> None:
        work_hours, personal = desk.read(lambda s: s.preferences.hour_maps())
        with pytest.raises(Conflict, match="by default"):
            desk.write(lambda s: s.preferences.remove_hour_map(work_hours.id))
        desk.write(lambda s: s.preferences.remove_hour_map(personal.id))
        with pytest.raises(NotFound):
            desk.read(lambda s: s.preferences.require_hour_map(personal.id))
