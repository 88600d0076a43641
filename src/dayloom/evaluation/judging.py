"""One scenario judged: field by field, rules beside model, and what the model cost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from dayloom.evaluation.found import Found, Share
from dayloom.evaluation.gold import is_empty
from dayloom.evaluation.scenarios import Scenario
from dayloom.evaluation.scoring import score
from dayloom.inferences.models import ExecutionRow
from dayloom.language.grounding import find_span
from dayloom.language.program.execution import Module

COPIED = {Module.TIME_SLOT: "reading", Module.CHAT: "commands", Module.CONTEXT: "rules"}
COPIES = ("quote", "subject", "text")
CONSENTED = {"op", "command"}  # of orders, only what is done at once can harm


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """What was asked. `whole` answers had the asked type, `at_once` at the first try; `copied`
    counts the texts that are said to be copied, `hit` those that are; cost in US dollars.
    """

    asked: int = 0
    whole: int = 0
    at_once: int = 0
    failures: tuple[str, ...] = ()
    copied: Share = field(default_factory=Share)
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    took_ms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`fields` tell of each whether it was said, found, right, and right by rules alone.

    `harm` names those that were right by rules and wrong with the model.
    """

    id: str
    layer: str
    score: float
    feedback: str
    fields: Mapping[str, Mapping[str, bool]]
    harm: tuple[str, ...]
    violations: tuple[str, ...]
    preferred: Share
    moved: Share
    steady: bool
    calls: Calls

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def judge(scenario: Scenario, rules: Found, model: Found | None) -> Verdict:
    """Judge what rules alone found or, with a model, what was found in the end."""
    found = model or rules
    calls = _calls(scenario, found.calls)
    missed = calls.copied.of - calls.copied.hit
    scored = score(scenario.gold, found.values, ungrounded=missed)
    before = score(scenario.gold, rules.values).right
    return Verdict(
        id=scenario.id,
        layer=scenario.layer.value,
        score=round(scored.score, 3),
        feedback=scored.feedback,
        fields={
            name: {
                "wanted": scenario.gold.wants(name),
                "found": not is_empty(found.values.get(name)),
                "right": right,
                "by_rules": before[name],
            }
            for name, right in scored.right.items()
        },
        harm=tuple(
            name
            for name, right in scored.right.items()
            if before[name] and not right and name not in CONSENTED
        ),
        violations=tuple(found.violations),
        preferred=found.preferred,
        moved=found.moved,
        steady=found.steady,
        calls=calls,
    )


def _calls(scenario: Scenario, rows: Sequence[ExecutionRow]) -> Calls:
    whole = [row for row in rows if row.failure is None]
    copies = [text for row in whole for text in _copies(row)]
    words = scenario.say
    return Calls(
        asked=len(rows),
        whole=len(whole),
        at_once=sum(len(row.attempts) == 1 for row in whole),
        failures=tuple(row.failure.value for row in rows if row.failure is not None),
        copied=Share(hit=sum(find_span(t, words) is not None for t in copies), of=len(copies)),
        tokens_in=sum(row.tokens_in for row in rows),
        tokens_out=sum(row.tokens_out for row in rows),
        cost=sum(row.cost or 0 for row in rows),
        took_ms=tuple(row.duration_ms for row in rows),
    )


def _copies(row: ExecutionRow) -> Iterator[str]:
    """Yield the texts of an answer that are said to be copied."""
    part = (row.outputs or {}).get(COPIED.get(row.module, ""), [])
    for item in part if isinstance(part, list) else [part]:
        for name, value in item.items():
            if isinstance(value, str) and value and (name.endswith("_text") or name in COPIES):
                yield value
