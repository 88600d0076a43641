"""What if: something is stated, compared with the plan, and kept or thrown away."""

import json
from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.bootstrap import Container, Services
from dayloom.infra.errors import Invalid
from dayloom.language.suppositions import Supposition
from dayloom.scenarios.service import Told
from dayloom.scenarios.stored import from_json, to_json
from dayloom.web.access import ContainerDep, PathId, by_htmx
from dayloom.web.answers import CHANGED, Action, done
from dayloom.web.complaints import complain
from dayloom.web.forms import Posted, texts
from dayloom.web.planning import UNDO
from dayloom.web.rendering import render
from dayloom.web.what_if_fields import read_stated
from dayloom.web.what_if_page import (
    URL,
    line_of,
    view_list,
    view_page,
    view_scenario,
    with_complaint,
)

router = APIRouter(prefix=URL)
STATED = ("scenarios:changed",)
PAGE = "what-if"


@router.get("")
async def show_all(request: Request, container: ContainerDep) -> Response:
    """Show every what-if. What is out of date is planned through again."""
    found = await container.scenario_answers.all()
    if by_htmx(request):
        view = await container.read(lambda s: view_list(s, found))
        return render(request, "what_if/list.html", page=PAGE, view=view)
    view = await container.read(lambda s: view_page(s, found))
    return render(request, "what_if/page.html", page=PAGE, view=view)


@router.post("")
async def add(request: Request, container: ContainerDep, form: Posted) -> Response:
    given = texts(form)
    try:
        said = await container.read(lambda s: _read(s, given))
        await container.write(lambda s: s.scenarios.add(said, name=given.get("name", "")))
    except Invalid as error:
        return await _complain(request, container, given, error)
    if not by_htmx(request):
        return RedirectResponse(URL, 303)
    return done(request, "Being planned through …", changed=STATED)


@router.post("/restoration")
async def restore(request: Request, container: ContainerDep, form: Posted) -> Response:
    """Bring back what was thrown away, as its toast remembers it."""
    given = texts(form)
    try:
        stored = json.loads(given.get("suppositions", ""))
        said = [from_json(one) for one in stored]
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise Invalid("This cannot be undone any more.") from error
    await container.write(lambda s: s.scenarios.add(said, name=given.get("name", "")))
    return done(request, "Brought back", changed=STATED)


@router.get("/{scenario_id}")
async def show_one(scenario_id: PathId, request: Request, container: ContainerDep) -> Response:
    """Compare one with the plan."""
    told = await container.scenario_answers.look(scenario_id)
    view = await container.read(lambda s: view_scenario(s, told))
    template = "what_if/whole.html" if by_htmx(request) else "what_if/one.html"
    return render(request, template, page=PAGE, one=view)


@router.post("/{scenario_id}/acceptance")
async def keep(scenario_id: PathId, request: Request, container: ContainerDep) -> Response:
    """Make it so, and show the week that comes of it."""
    await container.write(lambda s: s.keeping.keep(scenario_id))
    if not by_htmx(request):
        return RedirectResponse("/week", 303)
    changed = (*CHANGED, *STATED, "preferences:changed")
    return done(request, "Kept: this is your plan now", action=UNDO, changed=changed)


@router.post("/{scenario_id}/removal")
async def throw_away(scenario_id: PathId, request: Request, container: ContainerDep) -> Response:
    told = await container.write(lambda s: s.scenarios.remove(scenario_id))
    if not by_htmx(request):
        return RedirectResponse(URL, 303)
    back = Action("Bring back", f"{URL}/restoration", _as_posted(told))
    return done(request, "Thrown away; your plan is as it was", action=back, changed=STATED)


def _read(s: Services, given: Mapping[str, str]) -> Sequence[Supposition]:
    if "kind" in given:
        return [read_stated(given, s.capture.context.zone)]
    return s.scenarios.read(given.get("text", ""))


async def _complain(
    request: Request, container: Container, given: Mapping[str, str], error: Invalid
) -> Response:
    """Say what is wrong beside its field; to a plain form, show the page as it was typed."""
    found = await container.scenario_answers.all()
    page = await container.read(lambda s: view_page(s, found))
    if not by_htmx(request):
        view = with_complaint(page, given, error)
        return render(request, "what_if/page.html", status=422, page=PAGE, view=view)
    form, line = line_of(page, given.get("kind", ""), error)
    return complain(request, Invalid(str(error), field=line), form=form)


def _as_posted(told: Told) -> Mapping[str, object]:
    return {"name": told.name, "suppositions": json.dumps([*map(to_json, told.suppositions)])}
