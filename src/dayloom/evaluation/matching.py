"""Whether a value is the one that was meant. Times are local, written as in the scenarios."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice, permutations
from typing import Any

from dateutil.rrule import rrulestr

from dayloom.evaluation.gold import is_empty

EVENING = time(17)  # what is due on a day may be due when work ends
EARLY = time(9)
LOOKED_AT = 10
DATE_LENGTH = len("2026-11-27")


def matches(field: str, choice: Any, found: Any) -> bool:
    """Tell whether `found` is what `choice` means."""
    if field == "done":
        return _nothing_else(choice, found)
    if is_empty(choice) or is_empty(found):
        return is_empty(choice) and is_empty(found)
    return MATCHERS.get(field, _equal)(choice, found)


def _equal(choice: Any, found: Any) -> bool:
    return bool(choice == found)


def _words(choice: str, found: str) -> bool:
    return _bare(choice) == _bare(found)


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .,;:!?-–")


def _end(choice: str, found: datetime) -> bool:
    """Tell whether a moment is the one that is meant, or ends the day that is meant."""
    if len(choice) > DATE_LENGTH:
        return _moment(choice, found)
    day = date.fromisoformat(choice)
    midnight = datetime.combine(day + timedelta(days=1), time())
    return datetime.combine(day, EVENING) <= found <= midnight


def _moment(choice: str, found: datetime) -> bool:
    return datetime.fromisoformat(choice) == found


def _begin(choice: str, found: datetime) -> bool:
    if len(choice) > DATE_LENGTH:
        return _moment(choice, found)
    return found.date() == date.fromisoformat(choice) and found.time() <= EARLY


def _within(choice: float | Sequence[float], found: float) -> bool:
    low, high = choice if isinstance(choice, Sequence) else (choice, choice)
    return low <= found <= high


def _same_names(choice: Sequence[str], found: Sequence[str]) -> bool:
    return {name.casefold() for name in choice} == {name.casefold() for name in found}


def _same_ids(choice: Sequence[int], found: Sequence[int]) -> bool:
    return set(choice) == set(found)


def _same_days(choice: str, found: str) -> bool:
    """Tell whether two recurrence rules mean the same days; `found` begins with its first."""
    begin, rule = found.split(" ", 1)
    return _days(choice, begin) == _days(rule, begin)


def _days(rule: str, begin: str) -> list[datetime]:
    return list(islice(rrulestr(rule, dtstart=datetime.fromisoformat(begin)), LOOKED_AT))


def _same_kinds(name: str) -> Callable[[Any, Any], bool]:
    """Compare lists by what their items are about."""

    def same(choice: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> bool:
        return sorted(item[name] for item in choice) == sorted(item[name] for item in found)

    return same


def _same_items(choice: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> bool:
    """Compare lists in every detail that is expected, in any order."""
    if len(choice) != len(found):
        return False
    return any(
        all(_fits(item, other) for item, other in zip(choice, order, strict=True))
        for order in permutations(found)
    )


def _nothing_else(choice: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether whatever was done is expected; what only waits for a click is not done."""
    return all(any(_fits(item, done) for item in choice) for done in found)


def _fits(expected: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Tell whether an item has every detail; what is expected to be None may be anything."""
    return all(
        found.get(name) is not None and ITEM_MATCHERS.get(name, _equal)(value, found[name])
        for name, value in expected.items()
        if value is not None
    )


def _about(choice: str, found: str) -> bool:
    """Tell whether a subject is meant: "email" is "emails" too."""
    return _stem(choice) == _stem(found)


def _stem(text: str) -> str:
    return _bare(text).removesuffix("s").removesuffix("e").removesuffix("ing")


MATCHERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "title": _words,
    "start": _moment,
    "release": _begin,
    "due": _end,
    "deadline": _end,
    "until": _end,
    "window": _same_names,
    "tags": _same_names,
    "priority": _within,
    "rrule": _same_days,
    "after": _same_ids,
    "op": _same_kinds("op"),
    "kind": _same_kinds("kind"),
    "command": _same_items,
    "rule": _same_items,
}
ITEM_MATCHERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "title": _words,
    "subject": _about,
    "days": _same_ids,
    "priority": _within,
    "due": _end,
}
