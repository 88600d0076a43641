"""The plan, and proposals to change it, as they are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from dayloom.bootstrap import Services
from dayloom.planning.difference import Kind
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Obstacle, Status
from dayloom.plans.changeset import Change
from dayloom.plans.content import certificate_of
from dayloom.plans.history import Past
from dayloom.plans.models import Cause, Proposal, ProposalState, SlotRow, UnplacedRow
from dayloom.plans.requests import RequestState
from dayloom.plans.service import PlanView
from dayloom.plans.totals import Totals
from dayloom.wire.certificates import CertificateShown, show_certificate
from dayloom.wire.scalars import Given, Id, Shown, Span, local, said, span
from dayloom.wire.task_output import SlotShown


class PlannedShown(SlotShown):
    """One piece of a task in the plan."""

    task_id: int
    title: str
    seen: bool = Field(description="The person knows of it: moving it has a price.")


class UnplacedShown(Shown):
    """A task without a place, and why."""

    task_id: int
    title: str
    obstacle: Obstacle
    missing_minutes: int | None
    reason: str


class BusyShown(Span):
    """A calendar event that takes time."""

    event_id: int
    summary: str


class ChangeShown(Shown):
    """What happens to one task; `id` counts within the proposal."""

    id: int
    task_id: int
    title: str
    kind: Kind
    before: list[Span]
    after: list[Span]
    reason: str


class PlanTotalsShown(Shown):
    """What the changes come to. At risk is what ends late, or was planned and has no place."""

    moved_tasks: int
    moved_minutes: int = Field(description="Of their time, what lies elsewhere than before.")
    at_risk_before: int
    at_risk_after: int
    late_minutes_before: int
    late_minutes_after: int
    sentence: str


class ProposalShown(Shown):
    """A plan that changes the present one. A pending one waits for the person."""

    id: int
    cause: Cause
    state: ProposalState
    by_mode: bool = Field(description="Applied at once, as the plan mode allows.")
    base_version: int
    applied_version: int | None
    changes: list[ChangeShown]
    totals: PlanTotalsShown
    certificate: CertificateShown
    created_at: datetime
    decided_at: datetime | None


class ProposalsShown(Shown):
    """Proposals, newest first."""

    proposals: list[ProposalShown]


class PastShown(Shown):
    """A plan that was stored, and what it came to when it was."""

    version: int
    current: bool
    cause: Cause
    by_mode: bool = Field(description="Applied at once, as the plan mode allows.")
    changed: int = Field(description="Tasks that it changed.")
    totals: PlanTotalsShown
    created_at: datetime
    undone_at: datetime | None


class PastPlansShown(Shown):
    """The plans that are kept, newest first."""

    plans: list[PastShown]


class PlanShown(Shown):
    """The plan of a stretch of time; what has no place and what waits is always there."""

    version: int = Field(description="0 before the first plan.")
    status: Status
    certificate: CertificateShown | None
    start: datetime
    end: datetime
    slots: list[PlannedShown]
    unplaced: list[UnplacedShown]
    busy: list[BusyShown]
    pending: ProposalShown | None
    created_at: datetime | None


class RequestShown(Shown):
    """How far the answer to a request for a plan is."""

    request: int
    state: RequestState
    proposal: ProposalShown | None
    location: str = Field(description="Where to look again.")


class AcceptanceGiven(Given):
    """Which changes to accept; without them, all."""

    changes: Annotated[list[Id], Field(max_length=10_000)] | None = None


class PlacedShown(Span):
    """One piece of a task, and the facts that put it there."""

    pinned: bool
    provisional: bool
    reasons: list[str]


class ObstacleShown(Shown):
    """Why a task has no place."""

    obstacle: Obstacle
    missing_minutes: int | None
    reason: str


class ExplanationShown(Shown):
    """Why a task lies where it lies, or why it does not lie anywhere."""

    task_id: int
    title: str
    slots: list[PlacedShown]
    unplaced: ObstacleShown | None
    needs_scheduling: bool
    certificate: CertificateShown | None


def show_plan(s: Services, view: PlanView, *, window: Interval) -> PlanShown:
    """Return the plan in the person's zone, with the titles that the transaction knows."""
    zone = ZoneInfo(s.preferences.require().time_zone)
    ids = {slot.task_id for slot in view.slots} | {row.task_id for row in view.unplaced}
    titles = s.tasks.titles(ids)
    certificate = show_certificate(certificate_of(view.version)) if view.version else None
    return PlanShown(
        version=view.version.version if view.version else 0,
        status=certificate.status if certificate else Status.PROVISIONAL,
        certificate=certificate,
        start=window.start.astimezone(zone),
        end=window.end.astimezone(zone),
        slots=[_planned(slot, titles.get(slot.task_id, ""), zone) for slot in view.slots],
        unplaced=[_unplaced(row, titles.get(row.task_id, "")) for row in view.unplaced],
        busy=[
            BusyShown(
                event_id=event.id,
                summary=event.summary,
                start=event.start.astimezone(zone),
                end=event.end.astimezone(zone),
            )
            for event in view.busy
        ],
        pending=show_proposal(s, view.pending) if view.pending else None,
        created_at=local(view.version.created_at, zone) if view.version else None,
    )


