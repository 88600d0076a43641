"""The fields of a task as texts in a form, and back; only what was changed is read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any, cast

from dayloom.infra.errors import Invalid
from dayloom.tasks.fields import Dependency, TaskFields, TimeWindow
from dayloom.tasks.models import Task
from dayloom.web.words import Words, duration, number

Texts = Mapping[str, Sequence[str]]
LOCAL = "%Y-%m-%dT%H:%M"
LONGEST_NAME = 40
MINUTES, HOURS = timedelta(minutes=1), timedelta(hours=1)
_LENGTH = re.compile(
    r"(?:(\d{1,3}(?:[.,]\d+)?)\s*(?:h|hours?))?\s*(?:(\d{1,4})\s*(?:m|min|minutes?)?)?"
)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")
_NO_MOMENT = "Write a date and a time, such as 2026-11-27 14:00."
_GAP_BEFORE = "Choose the task that comes first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One field of a task: the names of its inputs, how it is shown, and how it is read."""

    name: str
    inputs: tuple[str, ...]
    show: Callable[[Task, Words], Sequence[Sequence[str]]]
    read: Callable[[Sequence[Sequence[str]], Words, str], Any]


def as_texts(task: Task, words: Words) -> dict[str, list[str]]:
    """Return every input of the form with its values."""
    shown: dict[str, list[str]] = {}
    for field in INPUTS:
        shown |= zip(field.inputs, map(list, field.show(task, words)), strict=True)
    return shown


def read_changes(given: Texts, task: Task, words: Words) -> TaskFields:
    """Return the fields whose texts differ from what the task says. Raises `Invalid`."""
    now, fields = as_texts(task, words), dict[str, Any]()
    for field in INPUTS:
        texts = _rows([given.get(name, now[name]) for name in field.inputs])
        if texts != _rows([now[name] for name in field.inputs]):
            fields[field.name] = field.read(texts, words, field.name)
    return cast("TaskFields", fields)


def read_length(text: str, *, field: str) -> timedelta:
    """Return "45", "45 min", "1 h 30", "1.5 h" or "1:30" as a length. Raises `Invalid`."""
    tidy = text.strip().lower()
    if clock := _CLOCK.fullmatch(tidy):
        return int(clock[1]) * HOURS + int(clock[2]) * MINUTES
    match = _LENGTH.fullmatch(tidy)
    if not tidy or match is None:
        raise Invalid("Write a length such as 45 min or 1 h 30.", field=field)
    hours = float((match[1] or "0").replace(",", "."))
    return timedelta(minutes=round(hours * 60) + int(match[2] or 0))


def read_priority(text: str) -> float:
    """Return "8" or "7,5" as a number. Raises `Invalid`."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise Invalid("A priority is a number from 0 to 10.", field="priority") from None
    if not 0 <= value <= 10:
        raise Invalid("A priority lies between 0 and 10, 10 being the highest.", field="priority")
    return value


def _rows(columns: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the columns of a list without the rows in which nothing was filled in."""
    rows = zip_longest(*columns, fillvalue="")
    tidy = [[text.replace("\r\n", "\n") for text in row] for row in rows]
    filled = [row for row in tidy if any(row) or len(columns) == 1]
    return [list(column) for column in zip(*filled, strict=True)] or [[] for _ in columns]


def _one(texts: Sequence[Sequence[str]]) -> str:
    return texts[0][-1] if texts[0] else ""


def _text(texts: Sequence[Sequence[str]], _words: Words, _field: str) -> str:
    return _one(texts)


def _text_or_none(texts: Sequence[Sequence[str]], _words: Words, _field: str) -> str | None:
    return _one(texts) or None


def _tags(texts: Sequence[Sequence[str]], _words: Words, _field: str) -> list[str]:
    return re.split(r"[\s,]+", _one(texts).strip())


def _length(texts: Sequence[Sequence[str]], _words: Words, field: str) -> timedelta:
    return read_length(_one(texts), field=field)


def _length_or_none(texts: Sequence[Sequence[str]], _words: Words, field: str) -> timedelta | None:
    return read_length(_one(texts), field=field) if _one(texts).strip() else None


def _priority(texts: Sequence[Sequence[str]], _words: Words, _field: str) -> float:
    return read_priority(_one(texts))


