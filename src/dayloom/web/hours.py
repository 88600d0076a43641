"""The hours in which tasks may lie: several named weeks, each with its exceptions."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.bootstrap import Services
from dayloom.infra.errors import DayloomError, Invalid
from dayloom.preferences.models import HourMap
from dayloom.web.access import ContainerDep, PathId, by_htmx
from dayloom.web.answers import undo
from dayloom.web.complaints import complain, saved
from dayloom.web.forms import Posted
from dayloom.web.hours_page import (
    HoursView,
    NewHours,
    read_form,
    view_hours,
    view_typed,
)
from dayloom.web.rendering import render
from dayloom.web.settings import TOPIC, render_settings
from dayloom.web.settings_page import view_settings

router = APIRouter(prefix="/settings/hours")


@router.get("")
async def show_all(request: Request, container: ContainerDep) -> Response:
    if not by_htmx(request):
        return RedirectResponse("/settings#hours", 303)
    hours = await container.read(lambda s: tuple(map(view_hours, s.preferences.hour_maps())))
    return render(request, "settings/hours.html", hours=hours)


@router.post("")
async def add(request: Request, container: ContainerDep, form: Posted) -> Response:
    """Add named hours; without any given they begin as a copy of the default ones."""

    def add_hours(s: Services) -> HourMap:
        name = str(form.get("name", ""))
        if "monday" not in form:
            return s.preferences.add_hour_map(
                name, weekly=s.preferences.hour_maps()[0].weekly, exceptions={}
            )
        given = read_form(form)
        return s.preferences.add_hour_map(
            name, weekly=given.weekly, exceptions=given.exceptions, daily_cap=given.daily_cap
        )

    try:
        added = await container.change(add_hours)
    except DayloomError as error:
        if by_htmx(request):
            about_name = Invalid(str(error), field="name")
            return complain(request, about_name, form="new-hours")
        view = await container.read(lambda s: view_settings(s, request.cookies))
        new = NewHours(name=str(form.get("name", "")), error=str(error))
        return render_settings(request, replace(view, new_hours=new), status=422)
    return _saved(request, f"Added {added.result.name} hours", added.entry)


@router.post("/{hour_map_id}")
async def change(
    hour_map_id: PathId, request: Request, container: ContainerDep, form: Posted
) -> Response:
    def change_hours(s: Services) -> HourMap:
        given = read_form(form)
        return s.preferences.change_hour_map(
            hour_map_id,
            weekly=given.weekly,
            exceptions=given.exceptions,
            daily_cap=given.daily_cap,
        )

    try:
        after = await container.change(change_hours)
    except Invalid as error:
        return await _complain(request, container, hour_map_id, form=form, error=error)
    return _saved(request, f"Saved {after.result.name} hours", after.entry)


@router.post("/{hour_map_id}/removal")
async def remove(hour_map_id: PathId, request: Request, container: ContainerDep) -> Response:
    def remove_hours(s: Services) -> str:
        name = s.preferences.require_hour_map(hour_map_id).name
        s.preferences.remove_hour_map(hour_map_id)
        return name

    removed = await container.change(remove_hours)
    return _saved(request, f"Removed {removed.result} hours", removed.entry)


def _saved(request: Request, sentence: str, entry: int | None) -> Response:
    return saved(request, sentence, section="hours", topic=TOPIC, action=undo(entry))


async def _complain(
    request: Request, container: ContainerDep, hour_map_id: int, *, form: FormData, error: Invalid
) -> Response:
    if by_htmx(request):
        return complain(request, error, form=f"hours-{hour_map_id}")
    view = await container.read(lambda s: view_settings(s, request.cookies))

    def as_typed(one: HoursView) -> HoursView:
        return view_typed(one, form, error) if one.id == hour_map_id else one

    hours = tuple(map(as_typed, view.hours))
    return render_settings(request, replace(view, hours=hours), status=422)
