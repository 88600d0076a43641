"""The running clock, which every page pulls into itself."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.web.access import ContainerDep, by_htmx
from dayloom.web.rendering import render
from dayloom.web.running_page import find_running

router = APIRouter()


@router.get("/running")
async def show_running(request: Request, container: ContainerDep) -> Response:
    """Return what runs to the part of a page that shows it; as a page that is Today."""
    if not by_htmx(request):
        return RedirectResponse("/", 303)
    return render(request, "running/tracker.html", running=await container.read(find_running))
