"""Today: what runs, what comes, what changed, and what has no place."""

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from dayloom.bootstrap import Container
from dayloom.web.access import ContainerDep, by_htmx
from dayloom.web.board import load_board
from dayloom.web.rendering import render
from dayloom.web.today_page import only_today, view_today

router = APIRouter()


@router.get("/")
async def show_today(request: Request, container: ContainerDep) -> Response:
    """Return the page, or to htmx the part of it that follows the plan."""
    return await render_today(request, container)


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
