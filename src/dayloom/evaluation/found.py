"""What came of a scenario, with or without a model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dayloom.inferences.models import ExecutionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many."""

    hit: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`values` are judged field by field. `violations` are hard rules that were broken, each a
    sentence; there may be none. `preferred` counts wishes that were met, `moved` the slots that
    one more task moved; `steady` says whether the same input gave the same plan.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    violations: Sequence[str] = ()
    preferred: Share = field(default_factory=Share)
    moved: Share = field(default_factory=Share)
    steady: bool = True
    calls: Sequence[ExecutionRow] = ()
