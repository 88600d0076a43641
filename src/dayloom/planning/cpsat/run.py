"""One solve: a model of a scope in, placements and what is proven about them out.

One worker, a fixed seed and limits in deterministic time only: the same model gives the same
answer however busy the machine is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor

from ortools.sat.python import cp_model

from dayloom.planning.cpsat.constraints import add_constraints
from dayloom.planning.cpsat.scope import Scope
from dayloom.planning.cpsat.variables import Body, Model, add_bodies
from dayloom.planning.instance import Placements
from dayloom.planning.work import Pieces

SEED = 1
ROUNDING = 1e-6  # the objective is whole, its bound comes as a float


@dataclass(frozen=True, slots=True)
class Effort:
    """How long a solve may search, in CP-SAT's deterministic time (about seconds)."""

    time: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The placements found, and a proven lower bound of what the model minimizes.

    `proven` says that no placement of the scope does better. Where the model leaves out a way
    to cut a task, neither that nor a bound above 0 is claimed.
    """

    placements: Placements
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`possible` is None if `spent`, in deterministic time, was not enough to know.

    Where the model leaves out a way to cut a task, "no" is not claimed either.
    """

    possible: bool | None
    placements: Placements
    spent: float


def satisfy(scope: Scope, effort: Effort) -> Decision:
    """Return whether every free task of the scope can be placed."""
    model = Model(scope)
    add_bodies(model)
    add_constraints(model)
    for body in model.bodies.values():
        model.cp.add(body.present == 1)
    solver = _solver(effort)
    solver.parameters.symmetry_level = 0  # it fails on some of these models, and gains nothing
    solver.parameters.cp_model_probing_level = 0
    status = solver.solve(model.cp)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    refuted = status == cp_model.INFEASIBLE and model.complete
    return Decision(
        possible=True if found else False if refuted else None,
        placements=_read(model, solver) if found else (),
        spent=solver.response_proto.deterministic_time,
    )


def solve(scope: Scope, minimize: Callable[[Model], None], effort: Effort) -> Outcome | None:
    """Return the best placements found within `effort`; None if there was no time for any."""
    model = Model(scope)
    add_bodies(model)
    add_constraints(model)
    minimize(model)
    solver = _solver(effort)
    status = solver.solve(model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return Outcome(
        placements=_read(model, solver),
        bound=floor(solver.best_objective_bound + ROUNDING) if model.complete else 0,
        proven=status == cp_model.OPTIMAL and model.complete,
    )


def _solver(effort: Effort) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = effort.time
    return solver


def _read(model: Model, solver: cp_model.CpSolver) -> Placements:
    placements = list(model.scope.held)
    for index, body in model.bodies.items():
        placements[index] = _pieces(body, solver)
    return tuple(placements)


def _pieces(body: Body, solver: cp_model.CpSolver) -> Pieces:
    return tuple(
        (solver.value(piece.start), solver.value(piece.end))
        for piece in body.pieces
        if solver.value(piece.present)
    )
