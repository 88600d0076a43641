"""What the person has changed, as its page lists it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dayloom.journal.models import Entry, Origin
from dayloom.preferences.wallclock import WallClock
from dayloom.undo.words import say_entry

URL = "/changes"
PAGE = 50
WHERE = {
    Origin.PAGE: "on a page",
    Origin.CHAT: "in chat",
    Origin.API: "over REST",
    Origin.CLI: "in a terminal",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One action; `press` is where to take it back, empty if it is taken back."""

    sentence: str
    when: str
    where: str
    undone: bool
    press: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """`older` is where those before these are, if there are any."""

    entries: tuple[EntryView, ...]
    older: str


def view_changes(entries: Sequence[Entry], clock: WallClock) -> ChangesView:
    """Return the first `PAGE` of the entries; one more tells that there are older ones."""
    shown = entries[:PAGE]
    older = f"{URL}?before={shown[-1].id}" if len(entries) > PAGE else ""
    return ChangesView(entries=tuple(_view(entry, clock) for entry in shown), older=older)


def undo_url(entry_id: int) -> str:
    return f"{URL}/{entry_id}/undo"


def _view(entry: Entry, clock: WallClock) -> EntryView:
    return EntryView(
        sentence=say_entry(entry, clock),
        when=clock.moment(entry.at),
        where=f"{'an undo ' if entry.undoes else ''}{WHERE[entry.origin]}",
        undone=entry.undone_at is not None,
        press="" if entry.undone_at else undo_url(entry.id),
        label="Redo" if entry.undoes else "Undo",
    )
