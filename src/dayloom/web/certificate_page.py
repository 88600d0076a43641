"""How a plan was planned, as its page shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from dayloom.planning.account import Kind, Part, Term
from dayloom.planning.account_words import NOTHING_MISSED, say_term
from dayloom.planning.plan import Status
from dayloom.planning.verify import Rule
from dayloom.planning.wording import certificate_sentence, say_distance, say_length
from dayloom.plans.certifying import Certified
from dayloom.plans.content import Certificate
from dayloom.plans.models import Made
from dayloom.preferences.models import Preferences
from dayloom.web.replanning import WHY
from dayloom.web.words import Words

URL = "/plan/certificate"
MADE = {
    Made.SOLVED: "Solved from everything below. A replay gives the same plan, bit for bit.",
    Made.INSTANT: "The instant answer: the earliest places. A replay gives the same, bit for bit.",
    Made.ARRANGED: (
        "Arranged at once around what you had decided, moving as little as it could. "
        "A replay solves the same input anew and may find another plan."
    ),
    Made.TAKEN_OVER: (
        "Taken over as it was proposed, and checked against everything below. "
        "A replay solves the same input anew and may find another plan."
    ),
}
RULES = {
    Rule.ONCE: "Every task has a place, or is named as having none",
    Rule.ORDER: "Pieces are in order of time",
    Rule.PINNED: "What you put somewhere lies exactly there",
    Rule.GRID: "Pieces begin and end on full five minutes",
    Rule.HORIZON: "Nothing lies in the past, or beyond the horizon",
    Rule.HOURS: "Pieces lie within the hours of their tasks",
    Rule.RELEASE: "Nothing begins before it may",
    Rule.DEADLINE: "Nothing ends after its deadline",
    Rule.EVENT: "Pieces keep clear of events, pauses included",
    Rule.BUFFER: "Pieces keep the pause between them",
    Rule.DURATION: "Every task has all of its time",
    Rule.CHUNKS: "Split tasks are cut as allowed",
    Rule.PRECEDENCE: "Tasks wait for those that come first",
    Rule.CAP: "No day has more than its limit",
    Rule.REASON: "Why a task has no place is true",
    Rule.CERTIFICATE: "The certificate agrees with the bound",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """One task behind a term."""

    url: str
    title: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """One term in words, with its tasks."""

    sentence: str
    parts: tuple[PartView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """One rule, on how many things it was tried, and what breaks it."""

    rule: str
    tried_on: int
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateView:
    """`known` are pairs of a name and its value; `file` is where the input is downloaded."""

    title: str
    status: str
    meaning: str
    made: str
    terms: tuple[TermView, ...]
    nothing: str
    seal: str
    sound: bool
    rules: tuple[RuleView, ...]
    known: tuple[tuple[str, str], ...]
    file: str
    older: str
    newer: str
    fingerprint: str


def view_certificate(
    certified: Certified, titles: Mapping[int, str], preferences: Preferences, *, now: datetime
) -> CertificateView:
    kept, words = certified.kept, Words.of(preferences, now)
    certificate = kept.certificate
    broken = sum(len(check.broken) for check in certified.checks)
    found = f"{broken} broken" if broken else "nothing broken"
    version = kept.version
    return CertificateView(
        title=f"Plan {version}" if version else "A proposal",
        status=certificate_sentence(certificate.status, certificate.gap),
        meaning=_meaning(certificate),
        made=MADE[kept.made],
        terms=tuple(_term(term, titles) for term in certificate.terms),
        nothing=NOTHING_MISSED,
        seal=f"Checked again just now: {len(certified.checks)} rules, {found}",
        sound=not broken,
        rules=tuple(
            RuleView(rule=RULES[one.rule], tried_on=one.tried_on, broken=one.broken)
            for one in certified.checks
        ),
        known=tuple(_known(certified, words)),
        file=f"/api/v1/plan/versions/{version}/problem" if version else "",
        older=f"{URL}?version={version - 1}" if version and version > 1 else "",
        newer=f"{URL}?version={version + 1}" if version else "",
        fingerprint=certified.fingerprint[:16],
    )


def _meaning(certificate: Certificate) -> str:
    """Say what the bound means for this plan."""
    total, bound = certificate.objective.total, certificate.bound
    if bound is None:
        return "No bound was computed: it is the instant answer, and the planner goes on from it."
    if certificate.status is Status.OPTIMAL:
        return f"Its cost is {total:,}, and it is proven that no plan costs less."
    return f"Its cost is {total:,}; it is proven that no plan costs less than {bound:,}."


def _term(term: Term, titles: Mapping[int, str]) -> TermView:
    said = say_term(term)
    parts = (
        PartView(
            url=f"/tasks/{part.task_id}",
            title=titles.get(part.task_id, f"#{part.task_id}"),
            note=_note(term.kind, part),
        )
        for part in term.parts
    )
    return TermView(sentence=said[0].upper() + said[1:], parts=tuple(parts))


def _note(kind: Kind, part: Part) -> str:
    if kind is Kind.LATE:
        return f"{say_distance(part.by)} late"
    if kind is Kind.SPLIT:
        return f"{part.count} pieces"
    return f"{part.count} blocks" if part.count > 1 else ""


def _known(certified: Certified, words: Words) -> Iterator[tuple[str, str]]:
    problem, kept = certified.problem, certified.kept
    yield "Why", WHY[kept.cause]
    yield "Stored", words.clock.moment(kept.created_at)
    yield "From", words.clock.moment(problem.now)
    yield "Up to", words.clock.moment(problem.horizon.end)
    yield "Tasks", str(len(problem.tasks))
    yield "Fixed", str(sum(bool(task.pinned) for task in problem.tasks))
    yield "Events", str(len(problem.busy))
    yield "Hours", ", ".join(problem.hours) or "none"
    yield "Preferred windows", str(len(problem.windows))
    yield "Pause between tasks", say_length(problem.buffer)
    yield "Pause around events", say_length(problem.event_buffer)
    yield "Daily limits", str(len(problem.caps))
    yield "Seen before", str(sum(one.seen for one in problem.previous))
    if problem.frozen_until:
        yield "Held until", words.clock.moment(problem.frozen_until)
