"""Which calls of the log somebody wants to see."""

from dataclasses import dataclass
from datetime import datetime

from dayloom.language.program.execution import Module


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which calls are meant: None, and an empty name, are any."""

    module: Module | None = None
    failed: bool | None = None
    model: str = ""
    task_id: int | None = None
    since: datetime | None = None
