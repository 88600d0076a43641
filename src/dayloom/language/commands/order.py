"""What an order says: typed, and with every task named by its number."""

from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """What can be ordered."""

    CREATE = "create"
    START = "start"
    STOP = "stop"
    COMPLETE = "complete"
    DELETE = "delete"
    LIST = "list"
    PLAN = "plan"
    MOVE = "move"
    EXPLAIN = "explain"


CHANGING = frozenset({Op.CREATE, Op.START, Op.STOP, Op.COMPLETE, Op.DELETE, Op.MOVE})


class Scope(StrEnum):
    """Which tasks a question is about."""

    OPEN = "open"
    NEXT = "next"
    TODAY = "today"
    TOMORROW = "tomorrow"
    WEEK = "week"
    DUE_TODAY = "due_today"
    DUE_TOMORROW = "due_tomorrow"
    DUE_WEEK = "due_week"
    LATE = "late"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An open task, as far as an order may name it."""

    id: int
    title: str
    running: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One thing to do. `text` is what there is to create, `when_text` where to move it, or of
    which place to explain why it is not there."""

    op: Op
    task_id: int | None = None
    text: str = ""
    when_text: str = ""
    scope: Scope = Scope.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """An order that fits several tasks, or none; `named` are the words for the task."""

    op: Op
    named: str
    candidates: tuple[int, ...] = ()
    when_text: str = ""


Said = tuple[Order, ...] | Unclear
