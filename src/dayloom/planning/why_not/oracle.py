"""Whether all tasks of a problem have a place: cheap proofs first, CP-SAT for the rest."""

from dataclasses import dataclass

from dayloom.planning.cpsat import Effort, decide
from dayloom.planning.earliest import place_earliest
from dayloom.planning.instance import Instance, Placements, compile_problem
from dayloom.planning.problem import Problem
from dayloom.planning.search.improve import improve
from dayloom.planning.why_not.overload import Overload, find_overload

PATIENCE = 5
MOVES = 1_500  # of a search for a place for all, before CP-SAT is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`possible` is None where the effort did not suffice to know."""

    possible: bool | None
    instance: Instance
    placements: Placements = ()
    overload: Overload | None = None


@dataclass(slots=True)
class Oracle:
    """Answers within `each` of CP-SAT's deterministic time for a question and `left` for all."""

    left: float
    each: float = 0.06

    def patient(self) -> "Oracle":
        """Return one that thinks longer about each question."""
        return Oracle(left=max(self.left, self.each * PATIENCE), each=PATIENCE * self.each)

    def ask(self, problem: Problem) -> Answer:
        """Return whether a plan places every task, and where."""
        instance = compile_problem(problem)
        if overload := find_overload(instance):
            return Answer(possible=False, instance=instance, overload=overload)
        placements = place_earliest(instance)
        if not all(placements):
            placements = improve(instance, placements, moves=MOVES)
        if all(placements):
            return Answer(possible=True, instance=instance, placements=placements)
        if self.left <= 0:
            return Answer(possible=None, instance=instance)
        decision = decide(instance, placements, Effort(min(self.each, self.left)))
        self.left -= decision.spent
        return Answer(
            possible=decision.possible, instance=instance, placements=decision.placements
        )
