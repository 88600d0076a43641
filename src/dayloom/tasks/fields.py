"""What a person may say of a task, and the rules each field keeps."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol, TypedDict

from dayloom.infra.errors import Invalid

LONGEST_TITLE = 500
LONGEST_TEXT = 20_000
LONGEST_PROJECT = 60
MOST_TAGS = 20
MOST_WINDOWS = 10
GRID = timedelta(minutes=5)
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=40)
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class TimeWindow(TypedDict):
    """A preferred stretch of the local day; `start` and `end` are "HH:MM"."""

    name: str
    start: str
    end: str


class Dependency(TypedDict):
    """The task waits for the task `task_id` and then `gap` more."""

    task_id: int
    gap: timedelta


class TaskFields(TypedDict, total=False):
    """What is said of a task; an absent field stays as it is. All instants are aware.

    `edited` names those of the fields that the person has set, rather than words or a default.
    """

    title: str
    notes: str
    context: str
    source: str
    readings: dict[str, object]
    edited: list[str]
    duration: timedelta
    release: datetime | None
    due: datetime | None
    deadline: datetime | None
    priority: float
    project: str
    tags: list[str]
    hour_map: str | None
    preferred: list[TimeWindow]
    min_chunk: timedelta | None
    max_chunk: timedelta | None
    after: list[Dependency]
    pinned_start: datetime | None
    rrule: str | None
    times_per_week: int | None


def check(fields: TaskFields) -> TaskFields:
    """Return `fields`, tidied. Raises `Invalid` with a sentence and the field at fault."""
    for name, sentence in _complaints(fields):
        raise Invalid(sentence, field=name)
    tidy = TaskFields(**fields)
    if "title" in fields:
        tidy["title"] = " ".join(fields["title"].split())
    if "project" in fields:
        tidy["project"] = " ".join(fields["project"].split()).lstrip("+")
    if "tags" in fields:
        tidy["tags"] = sorted({tag.strip().lstrip("#").lower() for tag in fields["tags"]} - {""})
    if "hour_map" in fields:
        tidy["hour_map"] = (fields["hour_map"] or "").strip().lower() or None
    return tidy


def _complaints(fields: TaskFields) -> Iterator[tuple[str, str]]:
    yield from _text_complaints(fields)
    yield from _duration_complaints(fields)
    yield from _chunk_complaints(fields)
    yield from _time_complaints(fields)
    if not 0 <= fields.get("priority", 0) <= 10:
        yield "priority", "A priority lies between 0 and 10, 10 being the highest."
    if len(fields.get("tags", [])) > MOST_TAGS or any(len(t) > 64 for t in fields.get("tags", [])):
        yield "tags", f"A task has at most {MOST_TAGS} tags of at most 64 characters."


def _text_complaints(fields: TaskFields) -> Iterator[tuple[str, str]]:
    if "title" in fields and not fields["title"].strip():
        yield "title", "Say what there is to do."
    if len(fields.get("title", "")) > LONGEST_TITLE:
        yield "title", f"A title has at most {LONGEST_TITLE} characters; put the rest into notes."
    if len(fields.get("notes", "")) > LONGEST_TEXT:
        yield "notes", f"Notes have at most {LONGEST_TEXT:,} characters."
    if len(fields.get("project", "")) > LONGEST_PROJECT:
        yield "project", f"The name of a project has at most {LONGEST_PROJECT} characters."
    if len(fields.get("context", "")) > LONGEST_TEXT:
        yield "context", f"A context has at most {LONGEST_TEXT:,} characters."


def _duration_complaints(fields: TaskFields) -> Iterator[tuple[str, str]]:
    duration = fields.get("duration")
    if duration is None:
        if "duration" in fields:
            yield "duration", "Say how long it takes."
        return
    if not SHORTEST <= duration <= LONGEST:
        yield "duration", "A task takes between 5 minutes and 40 hours; split longer work."
    elif duration % GRID:
        yield "duration", "A duration is a multiple of 5 minutes."


def _chunk_complaints(fields: TaskFields) -> Iterator[tuple[str, str]]:
    smallest, largest = fields.get("min_chunk"), fields.get("max_chunk")
    for name, chunk in (("min_chunk", smallest), ("max_chunk", largest)):
        if chunk is not None and (not SHORTEST <= chunk <= LONGEST or chunk % GRID):
            yield name, "A piece takes 5 minutes to 40 hours, in steps of 5 minutes."
    if smallest is not None and largest is not None and smallest > largest:
        yield "min_chunk", "The smallest piece is longer than the largest one."


def _time_complaints(fields: TaskFields) -> Iterator[tuple[str, str]]:
    for name in ("release", "due", "deadline", "pinned_start"):
        moment = fields.get(name)
        if isinstance(moment, datetime) and not in_range(moment):
            yield name, "Write a time with its offset, in the years 1970 to 2100."
    if len(fields.get("preferred", [])) > MOST_WINDOWS:
        yield "preferred", f"A task has at most {MOST_WINDOWS} preferred times of day."
    for window in fields.get("preferred", []):
        start, end = window["start"], window["end"]
        if not _CLOCK.fullmatch(start) or not (_CLOCK.fullmatch(end) or end == "24:00"):
            yield "preferred", "Write times of day as 09:00 to 12:00."
        elif start == end != "00:00":
            yield "preferred", f"{start} to {end} is no time at all."


def in_range(moment: datetime) -> bool:
    return moment.tzinfo is not None and 1970 <= moment.year <= 2100


class Timed(Protocol):
    """What of a task must fit together."""

    duration: timedelta
    release: datetime | None
    due: datetime | None
    deadline: datetime | None
    min_chunk: timedelta | None
    max_chunk: timedelta | None


def check_together(task: Timed) -> None:
    """Check what only holds between fields. Raises `Invalid` with the field at fault."""
    if task.release and task.deadline and task.release + task.duration > task.deadline:
        raise Invalid(
            "Between “not before” and the deadline there is less time than the task takes.",
            field="deadline",
        )
    if task.min_chunk and task.max_chunk and task.duration > task.max_chunk:
        pieces = -(-task.duration // task.max_chunk)
        if pieces * task.min_chunk > task.duration:
            raise Invalid(
                "The task cannot be cut into pieces of these sizes; widen the range.",
                field="min_chunk",
            )
