"""What a call has set, in the words that the details of a task use."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from dayloom.tasks.values import PROPOSED, to_place
from dayloom.web.words import Words, duration, number

NOTHING = "nothing"
LABELS = {
    "duration": "takes",
    "release": "not before",
    "deadline": "must end by",
    "preferred": "preferred",
    "after": "comes after",
    "min_chunk": "smallest piece",
    "max_chunk": "largest piece",
    PROPOSED: "proposed time",
}


def label_of(field: str) -> str:
    return LABELS.get(field, field.replace("_", " "))


def say_value(field: str, value: Any, words: Words) -> str:
    """Return the value of a field as it is kept with a call."""
    if value in (None, "", []):
        return NOTHING
    return _SAID.get(field, _as_it_is)(value, words)


def _moment(value: Any, words: Words) -> str:
    return words.short(datetime.fromisoformat(value))


def _place(value: Any, words: Words) -> str:
    place, _ = to_place(value)
    return words.place(place.start, place.end) if place else NOTHING


def _length(value: Any, _words: Words) -> str:
    return duration(timedelta(minutes=value))


def _as_it_is(value: Any, _words: Words) -> str:
    return str(value)


_SAID: dict[str, Callable[[Any, Words], str]] = {
    "duration": _length,
    "min_chunk": _length,
    "max_chunk": _length,
    "release": _moment,
    "due": _moment,
    "deadline": _moment,
    "priority": lambda value, _: number(value),
    "preferred": lambda value, _: ", ".join(one["name"] for one in value),
    "after": lambda value, _: ", ".join(f"#{task_id}" for task_id, _gap in value),
    PROPOSED: _place,
}
