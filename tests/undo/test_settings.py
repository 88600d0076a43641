"""Settings, hours, rules, calendars and the model are taken back too."""

from datetime import timedelta

import pytest

from dayloom.bootstrap import Services
from dayloom.calendars.service import CalendarFields
from dayloom.inferences.fields import ModelFields
from dayloom.infra.errors import Conflict
from dayloom.journal.rows import image_of
from dayloom.language.program.endpoint import Provider
from dayloom.preferences.fields import PreferenceFields
from dayloom.preferences.models import HourMap, RuleKind
from tests.undo.conftest import Person

ICS = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\nEND:VCALENDAR\r\n"


def hours(s: Services, name: str) -> HourMap:
    return next(row for row in s.preferences.hour_maps() if row.name == name)


def preferences(person: Person) -> dict[str, object]:
    return person.look(lambda s: image_of(s.preferences.require()))


def test_preferences_go_back_field_by_field(person: Person) -> None:
    before = preferences(person)
    entry = person.act(
        lambda s: s.change_preferences(
            PreferenceFields(buffer=timedelta(minutes=15), time_zone="Asia/Tokyo")
        )
    )
    person.act(lambda s: s.change_preferences(PreferenceFields(buffer=timedelta(minutes=20))))
    person.undo(entry)
    assert preferences(person) == {**before, "buffer": 20}


def test_a_zone_goes_back_with_the_times_that_followed_it(person: Person) -> None:
    person.act(lambda s: s.capture.add_lines("Stand-up every day at 10:00 15 min"))
    pins = person.look(lambda s: [task.pins for task in s.tasks.unfinished()])
    entry = person.act(lambda s: s.change_preferences(PreferenceFields(time_zone="Asia/Tokyo")))
    assert person.look(lambda s: [task.pins for task in s.tasks.unfinished()]) != pins
    person.undo(entry)
    assert person.look(lambda s: [task.pins for task in s.tasks.unfinished()]) == pins


def test_hours_that_were_removed_come_back_whole(person: Person) -> None:
    mine = person.look(lambda s: s.preferences.hour_maps()[-1])
    added = person.act(
        lambda s: s.preferences.add_hour_map(
            "gym", weekly=mine.weekly, exceptions={"2026-12-24": []}, daily_cap=timedelta(hours=1)
        )
    )
    gym = person.look(lambda s: image_of(hours(s, "gym")))
    removed = person.act(lambda s: s.preferences.remove_hour_map(hours(s, "gym").id))
    person.undo(removed)
    assert person.look(lambda s: image_of(hours(s, "gym"))) == gym
    person.undo(added)
    assert "gym" not in person.look(lambda s: {row.name for row in s.preferences.hour_maps()})


def test_hours_whose_name_is_taken_by_now_do_not_come_back(person: Person) -> None:
    def add(s: Services) -> object:
        weekly = s.preferences.hour_maps()[0].weekly
        return s.preferences.add_hour_map("gym", weekly=weekly, exceptions={})

    person.act(add)
    removed = person.act(lambda s: s.preferences.remove_hour_map(hours(s, "gym").id))
    person.act(add)
    with pytest.raises(Conflict, match="taken its place"):
        person.undo(removed)


def test_what_cannot_come_back_is_not_told_as_if_it_had(person: Person) -> None:
    def add(s: Services) -> object:
        weekly = s.preferences.hour_maps()[0].weekly
        return s.preferences.add_hour_map("gym", weekly=weekly, exceptions={})

    def remove_and_pause(s: Services) -> None:
        s.preferences.remove_hour_map(hours(s, "gym").id)
        s.change_preferences(PreferenceFields(buffer=timedelta(minutes=5)))

    person.act(add)
    entry = person.act(remove_and_pause)
    person.act(add)
    undone = person.undo(entry)
    assert undone.left == {"gym": "something else has taken its place"}
    assert undone.by is not None
    assert [edit["kind"] for edit in undone.by.edits] == ["preferences"]


