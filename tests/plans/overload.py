"""A Monday that holds an hour less than what is wanted of it, and what is known of it then."""

from datetime import UTC, datetime

from dayloom.plans.models import DiagnosisRow
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner

NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # 09:00 in Berlin, when work begins
FIVE = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)  # 17:00, when it ends
TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # 09:00 again


def overload(planner: Planner) -> tuple[Task, Task]:
    """Return the task that has its place, and the one that has none."""
    budget = planner.add("Budget 6h deadline today 17:00 p8")
    slides = planner.add("Slides 3h deadline today 17:00")
    planner.replan()
    return budget, slides


def found(planner: Planner, task: Task) -> DiagnosisRow:
    """Return what is found out about a task of the plan that holds."""
    return next(row for row in planner.diagnose() if row.task_id == task.id)


def numbered(row: DiagnosisRow, start: str) -> int:
    """Return the number of the repair whose sentence begins so."""
    sentences = [repair["sentence"] for repair in row.repairs]
    return next(n for n, said in enumerate(sentences, start=1) if said.startswith(start))
