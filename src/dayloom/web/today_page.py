"""What the page of the present day shows, computed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dayloom.planning.interval import Interval, merge, subtract
from dayloom.preferences.models import PlanMode
from dayloom.tasks.models import Task
from dayloom.web.blocks import Block, blocks_on, when_done
from dayloom.web.board import Board
from dayloom.web.replanning import Replanning, view_replanning
from dayloom.web.running_page import Running, view_running
from dayloom.web.timeline import Scale, Timeline, draw, extent
from dayloom.web.waiting import Waiting, view_waiting
from dayloom.web.why_not_page import Late, view_late
from dayloom.web.words import Words, duration, long_day

SCALE = Scale(view="today", label="Schedule of today", pixels=2, shortest=20)
EXAMPLE = "Call Jonas tomorrow before 11, 20 min, p8"
LEAD, QUARTER, HOUR = 10, 15, 60
NOTHING = timedelta(0)
SUNRISE, DAYLIGHT = 6 * HOUR, 15 * HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A finished task of today."""

    task_id: int
    title: str
    span: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What is behind."""

    done: Sequence[Done]
    titles: str
    span: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Amounts of the day, and their shares in percent."""

    done: str
    ahead: str
    free: str
    done_share: float
    ahead_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    weekday: str
    date: str
    sun: float
    capacity: Capacity
    running: Running | None
    folded: Folded | None
    timeline: Timeline
    replanning: Replanning | None
    overdue: int
    late: Sequence[Late]
    waiting: Sequence[Waiting]
    proof: str
    manual: bool
    empty: bool
    over: bool
    example: str

    @property
    def bare(self) -> bool:
        """Tell that nothing stands beside the day."""
        return not (self.running or self.replanning or self.overdue or self.late or self.waiting)


def only_today(words: Words, _week_start: int) -> tuple[date, ...]:
    return (words.today,)


def view_today(board: Board) -> TodayView:
    words = board.words
    weekday, day = long_day(words.today)
    now = board.ruler.minute_of(words.now, words.today)
    blocks = [b for b in blocks_on(board, words.today) if b.end > now and b.kind != "done"]
    start, end = _shown(board, blocks, now)
    waiting = view_waiting(board)
    return TodayView(
        weekday=weekday,
        date=day,
        sun=round(min(1.0, max(0.0, (now - SUNRISE) / DAYLIGHT)), 3),
        capacity=_capacity(board),
        running=view_running(board.running, words) if board.running else None,
        folded=_folded(board),
        timeline=draw(board, SCALE, start=start, end=end, past=False),
        replanning=view_replanning(board),
        overdue=board.overdue,
        late=view_late(board),
        waiting=waiting,
        proof=board.proof,
        manual=board.mode is PlanMode.MANUAL,
        empty=not board.tasks and not board.finished,
        over=not blocks,
        example=EXAMPLE,
    )


def _shown(board: Board, blocks: Sequence[Block], now: int) -> tuple[int, int]:
    """Return what to draw: from about now on; from the first thing if that is far away."""
    first, last = extent(board, blocks)
    start = max(first, (now - LEAD) // QUARTER * QUARTER, 0)
    tasks = [block for block in blocks if not block.is_event]
    start = min([start, *(block.start // QUARTER * QUARTER for block in tasks)])
    return start, min(board.ruler.length(board.words.today), max(last, start + 2 * HOUR))


def _folded(board: Board) -> Folded | None:
    if not board.finished:
        return None
    words, spans = board.words, [when_done(task) for task in board.finished]
    return Folded(
        done=[
            Done(task_id=task.id, title=task.title, span=words.span(span.start, span.end))
            for task, span in zip(board.finished, spans, strict=True)
        ],
        titles=", ".join(task.title for task in board.finished),
        span=words.span(min(s.start for s in spans), max(s.end for s in spans)),
    )


def _capacity(board: Board) -> Capacity:
    """Return what is done, what lies ahead, and what is left of the usual hours."""
    words, window = board.words, board.window
    coming = Interval(max(words.now, window.start), window.end)
    slots = [Interval(slot.start, slot.end).intersection(coming) for slot in board.slots]
    ahead = [part for part in slots if part]
    busy = [Interval(event.start, event.end) for event in board.view.busy]
    opened = [o.intersection(coming) for o in board.open_on(words.today)]
    free = _total(subtract([part for part in opened if part], [*busy, *ahead]))
    done = _worked(board)
    whole = max(done + _total(ahead) + free, timedelta(minutes=1))
    return Capacity(
        done=duration(done),
        ahead=duration(_total(ahead)),
        free=duration(free),
        done_share=round(100 * (done / whole), 1),
        ahead_share=round(100 * (_total(ahead) / whole), 1),
    )


def _worked(board: Board) -> timedelta:
    """Return the time worked today, and the length of what was ticked off without a clock."""
    window, now = board.window, board.words.now
    tasks: list[Task] = [*board.tasks.values(), *board.finished]
    parts = [
        Interval(one.start, one.end or now).intersection(window)
        for task in tasks
        for one in task.worked
        if (one.end or now) > one.start
    ]
    unclocked = sum((task.duration for task in board.finished if not task.worked), NOTHING)
    return _total([part for part in parts if part]) + unclocked


def _total(intervals: Sequence[Interval]) -> timedelta:
    return sum((interval.duration for interval in merge(intervals)), NOTHING)
