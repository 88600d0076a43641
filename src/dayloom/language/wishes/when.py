"""Days and times that stand together, as in "Mon–Thu 9 to 17 and Fri 9 to 15"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dayloom.language.rules.clock import DAY
from dayloom.language.wishes.facts import At, Days, Fact, Stretch
from dayloom.language.wishes.wish import EVERY_DAY

Window = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Some days, and times of them; none of either means all. `days_first` as in "Mon 9–17"."""

    days: tuple[int, ...] = ()
    often: bool = False
    stretches: tuple[Stretch, ...] = ()
    at: int | None = None
    days_first: bool = False

    @property
    def timed(self) -> bool:
        return bool(self.stretches) or self.at is not None

    @property
    def windows(self) -> tuple[Window, ...]:
        """Return the times: said sharply they count before a part of the day by its name."""
        sharp = [one for one in self.stretches if not one.named]
        if sharp and len(sharp) < len(self.stretches):
            return _joined(sharp)
        return _joined(self.stretches)

    @property
    def named(self) -> bool:
        return bool(self.stretches) and all(one.named for one in self.stretches)


def gathered(facts: Sequence[Fact]) -> tuple[When, ...]:
    """Return the groups of days and times, in the order in which they are said."""
    return tuple(_groups(facts))


def _groups(facts: Sequence[Fact]) -> Iterator[When]:
    when, last = When(), None
    for fact in facts:
        if _begins(when, fact, last):
            yield when
            when = When()
        when, last = _with(when, fact), fact
    yield when


def _begins(when: When, fact: Fact, last: Fact | None) -> bool:
    """Does the fact begin a group: a second pair of days and times?"""
    if not (when.days and when.timed):
        return False
    if isinstance(fact, Days):
        return True
    return not when.days_first and isinstance(last, Days)


def _with(when: When, fact: Fact) -> When:
    match fact:
        case Days(days, often):
            first = when.days_first or not when.timed
            together = tuple(sorted({*when.days, *days}))
            return replace(when, days=together, often=when.often or often, days_first=first)
        case Stretch(daily=daily):
            if daily:
                when = replace(when, days=when.days or EVERY_DAY, often=True)
            return replace(when, stretches=(*when.stretches, fact))
        case At(minutes):
            return replace(when, at=minutes)
    return when


def _joined(stretches: Sequence[Stretch]) -> tuple[Window, ...]:
    """Return the windows, "from 9" and "until 17" made one."""
    windows: list[Window] = []
    for one in stretches:
        if windows and one.start is None and windows[-1][1] is None:
            windows[-1] = (windows[-1][0], one.end)
        else:
            windows.append((one.start, one.end))
    return tuple(windows)


def outside(when: When) -> Iterator[tuple[tuple[int, ...], Window | None]]:
    """Yield all other times: those of the same days, then the other days as a whole."""
    last = 0
    for start, end in sorted((start or 0, end or DAY) for start, end in when.windows):
        if start > last:
            yield when.days, (last, start)
        last = max(last, end)
    if when.windows and last < DAY:
        yield when.days, (last, DAY)
    others = tuple(day for day in EVERY_DAY if day not in when.days)
    if when.days and others:
        yield others, None
