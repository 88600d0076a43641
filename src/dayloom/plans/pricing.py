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
from dayloom.plans.facts import Wishes, lying_ahead
from dayloom.plans.inputs import PlanInputs, load_inputs
from dayloom.plans.portions import task_of
from dayloom.plans.wishing import (
    EventInTheWay,
    IsRunning,
    PieceInTheWay,
    TimeIsOver,
    Wish,
    intervals_of_wish,
    pinned_under,
    require_open,
    unpinned,
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
    with unpinned(pinned_under(inputs, wish.task_id, intervals)):
        price = priced(inputs, wish.task_id, {wish.task_id: intervals})
    names = Names(inputs)
    return answer(
        price=price,
        sentence=price_sentence(
            price,
            name_of_task=names.task,
            name_of_event=names.event,
            say_time=names.clock.start,
        ),
        line=price_line(price, name_of_task=names.number, name_of_event=names.event),
        titles=names.titles(concerned(price)),
    )


def concerned(price: Price) -> frozenset[int]:
    """Return the numbers of the other tasks that a price speaks of."""
    found = {change.task_id for change in price.moves} | {late.task_id for late in price.late}
    found |= {one.task_id for one in price.breaks if one.task_id is not None}
    return frozenset(map(task_of, {*found, *price.dropped} - {price.task_id}))


def priced(
    inputs: PlanInputs, task_id: int, wishes: Wishes, *, wanted: Collection[int] = ()
) -> Price:
    """Return what granting the wishes, and placing what is `wanted`, costs the plan."""
    room = granted(inputs, wishes, wanted=wanted)
    known = {task.id for task in room.problem.tasks}
    slots = [
        Slot(interval, one.task_id)
        for one in lying_ahead(inputs, wishes)
        if one.task_id in known
        for interval in one.intervals
    ]
    own = inputs.pieces().get(task_id, ()) if task_id in wishes else ()
    slots += [Slot(Interval(slot.start, slot.end), task_id) for slot in own]
    return price_of(room.problem, Plan(slots=tuple(sorted(slots))), room.plan, task_id=task_id)


@dataclass(frozen=True, slots=True)
class Names:
    """What tasks, events and moments are called, for one person."""

    inputs: PlanInputs

    def task(self, task_id: int) -> str:
        number = task_of(task_id)
        title = next((task.title for task in self.inputs.tasks if task.id == number), "")
        return f"“{title}” (#{number})"

    def number(self, task_id: int) -> str:
        return f"#{task_of(task_id)}"

    def event(self, event_id: int) -> str:
        summary = next((e.summary for e in self.inputs.busy if e.id == event_id), "")
        return f"“{summary}”"

    @property
    def clock(self) -> WallClock:
        return WallClock.of(self.inputs.preferences, self.inputs.now)

    def titles(self, numbers: Collection[int]) -> dict[int, str]:
        return {task.id: task.title for task in self.inputs.tasks if task.id in numbers}
