"""Units of work: alone in their failure, together in their commit, never 'locked'."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from dayloom.infra import engines, writer
from dayloom.infra.db import Database
from dayloom.infra.errors import Invalid, Unavailable
from dayloom.infra.work import NO_TIME, Work, request
from tests.fakes import FakeClock
from tests.infra.effects import open_database
from tests.waiting import run, until

Unit = Callable[[Session], object]


def put(name: str, value: int = 1) -> Unit:
    statement = text("INSERT INTO counters VALUES (:name, :value)")
    return lambda session: session.execute(statement, {"name": name, "value": value})


def add_one(session: Session) -> None:
    """Read, then write: what fails at once in a deferred transaction with several writers."""
    value = session.scalar(text("SELECT value FROM counters WHERE name = 'n'"))
    session.execute(text("UPDATE counters SET value = :v WHERE name = 'n'"), {"v": value + 1})


def counters(db: Database) -> dict[str, int]:
    rows = db.read_now(lambda session: session.execute(text("SELECT * FROM counters")).all())
    return {row.name: row.value for row in rows}


async def hold(db: Database, release: threading.Event) -> asyncio.Task[object]:
    """Keep the writer busy with a group of one until `release`."""
    begun = threading.Event()

    def unit(_: Session) -> object:
        begun.set()
        return release.wait()

    holding = asyncio.create_task(db.write(unit))
    await asyncio.to_thread(begun.wait)
    return holding


async def together(db: Database, *units: Unit) -> list[object]:
    """Run units as one group: they queue up behind one that holds the writer."""
    queued = threading.Event()
    holding = await hold(db, queued)
    waiting = [asyncio.create_task(db.write(unit)) for unit in units]
    await asyncio.sleep(0)
    queued.set()
    await holding
    return list(await asyncio.gather(*waiting, return_exceptions=True))


class TestWriting:
    def test_what_was_written_can_be_read_after_it(self, db: Database) -> None:
        async def main() -> Work | None:
            now = FakeClock().now()
            await db.write(lambda s: request(s, "plan", "1", now=now, debounce=NO_TIME))
            return await db.read(lambda s: s.get(Work, ("plan", "1")))

        row = run(main())
        assert row is not None
        assert (row.want, row.due) == (1, FakeClock().now())

    def test_a_unit_that_fails_is_undone_alone(self, db: Database) -> None:
        outcomes = run(together(db, put("a"), put("a"), put("b")))
        assert isinstance(outcomes[1], IntegrityError)
        assert [isinstance(outcome, Exception) for outcome in outcomes] == [False, True, False]
        assert counters(db) == {"a": 1, "b": 1}

    def test_what_a_failing_unit_wrote_before_it_failed_is_gone(self, db: Database) -> None:
        def unit(session: Session) -> None:
            put("half")(session)
            raise LookupError("on the way")

        with pytest.raises(LookupError, match="on the way"):
            db.write_now(unit)
        assert counters(db) == {}

    def test_a_cancelled_unit_that_has_not_begun_never_happens(self, db: Database) -> None:
        async def main() -> None:
            queued = threading.Event()
            holding = await hold(db, queued)
            cancelled = asyncio.create_task(db.write(put("never")))
            await asyncio.sleep(0)
            cancelled.cancel()
            await asyncio.gather(cancelled, return_exceptions=True)
            queued.set()
            await holding

        run(main())
        assert counters(db) == {}

    def test_a_unit_cannot_wait_for_another_unit(self, db: Database) -> None:
        with pytest.raises(RuntimeError, match="waits for another"):
            db.write_now(lambda _: db.write_now(put("a")))

    def test_a_closed_database_says_so(self, file: Path) -> None:
        db = open_database(file)
        db.close()
        with pytest.raises(Unavailable, match="closed"):
            db.write_now(put("a"))

    def test_what_is_queued_is_stored_before_the_end(self, file: Path) -> None:
        db = open_database(file)
        futures = [db._writer.submit(put(str(n))) for n in range(100)]
        db.close()
        assert [future.exception() for future in futures] == [None] * 100
        again = open_database(file)
        assert len(counters(again)) == 100
        again.close()


class TestManyWriters:
    def test_two_processes_worth_of_writers_lose_nothing(self, file: Path) -> None:
        databases = [open_database(file), open_database(file)]
        databases[0].write_now(put("n", 0))

        def write(number: int) -> None:
            for _ in range(20):
                databases[number % 2].write_now(add_one)

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(write, range(8)))
        assert counters(databases[0]) == {"n": 160}
        for opened in databases:
            opened.close()

    def test_readers_do_not_wait_for_a_writer(self, db: Database) -> None:
        async def main() -> dict[str, int]:
            release = threading.Event()
            slow = asyncio.create_task(db.write(lambda s: (put("a")(s), release.wait())))
            await asyncio.sleep(0)
            seen = await asyncio.to_thread(counters, db)
            release.set()
            await slow
            return seen

        assert run(main()) == {}
        assert counters(db) == {"a": 1}


class TestTrouble:
    def test_a_reading_cannot_write(self, db: Database) -> None:
        with pytest.raises(OperationalError, match="readonly"):
            db.read_now(put("a"))

    def test_a_database_that_stays_locked_is_a_sentence(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 20)
        db = open_database(file)
        rival = sqlite3.connect(file, isolation_level=None)
        rival.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unavailable, match=r"cannot store this at the moment .*locked"):
            db.write_now(put("a"))
        rival.execute("COMMIT")
        rival.close()
        db.write_now(put("b"))
        assert counters(db) == {"b": 1}
        db.close()

    def test_a_disk_that_fails_for_a_moment_does_not_stop_the_writer(
        self, db: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        failures: list[Connection] = []

        def failing(connection: Connection) -> int:
            if len(failures) < 3:
                failures.append(connection)
                raise sqlite3.OperationalError("disk I/O error")
            return sound(connection)

        sound = writer._data_version
        monkeypatch.setattr(writer, "_data_version", failing)

        async def main() -> None:
            unwatch = db.watch(lambda: None)
            await until(lambda: len(failures) == 3, "the disk has failed")
            await db.write(put("a"))
            unwatch()

        run(main())
        assert counters(db) == {"a": 1}

    def test_a_full_disk_fails_the_group_and_nothing_of_it_is_stored(self, db: Database) -> None:
        fill = text("INSERT INTO counters VALUES (hex(zeroblob(4000000)), 1)")
        limit = text("PRAGMA max_page_count = 40")
        db.write_now(lambda session: session.execute(limit).scalar())
        outcomes = run(together(db, put("before"), lambda s: s.execute(fill), put("after")))
        stored = counters(db)
        for name, outcome in zip(("before", "after"), (outcomes[0], outcomes[2]), strict=True):
            assert (name in stored) == (not isinstance(outcome, Exception))
        assert isinstance(outcomes[1], Exception)
        db.write_now(put("small"))
        assert counters(db)["small"] == 1

    @pytest.mark.parametrize(
        ("url", "words"),
        [
            ("nonsense", "no database URL"),
            ("postgresql://localhost/x", "stores its data in SQLite"),
            ("sqlite://", "names no file"),
            ("sqlite:///:memory:", "names no file"),
        ],
    )
    def test_a_url_that_cannot_work_is_a_sentence(self, url: str, words: str) -> None:
        with pytest.raises(Invalid, match=words):
            Database(url)

    def test_a_file_that_is_no_database_is_a_sentence(self, tmp_path: Path) -> None:
        file = tmp_path / "notes.db"
        file.write_text("these are my notes, not a database" * 100)
        with pytest.raises(Unavailable, match="cannot be opened"):
            open_database(file)


class TestWatching:
    @pytest.mark.parametrize("foreign", [False, True])
    def test_commits_of_any_process_are_told(
        self, db: Database, file: Path, *, foreign: bool
    ) -> None:
        writer = open_database(file) if foreign else db

        async def main() -> None:
            told: list[bool] = []
            unwatch = db.watch(lambda: told.append(True))
            await until(lambda: told, "the first look")
            told.clear()
            await writer.write(put("a"))
            await until(lambda: told, "the commit was told")
            unwatch()

        run(main())
        if foreign:
            writer.close()
