"""What the last plan changed, or what a pending one would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dayloom.planning.difference import Kind
from dayloom.planning.interval import Interval
from dayloom.plans.changeset import Change
from dayloom.plans.models import Cause, Proposal
from dayloom.plans.totals import Totals
from dayloom.web.board import Board
from dayloom.web.words import Words, duration, quoted

RECENT = timedelta(hours=12)
MOST = 6
NO_PLACE = "no place"
WHY = {
    Cause.CHANGE: "Something changed in your tasks, calendars or settings.",
    Cause.REQUEST: "You asked for the best plan.",
    Cause.PLACED: "You put a task somewhere; the rest made room.",
    Cause.WHAT_IF: "You kept a what-if.",
    Cause.REPAIR: "You let a task be helped; the rest made room.",
    Cause.UNDO: "Your tasks are back where they were.",
    Cause.CAUGHT_UP: "Everything that was overdue has a place again; the rest stayed.",
    Cause.RESTORED: "You asked for an earlier plan: as far as it can still be had, this is it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One task's part: where it was, where it goes, and why."""

    id: int
    task_id: int
    title: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanning:
    """`pending` waits for an answer; else it holds already and can be undone.

    `more` are folded away.
    """

    id: int
    pending: bool
    title: str
    sentence: str
    rows: Sequence[Row]
    more: Sequence[Row]
    undoable: bool


def view_replanning(board: Board) -> Replanning | None:
    """Return the pending proposal, else what was moved in the last hours, else None."""
    proposal = board.view.pending or _recent(board)
    if proposal is None:
        return None
    pending = proposal is board.view.pending
    changes = _all(proposal) if pending else _news(board, proposal)
    rows = [_row(board, change) for change in changes]
    shown = len(rows) if len(rows) <= MOST + 1 else MOST
    at = board.words.clock.moment(proposal.created_at)
    return Replanning(
        id=proposal.id,
        pending=pending,
        title=f"A better plan, found {at}" if pending else f"Replanned {at}",
        sentence=_pending(board, proposal, len(changes)) if pending else WHY[proposal.cause],
        rows=rows[:shown],
        more=rows[shown:],
        undoable=not pending and proposal.cause is not Cause.UNDO,
    )


def _recent(board: Board) -> Proposal | None:
    latest = board.view.latest
    if latest is None or latest.created_at < board.words.now - RECENT:
        return None
    news = _news(board, latest)
    shown = latest.cause is Cause.CAUGHT_UP or any(one.kind is not Kind.ADDED for one in news)
    return latest if news and shown else None


def _news(board: Board, proposal: Proposal) -> list[Change]:
    """Return the changes, without the task that runs: that it begins now is no news."""
    running = board.running
    return [c for c in _all(proposal) if running is None or c.task_id != running.id]


def _all(proposal: Proposal) -> list[Change]:
    return [Change.from_json(stored) for stored in proposal.changes]


def _pending(board: Board, proposal: Proposal, count: int) -> str:
    what = f"{count} task{'' if count == 1 else 's'} would change."
    under, comes_to = _under_events(board), Totals.from_json(proposal.totals).sentence
    return " ".join(
        filter(
            None, [WHY[proposal.cause], under, what, comes_to, "Nothing moves until you agree."]
        )
    )


def _under_events(board: Board) -> str:
    found = [(slot, event) for slot in board.slots if (event := board.over(slot))]
    if not found:
        return ""
    slot, event = found[0]
    others = len({other.task_id for other, _ in found} - {slot.task_id})
    more = f", and {others} more under others" if others else ""
    return f"{quoted(board.tasks[slot.task_id].title)} lies under “{event}”{more}."


def _row(board: Board, change: Change) -> Row:
    before, after = (_places(board.words, pieces) for pieces in (change.before, change.after))
    if change.before and change.after and change.kind is Kind.RESIZED:
        before += f" ({duration(_total(change.before))})"
        after += f" ({duration(_total(change.after))})"
    return Row(
        id=change.id,
        task_id=change.task_id,
        title=board.titles.get(change.task_id, "A task"),
        before=before if change.before else "",
        after=after,
        reason=change.reason,
    )


def _places(words: Words, pieces: Sequence[Interval]) -> str:
    if not pieces:
        return NO_PLACE
    first = words.begin(pieces[0].start)
    return f"{first} + {len(pieces) - 1} more" if len(pieces) > 1 else first


def _total(pieces: Sequence[Interval]) -> timedelta:
    return sum((piece.duration for piece in pieces), timedelta(0))
