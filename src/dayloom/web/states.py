"""The life of a task, one press each: start, stop, completion, deletion, and their undoing."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dayloom.bootstrap import Container, Services
from dayloom.tasks.models import Task
from dayloom.web.access import ContainerDep, PathId
from dayloom.web.answers import Action, done, undo
from dayloom.web.words import quoted

router = APIRouter()


@router.post("/tasks/{task_id}/start")
async def start(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    return await _act(request, container, lambda s: s.tracking.start(task_id), said="Started")


@router.post("/tasks/{task_id}/stop")
async def stop(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    back = Action("Go on", f"/tasks/{task_id}/start")
    return await _act(
        request, container, lambda s: s.tracking.stop(task_id), said="Stopped", back=back
    )


@router.post("/tasks/{task_id}/completion")
async def complete(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    return await _act(request, container, lambda s: s.tracking.complete(task_id), said="Done:")


@router.post("/tasks/{task_id}/reopening")
async def reopen(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    return await _act(request, container, lambda s: s.tracking.reopen(task_id), said="Open again:")


@router.post("/tasks/{task_id}/deletion")
async def delete(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    return await _act(request, container, lambda s: s.tasks.delete(task_id), said="Deleted")


async def _act(
    request: Request,
    container: Container,
    unit: Callable[[Services], Task],
    *,
    said: str,
    back: Action | None = None,
) -> Response:
    changed = await container.change(unit)
    action = back or undo(changed.entry)
    title = quoted(changed.result.title)
    return done(request, f"{said} {title}", action=action, also={"app:close": {}})