def test_a_rule_goes_with_its_sentence_and_comes_back(person: Person) -> None:
    entry = person.act(lambda s: s.rules.add("Gym three times a week, 1 h"))
    rules = person.look(lambda s: [rule.sentence for rule in s.rules.all()])
    habit = person.look(lambda s: len(s.tasks.unfinished()))
    assert habit
    undone = person.undo(entry)
    assert not person.look(lambda s: s.rules.all())
    assert not person.look(lambda s: s.tasks.unfinished())
    assert preferences(person)["context"] == ""
    assert undone.by is not None
    person.undo(undone.by.id)
    assert person.look(lambda s: [rule.sentence for rule in s.rules.all()]) == rules
    assert person.look(lambda s: len(s.tasks.unfinished())) == habit
    assert preferences(person)["context"] == "Gym three times a week, 1 h"


def test_a_rule_that_was_reworded_or_switched_off_goes_back(person: Person) -> None:
    person.act(lambda s: s.rules.add("No calls before 10:00"))
    (rule,) = person.look(lambda s: s.rules.all())
    before = image_of(rule)
    entries = [
        person.act(lambda s: s.rules.reword(rule.id, "No calls before 11:00")),
        person.act(lambda s: s.rules.switch(rule.id, enabled=False)),
    ]
    for entry in reversed(entries):
        person.undo(entry)
    assert image_of(person.look(lambda s: s.rules.require(rule.id))) == before


def test_a_context_that_was_emptied_comes_back_with_its_rules(person: Person) -> None:
    text = "No calls before 10:00. I like to write in the morning."
    person.act(lambda s: s.change_preferences(PreferenceFields(context=text)))
    kinds = person.look(lambda s: [rule.kind for rule in s.rules.all()])
    entry = person.act(lambda s: s.change_preferences(PreferenceFields(context="")))
    assert not person.look(lambda s: s.rules.all())
    person.undo(entry)
    assert preferences(person)["context"] == text
    assert person.look(lambda s: [rule.kind for rule in s.rules.all()]) == kinds
    assert RuleKind.NO_GO in kinds


def test_calendars_go_and_come_back(person: Person) -> None:
    added = person.act(lambda s: s.calendars.add_file("Home", ICS))
    number = person.look(lambda s: s.calendars.all()[0].id)
    changed = person.act(
        lambda s: s.calendars.change(number, CalendarFields(name="Office", free_busy=True))
    )
    removed = person.act(lambda s: s.calendars.remove(number))
    person.undo(removed)
    assert person.look(lambda s: s.calendars.require(number).name) == "Office"
    person.undo(changed)
    calendar = person.look(lambda s: s.calendars.require(number))
    assert (calendar.name, calendar.free_busy) == ("Home", False)
    person.undo(added)
    assert not person.look(lambda s: s.calendars.all())


def test_an_address_that_is_there_again_by_now_is_not_doubled(person: Person) -> None:
    url = "https://example.com/mine.ics"
    person.act(lambda s: s.calendars.add_url("Mine", url))
    removed = person.act(lambda s: s.calendars.remove(s.calendars.all()[0].id))
    person.act(lambda s: s.calendars.add_url("Mine again", url))
    with pytest.raises(Conflict, match="there already"):
        person.undo(removed)


def test_the_model_goes_back_without_its_key(person: Person) -> None:
    keys = person.container.endpoints
    first = ModelFields(
        provider=Provider.OPENAI, base_url="http://127.0.0.1:9/v1", model="m", key="secret"
    )
    person.act(lambda s: s.model.change(first, keys))
    entry = person.act(
        lambda s: s.model.change(ModelFields(base_url="http://127.0.0.2:9/v1", key="two"), keys)
    )
    person.undo(entry)
    row = person.look(lambda s: s.model.get())
    assert row is not None
    assert row.base_url == "http://127.0.0.1:9/v1"
    assert row.sealed_key is None


def test_no_key_and_no_address_of_a_calendar_is_written_down(person: Person) -> None:
    keys = person.container.endpoints
    person.act(
        lambda s: s.model.change(
            ModelFields(provider=Provider.OPENROUTER, model="m", key="sk-very-secret"), keys
        )
    )
    person.act(lambda s: s.calendars.add_url("Mine", "https://example.com/private-token.ics"))
    person.act(lambda s: s.calendars.remove(s.calendars.all()[0].id))
    text = str([entry.edits for entry in person.history()])
    assert "secret" not in text
    assert "private-token" not in text
