"""While a task is typed: whether it fits, and what would have to give way."""

import re
from datetime import datetime, timedelta
from random import Random

import pytest

from dayloom.plans.capture import Preview
from dayloom.plans.truth import Verdict
from tests.plans.conftest import Planner

HOUR = timedelta(hours=1)


def previews(planner: Planner, text: str) -> tuple[Preview, ...]:
    return planner.read(lambda s: s.capture.preview(text))


def told(planner: Planner, text: str) -> tuple[Verdict, str]:
    (preview,) = previews(planner, text)
    assert preview.truth is not None
    return preview.truth.verdict, preview.truth.sentence


def test_one_without_dates_has_a_place_and_no_more_to_say(planner: Planner) -> None:
    assert previews(planner, "Write 1h")[0].truth is None


def test_one_that_fits_has_time_to_spare(planner: Planner) -> None:
    assert told(planner, "Write 1h due today 12:00") == (Verdict.FITS, "fits, 2 h to spare")
    assert told(planner, "Write 1h due today 10:00") == (Verdict.FITS, "fits, just in time")


def test_one_that_fits_if_another_moves_names_it_and_its_new_time(planner: Planner) -> None:
    planner.add("Read 2h")
    planner.replan()
    said = "fits if “Read” (#1) moves to 10:00"
    assert told(planner, "Write 1h due today 10:00 p8") == (Verdict.MOVES, said)


def test_one_that_fits_only_by_making_another_late_names_it(planner: Planner) -> None:
    planner.add("Read 2h due today 11:00 p1")
    planner.replan()
    verdict, said = told(planner, "Write 1h must be done by today 10:00 p9")
    assert (verdict, said) == (Verdict.PUSHES, "would push “Read” (#1) past 11:00")


def test_one_that_takes_the_place_of_another_for_good_names_it(planner: Planner) -> None:
    planner.add("Read 2h must be done by today 11:00 p1")
    planner.replan()
    verdict, said = told(planner, "Write 1h must be done by today 10:00 p9")
    assert (verdict, said) == (Verdict.PUSHES, "would leave “Read” (#1) without a place")


def test_one_that_will_be_late_says_by_how_much(planner: Planner) -> None:
    assert told(planner, "Write 1h due today 09:20") == (Verdict.LATE, "makes it 40 min late")


def test_a_deadline_that_cannot_be_kept_says_what_can(planner: Planner) -> None:
    planner.meet(planner.clock.now(), planner.clock.now() + 8 * HOUR)
    verdict, said = told(planner, "Write 1h must be done by today 15:30")
    assert (verdict, said) == (Verdict.NOT_BEFORE, "not before 16:00")


def test_a_fixed_time_says_what_it_costs(planner: Planner) -> None:
    planner.add("Read 2h due today 11:00")
    planner.replan()
    verdict, said = told(planner, "Write 1h at 10:00 today")
    assert verdict is Verdict.PUSHES
    assert said == "moves “Read” (#1) to 11:00, makes “Read” (#1) 2 h late"
    assert told(planner, "Write 1h at 22:00 today") == (
        Verdict.LATE,
        "lies outside of its work hours",
    )


def test_lines_know_of_each_other(planner: Planner) -> None:
    first, second = previews(planner, "Write 1h due today 10:00\nCall 1h due today 10:00")
    assert first.truth is not None
    assert second.truth is not None
    assert first.truth.verdict is Verdict.FITS
    assert second.truth.sentence == "makes it 1 h late"


def test_one_that_is_imagined_has_no_number(planner: Planner) -> None:
    _, second = previews(
        planner, "Write 1h due today 11:00 p1\nCall 1h must be done by today 10:00 p9"
    )
    assert second.truth is not None
    assert (second.truth.sentence, second.truth.titles) == ("fits if “Write” moves to 10:00", {})


LINES = ("Report {n} 2h due tomorrow 12:00", "Call {n} 30m", "Slides {n} 90m must be done by Tue")


@pytest.mark.parametrize("seed", range(10))
def test_what_is_said_of_a_full_week_is_true_and_changes_nothing(
    planner: Planner, seed: int
) -> None:
    chance = Random(seed)
    for n in range(14):
        planner.add(chance.choice(LINES).format(n=n))
    planner.replan()
    before = lying(planner)
    hard, day = chance.choice(("due", "must be done by")), chance.choice(("today", "tomorrow"))
    (preview,) = previews(planner, f"New {chance.randrange(1, 5)}h {hard} {day} 13:00 p9")
    truth = preview.truth
    assert truth is not None
    until = preview.draft.deadline or preview.draft.due
    assert until is not None
    in_time = bool(truth.intervals) and truth.intervals[-1].end <= until.value
    assert in_time is (truth.verdict in (Verdict.FITS, Verdict.MOVES, Verdict.PUSHES))
    for title, number in re.findall(r"“([^”]+)” \(#(\d+)\)", truth.sentence):
        assert truth.titles[int(number)] == title
    assert truth.titles.keys() <= {slot[0] for slot in before}
    assert lying(planner) == before


def lying(planner: Planner) -> list[tuple[int, datetime, datetime]]:
    return [(slot.task_id, slot.start, slot.end) for slot in planner.look().slots]
