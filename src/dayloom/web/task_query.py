"""What of the tasks is asked for: which, narrowed how, and in what groups."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode
from zlib import crc32

LONGEST = 200
E = TypeVar("E", bound=StrEnum)


class Show(StrEnum):
    """Which tasks are listed."""

    OPEN = "open"
    DONE = "done"
    MISSED = "missed"


class Only(StrEnum):
    """Open tasks in a certain state."""

    ANY = ""
    UNPLACED = "unplaced"
    LATE = "late"
    DATED = "dated"
    PINNED = "pinned"
    URGENT = "urgent"
    REPEATED = "repeated"


class Group(StrEnum):
    """What the open tasks are put together by."""

    DAY = ""
    DUE = "due"
    PROJECT = "project"
    TAG = "tag"
    HOURS = "hours"
    ENERGY = "energy"
    PRIORITY = "priority"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """An address of the list; what is not said is empty."""

    show: Show = Show.OPEN
    text: str = ""
    tag: str = ""
    only: Only = Only.ANY
    group: Group = Group.DAY

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Query":
        """Read what stands in an address; what is unknown there is not asked for."""
        return cls(
            show=_one_of(Show, given.get("show", ""), Show.OPEN),
            text=given.get("text", "").strip()[:LONGEST],
            tag=given.get("tag", "").strip()[:LONGEST],
            only=_one_of(Only, given.get("only", ""), Only.ANY),
            group=_one_of(Group, given.get("group", ""), Group.DAY),
        )

    @classmethod
    def parse(cls, text: str) -> "Query":
        return cls.of(dict(parse_qsl(text)))

    @property
    def text_form(self) -> str:
        """Return what stands behind the question mark, empty for the plain list."""
        given = {**asdict(self), "show": "" if self.show is Show.OPEN else self.show}
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def key(self) -> str:
        """Return a short name of the query: an answer to another one finds no place to go."""
        return f"{crc32(self.text_form.encode()):x}"

    @property
    def url(self) -> str:
        return f"/tasks?{self.text_form}" if self.text_form else "/tasks"

    def but(self, **changes: Any) -> "Query":
        return replace(self, **changes)


def _one_of(kind: type[E], text: str, default: E) -> E:
    return kind(text) if text in list(kind) else default
