"""One number and one text for a reading: what tables count, and what optimizers learn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dayloom.evaluation.gold import Gold, is_empty
from dayloom.evaluation.matching import matches

WEIGHTS = {"due": 3.0, "deadline": 3.0, "until": 3.0, "start": 3.0, "minutes": 2.0}
UNGROUNDED = 0.8  # for each copied text that is no copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """How good a reading is, 0 to 1, what is wrong with it in words, and field by field."""

    score: float
    feedback: str
    right: Mapping[str, bool]


def score(gold: Gold, predicted: Mapping[str, Any], *, ungrounded: int = 0) -> Scored:
    """Judge a reading. Fields that were neither said nor found count for nothing."""
    right = {field: is_right(gold, field, predicted.get(field)) for field in gold.fields}
    counted = [f for f in right if gold.wants(f) or not is_empty(predicted.get(f))]
    total = sum(WEIGHTS.get(field, 1.0) for field in counted)
    reached = sum(WEIGHTS.get(field, 1.0) for field in counted if right[field])
    wrong = [_complaint(gold, f, predicted.get(f)) for f in counted if not right[f]]
    return Scored(
        score=(reached / total if total else 1.0) * UNGROUNDED**ungrounded,
        feedback="; ".join(wrong) or "all right",
        right=right,
    )


def is_right(gold: Gold, field: str, found: Any) -> bool:
    return any(matches(field, choice, found) for choice in gold.fields[field])


def _complaint(gold: Gold, field: str, found: Any) -> str:
    expected = " or ".join(str(choice) for choice in gold.fields[field])
    return f"{field}: expected {expected}, got {found}"
