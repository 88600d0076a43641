"""Every sentence that is shown as a reason is true of its problem and its plan."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random

from dayloom.planning.earliest import plan_earliest
from dayloom.planning.explain import explain
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Obstacle, Plan, Slot
from dayloom.planning.problem import GRID, Precedence, Preference, Problem
from dayloom.planning.reason import Code, Reason
from dayloom.planning.verify import Rule, verify
from tests.planning.builders import HOUR, MINUTE, at, busy, plan_of, span, task, week
from tests.planning.fence_judge import CODES, complaints_about_move
from tests.planning.generators import next_morning, seeded_problem
from tests.planning.judge import Judge
from tests.planning.obstacle_judge import complaints_about
from tests.planning.words_judge import complaints_about_obstacle, complaints_about_words

SEEDS = range(160)
MOVES = 3
UNSEEN = {Code.HELD}  # said by who knows the person's slots, in plans/telling.py


@cache
def cases() -> tuple[tuple[Problem, Plan], ...]:
    """Return plans of random problems, of the next morning, and with tasks put later at random."""
    return tuple(_cases())


def _cases() -> Iterator[tuple[Problem, Plan]]:
    for seed in SEEDS:
        chance = Random(seed)
        problem = wishing(seeded_problem(seed), chance)
        plan = plan_earliest(problem)
        yield problem, plan
        yield problem, disturbed(problem, plan, chance)
        later = next_morning(problem, plan, chance)
        yield later, plan_earliest(later)
        changed = shaken(later, chance)
        yield changed, plan_earliest(changed)


def wishing(problem: Problem, chance: Random) -> Problem:
    """Return the problem in which some tasks have a place proposed."""
    tasks, windows = list(problem.tasks), dict(problem.windows)
    for k, one in enumerate(tasks):
        if chance.random() < 0.2 and not one.pinned:
            start = problem.now - (problem.now - problem.horizon.start) % GRID
            start += chance.randrange(1, 400) * GRID
            name = f"proposed for task {one.id}"
            windows[name] = (Interval(start, start + one.duration),)
            wish = Preference(window=name, proposed=True)
            tasks[k] = replace(one, preferred=(*one.preferred, wish))
    return replace(problem, tasks=tuple(tasks), windows=windows)


def shaken(problem: Problem, chance: Random) -> Problem:
    """Return the problem in which much of what is near can no longer stay where it was seen."""
    near = [one.task_id for one in problem.previous]
    places = {one.task_id: sorted(one.intervals) for one in problem.previous}
    tasks = {one.id: one for one in problem.tasks}
    hours = dict(problem.hours)
    for id_ in near:
        one, old = tasks[id_], places[id_]
        match chance.randrange(8):
            case 0:
                tasks[id_] = replace(one, deadline=old[-1].end - GRID)
            case 1:
                tasks[id_] = replace(one, release=old[0].start + GRID)
            case 2:
                hours["elsewhere"] = tuple(
                    Interval(span.start + 2 * HOUR, span.end)
                    for span in problem.hours[one.hours]
                    if span.duration > 3 * HOUR
                )
                tasks[id_] = replace(one, hours="elsewhere")
            case 3 if not one.pinned and len(old) == 1:
                other = chance.choice(near)
                begin = places[other][0].start
                there = Interval(begin, begin + old[0].duration)
                tasks[id_] = replace(one, pinned=(there,))
            case 4:
                other = chance.choice(near)
                if other < id_ and not one.after:
                    tasks[id_] = replace(one, after=(Precedence(task_id=other),))
    seen = tuple(replace(one, seen=True) for one in problem.previous)
    until = problem.now + 7 * 24 * HOUR
    return replace(
        problem, tasks=tuple(tasks.values()), hours=hours, previous=seen, frozen_until=until
    )


def disturbed(problem: Problem, plan: Plan, chance: Random) -> Plan:
    """Return a valid plan that nobody would call good: some pieces lie where they need not."""
    pinned = {task.id for task in problem.tasks if task.pinned}
    for _ in range(MOVES * len(plan.slots)):
        slot = chance.choice(plan.slots)
        start = slot.start + chance.randrange(1, 300) * GRID
        there = Slot(Interval(start, start + slot.interval.duration), slot.task_id)
        moved = replace(plan, slots=tuple(sorted({*plan.slots, there} - {slot})))
        broken = {violation.rule for violation in verify(problem, moved)} - {Rule.REASON}
        if slot.task_id not in pinned and not broken:
            plan = moved
    return plan


def test_every_reason_is_true_and_its_words_say_no_more() -> None:
    judged: Counter[Code] = Counter()
    for problem, plan in cases():
        judge = Judge(problem, plan)
        for task_id, reasons in explain(problem, plan).items():
            for reason in reasons:
                judged[reason.code] += 1
                if reason.code in CODES:
                    assert not complaints_about_move(problem, plan, task_id, reason)
                else:
                    assert not judge.complaints(task_id, reason)
                assert not complaints_about_words(reason)
    assert all(judged[code] > 5 for code in Code if code not in UNSEEN), judged


def test_every_obstacle_is_true_and_its_words_say_no_more() -> None:
    judged: Counter[Obstacle] = Counter()
    for problem, plan in cases():
        for unplaced in plan.unplaced if read_off(problem, plan) else ():
            judged[unplaced.obstacle] += 1
            assert not complaints_about(problem, plan, unplaced)
            assert not complaints_about_obstacle(unplaced)
    assert all(judged[obstacle] > 5 for obstacle in Obstacle), judged


def read_off(problem: Problem, plan: Plan) -> bool:
    """Tell whether the obstacles were read off this very plan: it was not disturbed since."""
    return plan == plan_earliest(problem)


def test_a_task_that_may_be_split_is_told_how_long_the_free_time_is() -> None:
    draft = task(1, 120, min_chunk=60 * MINUTE, max_chunk=120 * MINUTE)
    problem = week(draft, busy=(busy(7, "mon 09:30", "11:00"),))
    plan = plan_of((1, span("mon 11:00", "13:00")))
    reasons = explain(problem, plan)[1]
    assert Reason(code=Code.FIRST_FREE, by=2 * HOUR) in reasons


def test_what_follows_after_a_pause_is_told_the_pause_that_is_there() -> None:
    after = task(2, 60, after=(Precedence(task_id=1, gap=5 * MINUTE),))
    problem = week(task(1, 60), after, buffer=15 * MINUTE)
    plan = plan_of((1, span("mon 09:00", "10:00")), (2, span("mon 10:15", "11:15")))
    reasons = explain(problem, plan)[2]
    assert Reason(code=Code.RIGHT_AFTER, task_id=1, by=15 * MINUTE) in reasons


def test_hours_and_releases_off_the_grid_are_named_as_they_are() -> None:
    opens, released = at("mon 09:02"), at("mon 10:03")
    hours = {"work": (Interval(opens, at("mon 17:00")),)}
    problem = week(task(1, 60), task(2, 60, release=released), hours=hours)
    plan = plan_of((1, span("mon 09:05", "10:05")), (2, span("mon 10:05", "11:05")))
    reasons = explain(problem, plan)
    assert Reason(code=Code.NOT_BEFORE_HOURS, name="work", at=opens) in reasons[1]
    assert Reason(code=Code.NOT_BEFORE_RELEASE, at=released) in reasons[2]


def test_pieces_in_two_windows_are_in_both() -> None:
    mornings = Preference(window="morning"), Preference(window="evening")
    split = task(1, 120, min_chunk=60 * MINUTE, max_chunk=60 * MINUTE, preferred=mornings)
    windows = {"morning": (span("mon 09:00", "10:00"),), "evening": (span("mon 16:00", "17:00"),)}
    plan = plan_of((1, span("mon 09:00", "10:00")), (1, span("mon 16:00", "17:00")))
    reasons = explain(week(split, windows=windows), plan)[1]
    assert Reason(code=Code.IN_WINDOW, name="morning and evening") in reasons


def test_the_first_free_morning_is_named() -> None:
    draft = task(1, 60, preferred=(Preference(window="mornings"),))
    windows = {"mornings": (span("mon 09:00", "12:00"), span("tue 09:00", "12:00"))}
    problem = week(draft, windows=windows, busy=(busy(7, "mon 09:00", "12:00"),))
    reasons = explain(problem, plan_of((1, span("tue 09:00", "10:00"))))[1]
    assert Reason(code=Code.FIRST_IN_WINDOW, name="mornings") in reasons


def test_the_only_and_the_longest_stretch_before_the_deadline_are_named() -> None:
    friday = at("wed 00:00")
    events = (busy(7, "mon 09:30", "16:00"), busy(8, "tue 11:30", "17:00"))
    only = week(task(1, 120, deadline=friday), busy=events)
    reasons = explain(only, plan_of((1, span("tue 09:00", "11:00"))))[1]
    assert Reason(code=Code.ONLY_STRETCH, at=friday) in reasons
    longest = week(task(1, 60, deadline=friday), busy=events)
    reasons = explain(longest, plan_of((1, span("tue 09:00", "10:00"))))[1]
    assert Reason(code=Code.LONGEST_STRETCH, at=friday, by=150 * MINUTE) in reasons


def test_only_the_pins_that_are_too_early_are_named() -> None:
    early = task(2, 60, after=(Precedence(task_id=1),), pinned=(span("mon 09:30", "10:30"),))
    late = task(3, 60, after=(Precedence(task_id=1),), pinned=(span("mon 15:00", "16:00"),))
    plan = plan_earliest(week(task(1, 60), early, late))
    assert [(one.obstacle, one.because_of) for one in plan.unplaced] == [
        (Obstacle.BEFORE_PINNED, (2,))
    ]
