"""What is wrong with a form, said beside the field it is about."""

from starlette.requests import Request
from starlette.responses import Response

from dayloom.infra.errors import Invalid
from dayloom.web.rendering import render


def complain(request: Request, error: Invalid, *, form: str) -> Response:
    """Return the sentence for the line under its field; the form stays as it was typed."""
    answer = render(request, "settings/error.html", status=422, sentence=str(error))
    answer.headers["HX-Retarget"] = f"#{form}-{error.field or 'form'}-error"
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer
