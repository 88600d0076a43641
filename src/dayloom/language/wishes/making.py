"""From what is said to wishes: each way of saying has a maker, which may still refuse."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dayloom.language.rules.clock import DAY, NOON
from dayloom.language.wishes.skeleton import Skeleton
from dayloom.language.wishes.subjects import is_activity, is_rest, subjects_in
from dayloom.language.wishes.when import When, Window, outside
from dayloom.language.wishes.wish import EVERY_DAY, Wish, WishKind

WORK = "work"
USUAL = ("usual",)
SHORTEST_LIMIT, LONGEST_LIMIT = 30, DAY
LONGEST_BUFFER = 120
LONGEST_ROUTINE, SHORTEST_ROUTINE = 8 * 60, 5
WORKING_DAY = 4 * 60  # so long at least are hours that nothing else calls hours
HABIT_WINDOW = 4 * 60


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence in the form in which a maker takes it."""

    words: re.Match[str]
    skeleton: Skeleton
    hour_maps: Sequence[str]

    @property
    def whens(self) -> tuple[When, ...]:
        return self.skeleton.whens

    def named(self, group: str) -> str:
        return self.words.groupdict().get(group) or ""

    def work(self) -> str:
        return WORK if WORK in self.hour_maps else ""

    def hours(self) -> str | None:
        """Return the hours that are named, those of work without a name; None if unknown."""
        name = self.named("map")
        if name in USUAL:
            return ""
        return name if name in self.hour_maps else (None if name else self.work())

    def subjects(self) -> Iterator[tuple[str, str]]:
        """Yield the kinds of tasks and the hours that are meant, of which one is empty."""
        for subject in subjects_in(self.named("subject")):
            name = subject.removesuffix(" tasks").removesuffix(" stuff")
            yield ("", name) if name in self.hour_maps else (subject, "")


Maker = Callable[[Saying], Iterator[Wish]]


def clock(minutes: int | None) -> str | None:
    return None if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"


def _windows(when: When) -> tuple[Window | None, ...]:
    return when.windows or (None,)


def _wish(kind: WishKind, days: tuple[int, ...], window: Window | None, **more: object) -> Wish:
    start, end = window or (None, None)
    if (start, end) == (0, DAY):
        start = end = None
    return Wish(kind=kind, days=days, start=clock(start), end=clock(end), **more)  # type: ignore[arg-type]


def _hours(saying: Saying) -> Iterator[Wish]:
    """Read the hours, and after "except" those of single days, or days off."""
    groups = saying.skeleton.groups
    hour_map = saying.hours()
    main, others = groups[0], groups[1] if len(groups) > 1 else ()
    if hour_map is None or any(when.at is not None for when in main):
        return
    bare = saying.skeleton.text.startswith("WHEN")
    if all(when.named for when in main) and not others:
        yield from _closed_outside(main, hour_map)
    elif not bare or all(map(_is_long, main)):
        whole = not saying.skeleton.adds and not bare and _is_week(main)
        yield from _open(main, others, hour_map=hour_map, whole=whole)
        yield from _excepted(others, hour_map)


def _open(
    groups: Sequence[When], others: Sequence[When], *, hour_map: str, whole: bool
) -> Iterator[Wish]:
    apart = {day for when in others for day in when.days}
    for when in groups:
        days = tuple(day for day in when.days if day not in apart)
        for window in _windows(when):
            yield _wish(WishKind.HOURS, days, window, hour_map=hour_map, days_off=whole)


def _excepted(groups: Sequence[When], hour_map: str) -> Iterator[Wish]:
    for when in groups:
        if not when.timed:
            yield _wish(WishKind.NO_GO, when.days, None, hour_map=hour_map)
        for window in when.windows:
            yield _wish(WishKind.HOURS, when.days, window, hour_map=hour_map)


