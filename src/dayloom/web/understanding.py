"""A model reads a task again; all tasks are ranked: two presses, which the worker follows."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dayloom.web.access import ContainerDep, PathId
from dayloom.web.answers import done
from dayloom.web.words import quoted

router = APIRouter()
NOTHING_OPEN = "There is no open task to be read"


@router.post("/tasks/prioritization")
async def prioritize(request: Request, container: ContainerDep) -> Response:
    """Have all open tasks ranked, and say who does it."""
    by_model = await container.write(lambda s: s.tasks.rank_all())
    who = "Your model ranks your tasks" if by_model else "Your tasks are ranked by their dates"
    return done(request, f"{who}; what you have set yourself stays")


@router.post("/tasks/reading")
async def read_all(request: Request, container: ContainerDep) -> Response:
    count = await container.write(lambda s: s.tasks.read_all())
    what = "the open task" if count == 1 else f"{count} open tasks"
    said = f"Your model reads {what}; what you have set stays" if count else NOTHING_OPEN
    return done(request, said)


@router.post("/tasks/{task_id}/reading")
async def read_again(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    task = await container.write(lambda s: s.tasks.read_again(task_id))
    said = f"Your model reads {quoted(task.title)} once more"
    return done(request, said, also={"app:close": {}})
