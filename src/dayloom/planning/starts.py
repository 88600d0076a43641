"""Where a piece could start if nothing else were planned: the same for every plan, so kept."""

from dayloom.planning.grid import longest_run, starts_of_runs
from dayloom.planning.instance import Instance
from dayloom.planning.work import Work


class Starts:
    """Start steps by hour map, preferred windows and length of the piece."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._open: dict[tuple[int, int], int] = {}
        self._liked: dict[tuple[int, int, int], int] = {}

    def open(self, work: Work, length: int) -> int:
        """Return the starts of `length` open steps without events."""
        key = (work.hours, length)
        if key not in self._open:
            self._open[key] = starts_of_runs(self._instance.open[work.hours], length)
        return self._open[key]

    def liked(self, work: Work, length: int) -> int:
        """Return those inside preferred windows, or as far inside as any can be."""
        key = (work.hours, work.liked, length)
        if key not in self._liked:
            liked = self._instance.open[work.hours] & self._instance.liked[work.liked]
            longest = longest_run(liked, length)
            inside = starts_of_runs(liked, longest) if longest else 0
            self._liked[key] = inside & self.open(work, length)
        return self._liked[key]