def _closed_outside(groups: Sequence[When], hour_map: str) -> Iterator[Wish]:
    for when in groups:
        for days, window in outside(when):
            yield _wish(WishKind.NO_GO, days, window, hour_map=hour_map)


def _is_long(when: When) -> bool:
    return bool(when.windows) and all(
        start is not None and end is not None and end - start >= WORKING_DAY
        for start, end in when.windows
    )


def _is_week(groups: Sequence[When]) -> bool:
    """Do they say the whole week, so that the other days are free?"""
    sides = [side for when in groups for window in when.windows for side in window]
    return None not in sides and any(len(when.days) > 1 for when in groups)


def _day_hours(saying: Saying) -> Iterator[Wish]:
    days, times = saying.whens[0], saying.whens[-1]
    if len(saying.whens) == 2 and days.days and not days.timed and not times.days:
        for window in times.windows:
            yield _wish(WishKind.HOURS, days.days, window, hour_map=saying.work())


def _begin(saying: Saying) -> Iterator[Wish]:
    first, *rest = saying.whens
    start, end = _moment(first), _evening(rest[0]) if rest else None
    hour_map = saying.hours()
    if hour_map is None or start is None or len(rest) > 1 or (end is None) != (not rest):
        return
    yield _wish(WishKind.HOURS, first.days, (start, end), hour_map=hour_map)


def _finish(saying: Saying) -> Iterator[Wish]:
    when = saying.whens[0]
    end, hour_map = _evening(when), saying.hours()
    if end is not None and hour_map is not None and len(saying.whens) == 1:
        yield _wish(WishKind.HOURS, when.days, (None, end), hour_map=hour_map)


def _moment(when: When) -> int | None:
    if when.at is not None:
        return when.at
    return when.windows[0][0] if when.windows else None


def _evening(when: When) -> int | None:
    if when.at is None:
        return None
    return when.at + NOON if when.at <= NOON - 3 * 60 else when.at


def _no_work(saying: Saying) -> Iterator[Wish]:
    yield from _closed(saying.whens, hour_map=saying.work())


def _closed(whens: Sequence[When], *, subject: str = "", hour_map: str = "") -> Iterator[Wish]:
    if any(when.at is not None for when in whens):
        return
    for when in whens:
        for window in _windows(when):
            start, end = window or (0, DAY)
            whole = (start or 0, DAY if end is None else end)
            yield _wish(WishKind.NO_GO, when.days, whole, subject=subject, hour_map=hour_map)


def _no_go(saying: Saying) -> Iterator[Wish]:
    if saying.named("rest") and not is_rest(saying.named("rest")):
        return
    if not saying.named("subject"):
        yield from _closed(saying.whens)
        return
    for subject, hour_map in saying.subjects():
        yield from _closed(saying.whens, subject=subject, hour_map=hour_map)


def _rest(saying: Saying) -> Iterator[Wish]:
    """Read when lunch is: a stretch, or a time and how long it takes."""
    (when, *more), lengths = saying.whens, saying.skeleton.lengths
    if when.at is not None and len(lengths) == 1 and not more:
        window = (when.at, min(when.at + lengths[0], DAY))
        yield _wish(WishKind.NO_GO, when.days, window)
    elif when.windows and not lengths:
        yield from _closed(saying.whens)


def _only(saying: Saying) -> Iterator[Wish]:
    for subject, hour_map in saying.subjects():
        if not subject and not hour_map:
            return
        for when in saying.whens:
            for days, window in outside(when):
                yield _wish(WishKind.NO_GO, days, window, subject=subject, hour_map=hour_map)


def _prefer(saying: Saying) -> Iterator[Wish]:
    for subject, hour_map in saying.subjects():
        for when in saying.whens:
            if when.at is not None:
                return
            for window in _windows(when):
                start, end = window or (0, DAY)
                whole = (start or 0, DAY if end is None else end)
                kind = subject or ("" if hour_map == WORK else hour_map)
                yield _wish(WishKind.PREFER, when.days, whole, subject=kind)


