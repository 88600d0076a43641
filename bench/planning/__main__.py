"""`python -m bench.planning`: how good and how fast plans are, from 20 to 5,000 tasks."""

import argparse
from collections.abc import Iterator

from bench.planning.generate import Life
from bench.planning.measure import Row, measure, warm_up

SIZES = tuple((tasks, events) for tasks in (20, 100, 300, 1000, 5000) for events in (0, 500, 5000))
QUICK = ((20, 500), (100, 500), (300, 500), (1000, 500))
SECONDS, LONGEST = (0.2, 1.0, 5.0), 12.0
QUICK_SECONDS, QUICK_LONGEST = (0.2, 1.0), 3.0
WEEKS = 12


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.planning", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer sizes, shorter searches")
    parser.add_argument("--seed", type=int, default=1, help="another problem of each size")
    chosen = parser.parse_args()
    print(f"kernel ready after {warm_up():.1f} s", flush=True)
    seconds = QUICK_SECONDS if chosen.quick else SECONDS
    for line in head(seconds):
        print(line)
    for row in rows(quick=chosen.quick, seed=chosen.seed):
        print(cells(row), flush=True)


def rows(*, quick: bool, seed: int) -> Iterator[Row]:
    """Measure size after size."""
    for tasks, events in QUICK if quick else SIZES:
        life = Life(tasks=tasks, events=events, weeks=WEEKS, seed=seed)
        if quick:
            yield measure(life, QUICK_SECONDS, QUICK_LONGEST)
        else:
            yield measure(life, SECONDS, LONGEST)


def head(seconds: tuple[float, ...]) -> tuple[str, str]:
    """Return the head of the table; ratios are costs over the best cost found."""
    names = ["tasks", "events", "first ms", "first ratio", *(f"{each:g} s" for each in seconds)]
    names += ["unplaced", "gap", "insert ms", "repair ms", "moved", "moves/s", "MB"]
    return "| " + " | ".join(names) + " |", "|" + "---:|" * len(names)


def cells(row: Row) -> str:
    texts = [f"{row.tasks}", f"{row.events}", f"{row.first_ms:.0f}", f"{row.first_ratio:.2f}"]
    texts += [f"{ratio:.3f}" for ratio in row.ratios]
    texts += [f"{row.unplaced}", f"{row.gap:.0%}", f"{row.insert_ms:.1f}", f"{row.repair_ms:.0f}"]
    texts += [f"{row.repair_moved}", f"{row.moves_per_second:,}", f"{row.memory_mb}"]
    return "| " + " | ".join(texts) + " |"


if __name__ == "__main__":
    main()
