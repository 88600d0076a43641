"""Tasks without a place, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dayloom.preferences.models import PlanMode
from dayloom.tasks.models import Task
from dayloom.web.blocks import Mark, mark, note_of
from dayloom.web.board import Board
from dayloom.web.why_not_page import WhyNot, why_of
from dayloom.web.words import duration

NOT_ASKED = "Waits until you ask for a plan."
SOON = "Is being planned."


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A task that can be dropped into the timeline."""

    task_id: int
    title: str
    priority: Mark
    note: str
    minutes: int
    reason: str
    why: WhyNot | None


def view_waiting(board: Board) -> Sequence[Waiting]:
    """Return the tasks without a place, the most important first."""
    reasons = {row.task_id: row.reason for row in board.view.unplaced}
    usual = NOT_ASKED if board.mode is PlanMode.MANUAL else SOON
    found = [
        _waiting(board, task, reasons.get(task.id, usual))
        for task in board.tasks.values()
        if task.id in reasons or task.id not in board.placed
    ]
    return sorted(found, key=lambda one: (-float(one.priority.number), one.task_id))


def _waiting(board: Board, task: Task, reason: str) -> Waiting:
    why = why_of(board, task.id)
    note = " · ".join(filter(None, [duration(task.duration), note_of(task, board.words)]))
    return Waiting(
        task_id=task.id,
        title=task.title,
        priority=mark(task),
        note=note,
        minutes=task.duration // timedelta(minutes=1),
        reason=why.sentence if why and why.is_known else reason,
        why=why,
    )
