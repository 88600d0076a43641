"""What a model may answer: lenient about form (clamp, coerce, drop), strict about meaning.

Nothing here is believed yet: texts that are said to be copied must occur in the input, ids must
have been offered, and dates are computed from the copied words by code.
"""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

LONGEST_REASON = 400
LONGEST_REPLY = 4_000
MOST_COMMANDS = 3
MOST_IDS = 20
OPERATIONS = ("create", "start", "stop", "complete", "delete", "list", "plan", "move", "explain")
RULES = ("hours", "no_go", "prefer", "buffer", "daily_limit", "routine", "not_understood")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EMPTY = ("", "none", "null", "n/a", "unknown")


def _text(limit: int = LONGEST_REASON) -> BeforeValidator:
    """Accept any text and cut it; nothing at all is the empty text."""

    def read(value: Any) -> str:
        if value is None or isinstance(value, dict | list | bool):
            return ""
        text = str(value).strip()
        return "" if text.casefold() in EMPTY else text[:limit]

    return BeforeValidator(read)


def _number(low: float, high: float, *, whole: bool) -> BeforeValidator:
    """Accept numbers in any clothes and clamp them; anything else is None."""

    def read(value: Any) -> float | int | None:
        try:
            number = float(str(value).strip().split()[0].replace(",", "."))
        except (ValueError, IndexError):
            return None
        if number != number:  # NaN
            return None
        clamped = min(max(number, low), high)
        return round(clamped) if whole else clamped

    return BeforeValidator(read)


def _id(value: Any) -> int | None:
    """Return a number in digits, also with a # before it; anything else is None."""
    try:
        return int(str(value).strip().lstrip("#"))
    except ValueError:
        return None


def _ids(value: Any) -> list[int]:
    """Accept a list, or one in place of a list; drop what is no number."""
    items = value if isinstance(value, list) else [value]
    return [number for number in map(_id, items) if number is not None][:MOST_IDS]


def _listed(keep: Callable[[Any], bool], most: int) -> BeforeValidator:
    """Accept a list, one item in place of a list, or nothing; drop what is of no use."""

    def read(value: Any) -> list[Any]:
        items = value if isinstance(value, list) else [] if value in (None, "") else [value]
        return [item for item in items if keep(item)][:most]

    return BeforeValidator(read)


def _day(value: Any) -> bool:
    return isinstance(value, str) and value[:3].casefold() in DAYS


def _one_of(allowed: tuple[str, ...], otherwise: str) -> BeforeValidator:
    def read(value: Any) -> str:
        text = str(value).strip().casefold().replace(" ", "_").replace("-", "_")
        return text if text in allowed else otherwise

    return BeforeValidator(read)


def _object(value: Any) -> bool:
    return isinstance(value, dict | BaseModel)


Copied = Annotated[str, _text(300)]
Reason = Annotated[str, _text()]
Minutes = Annotated[int | None, _number(5, 2400, whole=True)]
Id = Annotated[int | None, BeforeValidator(_id)]
Ids = Annotated[list[int], BeforeValidator(_ids)]
Days = Annotated[list[str], _listed(_day, 7)]


class Answer(BaseModel):
    """A lenient object: what is not asked for is ignored."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class TaskReading(Answer):
    """The words of a task, field by field, each copied exactly; empty where it says nothing."""

    title: Copied = Field(
        default="", description="what is to be done, copied, without the time words"
    )
    duration_text: Copied = Field(
        default="", description="the words for how long it takes, copied"
    )
    due_text: Copied = Field(
        default="", description="the words for when it should be done, copied"
    )
    deadline_text: Copied = Field(
        default="", description="the words for when it must be done, copied"
    )
    start_text: Copied = Field(
        default="", description="the words for a fixed date and time, copied"
    )
    release_text: Copied = Field(default="", description="the words for not before when, copied")
    window_text: Copied = Field(default="", description="the words for a time of day, copied")
    priority_text: Copied = Field(
        default="", description="the words for how important it is, copied"
    )
    minutes: Minutes = Field(
        default=None, description="your estimate, only if no duration is stated"
    )
    after_ids: Ids = Field(default=[], description="ids of open_tasks that must be done first")


class TimeSlotAnswer(Answer):
    """How a task is read, and which of the offered slots suits it."""

    reading: TaskReading = TaskReading()
    slot: Id = Field(default=None, description="the id of one of the slots, or null")
    reasoning: Reason = Field(default="", description="one or two sentences for the person")


class Score(Answer):
    """How much one task matters, 0 to 10."""

    id: Id
    priority: Annotated[float | None, _number(0, 10, whole=False)] = None
    reason: Reason = ""


class PriorityAnswer(Answer):
    scores: Annotated[list[Score], _listed(_object, 200)] = []


class Command(Answer):
    """One thing to do. `op` outside of the list is "none", which does nothing."""

    op: Annotated[str, _one_of(OPERATIONS, "none")] = Field(description=" | ".join(OPERATIONS))
    task_id: Id = Field(
        default=None, description="from open_tasks; null for create, list and plan"
    )
    text: Copied = Field(default="", description="create: the task in the person's words, copied")
    when_text: Copied = Field(default="", description="move: the words for when, copied")


class ChatAnswer(Answer):
    """The reply comes first: it is streamed."""

    reply: Annotated[str, _text(LONGEST_REPLY)]
    commands: Annotated[list[Command], _listed(_object, MOST_COMMANDS)] = []


class RuleAnswer(Answer):
    """One rule. Flat on purpose: small models do not manage more."""

    kind: Annotated[str, _one_of(RULES, "not_understood")] = Field(description=" | ".join(RULES))
    quote: Copied = Field(default="", description="the whole sentence that says it, copied")
    subject: Copied = Field(
        default="", description="the kind of task it is about, copied; else empty"
    )
    days: Days = Field(default=[], description="mon … sun; empty for every day")
    start: Copied = Field(default="", description="HH:MM")
    end: Copied = Field(default="", description="HH:MM")
    minutes: Minutes = None
    times_per_week: Annotated[int | None, _number(1, 7, whole=True)] = None


class ContextAnswer(Answer):
    rules: Annotated[list[RuleAnswer], _listed(_object, 50)] = []
