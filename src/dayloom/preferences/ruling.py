"""What the enabled rules make of hours, pauses and limits: the one place that knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dayloom.language.wishes import Wish, WishKind
from dayloom.preferences.models import HourMap, PlanRule, RuleKind
from dayloom.preferences.rules_values import wish_of
from dayloom.preferences.rules_week import (
    Week,
    cut_dates,
    shaped,
    times_of,
    to_week,
    to_weekly,
    without,
)

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Heard:
    """A wish with the rule that holds it and the words that it came from."""

    id: int
    wish: Wish
    sentence: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """The enabled rules of one account."""

    heard: tuple[Heard, ...] = ()

    @classmethod
    def of(cls, rules: Iterable[PlanRule]) -> "Ruling":
        return cls(
            tuple(
                Heard(rule.id, wish_of(rule), rule.sentence)
                for rule in rules
                if rule.enabled and rule.kind is not RuleKind.NOT_UNDERSTOOD
            )
        )

    def without(self, rule_id: int) -> "Ruling":
        return Ruling(tuple(one for one in self.heard if one.id != rule_id))

    def of_kind(self, *kinds: WishKind) -> tuple[Heard, ...]:
        return tuple(one for one in self.heard if one.wish.kind in kinds)

    def hour_maps(self, rows: Sequence[HourMap]) -> tuple[HourMap, ...]:
        """Return the hours as the rules make them, in the same order."""
        return tuple(self.hour_map(row) for row in rows)

    def hour_map(self, row: HourMap, subjects: Iterable[str] = ()) -> HourMap:
        """Return the hours of tasks of these kinds, or those of every task."""
        hours, closed = self._hours(row), self._closed(row, frozenset(subjects))
        if not hours and not closed:
            return row
        gone = times_of(closed)
        return HourMap(
            id=row.id,
            account_id=row.account_id,
            name=row.name,
            weekly=to_weekly(without(shaped(to_week(row.weekly), hours), gone)),
            exceptions=cut_dates(row.exceptions, gone),
            daily_cap=row.daily_cap,
            is_default=row.is_default,
        )

    def narrowed(self, hour_map: HourMap, subjects: frozenset[str]) -> HourMap:
        """Return hours, as the rules have made them, for tasks of these kinds alone."""
        own = self.closing(hour_map.name, subjects)
        gone = times_of(one.wish for one in own if one.wish.subject)
        return HourMap(
            id=hour_map.id,
            account_id=hour_map.account_id,
            name=f"{hour_map.name} ({', '.join(sorted(subjects))})",
            weekly=to_weekly(without(to_week(hour_map.weekly), gone)),
            exceptions=cut_dates(hour_map.exceptions, gone),
            daily_cap=hour_map.daily_cap,
            is_default=False,
        )

    def week(self, row: HourMap, subjects: Iterable[str] = ()) -> Week:
        return to_week(self.hour_map(row, subjects).weekly)

    def closing(self, hour_map: str, subjects: frozenset[str]) -> tuple[Heard, ...]:
        """Return what closes times of these hours, for every task or for these kinds."""
        return tuple(
            one
            for one in self.of_kind(WishKind.NO_GO)
            if one.wish.hour_map in ("", hour_map)
            and (not one.wish.subject or one.wish.subject in subjects)
        )

    def pause(self, set_pause: timedelta, *, around_events: bool) -> timedelta:
        """Return the longest of the pauses that the settings and the rules ask for."""
        asked = (
            one.wish.minutes or 0
            for one in self.of_kind(WishKind.BUFFER)
            if one.wish.around_events is around_events
        )
        return max([set_pause, *(minutes * MINUTE for minutes in asked)])

    @property
    def special(self) -> frozenset[str]:
        """Return the kinds of tasks that have times or limits of their own."""
        kinds = (WishKind.NO_GO, WishKind.DAILY_LIMIT)
        return frozenset(one.wish.subject for one in self.of_kind(*kinds)) - {""}

    def limit(self, weekday: int, *, subject: str = "", hour_map: str = "") -> timedelta | None:
        """Return the lowest limit that the rules set for a day, None without any."""
        limits = [
            (one.wish.minutes or 0) * MINUTE
            for one in self.of_kind(WishKind.DAILY_LIMIT)
            if (one.wish.subject, one.wish.hour_map) == (subject, hour_map)
            and weekday in (one.wish.days or range(7))
        ]
        return min(limits, default=None)

    def _hours(self, row: HourMap) -> list[Wish]:
        default = ("", row.name) if row.is_default else (row.name,)
        found = (one.wish for one in self.of_kind(WishKind.HOURS))
        return [wish for wish in found if wish.hour_map in default]

    def _closed(self, row: HourMap, subjects: frozenset[str]) -> list[Wish]:
        return [one.wish for one in self.closing(row.name, subjects)]
