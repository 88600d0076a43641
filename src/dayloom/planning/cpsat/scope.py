"""What of an instance a model decides, and what the rest leaves it."""

from collections.abc import Iterable
from dataclasses import dataclass

from dayloom.planning.grid import bits, starts_of_runs, to_mask
from dayloom.planning.instance import Instance, Limit, Placements
from dayloom.planning.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The tasks `free` are decided; all others stay as `held` has them, also unplaced ones.

    `held` keeps the place of a free task too: a start from which the solver may improve.
    """

    instance: Instance
    free: tuple[int, ...]
    held: Placements
    room: int  # steps that pins and held slots leave

    @classmethod
    def over(cls, instance: Instance, held: Placements, free: Iterable[int]) -> "Scope":
        """Return the scope that decides `free`; pinned tasks among them stay facts."""
        chosen = {index for index in free if not instance.works[index].fixed}
        taken = to_mask(
            (start, end + instance.buffer)
            for index, pieces in enumerate(held)
            if index not in chosen and not instance.works[index].fixed
            for start, end in pieces
        )
        return cls(
            instance=instance,
            free=tuple(index for index in instance.order if index in chosen),
            held=held,
            room=instance.room & ~taken,
        )

    def works(self) -> list[Work]:
        return [self.instance.works[index] for index in self.free]

    def usable(self, work: Work) -> int:
        """Return the steps of which any run may be a piece of `work`: its buffer fits too."""
        clear = starts_of_runs(self.room, self.instance.buffer + 1)
        return self.instance.open[work.hours] & clear & bits(*self._span(work))

    def left(self, limit: Limit) -> list[int]:
        """Return what held slots leave of the days of `limit`, in steps."""
        chosen = set(self.free)
        mask = to_mask(
            piece
            for work in self.instance.works
            if work.index not in chosen and not work.fixed and limit.binds(work)
            for piece in self.held[work.index]
        )
        days = zip(limit.days, limit.rooms, strict=True)
        return [max(0, room - (mask & bits(*day)).bit_count()) for day, room in days]

    def is_needed(self, work: Work) -> bool:
        """Say whether a held slot waits for `work`, so that it must not go."""
        chosen = set(self.free)
        return any(
            self.held[link.index]
            for link in work.after
            if link.index not in chosen and not self.instance.works[link.index].fixed
        )

    def _span(self, work: Work) -> tuple[int, int]:
        """Return the steps between what `work` waits for and what waits for it."""
        start, end = work.release, work.deadline
        chosen = set(self.free)
        for link in work.before:
            if link.index not in chosen:
                held = self.held[link.index]
                start = max(start, held[-1][1] + link.gap) if held else end
        for link in work.after:
            held = self.held[link.index]
            if link.index not in chosen and held:
                end = min(end, held[0][0] - link.gap)
        return start, end
