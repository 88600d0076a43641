"""Keeping: what was supposed is done for real, and the plan is the one that was compared."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dayloom.accounts.changes import REPLAN
from dayloom.bootstrap import Services
from dayloom.infra.errors import Conflict, NotFound
from dayloom.language.suppositions import DayOff
from dayloom.planning.problem import Problem
from dayloom.plans.inputs import load_inputs
from dayloom.plans.models import Cause
from dayloom.plans.problem import build_problem
from dayloom.preferences.models import PlanMode
from dayloom.scenarios.service import State
from dayloom.scenarios.supposing import supposed
from tests.scenarios.conftest import Thinker

WORLDS = [
    "board meeting today 9:00 2h",
    "board meeting Saturday 11:03 45 min",
    "take Wednesday off",
    "take next week off",
    "client X adds 10 h by Thursday",
    "client X adds 3 h due 5 March",
    "work today 17:00-20:00; work today 7:00-8:00",
    "work Saturday 8:00-12:00",
    "without #2",
    "take Friday off; work Saturday 9:00-24:00; client X adds 1 h; without #1; call Tuesday 10:00",
]
RULES = ["", "I work 8 to 16 on weekdays.\nNothing after 18:00.\nNo calls before 10:00."]


def places(thinker: Thinker) -> list[tuple[str, object, object]]:
    view = thinker.look()
    titles = thinker.read(lambda s: s.tasks.titles({slot.task_id for slot in view.slots}))
    return [(titles[slot.task_id], slot.start, slot.end) for slot in view.slots]


def problem_of(thinker: Thinker, scenario: int | None = None) -> Problem:
    def unit(s: Services) -> Problem:
        inputs = load_inputs(s.session, account_id=s.account_id, now=s.now)
        if scenario is not None:
            inputs = supposed(inputs, s.scenarios.require(scenario).suppositions)
        return build_problem(inputs)

    return thinker.read(unit)


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("text", WORLDS)
def test_keeping_makes_the_very_problem_that_was_planned_through(
    thinker: Thinker, text: str, rules: str
) -> None:
    thinker.write(lambda s: s.preferences.change({"context": rules}))
    thinker.write(lambda s: s.rules.read_again())
    for words in ("Write 5h due Wednesday", "Call Ann 30 min after #1", "Sort mail 1h"):
        thinker.add(words)
    thinker.replan()
    thinker.look()
    told = thinker.thought(text)
    imagined = problem_of(thinker, told.id)
    proposal = thinker.keep(told.id)
    assert proposal.cause is Cause.WHAT_IF
    real = problem_of(thinker)
    numbers = dict(zip([t.id for t in imagined.tasks], [t.id for t in real.tasks], strict=True))
    renumbered = [replace(task, id=numbers[task.id]) for task in imagined.tasks]
    assert renumbered == list(real.tasks)
    assert (imagined.hours, imagined.days, imagined.caps) == (real.hours, real.days, real.caps)
    assert imagined.horizon == real.horizon
    assert told.outcome is not None
    assert sorted((s.start, s.end) for s in told.outcome.after.slots) == [
        (start, end) for _, start, end in places(thinker)
    ]
    with pytest.raises(NotFound):
        thinker.told(told.id)


def test_nothing_is_planned_again_after_keeping(thinker: Thinker) -> None:
    thinker.add("Write 5h")
    thinker.replan()
    told = thinker.thought("board meeting today 9:00 2h")
    thinker.keep(told.id)
    assert thinker.work(REPLAN) is False


def test_a_meeting_becomes_a_pinned_task(thinker: Thinker) -> None:
    told = thinker.thought("board meeting today 9:00 2h")
    thinker.keep(told.id)
    (task,) = thinker.read(lambda s: s.tasks.unfinished())
    assert (task.title, task.duration) == ("Board meeting", timedelta(hours=2))
    assert thinker.start_of(task) == thinker.at(0, "09:00")
    assert thinker.slots(task)[0].pinned


def test_a_day_off_becomes_an_exception_of_the_usual_hours(thinker: Thinker) -> None:
    told = thinker.thought("take Wednesday off")
    thinker.keep(told.id)
    maps = {row.name: row.exceptions for row in thinker.read(lambda s: s.preferences.hour_maps())}
    assert maps == {"work": {"2026-11-25": []}, "personal": {}}


def test_all_hours_may_be_closed(thinker: Thinker) -> None:
    day = thinker.at(2, "00:00").date()
    scenario = thinker.suppose(DayOff(first=day, last=day, all_hours=True))
    thinker.think(scenario)
    thinker.keep(scenario)
    maps = [row.exceptions for row in thinker.read(lambda s: s.preferences.hour_maps())]
    assert maps == [{"2026-11-25": []}] * 2


def test_a_task_that_is_left_out_can_be_brought_back(thinker: Thinker) -> None:
    task = thinker.add("Write 2h")
    thinker.replan()
    told = thinker.thought(f"without #{task.id}")
    thinker.keep(told.id)
    assert thinker.look().slots == []
    thinker.write(lambda s: s.tasks.restore(task.id))
    thinker.replan()
    assert len(thinker.slots(task)) == 1


def test_the_others_are_out_of_date_afterwards(thinker: Thinker) -> None:
    first, second = thinker.say("take Friday off"), thinker.say("take Wednesday off")
    for scenario in (first, second):
        thinker.think(scenario)
    thinker.keep(first)
    assert thinker.told(second).state is State.OUTDATED


@pytest.mark.parametrize("mode", list(PlanMode))
def test_what_is_kept_holds_in_every_mode(thinker: Thinker, mode: PlanMode) -> None:
    thinker.write(lambda s: s.preferences.change({"plan_mode": mode}))
    thinker.add("Write 5h")
    thinker.request()
    thinker.look()
    told = thinker.thought("board meeting today 9:00 2h")
    thinker.keep(told.id)
    assert thinker.look().pending is None
    assert [start for title, start, _ in places(thinker) if title == "Board meeting"]


def test_what_is_not_planned_through_is_not_kept(thinker: Thinker) -> None:
    scenario = thinker.say("take Friday off")
    with pytest.raises(Conflict, match="not planned through yet"):
        thinker.keep(scenario)
    thinker.think(scenario)
    thinker.add("Call 30 min")
    with pytest.raises(Conflict, match="Something has changed since"):
        thinker.keep(scenario)
    assert all(row.exceptions == {} for row in thinker.read(lambda s: s.preferences.hour_maps()))


def test_what_cannot_be_any_more_says_why(thinker: Thinker) -> None:
    task = thinker.add("Call 30 min")
    scenario = thinker.say(f"without #{task.id}")
    thinker.write(lambda s: s.tasks.delete(task.id))
    thinker.think(scenario)
    with pytest.raises(Conflict, match=f"no open task #{task.id}"):
        thinker.keep(scenario)


@pytest.mark.parametrize("text", WORLDS)
def test_an_undo_takes_all_of_it_back(thinker: Thinker, text: str) -> None:
    for words in ("Write 5h due Wednesday", "Call Ann 30 min after #1", "Sort mail 1h"):
        thinker.add(words)
    thinker.replan()
    thinker.look()
    before, places_before = problem_of(thinker), places(thinker)
    told = thinker.thought(text)
    thinker.keep(told.id)
    thinker.run(thinker.container.plans.undo())
    assert places(thinker) == places_before
    after = problem_of(thinker)
    assert {task.id: task for task in after.tasks} == {task.id: task for task in before.tasks}
    assert (after.hours, after.horizon) == (before.hours, before.horizon)
    with pytest.raises(Conflict):
        thinker.run(thinker.container.plans.undo())


def test_an_undo_leaves_what_was_changed_since(thinker: Thinker) -> None:
    thinker.keep(thinker.thought("take Wednesday off; take Friday off").id)
    friday = {"2026-11-25": [], "2026-11-27": [["10:00", "12:00"]]}
    work = thinker.read(lambda s: s.preferences.hour_maps()[0])
    thinker.write(
        lambda s: s.preferences.change_hour_map(work.id, weekly=work.weekly, exceptions=friday)
    )
    thinker.run(thinker.container.plans.undo())
    rows = thinker.read(lambda s: s.preferences.hour_maps())
    assert rows[0].exceptions == {"2026-11-27": [["10:00", "12:00"]]}


def test_running_work_does_not_stand_in_the_way(thinker: Thinker) -> None:
    task = thinker.add("Write 4h in pieces of 1-2h")
    thinker.replan()
    thinker.write(lambda s: s.tracking.start(task.id))
    thinker.replan()
    told = thinker.thought("board meeting today 14:00 2h")
    thinker.clock.advance(timedelta(minutes=2))
    thinker.keep(told.id)
    titles = {title for title, _, _ in places(thinker)}
    assert titles == {"Write", "Board meeting"}
