"""Why not, and the press of a repair."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.bootstrap import Container
from dayloom.plans.changeset import Change
from dayloom.plans.models import Proposal
from dayloom.web.access import ContainerDep, PathId, by_htmx
from dayloom.web.answers import done
from dayloom.web.planning import UNDO
from dayloom.web.rendering import render
from dayloom.web.task_page import view_task
from dayloom.web.words import Words, quoted

router = APIRouter()


@router.get("/tasks/{task_id}/why-not")
async def show_why_not(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    """Return what is known by now; the details of the task pull it when the plan changes."""
    if not by_htmx(request):
        return RedirectResponse(f"/tasks/{task_id}", 303)
    view = await container.read(lambda s: view_task(s, task_id, errors={}))
    return render(request, "task/why_not.html", task=view)


@router.post("/tasks/{task_id}/repairs/{number}")
async def repair(
    task_id: PathId, number: int, request: Request, container: ContainerDep
) -> Response:
    """Apply a repair; the toast can take all of it back."""
    applied = await container.repairs.apply(task_id, number)
    said = await _said(container, task_id, applied)
    return done(request, said, action=UNDO, also={"app:close": {}})


async def _said(container: Container, task_id: int, applied: Proposal) -> str:
    title, preferences = await container.read(
        lambda s: (s.tasks.require(task_id).title, s.preferences.require())
    )
    words = Words.of(preferences, container.clock.now())
    changes = map(Change.from_json, applied.changes)
    own = next((one for one in changes if one.task_id == task_id and one.after), None)
    return f"{quoted(title)} has its place: {words.begin(own.after[0].start)}" if own else "Done"
