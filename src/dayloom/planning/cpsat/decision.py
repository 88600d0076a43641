"""Whether every task can have a place: yes with a witness, no with a proof, or not known."""

from dayloom.planning.cpsat.run import Decision, Effort, satisfy
from dayloom.planning.cpsat.scope import Scope
from dayloom.planning.instance import Instance, Placements


def decide(instance: Instance, hint: Placements, effort: Effort) -> Decision:
    """Return whether all tasks can be placed together; `hint` is where the search begins."""
    return satisfy(Scope.over(instance, hint, instance.order), effort)
