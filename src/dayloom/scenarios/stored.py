"""Suppositions as JSON and back: each names its kind."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from dayloom.language.suppositions import (
    DayOff,
    ExtraHours,
    ExtraWork,
    LeftOut,
    Meeting,
    Supposition,
)

MINUTE = timedelta(minutes=1)


class Kind(StrEnum):
    """What is supposed. The codes are stable: the REST interface shows them."""

    MEETING = "meeting"
    DAY_OFF = "day_off"
    WORK = "work"
    HOURS = "hours"
    WITHOUT = "without"


def kind_of(supposition: Supposition) -> Kind:
    return KINDS[type(supposition)]


def to_json(supposition: Supposition) -> dict[str, Any]:
    """Return the supposition as it is stored."""
    values = {name: getattr(supposition, name) for name in supposition.__slots__}
    return {"kind": kind_of(supposition).value, **{n: _plain(v) for n, v in values.items()}}


def from_json(stored: Mapping[str, Any]) -> Supposition:
    """Return what `to_json` stored."""
    made = _OF_KIND[Kind(stored["kind"])]
    given = {name: value for name, value in stored.items() if name != "kind"}
    found: Supposition = made(
        **{name: _READERS.get(name, _same)(value) for name, value in given.items()}
    )
    return found


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return value // MINUTE
    return value.isoformat() if isinstance(value, date) else value


def _same(value: Any) -> Any:
    return value


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _length(value: int) -> timedelta:
    return value * MINUTE


def _begin(value: str) -> str | datetime | None:
    """Return the start of hours, "HH:MM", or that of a meeting."""
    return value if len(value) == len("HH:MM") else _moment(value)


KINDS: Mapping[type, Kind] = {
    Meeting: Kind.MEETING,
    DayOff: Kind.DAY_OFF,
    ExtraWork: Kind.WORK,
    ExtraHours: Kind.HOURS,
    LeftOut: Kind.WITHOUT,
}
_OF_KIND: Mapping[Kind, Any] = {kind: made for made, kind in KINDS.items()}
_READERS: Mapping[str, Any] = {
    "start": _begin,
    "due": _moment,
    "deadline": _moment,
    "length": _length,
    "first": date.fromisoformat,
    "last": date.fromisoformat,
    "day": date.fromisoformat,
}
