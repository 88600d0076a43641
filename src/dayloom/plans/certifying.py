"""What is kept of a plan, checked again on demand: its input, its answer, and how good that is."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from dayloom.infra.errors import NotFound
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.redaction import redacted
from dayloom.planning.replay import load_plan, load_problem, problem_to_json
from dayloom.planning.seal import Check, check
from dayloom.plans.archive import unpack
from dayloom.plans.content import Certificate, certificate_of
from dayloom.plans.models import Cause, Made, PlanVersion, Proposal

TOO_OLD = "The input of this plan is not kept. Plan again, and the new plan has it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A stored plan or proposal. `version` is None for a proposal that was not applied."""

    version: int | None
    cause: Cause
    made: Made
    certificate: Certificate
    created_at: datetime
    problem: bytes | None
    answer: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A stored plan with its whole input, checked again just now."""

    kept: Kept
    problem: Problem
    plan: Plan
    checks: tuple[Check, ...]

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.kept)


def kept_of(row: PlanVersion | Proposal, *, version: int | None) -> Kept:
    """Return what a row holds, its large columns too, while its transaction is open."""
    return Kept(
        version=version,
        cause=row.cause,
        made=row.made,
        certificate=certificate_of(row),
        created_at=row.created_at,
        problem=row.problem,
        answer=row.answer,
    )


def certify(kept: Kept) -> Certified:
    """Check a stored plan against its input once more. Raises `NotFound` if that is not kept."""
    problem, plan = load_problem(_problem(kept)), load_plan(_answer(kept))
    return Certified(kept=kept, problem=problem, plan=plan, checks=check(problem, plan))


def fingerprint(kept: Kept) -> str:
    """Return what is the same wherever the plan is the same, bit for bit."""
    return hashlib.sha256(_answer(kept)).hexdigest()


def replay_file(kept: Kept, *, redact: bool = False) -> bytes:
    """Return the whole input as one file that also says what it was answered.

    `redact` takes the names of hours and windows out; the plan stays the same. Raises
    `NotFound` if the input is not kept.
    """
    problem = load_problem(_problem(kept))
    stored = {"made": kept.made.value, "fingerprint": fingerprint(kept)}
    body = {**problem_to_json(redacted(problem) if redact else problem), "stored": stored}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _problem(kept: Kept) -> bytes:
    if kept.problem is None:
        raise NotFound(TOO_OLD)
    return unpack(kept.problem)


def _answer(kept: Kept) -> bytes:
    if kept.answer is None:
        raise NotFound(TOO_OLD)
    return unpack(kept.answer)
