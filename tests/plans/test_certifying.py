"""What is kept of a plan: checked again, replayed bit for bit where that is promised."""

import json
from datetime import UTC, datetime

import pytest

from dayloom.infra.errors import NotFound
from dayloom.planning.account import Kind
from dayloom.plans.certifying import Kept, certify, replay_file
from dayloom.plans.models import Made
from dayloom.plans.replaying import replay
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner

TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # in Berlin


def kept(planner: Planner, version: int | None = None) -> Kept:
    return planner.read(lambda s: s.placements.kept(version))


def busy_week(planner: Planner) -> None:
    for text in ("Write 3h by friday", "Call 30m due today 09:10", "Read 2h", "Tidy 6h"):
        planner.add(text)
    planner.replan()


def test_a_solved_plan_is_replayed_bit_for_bit_with_and_without_its_words(
    planner: Planner,
) -> None:
    busy_week(planner)
    stored = kept(planner)
    assert stored.made is Made.SOLVED
    for redact in (False, True):
        file = replay_file(stored, redact=redact)
        replayed = replay(file)
        assert replayed["stored"] == {
            "made": "solved",
            "fingerprint": replayed["fingerprint"],
            "same": True,
        }
        assert ('"work"' in file.decode()) is not redact


def test_a_stored_plan_keeps_every_rule_when_it_is_checked_again(planner: Planner) -> None:
    busy_week(planner)
    certified = certify(kept(planner))
    assert [fact for check in certified.checks for fact in check.broken] == []
    assert len(certified.problem.tasks) == 4
    assert {slot.task_id for slot in certified.plan.slots} == {1, 2, 3, 4}


def test_what_a_plan_comes_to_is_stored_with_it(planner: Planner) -> None:
    busy_week(planner)
    terms = {term.kind: term for term in kept(planner).certificate.terms}
    assert [part.task_id for part in terms[Kind.LATE].parts] == [2]
    assert terms[Kind.LATE].by == planner.slots(planner_task(planner, 2))[0].end - due(planner)


def planner_task(planner: Planner, task_id: int) -> Task:
    return planner.read(lambda s: s.tasks.require(task_id))


def due(planner: Planner) -> datetime:
    at = planner_task(planner, 2).due
    assert at is not None
    return at


def test_a_plan_around_a_wish_says_that_it_was_arranged(planner: Planner) -> None:
    busy_week(planner)
    planner.run(planner.container.pins.pin(1, TEN))
    stored = kept(planner)
    assert stored.made is Made.ARRANGED
    assert [fact for check in certify(stored).checks for fact in check.broken] == []
    compared = replay(replay_file(stored))["stored"]
    assert isinstance(compared, dict)
    assert compared["made"] == "arranged"


def test_an_earlier_plan_is_kept_under_its_number(planner: Planner) -> None:
    busy_week(planner)
    first = kept(planner)
    planner.run(planner.container.pins.pin(1, TEN))
    assert kept(planner, first.version) == first
    with pytest.raises(NotFound, match="Plan 99 is not kept"):
        kept(planner, 99)


def test_before_the_first_plan_there_is_none(planner: Planner) -> None:
    with pytest.raises(NotFound, match="no plan yet"):
        kept(planner)


def test_the_file_says_what_was_stored(planner: Planner) -> None:
    busy_week(planner)
    stored = kept(planner)
    body = json.loads(replay_file(stored))
    assert body["format"] == "dayloom.problem"
    assert body["stored"] == {"made": "solved", "fingerprint": certify(stored).fingerprint}
    assert all("title" not in one for one in body["tasks"])
