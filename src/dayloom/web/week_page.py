"""What the page of a week, of three days or of one shows, computed once."""

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
from dayloom.web.week_span import SPANS, Span, heading
from dayloom.web.why_not_page import Late, view_late
from dayloom.web.words import Words, duration

SHORTEST = 17
NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How full a day is, in words and in percent of its usual hours."""

    planned: str
    free: str
    done_share: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A number of days to show instead; `key` marks the one that the key goes on to."""

    label: str
    url: str
    chosen: bool
    key: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """`url` is what is shown, `before` and `after` its neighbours."""

    span: Span
    heading: str
    dates: str
    url: str
    before: str
    after: str
    present: str
    views: Sequence[View]
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


def view_week(board: Board, span: Span) -> WeekView:
    first, last = board.days[0], board.days[-1]
    every = [block for day in board.days for block in blocks_on(board, day)]
    start, end = extent(board, every)
    named, dates = heading(board.days), span_of_days(first, last)
    label = f"{named} {dates}".strip()
    scale = Scale(view="week", label=label, pixels=span.pixels, shortest=SHORTEST)
    timeline = draw(board, scale, start=start, end=end, past=True)
    is_present = board.words.today in board.days
    return WeekView(
        span=span,
        heading=named,
        dates=dates,
        url=_url(span, first),
        before=_url(span, first - span.days * ONE_DAY),
        after=_url(span, last + ONE_DAY),
        present=_url(span),
        views=_views(span, board.words.today if is_present else first),
        is_present=is_present,
        timeline=timeline,
        loads=_loads(board),
        has_above=any(day.above for day in timeline.days),
        replanning=view_replanning(board),
        late=view_late(board),
        waiting=view_waiting(board),
        proof=board.proof,
    )


def _views(span: Span, day: date) -> Sequence[View]:
    """Return the choice of how many days to show, each with `day` in it."""
    spans = list(SPANS.values())
    following = spans[(spans.index(span) + 1) % len(spans)]
    return [
        View(label=_(one.label), url=_url(one, day), chosen=one is span, key=one is following)
        for one in spans
    ]


def _url(span: Span, day: date | None = None) -> str:
    on = f"&on={day.isoformat()}" if day else ""
    return f"/week?days={span.days}{on}"


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
