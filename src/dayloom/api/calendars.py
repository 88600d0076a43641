"""Calendars that are read, and their events."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dayloom.api.access import ContainerDep, End, PathId, Start, zone_of
from dayloom.api.problems import documented
from dayloom.api.windows import window_of
from dayloom.bootstrap import Services
from dayloom.calendars.models import Calendar
from dayloom.infra.errors import Invalid
from dayloom.wire.calendars import (
    CalendarGiven,
    CalendarPatch,
    CalendarShown,
    CalendarsShown,
    EventsShown,
    show_calendar,
    show_event,
)

router = APIRouter(tags=["calendars"])
_FILE = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "contentMediaType": "text/calendar"},
        "name": {"type": "string", "maxLength": 100},
    },
    "required": ["file"],
}
_MULTIPART = {"multipart/form-data": {"schema": _FILE}}
_JSON = {"application/json": {"schema": {"$ref": "#/components/schemas/CalendarGiven"}}}


@router.post(
    "/calendars",
    status_code=201,
    summary="Add a calendar by its address or as a file",
    responses=documented(409),
    openapi_extra={"requestBody": {"required": True, "content": {**_JSON, **_MULTIPART}}},
)
async def add_calendar(
    request: Request, container: ContainerDep, response: Response
) -> CalendarShown:
    """`{"name", "url"}` as JSON, or an `.ics` file as `multipart/form-data`.

    The worker reads it; until then it has no events.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        name, content = await _uploaded(request)
        added = await container.write(lambda s: _shown(s, s.calendars.add_file(name, content)))
    elif kind == "application/json":
        given = _given(await request.body())
        added = await container.write(
            lambda s: _shown(s, s.calendars.add_url(given.name, given.url))
        )
    else:
        raise HTTPException(415)
    response.headers["Location"] = f"/api/v1/calendars/{added.id}"
    return added


@router.get("/calendars", summary="List the calendars")
async def list_calendars(container: ContainerDep) -> CalendarsShown:
    """With how their last reading went."""
    return await container.read(
        lambda s: CalendarsShown(calendars=[_shown(s, one) for one in s.calendars.all()])
    )


@router.get("/calendars/{calendar_id}", summary="Read one calendar", responses=documented(404))
async def read_calendar(calendar_id: PathId, container: ContainerDep) -> CalendarShown:
    """An address is shown without what may be secret in it."""
    return await container.read(lambda s: _shown(s, s.calendars.require(calendar_id)))


@router.patch(
    "/calendars/{calendar_id}",
    summary="Change a calendar's name or rules",
    responses=documented(404),
)
async def change_calendar(
    calendar_id: PathId, given: CalendarPatch, container: ContainerDep
) -> CalendarShown:
    """Its events count anew at once; what is absent stays as it is."""
    return await container.write(
        lambda s: _shown(s, s.calendars.change(calendar_id, given.to_fields()))
    )


@router.delete(
    "/calendars/{calendar_id}",
    status_code=204,
    summary="Remove a calendar",
    responses=documented(404),
)
async def remove_calendar(calendar_id: PathId, container: ContainerDep) -> None:
    """For a day, `POST /calendars/{id}/restoration` brings it back; then it is gone."""
    await container.write(lambda s: s.calendars.remove(calendar_id))


@router.post(
    "/calendars/{calendar_id}/restoration",
    summary="Bring a removed calendar back",
    responses=documented(404, 409),
)
async def restore_calendar(calendar_id: PathId, container: ContainerDep) -> CalendarShown:
    """It is read again."""
    return await container.write(lambda s: _shown(s, s.calendars.restore(calendar_id)))


@router.post(
    "/calendars/{calendar_id}/refresh",
    status_code=202,
    summary="Read a calendar again now",
    responses=documented(404),
)
async def refresh_calendar(calendar_id: PathId, container: ContainerDep) -> CalendarShown:
    """The worker does it; `refreshed_at` and `error` tell how it went."""
    return await container.write(lambda s: _shown(s, s.calendars.refresh(calendar_id)))


@router.put(
    "/calendars/{calendar_id}/file",
    status_code=202,
    summary="Give an uploaded calendar a newer file",
    responses=documented(404, 409),
    openapi_extra={"requestBody": {"required": True, "content": _MULTIPART}},
)
async def replace_calendar_file(
    calendar_id: PathId, request: Request, container: ContainerDep
) -> CalendarShown:
    """The worker reads it; what is no longer in it is taken away."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise HTTPException(415)
    _, content = await _uploaded(request)
    return await container.write(
        lambda s: _shown(s, s.calendars.replace_file(calendar_id, content))
    )


@router.post(
    "/calendars/{calendar_id}/shrink-confirmation",
    status_code=202,
    summary="Agree that most of a calendar's events are gone",
    responses=documented(404),
)
async def confirm_shrink(calendar_id: PathId, container: ContainerDep) -> CalendarShown:
    """Its old events are let go, and it is read again."""
    return await container.write(lambda s: _shown(s, s.calendars.confirm_shrink(calendar_id)))


@router.get("/events", summary="The events of a stretch of time")
async def list_events(
    container: ContainerDep,
    start: Start = None,
    end: End = None,
    calendar_id: Annotated[int | None, Query(ge=1, description="Of this calendar only.")] = None,
) -> EventsShown:
    """In order of time, also those that take none of it."""

    def events(s: Services) -> EventsShown:
        zone = zone_of(s)
        window = window_of(start, end, now=s.now, zone=zone)
        found = s.calendars.events_between(window.start, window.end)
        wanted = [one for one in found if calendar_id in (None, one.calendar_id)]
        return EventsShown(events=[show_event(one, zone) for one in wanted])

    return await container.read(events)


def _shown(s: Services, calendar: Calendar) -> CalendarShown:
    return show_calendar(calendar, zone_of(s))


def _given(body: bytes) -> CalendarGiven:
    try:
        return CalendarGiven.model_validate_json(body)
    except ValidationError as error:
        mistakes: list[Any] = error.errors(include_url=False)
        raise RequestValidationError(mistakes) from error


async def _uploaded(request: Request) -> tuple[str, bytes]:
    """Return the name and the bytes of the one file in a form. Raises `Invalid`."""
    async with request.form(max_files=1, max_fields=4) as form:
        file, name = form.get("file"), form.get("name", "")
        if not isinstance(file, UploadFile):
            raise Invalid("Send the calendar as the file “file” of the form.", field="file")
        given = name if isinstance(name, str) else ""
        return given or file.filename or "", await file.read()
