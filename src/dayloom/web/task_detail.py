"""The details of one task: seen from everywhere, changed field by field."""

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from dayloom.bootstrap import Services
from dayloom.infra.errors import Conflict, Invalid
from dayloom.tasks.fields import TaskFields
from dayloom.tasks.models import Task
from dayloom.web.access import ContainerDep, PathId, by_htmx
from dayloom.web.answers import done, undo
from dayloom.web.complaints import complain
from dayloom.web.pricing import Asked, ask_about
from dayloom.web.rendering import render
from dayloom.web.task_page import TaskView, view_task
from dayloom.web.task_texts import Texts, read_changes
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
    """Change what differs from before."""
    given = texts_of(await request.form())
    try:
        saved = await container.change(lambda s: edit_by_texts(s, task_id, given))
    except Invalid as error:
        if by_htmx(request):
            return complain(request, error, form="task")
        errors = {error.field or "form": str(error)}
        view = await container.read(lambda s: view_task(s, task_id, typed=given, errors=errors))
        return _page(request, view, status=422)
    said = f"Saved {quoted(saved.result.title)}"
    return done(request, said, action=undo(saved.entry), also={"app:close": {}})


@router.post("/tasks/{task_id}/series-end")
async def end_series(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    """Let a recurring task end: what lies ahead of it goes away."""

    def end(s: Services) -> str:
        task = s.tasks.require(task_id)
        if task.series is None:
            raise Conflict(f"“{task.title}” does not repeat.")
        s.series.end(task.series.id)
        return task.title

    ended = await container.change(end)
    said = f"{quoted(ended.result)} does not repeat any more"
    return done(request, said, action=undo(ended.entry), also={"app:close": {}})


def edit_by_texts(s: Services, task_id: int, given: Texts) -> Task:
    """Change what differs from what the task says. Raises `NotFound` or `Invalid`."""
    task, words = s.tasks.require(task_id), Words.of(s.preferences.require(), s.now)
    changes = read_changes(given, task, words)
    _check_hours(changes, s)
    return s.tasks.edit(task_id, changes) if changes else task


def _check_hours(changes: TaskFields, s: Services) -> None:
    chosen = changes.get("hour_map")
    if chosen and chosen not in {one.name for one in s.preferences.hour_maps()}:
        raise Invalid("There are no hours of that name.", field="hour_map")


def texts_of(form: FormData) -> dict[str, list[str]]:
    """Return the texts of a form by the names of their inputs."""
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
