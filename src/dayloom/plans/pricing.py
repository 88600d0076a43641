"""What happens if a task is put somewhere: asked, not done. It is what a drop there does."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.errors import DayloomError
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Slot
from dayloom.planning.price_words import price_line, price_sentence
from dayloom.planning.pricing import Price, price_of
from dayloom.plans.arranging import granted
from dayloom.plans.facts import lying_ahead
from dayloom.plans.inputs import PlanInputs, load_inputs
from dayloom.plans.portions import task_of
from dayloom.plans.wishing import (
    EventInTheWay,
    IsRunning,
    PieceInTheWay,
    TimeIsOver,
    Wish,
    intervals_of_wish,
    require_open,
)
from dayloom.preferences.wallclock import WallClock

MOST_STARTS = 20


class RefusedBy(StrEnum):
    """What refuses a place before any plan is made. The codes are stable."""

    EVENT = "event"
    PAST = "past"
    RUNNING = "running"
    PIECE = "piece"


REFUSALS: Mapping[type[DayloomError], RefusedBy] = {
    EventInTheWay: RefusedBy.EVENT,
    TimeIsOver: RefusedBy.PAST,
    IsRunning: RefusedBy.RUNNING,
    PieceInTheWay: RefusedBy.PIECE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The answer about one place: a `price`, or what it is `refused_by`.

    `sentence` says it in full, `line` in a few words; `titles` are those of the tasks concerned.
    """

    task_id: int
    title: str
    start: datetime
    sentence: str
    line: str
    price: Price | None = None
    refused_by: RefusedBy | None = None
    titles: Mapping[int, str]


class PriceService:
    """Answers what a place would cost; reads, computes, and stores nothing."""

    def __init__(self, db: Database, account_id: int, clock: Clock) -> None:
        self._db = db
        self._account_id = account_id
        self._clock = clock

    async def quote(self, wishes: Sequence[Wish]) -> tuple[Quote, ...]:
        """Return one answer for each wish, each as if nothing else were done.

        Raises `NotFound`, or `Invalid` for values that make no sense.
        """
        now = self._clock.now()
        load = partial(load_inputs, account_id=self._account_id, now=now)
        inputs = await self._db.read(load)
        return await asyncio.to_thread(lambda: tuple(quote(inputs, wish) for wish in wishes))


def quote(inputs: PlanInputs, wish: Wish) -> Quote:
    """Return what happens if the task is put there. Raises `NotFound` or `Invalid`."""
    task = require_open(inputs, wish.task_id)
    answer = partial(Quote, task_id=wish.task_id, title=task.title, start=wish.start)
    try:
        intervals = intervals_of_wish(inputs, wish)
    except tuple(REFUSALS) as error:
        said = str(error)
        code = REFUSALS[type(error)]
        return answer(sentence=said, line=said.rstrip("."), refused_by=code, titles={})
    price = _price(inputs, wish.task_id, intervals)
    return answer(
        price=price,
        sentence=_sentence(inputs, price),
        line=_line(inputs, price),
        titles=_titles(inputs, concerned(price)),
    )


def concerned(price: Price) -> frozenset[int]:
    """Return the numbers of the other tasks that a price speaks of."""
    found = {change.task_id for change in price.moves} | {late.task_id for late in price.late}
    found |= {one.task_id for one in price.breaks if one.task_id is not None}
    return frozenset(map(task_of, {*found, *price.dropped} - {price.task_id}))


def _price(inputs: PlanInputs, task_id: int, intervals: tuple[Interval, ...]) -> Price:
    wishes = {task_id: intervals}
    room = granted(inputs, wishes)
    known = {task.id for task in room.problem.tasks}
    slots = [
        Slot(interval, one.task_id)
        for one in lying_ahead(inputs, wishes)
        if one.task_id in known
        for interval in one.intervals
    ]
    own = inputs.pieces().get(task_id, ())
    slots += [Slot(Interval(slot.start, slot.end), task_id) for slot in own]
    return price_of(room.problem, Plan(slots=tuple(sorted(slots))), room.plan, task_id=task_id)


def _sentence(inputs: PlanInputs, price: Price) -> str:
    titles = _titles(inputs, concerned(price))
    clock = WallClock.of(inputs.preferences, inputs.now)

    def name(task_id: int) -> str:
        number = task_of(task_id)
        return f"“{titles.get(number, '')}” (#{number})"

    return price_sentence(
        price, name_of_task=name, name_of_event=_events(inputs).__getitem__, say_time=clock.start
    )


def _line(inputs: PlanInputs, price: Price) -> str:
    return price_line(
        price,
        name_of_task=lambda task_id: f"#{task_of(task_id)}",
        name_of_event=_events(inputs).__getitem__,
    )


def _titles(inputs: PlanInputs, numbers: Collection[int]) -> dict[int, str]:
    return {task.id: task.title for task in inputs.tasks if task.id in numbers}


def _events(inputs: PlanInputs) -> dict[int, str]:
    return {event.id: f"“{event.summary}”" for event in inputs.busy}
