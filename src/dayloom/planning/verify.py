"""The independent checker: says which rules a plan breaks.

It shares no code with what makes plans, so that a mistake there cannot hide here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from dayloom.planning import rules
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem


class Rule(StrEnum):
    """What a plan can break."""

    ONCE = "once"
    ORDER = "order"
    PINNED = "pinned"
    GRID = "grid"
    HORIZON = "horizon"
    HOURS = "hours"
    RELEASE = "release"
    DEADLINE = "deadline"
    EVENT = "event"
    BUFFER = "buffer"
    DURATION = "duration"
    CHUNKS = "chunks"
    PRECEDENCE = "precedence"
    CAP = "cap"
    REASON = "reason"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule, and the facts in one sentence."""

    rule: Rule
    fact: str


def verify(problem: Problem, plan: Plan) -> list[Violation]:
    """Return every rule that `plan` breaks; a valid plan gives an empty list."""
    evidence = rules.gather(problem, plan)
    return [Violation(rule, fact) for rule, broken in CHECKS.items() for fact in broken(evidence)]


CHECKS: dict[Rule, Callable[[rules.Evidence], Iterator[str]]] = {
    Rule.ONCE: rules.each_task_once,
    Rule.ORDER: rules.slots_in_order,
    Rule.PINNED: rules.pins_exact,
    Rule.GRID: rules.on_grid,
    Rule.HORIZON: rules.within_horizon,
    Rule.HOURS: rules.within_hours,
    Rule.RELEASE: rules.after_release,
    Rule.DEADLINE: rules.before_deadline,
    Rule.EVENT: rules.clear_of_events,
    Rule.BUFFER: rules.clear_of_slots,
    Rule.DURATION: rules.whole_duration,
    Rule.CHUNKS: rules.allowed_chunks,
    Rule.PRECEDENCE: rules.precedence_kept,
    Rule.CAP: rules.caps_kept,
    Rule.REASON: rules.reasons_plausible,
    Rule.CERTIFICATE: rules.certificate_honest,
}
