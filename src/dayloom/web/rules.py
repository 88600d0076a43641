"""The rules in the context: listed, switched, said anew, and taken away."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.bootstrap import Services
from dayloom.infra.errors import Invalid
from dayloom.preferences.models import PlanRule, RuleKind, RuleOrigin
from dayloom.web.access import ContainerDep, PathId, by_htmx
from dayloom.web.answers import Action, undo
from dayloom.web.complaints import complain, saved
from dayloom.web.forms import Posted, texts
from dayloom.web.rendering import render
from dayloom.web.rules_page import view_reworded, view_rules
from dayloom.web.settings import render_settings
from dayloom.web.settings_page import view_settings
from dayloom.wire.rules import WishGiven

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
        first, *_ = await container.write(lambda s: list(s.rules.add(sentence)))
    except Invalid as error:
        if by_htmx(request):
            return complain(request, Invalid(str(error), field="sentence"), form="new-rule")
        view = await container.read(lambda s: view_settings(s, request.cookies))
        rules = replace(view.rules, sentence=sentence, error=str(error))
        return render_settings(request, replace(view, rules=rules), status=422)
    read = first.kind is not RuleKind.NOT_UNDERSTOOD
    said = "Rule added" if read else "Added, but not understood"
    return _saved(request, said, action=undo(f"/settings/rules/{first.id}/removal"))


@router.post("/{rule_id}")
async def reword(
    rule_id: PathId, request: Request, container: ContainerDep, form: Posted
) -> Response:
    """Let a rule say something else; the toast can put back what it said."""
    words = texts(form).get("words", "")

    def change(s: Services) -> Mapping[str, object]:
        before = _as_posted(s.rules.require(rule_id))
        s.rules.reword(rule_id, words)
        return before

    try:
        before = await container.write(change)
    except Invalid as error:
        if by_htmx(request):
            about = Invalid(str(error), field="words")
            return complain(request, about, form=f"rule-{rule_id}")
        view = await container.read(lambda s: view_settings(s, request.cookies))
        rules = view_reworded(view.rules, rule_id, words=words, error=str(error))
        return render_settings(request, replace(view, rules=rules), status=422)
    action = Action("Undo", f"/settings/rules/{rule_id}/reversal", before)
    return _saved(request, "Rule changed", action=action)


@router.post("/{rule_id}/reversal")
async def put_back(
    rule_id: PathId, request: Request, container: ContainerDep, form: Posted
) -> Response:
    """Undo a change: the rule says again what it said."""
    given = texts(form)
    try:
        origin = RuleOrigin(given.get("origin", ""))
        said = json.loads(given.get("says", "null"))
        wish = None if said is None else WishGiven.model_validate(said).to_wish()
    except (ValidationError, ValueError, RecursionError) as error:
        raise Invalid("This cannot be undone any more.") from error
    await container.write(lambda s: s.rules.put_back(rule_id, wish, origin=origin))
    return _saved(request, "Put back")


@router.post("/{rule_id}/removal")
async def remove(rule_id: PathId, request: Request, container: ContainerDep) -> Response:
    await container.write(lambda s: s.rules.remove(rule_id))
    return _saved(request, "Rule removed", action=undo(f"/settings/rules/{rule_id}/restoration"))


@router.post("/{rule_id}/restoration")
async def restore(rule_id: PathId, request: Request, container: ContainerDep) -> Response:
    await container.write(lambda s: s.rules.restore(rule_id))
    return _saved(request, "Rule brought back")


@router.post("/{rule_id}/{switch}")
async def turn(
    rule_id: PathId, switch: Switch, request: Request, container: ContainerDep
) -> Response:
    await container.write(lambda s: s.rules.switch(rule_id, enabled=switch == "on"))
    other = "off" if switch == "on" else "on"
    return _saved(
        request, f"Rule switched {switch}", action=undo(f"/settings/rules/{rule_id}/{other}")
    )


def _as_posted(rule: PlanRule) -> Mapping[str, object]:
    """Return what puts a rule back to what it says now."""
    known = rule.kind is not RuleKind.NOT_UNDERSTOOD
    says = {"kind": rule.kind.value, **rule.values} if known else None
    return {"origin": rule.origin.value, "says": json.dumps(says)}


def _saved(request: Request, sentence: str, *, action: Action | None = None) -> Response:
    return saved(request, sentence, section="rules", topic=TOPIC, action=action)
