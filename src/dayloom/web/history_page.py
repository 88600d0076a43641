"""The days of a week that were, and one of them opened: planned beside worked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dayloom.i18n.dates import span_of_days
from dayloom.insights.days import Day
from dayloom.insights.pieces import ONE_DAY, Finished, Piece
from dayloom.web.blocks import Block, minutes_on
from dayloom.web.insight_charts import UNKNOWN, say_day, say_planned
from dayloom.web.ruler import Ruler
from dayloom.web.timeline import HOUR, Scale, Tick, side_by_side
from dayloom.web.week_span import WEEK_DAYS, week_of
from dayloom.web.words import DAY_MINUTES, MINUTE, Words, duration, long_day

URL = "/history"
SCALE = Scale(view="history", label="", pixels=1.6, shortest=27)
MORNING, EVENING = 9 * HOUR, 17 * HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One day; the shares are per cent of the fullest day of the week."""

    url: str
    name: str
    open: bool
    planned: str
    worked: str
    done: str
    worked_share: float
    missed_share: float
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One column of a day: what was planned, or what was worked."""

    iso: str
    title: str
    amount: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """A task that was completed without a clock."""

    task_id: int
    title: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One day between two minutes of its clock; `after` is empty today."""

    label: str
    before: str
    after: str
    start: int
    end: int
    scale: float
    ticks: Sequence[Tick]
    sides: tuple[Side, Side]
    ticked: tuple[Ticked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """A week, its newest day first; `after` is empty in the present one."""

    dates: str
    before: str
    after: str
    rows: tuple[Row, ...]
    empty: bool
    opened: Opened | None


def days_of(day: date | None, words: Words, week_start: int) -> list[date]:
    """Return the days up to today of the week around a day, or of the present one."""
    today = words.today
    return [one for one in week_of(min(day or today, today), week_start) if one <= today]


def view_history(days: Sequence[Day], chosen: date | None, words: Words) -> HistoryView:
    """Show these days, newest first, and the chosen one opened, or else the newest with work."""
    first = days[-1].on
    after = first + WEEK_DAYS * ONE_DAY
    full = next((day for day in days if not day.empty), None)
    opened = next((day for day in days if day.on == chosen), full)
    most = max([max(day.planned_for or MINUTE, day.worked_for) for day in days])
    return HistoryView(
        dates=span_of_days(first, first + (WEEK_DAYS - 1) * ONE_DAY),
        before=f"{URL}?on={first - ONE_DAY}",
        after=f"{URL}?on={after}" if after <= words.today else "",
        rows=tuple(_row(day, most=most, opened=day is opened) for day in days),
        empty=full is None,
        opened=_opened(opened, words) if opened else None,
    )


def _row(day: Day, *, most: timedelta, opened: bool) -> Row:
    planned, worked = say_planned(day), duration(day.worked_for)
    missed = max((day.planned_for or day.worked_for) - day.worked_for, timedelta(0))
    return Row(
        url=f"{_url(day.on)}#opened",
        name=say_day(day.on),
        open=opened,
        planned=planned,
        worked=worked,
        done=str(len(day.done) or ""),
        worked_share=round(100 * (day.worked_for / most), 1),
        missed_share=round(100 * (missed / most), 1),
        told=f"{worked} worked, {planned} planned",
    )


def _opened(day: Day, words: Words) -> Opened:
    done = {task.task_id for task in day.done}
    planned = _blocks("planned", day.planned, day.on, words, done=frozenset())
    worked = _blocks("worked", day.worked, day.on, words, done=frozenset(done))
    start, end = _extent([*planned, *worked])
    weekday, name = long_day(day.on)
    iso = day.on.isoformat()
    known = day.planned_for is not None
    return Opened(
        label=f"{weekday}, {name}",
        before=f"{_url(day.on - ONE_DAY)}#opened",
        after=f"{_url(day.on + ONE_DAY)}#opened" if day.on < words.today else "",
        start=start,
        end=end,
        scale=SCALE.pixels,
        ticks=[
            Tick(minute=minute, label=Ruler(words, alone=True).label(day.on, minute))
            for minute in range(start, end, HOUR)
        ],
        sides=(
            Side(
                iso=iso,
                title="Planned",
                amount=say_planned(day) if known else f"{UNKNOWN} of this day",
                blocks=planned,
            ),
            Side(iso=iso, title="Worked", amount=duration(day.worked_for), blocks=worked),
        ),
        ticked=tuple(_ticked(task, words) for task in day.ticked),
    )


def _blocks(
    key: str, pieces: Sequence[Piece], day: date, words: Words, *, done: frozenset[int]
) -> list[Block]:
    found, ruler = [], Ruler(words, alone=True)
    for n, piece in enumerate(pieces):
        start, end = piece.interval.start, piece.interval.end
        minutes = minutes_on(ruler, start, end, day) or (ruler.minute_of(start, day), 1)
        found.append(
            Block(
                key=f"{key}-{n}",
                kind="done" if piece.task_id in done else "soft",
                title=piece.title,
                start=minutes[0],
                length=minutes[1],
                span=words.span(start, end),
                taking=duration(end - start),
                task_id=piece.task_id,
            )
        )
    return side_by_side(found, SCALE)


def _extent(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the full hours that hold everything, and the middle of the day."""
    first = min([MORNING, *(block.start for block in blocks)])
    last = max([EVENING, *(block.end for block in blocks)])
    return first // HOUR * HOUR, min(DAY_MINUTES, -(-last // HOUR) * HOUR)


def _ticked(task: Finished, words: Words) -> Ticked:
    return Ticked(task_id=task.task_id, title=task.title, when=words.clock.time(task.at))


def _url(day: date) -> str:
    return f"{URL}?day={day}"
