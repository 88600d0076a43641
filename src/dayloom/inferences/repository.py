"""The model and the calls of one account."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, defer

from dayloom.accounts.changes import MODEL_TEST
from dayloom.inferences.chosen import Chosen
from dayloom.inferences.models import ExecutionRow, ModelSettings
from dayloom.infra import work
from dayloom.language.program.execution import Failure, Module


class Figures(NamedTuple):
    """What totals are made of."""

    module: Module
    model: str
    started_at: datetime
    failure: Failure | None
    duration_ms: int
    tokens_in: int
    tokens_out: int
    cost: float | None


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
        self, chosen: Chosen, *, before_id: int | None, limit: int, whole: bool = False
    ) -> Sequence[ExecutionRow]:
        """Return calls, the newest first; unless `whole`, without what was asked and answered."""
        query = (
            select(ExecutionRow)
            .where(*self._conditions(chosen))
            .order_by(ExecutionRow.id.desc())
            .limit(limit)
        )
        if not whole:
            query = query.options(defer(ExecutionRow.inputs), defer(ExecutionRow.outputs))
        if before_id is not None:
            query = query.where(ExecutionRow.id < before_id)
        return self._session.scalars(query).all()

    def figures(self, chosen: Chosen) -> list[Figures]:
        """Return what calls came to, one by one."""
        query = select(
            ExecutionRow.module,
            ExecutionRow.model,
            ExecutionRow.started_at,
            ExecutionRow.failure,
            ExecutionRow.duration_ms,
            ExecutionRow.tokens_in,
            ExecutionRow.tokens_out,
            ExecutionRow.cost,
        )
        rows = self._session.execute(query.where(*self._conditions(chosen)))
        return [Figures(*row) for row in rows]

    def _conditions(self, chosen: Chosen) -> Iterator[ColumnElement[bool]]:
        yield ExecutionRow.account_id == self.account_id
        if chosen.module is not None:
            yield ExecutionRow.module == chosen.module
        if chosen.failed is not None:
            failure = ExecutionRow.failure
            yield failure.is_not(None) if chosen.failed else failure.is_(None)
        if chosen.model:
            yield ExecutionRow.model == chosen.model
        if chosen.task_id is not None:
            yield ExecutionRow.task_id == chosen.task_id
        if chosen.since is not None:
            yield ExecutionRow.started_at >= chosen.since
