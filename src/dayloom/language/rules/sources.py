"""Every word that is taken out of the title belongs to a value: none is lost silently."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from dayloom.language.draft import Reading, TaskDraft
from dayloom.language.rules.chunks import Split
from dayloom.language.rules.priority import Importance
from dayloom.language.rules.scan import Phrase

_FOR_MOMENTS = ("start", "rrule", "deadline", "due", "release", "times_per_week", "duration")
_FIELDS = {Importance: ("priority",), Split: ("min_chunk", "max_chunk")}


def with_sources(draft: TaskDraft, phrases: Sequence[Phrase]) -> TaskDraft:
    """Return the draft whose readings name all of the phrases that were taken out."""
    told = {span for reading in _readings(draft) for span in reading.spans}
    for phrase in phrases:
        if phrase.span not in told:
            draft = _adopted(draft, phrase)
            told.add(phrase.span)
    return draft


def _adopted(draft: TaskDraft, phrase: Phrase) -> TaskDraft:
    """Return the draft whose first fitting reading also came from the phrase."""
    names = _FIELDS.get(type(phrase.value), _FOR_MOMENTS)
    for name in names:
        reading = getattr(draft, name)
        if isinstance(reading, Reading):
            changes: dict[str, Any] = {name: replace(reading, also=(*reading.also, phrase.span))}
            return replace(draft, **changes)
    return draft


def _readings(draft: TaskDraft) -> Iterable[Reading[object]]:
    for name in draft.__slots__:
        value = getattr(draft, name)
        for reading in value if isinstance(value, tuple) else (value,):
            if isinstance(reading, Reading):
                yield reading
