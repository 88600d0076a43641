"""How long one line takes to read: `python -m bench.quick_add`.

Prints microseconds for the lines of the test tables, and milliseconds for hostile lines of the
greatest length that is allowed.
"""

import json
import statistics
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dayloom.language import ReadingContext, read
from dayloom.language.lines import LONGEST_LINE

CASES = Path(__file__).parents[1] / "tests" / "language" / "cases"
ROUNDS = 5
NEEDS_FALLBACK = "Meet Ann 5 / December"
HOSTILE = (
    "1 ", "every ", "after 2 days ", "monday ", "mon, ", "from 9 to ", "1/1 ", "1/", "half a ",
    '" ', "#1 ", "in ", "by the end of ", "the next ", "must be done by ", "(", "! ", "dec 3 - ",
    "dec 99 ", "January 5 2 May ", "at 9 at noon ", "a",
)  # fmt: skip


def main() -> None:
    context = ReadingContext(
        now=datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Europe/Berlin")),
        zone=ZoneInfo("Europe/Berlin"),
        hour_maps=("Work", "Personal", "Deep work"),
    )
    lines = _lines()
    for line in (*lines, NEEDS_FALLBACK):
        read(line, context)
    taken = sorted(min(_seconds(line, context) for _ in range(ROUNDS)) for line in lines)
    longest = {text: (text * LONGEST_LINE)[:LONGEST_LINE] for text in HOSTILE}
    hostile = {
        text: min(_seconds(line, context) for _ in range(ROUNDS)) for text, line in longest.items()
    }
    _print(taken, hostile)


def _lines() -> list[str]:
    tables = [
        case["text"]
        for name in ("quick_add.jsonl", "traps.jsonl", "public_phrases.jsonl")
        for case in map(json.loads, (CASES / name).read_text(encoding="utf-8").splitlines())
    ]
    people = (CASES / "people.txt").read_text(encoding="utf-8").splitlines()
    return tables + [line.split(" => ")[0] for line in people if " => " in line]


def _seconds(line: str, context: ReadingContext) -> float:
    begin = time.perf_counter()
    read(line, context)
    return time.perf_counter() - begin


def _print(taken: list[float], hostile: dict[str, float]) -> None:
    cuts = statistics.quantiles(taken, n=20)
    worst = max(hostile, key=lambda text: hostile[text])
    times = " | ".join(f"{1e6 * each:.0f}" for each in (statistics.median(taken), cuts[-1]))
    print("| lines | p50 µs | p95 µs | max µs | hostile max ms | worst hostile line |")
    print("|---|---|---|---|---|---|")
    print(
        f"| {len(taken)} | {times} | {1e6 * taken[-1]:.0f} "
        f"| {1e3 * hostile[worst]:.1f} | `{worst.strip()} …` |"
    )


if __name__ == "__main__":
    main()
