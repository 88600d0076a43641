"""What a person takes of a proposal, and what they leave."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from dayloom.infra.errors import Invalid, NotFound
from dayloom.plans.changeset import Change
from dayloom.plans.facts import Wishes
from dayloom.plans.memo import Memo
from dayloom.plans.models import Proposal, ProposalState

DECLINED = "declined"
Places = frozenset[tuple[int, object]]  # task and where it shall lie


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Some of the changes of a proposal, or all."""

    chosen: Sequence[Change]
    declined: Sequence[Change]

    @classmethod
    def of(cls, proposal: Proposal, ids: Collection[int] | None) -> "Choice":
        """Return the choice of these changes; `None` is all. Raises `Invalid` and `NotFound`."""
        shown = changes_of(proposal)
        if ids is None:
            return cls(chosen=shown, declined=())
        if not ids:
            raise Invalid("Name the changes to accept.", field="changes")
        if unknown := set(ids) - {change.id for change in shown}:
            raise NotFound(f"The proposal has no change {min(unknown)}.")
        return cls(
            chosen=[change for change in shown if change.id in ids],
            declined=[change for change in shown if change.id not in ids],
        )

    @property
    def wishes(self) -> Wishes:
        return {change.task_id: change.after for change in self.chosen if change.after}

    @property
    def memo(self) -> Memo:
        return {DECLINED: [change.id for change in self.declined]} if self.declined else {}

    def covers(self, changes: Iterable[Change]) -> bool:
        """Tell whether these move or drop nothing but what was chosen, and as it was shown."""
        return places_of(change for change in changes if change.before) <= places_of(self.chosen)


def changes_of(proposal: Proposal) -> list[Change]:
    return [Change.from_json(stored) for stored in proposal.changes]


def places_of(changes: Iterable[Change]) -> Places:
    return frozenset((change.task_id, change.after) for change in changes)


def declined_places(proposal: Proposal) -> Places:
    """Return the places that the person said no to: all of a rejected one, or what was left."""
    changes = changes_of(proposal)
    if proposal.state is ProposalState.REJECTED:
        return places_of(changes)
    left = proposal.memo.get(DECLINED, [])
    ids = set(left) if isinstance(left, list) else set()
    return places_of(change for change in changes if change.id in ids)
