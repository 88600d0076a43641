"""How a plan was planned, as it is shown: how good it is, its terms, the rules checked."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from pydantic import Field

from dayloom.bootstrap import Services
from dayloom.planning.account import Kind, Term
from dayloom.planning.account_words import say_term, say_terms
from dayloom.planning.plan import Status
from dayloom.planning.seal import Check
from dayloom.planning.verify import Rule
from dayloom.planning.wording import certificate_sentence
from dayloom.plans.certifying import Certified
from dayloom.plans.content import Certificate
from dayloom.plans.models import Cause, Made
from dayloom.wire.scalars import Shown

MINUTE = timedelta(minutes=1)


class ObjectiveShown(Shown):
    """The cost of a plan by terms; lower is better."""

    completion: int
    tardiness: int
    fragmentation: int
    preference: int
    movement: int
    unplaced: int
    total: int


class TermShown(Shown):
    """What one kind of thing comes to, and the tasks behind it, those that add most first."""

    kind: Kind
    count: int
    minutes: int = Field(description="Lateness in total; 0 for all other kinds.")
    tasks: list[int]
    sentence: str


class CertificateShown(Shown):
    """How good a plan is known to be: no plan costs less than `bound`."""

    status: Status
    objective: ObjectiveShown
    bound: int | None
    gap: float | None = Field(description="How far the cost can be above the best, as a share.")
    terms: list[TermShown]
    sentences: list[str] = Field(description="How good it is, and what it comes to, in words.")
    checked: int = Field(description="Rules that the checker tried before the plan was stored.")


class CheckShown(Shown):
    """One rule of the checker, on how many things it was tried, and what breaks it."""

    rule: Rule
    tried_on: int
    broken: list[str]


class KnownShown(Shown):
    """What the planner knew."""

    now: datetime
    start: datetime
    end: datetime
    tasks: int
    pinned: int
    events: int
    hour_maps: int
    windows: int
    daily_limits: int
    pause_minutes: float
    event_pause_minutes: float
    seen_before: int
    frozen_until: datetime | None


class CertifiedShown(Shown):
    """How a plan was planned; the rules are checked again for this answer."""

    version: int | None
    cause: Cause
    made: Made
    created_at: datetime
    certificate: CertificateShown
    checks: list[CheckShown]
    known: KnownShown
    fingerprint: str


def show_certificate(certificate: Certificate) -> CertificateShown:
    objective = certificate.objective
    return CertificateShown(
        status=certificate.status,
        objective=ObjectiveShown(**asdict(objective), total=objective.total),
        bound=certificate.bound,
        gap=certificate.gap,
        terms=[_term(term) for term in certificate.terms],
        sentences=[
            certificate_sentence(certificate.status, certificate.gap),
            say_terms(certificate.terms),
        ],
        checked=len(Rule),
    )


def show_certified(certified: Certified) -> CertifiedShown:
    kept = certified.kept
    return CertifiedShown(
        version=kept.version,
        cause=kept.cause,
        made=kept.made,
        created_at=kept.created_at,
        certificate=show_certificate(kept.certificate),
        checks=[_check(one) for one in certified.checks],
        known=_known(certified),
        fingerprint=certified.fingerprint,
    )


def titles_of(s: Services, certified: Certified) -> Mapping[int, str]:
    """Return the titles of the tasks behind the terms."""
    terms = certified.kept.certificate.terms
    return s.tasks.titles({part.task_id for term in terms for part in term.parts})


def _term(term: Term) -> TermShown:
    return TermShown(
        kind=term.kind,
        count=term.count,
        minutes=term.by // MINUTE,
        tasks=list(dict.fromkeys(part.task_id for part in term.parts)),
        sentence=say_term(term),
    )


def _check(check: Check) -> CheckShown:
    return CheckShown(rule=check.rule, tried_on=check.tried_on, broken=list(check.broken))


def _known(certified: Certified) -> KnownShown:
    problem = certified.problem
    return KnownShown(
        now=problem.now,
        start=problem.horizon.start,
        end=problem.horizon.end,
        tasks=len(problem.tasks),
        pinned=sum(bool(task.pinned) for task in problem.tasks),
        events=len(problem.busy),
        hour_maps=len(problem.hours),
        windows=len(problem.windows),
        daily_limits=len(problem.caps),
        pause_minutes=problem.buffer / MINUTE,
        event_pause_minutes=problem.event_buffer / MINUTE,
        seen_before=sum(one.seen for one in problem.previous),
        frozen_until=problem.frozen_until,
    )
