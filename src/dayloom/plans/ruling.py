"""How an account's rules reach its tasks: hours of their own, liked times, and limits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from dayloom.language.wishes import Wish, WishKind, matches
from dayloom.planning.availability import WeeklyHours
from dayloom.preferences.hours import to_weekly_hours
from dayloom.preferences.models import HourMap
from dayloom.preferences.rules_week import (
    Week,
    holds,
    minutes_of,
    times_of,
    to_week,
    to_weekly,
    within,
)
from dayloom.preferences.rules_words import say_days, say_times
from dayloom.preferences.ruling import Heard, Ruling


class Named(Protocol):
    """What of a task, or of a row of a query, tells its kind."""

    @property
    def title(self) -> str: ...
    @property
    def tags(self) -> list[str]: ...
    @property
    def preferred(self) -> list[dict[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Liking:
    """Times that a kind of task likes, by the name under which a plan speaks of them."""

    name: str
    week: Week
    by_days: bool

    @property
    def weekly(self) -> WeeklyHours:
        return to_weekly_hours(to_weekly(self.week), {})


@dataclass(frozen=True, slots=True)
class TaskRules:
    """The enabled rules, asked for single tasks; hours for kinds of tasks are derived once."""

    ruling: Ruling = field(default_factory=Ruling)
    derived: dict[tuple[str, frozenset[str]], HourMap] = field(default_factory=dict)

    def subjects(self, task: Named) -> frozenset[str]:
        """Return the kinds with times or limits of their own that a task is of."""
        return frozenset(one for one in self.ruling.special if _is(task, one))

    def likings(self, task: Named) -> tuple[Liking, ...]:
        """Return the times that a task likes by its kind; its own words count before them."""
        if task.preferred:
            return ()
        return tuple(
            Liking(_name(one), times_of([one.wish]), bool(one.wish.days))
            for one in self.ruling.of_kind(WishKind.PREFER)
            if _is(task, one.wish.subject)
        )

    def special(self, hour_map: HourMap, subjects: frozenset[str]) -> HourMap:
        """Return the hours for tasks of these kinds, under a name of their own."""
        if not subjects:
            return hour_map
        key = (hour_map.name, subjects)
        if key not in self.derived:
            self.derived[key] = self.ruling.narrowed(hour_map, subjects)
        return self.derived[key]

    def names(self, *, hour_map: str = "", subject: str = "") -> tuple[str, ...]:
        """Return the names of the derived hours that are of these hours, or for this kind."""
        return tuple(
            made.name
            for (base, subjects), made in self.derived.items()
            if hour_map in ("", base) and (not subject or subject in subjects)
        )

    def closed_by(self, task: Named, hour_map: str, local: datetime) -> str:
        """Return the sentence that keeps a task from that moment, empty without one."""
        for one in self.ruling.closing(hour_map, self.subjects(task)):
            if holds(times_of([one.wish]), local.weekday(), local.hour * 60 + local.minute):
                return one.sentence
        return ""


def opens(hour_map: HourMap, likings: Sequence[Liking]) -> bool:
    """Tell whether the hours are ever open at a liked time."""
    week = to_week(hour_map.weekly)
    return any(minutes_of(within(week, liking.week)) for liking in likings)


def count_of(subject: str, tasks: Iterable[Named]) -> int:
    """Return how many of the tasks are of a kind."""
    return sum(_is(task, subject) for task in tasks)


def _is(task: Named, subject: str) -> bool:
    return matches(subject, title=task.title or "", tags=task.tags or ())


def _name(one: Heard) -> str:
    return f"{_say(one.wish)} (“{one.sentence.rstrip(' .!;')}”)"


def _say(wish: Wish) -> str:
    return " ".join(part for part in (say_times(wish), say_days(wish.days)) if part)
