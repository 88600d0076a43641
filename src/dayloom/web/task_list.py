"""All tasks in one dense list, found by words, state and tag, renamed in place."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import Response

from dayloom.tasks.fields import TaskFields
from dayloom.web.access import ContainerDep, PathId, by_htmx
from dayloom.web.answers import done, undo
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
    fields = TaskFields(title=title)
    renamed = await container.change(lambda s: s.tasks.edit(task_id, fields))
    said = f"Renamed to {quoted(renamed.result.title)}"
    return done(request, said, action=undo(renamed.entry))
