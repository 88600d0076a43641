"""Calendars that are read: adding, refreshing, their rules, and taking them away."""

from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.bootstrap import Container, Services
from dayloom.calendars.models import Calendar
from dayloom.infra.errors import DayloomError, Invalid
from dayloom.web.access import ContainerDep, PathId, by_htmx
from dayloom.web.answers import Action, undo
from dayloom.web.calendars_page import read_rules, view_calendars, view_typed
from dayloom.web.complaints import complain, saved
from dayloom.web.forms import Posted, texts
from dayloom.web.rendering import render
from dayloom.web.settings import render_settings
from dayloom.web.settings_page import view_settings

router = APIRouter(prefix="/settings/calendars")
FORM = "new-calendar"


@router.get("")
async def show_all(request: Request, container: ContainerDep) -> Response:
    if not by_htmx(request):
        return RedirectResponse("/settings#calendars", 303)
    view = await container.read(view_calendars)
    return render(request, "calendars/list.html", calendars=view)


@router.post("")
async def add(request: Request, container: ContainerDep, form: Posted) -> Response:
    """Add by address or by file, whichever was given; the worker reads it."""
    name, url = (str(form.get(field, "")) for field in ("name", "url"))
    try:
        content = await _content(form)
        if content is None and not url.strip():
            raise Invalid("Give an address, or choose a file.", field="url")

        def add_calendar(s: Services) -> Calendar:
            if content is None:
                return s.calendars.add_url(name, url)
            return s.calendars.add_file(name or _file_name(form), content)

        added = await container.change(add_calendar)
    except DayloomError as error:
        return await _refuse(request, container, form=form, error=error)
    return _saved(request, f"Added {added.result.name}", action=undo(added.entry))


@router.post("/{calendar_id}")
async def change(
    calendar_id: PathId, request: Request, container: ContainerDep, form: Posted
) -> Response:
    """Change the name and the rules; a box that is not ticked is not sent."""
    given = texts(form)
    try:
        changed = await container.change(
            lambda s: s.calendars.change(calendar_id, read_rules(given))
        )
    except Invalid as error:
        if by_htmx(request):
            return complain(request, error, form=f"calendar-{calendar_id}")
        view = await container.read(lambda s: view_settings(s, request.cookies))
        calendars = view_typed(view.calendars, calendar_id, given=given, error=error)
        return render_settings(request, replace(view, calendars=calendars), status=422)
    return _saved(request, f"Saved {changed.result.name}", action=undo(changed.entry))


@router.post("/{calendar_id}/file")
async def replace_file(
    calendar_id: PathId, request: Request, container: ContainerDep, form: Posted
) -> Response:
    content = await _content(form)
    if content is None:
        raise Invalid("Choose a file first.", field="file")
    row = await container.write(lambda s: s.calendars.replace_file(calendar_id, content))
    return _saved(request, f"Reading the new file of {row.name}")


@router.post("/{calendar_id}/refresh")
async def refresh(calendar_id: PathId, request: Request, container: ContainerDep) -> Response:
    return await _act(request, container, lambda s: s.calendars.refresh(calendar_id), "Reading")


@router.post("/{calendar_id}/shrinking")
async def confirm(calendar_id: PathId, request: Request, container: ContainerDep) -> Response:
    """Agree that most of its events are gone."""
    return await _act(
        request, container, lambda s: s.calendars.confirm_shrink(calendar_id), "Reading"
    )


@router.post("/{calendar_id}/removal")
async def remove(calendar_id: PathId, request: Request, container: ContainerDep) -> Response:
    removed = await container.change(lambda s: s.calendars.remove(calendar_id))
    return _saved(request, f"Removed {removed.result.name}", action=undo(removed.entry))


def _saved(request: Request, sentence: str, *, action: Action | None = None) -> Response:
    return saved(request, sentence, section="calendars", topic="calendars", action=action)


async def _act(
    request: Request, container: Container, unit: Callable[[Services], Calendar], said: str
) -> Response:
    row = await container.write(unit)
    return _saved(request, f"{said} {row.name}")


async def _refuse(
    request: Request, container: Container, *, form: FormData, error: DayloomError
) -> Response:
    field = (error.field if isinstance(error, Invalid) else None) or "url"
    if by_htmx(request):
        return complain(request, Invalid(str(error), field=field), form=FORM)
    view = await container.read(lambda s: view_settings(s, request.cookies))
    given = texts(form)
    typed = replace(
        view.calendars,
        url=given.get("url", ""),
        name=given.get("name", ""),
        url_error=str(error) if field != "file" else "",
        file_error=str(error) if field == "file" else "",
    )
    return render_settings(request, replace(view, calendars=typed), status=422)


async def _content(form: FormData) -> bytes | None:
    """Return the bytes of the chosen file, None without one."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    return await file.read()


def _file_name(form: FormData) -> str:
    file = form["file"]
    return (file.filename or "") if isinstance(file, UploadFile) else ""
