"""What a model read of a task, held against what stands: only what is open is filled.

A copied text counts where it stands in the words and the sure rules have read nothing else; its
value is computed by those rules. A model fixes no time: it proposes one.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from dayloom.infra.errors import Invalid
from dayloom.language import ReadingContext, read
from dayloom.language.draft import Reading, TaskDraft
from dayloom.language.program.answers import TaskReading, TimeSlotAnswer
from dayloom.planning.interval import Interval
from dayloom.plans.quoting import Quote, Quotes, moment_of, sure_spans
from dayloom.tasks.drafting import DEFAULT_CHUNKS, as_window, on_grid
from dayloom.tasks.fields import LONGEST, SHORTEST, TaskFields, check, check_together
from dayloom.tasks.models import Task

FIELD_OF = {"start": "pinned_start", "times_of_day": "preferred"}  # where drafts say it otherwise
LONGEST_GUESS = timedelta(hours=8)
FARTHEST = timedelta(weeks=12)
WHOLE = timedelta(hours=4)  # longer work comes in pieces
MOST_BEFORE = 5
_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked about one task, and what was offered to choose from."""

    task_id: int
    words: str
    context: str
    places: Sequence[Interval] = ()
    titles: Mapping[int, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Merged:
    """What is taken over: fields with the words they were copied from, and the proposed place."""

    fields: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    place: Interval | None = None


def words_of(task: Task) -> str:
    """Return what a task says: the line as it was typed, unless it was renamed since."""
    said = task.title if "title" in task.edited or not task.source else task.source
    return "\n\n".join(filter(None, (said, task.notes)))


def merge(task: Task, asked: Asked, answer: TimeSlotAnswer, context: ReadingContext) -> Merged:
    """Return what the answer adds to the task as it is now."""
    return _Merge(task, asked, context).of(answer)


def open_fields(task: Task) -> set[str]:
    """Return the fields that neither the person nor a sure rule has settled.

    Where a task is pinned, when it is and how long it takes are settled.
    """
    settled = {
        FIELD_OF.get(name, name)
        for name, spans in task.readings.items()
        if isinstance(spans, list) and any(not span.get("guess") for span in spans)
    }
    fields = {"duration", "release", "due", "preferred", "priority", "after"}
    return ({"priority"} if task.pins else fields) - settled - set(task.edited)


class _Merge:
    def __init__(self, task: Task, asked: Asked, context: ReadingContext) -> None:
        self._task, self._asked, self._context = task, asked, context
        self._open = open_fields(task)
        typed = task.source if asked.words.startswith(task.source) else ""
        self._quotes = Quotes(
            words=asked.words,
            context=asked.context,
            typed=len(typed),
            taken=sure_spans(task.readings.values()) if typed else [],
        )
        self._merged = Merged()

    def of(self, answer: TimeSlotAnswer) -> Merged:
        reading, found = answer.reading, self._merged
        start = self._read(reading)
        self._estimate(reading.minutes)
        self._take("after", list(self._before(reading.after_ids)), source="")
        if not self._task.pins:
            found.place = self._at(start) or self._chosen(answer.slot)
        return found

    def _read(self, reading: TaskReading) -> datetime | None:
        """Fill what was copied, field by field; return a fixed time, which is only proposed."""
        for name in ("duration", "deadline", "due", "release", "window", "priority"):
            if quote := self._quotes.take(getattr(reading, f"{name}_text")):
                filled, value = _filling(name, quote, read(quote.text, self._context))
                self._take(filled, value, source=quote.text)
        quote = self._quotes.take(reading.start_text)
        return _value(read(quote.text, self._context).start) if quote else None

    def _take(self, name: str, value: Any, *, source: str) -> None:
        """Take a value over if its field is open and everything still fits together."""
        if name not in self._open or value in (None, [], ()) or not self._makes_sense(name, value):
            return
        trial = {**self._merged.fields, name: _tidy(name, value)}
        if name == "duration" and not self._cut():
            trial |= _pieces(trial["duration"])
        if self._fits(trial):
            self._merged.fields = trial
            self._merged.sources[name] = source

    def _makes_sense(self, name: str, value: Any) -> bool:
        """Tell whether a moment lies ahead, and near enough to be planned."""
        now = self._context.now
        return not isinstance(value, datetime) or now < value <= now + 5 * FARTHEST

    def _fits(self, fields: dict[str, Any]) -> bool:
        names = ("duration", "release", "due", "deadline", "min_chunk", "max_chunk")
        task = SimpleNamespace(**{n: fields.get(n, getattr(self._task, n)) for n in names})
        begin = max(self._context.now, task.release or self._context.now)
        try:
            check(cast("TaskFields", {n: v for n, v in fields.items() if n != "after"}))
            check_together(task)
        except Invalid:
            return False
        ends = [task.deadline, task.due] if "release" in fields else []
        return all(end is None or begin + task.duration <= end for end in ends)

    def _cut(self) -> bool:
        task = self._task
        named = {"min_chunk", "max_chunk"} & set(task.edited)
        return bool(task.min_chunk or task.max_chunk or named)

    def _estimate(self, minutes: int | None) -> None:
        if minutes is None or "duration" in self._merged.fields:
            return
        guess = on_grid(timedelta(minutes=minutes))
        if guess <= LONGEST_GUESS and guess != self._task.duration:
            self._take("duration", guess, source="")

    def _before(self, task_ids: Collection[int | None]) -> Iterator[dict[str, Any]]:
        """Yield what was offered and is spoken of: a word of its title stands in the words."""
        said = set(_WORD.findall(f"{self._asked.words} {self._asked.context}".casefold()))
        present = [{"task_id": d.after_id, "gap": d.gap} for d in self._task.after]
        known = {item["task_id"] for item in present}
        fresh = [
            {"task_id": task_id, "gap": timedelta(0)}
            for task_id in dict.fromkeys(task_ids)
            if task_id is not None
            and task_id not in known
            and said & set(_WORD.findall(self._asked.titles.get(task_id, "").casefold()))
        ]
        yield from [*present, *fresh[:MOST_BEFORE]] if fresh else []

    def _at(self, start: datetime | None) -> Interval | None:
        now = self._context.now
        if start is None or not now < start < now + FARTHEST:
            return None
        return self._place(start)

    def _chosen(self, number: int | None) -> Interval | None:
        """Return the place of the number that was offered, as long as the task is by now."""
        places = self._asked.places
        if number is None or not 1 <= number <= len(places):
            return None
        return self._place(places[number - 1].start)

    def _place(self, start: datetime) -> Interval | None:
        task, fields = self._task, self._merged.fields
        duration = fields.get("duration", task.duration)
        largest = fields.get("max_chunk", task.max_chunk)
        if largest is not None and duration > largest:
            return None
        return Interval(start, start + duration)


def _filling(name: str, quote: Quote, draft: TaskDraft) -> tuple[str, Any]:
    """Return the field that a quote fills, and with what."""
    if name == "window":
        return "preferred", [as_window(one.value) for one in draft.times_of_day]
    if name in ("duration", "priority"):
        return name, _value(getattr(draft, name))
    return moment_of(name, quote, draft)


def _value(reading: Reading[Any] | None) -> Any:
    return reading.value if reading is not None else None


def _tidy(name: str, value: Any) -> Any:
    if name == "duration":
        return min(LONGEST, max(SHORTEST, on_grid(value)))
    return value


def _pieces(duration: timedelta) -> dict[str, timedelta]:
    smallest, largest = DEFAULT_CHUNKS
    return {"min_chunk": smallest, "max_chunk": largest} if duration > WHOLE else {}
