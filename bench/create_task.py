"""`python -m bench.create_task`: how long typing a task takes while the worker is solving.

The baseline is a bare insert and commit into a SQLite file on the same disk, as durable.
"""

import sqlite3
import time
from pathlib import Path

from bench.server import Browser, percentile, served

TASKS_BEFORE = 150
MEASURED = 300
PAUSE = 0.02
LINES = (
    "Write chapter {n} 2h by Friday 5pm p8 #work",
    "Call number {n} 20 min tomorrow before 11",
    "Read paper {n} 45m in the mornings",
    "Prepare workshop {n} 6h in 1-2h chunks must be done by Dec 20",
)


def main() -> None:
    for line in table():
        print(line)


def table() -> list[str]:
    """Measure, and return the lines of a table with the ratio to the baseline."""
    with served() as (browser, folder):
        bare = _bare_inserts(folder)
        for number in range(TASKS_BEFORE):
            _create(browser, number)
        created = [_create(browser, TASKS_BEFORE + number) for number in range(MEASURED)]
    return [
        "| | p50 ms | p99 ms | max ms | p50 against the bare insert |",
        "|---|---|---|---|---|",
        _row("bare insert and commit, same disk", bare, bare),
        _row(
            f"POST /tasks, {TASKS_BEFORE}–{TASKS_BEFORE + MEASURED} tasks, solving", created, bare
        ),
    ]


def _create(browser: Browser, number: int) -> float:
    line = LINES[number % len(LINES)].format(n=number)
    begin = time.perf_counter()
    status, answer = browser.post("/api/v1/tasks", {"text": line})
    taken = time.perf_counter() - begin
    if status != 201:
        raise RuntimeError(f"creating a task answered {status}: {answer[:200]!r}")
    time.sleep(PAUSE)  # a person types; the worker gets its turn
    return taken


def _bare_inserts(folder: Path) -> list[float]:
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT)")
    taken = []
    for number in range(MEASURED):
        begin = time.perf_counter()
        connection.execute("INSERT INTO task (title) VALUES (?)", (f"task {number}",))
        taken.append(time.perf_counter() - begin)
    connection.close()
    return taken


def _row(name: str, taken: list[float], bare: list[float]) -> str:
    half, high, most = (percentile(taken, share) * 1e3 for share in (0.5, 0.99, 1.0))
    ratio = percentile(taken, 0.5) / percentile(bare, 0.5)
    return f"| {name} | {half:.2f} | {high:.2f} | {most:.2f} | {ratio:.1f} × |"


if __name__ == "__main__":
    main()
