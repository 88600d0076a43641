"""Taking back edits: each row becomes what it was, as far as nobody has changed it since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.exc import IntegrityError
from sqlalchemy.inspection import inspect
from sqlalchemy.orm import Session

from dayloom.infra.errors import DayloomError
from dayloom.journal.rows import (
    Edit,
    Image,
    Journaled,
    is_gone,
    kept_of,
    kinds,
    set_value,
    value_of,
)

FIRST = "preferences"  # rules and times of day follow from them
GONE, CHANGED = "it is gone", "it was changed since"
IN_THE_WAY = "something else has taken its place"


class Keeper(Protocol):
    """The service of a kind of rows: it knows what follows from a change of one."""

    def settle(self, row: Any, was: Image) -> None:
        """Let what was put back count; `was` are the values until now. Raises `DayloomError`
        where it cannot be so any more."""
        ...

    def take_away(self, row: Any) -> None:
        """Undo that the row was added. Raises `DayloomError`."""
        ...


@dataclass(slots=True)
class Outcome:
    """How many rows went back, and, of the others, the reasons by label."""

    done: int = 0
    left: dict[str, str] = field(default_factory=dict)


class NotPossible(Exception):
    """An edit cannot be taken back; says why."""


def put_back(
    session: Session, account_id: int, edits: Sequence[Edit], keepers: Mapping[str, Keeper]
) -> Outcome:
    """Take the edits back in the caller's transaction, the last first, one row after the other.

    A field that is not as the edit left it stays as it is.
    """
    outcome = Outcome()
    for edit in _in_order(edits):
        try:
            with session.begin_nested():
                _take_back(session, account_id, edit, keepers[edit.kind])
                session.flush()
            outcome.done += 1
        except (NotPossible, DayloomError) as error:
            outcome.left[edit.label] = str(error)
        except IntegrityError:
            outcome.left[edit.label] = IN_THE_WAY
    return outcome


def _in_order(edits: Sequence[Edit]) -> Iterable[Edit]:
    backwards = edits[::-1]
    yield from (edit for edit in backwards if edit.kind == FIRST)
    yield from (edit for edit in backwards if edit.kind != FIRST)


def _take_back(session: Session, account_id: int, edit: Edit, keeper: Keeper) -> None:
    cls = kinds()[edit.kind]
    found = session.get(cls, edit.id)
    if edit.after is None:
        keeper.settle(_made_again(session, account_id, edit, free=found is None), {})
        return
    row = found if found is not None and found.account_id == account_id else None
    if row is not None and edit.before is None:
        keeper.take_away(row)
        return
    if row is None or edit.before is None or (is_gone(row) and row.gone_since not in edit.after):
        raise NotPossible(GONE)
    was = _set(row, edit.before, edit.after)
    session.flush()
    keeper.settle(row, was)


def _set(row: Journaled, before: Image, after: Image) -> Image:
    """Set what is still as it was left, and return what that was. Raises `NotPossible`."""
    was = {name: value_of(row, name) for name in before}
    held = [name for name in before if was[name] == after[name]]
    if not set(held) & set(row.told):
        raise NotPossible(CHANGED)
    for name in held:
        set_value(row, name, before[name])
    return {name: was[name] for name in held}


def _made_again(session: Session, account_id: int, edit: Edit, *, free: bool) -> Journaled:
    """Add the row once more, by its old number if that is `free`."""
    cls = kinds()[edit.kind]
    row = cls()
    row.account_id = account_id
    if free:
        (key,) = inspect(cls).primary_key
        setattr(row, key.key, edit.id)
    for name in kept_of(cls):
        set_value(row, name, (edit.before or {})[name])
    session.add(row)
    session.flush()
    return row
