"""Rows whose changes are kept: what of them, and how it goes to JSON and back.

Instants are RFC 3339 in UTC, durations whole minutes, parts of a row lists of objects.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Date
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.inspection import inspect
from sqlalchemy.orm import Mapped, Mapper, RelationshipProperty

from dayloom.infra.columns import MINUTE, UtcDateTime, WholeMinutes
from dayloom.infra.db import Row

Image = Mapping[str, Any]


class Journaled:
    """A row whose changes are kept, and can be taken back.

    `journal_kind` names it in the journal, `labelled_by` is the field that names it to the
    person. They are `told` of what becomes of these fields, columns or parts; what lies `beside`
    goes back with the rest. Where a removed row stays for a while, `gone_since` says when it went.
    """

    if TYPE_CHECKING:
        account_id: Mapped[int]
    journal_kind: ClassVar[str]
    labelled_by: ClassVar[str] = ""
    told: ClassVar[tuple[str, ...]]
    beside: ClassVar[tuple[str, ...]] = ()
    gone_since: ClassVar[str] = ""


class Part:
    """A row that is kept with the one that it belongs to."""

    if TYPE_CHECKING:
        account_id: Mapped[int]
    told: ClassVar[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What became of one row; `before` None if it was added, `after` None if it is gone."""

    kind: str
    id: int
    label: str
    before: Image | None
    after: Image | None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Edit":
        return cls(**stored)


def kept_of(cls: type[Journaled]) -> tuple[str, ...]:
    """Return the names of all that is kept."""
    return cls.told + cls.beside


def image_of(row: Journaled) -> dict[str, Any]:
    """Return what is kept of a row as it is now."""
    return {name: value_of(row, name) for name in kept_of(type(row))}


def value_of(row: Journaled | Part, name: str) -> Any:
    value = getattr(row, name)
    if isinstance(value, list) and name in _parts(type(row)):
        return [{key: value_of(part, key) for key in part.told} for part in value]
    return plain(value)


def set_value(row: Journaled | Part, name: str, value: Any) -> None:
    """Set what `value_of` returned. Parts that are the same stay the rows that they are."""
    kind = _parts(type(row)).get(name)
    if kind is None:
        setattr(row, name, _read(type(row), name, value))
        return
    present = {repr(_image(part)): part for part in getattr(row, name)}
    setattr(row, name, [present.get(repr(one)) or _made(kind, one, row) for one in value])


def label_of(row: Journaled) -> str:
    return str(getattr(row, row.labelled_by)) if row.labelled_by else ""


def is_gone(row: Journaled) -> bool:
    return bool(row.gone_since) and getattr(row, row.gone_since) is not None


def id_of(row: Journaled) -> int:
    (identity,) = inspect(row).mapper.primary_key_from_instance(row)
    return int(identity)


@cache
def kinds() -> Mapping[str, type[Journaled]]:
    """Return the kinds of rows that are kept, by name."""
    return {cls.journal_kind: cls for cls in Journaled.__subclasses__()}


@cache
def owners() -> Mapping[type[Part], tuple[type[Journaled], str]]:
    """Return, for each kind of part, what it belongs to and by which of its columns."""
    return {
        relation.mapper.class_: (cls, _foreign_key(relation))
        for cls in kinds().values()
        for name, relation in _relations(cls).items()
        if name in cls.told
    }


def _foreign_key(relation: RelationshipProperty[Any]) -> str:
    ((_, remote),) = relation.local_remote_pairs or ()
    return str(remote.key)


def _parts(cls: type[Journaled] | type[Part]) -> Mapping[str, type[Part]]:
    return {
        name: relation.mapper.class_
        for name, relation in _relations(cls).items()
        if issubclass(relation.mapper.class_, Part)
    }


def _relations(cls: type[Journaled] | type[Part]) -> Mapping[str, RelationshipProperty[Any]]:
    mapper: Mapper[Any] = inspect(cls)
    return dict(mapper.relationships.items())


def _image(part: Part) -> dict[str, Any]:
    return {key: value_of(part, key) for key in part.told}


def _made(kind: type[Part], values: Image, row: Journaled | Part) -> Part:
    part = kind()
    part.account_id = row.account_id
    for name, value in values.items():
        set_value(part, name, value)
    return part


def plain(value: Any) -> Any:
    """Return a value as JSON knows it."""
    if isinstance(value, timedelta):
        return value // MINUTE
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _read(cls: type, name: str, value: Any) -> Any:
    column = Row.metadata.tables[inspect(cls).local_table.name].c[name].type
    if value is None:
        return None
    if isinstance(column, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column, WholeMinutes):
        return value * MINUTE
    if isinstance(column, EnumColumn) and column.enum_class is not None:
        return column.enum_class(value)
    return date.fromisoformat(value) if isinstance(column, Date) else value


def differing(before: Image, after: Image) -> Sequence[str]:
    """Return the names of what is different."""
    return [name for name in before if before[name] != after.get(name)]
