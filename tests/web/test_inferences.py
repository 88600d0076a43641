"""The log of calls: what was asked, what came back, and taking it back."""

from typing import Any

import pytest

from dayloom.bootstrap import Services
from dayloom.inferences.models import ExecutionRow
from dayloom.language.program.execution import Failure, Module
from tests.conftest import Desk
from tests.web.visiting import Visitor, toast

ATTEMPT = {
    "duration_ms": 90, "status": 200, "error": None, "tokens_in": 5, "tokens_out": 2,
    "cost": 0.25, "streamed": False,
}  # fmt: skip


def put(desk: Desk, **fields: Any) -> int:
    def store(s: Services) -> int:
        given: dict[str, Any] = {
            "account_id": s.account_id,
            "module": Module.TIME_SLOT,
            "model": "small",
            "base_url": "http://localhost/v1",
            "mode": "json_schema",
            "started_at": s.now,
            "duration_ms": 1_300,
            "inputs": {"task": {"text": "Call <b>Jonas</b>"}},
            "outputs": {"slot": 1},
            "attempts": [ATTEMPT],
            "tokens_in": 5_000,
            "tokens_out": 200,
            "cost": 0.25,
        }
        row = ExecutionRow(**{**given, **fields})
        s.session.add(row)
        s.session.flush()
        return row.id

    return desk.write(store)


def add_guessed(desk: Desk) -> tuple[int, int]:
    """Add a task whose priority a call has set; return both numbers."""
    task = desk.write(lambda s: s.capture.add_fields({"title": "Write"})).tasks[0].id
    fact = {"task": task, "field": "priority", "before": 5, "after": 9}
    call = put(desk, facts=[fact])

    def guess(s: Services) -> None:
        row = s.tasks.require(task)
        row.priority, row.inferred = 9, {"priority": call}

    desk.write(guess)
    return task, call


def test_an_empty_log_says_so(visitor: Visitor) -> None:
    assert "No model was asked yet." in visitor.look("/inferences")


def test_calls_and_totals_are_shown(visitor: Visitor, desk: Desk) -> None:
    put(desk)
    put(desk, failure=Failure.DEADLINE, outputs=None, cost=None)
    page = visitor.look("/inferences")
    for words in ("Reading a task", "5,000 → 200", "$0.25", "1.3 s", "Deadline", "today 08:00"):
        assert words in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("module=PrioritizerModule", [2]),
        ("outcome=failed", [3]),
        ("outcome=answered", [2, 1]),
        ("model=large", [2]),
        ("module=nonsense&model=nobody&outcome=x", [3, 2, 1]),
        ("before=3", [2, 1]),
        ("module=PrioritizerModule&outcome=failed", []),
    ],
)
def test_filters_choose(visitor: Visitor, desk: Desk, query: str, shown: list[int]) -> None:
    put(desk)
    put(desk, module=Module.PRIORITIZER, model="large")
    put(desk, failure=Failure.DEADLINE, outputs=None)
    page = visitor.look(f"/inferences?{query}")
    assert [k for k in (3, 2, 1) if f'href="/inferences/{k}"' in page] == shown


def test_older_calls_are_a_page_further(visitor: Visitor, desk: Desk) -> None:
    for _ in range(51):
        put(desk)
    assert "/inferences?outcome=answered&amp;before=2" in visitor.look(
        "/inferences?outcome=answered"
    )
    second = visitor.look("/inferences?before=2")
    assert 'href="/inferences/1"' in second
    assert "Newest" in second


def test_one_call_is_shown_whole_and_as_text(visitor: Visitor, desk: Desk) -> None:
    call = put(
        desk, outputs={"reasoning": "<script>alert(1)</script>"}, sentence="<i>No</i>", model="<u>"
    )
    page = visitor.look(f"/inferences/{call}")
    assert "Call &lt;b&gt;Jonas&lt;/b&gt;" in page
    assert "&lt;script&gt;alert(1)" in page
    for raw in ("<script>alert", "<b>Jonas", "<i>No", "<u>"):
        assert raw not in page
        assert raw not in visitor.look("/inferences")


def test_a_call_without_an_answer_says_so(visitor: Visitor, desk: Desk) -> None:
    attempt = {**ATTEMPT, "status": None, "error": "timed out", "tokens_in": None, "cost": None}
    call = put(desk, failure=Failure.DEADLINE, outputs=None, attempts=[attempt], sentence="Slow.")
    page = visitor.look(f"/inferences/{call}")
    for words in ("Nothing that could be used.", "no answer", "timed out", "Slow."):
        assert words in page


def test_a_huge_answer_is_cut_for_the_page(visitor: Visitor, desk: Desk) -> None:
    call = put(desk, outputs={"reply": "x" * 1_000_000})
    page = visitor.look(f"/inferences/{call}")
    assert len(page) < 300_000
    assert "characters more" in page


def test_what_a_call_has_set_can_be_taken_back(visitor: Visitor, desk: Desk) -> None:
    task, call = add_guessed(desk)
    page = visitor.look(f"/inferences/{call}")
    assert f'href="/tasks/{task}"' in page
    assert "Forget this and plan again" in page
    answer = visitor.send(f"/inferences/{call}/forgetting", {})
    assert toast(answer)["text"] == "Took back 1 value; the plan is made again"
    assert desk.read(lambda s: s.tasks.require(task).priority) == 5
    assert "Taken back today 08:00." in visitor.look(f"/inferences/{call}")
    visitor.send(f"/inferences/{call}/forgetting", {}, status=409)


def test_what_the_person_has_changed_since_stays(visitor: Visitor, desk: Desk) -> None:
    task, call = add_guessed(desk)
    desk.write(lambda s: s.tasks.edit(task, {"priority": 2}))
    answer = visitor.send(f"/inferences/{call}/forgetting", {})
    assert "1 value changed since and stays" in toast(answer)["text"]
    assert desk.read(lambda s: s.tasks.require(task).priority) == 2


def test_a_task_that_is_gone_is_no_obstacle(visitor: Visitor, desk: Desk) -> None:
    task, call = add_guessed(desk)
    desk.write(lambda s: s.tasks.delete(task))
    assert "which is gone" in visitor.look(f"/inferences/{call}")
    visitor.send(f"/inferences/{call}/forgetting", {})


def test_a_call_that_is_not_there_is_told(visitor: Visitor) -> None:
    assert visitor.client.get("/inferences/7").status_code == 404
    visitor.send("/inferences/7/forgetting", {}, status=404)


def test_without_scripts_it_works_too(visitor: Visitor, desk: Desk) -> None:
    _, call = add_guessed(desk)
    visitor.send_plainly(f"/inferences/{call}/forgetting", {})
    assert "Taken back" in visitor.look(f"/inferences/{call}")
