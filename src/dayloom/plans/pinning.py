"""Pins: the person puts a task somewhere, and there it stays until they take the pin out."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from dayloom.i18n.words import gettext as _
from dayloom.infra.clock import Clock
from dayloom.infra.errors import Invalid, NotFound
from dayloom.planning.interval import Interval
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.memo import Memo
from dayloom.plans.models import Proposal
from dayloom.plans.service import PlanService
from dayloom.plans.wishing import Wish, intervals_of_wish, pinned_under, require_open
from dayloom.tasks.fields import LONGEST
from dayloom.tasks.models import Task
from dayloom.tasks.pins import store_pins
from dayloom.tasks.remaining import remaining
from dayloom.tasks.repository import TaskRepository
from dayloom.tasks.service import note_edits


class PinService:
    """Pins and unpins; whatever lies under a new pin makes room at once."""

    def __init__(self, plans: PlanService, account_id: int, clock: Clock) -> None:
        self._plans = plans
        self._account_id = account_id
        self._clock = clock

    async def pin(
        self,
        task_id: int,
        start: datetime,
        *,
        duration: timedelta | None = None,
        piece: datetime | None = None,
        over_events: bool = False,
    ) -> Proposal:
        """Put a task where a `Wish` of these says; an older pin that lies there is let go.

        Raises what `intervals_of_wish` does.
        """
        wish = Wish(
            task_id=task_id, start=start, duration=duration, piece=piece, over_events=over_events
        )
        found: dict[int, tuple[Interval, ...]] = {}
        older: set[int] = set()

        def wishes(inputs: PlanInputs) -> Mapping[int, tuple[Interval, ...]]:
            intervals = intervals_of_wish(inputs, wish)
            found[task_id] = intervals
            for task in pinned_under(inputs, task_id, intervals):
                task.pins = []
                older.add(task.id)
            # so that the plan knows who put it there
            require_open(inputs, task_id).pins = store_pins(intervals)
            return {task_id: intervals}

        def remember(session: Session) -> Memo:
            rows = TaskRepository(session, self._account_id)
            task = rows.get(task_id)
            if task is None:
                raise NotFound(_("There is no task #%(task_id)s.", task_id=task_id))
            way = [row for id_ in sorted(older) if (row := rows.get(id_)) is not None]
            memo = {
                "pins": {str(row.id): row.pins for row in (task, *way)},
                "duration": {str(task_id): _whole(task)},
            }
            for row in way:
                row.pins = []
            if duration is not None:
                worked = task.duration - min(task.duration, remaining(task, self._clock.now()))
                total = sum((i.duration for i in found[task_id]), timedelta(0))
                if worked + total > LONGEST:
                    raise Invalid(_("A task takes 40 hours at most."), field="duration")
                task.duration = worked + total
                note_edits(task, {"duration": task.duration})
            task.pins = store_pins(found[task_id])
            return memo

        return await self._plans.arrange(wishes, remember=remember)

    async def unpin(self, task_id: int) -> Proposal:
        """Let the planner move the task again. Raises `NotFound`."""

        def wishes(inputs: PlanInputs) -> Mapping[int, tuple[Interval, ...]]:
            require_open(inputs, task_id).pins = []
            return {}

        def remember(session: Session) -> Memo:
            task = TaskRepository(session, self._account_id).get(task_id)
            if task is None:
                raise NotFound(_("There is no task #%(task_id)s.", task_id=task_id))
            memo = {"pins": {str(task_id): task.pins}}
            task.pins = []
            return memo

        return await self._plans.arrange(wishes, remember=remember)


def _whole(task: Task) -> int:
    return task.duration // timedelta(minutes=1)
