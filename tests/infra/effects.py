"""What jobs of these tests leave behind: one line each time a result is stored."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from dayloom.infra.db import Database, Row
from dayloom.infra.live import ChangeRow
from dayloom.infra.work import Claim, Work

TABLES = [Row.metadata.tables[kind.__tablename__] for kind in (Work, ChangeRow)]
Effect = tuple[str, str, int]


def open_database(file: Path) -> Database:
    return Database(f"sqlite:///{file}")


def make_tables(session: Session) -> None:
    Row.metadata.create_all(session.connection(), TABLES)
    session.execute(text("CREATE TABLE effects (kind TEXT, key TEXT, want INTEGER, pid INTEGER)"))
    session.execute(text("CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER)"))


def leave(claim: Claim, *, pid: int = 0) -> Callable[[Session], None]:
    """Return the unit that stores the effect of a claim."""
    values = {"kind": claim.kind, "key": claim.key, "want": claim.want, "pid": pid}
    statement = text("INSERT INTO effects VALUES (:kind, :key, :want, :pid)")

    def unit(session: Session) -> None:
        session.execute(statement, values)

    return unit


def effects(db: Database) -> list[Effect]:
    rows = text("SELECT kind, key, want FROM effects ORDER BY rowid")
    return [(r.kind, r.key, r.want) for r in db.read_now(lambda s: s.execute(rows).all())]


def work(db: Database, kind: str = "plan", key: str = "1") -> Work:
    found = db.read_now(lambda session: session.get(Work, (kind, key)))
    assert found is not None
    return found
