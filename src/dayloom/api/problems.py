"""Every error as an RFC 9457 problem: a stable code, a sentence, and the fields at fault."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from dayloom.infra.errors import DayloomError, Invalid

PROBLEM_JSON = "application/problem+json"
STATUS_OF = {
    "invalid": 422,
    "not_found": 404,
    "conflict": 409,
    "idempotency_key_reused": 422,
    "stale": 412,
    "unavailable": 503,
}
CODE_OF = {
    400: "malformed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    500: "internal",
}
_SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address does not know that method.",
    413: "The request is too large.",
    415: "Send JSON, with the header Content-Type: application/json.",
    500: "Dayloom has made a mistake. It is in the log.",
}
_OUTER = ("body", "query", "path", "header")


class FieldError(BaseModel):
    """What is wrong with one field, named by its path, such as `after.0.task_id`."""

    field: str
    message: str


class Problem(BaseModel):
    """RFC 9457. `code` is stable; `detail` is a sentence for a person."""

    type: str = Field(examples=["urn:dayloom:problem:invalid"])
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldError] = []


class Stale(DayloomError):
    """The thing has changed since the client read it."""

    code = "stale"


class Answer(JSONResponse):
    """A problem as a response."""

    media_type = PROBLEM_JSON


def answer(problem: Problem, *, headers: Mapping[str, str] | None = None) -> Answer:
    later = {"Retry-After": "5"} if problem.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return Answer(problem.model_dump(), problem.status, headers={**later, **(headers or {})})


def make_problem(
    status: int, detail: str, *, code: str | None = None, errors: Sequence[FieldError] = ()
) -> Problem:
    named = code or CODE_OF.get(status, "invalid")
    return Problem(
        type=f"urn:dayloom:problem:{named}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=named,
        errors=list(errors),
    )


def from_error(error: DayloomError) -> Problem:
    """Return the problem that an error of a domain is."""
    field = error.field if isinstance(error, Invalid) else None
    errors = [FieldError(field=field, message=str(error))] if field else []
    return make_problem(STATUS_OF[error.code], str(error), code=error.code, errors=errors)


def from_http(error: HTTPException) -> Problem:
    """Return the problem that the router or the body limit has found."""
    sentence = _SENTENCES.get(error.status_code, str(error.detail))
    return make_problem(error.status_code, sentence)


def from_validation(error: RequestValidationError, request: Request) -> Problem:
    """Return what is wrong with a request, field by field."""
    mistakes = error.errors()
    if any(mistake["type"] == "json_invalid" for mistake in mistakes):
        return make_problem(400, "The body is not JSON.")
    unread = any(m["loc"] == ("body",) and m["type"] != "missing" for m in mistakes)
    if unread and not _is_json(request):
        return make_problem(415, _SENTENCES[415])
    return from_mistakes(mistakes)


def from_mistakes(mistakes: Iterable[Any]) -> Problem:
    """Return the problem that a validation's mistakes are."""
    errors = [FieldError(field=_path(m["loc"]), message=_sentence(m["msg"])) for m in mistakes]
    told = [f"{e.field}: {e.message}" if e.field else e.message for e in errors[:3]]
    more = [f"And {len(errors) - 3} more."] if len(errors) > len(told) else []
    return make_problem(422, " ".join([*told, *more]), errors=errors)


def internal() -> Problem:
    return make_problem(500, _SENTENCES[500])


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return how OpenAPI describes the problems with these statuses."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


def _is_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or (
        kind.startswith("application/") and kind.endswith("+json")
    )


def _path(loc: Sequence[int | str]) -> str:
    inner = loc[1:] if loc and loc[0] in _OUTER else loc
    path = ".".join(str(part)[:100] for part in inner)
    return path.encode(errors="replace").decode()  # names that came in may be broken


def _sentence(message: str) -> str:
    plain = message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    whole = plain[:1].upper() + plain[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."
