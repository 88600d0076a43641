"""How much work a plan may cost. Never wall-clock: the same budget gives the same plan."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Moves of the local search, and CP-SAT's deterministic time (about seconds) by phase.

    The search makes `moves` for each task, but not more than `most_moves`. Up to `exact_tasks`
    tasks are solved as a whole, more of them in `windows` windows. A replan after a small change
    makes `repair_moves` around it and as many everywhere. Windows begin with the nearest days.
    """

    moves: int = 0
    most_moves: int = 0
    repair_moves: int = 0
    feasibility: float = 0.0
    exact: float = 0.0
    exact_tasks: int = 0
    windows: int = 0
    window: float = 0.0

    @classmethod
    def instant(cls) -> "Budget":
        """The earliest placement alone, in milliseconds."""
        return cls()

    @classmethod
    def quick(cls) -> "Budget":
        """Tens of milliseconds for a usual list."""
        return cls(moves=100, most_moves=8_000, repair_moves=500, feasibility=0.2)

    @classmethod
    def standard(cls) -> "Budget":
        """What a background job takes: a second for 200 tasks, five for 1,000 and more."""
        return cls(
            moves=600,
            most_moves=600_000,
            repair_moves=2_500,
            feasibility=0.5,
            exact=0.4,
            exact_tasks=30,
            windows=4,
            window=0.02,
        )

    @classmethod
    def thorough(cls) -> "Budget":
        """Several seconds, for when somebody waits for the best plan."""
        return cls(
            moves=6_000,
            most_moves=1_500_000,
            repair_moves=20_000,
            feasibility=3.0,
            exact=4.0,
            exact_tasks=40,
            windows=60,
            window=0.1,
        )

    def search_moves(self, tasks: int) -> int:
        return min(self.moves * tasks, self.most_moves)
