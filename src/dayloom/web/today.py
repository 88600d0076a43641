"""Today: what runs, what comes, what changed, and what has no place."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from dayloom.bootstrap import Container
from dayloom.web.access import ContainerDep, by_htmx
from dayloom.web.board import load_board
from dayloom.web.rendering import render
from dayloom.web.today_page import only_today, view_today

router = APIRouter()
Said = Annotated[str, Query()]


@router.get("/")
async def show_today(request: Request, container: ContainerDep) -> Response:
    """Return the page, or to htmx the part of it that follows the plan."""
    return await render_today(request, container)


@router.get("/add")
async def show_box(
    *,
    request: Request,
    container: ContainerDep,
    title: Said = "",
    text: Said = "",
    url: Said = "",
) -> Response:
    """Return Today with what another app has shared in the box; nothing is added yet."""
    response = await render_today(request, container, typed=_one_line(title, text, url))
    response.headers["Referrer-Policy"] = "origin"  # once it is added, Today comes, not this again
    return response


def _one_line(*parts: str) -> str:
    """Return the parts in one line: another line would be another task."""
    said = ""
    for part in (" ".join(part.split()) for part in parts):
        if part not in said:
            said = f"{said} {part}".strip()
    return said


async def render_today(
    request: Request,
    container: Container,
    *,
    typed: str = "",
    complaint: str = "",
    status: int = 200,
) -> Response:
    """Return Today; a refused capture comes back with what was `typed` and a `complaint`."""
    board = await load_board(container, only_today)
    view = view_today(board)
    template = "today/board.html" if by_htmx(request) else "today/page.html"
    response = render(
        request,
        template,
        status=status,
        page="today",
        view=view,
        sun=view.sun,
        typed=typed,
        complaint=complaint,
    )
    window = board.window
    seen = BackgroundTask(container.plans.mark_seen, window.start, window.end)
    response.background = seen
    return response
