"""What a place would cost, as it is shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from dayloom.planning.interval import Interval
from dayloom.planning.pricing import Break, Late, Price
from dayloom.planning.verify import Rule
from dayloom.plans.portions import task_of
from dayloom.plans.pricing import MOST_STARTS, Quote, RefusedBy
from dayloom.wire.scalars import Given, Minutes, Moment, Shown, Span, local, minutes, span


class PricesGiven(Given):
    """Several places of one task."""

    starts: Annotated[list[Moment], Field(min_length=1, max_length=MOST_STARTS)]
    duration_minutes: Annotated[Minutes, Field(ge=5)] | None = Field(
        default=None, description="If it shall take longer or shorter."
    )
    over_events: bool = Field(default=False, description="Also where a calendar event lies.")


class MoveShown(Shown):
    """A task that would lie elsewhere."""

    task_id: int
    title: str
    before: list[Span]
    after: list[Span]


class LateShown(Shown):
    """A task that would end later than it is due, and by how much it does now."""

    task_id: int
    title: str
    due: datetime
    late_minutes: int
    late_before_minutes: int


class DroppedShown(Shown):
    """A task that would lose its place."""

    task_id: int
    title: str


class BreakShown(Shown):
    """A rule that the task would break there, which a person may do."""

    rule: Rule
    task_id: int | None = Field(description="The task with which the order is not kept.")
    event_id: int | None
    at: datetime | None = Field(description="The date that is not kept, or the day.")
    by_minutes: int | None


class PriceShown(Shown):
    """What would happen if the task were put there. Nothing was changed."""

    task_id: int
    title: str
    start: datetime
    slots: list[Span] = Field(description="Where it would lie; empty if it is refused.")
    refused_by: RefusedBy | None = Field(
        description="What refuses it: over an event it may be put with `over_events`."
    )
    is_free: bool = Field(description="Nothing moves, nothing is late, every rule is kept.")
    sentence: str
    line: str = Field(description="The same in a few words.")
    moves: list[MoveShown]
    late: list[LateShown]
    dropped: list[DroppedShown]
    breaks: list[BreakShown]
    cost: int | None = Field(description="By how much the objective of the plan grows.")


class PricesShown(Shown):
    """One answer for each place, each as if nothing else were done."""

    prices: list[PriceShown]


def show_price(quote: Quote, zone: ZoneInfo) -> PriceShown:
    price = quote.price or Price(task_id=quote.task_id, pieces=())
    titles = {**quote.titles, quote.task_id: quote.title}
    return PriceShown(
        task_id=quote.task_id,
        title=quote.title,
        start=quote.start.astimezone(zone),
        slots=_spans(price.pieces, zone),
        refused_by=quote.refused_by,
        is_free=quote.price is not None and price.is_free,
        sentence=quote.sentence,
        line=quote.line,
        moves=[
            MoveShown(
                task_id=task_of(change.task_id),
                title=titles[task_of(change.task_id)],
                before=_spans(change.before, zone),
                after=_spans(change.after, zone),
            )
            for change in price.moves
        ],
        late=[_late(one, titles, zone) for one in price.late],
        dropped=[
            DroppedShown(task_id=task_of(task_id), title=titles[task_of(task_id)])
            for task_id in price.dropped
        ],
        breaks=[_break(one, zone) for one in price.breaks],
        cost=quote.price.cost if quote.price else None,
    )


def _late(late: Late, titles: Mapping[int, str], zone: ZoneInfo) -> LateShown:
    task_id = task_of(late.task_id)
    return LateShown(
        task_id=task_id,
        title=titles[task_id],
        due=late.due.astimezone(zone),
        late_minutes=minutes(late.by),
        late_before_minutes=minutes(late.before),
    )


def _break(one: Break, zone: ZoneInfo) -> BreakShown:
    return BreakShown(
        rule=one.rule,
        task_id=None if one.task_id is None else task_of(one.task_id),
        event_id=one.event_id,
        at=local(one.at, zone),
        by_minutes=minutes(one.by) if one.by is not None else None,
    )


def _spans(intervals: tuple[Interval, ...], zone: ZoneInfo) -> list[Span]:
    return [span(one.start, one.end, zone) for one in intervals]
