"""The rules of one account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dayloom.preferences.models import PlanRule


class RulesRepository:
    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self.account_id = account_id

    def all(self) -> Sequence[PlanRule]:
        """Return the rules in the order of their sentences."""
        query = select(PlanRule).where(
            PlanRule.account_id == self.account_id, PlanRule.removed_at.is_(None)
        )
        return self._session.scalars(query.order_by(PlanRule.position, PlanRule.id)).all()

    def get(self, rule_id: int, *, removed: bool = False) -> PlanRule | None:
        query = select(PlanRule).where(
            PlanRule.account_id == self.account_id, PlanRule.id == rule_id
        )
        if not removed:
            query = query.where(PlanRule.removed_at.is_(None))
        return self._session.scalar(query)

    def of_execution(self, execution_id: int) -> Sequence[PlanRule]:
        """Return what was made of the answer of one call."""
        return [rule for rule in self.all() if rule.execution_id == execution_id]

    def add(self, rule: PlanRule) -> None:
        self._session.add(rule)
        self._session.flush()

    def remove(self, rule: PlanRule) -> None:
        self._session.delete(rule)
        self._session.flush()

    def purge(self, before: datetime) -> None:
        """Remove for good what was taken away before that moment."""
        self._session.execute(
            delete(PlanRule).where(
                PlanRule.account_id == self.account_id, PlanRule.removed_at < before
            )
        )

    def flush(self) -> None:
        self._session.flush()
