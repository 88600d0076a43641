"""What happens to a task: started, stopped, completed, reopened, put off, pinned, let go."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from dayloom.api.access import ContainerDep, PathId
from dayloom.api.problems import documented
from dayloom.plans.models import Proposal
from dayloom.tasks.extending import extend
from dayloom.tasks.postponing import Until
from dayloom.wire.plans import ExplanationShown, ProposalShown, explain, show_proposal
from dayloom.wire.scalars import Given, Minutes, Moment, QueryMoment, Shown, duration_or_none
from dayloom.wire.task_output import TaskShown, show_task

router = APIRouter(prefix="/tasks/{task_id}", tags=["tasks"])
AsOf = Annotated[
    QueryMoment | None,
    Query(description="A moment gone by, for a clock that was forgotten; otherwise now."),
]


class PinGiven(Given):
    """Where a task shall lie."""

    start: Moment
    duration_minutes: Annotated[Minutes, Field(ge=5)] | None = Field(
        default=None, description="If it shall take longer or shorter."
    )
    piece: Moment | None = Field(
        default=None, description="The present start of the piece of a split task that moves."
    )
    over_events: bool = Field(default=False, description="Also where a calendar event lies.")


class PostponementGiven(Given):
    """From when on a task may be planned again."""

    until: Annotated[Until, Field(strict=False)] | Annotated[date, Field(strict=False)] = Field(
        description="A day by name or date; `soon` means any."
    )


class PinShown(Shown):
    """The task where it lies now, and what made room for it."""

    task: TaskShown
    proposal: ProposalShown


@router.post("/timer", summary="Start working on a task", responses=documented(404, 409))
async def start_task(task_id: PathId, container: ContainerDep) -> TaskShown:
    """What ran before is stopped; starting the running task changes nothing."""
    return await container.write(lambda s: show_task(s, s.tracking.start(task_id)))


@router.delete("/timer", summary="Stop working on a task", responses=documented(404))
async def stop_task(task_id: PathId, container: ContainerDep, at: AsOf = None) -> TaskShown:
    """What was worked counts; stopping a task that rests changes nothing."""
    return await container.write(lambda s: show_task(s, s.tracking.stop(task_id, at=at)))


@router.post("/extension", summary="Give a task 15 minutes more", responses=documented(404, 409))
async def extend_task(task_id: PathId, container: ContainerDep) -> TaskShown:
    """More than was estimated, and at least 15 minutes from now where it runs."""
    return await container.write(lambda s: show_task(s, extend(s.tasks, task_id, now=s.now)))


@router.post("/completion", summary="Finish a task", responses=documented(404))
async def complete_task(task_id: PathId, container: ContainerDep, at: AsOf = None) -> TaskShown:
    """Finishing it twice changes nothing."""
    return await container.write(lambda s: show_task(s, s.tracking.complete(task_id, at=at)))


@router.delete("/completion", summary="Reopen a finished task", responses=documented(404))
async def reopen_task(task_id: PathId, container: ContainerDep) -> TaskShown:
    """The time worked on it stays."""
    return await container.write(lambda s: show_task(s, s.tracking.reopen(task_id)))


@router.post(
    "/postponement", summary="Put a task off to a later day", responses=documented(404, 409)
)
async def postpone_task(
    task_id: PathId, given: PostponementGiven, container: ContainerDep
) -> TaskShown:
    """It is not to begin before that day; a pin is given up, a running clock is stopped."""
    return await container.write(
        lambda s: show_task(s, s.postponing.postpone(task_id, given.until))
    )


@router.post("/pin", summary="Put a task at a time of your choice", responses=documented(404, 409))
async def pin_task(task_id: PathId, given: PinGiven, container: ContainerDep) -> PinShown:
    """It stays there until it is let go; what lies under it makes room at once."""
    proposal = await container.pins.pin(
        task_id,
        given.start,
        duration=duration_or_none(given.duration_minutes),
        piece=given.piece,
        over_events=given.over_events,
    )
    return await _pinned(container, task_id, proposal)


@router.delete("/pin", summary="Let the planner move a task again", responses=documented(404, 409))
async def unpin_task(task_id: PathId, container: ContainerDep) -> PinShown:
    """It stays where it is until a plan finds a better place."""
    return await _pinned(container, task_id, await container.pins.unpin(task_id))


@router.get("/explanation", summary="Why a task lies where it lies", responses=documented(404))
async def explain_task(task_id: PathId, container: ContainerDep) -> ExplanationShown:
    """The planner's own facts, or why the task has no place."""
    return await container.read(lambda s: explain(s, task_id))


async def _pinned(container: ContainerDep, task_id: int, proposal: Proposal) -> PinShown:
    return await container.read(
        lambda s: PinShown(
            task=show_task(s, s.tasks.require(task_id)), proposal=show_proposal(s, proposal)
        )
    )
