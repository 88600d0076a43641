"""The model on the settings page: connecting, testing, forgetting its key."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.bootstrap import Services
from dayloom.infra.errors import Invalid
from dayloom.web.access import ContainerDep, by_htmx
from dayloom.web.answers import Action, undo
from dayloom.web.complaints import complain, saved
from dayloom.web.forms import Posted, texts
from dayloom.web.model_page import FORM, read_model, view_model, view_typed
from dayloom.web.rendering import render
from dayloom.web.settings import environment_model, render_settings
from dayloom.web.settings_page import view_settings

router = APIRouter(prefix="/settings/model")


@router.get("")
async def show(request: Request, container: ContainerDep) -> Response:
    if not by_htmx(request):
        return RedirectResponse("/settings#model", 303)
    view = await container.read(view_model)
    named = environment_model(request)
    return render(request, "model/section.html", model=view, environment_model=named)


@router.post("")
async def change(request: Request, container: ContainerDep, form: Posted) -> Response:
    """Store what was changed; the toast can put back what it was, but for the key."""
    given = texts(form)

    def store(s: Services) -> str:
        row = s.model.get()
        key = row is not None and row.sealed_key is not None
        changed = s.model.change(read_model(given, row), container.endpoints)
        lost = key and changed.sealed_key is None
        return _say_saved(lost=lost, enabled=changed.enabled)

    try:
        stored = await container.change(store)
    except Invalid as error:
        if by_htmx(request):
            return complain(request, error, form=FORM)
        view = await container.read(lambda s: view_settings(s, request.cookies))
        model = view_typed(view.model, given, error)
        return render_settings(request, replace(view, model=model), status=422)
    return _saved(request, stored.result, action=undo(stored.entry))


@router.post("/test")
async def test(request: Request, container: ContainerDep) -> Response:
    """Have the worker test the connection; the page learns of the outcome by itself."""
    await container.write(lambda s: s.model.test())
    return _saved(request, "")


@router.post("/key/removal")
async def forget_key(request: Request, container: ContainerDep) -> Response:
    await container.write(lambda s: s.model.forget_key())
    return _saved(request, "The key is deleted")


@router.post("/environment")
async def follow_environment(request: Request, container: ContainerDep) -> Response:
    row = await container.write(lambda s: s.model.follow_environment(container.endpoints))
    return _saved(request, f"Using {row.model} as the environment says")


def _say_saved(*, lost: bool, enabled: bool) -> str:
    if not enabled:
        return "Rules only from now on"
    if lost:
        return "Model saved. The key was another server's: enter the one of this"
    return "Model saved"


def _saved(request: Request, sentence: str, *, action: Action | None = None) -> Response:
    return saved(request, sentence, section="model", topic="model", action=action)
