"""What a model understands of tasks: have one read again, have all of them ranked."""

from fastapi import APIRouter

from dayloom.api.access import ContainerDep, PathId
from dayloom.api.problems import documented
from dayloom.wire.rankings import RankingShown, ReadingsShown
from dayloom.wire.task_output import TaskShown, show_task

router = APIRouter(prefix="/tasks", tags=["tasks"])


@router.post("/prioritization", status_code=202, summary="Have all open tasks ranked")
async def prioritize(container: ContainerDep) -> RankingShown:
    """The worker sets the priorities that nobody has set by hand or in words, with reasons."""
    return RankingShown(by_model=await container.write(lambda s: s.tasks.rank_all()))


@router.post(
    "/reading",
    status_code=202,
    summary="Have your model read all open tasks",
    responses=documented(409),
)
async def read_all(container: ContainerDep) -> ReadingsShown:
    """As after connecting one. What you have set, and what the rules are sure of, stays."""
    return ReadingsShown(tasks=await container.write(lambda s: s.tasks.read_all()))


@router.post(
    "/{task_id}/reading",
    status_code=202,
    summary="Have your model read a task again",
    responses=documented(404, 409),
)
async def read_again(task_id: PathId, container: ContainerDep) -> TaskShown:
    """What you have set, and what the rules are sure of, stays."""
    return await container.write(lambda s: show_task(s, s.tasks.read_again(task_id)))
