"""A solver whose mood a test writes into a file: cold, broken, or well."""

import os
import signal
from dataclasses import replace
from pathlib import Path

from dayloom.planning.earliest import plan_earliest
from dayloom.planning.plan import Plan, Status
from dayloom.planning.problem import Problem
from dayloom.planning.why_not.demand import Demand
from dayloom.planning.why_not.diagnosis import Diagnosis, Finding


def warm_up() -> None:
    if _mood() == "cold":
        raise LookupError("too cold to start")


def solve(problem: Problem) -> Plan:
    if _mood() == "broken":
        os.kill(os.getpid(), signal.SIGSEGV)
    return replace(plan_earliest(problem), status=Status.OPTIMAL)


def diagnose(demand: Demand) -> Diagnosis:
    if _mood() == "broken":
        os.kill(os.getpid(), signal.SIGSEGV)
    return Diagnosis(task_id=demand.subject_id, late=False, finding=Finding.POSSIBLE)


def _mood() -> str:
    return Path(os.environ["MOOD"]).read_text()
