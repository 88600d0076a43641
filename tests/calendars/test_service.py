"""Adding, changing and removing calendars."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from dayloom.accounts.changes import CALENDAR, Changes
from dayloom.accounts.models import Account
from dayloom.bootstrap import Services
from dayloom.calendars.models import REMEMBERED, AllDayRule, Calendar, CalendarSource, Event
from dayloom.calendars.repository import CalendarRepository
from dayloom.calendars.service import CalendarFields, CalendarService, masked
from dayloom.infra import work
from dayloom.infra.errors import Conflict, Invalid, NotFound
from tests.calendars.conftest import Keeper
from tests.calendars.feeds import calendar, meeting, whole_day

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
URL = "https://calendar.example.com/ical/secret-4711/basic.ics"
FILE = calendar(meeting(NINE))
Act = Callable[[CalendarService, int], object]
ACTS: tuple[Act, ...] = (
    CalendarService.require,
    CalendarService.refresh,
    CalendarService.remove,
    CalendarService.restore,
    CalendarService.confirm_shrink,
)


class TestAdding:
    @pytest.mark.parametrize(
        ("given", "stored"),
        [
            (f"  {URL}#today ", URL),
            ("webcal://example.com/a.ics", "https://example.com/a.ics"),
            ("WEBCALS://example.com/a.ics?x=1", "https://example.com/a.ics?x=1"),
            ("http://nas.local:8080/a.ics", "http://nas.local:8080/a.ics"),
        ],
    )
    def test_by_address(self, keeper: Keeper, given: str, stored: str) -> None:
        added = keeper.write(lambda s: s.calendars.add_url("Work", given))
        assert (added.name, added.url, added.refreshed_at) == ("Work", stored, None)

    @pytest.mark.parametrize(
        "given",
        ["", "calendar", "ftp://example.com/a", "file:///etc/passwd", "https://[::1", "x" * 3000],
    )
    def test_what_is_no_address_is_refused(self, keeper: Keeper, given: str) -> None:
        with pytest.raises(Invalid) as refused:
            keeper.write(lambda s: s.calendars.add_url("Work", given))
        assert refused.value.field == "url"
        assert keeper.read(lambda s: s.calendars.all()) == []

    @pytest.mark.parametrize("content", [b"", b"<html></html>", b"BEGIN:VCARD", b"x" * (11 << 20)])
    def test_what_is_no_calendar_is_refused(self, keeper: Keeper, content: bytes) -> None:
        with pytest.raises(Invalid) as refused:
            keeper.write(lambda s: s.calendars.add_file("Home", content))
        assert refused.value.field == "file"

    def test_the_same_address_twice_is_a_conflict(self, keeper: Keeper) -> None:
        keeper.write(lambda s: s.calendars.add_url("One", URL))
        with pytest.raises(Conflict):
            keeper.write(lambda s: s.calendars.add_url("Two", URL))

    def test_the_worker_is_asked_to_read_it(self, keeper: Keeper) -> None:
        added = keeper.write(lambda s: s.calendars.add_url("Work", URL))
        assert keeper.read(lambda s: work.wanted(s.session, CALENDAR, str(added.id))) == 1

    def test_names_without_one(self, keeper: Keeper) -> None:
        by_url = keeper.write(lambda s: s.calendars.add_url(" ", URL))
        by_file = keeper.write(lambda s: s.calendars.add_file("team.ics", FILE))
        nameless = keeper.write(lambda s: s.calendars.add_file(".ics", FILE))
        names = (by_url.name, by_file.name, nameless.name)
        assert names == ("calendar.example.com", "team", "Calendar")

    def test_colors_take_turns(self, keeper: Keeper) -> None:
        added = [keeper.write(lambda s: s.calendars.add_file("x", FILE)) for _ in range(9)]
        assert [one.color for one in added] == [0, 1, 2, 3, 4, 5, 6, 7, 0]


class TestRules:
    EVENTS = calendar(
        meeting(NINE, uid="a", summary="Sure"),
        meeting(NINE, "STATUS:TENTATIVE", uid="b", summary="Maybe"),
        meeting(NINE, "TRANSP:TRANSPARENT", uid="c", summary="Free"),
        meeting(NINE, "ATTENDEE;PARTSTAT=DECLINED:mailto:ann@b.c", uid="g", summary="Theirs"),
        meeting(NINE, "ATTENDEE;PARTSTAT=DECLINED:mailto:me@a.b", uid="d", summary="No"),
        whole_day(NINE, uid="e", summary="Day"),
        whole_day(NINE, "TRANSP:OPAQUE", uid="f", summary="Away"),
        name="me@a.b",
    )

    @pytest.mark.parametrize(
        ("fields", "busy"),
        [
            ({}, ["Away", "Maybe", "Sure", "Theirs"]),
            ({"free_busy": True}, ["Away", "Free", "Maybe", "Sure", "Theirs"]),
            ({"tentative_busy": False}, ["Away", "Sure", "Theirs"]),
            ({"declined_busy": True}, ["Away", "Maybe", "No", "Sure", "Theirs"]),
            ({"all_day": AllDayRule.BUSY}, ["Away", "Day", "Maybe", "Sure", "Theirs"]),
            ({"all_day": AllDayRule.FREE}, ["Maybe", "Sure", "Theirs"]),
            ({"enabled": False}, []),
        ],
    )
    def test_a_change_counts_at_once_and_after_the_next_reading(
        self, keeper: Keeper, fields: CalendarFields, busy: list[str]
    ) -> None:
        added = keeper.upload(self.EVENTS)
        wanted = keeper.plans_wanted()
        keeper.write(lambda s: s.calendars.change(added.id, fields))
        assert sorted(keeper.busy()) == busy
        assert keeper.plans_wanted() == wanted + 1
        keeper.refresh(added)
        assert sorted(keeper.busy()) == busy

    def test_rules_are_of_one_calendar_only(self, keeper: Keeper) -> None:
        one, _ = keeper.upload(self.EVENTS), keeper.upload(self.EVENTS)
        keeper.write(lambda s: s.calendars.change(one.id, {"tentative_busy": False}))
        assert keeper.busy().count("Maybe") == 1

    @pytest.mark.parametrize("given", ["ann@b.c", " mailto:Ann@B.C "])
    def test_the_own_address_finds_the_own_answer(self, keeper: Keeper, given: str) -> None:
        added = keeper.upload(self.EVENTS)
        keeper.write(lambda s: s.calendars.change(added.id, {"own_address": given}))
        keeper.refresh(added)
        assert "Theirs" not in keeper.busy()

    def test_a_new_pace_holds_from_now_on(self, keeper: Keeper) -> None:
        added = keeper.write(lambda s: s.calendars.add_url("Work", URL))
        asked = keeper.read(lambda s: work.wanted(s.session, CALENDAR, str(added.id)))
        hourly = timedelta(hours=1)
        for every in (hourly, hourly):
            keeper.write(lambda s: s.calendars.change(added.id, {"refresh_every": every}))  # noqa: B023
        assert keeper.read(lambda s: work.wanted(s.session, CALENDAR, str(added.id))) == asked + 1

    @pytest.mark.parametrize(
        "fields",
        [
            {"name": " "},
            {"name": "x" * 101},
            {"color": 8},
            {"color": -1},
            {"own_address": "ann"},
            {"own_address": "a@b.c, d@e.f"},
            {"own_address": "a" * 251 + "@b.c"},
            {"refresh_every": timedelta(minutes=4)},
            {"refresh_every": timedelta(days=8)},
        ],
    )
    def test_a_wrong_field_changes_nothing(self, keeper: Keeper, fields: CalendarFields) -> None:
        added = keeper.upload(FILE)
        with pytest.raises(Invalid) as refused:
            keeper.write(lambda s: s.calendars.change(added.id, {"enabled": False, **fields}))
        assert refused.value.field in fields
        assert keeper.look_up(added).enabled


class TestRemoving:
    def test_its_events_go_and_come_back(self, keeper: Keeper) -> None:
        added = keeper.upload(FILE)
        keeper.write(lambda s: s.calendars.remove(added.id))
        assert (keeper.events(), keeper.read(lambda s: s.calendars.all())) == ([], [])
        keeper.write(lambda s: s.calendars.restore(added.id))
        assert keeper.summaries() == ["Meeting"]

    def test_it_does_not_come_back_beside_its_successor(self, keeper: Keeper) -> None:
        added = keeper.write(lambda s: s.calendars.add_url("Work", URL))
        keeper.write(lambda s: s.calendars.remove(added.id))
        keeper.write(lambda s: s.calendars.add_url("Work", URL))
        with pytest.raises(Conflict):
            keeper.write(lambda s: s.calendars.restore(added.id))

    def test_after_a_day_nothing_of_it_is_left(self, keeper: Keeper) -> None:
        added, stays = keeper.upload(FILE), keeper.upload(FILE, name="Stays")
        keeper.write(lambda s: s.calendars.remove(added.id))
        keeper.clock.advance(REMEMBERED)
        keeper.refresh(added)
        with pytest.raises(NotFound):
            keeper.write(lambda s: s.calendars.restore(added.id))
        for table in (Calendar.id, CalendarSource.calendar_id, Event.calendar_id):
            assert keeper.read(lambda s: list(s.session.scalars(select(table)))) == [stays.id]  # noqa: B023

    def test_a_purge_that_comes_too_early_waits(self, keeper: Keeper) -> None:
        added = keeper.upload(FILE)
        keeper.write(lambda s: s.calendars.remove(added.id))
        finish = keeper.refresh(added)
        assert finish.again_at == keeper.clock.now() + REMEMBERED
        keeper.write(lambda s: s.calendars.restore(added.id))
        assert keeper.summaries() == ["Meeting"]

    def test_a_purge_spares_what_was_brought_back_meanwhile(self, keeper: Keeper) -> None:
        added = keeper.upload(FILE)
        keeper.write(lambda s: s.calendars.remove(added.id))
        keeper.clock.advance(REMEMBERED)
        purge = keeper.start_refresh(added)
        keeper.write(lambda s: s.calendars.restore(added.id))
        keeper.end(purge)
        assert keeper.summaries() == ["Meeting"]

    def test_both_ask_for_a_plan(self, keeper: Keeper) -> None:
        added = keeper.upload(FILE)
        wanted = keeper.plans_wanted()
        keeper.write(lambda s: s.calendars.remove(added.id))
        keeper.write(lambda s: s.calendars.restore(added.id))
        assert keeper.plans_wanted() == wanted + 2

    @pytest.mark.parametrize("act_on", ACTS)
    def test_what_is_not_there_cannot_be_asked_for(self, keeper: Keeper, act_on: Act) -> None:
        with pytest.raises(NotFound):
            keeper.write(lambda s: act_on(s.calendars, 4711))

    def test_a_calendar_by_address_takes_no_file(self, keeper: Keeper) -> None:
        added = keeper.write(lambda s: s.calendars.add_url("Work", URL))
        with pytest.raises(Conflict):
            keeper.write(lambda s: s.calendars.replace_file(added.id, FILE))


class TestOwners:
    def test_another_account_sees_nothing(self, keeper: Keeper) -> None:
        keeper.upload(FILE)
        now, week = keeper.clock.now(), timedelta(days=7)

        def look(s: Services) -> tuple[object, ...]:
            theirs = stranger(s)
            return (
                *theirs.all(),
                *theirs.events_between(now - week, now + week),
                *theirs.busy_between(now - week, now + week),
            )

        assert keeper.write(look) == ()

    @pytest.mark.parametrize("act_on", ACTS)
    def test_another_account_changes_nothing(self, keeper: Keeper, act_on: Act) -> None:
        added = keeper.upload(FILE)
        with pytest.raises(NotFound):
            keeper.write(lambda s: act_on(stranger(s), added.id))
        assert keeper.summaries() == ["Meeting"]


def stranger(s: Services) -> CalendarService:
    """Return the calendars of an account that has none."""
    account = Account(name="Stranger", created_at=s.now)
    s.session.add(account)
    s.session.flush()
    rows = CalendarRepository(s.session, account.id)
    return CalendarService(rows, Changes(s.session, account.id, s.now), now=s.now)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (URL, "https://calendar.example.com/…"),
        ("https://ann:pass@example.com/a?key=secret", "https://example.com/…"),
        ("https://example.com", "https://example.com"),
        ("https://example.com/?key=secret", "https://example.com"),
    ],
)
def test_an_address_is_shown_without_its_secrets(url: str, shown: str) -> None:
    assert masked(url) == shown
