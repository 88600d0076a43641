"""The log of calls as its pages show it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from dayloom.bootstrap import Services
from dayloom.inferences.chosen import Chosen
from dayloom.inferences.executions import Total
from dayloom.inferences.models import ExecutionRow
from dayloom.infra.errors import NotFound
from dayloom.language.program.execution import Failure, Module
from dayloom.preferences.wallclock import WallClock
from dayloom.web.fact_words import label_of, say_value
from dayloom.web.forms import Choice, Field
from dayloom.web.numbers import say_dollars, say_seconds
from dayloom.web.words import Words

URL = "/inferences"
MODULES = {
    Module.TIME_SLOT: "Reading a task",
    Module.PRIORITIZER: "Ranking tasks",
    Module.CHAT: "Chat",
    Module.CONTEXT: "Reading the context",
    Module.PROBE: "Connection test",
}
OUTCOMES = (
    Choice(value="", label="Answered or not"),
    Choice(value="answered", label="Answered"),
    Choice(value="failed", label="Failed"),
)
LONGEST_SHOWN = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """One line of the log."""

    id: int
    url: str
    module: str
    model: str
    when: str
    took: str
    tokens: str
    cost: str
    failure: str
    forgotten: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalView:
    """One line of the totals."""

    module: str
    model: str
    calls: int
    failures: int
    median: str
    slow: str
    tokens: str
    cost: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogView:
    """`url` shows the same again, `older` the calls before these."""

    url: str
    fields: tuple[Field, ...]
    totals: tuple[TotalView, ...]
    calls: tuple[CallView, ...]
    newest: str
    older: str
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptView:
    """One request."""

    number: int
    status: str
    took: str
    tokens: str
    cost: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """Something that the call has set."""

    url: str
    subject: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeCallView:
    """Everything about one call."""

    call: CallView
    server: str
    mode: str
    sentence: str
    attempts: tuple[AttemptView, ...]
    facts: tuple[FactView, ...]
    inputs: str
    outputs: str
    forgotten: str


def view_log(s: Services, given: Mapping[str, str], *, before_id: int | None) -> LogView:
    clock = WallClock.of(s.preferences.require(), s.now)
    every = s.executions.totals()
    known = sorted({total.model for total in every})
    chosen = _chosen(given, known)
    page = s.executions.page(chosen, before_id=before_id)
    kept = {name: given[name] for name in ("module", "model", "outcome") if given.get(name)}
    return LogView(
        url=_url(kept, before=before_id),
        fields=tuple(_filters(given, known)),
        totals=tuple(_total(one) for one in (s.executions.totals(chosen) if kept else every)),
        calls=tuple(_call(row, clock) for row in page.rows),
        newest=_url(kept) if before_id else "",
        older=_url(kept, before=page.next) if page.next else "",
        empty="No call is like this." if every else "No model was asked yet.",
    )


def view_call(s: Services, execution_id: int) -> WholeCallView:
    """Return one call. Raises `NotFound`."""
    clock = WallClock.of(s.preferences.require(), s.now)
    row = s.executions.require(execution_id)
    return WholeCallView(
        call=_call(row, clock),
        server=row.base_url,
        mode=row.mode.replace("_", " "),
        sentence=row.sentence,
        attempts=tuple(_attempt(k, one) for k, one in enumerate(row.attempts, start=1)),
        facts=tuple(_fact(s, fact) for fact in row.facts),
        inputs=_pretty(row.inputs),
        outputs=_pretty(row.outputs) if row.outputs is not None else "",
        forgotten=_moment(clock, row.forgotten_at) if row.forgotten_at else "",
    )


def _chosen(given: Mapping[str, str], models: Sequence[str]) -> Chosen:
    """Return which calls are wanted; what is no choice chooses nothing."""
    modules = {module.value: module for module in Module}
    outcomes = {"answered": False, "failed": True}
    model = given.get("model", "")
    return Chosen(
        module=modules.get(given.get("module", "")),
        failed=outcomes.get(given.get("outcome", "")),
        model=model if model in models else "",
    )


def _filters(given: Mapping[str, str], models: Sequence[str]) -> Iterator[Field]:
    named = [Choice(value=one.value, label=said) for one, said in MODULES.items()]
    offered = [Choice(value=one, label=one) for one in models]
    for name, label, choices in (
        ("module", "What for", (Choice(value="", label="Every purpose"), *named)),
        ("model", "Model", (Choice(value="", label="Every model"), *offered)),
        ("outcome", "Outcome", OUTCOMES),
    ):
        yield Field(name=name, label=label, value=given.get(name, ""), choices=tuple(choices))


def _url(kept: Mapping[str, str], *, before: int | None = None) -> str:
    query = urlencode({**kept, **({"before": before} if before else {})})
    return f"{URL}?{query}" if query else URL


def _call(row: ExecutionRow, clock: WallClock) -> CallView:
    return CallView(
        id=row.id,
        url=f"{URL}/{row.id}",
        module=MODULES[row.module],
        model=row.model,
        when=_moment(clock, row.started_at),
        took=say_seconds(row.duration_ms),
        tokens=_tokens(row.tokens_in, row.tokens_out),
        cost=say_dollars(row.cost),
        failure=_say_failure(row.failure),
        forgotten=row.forgotten_at is not None,
    )


def _total(total: Total) -> TotalView:
    median, slow = (
        "" if one is None else say_seconds(one) for one in (total.p50_ms, total.p95_ms)
    )
    return TotalView(
        module=MODULES[total.module],
        model=total.model,
        calls=total.calls,
        failures=total.failures,
        median=median,
        slow=slow,
        tokens=_tokens(total.tokens_in, total.tokens_out),
        cost=say_dollars(total.cost),
    )


def _attempt(number: int, attempt: Mapping[str, Any]) -> AttemptView:
    status = attempt["status"]
    return AttemptView(
        number=number,
        status="no answer" if status is None else str(status),
        took=say_seconds(attempt["duration_ms"]),
        tokens=_tokens(attempt["tokens_in"] or 0, attempt["tokens_out"] or 0),
        cost=say_dollars(attempt["cost"]),
        error=attempt["error"] or "",
    )


def _fact(s: Services, fact: Mapping[str, Any]) -> FactView:
    if "task" not in fact:
        return FactView(url="/settings#context", subject="A rule", name="", before="", after="")
    url, subject = _task(s, fact["task"])
    words, field = Words.of(s.preferences.require(), s.now), fact["field"]
    return FactView(
        url=url,
        subject=subject,
        name=label_of(field),
        before=say_value(field, fact.get("before"), words),
        after=say_value(field, fact.get("after"), words),
    )


def _task(s: Services, task_id: int) -> tuple[str, str]:
    """Return where a task is shown, and its title."""
    try:
        return f"/tasks/{task_id}", s.tasks.require(task_id).title
    except NotFound:
        return "", f"Task {task_id}, which is gone"


def _pretty(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if len(text) <= LONGEST_SHOWN:
        return text
    return f"{text[:LONGEST_SHOWN]}\n… and {len(text) - LONGEST_SHOWN} characters more: export it"


def _say_failure(failure: Failure | None) -> str:
    return failure.value.replace("_", " ").capitalize() if failure else ""


def _tokens(sent: int, answered: int) -> str:
    return f"{sent:,} → {answered:,}" if sent or answered else ""


def _moment(clock: WallClock, moment: datetime) -> str:
    return f"{clock.day(moment)} {clock.time(moment)}"
