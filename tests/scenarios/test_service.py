"""What is stated: read with what the account knows, checked, and limited."""

from datetime import timedelta

import pytest

from dayloom.bootstrap import Services
from dayloom.calendars.models import Calendar, CalendarKind, Event
from dayloom.infra.errors import Conflict, Invalid
from dayloom.language.suppositions import DayOff, ExtraHours, Meeting
from dayloom.scenarios.stored import from_json, to_json
from tests.scenarios.conftest import Thinker


def invite(thinker: Thinker, *, busy: bool) -> None:
    """Have an invitation to a board meeting tomorrow at two."""

    def unit(s: Services) -> None:
        calendar = Calendar(
            account_id=s.account_id, name="Office", kind=CalendarKind.FILE, created_at=s.now
        )
        s.session.add(calendar)
        s.session.flush()
        start = thinker.at(1, "14:00")
        event = Event(
            account_id=s.account_id,
            calendar_id=calendar.id,
            key="1",
            uid="1",
            start=start,
            end=start + timedelta(hours=2),
            summary="Board",
            busy=busy,
        )
        s.session.add(event)

    thinker.write(unit)


def test_a_yes_is_said_to_the_invitation_of_that_day(thinker: Thinker) -> None:
    invite(thinker, busy=False)
    (said,) = thinker.told(thinker.say("say yes to Tuesday's 2 h meeting")).suppositions
    assert said == Meeting(title="Board", start=thinker.at(1, "14:00"), length=timedelta(hours=2))


def test_what_takes_its_time_already_needs_no_yes(thinker: Thinker) -> None:
    invite(thinker, busy=True)
    with pytest.raises(Invalid, match="“Board” is in your calendar and takes its time"):
        thinker.say("say yes to Tuesday's 2 h meeting")


def test_what_is_stored_comes_back_as_it_was(thinker: Thinker) -> None:
    text = (
        "take Friday off; client X adds 10 h by the 15th; meeting Tuesday 14:00 2h; "
        "work Saturday 9-12; report 3h must be done by Friday"
    )
    for said in thinker.read(lambda s: s.scenarios.read(text)):
        assert from_json(to_json(said)) == said


def test_days_that_are_over_are_no_part_of_it(thinker: Thinker) -> None:
    today = thinker.at(0, "00:00").date()
    scenario = thinker.suppose(DayOff(first=today - timedelta(days=3), last=today))
    assert thinker.told(scenario).suppositions == (DayOff(first=today, last=today),)


def test_names_of_hours_are_tidied_and_must_exist(thinker: Thinker) -> None:
    day = thinker.at(1, "00:00").date()
    hours = ExtraHours(day=day, start="06:00", end="07:00", hour_map=" Personal ")
    (said,) = thinker.told(thinker.suppose(hours)).suppositions
    assert isinstance(said, ExtraHours)
    assert said.hour_map == "personal"
    with pytest.raises(Invalid, match="no hours named “night”"):
        thinker.suppose(DayOff(first=day, last=day, hour_map="night"))


def test_hours_that_are_removed_meanwhile_make_it_impossible(thinker: Thinker) -> None:
    day = thinker.at(1, "00:00").date()
    scenario = thinker.suppose(
        ExtraHours(day=day, start="06:00", end="07:00", hour_map="personal")
    )
    number = next(
        row.id for row in thinker.read(lambda s: s.preferences.hour_maps()) if not row.is_default
    )
    thinker.write(lambda s: s.preferences.remove_hour_map(number))
    told = thinker.think(scenario)
    assert told.sentence == "There are no hours named “personal” any more."


def test_more_hours_join_what_is_open_and_run_past_midnight(thinker: Thinker) -> None:
    work = thinker.read(lambda s: s.preferences.hour_maps()[0])
    day = thinker.at(1, "00:00").date()
    late = {day.isoformat(): [["09:00", "12:00"], ["20:00", "02:00"]]}
    thinker.write(
        lambda s: s.preferences.change_hour_map(work.id, weekly=work.weekly, exceptions=late)
    )
    scenario = thinker.suppose(ExtraHours(day=day, start="12:00", end="13:00"))
    thinker.think(scenario)
    thinker.keep(scenario)
    after = thinker.read(lambda s: s.preferences.hour_maps()[0].exceptions)
    assert after == {day.isoformat(): [["09:00", "13:00"], ["20:00", "02:00"]]}


def test_the_ninth_is_one_too_many(thinker: Thinker) -> None:
    for _ in range(8):
        thinker.say("take Friday off")
    with pytest.raises(Conflict, match="There are 8 what-ifs; throw one away first"):
        thinker.say("take Friday off")
