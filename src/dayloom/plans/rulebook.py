"""The rules as a person sees them: what was understood, and what each does now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from dayloom.language.wishes import WishKind
from dayloom.plans.routines import rules_of
from dayloom.plans.ruling import count_of
from dayloom.preferences.models import HourMap, PlanRule, Preferences, RuleKind
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.rules_values import wish_of
from dayloom.preferences.rules_week import minutes_of
from dayloom.preferences.rules_words import say, understood
from dayloom.preferences.ruling import Heard, Ruling
from dayloom.preferences.wallclock import say_duration
from dayloom.tasks.models import Task
from dayloom.tasks.repository import TaskRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A rule in words: `words` is what to change, `understood` may say more."""

    rule: PlanRule
    understood: str
    words: str
    effect: str


def list_rules(session: Session, account_id: int, now: datetime) -> tuple[Listed, ...]:
    """Return the rules of an account in the order of its context."""
    rows = PreferencesRepository(session, account_id)
    rules = rules_of(session, account_id, now).all()
    preferences = rows.get()
    if preferences is None:
        return ()
    book = _Book(
        ruling=Ruling.of(rules),
        hour_maps=rows.hour_maps(),
        preferences=preferences,
        tasks=TaskRepository(session, account_id).unfinished(),
    )
    return tuple(_listed(rule, book) for rule in rules)


def _listed(rule: PlanRule, book: "_Book") -> Listed:
    known = rule.kind is not RuleKind.NOT_UNDERSTOOD
    return Listed(
        rule=rule,
        understood=understood(rule),
        words=say(wish_of(rule)) if known else rule.sentence,
        effect=book.effect(rule) if known else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What the effect of a rule is read off."""

    ruling: Ruling
    hour_maps: Sequence[HourMap]
    preferences: Preferences
    tasks: Sequence[Task]

    def effect(self, rule: PlanRule) -> str:
        if not rule.enabled:
            return "Switched off: it changes nothing."
        one = Heard(rule.id, wish_of(rule), rule.sentence)
        return _EFFECTS[one.wish.kind](self, one)

    def hours(self, one: Heard) -> str:
        name = one.wish.hour_map or self.hour_maps[0].name
        row = next((row for row in self.hour_maps if row.name == name), self.hour_maps[0])
        return f"Makes {_say(minutes_of(self.ruling.week(row)))} of {row.name} hours a week."

    def no_go(self, one: Heard) -> str:
        if one.wish.subject:
            return self._concerns(one)
        rest = self.ruling.without(one.id)
        closed = self._open(rest) - self._open(self.ruling)
        return f"Closes {_say(closed)} of your week." if closed else "Closes nothing more."

    def prefer(self, one: Heard) -> str:
        return self._concerns(one) if one.wish.subject else "Counts for every task."

    def buffer(self, one: Heard) -> str:
        set_ = self.preferences.event_buffer if one.wish.around_events else self.preferences.buffer
        more = set_ > timedelta(minutes=one.wish.minutes or 0)
        return "Your planning settings ask for more." if more else "Kept in every plan."

    def limit(self, one: Heard) -> str:
        return self._concerns(one) if one.wish.subject else "Kept on every day that it names."

    def routine(self, one: Heard) -> str:
        times = len(one.wish.days) or one.wish.times_per_week or 0
        return f"Adds {times} task{'' if times == 1 else 's'} a week."

    def _concerns(self, one: Heard) -> str:
        count = count_of(one.wish.subject, self.tasks)
        if not count:
            return "Concerns none of your open tasks yet."
        return f"Concerns {count} open task{'' if count == 1 else 's'}."

    def _open(self, ruling: Ruling) -> int:
        return sum(minutes_of(ruling.week(row)) for row in self.hour_maps)


def _say(minutes: int) -> str:
    return say_duration(timedelta(minutes=minutes))


_EFFECTS: Mapping[WishKind, Callable[[_Book, Heard], str]] = {
    WishKind.HOURS: _Book.hours,
    WishKind.NO_GO: _Book.no_go,
    WishKind.PREFER: _Book.prefer,
    WishKind.BUFFER: _Book.buffer,
    WishKind.DAILY_LIMIT: _Book.limit,
    WishKind.ROUTINE: _Book.routine,
}
