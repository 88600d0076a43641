"""The kinds of values on the wire: bounded, never bent into another type.

Strings, numbers and switches are strict (`"5"` is no number, `false` is no zero). Instants are
RFC 3339 with an offset; durations are whole minutes.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

MINUTE = timedelta(minutes=1)
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)
LARGEST_ID = 2**63 - 1
_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_LOST_PLUS = re.compile(r" (?=[0-9]{2}:[0-9]{2}$)")


class Given(BaseModel):
    """What comes in: unknown names are refused, and nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Shown(BaseModel):
    """What goes out."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


def read_moment(value: object) -> datetime:
    """Return an RFC 3339 instant as an aware datetime of the years 1970 to 2100."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _RFC_3339.fullmatch(value):
        raise ValueError("write a time with its offset, as 2026-11-24T14:00:00+01:00")
    moment = datetime.fromisoformat(value.upper())
    if not datetime(1970, 1, 2, tzinfo=UTC) <= _clamped(moment) < LAST:
        raise ValueError("a time lies in the years 1970 to 2100")
    return moment


def _clamped(moment: datetime) -> datetime:
    """Return the moment, away from the ends of the calendar where offsets overflow."""
    return moment if 1 < moment.year < 9999 else moment.replace(tzinfo=UTC)


def _read_query_moment(value: object) -> datetime:
    """As `read_moment`; in an address, a `+` that was not escaped has become a space."""
    return read_moment(_LOST_PLUS.sub("+", value) if isinstance(value, str) else value)


def _refuse_unstorable(value: str) -> str:
    """Refuse NUL, and halves of surrogate pairs, which JSON can write but UTF-8 cannot."""
    if _UNSTORABLE.search(value):
        raise ValueError("a text holds no NUL character and no broken one")
    return value


_MOMENT = WithJsonSchema(
    {"type": "string", "format": "date-time", "examples": ["2026-11-24T14:00:00+01:00"]}
)
Moment = Annotated[datetime, BeforeValidator(read_moment), _MOMENT]
QueryMoment = Annotated[datetime, BeforeValidator(_read_query_moment), _MOMENT]
Minutes = Annotated[int, Field(ge=0, le=100_000)]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Text = Annotated[str, AfterValidator(_refuse_unstorable)]
Line = Annotated[Text, StringConstraints(max_length=500)]
Name = Annotated[Text, StringConstraints(min_length=1, max_length=200)]
LongText = Annotated[Text, StringConstraints(max_length=20_000)]
Lines = Annotated[Text, StringConstraints(min_length=1, max_length=40_000)]
Clock = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]


class Span(Shown):
    """The half-open stretch of time `[start, end)`."""

    start: datetime
    end: datetime


def minutes(duration: timedelta) -> int:
    return duration // MINUTE


def minutes_or_none(duration: timedelta | None) -> int | None:
    return None if duration is None else duration // MINUTE


def duration_or_none(whole: int | None) -> timedelta | None:
    return None if whole is None else whole * MINUTE


def local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)


def span(start: datetime, end: datetime, zone: ZoneInfo) -> Span:
    return Span(start=start.astimezone(zone), end=end.astimezone(zone))


def said(values: Sequence[str]) -> str:
    return " ".join(values)


def to_json(shape: BaseModel) -> Any:
    return shape.model_dump(mode="json")
