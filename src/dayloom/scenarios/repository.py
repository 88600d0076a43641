"""The scenarios of one account."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from dayloom.scenarios.models import Scenario


class ScenarioRepository:
    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self.account_id = account_id

    def all(self) -> Sequence[Scenario]:
        """Return the scenarios, the oldest first."""
        query = select(Scenario).where(Scenario.account_id == self.account_id)
        return self._session.scalars(
            query.options(undefer(Scenario.outcome)).order_by(Scenario.id)
        ).all()

    def get(self, scenario_id: int) -> Scenario | None:
        query = select(Scenario).where(
            Scenario.account_id == self.account_id, Scenario.id == scenario_id
        )
        return self._session.scalar(query.options(undefer(Scenario.outcome)))

    def count(self) -> int:
        query = select(func.count()).where(Scenario.account_id == self.account_id)
        return self._session.scalar(query) or 0

    def add(self, scenario: Scenario) -> None:
        self._session.add(scenario)
        self._session.flush()

    def remove(self, scenario: Scenario) -> None:
        self._session.delete(scenario)
        self._session.flush()

    def flush(self) -> None:
        self._session.flush()
