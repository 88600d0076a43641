"""Random but lifelike problems: meetings, work, errands, habits, chains, splits, pins."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from dayloom.planning.interval import Interval, subtract
from dayloom.planning.problem import GRID, Busy, Cap, Precedence, Preference, Problem, Task

ZONE = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 10, 19)  # the clocks change in the first week
DAY = timedelta(days=1)
WORKDAYS, WEEKEND, ALL = range(5), range(5, 7), range(7)

Rules = tuple[tuple[range, str, str], ...]

HOURS: dict[str, Rules] = {
    "work": ((WORKDAYS, "09:00", "12:30"), (WORKDAYS, "13:15", "18:00")),
    "personal": (
        (WORKDAYS, "07:00", "08:30"),
        (WORKDAYS, "18:30", "22:30"),
        (WEEKEND, "09:00", "22:00"),
    ),
    "errand": ((WORKDAYS, "12:30", "13:15"), (WORKDAYS, "17:00", "19:30")),
    "any": ((ALL, "07:00", "12:30"), (ALL, "13:15", "22:30")),
}
WINDOWS: dict[str, Rules] = {
    "early": ((ALL, "09:00", "11:00"),),
    "morning": ((ALL, "07:00", "12:30"),),
    "afternoon": ((ALL, "13:15", "18:00"),),
    "evening": ((ALL, "18:30", "22:30"),),
    "weekend": ((WEEKEND, "09:00", "22:00"),),
    "not friday": ((range(4), "09:00", "18:00"),),
}
LIKES: dict[str, tuple[str | None, ...]] = {
    "work": ("early", "morning", "afternoon", "not friday", None, None),
    "personal": ("evening", "weekend", "morning", None),
    "errand": ("afternoon", None, None),
    "any": ("morning", "evening", None, None),
}
WORTHS = tuple(timedelta(hours=hours) for hours in (4, 8, 16, 24))
LONGEST_STRETCH = {"work": 42, "personal": 48, "errand": 30, "any": 66}
WEIGHTS = (1, 1, 1, 2, 2, 3, 4, 6, 8, 12, 16)
LENGTHS = (3, 3, 6, 6, 6, 9, 12, 12, 12, 18, 24, 24, 36, 48, 72, 96)
FULLEST = 0.40  # share of all waking hours that events take at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How much there is to plan."""

    tasks: int
    events: int
    weeks: int
    load: float = 0.85  # share of the free working hours that the work tasks need
    seed: int = 1
    caps: bool = False
    buffer: timedelta = timedelta(0)


def make_problem(life: Life) -> Problem:
    """Return a random problem of this kind; the same life gives the same problem."""
    return _Maker(life).make()


def instants(rules: Rules, days: int) -> tuple[Interval, ...]:
    """Return the intervals of weekly rules over `days` from `MONDAY`, in local time."""
    return tuple(
        Interval(_local(k, start), _local(k, end))
        for k in range(days)
        for weekdays, start, end in rules
        if (MONDAY + k * DAY).weekday() in weekdays
    )


def _local(day: int, clock: str) -> datetime:
    return datetime.combine(MONDAY + day * DAY, time.fromisoformat(clock), ZONE)


