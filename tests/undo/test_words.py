"""What was done is told in one sentence, made of what the journal holds."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from dayloom.bootstrap import Services
from dayloom.preferences.fields import PreferenceFields
from dayloom.preferences.wallclock import WallClock
from dayloom.tasks.fields import TaskFields
from dayloom.undo.words import say_entry
from tests.undo.conftest import Person


def told(person: Person) -> str:
    clock = person.look(lambda s: WallClock.of(s.preferences.require(), s.now))
    return say_entry(person.history()[0], clock)


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda s: s.tracking.start(1), "Started “Report”"),
        (lambda s: s.tracking.complete(1), "Done: “Report”"),
        (lambda s: s.tasks.delete(1), "Removed “Report”"),
        (lambda s: s.tasks.edit(1, TaskFields(priority=9)), "“Report”: priority 5 → 9"),
        (
            lambda s: s.tasks.edit(1, TaskFields(duration=timedelta(minutes=90))),
            "“Report”: takes 1 h → 1 h 30",
        ),
        (
            lambda s: s.tasks.edit(1, TaskFields(due=s.now + timedelta(days=1))),
            "“Report”: due nothing → tomorrow 08:00",
        ),
        (lambda s: s.tasks.edit(1, TaskFields(notes="x")), "“Report”: notes changed"),
        (
            lambda s: s.tasks.edit(
                1, TaskFields(tags=["a"], priority=9, notes="x", hour_map="personal")
            ),
            "“Report”: notes changed, priority 5 → 9, tags nothing → #a and 1 more",
        ),
        (
            lambda s: s.change_preferences(PreferenceFields(buffer=timedelta(minutes=10))),
            "Settings: pause between tasks 0 min → 10 min",
        ),
        (
            lambda s: s.rules.add("No calls before 10:00"),
            "Added the rule “No calls before 10:00”",
        ),
        (lambda s: s.capture.add_lines("A\nB\nC"), "Added “A” and 2 more"),
    ],
)  # fmt: skip
def test_an_action_is_told(
    person: Person, act: Callable[[Services], object], sentence: str
) -> None:
    person.act(lambda s: s.capture.add_lines("Report 1h"))
    person.act(act)
    assert told(person) == sentence


def test_what_is_finished_and_opened_again(person: Person) -> None:
    person.act(lambda s: s.capture.add_lines("Report 1h"))
    person.act(lambda s: s.tracking.complete(1))
    person.act(lambda s: s.tracking.reopen(1))
    assert told(person) == "Opened “Report” again"
