"""An undo of a repair: what it has altered goes back, where it is still as the repair left it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.plans.alterations import DELETED, Alteration, Altered, Of, alter, altered, taken_back
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.memo import Memo
from dayloom.plans.models import Proposal
from dayloom.preferences.repository import PreferencesRepository
from dayloom.tasks.models import Task
from dayloom.tasks.repository import TaskRepository

ALTERED = "altered"


def memo_of(alterations: Sequence[Alteration]) -> Memo:
    """Return what an undo of these needs."""
    return {ALTERED: [one.to_json() for one in alterations]}


def memo_back(memo: Memo) -> Memo:
    """Return what an undo of the undo needs."""
    return memo_of(taken_back(_remembered(memo)))


def restore_altered(session: Session, account_id: int, memo: Memo, *, now: datetime) -> None:
    """Put back the rows; a memo of anything else changes nothing."""
    alterations = _remembered(memo)
    if not alterations:
        return
    tasks = TaskRepository(session, account_id)
    preferences = PreferencesRepository(session, account_id)

    def find(of: Of, id_: int) -> Altered | None:
        if of is Of.TASK:
            return tasks.get(id_, deleted=True)
        return preferences.get() if of is Of.PREFERENCES else preferences.hour_map(id_)

    alter(taken_back(alterations), find)
    session.flush()
    changes = Changes(session, account_id, now)
    for topic in (Topic.TASKS, Topic.PREFERENCES):
        changes.announce(topic)


def restore_read(inputs: PlanInputs, memo: Memo, removed: Sequence[Task]) -> PlanInputs:
    """Return what was read as it will be then; `removed` come back."""
    alterations = _remembered(memo)
    return altered(inputs, taken_back(alterations), deleted=removed) if alterations else inputs


def removed_by(proposal: Proposal, account_id: int, session: Session) -> list[Task]:
    """Return the tasks that a repair has removed."""
    rows = TaskRepository(session, account_id)
    names = (one.id for one in _remembered(proposal.memo) if one.name == DELETED)
    return [task for id_ in names if (task := rows.get(id_, deleted=True)) is not None]


def _remembered(memo: Memo) -> tuple[Alteration, ...]:
    stored: Any = memo.get(ALTERED, ())
    return tuple(map(Alteration.from_json, stored))
