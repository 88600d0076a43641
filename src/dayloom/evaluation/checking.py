"""What lies in the database against the hard rules, by the checker that shares no solver code."""

from sqlalchemy.orm import Session

from dayloom.evaluation.stage import Stage
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Slot
from dayloom.planning.problem import Problem
from dayloom.planning.verify import Rule, verify
from dayloom.plans.inputs import load_inputs
from dayloom.plans.problem import build_problem
from dayloom.plans.slots import SlotRepository

OF_THE_PLANNER = {Rule.ONCE, Rule.REASON, Rule.CERTIFICATE}  # what it says beside the slots


def broken_rules(stage: Stage) -> tuple[str, ...]:
    """Return a sentence for each hard rule that the stored slots or any plan made here break."""
    made = [v.fact for problem, plan in stage.solved for v in verify(problem, plan)]
    stored = verify(*stored_plan(stage))
    return (*made, *(v.fact for v in stored if v.rule not in OF_THE_PLANNER))


def stored_plan(stage: Stage) -> tuple[Problem, Plan]:
    """Return what is to be planned now, and the slots that are stored."""
    account_id, now = stage.container.account_id, stage.container.clock.now()

    def load(session: Session) -> tuple[Problem, Plan]:
        rows = SlotRepository(session, account_id).all()
        slots = [Slot(Interval(row.start, row.end), row.task_id) for row in rows]
        problem = build_problem(load_inputs(session, account_id=account_id, now=now))
        return problem, Plan(slots=tuple(sorted(slots)))

    return stage.container.db.read_now(load)
