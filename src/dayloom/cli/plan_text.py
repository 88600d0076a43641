"""A plan and a proposal as text for people."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dayloom.cli.output import BAD, FAINT, GOOD, LOUD, console, line
from dayloom.cli.saying import heading, length, span, stretch
from dayloom.planning.wording import certificate_sentence
from dayloom.plans.models import ProposalState
from dayloom.preferences.wallclock import WallClock
from dayloom.wire.certificates import CertifiedShown
from dayloom.wire.plans import (
    BusyShown,
    ChangeShown,
    PastPlansShown,
    PlannedShown,
    PlanShown,
    ProposalShown,
)
from dayloom.wire.scalars import Span, minutes

INDENT = (0, 0, 0, 2)
DEEPER = (0, 0, 0, 4)
UNDER_TITLE = (0, 0, 0, 15)
Item = PlannedShown | BusyShown


def print_plan(plan: PlanShown, clock: WallClock, *, reasons: bool) -> None:
    """Print the days, what has no place, what waits, and how good the plan is."""
    out = console()
    if not plan.slots and not plan.busy:
        out.print("Nothing is planned here.")
    told = _first_pieces(plan) if reasons else {}
    for _, items in groupby(_in_order(plan), key=lambda item: _day(item, clock)):
        _print_day(out, list(items), clock, told=told)
    if plan.unplaced:
        out.print(line(("Not placed", LOUD)))
        for task in plan.unplaced:
            out.print(
                Padding(line((f"#{task.task_id}", FAINT), f"  {task.title}"), INDENT, expand=False)
            )
            out.print(Padding(Text(task.reason, BAD), DEEPER, expand=False))
        out.print()
    if plan.pending is not None:
        _print_question(out, plan.pending, clock)
    if plan.certificate is not None:
        certificate = plan.certificate
        out.print(Text(certificate_sentence(certificate.status, certificate.gap), FAINT))


def print_proposal(proposal: ProposalShown, clock: WallClock) -> None:
    """Print what was changed; for a proposal that waits, also why, and how to answer."""
    out = console()
    if proposal.state is ProposalState.PENDING:
        _print_question(out, proposal, clock)
    elif proposal.state is not ProposalState.REJECTED:
        _print_changes(out, proposal, clock, reasons=False)


def _first_pieces(plan: PlanShown) -> dict[int, datetime]:
    """Return where each task first lies: there its reasons are told, once."""
    return {slot.task_id: slot.start for slot in reversed(plan.slots) if slot.reason}


def _in_order(plan: PlanShown) -> list[Item]:
    return sorted([*plan.slots, *plan.busy], key=lambda item: (item.start, item.end))


def _day(item: Span, clock: WallClock) -> date:
    return max(item.start, clock.now if item.start < clock.now < item.end else item.start).date()


def _print_day(
    out: Console, items: list[Item], clock: WallClock, *, told: Mapping[int, datetime]
) -> None:
    out.print(line((heading(clock, items[0].start), LOUD)))
    for item in items:
        out.print(Padding(_item(item, clock), INDENT, expand=False))
        if isinstance(item, PlannedShown) and told.get(item.task_id) == item.start:
            out.print(Padding(Text(item.reason, FAINT), UNDER_TITLE, expand=False))
    out.print()


def _item(item: Item, clock: WallClock) -> Text:
    time = f"{span(clock, item.start, item.end)}  "
    if isinstance(item, BusyShown):
        return line((f"{time}{item.summary or 'Busy'}", FAINT))
    marks = "".join(_marks(item))
    took = f"  {length(minutes(item.end - item.start))}{marks}"
    return line((time, GOOD), item.title, (f"  #{item.task_id}{took}", FAINT))


def _marks(slot: PlannedShown) -> Iterator[str]:
    if slot.pinned:
        yield ", pinned"
    if slot.provisional:
        yield ", provisional"


def _print_question(out: Console, proposal: ProposalShown, clock: WallClock) -> None:
    out.print(line((f"Proposal {proposal.id} waits for you", LOUD)))
    _print_changes(out, proposal, clock, reasons=True)
    out.print(line(("  dayloom plan accept, or dayloom plan reject", FAINT)))
    out.print()


def _print_changes(
    out: Console, proposal: ProposalShown, clock: WallClock, *, reasons: bool
) -> None:
    for change in proposal.changes:
        _print_change(out, change, clock)
        if reasons and change.reason:
            out.print(Padding(Text(change.reason, FAINT), DEEPER, expand=False))
    said = proposal.totals.sentence if proposal.changes else "Nothing moves."
    if said:
        out.print(line((f"  {said}", FAINT)))


def _print_change(out: Console, change: ChangeShown, clock: WallClock) -> None:
    """Print a change on one line, or on two where it does not fit."""
    title = line((f"{change.id}.", FAINT), f" {change.title}")
    moved = _moved(change, clock)
    if title.cell_len + moved.cell_len + INDENT[3] + 2 <= out.width:
        out.print(Padding(line(title, "  ", moved), INDENT, expand=False))
        return
    out.print(Padding(title, INDENT, expand=False))
    out.print(Padding(moved, DEEPER, expand=False))


def _moved(change: ChangeShown, clock: WallClock) -> Text:
    before, after = stretch(clock, change.before), stretch(clock, change.after)
    if not after:
        return Text(f"no longer {before}", BAD)
    return Text(f"{before} → {after}" if before else after, GOOD)


def print_certificate(shown: CertifiedShown) -> None:
    """Print how good a plan is, what it comes to, what it knew, and what the checker says."""
    out, certificate, known = console(), shown.certificate, shown.known
    out.print(line((f"Plan {shown.version}", LOUD), f", {shown.made.value.replace('_', ' ')}"))
    for said in certificate.sentences:
        out.print(said)
    for term in certificate.terms:
        numbers = ", ".join(f"#{task_id}" for task_id in term.tasks)
        out.print(line((f"  {term.sentence}: {numbers}", FAINT)))
    out.print(f"It knew {known.tasks} tasks, {known.events} events, {known.daily_limits} limits.")
    broken = [fact for check in shown.checks for fact in check.broken]
    for fact in broken:
        out.print(line((f"Broken: {fact}", BAD)))
    verdict = "something broken" if broken else "nothing broken"
    out.print(line((f"Checked again just now: {len(shown.checks)} rules, {verdict}.", LOUD)))
    out.print(line((f"Fingerprint {shown.fingerprint[:16]}", FAINT)))


def print_history(shown: PastPlansShown, clock: WallClock) -> None:
    """Print each plan on a line, and under it what it came to."""
    out = console()
    for past in shown.plans:
        state = ", holds now" if past.current else ", undone" if past.undone_at else ""
        changed = f"{past.changed} task{'' if past.changed == 1 else 's'} changed"
        when = clock.moment(past.created_at)
        out.print(line((f"Plan {past.version}", LOUD), f"  {when}, {changed}{state}"))
        if past.totals.sentence:
            out.print(line((f"  {past.totals.sentence}", FAINT)))
    if not shown.plans:
        out.print("There is no plan yet.")
