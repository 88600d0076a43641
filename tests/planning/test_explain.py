"""Reasons are facts: whatever they claim is tried out, and the checker has the last word."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from dayloom.planning.earliest import plan_earliest
from dayloom.planning.explain import explain
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Slot
from dayloom.planning.problem import GRID, Cap, Precedence, Preference, Previous, Problem
from dayloom.planning.reason import Code, Reason
from dayloom.planning.verify import Rule, verify
from tests.planning.builders import (
    HOUR,
    MINUTE,
    at,
    busy,
    office,
    plan_of,
    span,
    task,
    week,
)
from tests.planning.fence_judge import CODES
from tests.planning.generators import next_morning, seeded_problem

NINE = span("mon 09:00", "10:00")
SEEDS = range(150)
TRIES = 25

EARLIEST = {Code.FIRST_FREE, Code.AT_ONCE, Code.RIGHT_AFTER}


def cases() -> Iterator[tuple[Problem, Plan, Random]]:
    for seed in SEEDS:
        problem, chance = seeded_problem(seed), Random(seed)
        plan = plan_earliest(problem)
        yield problem, plan, chance
        later = next_morning(problem, plan, chance)
        yield later, plan_earliest(later), chance


def moved(plan: Plan, task_id: int, start: datetime) -> Plan:
    """Return the plan with the first piece of a task started at another time."""
    first = next(slot for slot in plan.slots if slot.task_id == task_id)
    there = Slot(Interval(start, start + first.interval.duration), task_id)
    return replace(plan, slots=tuple(sorted(there if s is first else s for s in plan.slots)))


def broken(problem: Problem, plan: Plan) -> set[Rule]:
    rules = {violation.rule for violation in verify(problem, plan)}
    return rules - {Rule.REASON}  # an unplaced task may find room once something moves


def codes(reasons: tuple[Reason, ...]) -> list[Code]:
    return [reason.code for reason in reasons]


def only(reasons: tuple[Reason, ...], code: Code) -> Reason:
    (found,) = (reason for reason in reasons if reason.code is code)
    return found


def explained(problem: Problem, plan: Plan, task_id: int = 1) -> tuple[Reason, ...]:
    assert verify(problem, plan) == []
    return explain(problem, plan)[task_id]


def test_nothing_earlier_is_free_when_that_is_said() -> None:
    tried = 0
    for problem, plan, chance in cases():
        for task_id, reasons in explain(problem, plan).items():
            if not EARLIEST & set(codes(reasons)):
                continue
            start = plan.by_task()[task_id][0].start
            steps = int((start - problem.horizon.start) // GRID)
            for back in {1, *(chance.randint(1, max(1, steps)) for _ in range(TRIES))}:
                assert broken(problem, moved(plan, task_id, start - back * GRID))
                tried += 1
    assert tried > 20_000


def test_what_is_said_to_be_free_too_is_free() -> None:
    tried = 0
    for problem, plan, _ in cases():
        for task_id, reasons in explain(problem, plan).items():
            for reason in reasons:
                if reason.code in (Code.ALSO_FREE, Code.NO_HURRY) and reason.at:
                    assert reason.at < plan.by_task()[task_id][0].start
                    assert broken(problem, moved(plan, task_id, reason.at)) == set()
                    tried += 1
    assert tried > 5


def test_what_is_named_as_in_the_way_is_there_and_ends_before() -> None:
    named: Counter[Code] = Counter()
    for problem, plan, _ in cases():
        pieces = plan.by_task()
        ends = {busy.event_id: set[datetime]() for busy in problem.busy}
        for entry in problem.busy:
            ends[entry.event_id].add(entry.interval.end)
        for task_id, reasons in explain(problem, plan).items():
            start = pieces[task_id][0].start
            for reason in reasons:
                named[reason.code] += 1
                if reason.code is Code.NOT_BEFORE_EVENT:
                    assert reason.event_id is not None
                    assert reason.until in ends[reason.event_id]
                if reason.code in (Code.NOT_BEFORE_TASK, Code.NOT_BEFORE_DONE):
                    assert reason.task_id not in (None, task_id)
                    assert reason.until in [p.end for p in pieces[reason.task_id or 0]]
                if reason.until:
                    assert reason.until <= start
    rare = {Code.HELD, Code.RIGHT_AFTER, Code.AS_PROPOSED, Code.NOT_AS_PROPOSED, *CODES}
    assert all(named[code] > 2 for code in Code if code not in rare), named


def test_a_full_day_is_full() -> None:
    tried = 0
    for problem, plan, _ in cases():
        for task_id, reasons in explain(problem, plan).items():
            for reason in reasons:
                if reason.code is not Code.NOT_BEFORE_CAP or not reason.at:
                    continue
                for start in {reason.at, reason.until or reason.at}:
                    assert broken(problem, moved(plan, task_id, start)) == {Rule.CAP}
                    tried += 1
    assert tried > 50


def test_slack_and_lateness_are_exact() -> None:
    for problem, plan, _ in cases():
        tasks = {task.id: task for task in problem.tasks}
        for task_id, reasons in explain(problem, plan).items():
            end = max(piece.end for piece in plan.by_task()[task_id])
            for reason in reasons:
                if reason.code in (Code.BEFORE_DEADLINE, Code.BEFORE_DUE):
                    assert reason.at in (tasks[task_id].deadline, tasks[task_id].due)
                    assert reason.at is not None
                    assert reason.by == reason.at - end >= timedelta(0)
                if reason.code is Code.LATE:
                    assert reason.at in (tasks[task_id].deadline, tasks[task_id].due)
                    assert reason.at is not None
                    assert reason.by == end - reason.at > timedelta(0)


def test_every_placed_task_has_a_reason() -> None:
    for problem, plan, _ in cases():
        reasons = explain(problem, plan)
        assert set(reasons) == set(plan.by_task())
        assert all(reasons.values())


def test_hours_are_named_when_they_alone_decide() -> None:
    assert explained(week(task()), plan_of((1, NINE))) == (
        Reason(code=Code.FIRST_FREE),
        Reason(code=Code.NOT_BEFORE_HOURS, name="work", at=at("mon 09:00")),
    )


def test_a_task_may_start_at_once() -> None:
    problem = week(task(), now=at("mon 09:02"))
    assert explained(problem, plan_of((1, span("mon 09:05", "10:05")))) == (
        Reason(code=Code.AT_ONCE),
    )


@pytest.mark.parametrize(
    ("buffer", "start", "end"), [(None, "mon 13:30", "14:30"), (15 * MINUTE, "mon 13:45", "14:45")]
)
def test_a_meeting_in_the_way_is_named_with_its_end_and_buffer(
    buffer: timedelta | None, start: str, end: str
) -> None:
    problem = week(task(), busy=(busy(7, "mon 09:30", "13:30"),), event_buffer=buffer or 0 * HOUR)
    reasons = explained(problem, plan_of((1, span(start, end))))
    assert only(reasons, Code.NOT_BEFORE_EVENT) == Reason(
        code=Code.NOT_BEFORE_EVENT, event_id=7, until=at("mon 13:30"), by=buffer
    )


def test_of_two_meetings_the_one_that_ends_last_before_it_is_named() -> None:
    meetings = (busy(7, "mon 09:00", "10:00"), busy(8, "mon 10:30", "12:00"))
    reasons = explained(week(task(), busy=meetings), plan_of((1, span("mon 12:00", "13:00"))))
    assert only(reasons, Code.NOT_BEFORE_EVENT).event_id == 8


def test_a_task_that_took_yesterday_is_named() -> None:
    monday = span("mon 09:00", "17:00")
    plan = plan_of((2, monday), (1, span("tue 09:00", "10:00")))
    reasons = explained(week(task(1), task(2, 480)), plan)
    assert codes(reasons) == [Code.FIRST_FREE, Code.NOT_BEFORE_TASK]
    found = only(reasons, Code.NOT_BEFORE_TASK)
    assert (found.task_id, found.until, found.at) == (2, monday.end, at("tue 09:00"))


def test_a_gap_that_is_too_short_is_told() -> None:
    problem = week(task(1), task(2), busy=(busy(7, "mon 10:30", "12:00"),))
    reasons = explained(problem, plan_of((2, NINE), (1, span("mon 12:00", "13:00"))))
    found = only(reasons, Code.NOT_BEFORE_TASK)
    assert (found.task_id, found.until, found.at) == (2, at("mon 10:00"), at("mon 12:00"))


def test_a_task_follows_right_after_the_one_it_waits_for() -> None:
    problem = week(task(1, after=(Precedence(task_id=2, gap=HOUR),)), task(2), buffer=10 * MINUTE)
    reasons = explained(problem, plan_of((2, NINE), (1, span("mon 11:00", "12:00"))))
    assert reasons == (Reason(code=Code.RIGHT_AFTER, task_id=2, by=HOUR),)


def test_a_release_is_named() -> None:
    problem = week(task(release=at("mon 11:00")))
    reasons = explained(problem, plan_of((1, span("mon 11:00", "12:00"))))
    assert reasons == (Reason(code=Code.NOT_BEFORE_RELEASE, at=at("mon 11:00")),)


def test_a_preferred_window_explains_a_later_start() -> None:
    evening = {"evening": office("16:00", "17:00")}
    problem = week(task(preferred=(Preference(window="evening"),)), windows=evening)
    reasons = explained(problem, plan_of((1, span("mon 16:00", "17:00"))))
    assert Reason(code=Code.FIRST_IN_WINDOW, name="evening") in reasons
    assert not {Code.ALSO_FREE, Code.FIRST_FREE} & set(codes(reasons))
    assert not any(code.startswith("not_before") for code in codes(reasons))
    early = explained(problem, plan_of((1, NINE)))
    assert Reason(code=Code.OUTSIDE_WINDOW, name="evening") in early


def test_a_habit_is_in_no_hurry() -> None:
    reasons = explained(week(task(asap=False)), plan_of((1, span("tue 09:00", "10:00"))))
    assert only(reasons, Code.NO_HURRY).at == at("mon 09:00")


def test_what_was_seen_is_kept() -> None:
    tuesday = span("tue 09:00", "10:00")
    problem = week(task(), previous=(Previous(task_id=1, intervals=(tuesday,)),))
    reasons = explained(problem, plan_of((1, tuesday)))
    assert Code.KEPT_WHERE_SEEN in codes(reasons)
    unseen = week(task(), previous=(Previous(task_id=1, intervals=(tuesday,), seen=False),))
    assert Code.KEPT_WHERE_SEEN not in codes(explained(unseen, plan_of((1, tuesday))))


@pytest.mark.parametrize(("running", "code"), [(False, Code.PINNED), (True, Code.RUNNING)])
def test_the_persons_own_choice_needs_no_other_reason(*, running: bool, code: Code) -> None:
    late = task(pinned=(NINE,), running=running, deadline=at("mon 09:30"))
    assert explained(week(late), plan_of((1, NINE))) == (
        Reason(code=code),
        Reason(code=Code.LATE, at=at("mon 09:30"), by=30 * MINUTE),
    )


def test_a_full_day_sends_it_to_the_next() -> None:
    cap = Cap(limits=(HOUR,) * 7)
    plan = plan_of((2, NINE), (1, span("tue 09:00", "10:00")))
    reasons = explained(week(task(1), task(2), caps=(cap,)), plan)
    assert only(reasons, Code.NOT_BEFORE_CAP).at == at("mon 10:00")


def test_behind_a_full_day_the_next_morning_is_explained_too() -> None:
    """Monday is full, and on Tuesday a meeting lies in the way: both are named."""
    problem = week(task(1), task(2), caps=(Cap(limits=(HOUR,) * 7),))
    problem = replace(problem, busy=(busy(7, "tue 09:00", "10:30"),))
    plan = plan_of((2, NINE), (1, span("tue 10:30", "11:30")))
    assert codes(explained(problem, plan)) == [
        Code.FIRST_FREE,
        Code.NOT_BEFORE_CAP,
        Code.NOT_BEFORE_EVENT,
    ]


def test_several_full_days_are_named_from_the_first_to_the_last() -> None:
    cap = Cap(limits=(HOUR,) * 7)
    plan = plan_of((2, NINE), (3, span("tue 09:00", "10:00")), (1, span("wed 09:00", "10:00")))
    found = only(
        explained(week(task(1), task(2), task(3), caps=(cap,)), plan), Code.NOT_BEFORE_CAP
    )
    assert (found.at, found.until) == (at("mon 10:00"), at("tue 16:00"))


def test_a_late_task_says_by_how_much() -> None:
    problem = week(task(due=at("mon 09:15")))
    reasons = explained(problem, plan_of((1, NINE)))
    assert only(reasons, Code.LATE).by == 45 * MINUTE


def test_a_split_task_says_so_and_keeps_its_deadline_with_the_last_piece() -> None:
    split = task(1, 120, min_chunk=HOUR, max_chunk=HOUR, deadline=at("tue 12:00"))
    reasons = explained(week(split), plan_of((1, NINE), (1, span("tue 09:00", "10:00"))))
    assert only(reasons, Code.IN_PIECES).count == 2
    assert only(reasons, Code.BEFORE_DEADLINE).by == 2 * HOUR


def test_an_explanation_of_nothing_is_nothing() -> None:
    assert explain(week(), Plan()) == {}