def _moment(texts: Sequence[Sequence[str]], words: Words, field: str) -> datetime | None:
    if not _one(texts).strip():
        return None
    try:
        wall = datetime.fromisoformat(_one(texts).strip())
    except ValueError:
        raise Invalid(_NO_MOMENT, field=field) from None
    if wall.tzinfo is not None or not 1970 <= wall.year <= 2100:
        raise Invalid(_NO_MOMENT, field=field)
    return words.at(wall.date(), wall.hour * 60 + wall.minute)


def _windows(texts: Sequence[Sequence[str]], _words: Words, field: str) -> list[TimeWindow]:
    names, starts, ends = texts
    found: list[TimeWindow] = []
    for name, start, end in zip(names, starts, ends, strict=False):
        if not start and not end:
            continue
        if not start or not end or start == end:
            raise Invalid("A time of day has a start and an end.", field=field)
        if len(name) > LONGEST_NAME:
            raise Invalid(f"Its name has at most {LONGEST_NAME} characters.", field=field)
        found.append({"name": name or f"{start}–{end}", "start": start, "end": end})
    return found


def _after(texts: Sequence[Sequence[str]], _words: Words, field: str) -> list[Dependency]:
    found: list[Dependency] = []
    for task_id, gap in zip(*texts, strict=False):
        if not task_id:
            continue
        if not (task_id.isascii() and task_id.isdecimal() and len(task_id) < 19):
            raise Invalid(_GAP_BEFORE, field=field)
        pause = read_length(gap, field=field) if gap.strip() else timedelta(0)
        found.append({"task_id": int(task_id), "gap": pause})
    return found


def _show_moment(name: str) -> Callable[[Task, Words], Sequence[Sequence[str]]]:
    def show(task: Task, words: Words) -> Sequence[Sequence[str]]:
        moment: datetime | None = getattr(task, name)
        return [[words.local(moment).strftime(LOCAL) if moment else ""]]

    return show


def _show_length(name: str) -> Callable[[Task, Words], Sequence[Sequence[str]]]:
    def show(task: Task, _words: Words) -> Sequence[Sequence[str]]:
        length: timedelta | None = getattr(task, name)
        return [[duration(length) if length else ""]]

    return show


def _show_pin(task: Task, words: Words) -> Sequence[Sequence[str]]:
    start = datetime.fromisoformat(task.pins[0][0]) if task.pins else None
    return [[words.local(start).strftime(LOCAL) if start else ""]]


def _show_after(task: Task, _words: Words) -> Sequence[Sequence[str]]:
    gaps = [duration(one.gap) if one.gap else "" for one in task.after]
    return [[str(one.after_id) for one in task.after], gaps]


def _show_windows(task: Task, _words: Words) -> Sequence[Sequence[str]]:
    return [[one[key] for one in task.preferred] for key in ("name", "start", "end")]


INPUTS = (
    Input(name="title", inputs=("title",), show=lambda t, _: [[t.title]], read=_text),
    Input(name="notes", inputs=("notes",), show=lambda t, _: [[t.notes]], read=_text),
    Input(name="duration", inputs=("duration",), show=_show_length("duration"), read=_length),
    Input(
        name="priority",
        inputs=("priority",),
        show=lambda t, _: [[number(t.priority)]],
        read=_priority,
    ),
    Input(name="release", inputs=("release",), show=_show_moment("release"), read=_moment),
    Input(name="due", inputs=("due",), show=_show_moment("due"), read=_moment),
    Input(name="deadline", inputs=("deadline",), show=_show_moment("deadline"), read=_moment),
    Input(name="project", inputs=("project",), show=lambda t, _: [[t.project]], read=_text),
    Input(name="tags", inputs=("tags",), show=lambda t, _: [[" ".join(t.tags)]], read=_tags),
    Input(
        name="hour_map",
        inputs=("hour_map",),
        show=lambda t, _: [[t.hour_map or ""]],
        read=_text_or_none,
    ),
    Input(
        name="min_chunk",
        inputs=("min_chunk",),
        show=_show_length("min_chunk"),
        read=_length_or_none,
    ),
    Input(
        name="max_chunk",
        inputs=("max_chunk",),
        show=_show_length("max_chunk"),
        read=_length_or_none,
    ),
    Input(
        name="preferred",
        inputs=("preferred_name", "preferred_start", "preferred_end"),
        show=_show_windows,
        read=_windows,
    ),
    Input(name="after", inputs=("after_id", "after_gap"), show=_show_after, read=_after),
    Input(name="pinned_start", inputs=("pinned_start",), show=_show_pin, read=_moment),
)
