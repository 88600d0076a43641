"""What was understood of a line: every value with the words that it came from."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from pydantic import Field

from dayloom.language.draft import Dependency, Reading, TimeOfDay
from dayloom.plans.capture import Preview
from dayloom.plans.truth import Truth, Verdict
from dayloom.wire.scalars import Given, Lines, Shown, Span, minutes, minutes_or_none, span

T = TypeVar("T")
_MINUTES = {
    "duration": "duration_minutes",
    "min_chunk": "min_chunk_minutes",
    "max_chunk": "max_chunk_minutes",
}


class TextGiven(Given):
    """Words to read: one task a line."""

    text: Lines = Field(examples=["Call Ana 20m tomorrow morning\nTaxes 3h by 30 Nov p9 #admin"])


class ReadingShown(Shown, Generic[T]):
    """A value and the characters `[start, end)` of the line that gave it."""

    value: T
    start: int
    end: int
    guess: bool = Field(description="Look at it: the words allow another reading.")


class TimeOfDayRead(Shown):
    """A preferred stretch of the local day."""

    name: str
    start: str
    end: str


class DependencyRead(Shown):
    """What comes first, and the pause after it."""

    task_id: int
    gap_minutes: int


class DraftShown(Shown):
    """One line, read. What the line does not say is null or empty."""

    source: str
    title: str
    duration_minutes: ReadingShown[int] | None
    start: ReadingShown[datetime] | None
    release: ReadingShown[datetime] | None
    due: ReadingShown[datetime] | None
    deadline: ReadingShown[datetime] | None
    times_of_day: list[ReadingShown[TimeOfDayRead]]
    priority: ReadingShown[float] | None
    project: ReadingShown[str] | None
    tags: list[ReadingShown[str]]
    hour_map: ReadingShown[str] | None
    rrule: ReadingShown[str] | None
    times_per_week: ReadingShown[int] | None
    after: list[ReadingShown[DependencyRead]]
    min_chunk_minutes: ReadingShown[int] | None
    max_chunk_minutes: ReadingShown[int] | None


class ConcernedShown(Shown):
    """A task that would have to move, would be late, or would lose its place."""

    task_id: int
    title: str


class TruthShown(Shown):
    """How a task fits, thought through with everything else."""

    code: Verdict
    sentence: str
    slots: list[Span] = Field(description="Where it would come to lie.")
    tasks: list[ConcernedShown]


class PreviewShown(DraftShown):
    """One line, read, and the time that it would get if it were added now."""

    slots: list[Span] = Field(description="Empty where it does not fit.")
    fits: bool
    spare_minutes: int | None = Field(description="Until it is due; negative if late.")
    truth: TruthShown | None = Field(
        description="Null for one without dates that has a place; the slots say enough."
    )


class DraftsShown(Shown):
    """What was understood, one draft a line. Nothing was stored."""

    drafts: list[PreviewShown]


def show_drafts(previews: Sequence[Preview], zone: ZoneInfo) -> DraftsShown:
    return DraftsShown(drafts=[_show(preview, zone) for preview in previews])


def _show(preview: Preview, zone: ZoneInfo) -> PreviewShown:
    read = {
        _MINUTES.get(field.name, field.name): _shown(getattr(preview.draft, field.name), zone)
        for field in fields(preview.draft)
    }
    return PreviewShown(
        **read,
        slots=[span(one.start, one.end, zone) for one in preview.intervals],
        fits=bool(preview.intervals),
        spare_minutes=minutes_or_none(preview.spare),
        truth=_truth(preview.truth, zone) if preview.truth else None,
    )


def _truth(truth: Truth, zone: ZoneInfo) -> TruthShown:
    return TruthShown(
        code=truth.verdict,
        sentence=truth.sentence,
        slots=[span(one.start, one.end, zone) for one in truth.intervals],
        tasks=[ConcernedShown(task_id=k, title=title) for k, title in truth.titles.items()],
    )


def _shown(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, tuple):
        return [_shown(item, zone) for item in value]
    if not isinstance(value, Reading):
        return value
    return {
        "value": _plain(value.value, zone),
        "start": value.span.start,
        "end": value.span.end,
        "guess": value.guess,
    }


def _plain(value: Any, zone: ZoneInfo) -> Any:
    match value:
        case timedelta():
            return minutes(value)
        case datetime():
            return value.astimezone(zone)
        case TimeOfDay(name=name, start=start, end=end):
            return {"name": name, "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
        case Dependency(task_id=task_id, gap=gap):
            return {"task_id": task_id, "gap_minutes": minutes(gap)}
        case _:
            return value
