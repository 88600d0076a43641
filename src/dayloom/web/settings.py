"""Settings: one page, a form for each thing that is decided on its own."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.bootstrap import Container
from dayloom.i18n.language import choose_language, spoken
from dayloom.i18n.words import gettext as _
from dayloom.i18n.words import marked
from dayloom.infra.errors import Invalid
from dayloom.web.access import ContainerDep, by_htmx
from dayloom.web.answers import undo
from dayloom.web.complaints import complain, saved
from dayloom.web.forms import Posted, texts
from dayloom.web.rendering import keep_on_device, render
from dayloom.web.settings_fields import read_section
from dayloom.web.settings_page import (
    THEMES,
    SettingsView,
    view_section,
    view_settings,
    view_typed,
)

router = APIRouter()
Section = Annotated[str, Path(pattern="^(planning|clock|context)$")]
TOPIC = "preferences"
SAVED = {
    "planning": marked("Planning saved"),
    "clock": marked("Language and times saved"),
    "context": marked("Saved"),
}


@router.get("/settings")
async def show_settings(request: Request, container: ContainerDep) -> Response:
    view = await container.read(lambda s: view_settings(s, request.cookies))
    return render_settings(request, view)


@router.post("/settings/theme")
async def choose_theme(form: Posted) -> Response:
    """Keep the look of this device."""
    chosen = texts(form).get("theme", "")
    answer = RedirectResponse("/settings#look", 303)
    if chosen and chosen in {theme.value for theme in THEMES}:
        keep_on_device(answer, "theme", chosen)
    else:
        answer.delete_cookie("theme")
    return answer


@router.get("/settings/preferences/{section}")
async def show_section(section: Section, request: Request, container: ContainerDep) -> Response:
    if not by_htmx(request):
        return RedirectResponse(f"/settings#{section}", 303)
    view = await container.read(lambda s: view_section(section, s.preferences.require()))
    return render(request, "settings/section.html", section=view)


@router.post("/settings/preferences/{section}")
async def save_section(
    section: Section, request: Request, container: ContainerDep, form: Posted
) -> Response:
    """Store a section."""
    given = texts(form)
    try:
        changed = await container.change(
            lambda s: s.change_preferences(read_section(section, given))
        )
    except Invalid as error:
        if by_htmx(request):
            return complain(request, error, form=section)
        view = await container.read(lambda s: view_settings(s, request.cookies))
        sections = {**view.sections, section: view_typed(section, given, error)}
        return render_settings(request, replace(view, sections=sections), status=422)
    back = undo(changed.entry)
    answer = saved(request, _(SAVED[section]), section=section, topic=TOPIC, action=back)
    accepted = request.headers.get("accept-language", "")
    if choose_language(changed.result.language, accepted) is not spoken():
        answer.headers["HX-Refresh"] = "true"  # every word of the page is another
    return answer


def render_settings(request: Request, view: SettingsView, *, status: int = 200) -> Response:
    context = {"page": "settings", "view": view, "environment_model": environment_model(request)}
    return render(request, "settings/page.html", status=status, **context)


def environment_model(request: Request) -> str:
    """Return the name of the model that the environment names, empty without one."""
    container: Container = request.app.state.container
    named = container.endpoints.named
    return named.model if named else ""
