"""Days side by side on one scale of minutes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dayloom.i18n import dates
from dayloom.planning.interval import Interval, merge, subtract
from dayloom.web.blocks import Block, blocks_on
from dayloom.web.board import Board
from dayloom.web.ruler import Change
from dayloom.web.words import DAY_MINUTES

HOUR, NEAR = 60, 120
NEAR_NOW = 17  # minutes: an hour's label would touch that of the present
SMALL, TINY = 44, 30  # pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of a day outside of the usual hours."""

    start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A full hour and its label, empty where it would be in the way; `second` is elsewhere."""

    minute: int
    label: str
    second: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One column; `above` it stand the events of the whole day and those of the night."""

    iso: str
    weekday: str
    number: int
    label: str
    is_today: bool
    blocks: Sequence[Block]
    closed: Sequence[Stretch]
    above: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """`scale` is pixels a minute; `now` is None where the present is not shown.

    `change` is when clocks are changed on this day, `second` the place of a second time zone.
    """

    view: str
    label: str
    clock: int
    scale: float
    start: int
    end: int
    now: int | None
    now_label: str
    ticks: Sequence[Tick]
    days: Sequence[Day]
    change: Change | None
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How a view is drawn."""

    view: str
    label: str
    pixels: float
    shortest: int  # the least height of a block, in pixels


def draw(board: Board, scale: Scale, *, start: int, end: int, past: bool) -> Timeline:
    """Return the board's days between two minutes; `past` keeps what is over by now."""
    words, ruler, first = board.words, board.ruler, board.days[0]
    now = ruler.minute_of(words.now, words.today)
    shown = now if words.today in board.days and start <= now < end else None
    days = [_day(board, day, scale, start=start, end=end, past=past) for day in board.days]
    return Timeline(
        view=scale.view,
        label=scale.label,
        clock=words.clock.hour_cycle,
        scale=scale.pixels,
        start=start,
        end=end,
        now=shown,
        now_label=words.clock.time(words.now),
        ticks=[_tick(board, minute, shown) for minute in _hours(start, end)],
        days=days,
        change=ruler.change(first) if ruler.alone else None,
        second=board.second_zone.rpartition("/")[2].replace("_", " "),
    )


def extent(board: Board, blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the full hours that hold the tasks, the usual hours, and events not far from them.

    An event in the night would stretch every day; it is named above the columns instead.
    """
    minute_of = board.ruler.minute_of
    spans = [(block.start, block.end) for block in blocks if not block.is_event]
    spans += [
        (minute_of(open_.start, day), minute_of(open_.end, day))
        for day in board.days
        for open_ in board.open_on(day)
    ]
    first = min((start for start, _ in spans), default=9 * HOUR)
    last = max((end for _, end in spans), default=17 * HOUR)
    near = [b for b in blocks if b.end > first - NEAR and b.start < last + NEAR]
    first = min([first, *(max(b.start, first - NEAR) for b in near)])
    last = max([last, *(min(b.end, last + NEAR) for b in near)])
    return first // HOUR * HOUR, min(board.ruler.length(board.days[0]), -(-last // HOUR) * HOUR)


def _day(board: Board, day: date, scale: Scale, *, start: int, end: int, past: bool) -> Day:
    words = board.words
    blocks = blocks_on(board, day)
    if not past:
        now = board.ruler.minute_of(words.now, words.today)
        blocks = [block for block in blocks if block.end > now and block.kind != "done"]
    return Day(
        iso=day.isoformat(),
        weekday=dates.short_weekday(day),
        number=day.day,
        label=dates.long_date(day),
        is_today=day == words.today,
        blocks=side_by_side(_within(blocks, start, end), scale),
        closed=_closed(board, day, start=start, end=end),
        above=[
            *_all_day(board, day),
            *(f"{b.span} {b.title}" for b in blocks if b.end <= start or b.start >= end),
        ],
    )


def _within(blocks: Sequence[Block], start: int, end: int) -> list[Block]:
    """Return what is drawn between two minutes; an event that began before is cut there."""
    return [
        replace(b, start=max(b.start, start), length=min(b.end, end) - max(b.start, start))
        for b in blocks
        if b.end > start and b.start < end
    ]


def _all_day(board: Board, day: date) -> list[str]:
    whole = Interval(board.words.midnight(day), board.words.at(day, DAY_MINUTES))
    return [
        event.summary or "All day"
        for event in board.events
        if event.all_day
        and event.status != "CANCELLED"
        and Interval(event.start, event.end).overlaps(whole)
    ]


def side_by_side(blocks: Sequence[Block], scale: Scale) -> list[Block]:
    """Return the blocks with lanes: what would overlap as it is drawn stands side by side."""
    placed: list[Block] = []
    group: list[Block] = []
    reach = 0.0
    for block in blocks:
        if group and block.start >= reach:
            placed += _lanes(group, scale)
            group = []
        group.append(block)
        reach = max(reach if len(group) > 1 else 0.0, _drawn_end(block, scale))
    return placed + _lanes(group, scale)


def _lanes(group: Sequence[Block], scale: Scale) -> list[Block]:
    ends: list[float] = []
    chosen: list[int] = []
    for block in group:
        lane = next((i for i, end in enumerate(ends) if block.start >= end), len(ends))
        ends[lane : lane + 1] = [_drawn_end(block, scale)]
        chosen.append(lane)
    in_lanes = list(zip(group, chosen, strict=True))
    return [
        replace(
            block,
            lane=lane,
            lanes=len(ends),
            width=_free_from(lane, block, in_lanes, scale) - lane,
            size=_size(block, scale),
        )
        for block, lane in in_lanes
    ]


def _free_from(lane: int, block: Block, others: Sequence[tuple[Block, int]], scale: Scale) -> int:
    """Return the first lane to the right in which something lies beside the block."""
    beside = [
        taken
        for other, taken in others
        if taken > lane
        and other.start < _drawn_end(block, scale)
        and block.start < _drawn_end(other, scale)
    ]
    return min(beside, default=1 + max(taken for _, taken in others))


def _drawn_end(block: Block, scale: Scale) -> float:
    return block.start + max(block.length, scale.shortest / scale.pixels)


def _size(block: Block, scale: Scale) -> str:
    height = block.length * scale.pixels
    if height < TINY:
        return "xxs"
    return "xs" if height < SMALL else "md"


def _closed(board: Board, day: date, *, start: int, end: int) -> list[Stretch]:
    ruler = board.ruler
    shown = Interval(ruler.at(day, start), ruler.at(day, end))
    found = []
    for gap in subtract([shown], merge(board.open_on(day))):
        first, last = ruler.minute_of(gap.start, day), ruler.minute_of(gap.end, day)
        found.append(Stretch(start=first, length=max(0, last - first)))
    return found


def _tick(board: Board, minute: int, now: int | None) -> Tick:
    day, ruler = board.days[0], board.ruler
    if now is not None and abs(minute - now) < NEAR_NOW:
        return Tick(minute=minute, label="")
    elsewhere = board.elsewhere
    return Tick(
        minute=minute,
        label=ruler.label(day, minute),
        second=elsewhere.time(ruler.at(day, minute)) if elsewhere else "",
    )


def _hours(start: int, end: int) -> range:
    return range(-(-start // HOUR) * HOUR, end + 1, HOUR)
