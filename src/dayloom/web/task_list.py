"""All tasks in one dense list: found, grouped, kept as views, and edited in place."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.bootstrap import Services
from dayloom.infra.errors import Invalid
from dayloom.tasks.models import Task
from dayloom.web import task_query
from dayloom.web.access import ContainerDep, PathId, by_htmx, targets
from dayloom.web.answers import done, undo
from dayloom.web.complaints import complain
from dayloom.web.rendering import render
from dayloom.web.selection import LATER
from dayloom.web.task_detail import edit_by_texts, texts_of
from dayloom.web.task_list_page import view_list
from dayloom.web.task_row import view_cells, view_row
from dayloom.web.words import Words, quoted

router = APIRouter()
FARTHEST = 100_000
TEMPLATES = {"tabs": "tasks/tabs.html", "list": "tasks/list.html"}


@router.get("/tasks")
async def show_list(
    request: Request, container: ContainerDep, start: Annotated[str, Query()] = ""
) -> Response:
    """Return the page; to htmx the part that it asks for: the list, its tabs, or the rows from
    `start` on."""
    query = task_query.Query.of(request.query_params)
    first = min(int(start), FARTHEST) if start.isascii() and start.isdecimal() else 0
    view = await container.read(lambda s: view_list(s, query, start=first))
    part = TEMPLATES.get(targets(request), "tasks/part.html")
    template = part if by_htmx(request) else "tasks/page.html"
    laters = [{"value": one.value, "label": label} for one, label in LATER.items()]
    return render(request, template, page="tasks", view=view, laters=laters)


@router.get("/tasks/{task_id}/row")
async def show_row(
    task_id: PathId, request: Request, container: ContainerDep, edit: str = ""
) -> Response:
    """Return one row, or the row as a form."""
    if edit:
        cells = await container.read(lambda s: view_cells(s, task_id))
        return render(request, "tasks/row_edit.html", task=cells)
    row = await container.read(lambda s: _row(s, task_id))
    return render(request, "tasks/row.html", row=row)


@router.post("/tasks/{task_id}/row")
async def save_row(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    """Change what differs from before, and show the row again."""
    given = texts_of(await request.form())
    try:
        saved = await container.change(lambda s: edit_by_texts(s, task_id, given))
    except Invalid as error:
        return complain(request, error, form=f"row-{task_id}")
    said = f"Saved {quoted(saved.result.title)}"
    told = done(request, said, action=undo(saved.entry))
    if not by_htmx(request):
        return told
    row = await container.read(lambda s: _row(s, task_id))
    answer = render(request, "tasks/row.html", row=row)
    answer.headers["HX-Trigger"] = told.headers["HX-Trigger"]
    return answer


@router.post("/tasks/views")
async def save_view(
    request: Request,
    container: ContainerDep,
    name: Annotated[str, Form()] = "",
    query: Annotated[str, Form()] = "",
) -> Response:
    """Keep an address of the list under a name."""
    address = task_query.Query.parse(query).text_form
    kept = await container.change(lambda s: s.views.add(name, address))
    return done(request, f"Kept as {quoted(kept.result.name)}", action=undo(kept.entry))


@router.post("/tasks/views/{view_id}/deletion")
async def forget_view(view_id: PathId, request: Request, container: ContainerDep) -> Response:
    gone = await container.change(lambda s: s.views.remove(view_id))
    if not by_htmx(request):
        return RedirectResponse("/tasks", 303)
    return done(request, f"Forgot the view {quoted(gone.result)}", action=undo(gone.entry))


def _row(s: Services, task_id: int) -> object:
    task: Task = s.tasks.require(task_id)
    return view_row(s, task, Words.of(s.preferences.require(), s.now))
