"""What lies in the database file, read beside the running product without its own code for it."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Objective, Obstacle, Plan, Slot, Status, Unplaced
from dayloom.planning.replay import load_problem
from dayloom.planning.verify import verify
from dayloom.plans.archive import unpack

Piece = tuple[int, datetime, datetime, bool]


@contextmanager
def snapshot(file: Path) -> Iterator[sqlite3.Connection]:
    """Yield one consistent picture of a database that others write to."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN")
        yield connection


def integrity(file: Path) -> tuple[str, list[sqlite3.Row]]:
    """Return what SQLite says of the whole file, and the rows that refer to nothing."""
    with snapshot(file) as db:
        [[said]] = db.execute("PRAGMA integrity_check").fetchall()
        return said, db.execute("PRAGMA foreign_key_check").fetchall()


def torn(file: Path) -> list[str]:
    """Return how the current slots differ from the newest plan: empty when that is whole."""
    with snapshot(file) as db:
        newest = db.execute("SELECT * FROM plans ORDER BY version DESC LIMIT 1").fetchone()
        slots = db.execute(
            'SELECT task_id, start, "end", pinned, provisional FROM slots'
        ).fetchall()
        unplaced = {row["task_id"] for row in db.execute("SELECT task_id FROM unplaced")}
    content = json.loads(newest["content"]) if newest else {"slots": [], "unplaced": []}
    said = _pieces(content)
    lie = sorted(_piece(row) for row in slots if not row["provisional"])
    known = {task_id for task_id, *_ in said}
    mixed = known & {row["task_id"] for row in slots if row["provisional"]}
    left = {task["task_id"] for task in content["unplaced"]}
    return [
        *(f"only one of plan and slots has {one}" for one in _difference(said, lie)),
        *(f"task {task_id} has slots of two plans" for task_id in sorted(mixed)),
        *(f"task {task_id} is unplaced in one place only" for task_id in sorted(left ^ unplaced)),
    ]


def broken_plans(file: Path) -> dict[int, list[str]]:
    """Return, by version, what the checker says against each plan and the problem beside it."""
    with snapshot(file) as db:
        rows = db.execute("SELECT * FROM plans ORDER BY version").fetchall()
    found = {row["version"]: _violations(row) for row in rows}
    return {version: facts for version, facts in found.items() if facts}


def planning(file: Path) -> tuple[str | None, int]:
    """Return which claim on the plan is held, if one is, and the number of the newest plan."""
    with snapshot(file) as db:
        claim = db.execute("SELECT owner FROM work WHERE kind = 'replan'").fetchone()
        [version] = db.execute("SELECT coalesce(max(version), 0) FROM plans").fetchone()
    return claim and claim["owner"], version


def is_quiet(file: Path) -> bool:
    """Tell whether nothing waits to be planned."""
    query = "SELECT count(*) FROM work WHERE kind IN ('replan', 'request') AND want > done"
    with snapshot(file) as db:
        [waiting] = db.execute(query).fetchone()
    return not waiting


def versions(file: Path) -> list[int]:
    with snapshot(file) as db:
        return [row["version"] for row in db.execute("SELECT version FROM plans ORDER BY id")]


def applied_versions(file: Path) -> list[int]:
    """Return which plans the accepted proposals say they became."""
    query = "SELECT applied_version FROM proposals WHERE applied_version NOT NULL ORDER BY id"
    with snapshot(file) as db:
        return [row["applied_version"] for row in db.execute(query)]


def _violations(row: sqlite3.Row) -> list[str]:
    content = json.loads(row["content"])
    plan = Plan(
        slots=tuple(
            sorted(Slot(Interval(start, end), task) for task, start, end, _ in _pieces(content))
        ),
        unplaced=tuple(
            Unplaced(
                task_id=one["task_id"],
                obstacle=Obstacle(one["obstacle"]),
                missing=_minutes(one["missing_minutes"]),
            )
            for one in content["unplaced"]
        ),
        objective=Objective(**json.loads(row["objective"])),
        bound=row["bound"],
        status=Status(row["status"]),
    )
    return [one.fact for one in verify(load_problem(unpack(row["problem"])), plan)]


def _difference(one: list[Piece], other: list[Piece]) -> list[Piece]:
    """Return what is in one list only, as often as it is there."""
    ours, theirs = Counter(one), Counter(other)
    return [*(ours - theirs).elements(), *(theirs - ours).elements()]


def _pieces(content: dict[str, Any]) -> list[Piece]:
    return sorted(map(_piece, content["slots"]))


def _piece(slot: Any) -> Piece:
    return slot["task_id"], _utc(slot["start"]), _utc(slot["end"]), bool(slot["pinned"])


def _utc(stored: str) -> datetime:
    moment = datetime.fromisoformat(stored)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _minutes(stored: int | None) -> timedelta | None:
    return None if stored is None else timedelta(minutes=stored)
