"""The life of a task, one press each: start, stop, completion, deletion, and their undoing."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from dayloom.bootstrap import Container, Services
from dayloom.infra.errors import NotFound
from dayloom.tasks.models import Task
from dayloom.web.access import LARGEST_ID, ContainerDep, PathId
from dayloom.web.answers import Action, done, undo
from dayloom.web.words import quoted

router = APIRouter()


@router.post("/tasks/{task_id}/start")
async def start(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    back = undo(f"/tasks/{task_id}/stop")
    return await _act(
        request, container, lambda s: s.tracking.start(task_id), said="Started", back=back
    )


@router.post("/tasks/{task_id}/stop")
async def stop(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    back = Action("Go on", f"/tasks/{task_id}/start")
    return await _act(
        request, container, lambda s: s.tracking.stop(task_id), said="Stopped", back=back
    )


@router.post("/tasks/{task_id}/completion")
async def complete(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    back = undo(f"/tasks/{task_id}/reopening")
    return await _act(
        request, container, lambda s: s.tracking.complete(task_id), said="Done:", back=back
    )


@router.post("/tasks/{task_id}/reopening")
async def reopen(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    return await _act(request, container, lambda s: s.tracking.reopen(task_id), said="Open again:")


@router.post("/tasks/{task_id}/deletion")
async def delete(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    back = undo(f"/tasks/{task_id}/restoration")
    return await _act(
        request, container, lambda s: s.tasks.delete(task_id), said="Deleted", back=back
    )


@router.post("/tasks/{task_id}/restoration")
async def restore(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    return await _act(request, container, lambda s: s.tasks.restore(task_id), said="Brought back")


@router.post("/tasks/deletion")
async def delete_several(
    request: Request, container: ContainerDep, tasks: Annotated[str, Form()]
) -> Response:
    """Take away what a capture has added; a series that began with it ends."""
    ids = _ids(tasks)

    def take_away(s: Services) -> None:
        tasks = [s.tasks.require(task_id) for task_id in ids]
        for series_id in {task.series_id for task in tasks if task.series_id is not None}:
            s.series.end(series_id)
        for task in tasks:
            if task.deleted_at is None:
                s.tasks.delete(task.id)

    await container.write(take_away)
    return done(request, "Taken back")


def _ids(text: str) -> list[int]:
    parts = text.split("-")
    if not all(part.isascii() and part.isdecimal() for part in parts):
        raise NotFound("There are no such tasks.")
    return [min(int(part), LARGEST_ID) for part in parts]


async def _act(
    request: Request,
    container: Container,
    unit: Callable[[Services], Task],
    *,
    said: str,
    back: Action | None = None,
) -> Response:
    task = await container.write(unit)
    return done(request, f"{said} {quoted(task.title)}", action=back, also={"app:close": {}})
