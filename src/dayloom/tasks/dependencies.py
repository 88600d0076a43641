"""What waits for what: known tasks only, and never in a circle."""

from collections.abc import Sequence

from dayloom.infra.errors import Invalid
from dayloom.tasks.fields import GRID, Dependency
from dayloom.tasks.models import Task
from dayloom.tasks.repository import TaskRepository


def check_dependencies(
    rows: TaskRepository, task: Task, dependencies: Sequence[Dependency]
) -> None:
    """Raise `Invalid` for an unknown task, a bad gap, a repetition or a circle."""
    ids = [item["task_id"] for item in dependencies]
    if len(set(ids)) != len(ids):
        raise Invalid("The task waits for the same task twice.", field="after")
    for item in dependencies:
        if rows.get(item["task_id"]) is None:
            raise Invalid(f"There is no task #{item['task_id']} to wait for.", field="after")
        if item["gap"] < GRID * 0 or item["gap"] % GRID:
            raise Invalid("A pause is a multiple of 5 minutes.", field="after")
    _refuse_circle(rows, task.id, ids)


def _refuse_circle(rows: TaskRepository, task_id: int, waits_for: Sequence[int]) -> None:
    seen: set[int] = set()
    frontier = list(waits_for)
    while frontier:
        if task_id in frontier:
            raise Invalid(
                f"Task #{task_id} would wait for itself through that chain.", field="after"
            )
        seen.update(frontier)
        frontier = [
            row.after_id for row in rows.predecessors(frontier) if row.after_id not in seen
        ]
