"""A problem without words gives the same plan, and holds no word of the person's."""

from dayloom.planning.budget import Budget
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.problem import Cap
from dayloom.planning.redaction import UNUSED, redacted
from dayloom.planning.replay import dump_plan, dump_problem
from dayloom.planning.solve import plan
from tests.planning.builders import HOUR, WEEK, office, task, week
from tests.planning.generators import seeded_problem


def test_redaction_changes_no_plan() -> None:
    for seed in range(120):
        problem = seeded_problem(seed)
        assert dump_plan(plan_earliest(problem)) == dump_plan(plan_earliest(redacted(problem)))


def test_redaction_changes_no_solved_plan() -> None:
    for seed in range(8):
        problem = seeded_problem(seed)
        solved = plan(problem, Budget.quick())
        assert dump_plan(solved) == dump_plan(plan(redacted(problem), Budget.quick()))


def test_no_name_of_hours_or_windows_is_left() -> None:
    names = ("therapy", "aunt Ida", "gone")
    cap = Cap(limits=(HOUR,) * 7, hours="gone", also=("therapy",))
    problem = week(
        task(1, hours="therapy"),
        hours={"therapy": office()},
        windows={"aunt Ida": office()},
        days=WEEK,
        caps=(cap,),
    )
    text = dump_problem(redacted(problem)).decode()
    assert not any(name in text for name in names)
    assert redacted(problem).caps == (Cap(limits=cap.limits, hours=UNUSED, also=("hours 1",)),)
    assert redacted(redacted(problem)) == redacted(problem)
