"""What was understood of a line, as short labels, and the time it would get."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from dayloom.language.draft import Reading, TaskDraft
from dayloom.plans.capture import Preview
from dayloom.plans.truth import Verdict
from dayloom.web.recurrence_words import say_rule
from dayloom.web.words import Words, duration, number

T = TypeVar("T")
MOST_LINES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """`guess` marks a reading that the person should look at."""

    label: str
    value: str
    guess: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewLine:
    """`title` is empty where there is only one line: it stands in the field above."""

    title: str
    chips: Sequence[Chip]
    place: str
    late: bool


def view_previews(previews: Sequence[Preview], words: Words) -> Sequence[PreviewLine]:
    """Return the first lines; several lines are told apart by their titles."""
    several = len(previews) > 1
    return [_line(preview, words, named=several) for preview in previews[:MOST_LINES]]


def _line(preview: Preview, words: Words, *, named: bool) -> PreviewLine:
    draft, truth = preview.draft, preview.truth
    return PreviewLine(
        title=draft.title if named else "",
        chips=list(_chips(draft, words)),
        place=" · ".join(filter(None, [_place(preview, words), truth.sentence if truth else ""])),
        late=truth is not None and truth.verdict not in (Verdict.FITS, Verdict.MOVES),
    )


def _place(preview: Preview, words: Words) -> str:
    """Return where it would come to lie, empty where nothing can be said of that."""
    truth, intervals = preview.truth, preview.intervals
    if truth is not None:
        intervals = () if truth.verdict is Verdict.NOT_BEFORE else truth.intervals
    if not intervals:
        return ""
    said = words.place(intervals[0].start, intervals[0].end)
    more = len(intervals) - 1
    return f"{said} + {more} more" if more else said


def _chips(draft: TaskDraft, words: Words) -> Iterator[Chip]:
    yield from _times(draft, words)
    if draft.duration:
        yield _chip("Takes", duration(draft.duration.value), draft.duration)
    if draft.priority:
        yield _chip("Priority", number(draft.priority.value), draft.priority)
    yield from (_chip("Prefers", r.value.name, r) for r in draft.times_of_day)
    if draft.project:
        yield _chip("Project", draft.project.value, draft.project)
    yield from (_chip("Tag", f"#{r.value}", r) for r in draft.tags)
    if draft.hour_map:
        yield _chip("Hours", draft.hour_map.value, draft.hour_map)
    if draft.rrule:
        yield _chip("Repeats", say_rule(draft.rrule.value), draft.rrule)
    if draft.times_per_week:
        yield _chip("Repeats", f"{draft.times_per_week.value}× a week", draft.times_per_week)
    yield from (_chip("After", f"#{r.value.task_id}", r) for r in draft.after)
    if draft.min_chunk or draft.max_chunk:
        yield from _pieces(draft)


def _times(draft: TaskDraft, words: Words) -> Iterator[Chip]:
    for label, reading in (
        ("At", draft.start),
        ("Not before", draft.release),
        ("Due", draft.due),
        ("Deadline", draft.deadline),
    ):
        if reading:
            yield _chip(label, _moment(reading.value, words, label), reading)


def _moment(moment: datetime, words: Words, label: str) -> str:
    """Return a moment; a release at midnight is the day that it begins."""
    local = words.local(moment)
    if label == "Not before" and (local.hour, local.minute) == (0, 0):
        return words.clock.day(moment)
    return words.begin(moment) if label == "At" else words.short(moment)


def _pieces(draft: TaskDraft) -> Iterator[Chip]:
    smallest, largest = draft.min_chunk, draft.max_chunk
    if smallest:
        yield _chip("Pieces from", duration(smallest.value), smallest)
    if largest:
        yield _chip("Pieces up to", duration(largest.value), largest)


def _chip(label: str, value: str, reading: Reading[T]) -> Chip:
    return Chip(label=label, value=value, guess=reading.guess)
