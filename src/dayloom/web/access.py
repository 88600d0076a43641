"""What every route asks for: the container, who reads, and what kind of answer is expected."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Path
from starlette.requests import Request

from dayloom.bootstrap import Container
from dayloom.journal.models import Origin

LARGEST_ID = 2**63 - 1


async def _container(request: Request) -> Container:
    container: Container = request.app.state.container
    return container.used_by(Origin.PAGE)


ContainerDep = Annotated[Container, Depends(_container)]
PathId = Annotated[int, Path(ge=1, le=LARGEST_ID)]


def by_htmx(request: Request) -> bool:
    """Tell whether a part of a page is asked for; a navigation wants it whole."""
    return "hx-request" in request.headers


def targets(request: Request) -> str:
    """Return the id of the element that the answer goes into."""
    return request.headers.get("hx-target", "").rpartition("#")[2]


def came_from(request: Request) -> str:
    """Return the page of ours from which a plain form was sent, else the first page."""
    referrer = urlsplit(request.headers.get("referer", ""))
    if referrer.netloc != request.headers.get("host") or not referrer.path.startswith("/"):
        return "/"
    path = "/" + referrer.path.lstrip("/")
    return f"{path}?{referrer.query}" if referrer.query else path
