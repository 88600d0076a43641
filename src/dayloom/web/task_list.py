"""All tasks in one dense list, found by words, state and tag, renamed in place."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import Response

from dayloom.tasks.fields import TaskFields
from dayloom.tasks.models import Task
from dayloom.web.access import ContainerDep, PathId, by_htmx
from dayloom.web.answers import Action, done
from dayloom.web.rendering import render
from dayloom.web.task_list_page import Show, view_list
from dayloom.web.words import quoted

router = APIRouter()
LONGEST_TEXT = 200


@router.get("/tasks")
async def show_list(
    *,
    request: Request,
    container: ContainerDep,
    show: Annotated[str, Query()] = "",
    text: Annotated[str, Query(max_length=LONGEST_TEXT)] = "",
    tag: Annotated[str, Query(max_length=LONGEST_TEXT)] = "",
) -> Response:
    chosen = Show(show) if show in {one.value for one in Show} else Show.OPEN
    view = await container.read(lambda s: view_list(s, show=chosen, text=text, tag=tag))
    template = "tasks/list.html" if by_htmx(request) else "tasks/page.html"
    return render(request, template, page="tasks", view=view)


@router.post("/tasks/{task_id}/title")
async def rename(
    task_id: PathId,
    request: Request,
    container: ContainerDep,
    title: Annotated[str, Form()] = "",
) -> Response:
    old = await container.read(lambda s: s.tasks.require(task_id).title)
    fields = TaskFields(title=title)
    task: Task = await container.write(lambda s: s.tasks.edit(task_id, fields))
    undo = Action("Undo", f"/tasks/{task_id}/title", {"title": old})
    return done(request, f"Renamed to {quoted(task.title)}", action=undo)
