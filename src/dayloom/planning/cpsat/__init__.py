"""CP-SAT and the flow bound: proofs, exact optima and windows of plans. The only user of OR-Tools.

`keep_deadlines` decides the hard rules, `solve_exactly` proves optimality on small problems,
`decide` answers whether
all tasks fit, `improve_windows` solves windows of larger plans, `lower_bound` bounds any plan.
"""

from dayloom.planning.cpsat.bound import lower_bound
from dayloom.planning.cpsat.decision import decide
from dayloom.planning.cpsat.exact import solve_exactly
from dayloom.planning.cpsat.feasibility import keep_deadlines
from dayloom.planning.cpsat.run import Effort, Outcome
from dayloom.planning.cpsat.windows import improve_windows

__all__ = [
    "Effort",
    "Outcome",
    "decide",
    "improve_windows",
    "keep_deadlines",
    "lower_bound",
    "solve_exactly",
]
