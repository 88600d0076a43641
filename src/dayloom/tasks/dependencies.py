"""What waits for what: known tasks only, and never in a circle."""

from collections.abc import Sequence
from datetime import timedelta

from dayloom.i18n.words import gettext as _
from dayloom.infra.errors import Invalid
from dayloom.tasks.fields import GRID, Dependency
from dayloom.tasks.models import Task
from dayloom.tasks.repository import TaskRepository

LONGEST_GAP = timedelta(weeks=12)
MOST = 100


def check_dependencies(
    rows: TaskRepository, task: Task, dependencies: Sequence[Dependency]
) -> None:
    """Raise `Invalid` for an unknown task, a bad gap, a repetition or a circle.

    What the task waits for already stays known, even if it was deleted since.
    """
    if not dependencies:
        return
    ids = [item["task_id"] for item in dependencies]
    if len(ids) > MOST:
        raise Invalid(_("A task waits for at most %(most)s others.", most=MOST), field="after")
    if len(set(ids)) != len(ids):
        raise Invalid(_("The task waits for the same task twice."), field="after")
    if unknown := set(ids) - {d.after_id for d in task.after} - rows.known(ids):
        raise Invalid(
            _("There is no task #%(unknown)s to wait for.", unknown=min(unknown)), field="after"
        )
    for item in dependencies:
        if not timedelta(0) <= item["gap"] <= LONGEST_GAP or item["gap"] % GRID:
            raise Invalid(
                _("A pause is a multiple of 5 minutes, of 12 weeks at most."), field="after"
            )
    if task.id in ids or task.id in rows.all_before(ids):
        raise Invalid(
            _("Task #%(id)s would wait for itself through that chain.", id=task.id), field="after"
        )
