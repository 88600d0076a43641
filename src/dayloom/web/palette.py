"""The palette: a few words find a task, an order or a page, or become a task."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dayloom.web.access import ContainerDep, by_htmx
from dayloom.web.palette_page import LONGEST, find
from dayloom.web.rendering import render

router = APIRouter()


@router.get("/find")
async def show_found(
    request: Request, container: ContainerDep, text: Annotated[str, Query()] = ""
) -> Response:
    """Return what fits, as a page or as the lines of the palette."""
    wanted = text.strip()[:LONGEST]
    found = await container.read(lambda s: find(s, wanted))
    template = "palette/found.html" if by_htmx(request) else "palette/page.html"
    return render(request, template, page="find", found=found, text=wanted)
