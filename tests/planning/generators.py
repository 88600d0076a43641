"""Random problems with every feature mixed, from a seed alone or as a Hypothesis strategy.

There is one generator, fed by a `Random`: bench and seeded tests give it a seeded one, Hypothesis
its own, which it can shrink.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from dayloom.planning.availability import WeeklyHours, local_days, open_intervals
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.planning.problem import (
    GRID,
    Busy,
    Cap,
    Precedence,
    Preference,
    Previous,
    Problem,
    Task,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NONE = timedelta(0)

# Zones and days on which clocks change: by an hour, half an hour, two hours, at midnight, in May.
CHANGES = (
    ("UTC", date(2026, 11, 23)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/Havana", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Antarctica/Troll", date(2026, 3, 29)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Africa/Cairo", date(2026, 4, 24)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Pacific/Chatham", date(2026, 9, 27)),
    ("Asia/Kathmandu", date(2026, 6, 15)),
)
BUFFERS = (0, 0, 0, 5, 10, 15, 30, 7)
LENGTHS = (1, 1, 2, 3, 3, 6, 6, 6, 9, 12, 12, 18, 24, 36, 48, 96)
MAPS = ("work", "personal", "night", "odd")

problems = st.randoms(use_true_random=False).map(lambda chance: random_problem(chance))


def seeded_problem(seed: int) -> Problem:
    """Return the random problem number `seed`, the same on every machine."""
    return random_problem(Random(seed))


def random_problem(chance: Random) -> Problem:
    """Return a problem that may be easy, overloaded or absurd, but never invalid."""
    return _Maker(chance).make()


def next_morning(problem: Problem, plan: Plan, chance: Random) -> Problem:
    """Return the problem some time later: `plan` was seen, the past is gone, a meeting came."""
    now = problem.now + chance.randrange(1, 24 * 60) * MINUTE
    kept = {id_: pieces for id_, pieces in plan.by_task().items() if pieces[0].start >= now}
    tasks = tuple(task for task in problem.tasks if task.id in kept or not task.pinned)
    ids = {task.id for task in tasks}
    meeting = Interval(now + HOUR, now + chance.randrange(1, 6) * HOUR)
    return Problem(
        now=now,
        horizon=Interval(now, max(now, problem.horizon.end)),
        tasks=tuple(_without(task, ids) for task in tasks),
        hours=problem.hours,
        windows=problem.windows,
        days=problem.days,
        busy=(*problem.busy, Busy(interval=meeting, event_id=999)),
        buffer=problem.buffer,
        event_buffer=problem.event_buffer,
        caps=problem.caps,
        previous=tuple(
            Previous(task_id=id_, intervals=pieces, seen=chance.random() < 0.8)
            for id_, pieces in kept.items()
            if id_ in ids
        ),
        frozen_until=now + chance.randrange(0, 48) * HOUR,
    )


def _without(task: Task, ids: set[int]) -> Task:
    after = tuple(link for link in task.after if link.task_id in ids)
    return Task(**{name: getattr(task, name) for name in task.__slots__} | {"after": after})


@dataclass(frozen=True, slots=True)
class _Shape:
    """How large and how full one problem is."""

    days: int
    tasks: int
    events: int


class _Maker:
    def __init__(self, chance: Random) -> None:
        self._chance = chance
        zone, change = chance.choice(CHANGES)
        self._zone = ZoneInfo(zone)
        self._shape = chance.choice(
            (_Shape(1, 4, 2), _Shape(3, 9, 6), _Shape(7, 14, 12), _Shape(12, 24, 20))
        )
        start = datetime.combine(change, datetime.min.time(), self._zone).astimezone(UTC)
        self._now = start + chance.randrange(-36 * 60, 12 * 60) * MINUTE
        self._now += timedelta(seconds=chance.choice((0, 0, 17)))
        self._end = self._now + self._shape.days * DAY + chance.randrange(0, 7) * MINUTE
        self._horizon = Interval(self._now - chance.choice((0, 0, 90)) * MINUTE, self._end)

    def make(self) -> Problem:
        chance = self._chance
        hours = {name: self._open() for name in MAPS[: chance.randrange(1, len(MAPS) + 1)]}
        windows = {name: self._open() for name in ("morning", "evening")[: chance.randrange(3)]}
        days = local_days(self._zone, self._horizon)
        tasks: list[Task] = []
        for id_ in range(1, chance.randrange(self._shape.tasks + 1) + 1):
            tasks.append(self._task(id_, tasks, tuple(hours), tuple(windows)))
        chance.shuffle(tasks)
        return Problem(
            now=self._now,
            horizon=self._horizon,
            tasks=tuple(tasks),
            hours=hours,
            windows=windows,
            days=days,
            busy=tuple(self._busy(k) for k in range(chance.randrange(self._shape.events + 1))),
            buffer=chance.choice(BUFFERS) * MINUTE,
            event_buffer=chance.choice(BUFFERS) * MINUTE,
            caps=tuple(self._caps(tuple(hours), len(days))),
            previous=tuple(self._previous(t) for t in tasks if chance.random() < 0.3),
            frozen_until=self._moment() if chance.random() < 0.4 else None,
        )

    def _open(self) -> tuple[Interval, ...]:
        chance = self._chance
        week = [self._spans() if chance.random() < 0.85 else () for _ in range(7)]
        found = open_intervals(WeeklyHours(weekly=tuple(week)), self._zone, self._horizon)
        if chance.random() < 0.1:  # two halves that touch count as one
            found = tuple(half for whole in found for half in _halves(whole))
        return found

    def _spans(self) -> tuple[tuple[int, int], ...]:
        """Return the open spans of a day: office hours, a night, all day, or odd minutes."""
        kind = self._chance.randrange(5)
        if kind == 0:
            return ((0, 1440),)
        if kind == 1:
            return ((22 * 60, 2 * 60),)
        if kind == 2:
            start = self._chance.randrange(0, 20 * 60)
            return ((start, start + self._chance.randrange(1, 200)),)
        return ((9 * 60, 12 * 60 + 30), (13 * 60 + 15, 18 * 60))

    def _moment(self) -> datetime:
        """Return a moment in or near the horizon, on the grid or not."""
        length = (self._end - self._now) // MINUTE
        at = self._now + self._chance.randrange(-60, length + 60) * MINUTE
        if self._chance.random() < 0.6:
            at -= (at - datetime(1970, 1, 1, tzinfo=UTC)) % GRID
        return at

    def _busy(self, event_id: int) -> Busy:
        start = self._moment()
        length = self._chance.choice((0, 5, 15, 25, 30, 30, 45, 60, 60, 90, 120, 480, 1440))
        return Busy(interval=Interval(start, start + length * MINUTE), event_id=event_id)

    def _task(
        self, id_: int, before: Sequence[Task], hours: Sequence[str], windows: Sequence[str]
    ) -> Task:
        chance = self._chance
        duration = chance.choice(LENGTHS) * GRID
        chunks = self._chunks(duration) if chance.random() < 0.3 else (None, None)
        pinned, running = self._pinned(duration, before)
        return Task(
            id=id_,
            duration=duration,
            release=self._moment() if chance.random() < 0.3 else None,
            due=self._moment() if chance.random() < 0.3 else None,
            deadline=self._moment() if chance.random() < 0.35 else None,
            weight=chance.choice((1, 1, 2, 3, 6, 16)),
            after=tuple(self._after(before)),
            min_chunk=chunks[0],
            max_chunk=chunks[1],
            hours=chance.choice(hours),
            preferred=self._preferred(windows),
            pinned=pinned,
            running=running,
            asap=chance.random() < 0.8,
        )

    def _chunks(self, duration: timedelta) -> tuple[timedelta, timedelta]:
        """Return sizes of pieces into which the duration can be cut."""
        steps = duration // GRID
        least = self._chance.randrange(1, min(steps, 12) + 1)
        most = self._chance.randrange(least, max(least, min(steps, 36)) + 1)
        if -(-steps // most) * least > steps:
            least = 1
        return least * GRID, most * GRID

    def _pinned(
        self, duration: timedelta, before: Sequence[Task]
    ) -> tuple[tuple[Interval, ...], bool]:
        """Return where the person put it, and whether it runs; mostly neither."""
        kind = self._chance.random()
        if kind < 0.85:
            return (), False
        if kind < 0.88 and not any(task.running for task in before):
            start = self._now - (self._now - datetime(1970, 1, 1, tzinfo=UTC)) % GRID
            return (Interval(start, start + duration),), True
        start = self._moment()
        first = duration if kind < 0.96 else self._chance.randrange(1, 5) * MINUTE
        again = start + first + self._chance.randrange(0, 300) * MINUTE
        pieces = (Interval(start, start + first), Interval(again, again + duration - first))
        return tuple(piece for piece in pieces if piece.duration), False

    def _after(self, before: Sequence[Task]) -> list[Precedence]:
        chance = self._chance
        if not before or chance.random() > 0.25:
            return []
        chosen = chance.sample(list(before), min(len(before), chance.choice((1, 1, 2))))
        gaps = (NONE, NONE, GRID, HOUR, 10 * HOUR)
        return [Precedence(task_id=task.id, gap=chance.choice(gaps)) for task in chosen]

    def _preferred(self, windows: Sequence[str]) -> tuple[Preference, ...]:
        return tuple(
            Preference(window=window, worth=self._chance.choice((1, 8, 24)) * HOUR)
            for window in windows
            if self._chance.random() < 0.4
        )

    def _caps(self, hours: Sequence[str], days: int) -> list[Cap]:
        kinds = [name for name in (None, *hours) if self._chance.random() < 0.2]
        return [
            Cap(
                limits=tuple(
                    self._chance.choice((0, 22, 60, 240, 480)) * MINUTE for _ in range(days)
                ),
                hours=name,
                also=tuple(hours[-1:]) if name is not None and days % 2 else (),
            )
            for name in kinds
        ]

    def _previous(self, task: Task) -> Previous:
        """Return an earlier place, which may be impossible today or not even fit its length."""
        start = self._moment()
        length = task.duration if self._chance.random() < 0.8 else HOUR
        half = length // GRID // 2 * GRID
        pieces: tuple[Interval, ...] = (Interval(start, start + length),)
        if half and task.min_chunk and self._chance.random() < 0.5:
            pieces = (
                Interval(start, start + half),
                Interval(start + half + HOUR, start + length + HOUR),
            )
        return Previous(task_id=task.id, intervals=pieces, seen=self._chance.random() < 0.7)


def _halves(whole: Interval) -> tuple[Interval, Interval]:
    middle = whole.start + whole.duration / 2
    return Interval(whole.start, middle), Interval(middle, whole.end)
