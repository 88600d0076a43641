"""A ratchet over the phenomena of two public collections of date phrases.

The cases are our own sentences, dates and expectations, so that the test needs no network; what
kinds of phrases there are was learnt from the English date and time cases of Recognizers-Text
(Microsoft, MIT licence, github.com/microsoft/Recognizers-Text, Specs/DateTime/English) and of
Duckling (Facebook, BSD licence). No text of theirs is kept here.

`public_phrases.ratchet` records how many phrases of each kind are read rightly. Fewer is an
error, and so is more until the record is brought up to date.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import pytest

from dayloom.language import read
from tests.language.told import CASES, context, load, tell

RATCHET = CASES / "public_phrases.ratchet"
WHEN = ("start", "release", "due", "deadline", "rrule")
KINDS = (
    "date", "date period", "datetime", "datetime period", "duration", "limit", "nothing", "set",
    "time", "time period",
)  # fmt: skip


def _recorded() -> dict[str, tuple[int, int]]:
    """Return how many of how many are right, of each kind: "date period 18 of 20"."""
    lines = (line.rsplit(" ", 3) for line in RATCHET.read_text(encoding="utf-8").splitlines())
    return {kind: (int(right), int(all_)) for kind, right, _, all_ in lines}


@pytest.fixture(scope="module")
def missed() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for case in load("public_phrases.jsonl"):
        if _said(case["text"]) != _expected(case["expect"]):
            found[case["kind"]].append(case["text"])
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_phrases_of_a_kind_are_read_as_ever(
    kind: str, missed: dict[str, list[str]]
) -> None:
    there = Counter(case["kind"] for case in load("public_phrases.jsonl"))[kind]
    right, recorded = there - len(missed[kind]), _recorded()[kind][0]

    assert right >= recorded, f"{right} of {there} are right, it was {recorded}: {missed[kind]}"
    assert right <= recorded, f"Well done: write “{kind} {right} of {there}” into {RATCHET.name}"


def test_the_record_names_every_kind_and_counts_every_case() -> None:
    there = Counter(case["kind"] for case in load("public_phrases.jsonl"))

    assert {kind: all_ for kind, (_, all_) in _recorded().items()} == dict(there)
    assert set(there) == set(KINDS)
    assert sum(there.values()) >= 300


def test_the_ratchet_is_high() -> None:
    right, there = (sum(column) for column in zip(*_recorded().values(), strict=True))

    assert right >= 0.95 * there


def _said(text: str) -> dict[str, Any]:
    """Return when and how long a phrase is, without what has no time: title, tags, span."""
    draft = read(text, context(hour_maps=()))
    told = tell(draft).expect
    said = {name: told[name].replace(" ", "T") for name in WHEN if name in told}
    if draft.duration:
        said["minutes"] = int(draft.duration.value.total_seconds()) // 60
    if draft.times_of_day:
        said["part"] = draft.times_of_day[0].value.name
    return said


def _expected(expect: dict[str, Any]) -> dict[str, Any]:
    """Return the expectation with `on`, a day or two days "first/until", spelled out."""
    spelled = {name: value for name, value in expect.items() if name != "on"}
    if "on" in expect:
        first, _, until = expect["on"].partition("/")
        end = until or str(date.fromisoformat(first) + timedelta(days=1))
        spelled["due"] = f"{end}T00:00"
        if first != "2026-11-25":
            spelled["release"] = f"{first}T00:00"
    return spelled
