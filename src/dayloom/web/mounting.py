"""How the pages become part of the application, and what they say when something fails."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from dayloom.web import (
    assets,
    calendars,
    capture,
    certificates,
    changes,
    chat,
    history,
    hours,
    inferences,
    insights,
    installation,
    live,
    model,
    palette,
    planning,
    pricing,
    rules,
    running,
    selection,
    settings,
    states,
    task_detail,
    task_list,
    today,
    understanding,
    week,
    what_if,
    why_not,
)
from dayloom.web.answers import refused
from dayloom.web.rendering import Renderer

PAGES = (
    today,
    week,
    capture,
    understanding,
    palette,
    states,
    selection,
    task_list,
    task_detail,
    chat,
    planning,
    what_if,
    pricing,
    why_not,
    certificates,
    changes,
    history,
    insights,
    settings,
    rules,
    running,
    hours,
    calendars,
    model,
    inferences,
    installation,
    live,
)


def install(app: FastAPI) -> None:
    """Mount the static files and the routes of all pages."""
    built = assets.load()
    app.state.assets = built.manifest
    app.state.renderer = Renderer(built.manifest)
    app.mount("/static", built.files, name="static")
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)


def failure(request: Request, status: int, sentence: str) -> Response:
    """Return a page that says what went wrong, or, to htmx, a toast or a line in the form."""
    return refused(request, sentence, status=status)
