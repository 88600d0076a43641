"""The web process: pages and REST in one application, behind the same guards."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dayloom import web
from dayloom.api import health, problems, routes
from dayloom.api.problems import Problem
from dayloom.bootstrap import Container
from dayloom.calendars.fetching import LARGEST
from dayloom.infra.body_limit import BodyLimit
from dayloom.infra.errors import DayloomError
from dayloom.infra.guards import LOOPBACK, Guards
from dayloom.infra.hub import Hub
from dayloom.infra.settings import Settings
from dayloom.wire.calendars import CalendarGiven

USUAL_BODY = 1024 * 1024
UPLOAD = LARGEST + 64 * 1024  # the file and the parts around it
UPLOADS = {"/api/v1/calendars": UPLOAD, "/settings/calendars": UPLOAD}


def make_app(container: Container) -> FastAPI:
    """Return the application over an open container, which the caller closes."""
    app = FastAPI(
        title="Dayloom",
        version=version("dayloom"),
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.container = container
    app.state.hub = Hub(container.db)
    app.include_router(routes.router)
    app.include_router(health.router)
    web.install(app)
    _translate_errors(app)
    app.add_middleware(web.Speaking, container=container)
    app.add_middleware(BodyLimit, usual=USUAL_BODY, larger=UPLOADS)
    app.add_middleware(Guards, hosts=_hosts(container.settings))
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]  # as FastAPI documents it
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with app.state.hub:
        yield


def _hosts(settings: Settings) -> set[str]:
    """Return the names under which browsers may know this machine."""
    named = urlsplit(settings.base_url or "").hostname
    return {*LOOPBACK, settings.host.lower(), *([named] if named else [])}


def _translate_errors(app: FastAPI) -> None:
    @app.exception_handler(DayloomError)
    async def domain(request: Request, error: DayloomError) -> Response:
        return _failure(request, problems.from_error(error))

    @app.exception_handler(RequestValidationError)
    async def validation(request: Request, error: RequestValidationError) -> Response:
        return _failure(request, problems.from_validation(error, request))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        response = _failure(request, problems.from_http(error))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(Exception)
    async def mistake(request: Request, _error: Exception) -> Response:
        return _failure(request, problems.internal())


def _failure(request: Request, problem: Problem) -> Response:
    """Return a page to those who read pages, and a problem to everybody else."""
    path = request.url.path
    reads_pages = (
        "text/html" in request.headers.get("accept", "") or "hx-request" in request.headers
    )
    if path.startswith("/api/") or not reads_pages:
        return problems.answer(problem)
    return web.failure(request, problem.status, problem.detail)


def _openapi(app: FastAPI) -> dict[str, Any]:
    """Return the description of the interface, with the shapes that no signature names."""
    if app.openapi_schema is None:
        described = get_openapi(
            title=app.title,
            version=app.version,
            summary="Plans a person's days: tasks in, a plan with its reasons out.",
            routes=app.routes,
        )
        shapes = described["components"]["schemas"]
        for shape in (Problem, CalendarGiven):
            schema = shape.model_json_schema(ref_template="#/components/schemas/{model}")
            shapes.update(schema.pop("$defs", {}))
            shapes[shape.__name__] = schema
        app.openapi_schema = described
    return app.openapi_schema
