"""What might be, as it is stated and as it is compared."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from dayloom.bootstrap import Services
from dayloom.language.suppositions import (
    DayOff,
    ExtraHours,
    ExtraWork,
    LeftOut,
    Meeting,
    Supposition,
)
from dayloom.planning.difference import Kind
from dayloom.planning.interval import Interval
from dayloom.plans.changeset import Change
from dayloom.plans.content import PlannedSlot
from dayloom.plans.truth import FIRST_IMAGINED
from dayloom.scenarios import stored
from dayloom.scenarios.outcome import Outcome, Risk
from dayloom.scenarios.saying import Sayer
from dayloom.scenarios.service import LONGEST_NAME, MOST_SUPPOSITIONS, State, Told
from dayloom.scenarios.telling import differences, loads_of
from dayloom.wire.certificates import CertificateShown, show_certificate
from dayloom.wire.plans import PlanTotalsShown, show_totals
from dayloom.wire.scalars import (
    Clock,
    Given,
    Id,
    Line,
    Lines,
    Minutes,
    Moment,
    Name,
    Shown,
    Span,
    Text,
    local,
    span,
)

MINUTE = timedelta(minutes=1)


def _read_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("write a date as 2026-12-24") from None


Day = Annotated[date, BeforeValidator(_read_date)]


class MeetingGiven(Given):
    """Something at a fixed time; kept, it is a pinned task."""

    kind: Literal[stored.Kind.MEETING]
    title: Line = "Meeting"
    start: Moment
    minutes: Annotated[Minutes, Field(ge=5)] = 60

    def to_supposition(self) -> Supposition:
        return Meeting(title=self.title, start=self.start, length=self.minutes * MINUTE)


class DayOffGiven(Given):
    """Closed hours, from the first to the last day; kept, they are exceptions of the hours."""

    kind: Literal[stored.Kind.DAY_OFF]
    first: Day
    last: Day | None = Field(default=None, description="The same as the first, if absent.")
    hour_map: Name | None = Field(default=None, description="The usual hours, if absent.")
    all_hours: bool = Field(default=False, description="All hours, whatever they are named.")

    def to_supposition(self) -> Supposition:
        return DayOff(
            first=self.first,
            last=self.last or self.first,
            hour_map=self.hour_map,
            all_hours=self.all_hours,
        )


class WorkGiven(Given):
    """One task more."""

    kind: Literal[stored.Kind.WORK]
    title: Line
    minutes: Annotated[Minutes, Field(ge=5)]
    due: Moment | None = None
    deadline: Moment | None = None
    splittable: bool = False

    def to_supposition(self) -> Supposition:
        return ExtraWork(
            title=self.title,
            length=self.minutes * MINUTE,
            due=self.due,
            deadline=self.deadline,
            splittable=self.splittable,
        )


class ExtraHoursGiven(Given):
    """Hours that are open on one day too; kept, they are an exception of the hours."""

    kind: Literal[stored.Kind.HOURS]
    day: Day
    start: Clock
    end: Clock
    hour_map: Name | None = Field(default=None, description="The usual hours, if absent.")

    def to_supposition(self) -> Supposition:
        return ExtraHours(day=self.day, start=self.start, end=self.end, hour_map=self.hour_map)


class WithoutGiven(Given):
    """A task that is not done; kept, it is deleted, and can be brought back."""

    kind: Literal[stored.Kind.WITHOUT]
    task_id: Id

    def to_supposition(self) -> Supposition:
        return LeftOut(task_id=self.task_id)


SuppositionGiven = Annotated[
    MeetingGiven | DayOffGiven | WorkGiven | ExtraHoursGiven | WithoutGiven,
    Field(discriminator="kind"),
]


class ScenarioGiven(Given):
    """What might be: in words, one supposition a line, or in fields, or both."""

    name: Annotated[Text, Field(max_length=LONGEST_NAME)] = ""
    text: Lines | None = Field(
        default=None, examples=["take Friday off", "client X adds 10 h by the 15th"]
    )
    suppositions: Annotated[
        list[SuppositionGiven], Field(default_factory=list, max_length=MOST_SUPPOSITIONS)
    ]


class SuppositionShown(Shown):
    """One supposition, in words and in the fields in which it can be given."""

    kind: stored.Kind
    says: str
    fields: dict[str, Any]


class LoadShown(Shown):
    """How much work lies on a day, now and then."""

    day: date
    before_minutes: int
    after_minutes: int


class ShiftShown(Shown):
    """What would happen to one task; one that is only imagined has no number."""

    task_id: int | None
    title: str
    kind: Kind
    before: list[Span]
    after: list[Span]
    reason: str


class RiskShown(Shown):
    """A task that ends late, or has no place, now or then."""

    task_id: int | None
    title: str
    late_before_minutes: int
    late_after_minutes: int
    has_place_before: bool
    has_place_after: bool


class SideSlotShown(Span):
    """Where a task would lie."""

    task_id: int | None
    title: str
    pinned: bool


class ComparisonShown(Shown):
    """The plan that holds and the one that would, side by side."""

    sentences: list[str]
    totals: PlanTotalsShown
    days: list[LoadShown]
    changes: list[ShiftShown]
    at_risk: list[RiskShown]
    slots: list[SideSlotShown]
    certificate: CertificateShown


class ScenarioShown(Shown):
    """A what-if. `comparison` is the last one; while outdated, of the world before."""

    id: int
    name: str
    state: State
    sentence: str = Field(description="How far it is; empty once it is planned through.")
    suppositions: list[SuppositionShown]
    comparison: ComparisonShown | None
    created_at: datetime
    solved_at: datetime | None


class ScenariosShown(Shown):
    """The what-ifs, the oldest first."""

    scenarios: list[ScenarioShown]


def suppositions_of(s: Services, given: ScenarioGiven) -> Sequence[Supposition]:
    """Return what is supposed, the words first. Raises `Invalid`."""
    said = s.scenarios.read(given.text) if given.text is not None else ()
    return [*said, *(one.to_supposition() for one in given.suppositions)]


def show_scenario(s: Services, told: Told) -> ScenarioShown:
    sayer = s.scenarios.sayer(told)
    zone = sayer.clock.zone
    says = [sayer.supposition(said) for said in told.suppositions]
    return ScenarioShown(
        id=told.id,
        name=told.name or "; ".join(says),
        state=told.state,
        sentence=told.sentence,
        suppositions=[
            SuppositionShown(kind=stored.kind_of(one), says=words, fields=_fields(one, zone))
            for one, words in zip(told.suppositions, says, strict=True)
        ],
        comparison=_comparison(s, told, told.outcome, sayer) if told.outcome else None,
        created_at=told.created_at.astimezone(zone),
        solved_at=local(told.solved_at, zone),
    )


def _comparison(s: Services, told: Told, outcome: Outcome, sayer: Sayer) -> ComparisonShown:
    zone, at = sayer.clock.zone, told.solved_at or s.now
    return ComparisonShown(
        sentences=list(differences(outcome, told.suppositions, sayer, now=at)),
        totals=show_totals(outcome.totals),
        days=[
            LoadShown(day=load.day, before_minutes=load.before, after_minutes=load.after)
            for load in loads_of(outcome, zone, now=at)
        ],
        changes=[_shift(change, sayer) for change in outcome.changes],
        at_risk=[_risk(risk, sayer) for risk in outcome.risks],
        slots=[_slot(slot, sayer) for slot in outcome.after.slots],
        certificate=show_certificate(outcome.certificate),
    )


def _fields(said: Supposition, zone: ZoneInfo) -> dict[str, Any]:
    """Return the fields of a supposition as they are given."""
    values = stored.to_json(said)
    if "length" in values:
        values["minutes"] = values.pop("length")
    for name in ("start", "due", "deadline"):
        moment = getattr(said, name, None)
        if isinstance(moment, datetime):
            values[name] = moment.astimezone(zone).isoformat()
    return {name: value for name, value in values.items() if name != "kind"}


def _shift(change: Change, sayer: Sayer) -> ShiftShown:
    return ShiftShown(
        task_id=_number(change.task_id),
        title=sayer.titles.get(change.task_id, ""),
        kind=change.kind,
        before=_spans(change.before, sayer),
        after=_spans(change.after, sayer),
        reason=change.reason,
    )


def _risk(risk: Risk, sayer: Sayer) -> RiskShown:
    return RiskShown(
        task_id=_number(risk.task_id),
        title=sayer.titles.get(risk.task_id, ""),
        late_before_minutes=risk.late_before,
        late_after_minutes=risk.late_after,
        has_place_before=not risk.lost_before,
        has_place_after=not risk.lost_after,
    )


def _slot(slot: PlannedSlot, sayer: Sayer) -> SideSlotShown:
    zone = sayer.clock.zone
    return SideSlotShown(
        task_id=_number(slot.task_id),
        title=sayer.titles.get(slot.task_id, ""),
        start=slot.start.astimezone(zone),
        end=slot.end.astimezone(zone),
        pinned=slot.pinned,
    )


def _spans(intervals: Sequence[Interval], sayer: Sayer) -> list[Span]:
    return [span(one.start, one.end, sayer.clock.zone) for one in intervals]


def _number(task_id: int) -> int | None:
    return task_id if task_id < FIRST_IMAGINED else None
