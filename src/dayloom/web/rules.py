"""The rules in the context: listed, switched, said anew, and taken away."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.infra.errors import Invalid
from dayloom.preferences.models import RuleKind
from dayloom.web.access import ContainerDep, PathId, by_htmx
from dayloom.web.answers import Action, undo
from dayloom.web.complaints import complain, saved
from dayloom.web.forms import Posted, texts
from dayloom.web.rendering import render
from dayloom.web.rules_page import view_reworded, view_rules
from dayloom.web.settings import render_settings
from dayloom.web.settings_page import view_settings

router = APIRouter(prefix="/settings/rules")
Switch = Annotated[str, Path(pattern="^(on|off)$")]
TOPIC = "rules"


@router.get("")
async def show_all(request: Request, container: ContainerDep) -> Response:
    if not by_htmx(request):
        return RedirectResponse("/settings#rules", 303)
    view = await container.read(view_rules)
    return render(request, "rules/list.html", rules=view)


@router.post("")
async def add(request: Request, container: ContainerDep, form: Posted) -> Response:
    sentence = texts(form).get("sentence", "")
    try:
        added = await container.change(lambda s: s.rules.add(sentence))
    except Invalid as error:
        if by_htmx(request):
            return complain(request, Invalid(str(error), field="sentence"), form="new-rule")
        view = await container.read(lambda s: view_settings(s, request.cookies))
        rules = replace(view.rules, sentence=sentence, error=str(error))
        return render_settings(request, replace(view, rules=rules), status=422)
    read = added.result[0].kind is not RuleKind.NOT_UNDERSTOOD
    said = "Rule added" if read else "Added, but not understood"
    return _saved(request, said, action=undo(added.entry))


@router.post("/{rule_id}")
async def reword(
    rule_id: PathId, request: Request, container: ContainerDep, form: Posted
) -> Response:
    """Let a rule say something else."""
    words = texts(form).get("words", "")
    try:
        changed = await container.change(lambda s: s.rules.reword(rule_id, words))
    except Invalid as error:
        if by_htmx(request):
            about = Invalid(str(error), field="words")
            return complain(request, about, form=f"rule-{rule_id}")
        view = await container.read(lambda s: view_settings(s, request.cookies))
        rules = view_reworded(view.rules, rule_id, words=words, error=str(error))
        return render_settings(request, replace(view, rules=rules), status=422)
    return _saved(request, "Rule changed", action=undo(changed.entry))


@router.post("/{rule_id}/removal")
async def remove(rule_id: PathId, request: Request, container: ContainerDep) -> Response:
    removed = await container.change(lambda s: s.rules.remove(rule_id))
    return _saved(request, "Rule removed", action=undo(removed.entry))


@router.post("/{rule_id}/{switch}")
async def turn(
    rule_id: PathId, switch: Switch, request: Request, container: ContainerDep
) -> Response:
    turned = await container.change(lambda s: s.rules.switch(rule_id, enabled=switch == "on"))
    return _saved(request, f"Rule switched {switch}", action=undo(turned.entry))


def _saved(request: Request, sentence: str, *, action: Action | None = None) -> Response:
    return saved(request, sentence, section="rules", topic=TOPIC, action=action)