class _Maker:
    def __init__(self, life: Life) -> None:
        self._life, self._random = life, Random(life.seed)
        self._count = life.weeks * 7
        self._days = tuple(
            Interval(_local(k, "00:00"), _local(k + 1, "00:00")) for k in range(self._count)
        )
        self._start = self._days[0].start
        self._steps = (self._days[-1].end - self._start) // GRID
        self._hours = {name: instants(rules, self._count) for name, rules in HOURS.items()}

    def make(self) -> Problem:
        events = self._events()
        free = subtract(self._hours["work"], events)
        steps = sum((interval.duration for interval in free), timedelta(0)) // GRID
        tasks = self._tasks(min(18.0, max(1.0, steps * self._life.load / 0.58 / self._life.tasks)))
        return Problem(
            now=self._start,
            horizon=Interval(self._start, self._days[-1].end),
            tasks=tuple(tasks),
            hours=self._hours,
            windows={name: instants(rules, self._count) for name, rules in WINDOWS.items()},
            days=self._days,
            busy=tuple(Busy(interval=event, event_id=k) for k, event in enumerate(events)),
            caps=(Cap(limits=(timedelta(hours=7),) * self._count),) if self._life.caps else (),
            buffer=self._life.buffer,
        )

    def _events(self) -> list[Interval]:
        """Return meetings, most in working hours; beyond `FULLEST` further ones are left out."""
        most = FULLEST * sum(i.duration.total_seconds() for i in self._hours["any"])
        kept: list[Interval] = []
        taken = 0.0
        for _ in range(self._life.events):
            event = self._event()
            new = subtract([event], kept) if len(kept) < 400 else [event]
            more = sum(interval.duration.total_seconds() for interval in new)
            if taken + more <= most:
                kept.append(event)
                taken += more
        return kept

    def _event(self) -> Interval:
        chance = self._random
        day = chance.randrange(self._count)
        office = day % 7 < 5 and chance.random() < 0.8
        hours = (9, 9.5, 10, 10, 11, 14, 14, 14.5, 15, 16) if office else (19, 20, 21, 11, 15)
        start = _local(day, "00:00") + timedelta(hours=chance.choice(hours))
        return Interval(start, start + chance.choice((3, 6, 6, 6, 9, 12, 12, 18)) * GRID)

    def _tasks(self, mean: float) -> list[Task]:
        scale = mean / (sum(LENGTHS) / len(LENGTHS))
        habits = max(2, self._life.tasks // 10) if self._life.tasks >= 20 else 0
        usual = self._life.tasks - habits
        tasks = [self._task(k, scale) for k in range(usual)]
        tasks = [self._chained(task, tasks) for task in tasks]
        return tasks + [self._habit(k) for k in range(usual, self._life.tasks)]

    def _task(self, k: int, scale: float) -> Task:
        chance = self._random
        name = chance.choices(("work", "personal", "errand", "any"), (58, 22, 8, 12))[0]
        steps = max(1, min(192, round(chance.choice(LENGTHS) * scale)))
        release = 0 if chance.random() < 0.65 else chance.randrange(int(self._steps * 0.6))
        due, deadline = self._dues(steps, release)
        task = Task(
            id=k,
            duration=steps * GRID,
            release=self._at(release or None),
            due=self._at(due),
            deadline=self._at(deadline),
            weight=WEIGHTS[min(10, max(0, int(chance.gauss(5, 2.3))))],
            hours=name,
            preferred=self._likes(name),
        )
        return self._split(task, steps)

    def _at(self, step: int | None) -> datetime | None:
        return None if step is None else self._start + step * GRID

    def _dues(self, steps: int, release: int) -> tuple[int | None, int | None]:
        chance, span = self._random, self._steps - release
        kind = chance.random()
        due = deadline = None
        if kind < 0.45:
            due = release + max(int(steps * 1.5) + 96, int(span * chance.betavariate(1.3, 2.2)))
        if 0.30 < kind < 0.55:
            late = release + max(steps * 2 + 288, int(span * chance.betavariate(1.5, 1.8)))
            deadline = min(self._steps, max(late, due or 0))
        return due, deadline

    def _likes(self, name: str) -> tuple[Preference, ...]:
        window = self._random.choice(LIKES[name])
        worth = self._random.choice(WORTHS)
        return (Preference(window=window, worth=worth),) if window else ()

    def _split(self, task: Task, steps: int) -> Task:
        if steps <= LONGEST_STRETCH[task.hours] and not (
            steps >= 24 and self._random.random() < 0.3
        ):
            return task
        least, most = (6 if steps <= 48 else 9), (24 if steps <= 72 else 36)
        return replace(task, min_chunk=least * GRID, max_chunk=most * GRID)

    def _chained(self, task: Task, tasks: list[Task]) -> Task:
        """Let some tasks wait for one shortly before them in the list."""
        if task.id == 0 or self._random.random() >= 0.12:
            return task
        before = tasks[self._random.randrange(max(0, task.id - 8), task.id)]
        if (before.release or self._start) > (task.release or self._start) + 7 * DAY:
            return task
        return replace(task, after=(Precedence(task_id=before.id),))

    def _habit(self, k: int) -> Task:
        chance = self._random
        first = chance.randrange(self._count if self._life.tasks >= 100 else min(14, self._count))
        length = chance.choice((1, 1, 2, 7))
        name = chance.choice(("personal", "any", "work"))
        return Task(
            id=k,
            duration=chance.choice((3, 6, 6, 9, 12)) * GRID,
            release=self._days[first].start,
            deadline=self._days[min(first + length, self._count) - 1].end,
            weight=chance.choice((1, 2, 3)),
            hours=name,
            preferred=self._likes(name),
            asap=False,
        )