def _bare(saying: Saying) -> Iterator[Wish]:
    """Read "calls in the afternoon": only where the words can be nothing else."""
    said = subjects_in(saying.named("subject"))
    if said and all(map(is_activity, said)):
        yield from _prefer(saying)


def _buffer(saying: Saying) -> Iterator[Wish]:
    minutes = -(-saying.skeleton.lengths[0] // 5) * 5
    if 0 < minutes <= LONGEST_BUFFER:
        around = bool(saying.named("events"))
        yield Wish(kind=WishKind.BUFFER, minutes=minutes, around_events=around)


def _limit(saying: Saying) -> Iterator[Wish]:
    minutes = -(-saying.skeleton.lengths[0] // 5) * 5
    if not SHORTEST_LIMIT <= minutes <= LONGEST_LIMIT:
        return
    if any(when.timed or not when.days for when in saying.whens):
        return
    days = tuple(sorted({day for when in saying.whens for day in when.days}))
    days = () if days == EVERY_DAY else days
    named = list(saying.subjects()) if saying.named("subject") else [("", "")]
    for subject, hour_map in named:
        of = hour_map or (saying.work() if saying.named("verb") == WORK and not subject else "")
        yield Wish(
            kind=WishKind.DAILY_LIMIT, days=days, minutes=minutes, subject=subject, hour_map=of
        )


def _routine(saying: Saying) -> Iterator[Wish]:
    """Read a habit: so often a week, or on days that come again, with a time or a length."""
    subjects = subjects_in(saying.named("subject"))
    skeleton, when = saying.skeleton, When()
    if len(saying.whens) == 1:
        when = saying.whens[0]
    if len(subjects) != 1 or not subjects[0] or len(saying.whens) > 1:
        return
    if not _is_habit(saying, when) or max(map(len, (skeleton.times, skeleton.lengths))) > 1:
        return
    habit = _habit(when, skeleton)
    if habit is not None and subjects[0] != WORK:
        title = subjects[0][:1].upper() + subjects[0][1:]
        yield Wish(kind=WishKind.ROUTINE, subject=title, **habit)  # type: ignore[arg-type]


def _is_habit(saying: Saying, when: When) -> bool:
    if saying.skeleton.times:
        return len(when.windows) < 2
    fixed = when.at is not None or any(_is_short(window) for window in when.windows)
    sure = bool(saying.named("me")) or is_activity(saying.named("subject"))
    return when.often and sure and (fixed or bool(saying.skeleton.lengths))


def _is_short(window: Window) -> bool:
    start, end = window
    return start is not None and end is not None and 0 < end - start <= HABIT_WINDOW


def _habit(when: When, skeleton: Skeleton) -> Mapping[str, object] | None:
    """Return when and how long, None for what no day has room for."""
    start, end = when.windows[0] if when.windows else (None, None)
    minutes = skeleton.lengths[0] if skeleton.lengths else None
    if when.at is not None:
        start, end = when.at, None
    elif (
        start is not None
        and end is not None
        and not when.named
        and not (skeleton.times or skeleton.lengths)
    ):
        minutes, end = end - start, None
    if minutes is not None and not SHORTEST_ROUTINE <= minutes <= LONGEST_ROUTINE:
        return None
    return {
        "days": when.days,
        "start": clock(start),
        "end": clock(end),
        "minutes": None if minutes is None else -(-minutes // 5) * 5,
        "times_per_week": skeleton.times[0] if skeleton.times else None,
    }


MAKERS: Mapping[str, Maker] = {
    "hours": _hours,
    "day_hours": _day_hours,
    "begin": _begin,
    "finish": _finish,
    "no_work": _no_work,
    "rest": _rest,
    "no_go": _no_go,
    "only": _only,
    "prefer": _prefer,
    "buffer": _buffer,
    "limit": _limit,
    "routine": _routine,
    "bare": _bare,
}
