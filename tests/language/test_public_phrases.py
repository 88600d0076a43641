"""A ratchet over the phenomena of two public collections of date phrases.

The cases are our own sentences, dates and expectations; what kinds of phrases there are was
learnt from the English date and time cases of Recognizers-Text (Microsoft, MIT licence) and of
Duckling (Facebook, BSD licence). No text of theirs is kept here.
"""

from datetime import date, timedelta
from typing import Any

from dayloom.language import read
from tests.language.told import CASES, context, load, tell

RATCHET = CASES / "public_phrases.ratchet"
WHEN = ("start", "release", "due", "deadline", "rrule")


def test_as_many_phrases_are_read_as_ever() -> None:
    cases = load("public_phrases.jsonl")
    missed = [case["text"] for case in cases if _said(case["text"]) != _expected(case["expect"])]
    passed = len(cases) - len(missed)
    reached = int(RATCHET.read_text())

    assert len(cases) >= 200
    assert passed >= reached, f"{passed} of {len(cases)} are right, it was {reached}: {missed}"
    assert passed <= reached, f"Well done: write {passed} into {RATCHET.name}"


def test_the_ratchet_is_high() -> None:
    assert int(RATCHET.read_text()) >= 0.95 * len(load("public_phrases.jsonl"))


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
