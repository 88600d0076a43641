"""Fields of a form as a template shows them: a value as text, its choices, what is wrong."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import FormData
from starlette.requests import Request

from dayloom.infra.errors import Invalid

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several values."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """`kind` names the template that draws it: number, select, cards, area or zone."""

    name: str
    label: str
    kind: str = "select"
    value: str = ""
    hint: str = ""
    suffix: str = ""
    choices: tuple[Choice, ...] = ()
    error: str = ""


async def _form(request: Request) -> AsyncIterator[FormData]:
    """Yield what was posted; uploaded files are closed afterwards."""
    async with request.form() as form:
        yield form


Posted = Annotated[FormData, Depends(_form)]


def texts(form: FormData) -> dict[str, str]:
    """Return the texts of a form, the last one of each name."""
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


def typed(fields: Iterable[Field], given: Mapping[str, str], error: Invalid) -> tuple[Field, ...]:
    """Return the fields as they were typed, with the complaint at the one it is about."""
    return tuple(
        replace(
            field,
            value=given.get(field.name, field.value),
            error=str(error) if field.name == error.field else "",
        )
        for field in fields
    )


def read_amount(text: str, unit: timedelta, *, field: str) -> timedelta:
    """Return `text` units, to the minute. Raises `Invalid` unless it is a number."""
    try:
        return round(float(text.strip().replace(",", ".")) * (unit / MINUTE)) * MINUTE
    except (ValueError, OverflowError):
        raise Invalid("Write a number here.", field=field) from None


def say_amount(length: timedelta | None, unit: timedelta) -> str:
    """Return how many units that is, without needless decimals; empty for None."""
    return "" if length is None else f"{length / unit:.4g}"
