"""How good the estimates are: the time that tasks took against the time that was guessed."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from dayloom.insights.pieces import Finished

ENOUGH = 5  # tasks, from which on a factor says something


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The clocked tasks that are done, and the median of how much longer than guessed they took;
    the factor is None while they are too few."""

    tasks: tuple[Finished, ...]
    factor: float | None

    @property
    def missing(self) -> int:
        """Return how many more tasks it takes to say a factor."""
        return max(0, ENOUGH - len(self.tasks))


def calibrate(finished: Iterable[Finished]) -> Calibration:
    """Compare worked with estimated; what was ticked off without a clock tells nothing."""
    tasks = tuple(task for task in finished if task.clocked)
    ratios = [task.worked / task.estimate for task in tasks]
    return Calibration(tasks=tasks, factor=median(ratios) if len(ratios) >= ENOUGH else None)
