"""The values of a rule: stored as JSON, typed as a wish, and the checks that each kind keeps."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from dayloom.infra.errors import Invalid
from dayloom.language.wishes import Wish, WishKind
from dayloom.preferences.models import PlanRule, RuleKind

LONGEST_SUBJECT = 60
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_UNSTORABLE = re.compile(r"[\x00-\x1f\ud800-\udfff]")
_MINUTES = {
    WishKind.BUFFER: (5, 120, "A pause"),
    WishKind.DAILY_LIMIT: (30, 1440, "A daily limit"),
    WishKind.ROUTINE: (5, 480, "A routine"),
}
_TIMED = (WishKind.HOURS, WishKind.NO_GO, WishKind.PREFER, WishKind.ROUTINE)
_OF = {  # which values a kind has; the others are dropped
    WishKind.HOURS: ("days", "start", "end", "hour_map", "days_off"),
    WishKind.NO_GO: ("days", "start", "end", "subject", "hour_map"),
    WishKind.PREFER: ("days", "start", "end", "subject"),
    WishKind.BUFFER: ("minutes", "around_events"),
    WishKind.DAILY_LIMIT: ("days", "minutes", "subject", "hour_map"),
    WishKind.ROUTINE: ("days", "start", "end", "minutes", "times_per_week", "subject"),
}
_EMPTY = Wish(kind=WishKind.HOURS)


def values_of(wish: Wish) -> dict[str, Any]:
    """Return what of a wish is stored: what its kind has and what is said."""
    pairs = ((name, getattr(wish, name)) for name in _OF[wish.kind])
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in pairs
        if value != getattr(_EMPTY, name)
    }


def wish_of(rule: PlanRule) -> Wish:
    """Return a stored rule, which was understood, as a wish."""
    return to_wish(WishKind(rule.kind.value), rule.values)


def to_wish(kind: WishKind, values: Mapping[str, Any]) -> Wish:
    known = {field.name for field in fields(Wish)} & set(_OF[kind])
    given = {name: value for name, value in values.items() if name in known}
    given["days"] = tuple(sorted(set(given.get("days") or ())))
    return Wish(kind=kind, **given)


def checked(wish: Wish, *, hour_maps: Collection[str]) -> Wish:
    """Return the wish without what its kind does not have.

    Raises `Invalid` with a sentence and the field at fault.
    """
    tidy = to_wish(wish.kind, values_of(wish))
    for name, sentence in _complaints(tidy, hour_maps):
        raise Invalid(sentence, field=name)
    return tidy


def kind_of(wish: Wish) -> RuleKind:
    return RuleKind(wish.kind.value)


def _complaints(wish: Wish, hour_maps: Collection[str]) -> Iterator[tuple[str, str]]:
    if not set(wish.days) <= set(range(7)):
        yield "days", "Days are numbers from 0 for Monday to 6 for Sunday."
    if wish.hour_map and wish.hour_map not in hour_maps:
        yield "hour_map", f"There are no hours named “{wish.hour_map}”."
    if len(wish.subject) > LONGEST_SUBJECT or _UNSTORABLE.search(wish.subject):
        yield "subject", f"A kind of task has at most {LONGEST_SUBJECT} characters, in one line."
    yield from _clock_complaints(wish)
    yield from _minute_complaints(wish)
    yield from _lacks(wish)


def _clock_complaints(wish: Wish) -> Iterator[tuple[str, str]]:
    for name, clock in (("start", wish.start), ("end", wish.end)):
        if clock is not None and not _CLOCK.fullmatch(clock):
            yield name, "Write times as 09:00 or 17:30."
        elif clock is not None and int(clock[-2:]) % 5:
            yield name, "Times are multiples of 5 minutes."
    if wish.start == "24:00":
        yield "start", "A day starts at 00:00."
    if wish.start is not None and wish.start == wish.end:
        yield "end", f"{wish.start} to {wish.end} is no time at all."


def _minute_complaints(wish: Wish) -> Iterator[tuple[str, str]]:
    low, high, what = _MINUTES.get(wish.kind, (0, 0, ""))
    if wish.minutes is not None and (not low <= wish.minutes <= high or wish.minutes % 5):
        yield "minutes", f"{what} takes {low} to {high} minutes, in steps of 5."
    if wish.times_per_week is not None and not 1 <= wish.times_per_week <= 7:
        yield "times_per_week", "A routine happens 1 to 7 times a week."


def _lacks(wish: Wish) -> Iterator[tuple[str, str]]:
    """Yield what a rule of this kind cannot do without."""
    if wish.kind in (WishKind.BUFFER, WishKind.DAILY_LIMIT) and not wish.minutes:
        yield "minutes", "Say how many minutes."
    nothing = not (wish.days or wish.start or wish.end)
    if wish.kind in _TIMED and nothing and not wish.times_per_week:
        yield "start", "Name days or times."
    if wish.kind is WishKind.ROUTINE and not wish.subject.strip():
        yield "subject", "Say what the routine is."
    if wish.kind is WishKind.ROUTINE and not (wish.times_per_week or wish.days):
        yield "times_per_week", "Say on which days, or how often a week."
    if wish.kind in (WishKind.NO_GO, WishKind.PREFER) and bool(wish.start) != bool(wish.end):
        yield "start" if wish.end else "end", "Say from when to when."
