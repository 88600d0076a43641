"""Solving a stored problem again. It is named, never imported: it loads the solver."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime

from dayloom.planning.earliest import plan_earliest
from dayloom.planning.explain import explain
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.replay import dump_plan, load_problem, plan_to_json
from dayloom.planning.verify import verify
from dayloom.planning.wording import certificate_sentence, obstacle_sentence, sentence
from dayloom.plans.models import Made
from dayloom.plans.solving import solve


def replay(problem_file: bytes) -> dict[str, object]:
    """Return the plan of a problem file, how good it is, and why each task lies there.

    `fingerprint` is the same wherever the plan is the same, bit for bit. Raises
    `InvalidProblem` for a file that holds none.
    """
    problem = load_problem(problem_file)
    stored = json.loads(problem_file).get("stored")
    instant = isinstance(stored, dict) and stored.get("made") == Made.INSTANT
    plan = plan_earliest(problem) if instant else solve(problem)
    fingerprint = hashlib.sha256(dump_plan(plan)).hexdigest()
    return {
        "fingerprint": fingerprint,
        "stored": _compared(stored, fingerprint),
        "objective": {**asdict(plan.objective), "total": plan.objective.total},
        "bound": plan.bound,
        "gap": plan.gap,
        "certificate": certificate_sentence(plan.status, plan.gap),
        "violations": [violation.fact for violation in verify(problem, plan)],
        "reasons": _reasons(problem, plan),
        "unplaced": {
            one.task_id: obstacle_sentence(one, name_of_task=_task) for one in plan.unplaced
        },
        "plan": plan_to_json(plan),
    }


def _compared(stored: object, fingerprint: str) -> dict[str, object] | None:
    """Return what the file says of the plan that was stored, and whether this is the same."""
    if not isinstance(stored, dict):
        return None
    return {
        "made": stored.get("made"),
        "fingerprint": stored.get("fingerprint"),
        "same": stored.get("fingerprint") == fingerprint,
    }


def warm_up() -> None:
    """Nothing: a replay solves once."""


def _reasons(problem: Problem, plan: Plan) -> dict[int, list[str]]:
    return {
        task_id: [
            sentence(one, name_of_task=_task, name_of_event=_event, say_time=_time)
            for one in reasons
        ]
        for task_id, reasons in explain(problem, plan).items()
    }


def _task(task_id: int) -> str:
    return f"task {task_id}"


def _event(event_id: int) -> str:
    return f"event {event_id}"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"
