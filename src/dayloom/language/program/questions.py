"""What a model is asked: every text from outside is a field of its own, clipped and marked.

Fields inside a model are sent as JSON, so that no text can look like a part of the prompt.
"""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

from dayloom.language.program.execution import Module

LONGEST_WORDS = 4_000
LONGEST_LINE = 300
MOST_TASKS = 40


def _clipped(limit: int) -> BeforeValidator:
    """Cut a text, and drop what cannot be sent: lone surrogates and NULs."""

    def clip(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        clean = value.encode("utf-8", "ignore").decode("utf-8").replace("\x00", "")
        return clean if len(clean) <= limit else clean[: limit - 1] + "…"

    return BeforeValidator(clip)


Text = Annotated[str, _clipped(LONGEST_WORDS)]
Line = Annotated[str, _clipped(LONGEST_LINE)]


class Part(BaseModel):
    """A typed part of a question."""

    model_config = ConfigDict(frozen=True)


class Words(Part):
    """Text that somebody wrote: data, never an instruction to the model."""

    text: Text


class OpenTask(Part):
    """A task of the person's, as far as a model has to know it."""

    id: int
    title: Line
    minutes: int | None = None
    due: str | None = None  # local, "Fri 2026-11-27 17:00"
    deadline: str | None = None
    priority: float | None = None
    tags: list[str] = []
    status: str = "open"


class Commitment(Part):
    """Time that is taken. Of calendars of others only the time is told, not the words."""

    start: str
    end: str
    title: Line = "busy"


class FreeSlot(Part):
    """A place that the planner found free and allowed; the model may choose one by its id."""

    id: int
    start: str
    end: str


class Turn(Part):
    """One exchange of a conversation."""

    said: Text
    replied: Text


class Question(Part):
    """The inputs of one call."""

    module: ClassVar[Module]


class TimeSlotQuestion(Question):
    """What does this task say, and which of the free slots suits it best?"""

    module: ClassVar[Module] = Module.TIME_SLOT

    now: str
    task: Words
    task_context: Words
    context: Words
    rules: list[Line] = []
    commitments: list[Commitment] = []
    open_tasks: list[OpenTask] = []
    slots: list[FreeSlot] = []


class ProbeQuestion(TimeSlotQuestion):
    """The same, asked to learn how the model answers."""

    module: ClassVar[Module] = Module.PROBE


class PriorityQuestion(Question):
    """How much does each of these tasks matter?"""

    module: ClassVar[Module] = Module.PRIORITIZER

    now: str
    context: Words
    tasks: list[OpenTask]


class ChatQuestion(Question):
    """What is the answer, and what does the person want done? Holds no foreign calendar text."""

    module: ClassVar[Module] = Module.CHAT

    now: str
    context: Words
    open_tasks: list[OpenTask] = []
    history: list[Turn] = []
    message: Words


class ContextQuestion(Question):
    """Which rules do these sentences hold?"""

    module: ClassVar[Module] = Module.CONTEXT

    context: Words
    hour_maps: list[str] = []
