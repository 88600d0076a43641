"""What to do with an answer that is not of the asked form: read it kindly, or say what is wrong.

What is said to the model names fields and types of ours, and never holds what it had answered.
"""

import json
import re
from typing import Any, TypeVar

import dspy
from dspy.utils.exceptions import AdapterParseError
from pydantic import TypeAdapter, ValidationError

from dayloom.language.program.answers import Answer
from dayloom.language.program.execution import Failure
from dayloom.language.program.signatures import ChatAssistantModule
from dayloom.language.program.trouble import Trouble

A = TypeVar("A", bound=Answer)
LONGEST_MENDED = 4_000
UNDIGESTED = "…"
HEADER = re.compile(r"\[\[ ## (\w+) ## \]\]")
TYPES = {"str": "a text", "int | None": "a whole number or null"}


def digestible(reply: str) -> str:
    """Return what may be parsed: JSON of any length, but only little that must be mended first.

    To mend 60,000 hostile characters takes the parser a minute, in which nothing else happens.
    """
    if len(reply) <= LONGEST_MENDED:
        return reply
    fields = _fields(reply)
    return UNDIGESTED if fields is None else json.dumps(fields, ensure_ascii=False)


def require_digestible(reply: str) -> None:
    """Raise `Trouble` where a part of a streamed answer, but its text, is too much to mend."""
    _, *parts = HEADER.split(reply)
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        if name != first_output(ChatAssistantModule) and len(text) > LONGEST_MENDED:
            raise Trouble(Failure.UNREADABLE, "What the model wants done is far too long.")


def read_kindly(reply: str, answer: type[A], signature: type[dspy.Signature]) -> A | None:
    """Return what a reply holds, if its first field is there and the rest is only bent.

    Models also answer with the marks by which their inputs are told apart.
    """
    fields = _fields(reply)
    if fields is None or first_output(signature) not in fields:
        fields = _marked(reply, signature)
    if fields is None:
        return None
    try:
        return answer.model_validate(fields)
    except ValidationError:
        return None


def with_complaint(signature: type[dspy.Signature], reply: str) -> type[dspy.Signature]:
    """Return the signature with instructions that tell what was wrong with the last reply."""
    complaint = " ".join(_complaints(signature, _fields(reply)))
    expected = ", ".join(f"`{name}`" for name in signature.output_fields)
    told: type[dspy.Signature] = signature.with_instructions(
        f"{signature.instructions}\n\nYour previous reply was refused. {complaint} Reply with "
        f"nothing but one JSON object with the keys {expected}."
    )
    return told


def first_output(signature: type[dspy.Signature]) -> str:
    name: str = next(iter(signature.output_fields))
    return name


def _complaints(signature: type[dspy.Signature], fields: dict[str, Any] | None) -> list[str]:
    if fields is None:
        return ["It was not a JSON object."]
    wrong = [
        f"`{name}` must be {_kind(field.annotation)}."
        for name, field in signature.output_fields.items()
        if name in fields and not _fits(fields[name], field.annotation)
    ]
    first = first_output(signature)
    missing = [] if first in fields else [f"`{first}` was missing."]
    return [*missing, *wrong] or ["It was not in the required form."]


def _fits(value: Any, annotation: Any) -> bool:
    try:
        TypeAdapter(annotation).validate_python(value)
    except ValidationError:
        return False
    return True


def _kind(annotation: Any) -> str:
    if isinstance(annotation, type) and issubclass(annotation, Answer):
        return "an object"
    named = getattr(annotation, "__name__", "")
    return "a list of objects" if named == "list" else TYPES.get(named or str(annotation), named)


def _fields(reply: str) -> dict[str, Any] | None:
    """Return the outermost object of a text."""
    try:
        found = json.loads(reply[reply.index("{") : reply.rindex("}") + 1])
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _marked(reply: str, signature: type[dspy.Signature]) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = dspy.ChatAdapter().parse(signature, digestible(reply))
    except (AdapterParseError, ValueError, RecursionError):
        return None
    return found
