"""The model and the calls of one account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from dayloom.accounts.changes import MODEL_TEST
from dayloom.inferences.models import ExecutionRow, ModelSettings
from dayloom.infra import work
from dayloom.language.program.execution import Module


class InferenceRepository:
    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self.account_id = account_id

    def settings(self) -> ModelSettings | None:
        return self._session.get(ModelSettings, self.account_id)

    def add(self, row: ModelSettings | ExecutionRow) -> None:
        self._session.add(row)
        self._session.flush()

    def remove(self, row: ModelSettings) -> None:
        self._session.delete(row)
        self._session.flush()

    def flush(self) -> None:
        self._session.flush()

    def testing(self) -> bool:
        """Tell whether a connection test is wanted or under way."""
        progress = work.progress(self._session, MODEL_TEST, str(self.account_id))
        return progress is not None and progress.want > progress.done and not progress.parked

    def spent_since(self, moment: datetime) -> float:
        """Return what calls have cost since then, in US dollars."""
        query = select(func.sum(ExecutionRow.cost)).where(
            ExecutionRow.account_id == self.account_id, ExecutionRow.started_at >= moment
        )
        return self._session.scalar(query) or 0.0

    def execution(self, execution_id: int) -> ExecutionRow | None:
        query = select(ExecutionRow).where(
            ExecutionRow.account_id == self.account_id, ExecutionRow.id == execution_id
        )
        return self._session.scalar(query)

    def newest(self) -> ExecutionRow | None:
        query = (
            select(ExecutionRow)
            .where(ExecutionRow.account_id == self.account_id)
            .order_by(ExecutionRow.id.desc())
            .limit(1)
        )
        return self._session.scalar(query)

    def executions(
        self,
        *,
        module: Module | None = None,
        failed: bool | None = None,
        model: str = "",
        before_id: int | None = None,
        limit: int = 50,
    ) -> Sequence[ExecutionRow]:
        """Return calls, the newest first, without what was asked and answered."""
        query = (
            select(ExecutionRow)
            .where(ExecutionRow.account_id == self.account_id)
            .options(defer(ExecutionRow.inputs), defer(ExecutionRow.outputs))
            .order_by(ExecutionRow.id.desc())
            .limit(limit)
        )
        if module is not None:
            query = query.where(ExecutionRow.module == module)
        if failed is not None:
            wanted = (
                ExecutionRow.failure.is_not(None) if failed else ExecutionRow.failure.is_(None)
            )
            query = query.where(wanted)
        if model:
            query = query.where(ExecutionRow.model == model)
        if before_id is not None:
            query = query.where(ExecutionRow.id < before_id)
        return self._session.scalars(query).all()
