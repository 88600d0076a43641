"""The week around a day, or fewer days from it on."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from dayloom.web.access import ContainerDep, by_htmx
from dayloom.web.board import load_board
from dayloom.web.rendering import keep_on_device, render
from dayloom.web.week_page import view_week
from dayloom.web.week_span import COOKIE, SPANS, choose_span, days_from
from dayloom.web.words import parse_day

router = APIRouter()


@router.get("/week")
async def show_week(
    request: Request,
    container: ContainerDep,
    on: Annotated[str, Query()] = "",
    days: Annotated[str, Query()] = "",
) -> Response:
    """Return the page, or to htmx the part of it that follows the plan."""
    span = choose_span(days, request.cookies)
    board = await load_board(
        container, lambda words, first: days_from(span, parse_day(on) or words.today, first)
    )
    template = "week/board.html" if by_htmx(request) else "week/page.html"
    response = render(request, template, page="week", view=view_week(board, span))
    if days in SPANS and not by_htmx(request):
        keep_on_device(response, COOKIE, days)
    window = board.window
    response.background = BackgroundTask(container.plans.mark_seen, window.start, window.end)
    return response
