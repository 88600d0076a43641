"""`python -m bench.planning`: how good and how fast plans are, from 20 to 5,000 tasks."""

import argparse
import multiprocessing
from collections.abc import Iterator

from bench.planning.generate import Life
from bench.planning.measure import Row, measure
from bench.planning.tables import KEY, plans, replans

SIZES = tuple((tasks, events) for tasks in (20, 100, 300, 1000, 5000) for events in (0, 500, 5000))
QUICK = ((20, 500), (100, 500), (300, 500), (1000, 500))
SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)
LONG, LONG_FROM = 12.0, 300  # seconds of the search that the others are compared with, and tasks
WEEKS = 12


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench.planning", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer sizes, half the time for each")
    parser.add_argument("--seed", type=int, default=1, help="another problem of each size")
    parser.add_argument("--only", type=int, help="only plans of so many tasks")
    parser.add_argument("--long", type=float, default=LONG, help="seconds of the longest search")
    chosen = parser.parse_args(arguments)
    print(KEY, flush=True)
    kept = []
    for row in rows(chosen):
        kept.append(row)
        print("\n".join(plans([row])[0 if len(kept) == 1 else -1 :]), flush=True)
    print("\n" + "\n".join(replans(kept)))


def rows(chosen: argparse.Namespace) -> Iterator[Row]:
    """Measure size after size, each in a process of its own, whose memory is that of one plan."""
    for tasks, events in QUICK if chosen.quick else SIZES:
        if chosen.only not in (None, tasks):
            continue
        life = Life(tasks=tasks, events=events, weeks=WEEKS, seed=chosen.seed)
        longest = chosen.long if tasks >= LONG_FROM and not chosen.quick else SECONDS[-1]
        lengths = (*SECONDS, longest)
        with multiprocessing.get_context("spawn").Pool(1) as process:
            yield process.apply(measure, (life, lengths))


if __name__ == "__main__":
    main()
