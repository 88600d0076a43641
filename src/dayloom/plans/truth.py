"""Truth at capture: whether a new task fits, and if not, what would have to give way.

A task that fits beside what lies already needs no more than its place. For any other the whole
plan is thought through, as it would be mended around the task: nothing of it is stored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from functools import cached_property

from dayloom.infra.errors import Conflict
from dayloom.planning import truth_words as words
from dayloom.planning.edits import MoveDeadline, edited
from dayloom.planning.interval import Interval
from dayloom.planning.pricing import Price
from dayloom.planning.room import make_room
from dayloom.plans.facts import Hold, lying_ahead
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.models import SlotRow
from dayloom.plans.portions import LATER
from dayloom.plans.pricing import Names, concerned, priced
from dayloom.plans.problem import build_problem
from dayloom.tasks.models import Task
from dayloom.tasks.pins import read_pins

NOTHING = timedelta(0)
FIRST_IMAGINED = LATER // 2  # above every number of a task that is stored
DEEP = 3  # tasks of one text for which the whole plan is thought through

Intervals = tuple[Interval, ...]


class Verdict(StrEnum):
    """How a new task fits. The codes are stable: the REST interface shows them."""

    FITS = "fits"  # in time, and nothing else changes
    MOVES = "moves"  # in time if others move, none of them late
    PUSHES = "pushes"  # only by making others late, or leaving them without a place
    LATE = "late"  # it would end after it is due
    NOT_BEFORE = "not_before"  # its deadline cannot be kept
    NO_ROOM = "no_room"


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is true of a new task: `titles` name the tasks that it concerns, by number."""

    verdict: Verdict
    sentence: str
    intervals: Intervals = ()
    titles: Mapping[int, str] = field(default_factory=dict)


class _Names(Names):
    """As told to the person: a task that is only imagined has no number."""

    def task(self, task_id: int) -> str:
        named = super().task(task_id)
        return named if task_id < FIRST_IMAGINED else named.rpartition(" ")[0]


class TruthTeller:
    """Says of the new tasks of one text how they fit, each after those above it."""

    def __init__(self, load: Callable[[], PlanInputs]) -> None:
        self._load = load
        self._told: list[tuple[Task, Intervals]] = []
        self._deep = DEEP

    def tell(self, task: Task, beside: Intervals) -> Truth | None:
        """Return the truth about a task that would lie `beside` everything else, or nowhere.

        There is nothing to say of one that has no dates and a place. The task is not stored; it
        gets a number that no other has.
        """
        task.id = FIRST_IMAGINED + len(self._told)
        pinned = bool(task.pins) and read_pins(task.pins) == beside
        spare = _spare(task, beside)
        if not pinned and spare is not None and spare >= NOTHING:
            truth: Truth | None = _fits(spare, beside)
        elif self._deep and (pinned or not beside or spare is not None):
            self._deep -= 1
            truth = self._thought_through(task, beside, pinned=pinned)
        else:
            truth = _beside(spare, beside)
        self._told.append((task, beside))
        return truth

    def _thought_through(self, task: Task, beside: Intervals, *, pinned: bool) -> Truth | None:
        inputs = self._with(task)
        wishes = {task.id: beside} if pinned else {}
        try:
            price = priced(inputs, task.id, wishes, wanted=[task.id])
        except (Conflict, LookupError):  # it may begin only after the longest horizon
            return _beside(_spare(task, beside), beside)
        if pinned:
            return _where_pinned(inputs, task, price)
        if not price.pieces:
            return _too_late(inputs, task)
        return _with_the_others(inputs, task, price)

    @cached_property
    def _inputs(self) -> PlanInputs:
        return self._load()

    def _with(self, task: Task) -> PlanInputs:
        """Return the inputs with the task, and with those above it where they would lie."""
        slots = [
            SlotRow(task_id=one.id, start=i.start, end=i.end, provisional=True, reasons=[])
            for one, intervals in self._told
            for i in intervals
        ]
        tasks = [*self._inputs.tasks, *(one for one, _ in self._told), task]
        return replace(self._inputs, tasks=tasks, slots=[*self._inputs.slots, *slots])


def _where_pinned(inputs: PlanInputs, task: Task, price: Price) -> Truth | None:
    """Return what a fixed time costs; nothing to say if that is nothing and it has no dates."""
    spare = _spare(task, price.pieces)
    if price.is_free:
        return None if spare is None else _fits(spare, price.pieces)
    names = _Names(inputs)
    said = words.as_pinned(
        price, name_of_task=names.task, name_of_event=names.event, say_time=names.clock.start
    )
    others = price.dropped or any(late.task_id != task.id for late in price.late)
    own = price.breaks or any(late.task_id == task.id for late in price.late)
    verdict = Verdict.PUSHES if others else Verdict.LATE if own else Verdict.MOVES
    return _truth(inputs, verdict, said, price)


def _with_the_others(inputs: PlanInputs, task: Task, price: Price) -> Truth:
    names = _Names(inputs)
    own = next((late for late in price.late if late.task_id == task.id), None)
    if own is not None:
        return _truth(inputs, Verdict.LATE, words.is_late(own.by), price)
    if price.late or price.dropped:
        return _truth(
            inputs,
            Verdict.PUSHES,
            words.would_push(price, name_of_task=names.task, say_time=names.clock.moment),
            price,
        )
    if price.moves:
        return _truth(
            inputs,
            Verdict.MOVES,
            words.fits_by_moving(price, name_of_task=names.task, say_time=names.clock.start),
            price,
        )
    return _fits(_spare(task, price.pieces) or NOTHING, price.pieces)


def _too_late(inputs: PlanInputs, task: Task) -> Truth:
    """Return when it could be done at the earliest, were there no deadline."""
    problem = build_problem(inputs, hold=Hold.EVERYTHING)
    within = {one.id for one in problem.tasks}
    ahead = [one for one in lying_ahead(inputs, {}) if one.task_id in within]
    room = make_room(edited(problem, MoveDeadline(task_id=task.id, at=None)), ahead)
    pieces = room.plan.by_task().get(task.id, ())
    if not pieces:
        return Truth(verdict=Verdict.NO_ROOM, sentence=words.NO_ROOM)
    said = words.not_before(pieces[0].start, say_time=_Names(inputs).clock.start)
    return Truth(verdict=Verdict.NOT_BEFORE, sentence=said, intervals=pieces)


def _beside(spare: timedelta | None, beside: Intervals) -> Truth | None:
    if not beside:
        return Truth(verdict=Verdict.NO_ROOM, sentence=words.NO_ROOM)
    if spare is None:
        return None
    return Truth(verdict=Verdict.LATE, sentence=words.is_late(-spare), intervals=beside)


def _truth(inputs: PlanInputs, verdict: Verdict, sentence: str, price: Price) -> Truth:
    real = {number for number in concerned(price) if number < FIRST_IMAGINED}
    titles = _Names(inputs).titles(real)
    return Truth(verdict=verdict, sentence=sentence, intervals=price.pieces, titles=titles)


def _fits(spare: timedelta, intervals: Intervals) -> Truth:
    return Truth(verdict=Verdict.FITS, sentence=words.fits(spare), intervals=intervals)


def _spare(task: Task, intervals: Intervals) -> timedelta | None:
    """Return the time from its end to the first of its dates, negative if it is late."""
    dates = [at for at in (task.due, task.deadline) if at]
    return min(dates) - intervals[-1].end if dates and intervals else None
