"""The life of a task, one press each: start, stop, completion, deletion, and their undoing."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import AwareDatetime
from starlette.requests import Request
from starlette.responses import Response

from dayloom.bootstrap import Container, Services
from dayloom.i18n.words import gettext as _
from dayloom.tasks.extending import extend
from dayloom.tasks.models import Task
from dayloom.web.access import ContainerDep, PathId
from dayloom.web.answers import Action, done, undo
from dayloom.web.words import quoted

router = APIRouter()
At = Annotated[AwareDatetime | None, Form()]


@router.post("/tasks/{task_id}/start")
async def start(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    return await _act(request, container, lambda s: s.tracking.start(task_id), said="Started")


@router.post("/tasks/{task_id}/extension")
async def extend_task(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    return await _act(
        request,
        container,
        lambda s: extend(s.tasks, task_id, now=s.now),
        said=_("15 minutes more for"),
    )


@router.post("/tasks/{task_id}/stop")
async def stop(
    task_id: PathId, request: Request, container: ContainerDep, at: At = None
) -> Response:
    """Stop the clock, now or as of a moment before; what is offered is to go on."""
    back = Action("Go on", f"/tasks/{task_id}/start")
    return await _act(
        request,
        container,
        lambda s: s.tracking.stop(task_id, at=at),
        said="Stopped",
        back=None if at else back,
    )


@router.post("/tasks/{task_id}/completion")
async def complete(
    task_id: PathId, request: Request, container: ContainerDep, at: At = None
) -> Response:
    return await _act(
        request, container, lambda s: s.tracking.complete(task_id, at=at), said="Done:"
    )


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
