"""The details of one task: seen from everywhere, changed field by field."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from dayloom.bootstrap import Services
from dayloom.infra.errors import Conflict, Invalid
from dayloom.tasks.fields import TaskFields
from dayloom.tasks.models import Task
from dayloom.web.access import ContainerDep, PathId, by_htmx
from dayloom.web.answers import Action, done
from dayloom.web.complaints import complain
from dayloom.web.pricing import Asked, ask_about
from dayloom.web.rendering import render
from dayloom.web.task_page import TaskView, view_task
from dayloom.web.task_texts import INPUTS, as_texts, read_changes
from dayloom.web.words import Words, quoted

router = APIRouter()
OPEN = '{"app:modal": {"id": "task-dialog"}}'


@router.get("/tasks/{task_id}")
async def show_task(
    task_id: PathId, request: Request, container: ContainerDep, about: str = ""
) -> Response:
    """Return the task as a page, or to htmx as the content of the dialog, which opens.

    A plain form asks what a place would cost: the page answers it.
    """
    view = await container.read(lambda s: view_task(s, task_id, errors={}))
    if not by_htmx(request):
        asked = await ask_about(container, task_id, about) if about else Asked()
        return _page(request, view, asked=asked)
    response = render(request, "task/detail.html", task=view, asked=Asked(), whole=False)
    response.headers["HX-Trigger"] = OPEN
    return response


@router.post("/tasks/{task_id}")
async def save_task(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    """Change what differs from before; the toast can put it back."""
    given = _texts(await request.form())

    def save(s: Services) -> tuple[Task, Mapping[str, object]]:
        task, words = s.tasks.require(task_id), Words.of(s.preferences.require(), s.now)
        before = as_texts(task, words)
        changes = read_changes(given, task, words)
        _check_hours(changes, s)
        return (s.tasks.edit(task_id, changes) if changes else task), _touched(changes, before)

    try:
        task, before = await container.write(save)
    except Invalid as error:
        if by_htmx(request):
            return complain(request, error, form="task")
        errors = {error.field or "form": str(error)}
        view = await container.read(lambda s: view_task(s, task_id, typed=given, errors=errors))
        return _page(request, view, status=422)
    undo = Action("Undo", f"/tasks/{task_id}", before) if before else None
    return done(request, f"Saved {quoted(task.title)}", action=undo, also={"app:close": {}})


@router.post("/tasks/{task_id}/series-end")
async def end_series(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    """Let a recurring task end: what lies ahead of it goes away."""

    def end(s: Services) -> str:
        task = s.tasks.require(task_id)
        if task.series is None:
            raise Conflict(f"“{task.title}” does not repeat.")
        s.series.end(task.series.id)
        return task.title

    title = await container.write(end)
    return done(request, f"{quoted(title)} does not repeat any more", also={"app:close": {}})


def _check_hours(changes: TaskFields, s: Services) -> None:
    chosen = changes.get("hour_map")
    if chosen and chosen not in {one.name for one in s.preferences.hour_maps()}:
        raise Invalid("There are no hours of that name.", field="hour_map")


def _touched(changes: TaskFields, before: Mapping[str, list[str]]) -> Mapping[str, object]:
    """Return what the inputs of the changed fields held: what the undo has to send."""
    names = [name for field in INPUTS if field.name in changes for name in field.inputs]
    return {name: before[name] or [""] for name in names}


def _texts(form: FormData) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value)
    return found


def _page(
    request: Request, view: TaskView, *, status: int = 200, asked: Asked | None = None
) -> Response:
    shown = {"task": view, "asked": asked or Asked(), "whole": True}
    return render(request, "task/page.html", status=status, page="tasks", **shown)
