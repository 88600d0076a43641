"""What the page of a week shows, computed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dayloom.i18n.dates import span_of_days
from dayloom.i18n.words import gettext as _
from dayloom.planning.interval import Interval, merge, subtract
from dayloom.web.blocks import blocks_on
from dayloom.web.board import ONE_DAY, Board
from dayloom.web.replanning import Replanning, view_replanning
from dayloom.web.timeline import Scale, Timeline, draw, extent
from dayloom.web.waiting import Waiting, view_waiting
from dayloom.web.why_not_page import Late, view_late
from dayloom.web.words import Words, duration

PIXELS, SHORTEST = 1.2, 17
DAYS = 7
ONE_WEEK, NOTHING = timedelta(weeks=1), timedelta(0)
FIRST, LAST = date(1970, 1, 12), date(2100, 12, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How full a day is, in words and in percent of its usual hours."""

    planned: str
    free: str
    done_share: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    number: int
    dates: str
    on: str
    before: str
    after: str
    is_present: bool
    timeline: Timeline
    loads: Sequence[Load]
    has_above: bool
    replanning: Replanning | None
    late: Sequence[Late]
    waiting: Sequence[Waiting]
    proof: str

    @property
    def bare(self) -> bool:
        """Tell that nothing stands beside the week."""
        return not (self.replanning or self.late or self.waiting)


def week_of(day: date, week_start: int) -> tuple[date, ...]:
    """Return the seven days around `day`, beginning with the person's first day of the week."""
    within = min(max(day, FIRST), LAST)
    first = within - timedelta(days=(within.weekday() - week_start) % DAYS)
    return tuple(first + n * ONE_DAY for n in range(DAYS))


def view_week(board: Board) -> WeekView:
    first, last = board.days[0], board.days[-1]
    every = [block for day in board.days for block in blocks_on(board, day)]
    start, end = extent(board, every)
    days = span_of_days(first, last)
    scale = Scale(
        view="week", label=_("Week %(days)s", days=days), pixels=PIXELS, shortest=SHORTEST
    )
    timeline = draw(board, scale, start=start, end=end, past=True)
    return WeekView(
        number=board.days[3].isocalendar().week,
        dates=days,
        on=first.isoformat(),
        before=(first - ONE_WEEK).isoformat(),
        after=(first + ONE_WEEK).isoformat(),
        is_present=board.words.today in board.days,
        timeline=timeline,
        loads=_loads(board),
        has_above=any(day.above for day in timeline.days),
        replanning=view_replanning(board),
        late=view_late(board),
        waiting=view_waiting(board),
        proof=board.proof,
    )


def _loads(board: Board) -> Sequence[Load]:
    """Return how full the days are, all against the fullest or longest one."""
    amounts = [_amounts(board, day) for day in board.days]
    most = max(timedelta(minutes=1), *(sum(parts, NOTHING) for parts in amounts))
    return [
        Load(
            planned=duration(planned),
            free=duration(free),
            done_share=round(100 * (done / most), 1),
            share=round(100 * (planned / most), 1),
        )
        for done, planned, free in amounts
    ]


def _amounts(board: Board, day: date) -> tuple[timedelta, timedelta, timedelta]:
    """Return what is done on a day, what is planned, and what is free of its usual hours."""
    words: Words = board.words
    whole = Interval(words.midnight(day), words.midnight(day + ONE_DAY))
    slots = [Interval(slot.start, slot.end).intersection(whole) for slot in board.slots]
    planned = [part for part in slots if part]
    busy = [Interval(event.start, event.end) for event in board.view.busy]
    blocks = [block for block in blocks_on(board, day) if block.kind == "done"]
    done = timedelta(minutes=sum(block.length for block in blocks))
    return done, _total(planned), _total(subtract(board.open_on(day), [*busy, *planned]))


def _total(intervals: Sequence[Interval]) -> timedelta:
    return sum((interval.duration for interval in merge(intervals)), NOTHING)
