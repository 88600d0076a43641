"""What a form of the settings page answers: saved, or what is wrong beside its field."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.infra.errors import Invalid
from dayloom.web.access import by_htmx
from dayloom.web.answers import Action, done
from dayloom.web.rendering import render


def saved(
    request: Request, sentence: str, *, section: str, topic: str, action: Action | None = None
) -> Response:
    """Say so in a toast; to a plain form, show the page at its section again."""
    if not by_htmx(request):
        return RedirectResponse(f"/settings#{section}", 303)
    return done(request, sentence, action=action, changed=(f"{topic}:changed",))


def complain(request: Request, error: Invalid, *, form: str) -> Response:
    """Return the sentence for the line under its field; the form stays as it was typed."""
    answer = render(request, "settings/error.html", status=422, sentence=str(error))
    answer.headers["HX-Retarget"] = f"#{form}-{error.field or 'form'}-error"
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer
