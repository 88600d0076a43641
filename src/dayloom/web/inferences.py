"""The log of every call of a model: looking through it, and taking back what one has set."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dayloom.inferences.fields import LONGEST_MODEL
from dayloom.web.access import LARGEST_ID, ContainerDep, PathId, by_htmx
from dayloom.web.answers import CHANGED, done
from dayloom.web.inferences_page import view_call, view_log
from dayloom.web.rendering import render

router = APIRouter(prefix="/inferences")
Chosen = Annotated[str, Query(max_length=LONGEST_MODEL)]


@router.get("")
async def show_log(
    *,
    request: Request,
    container: ContainerDep,
    module: Chosen = "",
    model: Chosen = "",
    outcome: Chosen = "",
    before: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
) -> Response:
    """Show calls, the newest first."""
    given = {"module": module, "model": model, "outcome": outcome}
    view = await container.read(lambda s: view_log(s, given, before_id=before))
    template = "inferences/log.html" if by_htmx(request) else "inferences/page.html"
    return render(request, template, page="settings", view=view)


@router.get("/{execution_id}")
async def show_call(execution_id: PathId, request: Request, container: ContainerDep) -> Response:
    view = await container.read(lambda s: view_call(s, execution_id))
    template = "inferences/whole.html" if by_htmx(request) else "inferences/call.html"
    return render(request, template, page="settings", view=view)


@router.post("/{execution_id}/forgetting")
async def forget(execution_id: PathId, request: Request, container: ContainerDep) -> Response:
    """Take back what the call has set, where it still stands, and have the plan made again."""
    forgotten = await container.write(lambda s: s.forgetting.forget(execution_id))
    said = f"Took back {_count(forgotten.taken_back)}; the plan is made again"
    if forgotten.left:
        stays = "stays" if forgotten.left == 1 else "stay"
        said = f"{said}. {_count(forgotten.left)} changed since and {stays}"
    return done(request, said, changed=(*CHANGED, "inferences:changed"))


def _count(facts: int) -> str:
    return f"{facts} value{'' if facts == 1 else 's'}"
