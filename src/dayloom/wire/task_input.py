"""A task as it comes in, by words, by fields, or by both."""

from typing import Annotated, Any, Self, cast

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from dayloom.tasks.fields import Dependency, TaskFields
from dayloom.wire.scalars import (
    LARGEST_ID,
    MINUTE,
    Clock,
    Given,
    Id,
    Line,
    Lines,
    LongText,
    Minutes,
    Moment,
    Text,
    duration_or_none,
)

_DURATIONS = {
    "duration_minutes": "duration",
    "min_chunk_minutes": "min_chunk",
    "max_chunk_minutes": "max_chunk",
}


class TimeOfDayGiven(Given):
    """A stretch of the local day in which the task likes to lie."""

    name: Annotated[Text, Field(max_length=64)] = ""
    start: Clock
    end: Clock


class DependencyGiven(Given):
    """The task starts only `gap_minutes` after the other one is finished."""

    task_id: Id
    gap_minutes: Minutes = 0


def _named(value: object) -> object:
    return {"task_id": value} if type(value) is int else value


_ID = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
Waiting = Annotated[
    DependencyGiven,
    BeforeValidator(_named),
    WithJsonSchema(
        {
            "anyOf": [
                _ID,
                {
                    "type": "object",
                    "properties": {
                        "task_id": _ID,
                        "gap_minutes": {"type": "integer", "minimum": 0, "maximum": 100_000},
                    },
                    "required": ["task_id"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class _TaskGiven(Given):
    notes: LongText = Field(default="", description="Plain text.")
    context: LongText = Field(default="", description="What a reader should know to judge it.")
    release: Moment | None = Field(default=None, description="Not before this instant.")
    due: Moment | None = Field(default=None, description="Wanted by then; later has a price.")
    deadline: Moment | None = Field(default=None, description="Never planned after this.")
    priority: float = Field(
        default=5.0, ge=0, le=10, allow_inf_nan=False, description="0 to 10, 10 is highest."
    )
    project: Annotated[Text, Field(max_length=60)] = Field(
        default="", description="What it belongs to; empty for nothing."
    )
    tags: list[Annotated[Text, Field(max_length=64)]] = Field(default=[], max_length=20)
    hour_map: Annotated[Text, Field(max_length=64)] | None = Field(
        default=None, description="The named hours in which it may lie."
    )
    preferred: list[TimeOfDayGiven] = Field(default=[], max_length=10)
    after: list[Waiting] = Field(
        default=[], max_length=100, description="What it waits for; a bare id means no pause."
    )
    min_chunk_minutes: Minutes | None = Field(default=None, description="The smallest piece.")
    max_chunk_minutes: Minutes | None = Field(default=None, description="The largest piece.")
    pinned_start: Moment | None = Field(
        default=None, description="Lies exactly here, whatever else is there."
    )

    def to_fields(self) -> TaskFields:
        """Return the fields that were given, and only those."""
        given: dict[str, Any] = self.model_dump(exclude_unset=True, exclude={"text"})
        for outside, inside in _DURATIONS.items():
            if outside in given:
                given[inside] = duration_or_none(given.pop(outside))
        if "after" in given:
            given["after"] = [_dependency(item) for item in self.after]
        return cast("TaskFields", given)


class TaskGiven(_TaskGiven):
    """One new task. Fields that are given win over what `text` says."""

    text: Lines | None = Field(
        default=None,
        description="One line in plain words, read by rules.",
        examples=["Write the report 2h by Friday p8 #work"],
    )
    title: Line | None = None
    duration_minutes: Minutes | None = None
    rrule: Annotated[Text, Field(min_length=1, max_length=300)] | None = Field(
        default=None, description="RFC 5545, without DTSTART.", examples=["FREQ=WEEKLY;BYDAY=MO"]
    )
    times_per_week: Annotated[int, Field(ge=1, le=7)] | None = Field(
        default=None, description="A habit whose days are free."
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.text is None and self.title is None:
            raise ValueError("give a text or a title")
        return self

    def to_fields(self) -> TaskFields:
        fields = super().to_fields()
        for name in ("title", "duration"):
            if fields.get(name, "") is None:
                fields.pop(name)  # type: ignore[misc]  # both are names of fields
        return fields


class TaskPatch(_TaskGiven):
    """Changes of one task: what is absent stays as it is."""

    title: Line = ""
    duration_minutes: Minutes = 0


def _dependency(item: DependencyGiven) -> Dependency:
    return Dependency(task_id=item.task_id, gap=item.gap_minutes * MINUTE)
