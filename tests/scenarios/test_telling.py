"""The differences in words: true, whatever the week."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from dayloom.planning.interval import Interval
from dayloom.plans.content import PlanContent
from dayloom.preferences.wallclock import say_duration
from dayloom.scenarios.outcome import Outcome
from dayloom.scenarios.service import Told
from dayloom.scenarios.telling import differences
from dayloom.tasks.models import Task
from tests.scenarios.conftest import BERLIN, Thinker

Pieces = tuple[Interval, ...]
NOTHING, DAY = timedelta(0), timedelta(days=1)
MONDAY = date(2026, 11, 23)


def sentences(thinker: Thinker, told: Told) -> list[str]:
    assert told.outcome is not None
    sayer = thinker.read(lambda s: s.scenarios.sayer(told))
    now = thinker.clock.now()
    return list(differences(told.outcome, told.suppositions, sayer, now=now))


def test_a_free_day_off_changes_nothing(thinker: Thinker) -> None:
    thinker.add("Write 2h due Wednesday")
    thinker.replan()
    assert sentences(thinker, thinker.thought("take Friday off")) == [
        "Nothing would be late.",
        "Nothing that lies in your plan would move.",
    ]


def test_what_has_no_place_any_more_is_told_with_the_reason(thinker: Thinker) -> None:
    thinker.add("Write 7h deadline tomorrow")
    thinker.replan()
    told = sentences(thinker, thinker.thought("take today off; take tomorrow off"))
    assert told == [
        "“Write” (#1) would lose its place. Its hours do not open while it may be done. Give it "
        "other hours, or later dates.",
        "Nothing that lies in your plan would move.",
    ]


def test_what_is_pinned_on_a_day_off_stays(thinker: Thinker) -> None:
    thinker.add("Dentist 1h Friday at 10:00")
    thinker.replan()
    told = sentences(thinker, thinker.thought("take Friday off"))
    assert "“Dentist” (#1) stays on Fri: it is pinned there." in told


def test_what_comes_in_time_again_is_told(thinker: Thinker) -> None:
    thinker.add("Sort 4h at 9:00 today")
    thinker.add("Write 4h due today 13:00")
    thinker.replan()
    told = sentences(thinker, thinker.thought("without #1"))
    assert told[0] == "“Write” (#2) would be in time instead of 4 h late."


def test_new_work_says_where_it_would_lie_or_why_not(thinker: Thinker) -> None:
    thinker.add("Write 7h deadline tomorrow")
    thinker.replan()
    told = sentences(thinker, thinker.thought("client X adds 10 h by tomorrow"))
    assert told[:2] == [
        "“Client X” would be 10 h late.",
        "“Client X” would lie today 16:00 to Wed 10:00, in 6 pieces.",
    ]
    told = sentences(thinker, thinker.thought("paint 9h must be done today"))
    assert told[0].startswith("“Paint” would have no place. 8 h are missing: “Write”")
    assert "Nothing would be late." not in told


CHANGES = (
    "take Tuesday off",
    "take tomorrow off; take Wednesday off",
    "meeting today 9:00 3h",
    "client X adds 10 h by Wednesday",
    "work today 17:00-21:00",
    "without #1",
)


@dataclass(frozen=True)
class Week:
    """A random week of tasks, and what is told of a random change of it."""

    tasks: dict[int, Task]
    outcome: Outcome
    said: list[str]

    def name(self, number: int) -> str:
        return f"“{self.tasks[number].title}” (#{number})"

    @property
    def both(self) -> dict[int, tuple[Pieces, Pieces]]:
        """Return where the tasks lie that have a place on both sides."""
        before, after = self.outcome.before.by_task(), self.outcome.after.by_task()
        return {n: (before[n], after[n]) for n in self.tasks if n in before and n in after}


@pytest.fixture(params=range(25))
def week(thinker: Thinker, request: pytest.FixtureRequest) -> Week:
    chance = random.Random(request.param)
    for number in range(chance.randint(3, 9)):
        day = chance.choice(["today", "tomorrow", "Wednesday", "Thursday"])
        thinker.add(f"Job {number} {chance.randint(1, 6)}h due {day} {chance.randint(10, 17)}:00")
    thinker.replan()
    thinker.look()
    told = thinker.thought(chance.choice(CHANGES))
    assert told.outcome is not None
    tasks = {task.id: task for task in thinker.read(lambda s: s.tasks.unfinished())}
    return Week(tasks=tasks, outcome=told.outcome, said=sentences(thinker, told))


def test_who_is_late_and_by_how_much_is_true(week: Week) -> None:
    expected = set()
    for number, (before, after) in week.both.items():
        due = week.tasks[number].due
        assert due is not None
        old, new = (max(NOTHING, side[-1].end - due) for side in (before, after))
        if old != new:
            now = (say_duration(old) if new else f"{say_duration(old)} late") if old else "in time"
            then = f"{say_duration(new)} late" if new else "in time"
            expected.add(f"{week.name(number)} would be {then} instead of {now}.")
    assert {one for one in week.said if " instead of " in one} == expected


def test_what_moves_is_true(week: Week) -> None:
    moved = {n: sides for n, sides in week.both.items() if sides[0] != sides[1]}
    time = sum((_elsewhere(*sides) for sides in moved.values()), NOTHING)
    told = [one for one in week.said if " move" in one or one.startswith("Only ")]
    if len(moved) > 1:
        assert told == [f"{len(moved)} tasks would move, {say_duration(time)} of their time."]
    elif moved:
        (number,) = moved
        assert told[0].startswith(f"Only {week.name(number)} would ")
    else:
        assert told == ["Nothing that lies in your plan would move."]


def test_the_fullest_day_is_true(week: Week) -> None:
    sides = [_loads(side) for side in (week.outcome.after, week.outcome.before)]
    (then, its), (now, their) = (
        max(side.items(), key=lambda one: (one[1], -one[0].toordinal())) for side in sides
    )
    told = [one for one in week.said if one.startswith("The fullest day")]
    if (then, its) == (now, their):
        assert told == []
    else:
        days = {MONDAY: "today", MONDAY + DAY: "tomorrow"}
        first, last = (days.get(day, f"{day:%a}") for day in (then, now))
        said = f"would be {first} with {say_duration(its)}, now it is {last} with"
        assert told == [f"The fullest day {said} {say_duration(their)}."]


def _elsewhere(before: Pieces, after: Pieces) -> timedelta:
    common = (new.intersection(old) for new in after for old in before)
    return sum((new.duration for new in after), NOTHING) - sum(
        (part.duration for part in common if part), NOTHING
    )


def _loads(content: PlanContent) -> dict[date, timedelta]:
    found: dict[date, timedelta] = {}
    for slot in content.slots:
        day = slot.start.astimezone(BERLIN).date()
        found[day] = found.get(day, NOTHING) + (slot.end - slot.start)
    return found