def show_totals(totals: Totals) -> PlanTotalsShown:
    return PlanTotalsShown(**asdict(totals), sentence=totals.sentence)


def show_past(past: Past, zone: ZoneInfo) -> PastShown:
    return PastShown(
        version=past.version,
        current=past.current,
        cause=past.cause,
        by_mode=past.by_mode,
        changed=past.changed,
        totals=show_totals(past.totals),
        created_at=past.created_at.astimezone(zone),
        undone_at=local(past.undone_at, zone),
    )


def show_proposal(s: Services, proposal: Proposal) -> ProposalShown:
    zone = ZoneInfo(s.preferences.require().time_zone)
    return ProposalShown(
        id=proposal.id,
        cause=proposal.cause,
        state=proposal.state,
        by_mode=proposal.by_mode,
        base_version=proposal.base_version,
        applied_version=proposal.applied_version,
        changes=show_changes(s, map(Change.from_json, proposal.changes)),
        totals=show_totals(Totals.from_json(proposal.totals)),
        certificate=show_certificate(certificate_of(proposal)),
        created_at=proposal.created_at.astimezone(zone),
        decided_at=local(proposal.decided_at, zone),
    )


def show_changes(s: Services, changes: Iterable[Change]) -> list[ChangeShown]:
    """Return changes in the person's zone, with the titles of their tasks."""
    every = list(changes)
    zone = ZoneInfo(s.preferences.require().time_zone)
    titles = s.tasks.titles({change.task_id for change in every})
    return [_change(one, titles.get(one.task_id, ""), zone) for one in every]


def explain(s: Services, task_id: int) -> ExplanationShown:
    """Return the facts behind a task's place. Raises `NotFound`."""
    task = s.tasks.require(task_id)
    zone = ZoneInfo(s.preferences.require().time_zone)
    version, unplaced = s.placements.current(), s.placements.unplaced_of(task_id)
    return ExplanationShown(
        task_id=task.id,
        title=task.title,
        slots=[_placed(slot, zone) for slot in s.placements.slots_of([task_id]).get(task_id, ())],
        unplaced=_obstacle(unplaced) if unplaced else None,
        needs_scheduling=task.needs_scheduling,
        certificate=show_certificate(certificate_of(version)) if version else None,
    )


def _planned(slot: SlotRow, title: str, zone: ZoneInfo) -> PlannedShown:
    return PlannedShown(
        task_id=slot.task_id,
        title=title,
        start=slot.start.astimezone(zone),
        end=slot.end.astimezone(zone),
        pinned=slot.pinned,
        provisional=slot.provisional,
        seen=slot.seen_at is not None,
        reason=said(slot.reasons),
    )


def _placed(slot: SlotRow, zone: ZoneInfo) -> PlacedShown:
    return PlacedShown(
        start=slot.start.astimezone(zone),
        end=slot.end.astimezone(zone),
        pinned=slot.pinned,
        provisional=slot.provisional,
        reasons=slot.reasons,
    )


def _unplaced(row: UnplacedRow, title: str) -> UnplacedShown:
    return UnplacedShown(
        task_id=row.task_id,
        title=title,
        obstacle=Obstacle(row.obstacle),
        missing_minutes=row.missing_minutes,
        reason=row.reason,
    )


def _obstacle(row: UnplacedRow) -> ObstacleShown:
    return ObstacleShown(
        obstacle=Obstacle(row.obstacle), missing_minutes=row.missing_minutes, reason=row.reason
    )


def _change(change: Change, title: str, zone: ZoneInfo) -> ChangeShown:
    return ChangeShown(
        id=change.id,
        task_id=change.task_id,
        title=title,
        kind=change.kind,
        before=_spans(change.before, zone),
        after=_spans(change.after, zone),
        reason=change.reason,
    )


def _spans(intervals: Sequence[Interval], zone: ZoneInfo) -> list[Span]:
    return [span(interval.start, interval.end, zone) for interval in intervals]
