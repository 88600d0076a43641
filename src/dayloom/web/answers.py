"""What an action answers: to htmx an event or two, to a plain form the page it came from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.web.access import by_htmx, came_from, targets
from dayloom.web.rendering import render

CHANGED = ("plan:changed", "tasks:changed")
ERROR_LINE = "-error"
NOT_FOUND = 404
LONGEST_HEADER = 6000  # what every proxy lets through; a longer undo is not offered


@dataclass(frozen=True, slots=True)
class Action:
    """A button in a toast: `values` are posted to `url`."""

    label: str
    url: str
    values: Mapping[str, object] = field(default_factory=dict)


def undo(entry: int | None) -> Action | None:
    """Return the button that takes an action back, by its entry in the journal."""
    return Action("Undo", f"/changes/{entry}/undo") if entry is not None else None


def done(
    request: Request,
    sentence: str = "",
    *,
    action: Action | None = None,
    changed: tuple[str, ...] = CHANGED,
    also: Mapping[str, object] | None = None,
) -> Response:
    """Say that it is done, and let the regions that show it pull what is true now."""
    if not by_htmx(request):
        return RedirectResponse(came_from(request), 303)
    events: dict[str, object] = {name: {} for name in changed} | dict(also or {})
    if sentence:
        events["app:toast"] = _toast(sentence, action=action)
    told = json.dumps(events)
    if action and len(told) > LONGEST_HEADER:
        events["app:toast"] = _toast(sentence, action=None)
        told = json.dumps(events)
    return Response(status_code=204, headers={"HX-Trigger": told})


def refused(
    request: Request, sentence: str, *, status: int, action: Action | None = None
) -> Response:
    """Say why not: beside the form that asked, else in a toast, else on a page of its own."""
    if not by_htmx(request):
        heading = "Nothing here" if status == NOT_FOUND else "Not done"
        back = came_from(request)
        whole = {"heading": heading, "sentence": sentence, "back": back, "page": ""}
        return render(request, "failure.html", status=status, **whole)
    if targets(request).endswith(ERROR_LINE):
        return render(request, "parts/error.html", status=status, sentence=sentence)
    events = {"app:toast": _toast(sentence, action=action, kind="error"), "plan:changed": {}}
    headers = {"HX-Trigger": json.dumps(events), "HX-Reswap": "none"}
    return Response(status_code=status, headers=headers)


def _toast(text: str, *, action: Action | None, kind: str = "ok") -> Mapping[str, object]:
    return {"text": text, "kind": kind, **({"action": _button(action)} if action else {})}


def _button(action: Action) -> Mapping[str, object]:
    return {"label": action.label, "url": action.url, "values": dict(action.values)}
